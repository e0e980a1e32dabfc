"""What stands about a day or an hour: put off, made the last one, remembered, every week."""

from collections.abc import Sequence
from itertools import pairwise

from stillwater.reading.facts.language import words
from stillwater.reading.facts.last_days import is_last_day, mark_by_then
from stillwater.reading.facts.mention import Day, Hour, Scene
from stillwater.reading.facts.tokens import PAD

_END_OF_MONTH_REACH = 4  # days
_REACH = 6  # tokens looked back for what governs a day
_PAST_VERB = frozenset({"on", "last", "am", "el"})
_STOPS = frozenset({",", ".", ";", "!", "?", "\n", "but", "so", ":", "(", ")", "–"})
_LINKS = frozenset(
    {"to", "-", "–", "until", "till", "at", "and", "@", "bis", "a", ",", "from", "um"}
)
_RATHER = frozenset({"rather", "other"})
_IN_STEAD = frozenset({("instead", "of"), ("rather", "than")})
_INSTEAD = frozenset({"instead", "insted"})
_WHO = words("i you he she we they u")
_HAPPENED = words(
    "was were went did came said rang called saw heard left lost told took gave ran fell threw "
    "broke knocked shouted used dropped picked happened slept stayed visited missed posted mailed "
    "stopped had did brought walked asked looked shouting hit grabbed cried drank drove ate met "
    "spent texted watched cooked cleaned slammed spat smashed collapsed fainted stole lied "
    "screamed yelled spoke talked sang played won danced swam climbed seen noticed"
)
_NO_PAST = words("need agreed unlimited")
_STILL_TO_COME = words(
    "to will would can could should shall might may i'll we'll he'll she'll they'll you'll ill "
    "i'd we'd for by if that's until till is are it's on's got have has need needs want wants "
    "moved changed booked due supposed meant going before from and planned about "
    "rebooked rearranged"
)
_TO_COME = words("will to would can may should 'll i'll we'll he'll she'll they'll")
_AT = words("at around about before after")
_TOLD = words(
    "rang opened closed stopped woke left came went called arrived started finished saw heard "
    "fell found threw phoned texted dropped picked collected given observed conducted"
)
_TO_BE = words("get gets be being getting is are been to")
_WHOM = words("him her them me us it up off out again once you down")
_GO_ON = frozenset({"-", "–", "to", "until", "till", "bis", "a"})


Mark = Day | Hour


def judge(scene: Scene) -> None:
    """Mark what no longer holds, what is a last day, what is memory; in that order."""
    for one in scene.days:
        one.rejected = one.rejected or _is_put_off(scene, one) or _falls_away(scene, one)
    for hour in scene.hours:
        hour.rejected = (
            _is_put_off(scene, hour) or _is_bygone(scene, hour) or _is_in_its_stead(scene, hour)
        )
    _spread(scene)
    _mark_swaps(scene)
    _mark_cannot(scene)
    _mark_instead(scene)
    _mark_said_twice(scene)
    _mark_ends_with_a_day(scene)
    for one in scene.days:
        one.rejected = one.rejected or one.recurring or _is_memory(scene, one)
        one.deadline = not one.rejected and is_last_day(scene, one)
    mark_by_then(scene)


def _marks(scene: Scene) -> list[Mark]:
    """Days and hours in the order of the text."""
    both: list[Mark] = [*scene.days, *scene.hours]
    return sorted(both, key=lambda one: one.start)


def _before(scene: Scene, start: int) -> int:
    """The token that governs what begins at ``start``: over articles, "at", "on"."""
    row = scene.row
    at = start - 1
    while at > start - 4 and (
        row.word[at] in scene.language.on - {"being", "as"} or row.word[at] in {"from", "weekend"}
    ):
        if (row.word[at - 1], row.word[at]) in scene.language.rejects_pairs:
            break
        at -= 1
    return at


def _is_put_off(scene: Scene, one: Mark) -> bool:
    row, language = scene.row, scene.language
    at = _before(scene, one.start)
    word, before = row.word[at], row.word[at - 1]
    if (before, word) in language.rejects_pairs or (
        word == "of" and before in {"instead", "stead"}
    ):
        return True
    if word == "than":
        return row.any_of(_RATHER, at - _REACH, at)
    if word in {"instead", "insted"}:
        return one.start - at <= 3
    if word in {"was", "were"}:
        return at == one.start - 1 or row.word[one.start - 1] in {"at", "the", "on", "for"}
    return word in language.rejects and not (word == "not" and before in {"if", "why", "or"})


