"""What the pages of the circle say of somebody."""

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from stillwater.circle.permissions import Role

if TYPE_CHECKING:
    from stillwater.circle.models import Member
    from stillwater.web.here import Here

ROLE_NAMES: dict[str, "str | Promise"] = {
    Role.REVIEWER: _("Reviewer"),
    Role.SUPPORTER: _("Supporter"),
    Role.ADVOCATE: _("Advocate"),
    Role.LAWYER: _("Lawyer"),
}
ROLE_SAYS: dict[str, "str | Promise"] = {
    Role.REVIEWER: _("opens and sorts what is held, in your place"),
    Role.SUPPORTER: _("somebody to call; sees nothing of what is held"),
    Role.ADVOCATE: _("sees what you give them; is not asked to keep evidence"),
    Role.LAWYER: _("sees what you export for them"),
}
SORTED_SAYS: dict[str, "str | Promise"] = {
    "legal": _("Papers of law"),
    "practical": _("Something practical"),
    "hook": _("Nothing that you need"),
    "danger": _("May be danger"),
    "not_theirs": _("From somebody else"),
}
STANDS: dict[str, "str | Promise"] = {
    "invited": _("Asked; has no key yet."),
    "keyed": _("Has a key. Read its words aloud together."),
    "waiting": _("Agreed. Begins once your wait is over."),
    "active": _("Part of your circle."),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """Somebody, as the person's own pages show them."""

    key: str
    name: str = field(repr=False)
    role: "str | Promise"
    says: "str | Promise"
    stands: "str | Promise"
    state: str
    is_reviewer: bool
    works_here: bool  # with a sign-in at this machine
    thanked: bool
    begins_at: datetime | None = None


def shown(here: "Here", member: "Member", begins_at: datetime | None = None) -> Shown:
    """Open what is sealed about them."""
    about = json.loads(here.opens(bytes(member.sealed)))
    return Shown(
        key=member.public_id,
        name=about["name"],
        role=ROLE_NAMES[member.role],
        says=ROLE_SAYS[member.role],
        stands=STANDS[member.state],
        state=member.state,
        is_reviewer=member.role == Role.REVIEWER,
        works_here=member.wrapped is not None,
        thanked=member.thanked_at is not None,
        begins_at=begins_at,
    )
