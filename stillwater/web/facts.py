"""Facts as lines to read: what it is, and its value."""

from collections.abc import Iterable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from stillwater.core.words import FactKind

KIND_NAMES: dict[str, "str | Promise"] = {
    FactKind.REQUEST: _("What is asked"),
    FactKind.DATE: _("Day"),
    FactKind.TIME: _("Time"),
    FactKind.PLACE: _("Place"),
    FactKind.AMOUNT: _("Sum"),
    FactKind.DEADLINE: _("By when"),
    FactKind.CHILD: _("Child"),
    FactKind.WHO: _("Who"),
}


def fact_lines(
    facts: Iterable[Mapping[str, str | None]],
) -> list[tuple["str | Promise", str]]:
    """Kind and value of each."""
    return [(KIND_NAMES[one["kind"] or ""], one["value"] or "") for one in facts]
