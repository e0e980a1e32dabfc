"""Words of English: British, Irish, North American, Indian, African, Australian, as texted."""

from stillwater.reading.facts.language import Language, numbered, words

_NUMBERS = numbered(
    "one two three four five six seven eight nine|nein ten eleven twelve thirteen "
    "fourteen fifteen sixteen seventeen eighteen nineteen twenty",
    1,
) | {
    "thirty": 30,
    "forty": 40,
    "fourty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
}

ENGLISH = Language(
    code="en",
    common=words(
        "the and you is to i on at for of in it my me your u ur will can be have we not "
        "they this that with are was im its he she do but from his her by up if"
    ),
    weekdays=numbered(
        "monday|mon|mondays|mondy|munday tuesday|tues|tue|tuesdy|tuesdays|teusday|tuseday "
        "wednesday|wed|weds|wednesdy|wensday|wednesdays|wendesday|wednsday|wednesay "
        "thursday|thurs|thur|thu|thursdy|thursdays|thusday|thirsday|thrusday "
        "friday|fri|fridy|fridays|frid|firday "
        "saturday|sat|saterday|satday|saturdays|saturdy|satdy sunday|sun|sundays|sundy|sundey"
    ),
    months=numbered(
        "january|jan february|feb|febuary march|mar april|apr may june|jun july|jul "
        "august|aug september|sept|sep october|oct november|nov december|dec",
        1,
    ),
    relative={
        "today": 0,
        "tonight": 0,
        "2day": 0,
        "tday": 0,
        "tonite": 0,
        "2nite": 0,
        "2night": 0,
        "tomorrow": 1,
        "tmrw": 1,
        "tmr": 1,
        "tomo": 1,
        "tomoz": 1,
        "2moro": 1,
        "2morrow": 1,
        "tomorow": 1,
        "tommorow": 1,
        "tommorrow": 1,
        "tomorrows": 1,
        "tmw": 1,
        "tmoro": 1,
        "2moz": 1,
        "tomos": 1,
        "morrow": 1,
        "tmro": 1,
        "morra": 1,
        "bukas": 1,
        "tmmrw": 1,
        "tmrrw": 1,
    },
    numbers=_NUMBERS,
    ordinals=numbered(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth "
        "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth "
        "twentieth",
        1,
    )
    | {"thirtieth": 30},
    evening_days=words("tonight tonite 2nite 2night"),
    the=words("the d"),
    of=words("of"),
    at=words(
        "at @ around about till til until untill from by before b4 abt roughly approx "
        "after circa between round nearer say"
    ),
    from_to=words("to - – — until till til untill thru through and &"),
    on=words(
        "on the at this coming of around about for is a as at it being say from next in "
        "day week weekend that latest close business end play"
    ),
    morning=words("morning am morn mornin"),
    evening=words(
        "tonight tonite evening eve night pm arvo afternoon aft tea teatime bedtime dinner "
        "2nite nite evenin afternoons"
    ),
    o_clock=words("o'clock oclock o'clk o'c clock"),
    may_follow_hour=words(
        "at on in for to and or but if instead not no rather please pls plz then the as so "
        "with w is was from until till til this that tonight today tomorrow tmrw tomo "
        "sharp latest cos because when where i i'll ill im i'm we he she they you u ya ye "
        "per like ok okay can can't via be by after before outside same now again your ur "
        "his her she's he's it's than it unless since ish ta thanks thx x xx xxx k yeah "
        "yes yea right start starts onwards prompt approx even still just n bring dont "
        "don't do mate boy hun babe love both my our there weekdays daily kick kickoff "
        "which who what would will also either after-school maybe might got and/or lah la "
        "lor na po ok? tho though & start? yo brought mind dead kinda tmr tomoz 2moro "
        "remote me how while instd ae ya'll"
    ),
    this=words("this dis"),
    next=words("next nxt"),
    last=words("last lst past"),
    each=words("every each alternate any most other"),
    day_after_next=words("week"),
    weeks=words("week weeks wk wks"),
    days=words("day days"),
    rejects=words("not no was were originally than nae isnt isn't wasnt wasn't ae scrap forget nt"),
    rejects_pairs=frozenset(
        {
            ("instead", "of"),
            ("no", "longer"),
            ("stead", "of"),
            ("opposed", "to"),
            ("place", "of"),
            ("used", "be"),
            ("lieu", "of"),
            ("replaces", ""),
            ("supposed", "be"),
            ("not", "for"),
        }
    ),
    falls_away=frozenset(
        {
            ("no", "good"),
            ("no", "longer"),
            ("is", "off"),
            ("isnt", "good"),
            ("won't", "work"),
            ("doesnt", "suit"),
            ("wont", "work"),
            ("doesn't", "work"),
            ("doesnt", "work"),
            ("isn't", "possible"),
            ("is", "cancelled"),
            ("is", "canceled"),
            ("is", "no"),
            ("not", "possible"),
            ("not", "good"),
            ("is", "not"),
            ("cant", "do"),
            ("can't", "do"),
        }
    ),
    cannot=words("can't cant cannot couldn't couldnt unable canny cannae won't wont not"),
    swaps=words(
        "swap swapping swapped trade trading switch switching change changing changed move "
        "moving moved push pushed push pushing shift shifting shifted flip exchange "
        "reschedule rescheduled slide bring postponed put bumped brought delayed"
    ),
    swaps_for=words("for to with till until ->"),
    by=words(
        "by before b4 latest due closes closing expires expire lapses lapse deadline "
        "bounces owing payable enforcement befor bfore overdue cutoff nlt deadline's"
    ),
    by_pairs=frozenset(
        {
            ("later", "than"),
            ("runs", "out"),
            ("last", "day"),
            ("last", "date"),
            ("final", "date"),
            ("final", "day"),
            ("ran", "out"),
            ("run", "out"),
            ("cut", "off"),
            ("closing", "date"),
            ("by", "eod"),
            ("by", "cob"),
            ("by", "eop"),
            ("entries", "close"),
            ("applications", "close"),
            ("in", "by"),
            ("wanted", "a"),
            ("prior", "to"),
            ("ahead", "of"),
            ("end", "date"),
            ("as", "late"),
        }
    ),
    until=words("until till til untill thru"),
    until_with=words(
        "have has need needs pay give giving open respond reply holding hold valid offer "
        "offered gave reception deadline extended extension table file appeal object "
        "accept sign want wants confirm decide answer paid half apply charge free fill wait waits"
    ),
    latest=words("latest deadline eod cob eop cutoff positively max"),
    past=words(
        "sat came went died did said was saw got rang told left met took had were passed "
        "given dated called heard found sent gone used happened visited broke stayed slept "
        "played fell paid since yesterday"
    ),
    memory=words("remember remembered anniversary honeymoon memories"),
    answer=words("answer know reply confirm respond decide tell holding decision confirmation"),
    owing=words(
        "half owe owes owed pay paid sent send fee fees bill balance deposit each due cost "
        "costs share rent total support maintenance insurance transfer transferred refund "
        "refunded in money payment gap rego loan mortgage yours tuition school want wants "
        "need needs is was left short sold gone behind owing check paycheck saves save "
        "offered offer worth bank account a invoice final tax price copay premium each. "
        "loan charged"
    ),
    no_sum_after=words(
        "% percent days day weeks week wks wk months month mths years year yrs yr hours "
        "hour hrs hr h mins min minutes minute secs seconds people kids children times "
        "time bed beds bedroom way bags boxes box pages page copies photos tickets miles "
        "mile km kms kg kgs lb lbs mg ml mph am pm o'clock x puffs pairs lines words st nd "
        "rd th degrees c f gb mb volt inch inches feet ft cm mm m stone guests jars covers "
        "models houses owners percent. units sheets emails messages calls missed texts "
        "letters bus road street calories cents gauge ton tons tonne entries pictures pics songs "
        "steps rounds out foot"
    ),
    no_sum_before=words(
        "no. no number room page item ending case ref reference flat unit block blk form "
        "para clause cl paragraph size sizes ward row plot table exit gate bay platform "
        "channel year age aged level stage chapter verse # route bus highway field court "
        "courtroom house apartment step ep episode season since version id pin code bench "
        "u under section sec minus"
    ),
    noon={"noon": (12, 0), "midday": (12, 0), "noontime": (12, 0), "midnight": (0, 0)},
    ends=words("end"),
    from_=words("from frm"),
    in_=words("in"),
)
