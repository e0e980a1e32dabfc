"""What the person reads because of an arrival: our words, never theirs.

No text of ours may hold four words in a row of the original, nor, of an
original shorter than that, any word that carries meaning. Whoever writes to
the person knows our sentences too, and could write one of them; so each text
comes as a ladder, and the first rung that takes nothing from the original is
shown. The last rungs are three words at most and share none, so one of them
always holds.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from stillwater.core.arrivals import Arrival
from stillwater.core.words import DangerCategory, Need
from stillwater.text.undressed import views

RUN = 4  # words in a row that count as quoting

# Pairwise without a common word, and shorter than RUN: see the module's docstring.
LAST_RUNGS = (
    "Something came in.",
    "Please look.",
    "Attention needed.",
    "Stillwater knows more.",
    "One notice waiting.",
    "Kindly check.",
    "New information arrived.",
)

# Words without meaning of their own: an original of three words shares these with anything.
_EMPTY_WORDS = frozenset(
    [
        *("a", "an", "and", "be", "by", "from", "in", "is", "it", "may"),
        *("of", "on", "or", "that", "the", "this", "to", "with"),
    ]
)

_LONGEST = 3_000_000  # characters of an original: more than any reader reads
_LOOK_AT = 2**19  # bytes of an original that has not been taken apart
_WORDS = re.compile(r"\w+")
_SENTENCE_END = re.compile(r"(?<=[.?])\s+")
_TAG = re.compile(r"<[^<>]{0,2000}>")

CATEGORY_WORDS = {
    DangerCategory.KILL_OR_INJURE: "harm to life or body",
    DangerCategory.WEAPON: "weapons",
    DangerCategory.POSSESSION: "claiming to own someone",
    DangerCategory.SUICIDE_THREAT: "suicide",
    DangerCategory.CHILD_HARM_OR_TAKING: "harm to a child, or taking one",
    DangerCategory.CHILD_EMERGENCY: "an emergency of a child",
    DangerCategory.LOCATION: "knowing where someone is",
    DangerCategory.STRANGLING: "strangling",
    DangerCategory.FIRE_OR_PROPERTY: "fire, or damage to property",
    DangerCategory.COUNTDOWN_OR_FAREWELL: "a countdown or a farewell",
    DangerCategory.INTIMATE_IMAGES: "intimate pictures",
    DangerCategory.PETS: "harm to a pet",
    DangerCategory.THIRD_PARTY_HARASSED: "pressure on people close to you",
    DangerCategory.THIRD_PARTY_RECRUITED: "other people being sent",
    DangerCategory.NEW_CHANNEL_AFTER_BLOCK: "a new way in since block day",
    DangerCategory.CAME_IN_PERSON: "coming in person",
    DangerCategory.GIFT_AT_HOME: "something left at home",
    DangerCategory.HANDOVER_CHANGE: "a change of a handover that is near",
    DangerCategory.STORM: "many attempts within a short time",
    DangerCategory.SILENCE_AFTER_STORM: "sudden silence after many attempts",
    DangerCategory.WEAPON_BOUGHT: "buying a weapon",
}
SUBJECTS = {
    Need.CHILDREN: "the children",
    Need.LEGAL: "legal matters",
    Need.MONEY: "money",
    Need.PROPERTY: "home or belongings",
    Need.HEALTH: "health in the family",
    Need.WORK: "work",
}
_NO_THREAT = frozenset(
    {
        DangerCategory.CHILD_EMERGENCY,
        DangerCategory.HANDOVER_CHANGE,
        DangerCategory.SILENCE_AFTER_STORM,
        DangerCategory.STORM,
        DangerCategory.GIFT_AT_HOME,
        DangerCategory.NEW_CHANNEL_AFTER_BLOCK,
    }
)
THREE_WAYS = "Three ways on: Ask my reviewer. See the facts. Call."
SUICIDE = "A message speaks of suicide. You need not answer. Emergency services can check on them."
NO_ALL_CLEAR = "Silence is no all-clear."


def danger_lines(categories: Sequence[DangerCategory], origin: str) -> tuple[str, ...]:
    """The ladder for danger: categories and origin first, then less and less."""
    if tuple(categories) == (DangerCategory.SUICIDE_THREAT,):
        return (f"{SUICIDE} {origin} {THREE_WAYS}", f"{SUICIDE} {THREE_WAYS}", SUICIDE)
    about = "; ".join(CATEGORY_WORDS[one] for one in categories)
    head = (
        "This may be a sign of danger."
        if set(categories) <= _NO_THREAT
        else "This may contain a threat."
    )
    if DangerCategory.SUICIDE_THREAT in categories:
        head = f"{head} {SUICIDE}"
    if DangerCategory.SILENCE_AFTER_STORM in categories:
        head = f"{head} {NO_ALL_CLEAR}"
    return (
        f"{head} It may be about: {about}. {origin} {THREE_WAYS}",
        f"{head} {THREE_WAYS}",
        f"{head}",
        "Danger is possible here. Facts first.",
    )


def legal_lines(origin: str, *, with_facts: bool) -> tuple[str, ...]:
    facts = "The facts say which court and by when, as far as a machine could tell. "
    return (
        f"This looks like papers from a court. {origin} What is sealed still counts as received "
        f"in law. {facts if with_facts else ''}{THREE_WAYS}",
        "This looks like papers from a court. What is sealed still counts as received in law.",
        "Papers of law, perhaps.",
    )


def digest_lines(label: str, needs: Sequence[Need]) -> tuple[str, ...]:
    """The ladder for practical facts: whose, and about what; the facts stand beside it."""
    about = ", ".join(SUBJECTS[one] for one in needs)
    return (
        f"Practical facts that {label} passed on. About: {about}.",
        f"Practical facts. About: {about}.",
        "Facts for you.",
    )


def claims_lines(why: str) -> tuple[str, ...]:
    """The neutral line; it names only what the person wrote in the plan."""
    whom = f"a sender that you let pass: {why}" if why else "a sender that you let pass"
    return (
        f"Something claims to come from {whom}. Nothing proves that it does.",
        "An unproved claim of origin.",
    )


def all_at_once(texts: Iterable[str]) -> str:
    """Several texts as one: each sentence once, and the ways on at the end."""
    whole = " ".join(texts)
    said = _SENTENCE_END.split(whole.replace(THREE_WAYS, "").strip())
    ways = [THREE_WAYS] if THREE_WAYS in whole else []
    return " ".join([*dict.fromkeys(sentence.strip() for sentence in said), *ways])


def first_that_quotes_nothing(ladder: Iterable[str], arrival: Arrival) -> str:
    """The first text of the ladder, or of LAST_RUNGS, that takes nothing from the original."""
    originals = [words_of(original[:_LONGEST]) for original in _originals(arrival)]
    for text in (*ladder, *LAST_RUNGS):
        ours = words_of(text)
        if not any(_takes_from(theirs, ours) for theirs in originals):
            return text
    return LAST_RUNGS[0]  # only where an original has more than one body, each very short


def quotes(text: str, original: str) -> bool:
    """Whether our text holds anything of the original that it may not hold."""
    return _takes_from(words_of(original), words_of(text))


def _takes_from(theirs: Sequence[str], ours: Sequence[str]) -> bool:
    if len(theirs) < RUN:
        return not (set(theirs) - _EMPTY_WORDS).isdisjoint(ours)
    wanted = set(_runs(ours))
    return bool(wanted) and any(run in wanted for run in _runs(theirs))


def words_of(text: str) -> list[str]:
    """The words of a text, in one case and one form."""
    return _WORDS.findall(unicodedata.normalize("NFKC", text).casefold())


def _runs(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return zip(*(islice(words, start, None) for start in range(RUN)), strict=False)


def _originals(arrival: Arrival) -> Iterator[str]:
    subject, text = arrival.subject or "", arrival.text or ""
    yield f"{subject} {text}"
    # Each alone as well: beside a long one, a short one is an original of its own.
    if text:
        yield text
        yield subject
    if arrival.raw is not None and not text:
        # Bodies are taken apart by the reader alone; this looks at bytes only.
        body = re.split(rb"\r?\n\r?\n", arrival.raw[:_LOOK_AT], maxsplit=1)[-1]
        for view in views(body, shortest_base64=2):
            yield _TAG.sub(" ", view.decode("utf-8", "replace"))
