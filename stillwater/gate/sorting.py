"""What a reviewer says of one item: of which kind it is, facts, a note; checked, and told."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stillwater.core.errors import ExitCode, UserError
from stillwater.core.judgements import Fact
from stillwater.core.words import DangerCategory, FactKind
from stillwater.gate.originals import Original
from stillwater.plan.wording import CATEGORY_WORDS, quotes
from stillwater.text.lookalikes import fold

LONGEST_NOTE = 1_000  # characters
LONGEST_FACT = 200
_SPACES = re.compile(r"\s+")


class Sorted(StrEnum):
    """What a reviewer makes of one item."""

    LEGAL = "legal"
    PRACTICAL = "practical"
    HOOK = "hook"
    DANGER = "danger"
    NOT_THEIRS = "not_theirs"


# Notes that hold nothing of anybody's words: one press, nothing to check.
SAFE_NOTES: Mapping[str, object] = {
    "nothing": gettext_lazy("There is nothing in it that you need."),
    "good_to_leave": gettext_lazy("It is good that you did not have to read it."),
    "ask_lawyer": gettext_lazy("I would show it to a lawyer."),
    "ask_advocate": gettext_lazy("I would talk to an advocate about it."),
    "call_me": gettext_lazy("Call me when you have time. It is nothing bad."),
    "call_me_soon": gettext_lazy("Please call me today."),
}


@dataclass(frozen=True, slots=True)
class Sorting:
    """What the reviewer says of one item."""

    sorted_as: Sorted
    facts: tuple[Fact, ...] = ()
    category: DangerCategory | None = None  # where it is danger
    safe_note: str = ""  # a key of SAFE_NOTES
    note: str = field(default="", repr=False)


def fact_value(kind: FactKind, untrusted: str) -> str:
    """A fact in the form that docs/formats/decision.md gives it; "": none. Raises UserError."""
    typed = _SPACES.sub(" ", untrusted).strip()
    if len(typed) > LONGEST_FACT:
        raise UserError(_("One of the facts is too long."), _("A few words are enough."))
    if kind in (FactKind.DATE, FactKind.DEADLINE) and typed:
        return _day(typed)
    if kind is FactKind.TIME and typed:
        return f"{clock_time(typed):%H:%M}"
    return typed


def _day(typed: str) -> str:
    """Only a day that nobody can read in two ways."""
    try:
        return date.fromisoformat(typed).isoformat()
    except ValueError:
        raise UserError(
            _("One of the days cannot be read."), _("Write it like 2026-01-31.")
        ) from None


def clock_time(untrusted: str) -> time | None:
    """A time of day, or none. Raises UserError."""
    if not untrusted.strip():
        return None
    try:
        return time.fromisoformat(untrusted.strip())
    except ValueError:
        raise UserError(_("One of the times cannot be read."), _("Write it like 17:30.")) from None


def must_quote_nothing(sorting: Sorting, original: Original) -> None:
    """Raises UserError where anything typed holds a run of the original's words."""
    if sorting.sorted_as is Sorted.DANGER and sorting.category is None:
        raise UserError(
            _("Which danger it is, is missing."), _("Choose the one that comes nearest.")
        )
    if len(sorting.note) > LONGEST_NOTE:
        raise UserError(_("The note is too long."), _("A few sentences are enough."))
    typed = [sorting.note, *(fact.value for fact in sorting.facts)]
    together = " ".join(typed)
    for text in (*typed, together):
        for original_text in original.texts:
            if text and _repeats(text, original_text):
                raise UserError(
                    _("This repeats their words, so it was not kept."),
                    _("Say it in your own words: no four words in a row as they wrote them. The "
                      "person is spared their voice, not the facts."),
                    ExitCode.NOT_ALLOWED,
                )  # fmt: skip


def _repeats(text: str, original: str) -> bool:
    """As typed, and without disguise: other letters that look alike, hidden signs, "k1ll"."""
    return quotes(text, original) or quotes(fold(text).text, fold(original).text)


def note_of(sorting: Sorting) -> str:
    """The note as the person reads it."""
    safe = SAFE_NOTES.get(sorting.safe_note)
    return " ".join(part for part in (str(safe) if safe else "", sorting.note.strip()) if part)


def kind_of(sorting: Sorting) -> str:
    if sorting.sorted_as is Sorted.DANGER and sorting.category is not None:
        return sorting.category.value
    return "legal_service" if sorting.sorted_as is Sorted.LEGAL else sorting.sorted_as.value


def tier_of(sorting: Sorting) -> int:
    is_danger = sorting.sorted_as is Sorted.DANGER and sorting.category is not None
    return int(sorting.category.tier) if is_danger and sorting.category else 0


def told_of(sorting: Sorting, note: str) -> str | None:
    """What the person hears of it at once; None: nothing needs them."""
    heads = {
        Sorted.DANGER: _("Your reviewer looked, and takes this for a sign of danger: {about}."),
        Sorted.LEGAL: _("Your reviewer looked: these are papers of law. What is sealed still "
                        "counts as received. You can open them without a wait."),
        Sorted.PRACTICAL: _("Your reviewer passes on what is practical."),
        Sorted.NOT_THEIRS: _("Your reviewer looked: something that was held is from somebody else. "
                             "That was ours. Sorry."),
    }  # fmt: skip
    if sorting.sorted_as is Sorted.HOOK:
        return _("Your reviewer looked, and left you a note.") + f" {note}" if note else None
    head = heads[sorting.sorted_as]
    if sorting.category is not None:
        head = head.format(about=CATEGORY_WORDS[sorting.category])
    return f"{head} {note}".strip()
