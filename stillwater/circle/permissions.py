"""Who may do what. A view names one permission; a role either has it or has not.

Nobody but the person has a permission over the person's own pages, and the person has
none over a reviewer's: what a reviewer opens is not shown to the person.
"""

from enum import StrEnum


class Role(StrEnum):
    """As what somebody is signed in."""

    PERSON = "person"
    REVIEWER = "reviewer"
    SUPPORTER = "supporter"
    ADVOCATE = "advocate"
    LAWYER = "lawyer"


class Permission(StrEnum):
    """What a page lets somebody do."""

    SEE_TODAY = "see_today"
    SEE_COUNTS = "see_counts"
    OPEN_HELD = "open_held"
    RECORD = "record"
    SET_UP = "set_up"
    CHANGE_PLAN = "change_plan"
    CHANGE_CIRCLE = "change_circle"
    CHANGE_MAILBOXES = "change_mailboxes"
    EXPORT = "export"
    SEE_ACCESS = "see_access"
    CHANGE_SETTINGS = "change_settings"
    REVIEW = "review"


_OF_A_REVIEWER = frozenset({Permission.REVIEW})
_HAS = {
    Role.PERSON: frozenset(Permission) - _OF_A_REVIEWER,
    Role.REVIEWER: _OF_A_REVIEWER,
}


def may(role: Role, permission: Permission) -> bool:
    """Whether somebody in this role may. A role without a page of its own may nothing."""
    return permission in _HAS.get(role, frozenset())