def _is_in_its_stead(scene: Scene, hour: Hour) -> bool:
    """ "5.45 instead of me at 5.15", "rather than the gate 3.30": where an hour stood before."""
    row = scene.row
    for at in range(hour.start - 2, hour.start - _REACH, -1):
        if row.sentence[at] != row.sentence[hour.start] or row.word[at] in _STOPS:
            return False
        if (row.word[at], row.word[at + 1]) in _IN_STEAD:
            return any(other.end <= at for other in scene.hours)
    return False


def _falls_away(scene: Scene, one: Day) -> bool:
    row = scene.row
    at = one.end + (row.word[one.end] in {"is", "are"} and row.word[one.end + 1] == "no")
    return (row.word[at], row.word[at + 1]) in scene.language.falls_away


def _is_told(scene: Scene, hour: Hour) -> bool:
    """ "rang at nine", "I opened at 4": what has been."""
    row = scene.row
    at = hour.start - 1
    at -= row.word[at] in {"about", "around"} and row.word[at - 1] == "at"
    if row.word[at] not in _AT:
        return False
    at -= 1
    while row.word[at] in _WHOM and at > hour.start - 6:
        at -= 1
    return row.word[at] in _TOLD and row.word[at - 1] not in _TO_BE


def _is_bygone(scene: Scene, hour: Hour) -> bool:
    """ "up since 4", "at ten past six this morning" said later that day."""
    row = scene.row
    if _is_told(scene, hour) or row.word[hour.end : hour.end + 2] == ["every", "day"]:
        return True
    if row.word[hour.start - 2 : hour.start] == ["home", "by"]:
        return True  # when somebody gets home is no arrangement
    if row.word[hour.start - 1] in {"since", "seit", "desde", "originally"}:
        return True
    this_morning = row.word[hour.end : hour.end + 2] == ["this", "morning"]
    return this_morning and hour.hour % 12 <= scene.at.hour


def _spread(scene: Scene) -> None:
    """What is put off takes the rest of its span, and its hour, along."""
    row = scene.row
    for first, second in pairwise(_marks(scene)):
        between = row.word[first.end : second.start]
        if not first.rejected or second.start - first.end > 2:
            continue
        same = isinstance(first, Day) == isinstance(second, Day)
        if (same and between and all(word in _GO_ON for word in between)) or (
            not same
            and isinstance(first, Day)
            and all(w in {"at", "@", "um", "from"} for w in between)
        ):
            second.rejected = True


def _mark_swaps(scene: Scene) -> None:
    """ "swap the 11th for the 18th", "moved from Tuesday to Wednesday": the first one goes."""
    row, language = scene.row, scene.language
    both: tuple[Sequence[Mark], Sequence[Mark]] = (scene.days, scene.hours)
    for marks in both:
        for first, second in pairwise(marks):
            if second.start - first.end > 4 or second.rejected or first.rejected:
                continue
            if not row.any_of(language.swaps, first.start - 9, first.start):
                continue
            between = row.word[first.end : second.start]
            links = [w for w in between if w in language.swaps_for]
            if "from" in between or row.word[second.start - 1] in {"vom", "von"}:
                second.rejected = True
            elif links and _gives_way(scene, first, links[-1]):
                first.rejected = True
                _reject_begin_of_span(scene, marks, first)


def _gives_way(scene: Scene, first: Mark, link: str) -> bool:
    """Whether "first LINK second" is a change, and not a span."""
    if _is_from(scene, first) or link == "for":
        return True
    return scene.row.any_of(scene.language.swaps, first.start - 4, first.start) and not _is_to(
        scene, first
    )


def _reject_begin_of_span(scene: Scene, marks: Sequence[Mark], last: Mark) -> None:
    """ "trade October 18-19 for …": the span's other end goes with it."""
    for one in marks:
        between = scene.row.word[one.end : last.start]
        if 0 < last.start - one.end <= 2 and all(word in _GO_ON for word in between):
            one.rejected = True


def _is_from(scene: Scene, one: Mark) -> bool:
    return scene.row.any_of(scene.language.from_, one.start - 3, one.start)


def _is_to(scene: Scene, one: Mark) -> bool:
    """ "moved to the 5th to 9th": the new span's own "to"."""
    return scene.row.any_of(frozenset({"to", "for", "auf"}), one.start - 3, one.start)


