"""The form of the question why: set-up asks it once, a change of the mode asks it again."""

from dataclasses import dataclass

from django.http import QueryDict

from stillwater.web.asked import some_of, text
from stillwater.web.half_typed import HalfTyped
from stillwater.web.setup.words import PROTECTS, WANTS

FIELDS = ("protects", "wants", "words")
CHOICES: dict[str, object] = {"protects": PROTECTS, "wants": WANTS}


@dataclass(frozen=True, slots=True)
class Why:
    """What it should protect, what else was hoped for, and why in their own words."""

    protects: tuple[str, ...]
    wants: tuple[str, ...]
    words: str

    def __bool__(self) -> bool:
        return bool(self.protects or self.wants or self.words)


def why_of(form: QueryDict) -> Why:
    """What was answered. Raises FieldError."""
    return Why(
        some_of(form, "protects", dict(PROTECTS)),
        some_of(form, "wants", dict(WANTS)),
        text(form, "words"),
    )


def filled_with(form: QueryDict) -> dict[str, object]:
    """What the page needs so that the form stands there as it was."""
    chosen = (*form.getlist("protects"), *form.getlist("wants"))
    return {"chosen": chosen, "given": {"words": form.get("words", "")}}


def begun_before(begun: HalfTyped) -> dict[str, object]:
    """The same of a form that was begun and left; nothing where none was."""
    found = begun.found()
    return {} if found is None else {"begun": True, **filled_with(found)}
