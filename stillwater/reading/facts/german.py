"""Words of German. Dates with dots are day first; "halb sechs" is 5:30."""

from stillwater.reading.facts.language import Language, numbered, words

GERMAN = Language(
    code="de",
    common=words(
        "und der die das ich nicht ist um wir dich bitte mit für zu den du hast kannst uhr bis "
        "heute ein eine dir mir es auf wenn noch auch sie er von dem im kann muss hab habe "
        "bin deine meine wird abholen dann von ok wir uns kein keine nur aber wie bei nach "
        "hier sagt rest sind schon wieder jetzt des einen vom zum beim"
    ),
    weekdays=numbered(
        "montag|mo dienstag|di mittwoch|mi donnerstag|do freitag|fr samstag|sa|sonnabend sonntag|so"
    ),
    months=numbered(
        "januar|jan|jänner februar|feb märz|mrz|maerz april|apr mai juni|jun juli|jul "
        "august|aug september|sept|sep oktober|okt november|nov dezember|dez",
        1,
    ),
    relative={"heute": 0, "morgen": 1, "übermorgen": 2, "uebermorgen": 2},
    numbers=numbered(
        "eins zwei|zwo drei vier|viere fünf|fuenf|fünfe sechs|sechse sieben|siebene|siem "
        "acht neun|neune zehn|zehne elf|elfe zwölf|zwoelf|zwölfe dreizehn vierzehn "
        "fünfzehn|fuenfzehn sechzehn siebzehn achtzehn neunzehn zwanzig",
        1,
    )
    | {
        "dreißig": 30,
        "dreissig": 30,
        "vierzig": 40,
        "fünfzig": 50,
        "fuenfzig": 50,
        "sechzig": 60,
        "siebzig": 70,
        "achtzig": 80,
        "neunzig": 90,
        "hundert": 100,
    },
    ordinals=numbered(
        "ersten|erste|erster zweiten|zweite dritten|dritte vierten fünften sechsten siebten "
        "achten neunten zehnten elften zwölften dreizehnten vierzehnten fünfzehnten "
        "sechzehnten siebzehnten achtzehnten neunzehnten zwanzigsten",
        1,
    )
    | {"dreißigsten": 30, "einunddreißigsten": 31, "fünfundzwanzigsten": 25},
    evening_days=words(""),
    the=words("der den dem am zum vom beim"),
    of=words("des"),
    at=words("um gegen ab bis vor nach von so ca circa zwischen statt"),
    from_to=words("bis - – — und"),
    on=words("am den dem der zum um gegen ende kommenden nächsten diesen zu ist"),
    morning=words("früh morgens vormittag vormittags frueh"),
    evening=words("abend abends nachmittag nachmittags nachts nacht mittag"),
    o_clock=words("uhr h"),
    may_follow_hour=words(
        "und oder statt nicht am an in für bei zu ist dann bitte heute morgen da wenn weil "
        "sondern pünktlich abend abends hole bringe kommt komme hol bring abholen ich wir er "
        "sie vor nach ok ja mit zum"
    ),
    this=words("diesen dieser dieses diese"),
    next=words("nächsten nächster nächste nächstes naechsten"),
    last=words("letzten letzter letzte vergangenen"),
    each=words("jeden jeder immer"),
    day_after_next=words(""),
    weeks=words("woche wochen"),
    days=words("tag tage tagen"),
    rejects=words("nicht statt anstatt kein war ursprünglich anstelle"),
    rejects_pairs=frozenset({("nicht", "um"), ("nicht", "am"), ("anstelle", "von")}),
    falls_away=frozenset(
        {("geht", "nicht"), ("fällt", "aus"), ("klappt", "nicht"), ("passt", "nicht")}
    ),
    cannot=words("nicht"),
    swaps=words("tauschen tausche verschieben verschiebe verlegen verlegt verschoben ändern"),
    swaps_for=words("gegen auf"),
    by=words(
        "bis vor spätestens fällig frist läuft anmeldeschluss stichtag abgabeschluss "
        "einsendeschluss zahlbar"
    ),
    by_pairs=frozenset({("fällig", "am"), ("spätestens", "bis"), ("läuft", "ab")}),
    until=words(""),
    until_with=words(""),
    latest=words("spätestens fällig"),
    past=words("war waren kam ging starb hatte gestern"),
    memory=words("erinnerst weißt damals jahrestag"),
    answer=words("antworte antwort sag bescheid"),
    owing=words(
        "hälfte zahlen zahl zahle überweis überweise überweisen überwiesen unterhalt miete "
        "kaution rechnung kostet kosten schuldest schulde gebühr betrag geld anteil rest "
        "fällig"
    ),
    no_sum_after=words(
        "% prozent tage tagen tag wochen woche monate monat jahre jahren jahr stunden stunde "
        "minuten minute min kinder mal zimmer km kg liter stück seiten leute"
    ),
    no_sum_before=words("nr nummer haus zimmer seite klasse gleis hausnummer artikel"),
    noon={"mitternacht": (0, 0), "mittags": (12, 0)},
    ends=words("ende"),
    from_=words("vom von"),
    in_=words("in"),
)
