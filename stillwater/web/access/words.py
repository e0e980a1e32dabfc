"""What an entry of the record says, in plain sentences and without any content."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext, ngettext

from stillwater.gate.access import Entry
from stillwater.gate.exports import about_other
from stillwater.people.models import Other
from stillwater.web.settings.words import span

Fields = Mapping[str, Any]
Labels = Mapping[str, Other]


@dataclass(frozen=True, slots=True)
class Line:
    """One entry as it stands on the page."""

    at: datetime | None
    said: str
    more: str = ""


def line_of(entry: Entry, labels: Labels) -> Line:
    """The sentence of an entry. ``labels``: the others of the plan in force."""
    says = _SAYS.get(entry.kind)
    if entry.kind == "exported":
        said, more = _exported(entry.fields, labels)
    elif says is not None:
        said, more = says(entry.fields)
    else:
        # Another part wrote it: its kind is a word of ours, and says enough.
        words = entry.kind.replace("_", " ")
        said, more = gettext("Written down: %(kind)s.") % {"kind": words}, ""
    return Line(timezone.localtime(entry.at) if entry.at else None, said, more)


def _opened(fields: Fields) -> tuple[str, str]:
    # By whom, in the shapes that were ever written; without either it was the person.
    by = fields.get("who") or fields.get("by") or ""
    if by and by != "person":
        said = gettext("A reviewer opened something that was held.")
    else:
        said = gettext("You opened something that was held.")
    return said, _ended_by(fields)


def _exported(fields: Fields, labels: Labels) -> tuple[str, str]:
    number = int(fields.get("items", 0))
    salt, about = str(fields.get("salt", "")), fields.get("about")
    label = next((one for one, row in labels.items() if about_other(row, salt) == about), "")
    counted = ngettext("%(number)s item", "%(number)s items", number) % {"number": number}
    if label:
        said = gettext("You exported evidence about %(label)s: %(counted)s.") % {
            "label": label,
            "counted": counted,
        }
    else:
        said = gettext("You exported evidence: %(counted)s.") % {"counted": counted}
    return said, _ended_by(fields)


def _ended_by(fields: Fields) -> str:
    return {
        "waited": gettext("After the wait."),
        "danger": gettext("At once: there was danger."),
        "court": gettext("At once: for a court."),
        "child": gettext("At once: for a child."),
        "officer": gettext("At once: an officer was at the door."),
        "review": gettext("To sort it for you."),
        "review_file": gettext("In a sealed file, to sort it for you."),
    }.get(str(fields.get("reason", "")), "")


def _plan(fields: Fields) -> tuple[str, str]:
    change = {
        "first": gettext("You made your plan."),
        "tightened": gettext("You tightened your plan."),
        "loosened": gettext("You loosened your plan. It took effect after the delay."),
        "withdrawn": gettext("You took back a change of your plan."),
    }
    return change.get(str(fields.get("change", "")), gettext("Your plan was changed.")), ""


def _loosened(fields: Fields) -> tuple[str, str]:
    if fields.get("sentences"):
        return gettext("You changed the sentences of your notes."), ""
    if fields.get("what") != "waits":
        return gettext("Something was loosened, after the delay."), ""
    lengths = {
        name: span(timedelta(seconds=int(fields.get(name, 0))))
        for name in ("opening_wait", "loosening_delay")
    }
    return (
        gettext("Shorter waits took effect."),
        gettext("Before an opening: %(opening_wait)s. Before a loosening: %(loosening_delay)s.")
        % lengths,
    )


def _feedback(fields: Fields) -> tuple[str, str]:
    if fields.get("who"):
        return gettext("A reviewer said of something that it was not theirs."), ""
    said = {
        "theirs": gettext("You said of something that it was theirs."),
        "not_theirs": gettext("You said of something that it was not theirs."),
        "relay": gettext("You said of somebody that they carry word."),
        "not_relay": gettext("You said of somebody that they do not carry word."),
    }
    return said.get(str(fields.get("says", "")), gettext("You said whose something was.")), ""


def _authorship(fields: Fields) -> tuple[str, str]:
    if fields.get("says") == "taken_back":
        return gettext("You took back that something was not written by you."), ""
    return gettext("You said of something that it was not written by you."), ""


def _log_started(fields: Fields) -> tuple[str, str]:
    why = {
        "first": (gettext("Your record began."), ""),
        "restored": (
            gettext("Everything was restored from a backup."),
            gettext("The record goes on, and names the one before."),
        ),
        "set_back": (
            gettext("The database had been set back to an older state."),
            gettext("If that was not you: ask somebody you trust to look at this machine."),
        ),
        "not_pinned": (
            gettext("The record began anew: what was kept beside it was missing."),
            gettext("After a restore that is as it should be."),
        ),
    }
    return why.get(str(fields.get("why", "")), (gettext("The record began anew."), ""))


def _removal(fields: Fields) -> tuple[str, str]:
    if fields.get("change") == "taken_back":
        return gettext("You took back the removal of everything."), ""
    return gettext("You asked for everything to be removed."), gettext("It waits.")


def _fixed(said: Callable[[], str]) -> Callable[[Fields], tuple[str, str]]:
    return lambda _fields: (said(), "")


_SAYS: dict[str, Callable[[Fields], tuple[str, str]]] = {
    "opened": _opened,
    "plan": _plan,
    "loosened": _loosened,
    "feedback": _feedback,
    "authorship": _authorship,
    "log_started": _log_started,
    "removal": _removal,
    "discarded": _fixed(lambda: gettext("Something that was held was discarded.")),
    "mailbox_added": _fixed(lambda: gettext("A mailbox began to be watched.")),
    "mailbox_removed": _fixed(lambda: gettext("A mailbox is watched no more.")),
    "reviewer_added": _fixed(lambda: gettext("A reviewer may open what is held from now on.")),
    "reviewer_removed": _fixed(lambda: gettext("A reviewer may open nothing new any more.")),
}
