"""Labels, introductions, calls, reported speech, offices and events."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from index.calls import is_reaction, read_call
from index.errors import SourceError
from index.heads import read_head
from index.introductions import Asker, read_introduction
from index.names import has_role_head
from index.parse import parse_text
from index.people import load_offices, people_across, person_in_office, same_person
from index.sameevent import group_same_events
from index.types import Transcript


@pytest.mark.parametrize(
    ("head", "form"),
    [
        ("Ann Lee (Minister)", "bracket"),
        ("Ann Lee [Minister]", "bracket"),
        ("Question 1", "question"),
        ("Question (Reuters)", "question"),
        ("Вопрос", "question"),
        ("ANSWER", "answer"),
        ("Speaker 2", "unidentified"),
        ("THE PRESIDENT", "role"),
        ("MS. PSAKI", "titled"),
        ("PRESIDENT DUDA", "titled"),
        ("Ann Lee, BBC", "comma"),
        ("NATO Secretary General, Ann Lee", "comma"),
        ("JS", "initials"),
        ("Ann Lee", "name"),
    ],
)
def test_a_label_has_its_form(head: str, form: str) -> None:
    label = read_head(head)
    assert label is not None
    assert label.form == form


@pytest.mark.parametrize(
    "head",
    [
        "And the follow-up question",
        "Let me be clear",
        "This includes",
        "First, the dykes. Our objectives are clear",
        "The schedule will be as follows",
        "BRUSSELS",
        "Updated",
        "Session",
        "Mesajul e clar",
        "they said",
        "So the picture at the end of today",
        "gotcha” question",
        "",
    ],
)
def test_prose_before_a_colon_is_no_label(head: str) -> None:
    assert read_head(head) is None


@pytest.mark.parametrize(
    ("text", "name", "outlet"),
    [
        ("Thank you, Secretary General, Alistair Bunkall from Sky News.  Perhaps", "Alistair Bunkall", "Sky News"),
        ("Ann Lee, BBC. Is it", "Ann Lee", "BBC"),
        ("I'm Ann Lee with Reuters. When", "Ann Lee", "Reuters"),
        ("From Polish Radio, Jan Kowal. What", "Jan Kowal", "Polish Radio"),
        ("(inaudible) from Reuters. I have", None, "Reuters"),
        ("(As interpreted.) My name is Żaklina Nowak.  I represent TVP.  A question", "Żaklina Nowak", "TVP"),
        ("Mister General, thank you. Ann Lee, Wall Street Journal. Is", "Ann Lee", "Wall Street Journal"),
        ("Ну, Анна Ли, агентство Интерфакс. Вопрос", "Анна Ли", "Интерфакс"),
        ("Ann Lee, for the daily Essaada. Who", "Ann Lee", "Essaada"),
        ("My name is Ann Lee and I'm with Great Lakes Radio. Who", "Ann Lee", "Great Lakes Radio"),
        ("My name is Ann Lee, I'm the correspondent of El Litoral. Who", "Ann Lee", "El Litoral"),
        ("Ann Lee, I write for the Coast Herald. Who", "Ann Lee", "Coast Herald"),
        ("Ann Lee here, El Faro del Norte. Who", "Ann Lee", "El Faro del Norte"),
        ("Yes, it's Ann Lee again, Delta Herald. Who", "Ann Lee", "Delta Herald"),
        ("Ann Lee, Raidió an Iarthair. Who", "Ann Lee", "Raidió an Iarthair"),
        ("Анна Ли, Подільське радіо. Коли", "Анна Ли", "Подільське радіо"),
        ("Boris Johnson, Theresa May and others have said", None, None),
        ("Russia, Ukraine and Georgia. What do you", None, None),
        ("With the Indo-Pacific Strategy, what", None, None),
        ("Well, both — the G7 and NATO.", None, None),
        ("Like, “prisoner swap” — he didn't say that.", None, None),
        ("Jens, do you agree?", None, None),
        ("", None, None),
    ],
)
def test_journalists_introduce_themselves(text: str, name: str | None, outlet: str | None) -> None:
    assert read_introduction(text, frozenset({"jens"})) == Asker(name, outlet)


@pytest.mark.parametrize(
    ("text", "name", "outlet"),
    [
        ("We now have time for a few questions. I will start with Sky News.", None, "Sky News"),
        ("Romanian TV", None, "Romanian TV"),
        ("(Inaudible) Times.", None, "Times"),
        ("(Inaudible)... from Estonia.", None, None),
        ("Dov, Strait Observer.", "Dov", "Strait Observer"),
        ("Yes, Gyorgy Foris please", "Gyorgy Foris", None),
        ("Halyna Stets of Estuary Channel, please.", "Halyna Stets", "Estuary Channel"),
        ("Merci. La Gazette des Cols, Solène Vauthier.", "Solène Vauthier", "Gazette des Cols"),
        ("Let's go to Georgia. Georgian TV.", None, "Georgian TV"),
        ("Portuguese radio, please.", None, "Portuguese radio"),
        ("Raidió an Iarthair over there.", None, "Raidió an Iarthair"),
        ("We have a question online from Ann Lee, Coast Herald.", "Ann Lee", "Coast Herald"),
        ("Secretary General, over to you.", None, None),
        ("Next question, lady over there.", None, None),
        ("Sure, Ann.", "Ann", None),
        ("Absolutely, Reuters.", None, "Reuters"),
        ("Online we have Ann Lee-Ross from Coast Radio. Ann, go ahead.", "Ann Lee-Ross", "Coast Radio"),
        ("The last one is for Ann Lee of the Tide. Ms. Lee, please.", "Ann Lee", "Tide"),
    ],
)
def test_a_moderator_calls(text: str, name: str | None, outlet: str | None) -> None:
    assert read_call(text, frozenset({"jens"})) == Asker(name, outlet)


@pytest.mark.parametrize(
    ("text", "reacts"),
    [
        ("We can.", True),
        ("Yes, go ahead.", True),
        ("Loud and clear.", True),
        ("Yes, we will.", False),
        ("Please, Ann.", False),
        ("", False),
    ],
)
def test_a_reaction_is_told_from_an_answer(text: str, *, reacts: bool) -> None:
    assert is_reaction(text) is reacts


BRIEFING = """Press conference

