"""What was typed into a form, looked at. What is wrong is said with its field and a next step."""

from collections.abc import Collection

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from stillwater.core.errors import UserError

MOST_LINES = 50
LONGEST_LINE = 200
LONGEST_TEXT = 2000


class FieldError(UserError):
    """Something typed is not of the form that it must have; ``field`` names it on the page."""

    def __init__(self, field: str, what: str, next_step: str = "") -> None:
        super().__init__(what, next_step)
        self.field = field


def field_of(error: UserError) -> str:
    """The field that an error is about; "": none in particular."""
    return error.field if isinstance(error, FieldError) else ""


def line(form: QueryDict, name: str, longest: int = LONGEST_LINE) -> str:
    """One line of text, without the blanks around it; "" where there is none. Raises FieldError."""
    untrusted = form.get(name, "").strip()
    if len(untrusted) > longest or not untrusted.isprintable():
        raise FieldError(name, _("That is too long, or holds odd signs."), _("Write it shorter."))
    return untrusted


def lines(form: QueryDict, name: str) -> tuple[str, ...]:
    """What stands on each line of a text, each once. Raises FieldError."""
    found = [one.strip() for one in form.get(name, "").splitlines()]
    kept = tuple(dict.fromkeys(one for one in found if one))
    if len(kept) > MOST_LINES or any(
        len(one) > LONGEST_LINE or not one.isprintable() for one in kept
    ):
        raise FieldError(
            name, _("That is too much, or holds odd signs."), _("One a line, and shorter.")
        )
    return kept


def text(form: QueryDict, name: str) -> str:
    """A longer text. Raises FieldError."""
    untrusted = form.get(name, "").strip()
    if len(untrusted) > LONGEST_TEXT:
        raise FieldError(name, _("That is longer than fits here."), _("Write it shorter."))
    return untrusted


def one_of(form: QueryDict, name: str, known: Collection[str]) -> str:
    """One of these words; "" where it is none of them."""
    untrusted = form.get(name, "")
    return untrusted if untrusted in known else ""


def some_of(form: QueryDict, name: str, known: Collection[str]) -> tuple[str, ...]:
    """Those of these words that were chosen, in their own order."""
    untrusted = set(form.getlist(name))
    return tuple(one for one in known if one in untrusted)


def typed(request: HttpRequest) -> dict[str, str]:
    """What was typed, to stand in the form again; never a passphrase."""
    hidden = {"csrfmiddlewaretoken", "passphrase", "again"}
    return {name: request.POST.get(name, "") for name in request.POST if name not in hidden}
