"""The words that transcripts are labelled with, folded (see ``index.names.fold``), in the languages of the record."""

from __future__ import annotations

HONORIFICS = frozenset(
    """mr mrs ms miss mx dr prof professor sir dame lord lady rev reverend hon honourable honorable excellency m mme
    mlle monsieur madame mesdames messieurs herr frau senor senora sig signor signora pan pani dhr mevr
    г-н г-жа гн гжа господин госпожа пан пані пані lt ltc ltcol ltgen col gen maj brig capt cpt cdr adm radm vadm
    sgt cpl
    lieutenant colonel general major brigadier captain admiral sergeant corporal marshal commodore генерал полковник
    адмірал адмирал amiral capitaine baroness baron bishop archbishop rabbi imam sheikh""".split()
)
# Words that make an honorific only together with one: Rear Admiral, Right Honourable, His Excellency.
HONORIFIC_OPENERS = frozenset("rear vice air wing squadron flight group right rt his her the most".split())
ROLE_HEADS = frozenset(
    """secretary secretaries minister ministers president premier chancellor chair chairman chairwoman chairperson
    spokesperson spokesman spokeswoman spokespeople moderator facilitator director envoy ambassador commissioner
    commander
    governor mayor senator congressman congresswoman king queen prince princess deputy chief head representative
    administrator adviser advisor aide official officer host presenter anchor interviewer coordinator operator
    interpreter
    translator judge justice prosecutor speaker sg dsg saceur sact cmc supreme chaplain attorney surgeon controller
    comptroller inspector superintendent engineer rector dean delegate counsellor counselor councillor councilor
    rapporteur
    surveyor architect economist negotiator pilot executive strategist geologist librarian archivist ranger pm fm dsg
    convenor convener warden master keeper treasurer clerk registrar curator trustee founder producer editor marshal
    prefect taoiseach tanaiste
    provost chamberlain consul legate steward harbourmaster coach participant member crew legal
    lead leader manager scientist
    secretaire ministre presidente directeur directrice commissaire ambassadeur ambassadrice porte-parole
    porteparole moderateur
    moderatrice commandant gouverneur maire envoye envoyee chancelier chanceliere animateur animatrice conseiller
    conseillere
    секретарь министр президент премьер премьер-министр председатель директор посол комиссар командующий модератор
    ведущий
    ведущая пресс-секретарь представитель представительница спикер канцлер губернатор мэр глава спецпредставитель
    начальник
    секретар міністр прем'єр премєр премєрміністр премєр-міністр прем'єр-міністр голова комісар командувач ведучий
    ведуча
    речник речниця прессекретар прес-секретар представник представниця очільник мер
    секретаря министра президента председателя міністра голови прем'єр-міністра премьер-министра
    generalsekretar generalsekretarin sprecher sprecherin kanzler kanzlerin prasident prasidentin ministerin direktor
    moderatorin botschafter botschafterin vorsitzender vorsitzende
    secretario secretaria ministro ministra portavoz director directora embajador embajadora moderador moderadora
    segretario segretaria portavoce direttore direttrice ambasciatore ambasciatrice moderatore moderatrice
    secretaris minister-president woordvoerder woordvoerster voorzitter sekretarz rzecznik rzeczniczka prezydent premier
    przewodniczacy prowadzacy genel sekreter sozcu bakan baskan secretar purtator
    chairing""".split()
)
ROLE_QUALIFIERS = frozenset(
    """the general assistant vice acting former first second third principal senior junior foreign defence defense prime
    federal national high permanent special military press state interior finance economic political under
    undersecretary
    under-secretary over public information communications media affairs security council committee board house white
    administration staff relations international regional joint chiefs interim designate elect co co-chair of for
    and to on in
    one two three four
    generale adjoint adjointe delegue deleguee premiere premier de du des la le les l d aux et pour affaires etrangeres
    генеральный генеральная генерального заместитель замглавы первый вице старший специальный постоянный военный
    иностранных
    дел обороны генеральний генеральна генерального заступник перший старший спеціальний постійний закордонних справ
    оборони
    верховный верховний комитета комітету союза союзу и та й і
    stellvertretender stellvertretende der die das fur y del el los las e della dello di""".split()
)
MODERATOR_WORDS = frozenset(
    """moderator facilitator spokesperson spokesman spokeswoman spokespeople operator aide host presenter anchor
    press media communications communication information
    porte-parole porteparole moderateur moderatrice animateur animatrice presse
    модератор ведущий ведущая пресс-секретарь представитель спикер ведучий ведуча речник речниця прессекретар
    прес-секретар
    sprecher sprecherin moderatorin moderador moderadora portavoz portavoce moderatore moderatrice woordvoerder
    woordvoerster rzecznik rzeczniczka prowadzacy sozcu""".split()
)
# those who ask, where an interview is what the page prints
HOST_WORDS = frozenset(
    """host presenter anchor interviewer animateur animatrice ведущий ведущая ведучий ведуча moderator
    moderateur moderatrice""".split()
)
MINOR_ROLES = frozenset("interpreter translator".split())
JOURNALIST_ROLES = frozenset(
    """interviewer journalist reporter correspondent press questioner interviewers journalists reporters
    correspondents journaliste intervieweur корреспондент журналист журналистка кореспондент журналіст журналістка
    journalistin reporterin periodista giornalista interviewerin""".split()
)
QUESTION_WORDS = frozenset(
    """q qr qs qn qq question questions quest questioner inquiry query вопрос в запитання питання frage pregunta
    domanda vraag
    pytanie soru intrebare pergunta""".split()
)
ANSWER_WORDS = frozenset(
    """a ans answer answers reponse ответ о відповідь antwort respuesta risposta antwoord odpowiedz cevap raspuns
    resposta reply""".split()
)
# "Voice from the floor", "Man in the back of the hall"
WHEREABOUTS = frozenset(
    "from the in of at floor hall audience back room front off gallery crowd de la dans salle из зала із зали".split()
)
UNKNOWN_WORDS = frozenset(
    """unidentified unknown unnamed inaudible speaker speakers voice voices womans mans male female man woman off-mic
    offmic off-camera
    participant member audience student inconnu inconnue intervenant неизвестный невідомий unbekannt interruption
    both all crowd""".split()
)
OUTLET_WORDS = frozenset(
    """tv television televisie televizija radio fm news newspaper newspapers times post press presse prensa stampa
    agency
    agence agentur agencia kanal canal gazette gazeta herald tribune tribuna journal daily weekly monthly
    broadcasting broadcast broadcaster courier courrier correo corriere chronicle
    telegraph magazine media blatt zeitung tageszeitung rundschau figaro reuters bbc cnn afp ap dpa ansa itv rte nrk
    svt yle
    televizio televisio televize televizyon telewizja raidio radyo
    tass interfax novosti ukrinform unian bloomberg politico euronews euractiv welle economist advertiser inquirer
    podcast post-gazette telegram newswire newsroom pravda izvestia kommersant
    tidningen avisen dagblad dagbladet aftenposten posten nouvelles nachrichten noticias notizie diario giornale
    telegraaf volkskrant soir liberation parisien spiegel stern welt bild
    телеканал телебачення телевидение радио радіо газета агентство новости новини канал правда times-picayune
    ftv""".split()
)
# Words that newspapers share with bodies and common speech: they tell only where no such body is named.
SHARED_OUTLET_WORDS = frozenset(
    """channel review observer mirror service services dispatch guardian standard star sun world today network wire
    monitor
    sentinel ledger examiner bulletin echo ria sky deutsche globe mail independent spectator express mercury argus
    record
    reporter hour online messenger feed print digest almanac intelligencer stream listener reader morgen morgon
    monde croix
    presso information informations""".split()
)
# With one of these, "press" names the office that meets the press and no newspaper.
PRESS_OFFICE_WORDS = frozenset(
    """office officer section department division secretary secretariat centre center desk staff team director attache
    adviser advisor aide spokesperson spokesman spokeswoman head chief unit branch directorate bureau counsellor
    presseamt pressestelle""".split()
)
# A first word that no label starts with.
STOP_FIRST = frozenset(
    """and but so first second third fourth finally this these that those our to today let updated last then now
    here there
    what when where why how who which if because since while as at in on by for from with without not no yes well also
    next more another my your his her its their we i you he she it they one two three some many all both please remember
    note notes see session topic topics theme subject re fwd cc date place time venue location dateline source
    sources tags
    tag category published posted copyright photo photos video audio caption image title event events agenda schedule
    contents summary background context conclusion example examples nb ps section chapter part annex article paragraph
    point points priority priorities step steps phase contact phone telephone tel fax email e-mail web website http
    https
    url id unique brussels washington london paris berlin moscow kyiv kiev geneva vienna rome madrid warsaw prague
    january february march april may june july august september october november december
    monday tuesday wednesday thursday friday saturday sunday deadline warning attention important breaking update
    et mais donc premierement deuxiemement enfin ce cette ces notre nos pour dans avec sans voici le la les un une
    des mis
    date lieu
    и но а так во-первых во-вторых это наш наша наши сегодня обновлено і але отже по-перше це сьогодні оновлено
    und aber erstens zweitens dies unser heute der die das aktualisiert
    mesajul""".split()
)
# Finite verbs and pronouns: a label has none. Checked on lower-case tokens only where the label is not all capitals.
VERBS = frozenset(
    """is are was were be been being am has have had do does did will would can could should must may might shall
    says said
    say tell told asked ask asks answered think thinks thought know knows want wants need needs let make makes made
    go goes
    follows following includes include means mean i you we they he she it that which who whom whose this these those
    there
    here not est sont etait sera a ont avons avez suis sommes c'est cest il elle nous vous je qui que""".split()
)
PARTICLES = frozenset(
    """de van von der den ter ten te la le du di da das dos do del della el al bin ibn ben bint zu zum zur of y e af
    av op
    the d l st saint und ван фон де ден дер""".split()
)
EVENT_WORDS = frozenset(
    """press conference conferences briefing briefings gaggle point doorstep remarks speech statement interview address
    lecture keynote opening closing joint transcript transcripts availability stakeout question questions answers
    session
    meeting meetings summit discussion debate forum panel introductory monthly weekly daily regular background noon
    following after before during ahead en route aboard from on at in with by conversation webinar podcast""".split()
)
COUNTRIES = frozenset(
    """albania belgium bulgaria canada croatia czechia denmark estonia finland france germany greece hungary iceland
    italy
    latvia lithuania luxembourg montenegro netherlands macedonia norway poland portugal romania slovakia slovenia spain
    sweden turkey turkiye kingdom states ukraine georgia moldova russia serbia kosovo bosnia austria switzerland ireland
    cyprus malta afghanistan iraq iran israel jordan egypt libya tunisia morocco algeria japan china india korea
    australia
    azerbaijan armenia kazakhstan belarus pakistan kuwait qatar bahrain emirates britain america""".split()
)
# Words of bodies and places: a run of capitals that holds one is no person.
ORG_WORDS = frozenset(
    """authority council organisation organization union convention committee board assembly commission agency group
    forum
    office section department ministry command headquarters hq division mission operations staff court tribunal bank
    league
    federation association alliance treaty body bureau centre center institute foundation fund force forces fleet
    affairs
    government cabinet parliament senate congress house party institution programme program initiative dialogue
    partnership
    secretariat directorate unit team corps brigade battalion company corporation society club network university
    college
    academy school hospital airport port harbour bay strait road street city town valley river coast island islands
    conference summit academy police army navy services works trade transport tourism energy health education security
    defence defense interior finance justice agriculture environment development culture cooperation european
    conseil comite organisation alliance ligue ministere assemblee autorite agence groupe cour bureau fondation
    совет комитет организация союз агентство группа министерство альянс комиссия рада комітет організація агентство
    група
    міністерство комісія альянс nato нато un eu оон оон ес єс""".split()
)
# Their stems where words are declined
ORG_STEMS = (
    "совет",
    "рад",
    "союз",
    "комитет",
    "комітет",
    "организац",
    "організац",
    "агентств",
    "групп",
    "груп",
    "министерств",
    "міністерств",
    "альянс",
    "комисси",
    "комісі",
    "лиг",
    "ліг",
    "федерац",
    "асоціац",
    "ассоциац",
    "конференц",
)
# Acronyms of bodies that no journalist works for.
BODY_ACRONYMS = frozenset(
    """nato eu un us uk usa uae g7 g20 osce isaf kfor sfor ifor eufor unprofor unmik weu map pfp ici isis isil daesh
    aukus quad imf wto who
    ussr fsu gru fsb cia fbi nsa dod dhs cdc fda fema irs epa doj nsc omb opec asean awacs shape saceur sact act aco
    ccdcoe inf start
    cfe mtcr npt jcpoa covid aids gdp ai it tv pm am ok iii ii iv нато єс ес оон оун обсє обсе сша""".split()
)