by the Secretary General of the Northern Arc, Ann Lee

Ann Lee (Secretary General of the Northern Arc): Good afternoon. I have little to say.

Bo Ray (Public Affairs Adviser): We go to the first row.

Q: Ian Tosh, BBC. Can you hear me?

Bo Ray: Loud and clear.

Q: Who pays?

Ann Lee: The members will pay.

Bo Ray: ARD.

ARD: How much?

Ann Lee: I do not know.

Bo Ray: Thank you for coming.
"""


def test_who_only_hands_out_the_floor_moderates_whatever_the_office_in_brackets() -> None:
    turns = parse_text(BRIEFING, doc_id="d").turns
    assert [(turn.kind, turn.speaker, turn.affiliation) for turn in turns] == [
        ("principal", "Ann Lee", None),
        ("moderator", "Bo Ray", None),
        ("journalist", "Ian Tosh", "BBC"),
        ("moderator", "Bo Ray", None),
        ("journalist", "Ian Tosh", "BBC"),
        ("principal", "Ann Lee", None),
        ("moderator", "Bo Ray", None),
        ("journalist", None, "ARD"),
        ("principal", "Ann Lee", None),
        ("moderator", "Bo Ray", None),
    ]


def test_who_only_speaks_briefly_after_others_is_no_moderator() -> None:
    text = BRIEFING.replace("We go to the first row.", "I agree with every word.").replace("Loud and clear.", "I can.")
    text = text.replace("Bo Ray: ARD.", "Bo Ray: The Arc will pay half.").replace("Thank you for coming.", "Nor do I.")
    turns = parse_text(text.replace("Public Affairs Adviser", "Commissioner"), doc_id="d").turns
    assert {turn.kind for turn in turns if turn.speaker == "Bo Ray"} == {"principal"}


@pytest.mark.parametrize(
    ("text", "source", "words"),
    [
        ("The mayor says, and I quote him, that your bags are ugly. Why?", "The mayor", "your bags are ugly."),
        ('She said: "We pay.  We sleep." I agree.', "She", '"We pay.  We sleep."'),
        ("According to the Kremlin, NATO is growing. That is wrong.", "the Kremlin", "NATO is growing."),
        ("Russia claims that we promised it, but we never did.", "Russia", "we promised it, but we never did."),
        ("President Trump called it “obsolete” last week.", "President Trump", "“obsolete”"),
        ('In the words of Admiral Penrose: "A crew can row."', "Admiral Penrose", '"A crew can row."'),
        ("Mr Lavrov has said NATO is a threat.", "Mr Lavrov", "NATO is a threat."),
        ("Президент заявил, что Россия не согласна.", "Президент", "Россия не согласна."),
    ],
)
def test_reported_words_are_marked(text: str, source: str, words: str) -> None:
    found = parse_text(f"Ann Lee (Minister): {text}", doc_id="x")
    (report,) = found.reported
    marked = found.text[report.start : report.end]
    assert report.source == source
    assert words.startswith(marked)
    assert len(marked) > 3


@pytest.mark.parametrize(
    "text",
    [
        "As the Defence Minister just said, Russia has violated the law.",
        "We have said that we stand with you. I said what you think.",
        "Nobody said that it would be easy.",
        "NATO has said that the door is open.",
    ],
)
def test_what_the_speaker_shares_is_the_speakers(text: str) -> None:
    assert parse_text(f"Ann Lee (Minister): {text}", doc_id="x").reported == ()


def test_an_office_resolves_to_a_person_by_day() -> None:
    office = "NATO Secretary General"
    assert person_in_office(office, date(2014, 9, 30)) == "Anders Fogh Rasmussen"
    assert person_in_office(office, date(2014, 10, 1)) == "Jens Stoltenberg"
    assert person_in_office(office, date(1999, 10, 10)) is None
    assert person_in_office(office, date(1950, 1, 1)) is None
    assert person_in_office("Secretary General", date(2018, 1, 1)) is None
    assert person_in_office("The Secretary General", date(2018, 1, 1), of_nato=True) == "Jens Stoltenberg"
    assert person_in_office("SACEUR", date(1999, 4, 1)) == "Wesley Clark"


def test_no_two_people_hold_one_office_on_one_day() -> None:
    for office in load_offices():
        for before, after in zip(office.holders, office.holders[1:], strict=False):
            assert before.end is not None
            assert before.start < before.end <= after.start


def test_a_user_adds_offices(tmp_path: Path) -> None:
    own = tmp_path / "offices.json"
    holder = {"name": "Ann Lee", "from": "2001-02-03", "to": "2002-01-01"}
    own.write_text(
        json.dumps({"offices": [{"office": "Ferry Master", "names": ["ferry master"], "holders": [holder]}]})
    )
    offices = load_offices(own)
    assert person_in_office("Ferry Master", date(2001, 2, 3), offices=offices) == "Ann Lee"
    assert person_in_office("SACEUR", date(1999, 4, 1), offices=offices) == "Wesley Clark"
    own.write_text("{}")
    with pytest.raises(SourceError, match="table of offices"):
        load_offices(own)


def test_an_office_without_a_name_is_resolved_where_the_page_is_natos() -> None:
    page = (
        "Press conference\n\nat NATO HQ\n\n3 May 2018\n\n"
        "Secretary General: We have met.\n\nQ: Who?\n\nSecretary General: All.\n"
    )
    found = parse_text(page, doc_id="x", offices=load_offices())
    assert found.turns[0].speaker == "Jens Stoltenberg"
    assert "inferred" in found.turns[0].flags
    other = parse_text(page.replace("NATO HQ", "Dyke House"), doc_id="x", offices=load_offices())
    assert other.turns[0].speaker is None


def test_one_person_has_many_spellings() -> None:
    assert same_person("Lord Robertson", "George Robertson")
    assert same_person("Йенс Столтенберг", "Jens Stoltenberg")
    assert same_person("Jamie P. Shea", "JAMIE SHEA")
    assert not same_person("Anna Lee", "Bob Lee")
    assert not same_person("Lee", "Anna Lee")


BODY = "\n\nAnn Lee (Minister): " + " ".join(f"word{n} is said in the hall of the ferry" for n in range(60)) + "\n"


def _event(
    doc_id: str,
    day: str,
    *,
    body: str = BODY,
    title: str = "Press conference",
    updated: str = "",
    url: str | None = None,
) -> Transcript:
    return parse_text(f"{title}\n\n  • {day}\n  • {updated}{body}", doc_id=doc_id, url=url)


def test_the_same_event_is_recognised_and_the_newest_kept() -> None:
    first = _event("first", "3 May 2018", updated="Last updated: 3 May. 2018 10:00")
    shorter = _event(
        "shorter", "3 May 2018", body=BODY[: len(BODY) * 2 // 3], updated="Last updated: 4 May. 2018 10:00"
    )
    other = _event("other", "3 May 2018", body=BODY.replace("ferry", "tram").replace("word", "item"))
    (group,) = group_same_events([first, other, shorter])
    assert (group.kept, group.others) == ("shorter", ("first",))
    assert group.reason.startswith("the same words")


def test_a_correction_replaces_its_original() -> None:
    (group,) = group_same_events(
        [_event("old", "3 May 2018"), _event("new", "3 May 2018", title="CORRECTED: Press conference")]
    )
    assert (group.kept, group.others) == ("new", ("old",))
    assert group.reason.startswith("a corrected version")


def test_two_days_are_two_events() -> None:
    assert group_same_events([_event("a", "3 May 2018"), _event("b", "4 May 2018")]) == []


def test_one_page_at_two_addresses() -> None:
    half = BODY[: len(BODY) // 2] + " ".join(f"other{n} words follow here" for n in range(60))
    pages = [
        _event("a", "3 May 2018", url="https://nato.int/opinions_123.htm"),
        _event("b", "3 May 2018", body=half, url="https://www.nato.int/x/opinions_123.htm?selectedLocale=uk"),
    ]
    (group,) = group_same_events(pages)
    assert group.reason == "the same page at another address"


def test_people_are_one_across_documents_with_the_office_of_each() -> None:
    minister = parse_text("Remarks\n\n1 May 2002\n\nAnn Lee (Minister of Salt): We dig.\n", doc_id="a")
    chair = parse_text("Remarks\n\n1 May 2015\n\nANN LEE (Chair of the Forum): We dug.\n", doc_id="b")
    (person,) = people_across([chair, minister])
    assert person.name == "Ann Lee"
    assert [(at.doc_id, at.role) for at in person.appearances] == [
        ("a", "Minister of Salt"),
        ("b", "Chair of the Forum"),
    ]


@pytest.mark.parametrize(
    ("text", "office"),
    [("Riverside FM", False), ("FM", True), ("Danish FM", True), ("Norway FM", True), ("Deputy FM", True)],
)
def test_a_radio_station_holds_no_office(text: str, office: bool) -> None:
    assert has_role_head(text) is office


@pytest.mark.parametrize(
    ("title", "names"),
    [
        ("Remarks by President Biden Announcing the Fiscal Year 2023 Budget", ["Biden"]),
        ("Background Press Call by a Senior Administration Official Previewing the U.S.-EU Summit", []),
        ("Remarks by Secretary General Anna Ding in Joint Press Conference", ["Anna Ding"]),
    ],
)
def test_what_somebody_does_in_a_title_is_no_part_of_the_name(title: str, names: list[str]) -> None:
    transcript = parse_text(f"{title}\n\n4 October 2018\n\nQ: Why?\n\nA: Because we agreed.\n", doc_id="d")
    assert [person.name for person in transcript.people] == names
