"""Lines that belong to the page and not to the record: account forms, navigation, footers, stage directions, captions.

Forms are cut by what they say, not by where they stand: a run of lines counts as a form only when several of them speak
of
accounts, passwords or newsletters, so that a speech about passwords stays a speech.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.view import Line

_CORE = re.compile(
    r"""sign(?:ed|ing)?[ -]?(?:in|up|on|out)\b|log(?:ged|ging)?[ -]?(?:in|on|out|off)\b|\bregist(?:er
    |ration)\b|\bpass(?:word|code|phrase)
    |create\s+(?:an?\s+|your\s+)?(?:free\s+)?(?:user\s+|media\s+)?(?:account|profile)|newsletter
    |subscri|\bcookies?\b|mailing\s+list
    |verification|verify|one-time\s+code|user\s*name|reset|captcha|my\s+account|your\s+account|\baccount\b
    |mot\s+de\s+passe|se\s+connecter|connectez|connexion|s'inscrire|inscri(?:vez|ption|t)|un\s+compte
    |votre\s+compte|\bcompte\b|s'abonner
    |abonnez|lettre\s+d'information|infolettre|identifiant|réinitialis
    |парол|войти|вход\b|зарегистр|регистрац|уч[её]тн\w+\s+запис|аккаунт|рассылк|подписат|подпишит
    |увійти|увійдіть|вхід\b|зареєстр|реєстрац|обліков\w+\s+запис|акаунт|розсилк|підписат|підпишіт
    |passwort|kennwort|anmelden|abmelden|registrier|benutzerkonto|\bkonto\b|abonnier
    |contraseña|iniciar\s+sesión|regístr|registrarse|suscri|boletín|\bcuenta\b
    |accedi\b|registrati|iscriviti|wachtwoord|inloggen|aanmelden|hasło|zaloguj|zarejestruj|parola|şifre|üye\s+ol""",
    re.IGNORECASE | re.VERBOSE,
)
_NEAR = re.compile(
    r"""\bcode\b|e-?mail|inbox|mailbox|your\s+(?:address|details|profile)|privacy|consent|terms\s+of
    |accept\s+all|reject\s+all|accessibility
    |site\s*map|contact\s+us|vacancies|careers|download|free\s+of\s+charge|at\s+no\s+cost|expire
    |resend|\bvalid\b|submit|\bclick\b|press\s+the\s+button
    |follow\s+us|stay\s+(?:informed|up\s+to\s+date)|preferences|skip\s+to|\bsearch\b|\bmenu\b|forgot
    |thank\s+you\s+for\s+(?:joining|signing)
    |messagerie|courriel|adresse\s+(?:électronique|mail|indiquée)|confidentialité|mentions\s+légales
    |télécharg|sans\s+frais|gratuit|valable|caractères|\bcode\b
    |эл(?:ектронн\w+|\.)\s+почт|почт\w*\s+ящик|\bкод\b|кода\b|конфиденциальн|подтвержд|скача|бесплатно|символ
    |ел(?:ектронн\w+|\.)\s+пошт|поштов\w+\s+скриньк|коду\b|конфіденційн|підтвердж|підтверди|завантаж|безкоштовно|символ
    |datenschutz|impressum|bestätig|kostenlos|zeichen|privacidad|correo|gratis|characters|letters
    |digit|half\s+an\s+hour""",
    re.IGNORECASE | re.VERBOSE,
)
_FOOTER = re.compile(
    r"""^\W*(?:
      (?:back\s+to|return\s+to|go\s+to|top\s+of|retour|haut\s+de|zurück|наверх|вгору|до\s+початку)\b.{0,80}
    | (?:top|next|previous|prev|home|index|print|share|tweet|e-?mail|pdf|accueil|suivant|précédent
    |imprimer|partager|назад|далее|печать|поделиться|друкувати|поділитися)
    | (?:print(?:ed)?|printable|share|posted|uploaded)\s.{0,80}
    | (?:related|background|more|further|additional)\s+(?:links?|articles?|content|information|documents?
    |news|reading|material|stories)\b.{0,80}
    | background | see\s+also\b.{0,80} | read\s+more\b.{0,80} | learn\s+more\b.{0,80} | watch\b[^,.!?]{0,50}
    | listen\b[^,.!?]{0,50}
    | (?:photo(?:graph)?s?|pictures?|images?|videos?|audio|photographies?|фото|відео|видео)\b[^,.!?]{0,50}
    | ©.{0,200} | \(c\)\s.{0,200} | copyright\b.{0,200} | all\s+rights\s+reserved.{0,80} | tous\s+droits.{0,80}
    | (?:transcript|captions?|subtitles?|transcription|translation|sous-titres|untertitel|субтитры)\s+(?:by
    |provided|prepared|produced|lightly|par|von)\b.{0,160}
    | (?:this\s+is\s+)?(?:an?\s+)?(?:not\s+an\s+official|unofficial|uncorrected|rush)\s.{0,120}
    | for\s+information\s+media.{0,160} | .{0,60}not\s+an\s+official\s+record.{0,60}
    | (?:end|ends|fin|ende|finis|the\s+end|конец|кінець) (?:\s+of\s+(?:the\s+)?(?:transcript|text
    |document|page|recording|briefing))?
    | page\s+\d+.{0,20} | \d{1,3} | tags?\s*:.{0,200} | https?://\S+ | www\.\S+ | \[[^\]]{1,60}\]\(\S+\).{0,200}
    | (?:tel|phone|fax|e-?mail|contact|press\s+(?:office|contact|desk|enquiries|inquiries))\b.{0,100}
    | informations?\s+complémentaires.{0,80} | pour\s+en\s+savoir.{0,80} | documents?\s+(?:liés|connexes).{0,60}
    | mentions\s+légales.{0,160} | дополнительн\w+\s+(?:информац|материал).{0,60} | додатков\w+\s+(?:інформац
    |матеріал).{0,60}
    | home\s+[>›»].{0,160} | [^>›»«.?!:]{1,60}(?:\s[>›»]\s[^>›»«.?!:]{1,80}){2,6}
    | (?:startseite|strona\s+główna|главная(?:\s+страница)?|головна(?:\s+сторінка)?|acasă|ana\s+sayfa
    |página\s+principal)
    | (?:folgen\s+sie\s+uns|bleiben\s+sie\s+informiert|suivez[ -]nous|restez\s+informés?|síga?nos|síguenos|seguici
    |seguiteci|volg\s+ons|śledź\s+nas|obserwuj\s+nas|bizi\s+takip\s+edin|urmăriți-ne|следите\s+за|стежте\s+за|слідкуйте\s+за
    |подпи(?:шитесь|сывайтесь)|підпи(?:шіться|суйтеся|суйтесь))\b[^,.?!]{0,60}
    | newsletter(?:\s+\w+){0,3}
    | (?:datenschutz(?:erklärung)?|impressum|nutzungsbedingungen|aviso\s+legal|política\s+de\s+privacidad|note\s+legali
    |polityka\s+prywatności|gizlilik(?:\s+politikası)?|политика\s+конфиденциальности|політика\s+конфіденційності)
    | follow\s+us.{0,100} | (?:thank\s+you!?\s+)?subscribe.{0,100}
    | (?:direct\s+)?link\s+to\s+(?:the\s+)?(?:video|audio|recording|photo|webcast)\b.{0,160}
    | (?:for\s+)?(?:further|more)\s+(?:information|details|enquiries|inquiries)\b,?\s*(?:please\s+)?(?:contact|visit
    |see|call|write)\b.{0,120}
    | (?:privacy|cookies?|terms)(?:\s+(?:notice|policy|statement|settings|of\s+(?:use|service)|and\s+conditions))?
    | (?:legal\s+notice|disclaimer|careers?|vacancies|jobs|site\s*map|accessibility|imprint|rss|newsroom|feedback
    |about(?:\s+us)?|help|faq|social\s+media|sign\s+up.{0,60}) | \#{2,} | \*{3,} | -\s*30\s*- | [-_=*]{3,}
    )\W*$""",
    re.IGNORECASE | re.VERBOSE,
)
_ASIDES = r"(?:\([^()]{0,80}\)|\[[^\[\]]{0,80}\])"
_STAGE = re.compile(rf"^(?:{_ASIDES}[\s.,;]*)+$")
_MEDIA = re.compile(
    r"^\(?\s*\.?(?:mp3|mp4|wav|wmv|ram|pdf|avi|jpe?g|photo|audio|video)?[\s/:]*[\d.,]+\s*(?:kb|mb|k|m)\s*\)?\.?$",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"^(?:end\s+)?\d{1,2}[:.]\d\d(?:\s*[ap]\.?\s?m\.?)?(?:\s*\(?(?:[A-Z]{2,5}|local(?:\s+time)?"
    r"|hours|hrs|h)\)?)?(?:\s+end)?\.?$|^end\s+\d{1,2}[:.]\d\d.{0,24}$",
    re.IGNORECASE,
)
_VIDEO_LINK = re.compile(
    r"^(?:direct\s+)?links?\s+to\s+(?:the\s+)?(?:full\s+)?(?:video|audio|recording|webcast)\b.{0,200}$", re.IGNORECASE
)
_CREDIT = re.compile(
    r"\b(?:photo(?:graph)?(?:s|ed)?|picture|image|courtesy|archive|file)\s+(?:by|of|from|courtesy"
    r"|photo)\b|\(photo[^)]*\)|\barchive photo\b",
    re.IGNORECASE,
)
# Words that open links and sentences alike, and what only a link says
_LINK_WORD = re.compile(
    r"\W*(?:videos?|audio|photos?|pictures?|images?|news|opinions?|share|print|return|go|back|more|further|additional"
    r"|watch|listen|background|english)\b",
    re.IGNORECASE,
)
_LINKS = re.compile(
    r"https?:|www\.|\b(?:click|here|website|web\s*site|page|contact|newsletter|press\s+office|available|courtesy|by)\b",
    re.IGNORECASE,
)
LONGEST_FORM_LINE = 220
_BRIDGE = 4  # lines between two lines of one form that belong to it


def form_lines(lines: Sequence[Line]) -> dict[int, str]:
    """Indexes of lines that belong to account, newsletter or cookie forms, each with the reason."""
    marked: dict[int, str] = {}
    for block in _blocks(lines):
        core = sum(bool(_CORE.search(lines[at].text)) for at in block)
        if core >= 3 or (core >= 2 and core == len(block)):
            for at in range(_heading_above(lines, block[0]), block[-1] + 1):
                marked[at] = "account or newsletter form"
    return marked


def _heading_above(lines: Sequence[Line], first: int) -> int:
    """Where a form begins that opens the page: the few short lines above it are its heading."""
    above = [at for at in range(first) if lines[at].text]
    short = all(
        len(lines[at].text) < 90 and ":" not in lines[at].text and not lines[at].text.startswith("---") for at in above
    )
    return 0 if len(above) <= 3 and short else first


def _blocks(lines: Sequence[Line]) -> list[list[int]]:
    """Runs of lines that speak of accounts, bridged over a few that do not."""
    blocks: list[list[int]] = []
    between = 0
    for at, line in enumerate(lines):
        if not line.text:
            continue
        between += 1
        if len(line.text) > LONGEST_FORM_LINE:
            between = _BRIDGE + 2
        elif _CORE.search(line.text) or _NEAR.search(line.text):
            if not blocks or between > _BRIDGE + 1:
                blocks.append([])
            blocks[-1].append(at)
            between = 0
    return blocks


def is_footer(text: str) -> bool:
    """Whether a line is navigation or a page's last words ("Top of page", "© …", "END", "Share | Print")."""
    if is_clock(text):
        return True
    return not is_spoken_sentence(text) and (
        bool(_FOOTER.match(text)) or all(_FOOTER.match(part) for part in text.split(" | ") if part.strip())
    )


def is_spoken_sentence(text: str) -> bool:
    """Whether a line that opens like a link is a whole sentence: ``Video of the attack went round the world.``"""
    return bool(_LINK_WORD.match(text)) and text[-1:] in ".!" and len(text.split()) > 3 and not _LINKS.search(text)


def is_clock(text: str) -> bool:
    """Whether a line is a time of day and nothing else ("12:26 P.M. MDT", "END  1:43 P.M. CET")."""
    return bool(_CLOCK.match(text.strip("*_ ")))


def is_stage_direction(text: str) -> bool:
    """Whether a line holds only asides: ``(Applause.)``, ``[foreign language 00:01:21]``."""
    return bool(_STAGE.match(text.strip("*_ ")))


def is_media_note(text: str) -> bool:
    """Whether a line is the size of a file or a photo credit: ``(.MP3/7.633KB)``, ``Photo by …``."""
    return bool(_MEDIA.match(text) or _VIDEO_LINK.match(text)) or (
        len(text) < 160 and bool(_CREDIT.search(text)) and not text.endswith("?")
    )