def _mark_cannot(scene: Scene) -> None:
    """ "Can't do tonight, tomorrow 10": only where something else is offered instead."""
    marks = _marks(scene)
    for index, one in enumerate(marks[:-1]):
        if one.rejected or not _cannot_before(scene, one):
            continue
        if any(
            not later.rejected
            and later.start - one.end < 20
            and (isinstance(later, Day) or isinstance(one, Hour))
            for later in marks[index + 1 :][:6]
        ):
            one.rejected = True


def _mark_instead(scene: Scene) -> None:
    """ "mum's away the 9th, can you have them the 16th instead": the one before it goes."""
    days = [one for one in scene.days if not one.rejected]
    for first, second in pairwise(days):
        row = scene.row
        between = row.word[first.end : second.start]
        linked = len(between) <= 2 and not _GO_ON.isdisjoint(between)
        if not row.any_of(_INSTEAD, second.end, second.end + 4) or linked or len(between) > 25:
            continue
        after = next(at for at in range(second.end, second.end + 4) if row.word[at] in _INSTEAD)
        if row.word[after + 1] != "of" and row.sentence[after] == row.sentence[second.start]:
            first.rejected = first.value != second.value


def _mark_said_twice(scene: Scene) -> None:
    """ "Friday: … next Friday", "Saturday week the 6th": the fuller of the two is meant."""
    for one in scene.days:
        if not one.is_weekday or one.rejected or _is_full(scene, one):
            continue
        one.rejected = any(
            other.value != one.value
            and other.value.weekday() == one.value.weekday()
            and not other.rejected
            and not other.recurring
            and (other.exact or _is_full(scene, other))
            for other in scene.days
        )


def _mark_ends_with_a_day(scene: Scene) -> None:
    """ "by the end of the month, Friday 30th": one day, said twice; the named one is meant."""
    for first, second in pairwise(scene.days):
        is_beside = 0 <= second.start - first.end <= 1
        near = 0 <= (first.value - second.value).days <= _END_OF_MONTH_REACH
        if first.is_end and is_beside and near and second.exact:
            first.rejected = True
            second.start = first.start


def _is_full(scene: Scene, one: Day) -> bool:
    row, language = scene.row, scene.language
    before, after = row.word[one.start - 1], row.word[one.end]
    return before in language.next or before in language.this or after in {"and", "&"}


def _cannot_before(scene: Scene, one: Mark) -> bool:
    row, language = scene.row, scene.language
    for at in range(one.start - 1, one.start - 1 - _REACH, -1):
        word = row.word[at]
        if not word or word in _STOPS or word in language.until:
            return False
        if word in language.cannot:
            return word != "not" or row.any_of(
                frozenset({"make", "do", "manage", "makin", "making", "able", "doing"}),
                at + 1,
                at + 5,
            )
    return False


def _is_of_the_past(scene: Scene, one: Day) -> bool:
    """ "On 14 March you shouted", "was over your way Saturday", "used it twice on Saturday"."""
    row = scene.row
    opens = row.word[one.start - 1] == "on" or row.sentence[one.start - 1] != row.sentence[one.end]
    if opens and row.word[one.end] in _WHO and _is_past(row.word[one.end + 1]):
        return True
    if not one.is_weekday:
        return False
    for at in range(one.start - 1, one.start - PAD, -1):
        word = row.word[at]
        if not word or word in _STOPS or word in _STILL_TO_COME or row.word[at + 1] == "'ll":
            return False
        if word in _HAPPENED:
            return row.word[at - 1] not in _STILL_TO_COME  # "will fell the ash"
    return False


def _is_past(word: str) -> bool:
    return word in _HAPPENED or (word.endswith("ed") and len(word) > 4 and word not in _NO_PAST)


def _is_memory(scene: Scene, one: Day) -> bool:
    """ "sat on Sunday", "remember that Friday": told, not arranged."""
    row, language = scene.row, scene.language
    if row.any_of(language.memory, one.start - 12, one.start) and not one.exact:
        return True
    at = one.start - 1
    if row.word[at] == "since":
        return True
    if one.value == scene.today and not (one.exact or one.is_weekday):
        return row.word[at] in {"made", "sent", "gemacht", "released", "found", "posted"}
    if scene.language.code == "en" and _is_of_the_past(scene, one):
        return True
    if row.word[at] not in _PAST_VERB or not one.is_weekday:
        return False
    return any(
        row.word[near] in language.past
        and row.word[near - 1] not in _TO_COME
        and row.sentence[near] == row.sentence[one.start]
        for near in range(at - 1, at - 4, -1)
    )
