"""Which day is a last day: what must be done by it, and not on it."""

from stillwater.core.words import Need
from stillwater.reading.facts.due import is_due
from stillwater.reading.facts.language import words
from stillwater.reading.facts.mention import Day, Scene
from stillwater.reading.facts.tokens import PAD

_REACH = 6  # tokens looked back for what governs a day
_LAST_WORDS = frozenset({"latest", "deadline", "last"})
_IT = words("em them that this")  # "the school wants them Friday"
_WE = words("i we i'd we'd id")  # "I want them Friday": the children, as likely
_WANTED = words("want wants need needs needed require requires")
# What is asked for by a day; a child or a person who is wanted that day is none of these
_THINGS = words(
    "it form forms signature signatures list paper papers paperwork keys key answer deposit "
    "money payment back copy copies documents docs reply"
)
_PERSONS = words("them him her you u ya me us kids boys girls both to")
_ARRIVING = words("back home there arrive arriving with")
_MUST = words("must need needs not form forms paper papers returned order draft court")
_TO_BE_IN = words("must need needs has have got gotta")
_KEPT = words("them him her kids both from hang with till out off working keep")
_CUT_OFF = words(
    "cut cuts cutting cuttin bin binning evict evicting disconnect disconnecting suspend suspends "
    "repo tow"
)
_CUTS = words("cut cuts cutting cuttin")
_CLOSES = words("close closes closing")
_THEY = words("they it dem they're theyre they'll he'll who council u you me")
_TO_ORDER = words("is to")
_BEGINS_OR_ENDS = words(
    "is are ends end starts start goes go closes close leaves leave opens begins comes expires"
)
_TOO_LATE = words("fee late charge court interest penalty can't cant cannot won't wont gone lost")
_CHANCES = frozenset(
    (first, second)
    for first in ("last", "final")
    for second in ("day", "date", "chance", "call", "orders")
)
_SIGN = words("sign order")  # "can you sign the form tonight"
_OWN = words("i i'll ill will we we'll in to the a an my your his her")
_COLLECTED = words("collected collect")
_BY_THEN = frozenset({("by", "then"), ("before", "then"), ("before", "that")})
_KEPT_THEN = frozenset({("till", "then"), ("til", "then"), ("until", "then")})
_HAVE = words("got you've youve uve u've")
_TO_BE_GONE = words("must out unless get collect fetch gone clear cleared sorted need needs")
_ENDS_REACH = frozenset({",", ".", ";", "!", "?", "\n"})


def is_last_day(scene: Scene, one: Day) -> bool:
    row, language = scene.row, scene.language
    at = _governor(scene, one)
    if _is_said_to_be_last(scene, one) or is_due(scene, one, at):
        return True
    word = row.word[at]
    if {(row.word[at - 1], word), (word, row.word[at + 1])} & language.by_pairs:
        return True
    if row.word[at - 2 : at + 1] == ["cut", "-", "off"]:
        return True
    if word in language.until:
        return _stays_open(scene, at)
    if word in language.by:
        return not _is_of_arriving(scene, at)
    return (
        (word in _IT and row.word[at - 1] in _WANTED and row.word[at - 2] not in _WE)
        or _is_wanted(scene, one)
        or _must_be_in(scene, one)
        or _ends_a_wait(scene, one)
        or (one.is_end and bool(scene.sums) and word not in language.from_to)
        or (word == "back" and row.word[at - 1] == "due")
        or _asks_answer(scene, one)
    )


def _back(scene: Scene, one: Day, words_there: frozenset[str], reach: int = _REACH) -> int | None:
    """The nearest place before a day, in its own clause, where one of the words stands."""
    row = scene.row
    for at in range(one.start - 1, one.start - 1 - reach, -1):
        word = row.word[at]
        if word in words_there:
            return at
        if not word or word in _ENDS_REACH:
            return None
    return None


def _is_wanted(scene: Scene, one: Day) -> bool:
    """ "they want it Friday", "need the form back on the 3rd": a thing, and no person."""
    row = scene.row
    at = _back(scene, one, _WANTED)
    if at is None or row.any_of(_PERSONS, at + 1, one.start) or row.any_of(
        scene.names, at + 1, one.start
    ):  # fmt: skip
        return False
    is_thing = row.any_of(_THINGS, at + 1, one.start) and "at" not in row.word[at : one.start]
    return is_thing and not _is_said_of_an_hour(scene, one)


def _is_said_of_an_hour(scene: Scene, one: Day) -> bool:
    """ "needs his kit back at 4 on Friday": an hour to be there at, not one to be done by."""
    return any(hour.end <= one.start and one.start - hour.end < 3 for hour in scene.hours)


def _must_be_in(scene: Scene, one: Day) -> bool:
    """ "it's got to be in Wednesday", "money has to be in on Friday"."""
    row = scene.row
    at = one.start - 1 - (row.word[one.start - 1] in {"on", "for"})
    is_in = row.word[at] == "in" and row.word[at - 1] in {"be", "get"}
    return is_in and row.any_of(_TO_BE_IN, at - _REACH, at - 1)


