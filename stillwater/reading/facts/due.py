"""Days that are last ones by the company they keep: a sum, an "or else", a lease that ends."""

from stillwater.core.words import Need
from stillwater.reading.facts.language import words
from stillwater.reading.facts.mention import Day, Scene

_NEAR_SUM = 6  # tokens between a sum and the day that it is due
_WHO_ACTS = words(
    "i i'll ill im i'm we we'll they they'll theyre they're he he'll she she'll u ull you you'll "
    "it it'll its the else my no"
)
_NOT_DONE = words(
    "nobody not dont don't no havent haven't hasn't hasnt isnt isn't arent aren't doesnt doesn't "
    "aint"
)
_WISHES = words("want mind like fancy can't cant suit work working free")
_HANDED_IN = words("sign pay send submit file upload return post transfer order book fee")
_DONE = words(
    "ordered signed paid sent returned in out filed submitted cleared emptied collected booked "
    "moved handed confirmed uploaded completed renewed cancelled gone"
)
_OF_PERSONS = frozenset({Need.CHILDREN, Need.HEALTH})  # "Friday if she is not ill"
_TO_THEM = words("back comes coming going paid put popped transfer send sending yours your")
_TERMS = words(
    "lease tenancy offer window bird discount registration rego policy cover coverage warranty "
    "permit membership storage trial extension deal allowance claim certificate licence license "
    "visa passport subscription"
)
_ENDS = words("ends end ending finishes dies up expires runs")
_GOES_AWAY = words("tip skip dump bin binned charity charged cannot can't lost disposed cancelled")


def is_due(scene: Scene, one: Day, governor: int) -> bool:
    """``governor``: the place of the word that governs the day."""
    return (
        one.due
        or _or_else(scene, one)
        or _is_of_a_sum(scene, one)
        or _term_ends(scene, one, governor)
        or _is_extended(scene, governor)
        or _is_free_through(scene, governor)
        or _too_late_after(scene, one)
        or _must_be_done(scene, one)
    )


def _or_else(scene: Scene, one: Day) -> bool:
    """ "120 for the sitter friday or u can …", "goes to the tip friday if u dont"."""
    row = scene.row
    if scene.main in _OF_PERSONS or _day_after(scene, one):
        return False
    if row.word[one.end] == "or":  # and no other day is offered
        return scene.is_money and bool(scene.sums) and row.word[one.end + 1] in _WHO_ACTS
    if row.word[one.start - 3 : one.start - 1] == ["if", "not"]:
        return True  # "they auction it if not paid friday"
    at = next((n for n in range(one.end, one.end + 7) if row.word[n] == "if"), None)
    if at is None or row.sentence[at] != row.sentence[one.start] or row.word[at + 1] == "not":
        return False
    if row.any_of(_WISHES, at + 1, at + 6):
        return False  # "Sunday if you don't want the house"
    return row.any_of(_NOT_DONE, at + 1, at + 6)


def _day_after(scene: Scene, one: Day) -> bool:
    sentence = scene.row.sentence[one.start]
    return any(
        other.start > one.start and scene.row.sentence[other.start] == sentence
        for other in scene.days
    )


def _is_of_a_sum(scene: Scene, one: Day) -> bool:
    """ "35 quid, Monday", "1,890 for the 15th": a sum, then its day with no verb between."""
    row = scene.row
    if not scene.is_money or any(not hour.rejected for hour in scene.hours):
        return False
    joint = row.word[one.start - 1]
    if _stands_alone(scene, one):
        return True
    if joint not in {",", "for"} and not _is_lost_then(scene, one):
        return False
    sums = [s for s in scene.sums if 0 < one.start - s.end <= _NEAR_SUM]
    return any(
        row.sentence[s.start] == row.sentence[one.start]
        and not row.any_of(_TO_THEM, s.start - 4, one.start)
        for s in sums
    )


def _is_lost_then(scene: Scene, one: Day) -> bool:
    """ "they want 775 or they don't load tomorrow"."""
    row = scene.row
    return any(
        row.word[at] == "or" and row.word[at + 1] in _WHO_ACTS
        for at in range(one.start - _NEAR_SUM, one.start - 1)
    )


def _stands_alone(scene: Scene, one: Day) -> bool:
    """ "VAT. £1375. 7th of March.": the whole of a sentence, after one with a sum."""
    row = scene.row
    opens = row.sentence[one.start - 1] == row.sentence[one.start] - 1
    closes = row.word[one.end] in {"", ".", ",", "!", "\n"}
    return (
        one.exact
        and opens
        and closes
        and any(row.sentence[s.end - 1] == row.sentence[one.start] - 1 for s in scene.sums)
    )


def _term_ends(scene: Scene, one: Day, governor: int) -> bool:
    """ "the lease ends the 15th", "rego's up on the 12th"."""
    row = scene.row
    return row.word[governor] in _ENDS and any(
        row.word[at].removesuffix("'s") in _TERMS and row.sentence[at] == row.sentence[one.start]
        for at in range(governor - 5, governor)
    )


def _is_extended(scene: Scene, governor: int) -> bool:
    """ "extended to 17:00 on 27 February"."""
    row = scene.row
    return row.word[governor] == "to" and row.word[governor - 1] in {"extended", "extension"}


def _is_free_through(scene: Scene, governor: int) -> bool:
    """ "it's free through the 22nd"."""
    row = scene.row
    is_through = row.word[governor] in {"through", "thru"}
    return is_through and row.word[governor - 1] in {"free", "open", "valid", "good", "held"}


def _must_be_done(scene: Scene, one: Day) -> bool:
    """ "the suit must be ordered to Friday", "sign it tomorrow before lunch"."""
    row = scene.row
    if scene.main in _OF_PERSONS and row.any_of(scene.names, one.start - 8, one.start):
        return False
    front = range(max(one.start - 8, 0), one.start)
    same = [n for n in front if row.sentence[n] == row.sentence[one.start]]
    words_there = {row.word[n] for n in same}
    if row.word[one.end] == "before" and words_there & _HANDED_IN and not words_there & _TO_THEM:
        return True
    return any(
        row.word[n : n + 2] == ["must", "be"] and row.word[n + 2] in _DONE for n in same[:-2]
    )


def _too_late_after(scene: Scene, one: Day) -> bool:
    """ "anything left after 6 March goes to the tip"."""
    row = scene.row
    at = one.start - 1 - (row.word[one.start - 1] == "the")
    if row.word[at] != "after":
        return False
    return any(
        row.word[n] in _GOES_AWAY and row.sentence[n] == row.sentence[one.start]
        for n in range(one.end, one.end + 9)
    )
