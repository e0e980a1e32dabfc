"""Hours that something must be done by: "a yes by half nine", "send it before twelve"."""

from datetime import date

from stillwater.reading.facts.language import words
from stillwater.reading.facts.mention import Hour, Scene

_BY = words("by before b4 befor bfore")
# What is asked for by an hour, and who asks: nobody comes anywhere by it
_ASKED = words(
    "answer answers yes no know knows reply respond confirm sign signed signature signatures send "
    "sent pay paid tell ring call say decide needs need wants want must transfer wire word text "
    "submit return returned ordered order post upload email book booked accept release filed file "
    "lodge cancel deadline pls please"
)
_PRESENCE = words(
    "home there here drop dropping dropped pick picking collect collecting fetch have has bring "
    "bringing be arrive arriving ready bed asleep up out in leave leaving done meet come coming "
    "had get getting land us"
)
_FRONT = 14  # tokens looked back in the sentence
_AFTER = 4
_THEN = frozenset({("before", "then"), ("by", "then"), ("before", "that")})


def last_hours(scene: Scene) -> list[tuple[date, Hour]]:
    """Hours with no day beside them that are last ones, each with its day: the next such hour."""
    if scene.language.code != "en":
        return []
    standing = [one for one in scene.hours if not (one.rejected or one.used)]
    found = [one for one in standing if _is_last(scene, one)]
    if not found and len(standing) == 1 and _named_again(scene, standing[0]):
        found = standing
    return [(scene.today, one) for one in found if not _is_over(scene, one)]


def _is_over(scene: Scene, one: Hour) -> bool:
    return (one.hour, one.minute) <= (scene.at.hour, scene.at.minute)


def _is_last(scene: Scene, one: Hour) -> bool:
    row = scene.row
    at = one.start - 1
    at -= row.word[at] in {"about", "around", "latest"}
    if row.word[at] not in _BY or _has_day_beside(scene, one):
        return False
    sentence = row.sentence[one.start]
    front = [n for n in range(at - 1, at - _FRONT, -1) if row.sentence[n] == sentence]
    if any(row.word[n] in _PRESENCE for n in front[:4]):
        return False
    behind = [n for n in range(one.end, one.end + _AFTER) if row.sentence[n] == sentence]
    return any(row.word[n] in _ASKED for n in (*front, *behind))


def _has_day_beside(scene: Scene, one: Hour) -> bool:
    """A day of its own, other than today."""
    return any(
        day.value != scene.today
        and not day.rejected
        and scene.row.sentence[day.start] == scene.row.sentence[one.start]
        for day in scene.days
    )


def _named_again(scene: Scene, one: Hour) -> bool:
    """ "Demo at 11 … send the slides before then": where no other day is spoken of."""
    row = scene.row
    if any(day.value != scene.today and not day.rejected for day in scene.days):
        return False
    return any(
        (row.word[at], row.word[at + 1]) in _THEN and row.any_of(_ASKED, at - 6, at)
        for at in range(one.end, min(one.end + 30, len(row.word) - 1))
    )
