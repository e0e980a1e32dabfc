"""How a question about somebody new is said, and what may be answered."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from stillwater.gate.feedback import OPPOSITE
from stillwater.gate.questions import Question
from stillwater.web.people.handles import shown
from stillwater.web.plan.allowing import CHANNELS

_CHANNEL = {way.value: said for way, said in CHANNELS}


@dataclass(frozen=True, slots=True)
class ShownQuestion:
    """One question as the page shows it."""

    key: str
    asks: str
    way: "str | Promise"
    at: datetime
    handles: tuple[str, ...]
    answers: tuple[tuple[str, str], ...]  # what is sent, what the button says
    needs_label: bool  # several others, and nothing says whom it may be about
    said: str  # the answer that holds, in words
    back: tuple[str, str] | None  # the opposite: what is sent, what the button says


def shown_question(question: Question, labels: list[str]) -> ShownQuestion:
    """A question, with the label of whom it may be about."""
    label = question.other or (labels[0] if len(labels) == 1 else "")
    opposite = OPPOSITE.get(question.said, "")
    return ShownQuestion(
        key=question.public_id,
        asks=_asks(question, label),
        way=_CHANNEL.get(question.channel, question.channel),
        at=question.received_at,
        handles=tuple(map(shown, question.handles)),
        answers=tuple((one, _button(one, label)) for one in question.answers),
        needs_label=not label,
        said=_said(question.said, label),
        back=(opposite, _button(opposite, label)) if opposite in question.answers else None,
    )


def _asks(question: Question, label: str) -> str:
    if "relay" in question.answers:
        if label:
            return _("Somebody may be carrying word from %(label)s.") % {"label": label}
        return _("Somebody may be carrying word.")
    if label:
        return _("Somebody new may be %(label)s.") % {"label": label}
    return _("Somebody new may be one of them.")


def _button(answer: str, label: str) -> str:
    return {
        "theirs": _("It is %(label)s") % {"label": label} if label else _("It is one of them"),
        "not_theirs": _("It is somebody else"),
        "relay": _("They carry word"),
        "not_relay": _("They do not"),
    }.get(answer, "")


def _said(answer: str, label: str) -> str:
    return {
        "theirs": _("You said: it is %(label)s.") % {"label": label}
        if label
        else _("You said: it is one of them."),
        "not_theirs": _("You said: it is somebody else."),
        "relay": _("You said: they carry word."),
        "not_relay": _("You said: they carry no word."),
    }.get(answer, "")