def _ends_a_wait(scene: Scene, one: Day) -> bool:
    """What comes to an end that day, or is too late after it."""
    row = scene.row
    last = row.word[one.start - 1]
    if last == "after" or (last == "the" and row.word[one.start - 2] == "after"):
        return _back(scene, one, _TOO_LATE) is not None  # "a late fee after the 8th"
    if (at := _back(scene, one, frozenset({"before"}), 8)) is not None:
        # "before the lease ends on the 30th"
        return at < one.start - 3 and row.any_of(_BEGINS_OR_ENDS, at + 2, one.start)
    return _is_cut_off(scene, one) or _is_last_chance(scene, one)


def _is_cut_off(scene: Scene, one: Day) -> bool:
    """ "160 or they cut it Thursday", "they bin them Monday", "they close the portal Friday"."""
    row = scene.row
    at = _back(scene, one, _CLOSES, 8)
    if at is not None and row.word[at + 1] == "the":
        return True
    at = _back(scene, one, _CUT_OFF, 4)
    if at is None or not row.any_of(_THEY, at - 2, at):
        return False
    return scene.is_money or row.word[at] not in _CUTS or "or" in row.word[at - 3 : at]


def _is_last_chance(scene: Scene, one: Day) -> bool:
    """ "last chance to order is Friday"."""
    row = scene.row
    for at in range(one.start - 2, one.start - PAD, -1):
        if row.sentence[at] != row.sentence[one.start]:
            return False
        if (row.word[at], row.word[at + 1]) in _CHANCES:
            return row.any_of(_TO_ORDER, at + 2, one.start)
    return False


def _is_of_arriving(scene: Scene, at: int) -> bool:
    """ "be with you by 3pm tomorrow", "have her back before 7 tonight": an hour to be somewhere."""
    row = scene.row
    has_hour = any(hour.start - at in (1, 2) for hour in scene.hours)
    here = row.any_of(_ARRIVING, at - _REACH, at)
    return has_hour and here and not row.any_of(_MUST, at - _REACH, at)


def _is_said_to_be_last(scene: Scene, one: Day) -> bool:
    """ "Friday latest", "Friday at the latest", "30 April is the last date"."""
    row = scene.row
    if row.word[one.end] in scene.language.latest and row.word[one.end] != "max":
        return True
    if row.word[one.end - 1].endswith("'s") and row.word[one.end] == "the":
        return row.word[one.end + 1] in _LAST_WORDS  # "Sunday's the last day"
    opens = row.word[one.end : one.end + 2] in (
        ["at", "latest"],
        ["at", "the"],
        ["is", "last"],
        ["is", "the"],
        ["the", "latest"],
    )
    return opens and row.any_of(_LAST_WORDS, one.end, one.end + 4)


def mark_by_then(scene: Scene) -> None:
    """ "It goes out on the 28th, needs to be in by then", "get it before that"."""
    row = scene.row
    standing = [one for one in scene.days if not one.rejected]
    if len(standing) != 1 or scene.hours:
        return
    start, end = standing[0].start, standing[0].end
    for at in (*range(start - 10, start), *range(end, min(end + 30, len(row.word) - 1))):
        if row.sentence[at - 1] == row.sentence[at] and _says_by_then(scene, at):
            standing[0].deadline = True
            return


def _says_by_then(scene: Scene, at: int) -> bool:
    """ "by then"; "in my garage till then"; "so it must be out before."."""
    row = scene.row
    pair = row.word[at], row.word[at + 1]
    if pair in _BY_THEN or (pair in _KEPT_THEN and scene.main is Need.PROPERTY):
        return True
    ends = row.word[at] == "before" and row.word[at + 1] in {"", ".", "!", "\n"}
    return ends and row.any_of(_TO_BE_GONE, at - 7, at)


def _governor(scene: Scene, one: Day) -> int:
    """The token that governs a day: over articles, its hour, "close of business"."""
    row = scene.row
    hours = {at for hour in scene.hours for at in range(hour.start, hour.end)}
    at = one.start - 1
    while (
        at > one.start - _REACH
        and (row.word[at] in scene.language.on or at in hours)
        and row.word[at] not in scene.language.by
    ):
        if row.word[at] in {"a", "about", "for"} and at not in hours:
            break
        at -= 1
    return at


def _stays_open(scene: Scene, at: int) -> bool:
    """ "You have until Friday", "open until", but not "I have them until Friday"."""
    row, language = scene.row, scene.language
    is_given = any(one.end == at for one in scene.sums) or row.word[at - 1] in _HAVE
    if is_given or row.any_of(_COLLECTED, at - _REACH, at):
        return True  # "60 until Friday", "you've got till Friday"
    if row.word[at - 1] == "on":
        return False  # "hang on till Friday"
    for place in range(at - 1, at - 1 - _REACH, -1):
        word = row.word[place]
        if not word or word in {",", ".", ";", "!", "?", "\n"}:
            return False
        if word in _KEPT or word in scene.names:
            return False
        if word in language.until_with:
            return True
    return scene.is_mainly_money or scene.main is Need.PROPERTY


def _asks_answer(scene: Scene, one: Day) -> bool:
    """ "let me know tonight", "I need to know by …": an answer is due that day."""
    if one.value != scene.today or one.is_weekday:
        return False
    row, language = scene.row, scene.language
    if scene.hours:
        return False
    if row.any_of(language.answer, one.start - _REACH, one.start):
        return True
    at = _back(scene, one, _SIGN)
    return at is not None and row.word[at - 1] not in _OWN
