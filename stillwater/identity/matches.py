"""The answers of identity, each with its reason and how sure it is.

The numbers order the ways of knowing and are not measured: a handle that the
person listed is as sure as anything here gets; forms of it are less so.
"""

from dataclasses import replace

from stillwater.core.judgements import Match
from stillwater.core.words import How, Standing

_LISTED = 0.99
_ANOTHER_FORM = 0.95
_IN_A_NAME = 0.9
_THROUGH_A_PLATFORM = 0.85
_CARRIES_WORD = 0.9
_PERHAPS_CARRIES = 0.7
_PERHAPS_SOMEBODYS = 0.5
_SURELY_A_CHILD = 0.99
_PERHAPS_A_CHILD = 0.6

STRANGER = Match(reasons=("The sender is nobody in your plan.",))
NO_WORD = Match(
    reasons=("The sender is listed as somebody who may carry word; nothing like that was seen.",)
)
WANTED = Match(
    confidence=_LISTED,
    reasons=("The sender is somebody you listed as wanted.",),
    standing=Standing.WANTED,
)
FORGED_WANTED = Match(
    reasons=(
        "It claims to come from somebody you listed as wanted; your mail server says that it "
        "does not.",
    ),
    standing=Standing.FORGED_WANTED,
)


def by_handle(label: str, *, by_feedback: bool) -> Match:
    how = "was said to be theirs" if by_feedback else "is one that you listed"
    return Match(label, How.HANDLE, _LISTED, (f"A handle of the sender {how}.",))


def by_other_form(label: str) -> Match:
    reason = "A handle of the sender is a listed one in another form, or made to look like it."
    return Match(label, How.ALIAS, _ANOTHER_FORM, (reason,))


def by_forged_handle(match: Match) -> Match:
    """A listed handle that the mail server disproves: somebody uses it, most likely for them."""
    reason = "Your mail server says that the handle is forged."
    return replace(match, how=How.ALIAS, confidence=_ANOTHER_FORM, reasons=(*match.reasons, reason))


def by_name(label: str) -> Match:
    reason = "A handle that you listed stands in the name that the sender shows."
    return Match(label, How.ALIAS, _IN_A_NAME, (reason,))


def by_platform(label: str) -> Match:
    reason = "A platform sent it, and a handle that you listed stands in it."
    return Match(label, How.ALIAS, _THROUGH_A_PLATFORM, (reason,))


def with_child(match: Match) -> Match:
    """A match of an other whose arrival came from a child's handle as well."""
    reason = "A handle of a child is on it too, so it may be either of them."
    return replace(match, reasons=(*match.reasons, reason), standing=Standing.CHILD)


def child(*, surely: bool) -> Match:
    """A child's own message; not ``surely``: somebody else may be writing."""
    if surely:
        reason = "The handle is one that you listed for a child."
        return Match(confidence=_SURELY_A_CHILD, reasons=(reason,), standing=Standing.CHILD)
    reason = "It says that it comes from a child, and somebody else may be writing."
    return Match(confidence=_PERHAPS_A_CHILD, reasons=(reason,), standing=Standing.CHILD)


def relay(label: str, name: str | None) -> Match:
    listed = "listed as somebody who may carry word" if name else "said to carry word"
    reasons = (f"The sender is {listed}, and this looks like word carried.",)
    return Match(label, How.RELAY, _CARRIES_WORD, reasons, relay=name)


def suspected(label: str, confidence: float, reasons: tuple[str, ...]) -> Match:
    """A stranger who may be them; ``confidence`` is the calibrated probability."""
    return Match(label, How.SUSPECTED, confidence, reasons)


def unlisted_relay(label: str, *, named: bool) -> Match:
    """Somebody whom the plan does not list seems to carry word: asked about, never held."""
    whom = "names them" if named else "speaks of somebody who may be them"
    reason = f"The sender is nobody in your plan; it looks like word carried, and {whom}."
    return Match(label, How.RELAY, _PERHAPS_CARRIES if named else _PERHAPS_SOMEBODYS, (reason,))


def from_inside(label: str, *, named: bool) -> Match:
    """Through a service that carries word out of prisons: theirs where it names them."""
    return Match(label, How.ALIAS, _IN_A_NAME, (_inside(named=named),))


def perhaps_from_inside(label: str, *, named: bool) -> Match:
    """The same, where nothing shows whose it is, or that it is such a service at all."""
    return Match(label, How.SUSPECTED, _PERHAPS_SOMEBODYS, (_inside(named=named),))


def _inside(*, named: bool) -> str:
    name = "their name stands in it" if named else "no name of theirs stands in it"
    return f"It looks like a service for people in prison or jail, and {name}."


def by_child_on_their_handle(match: Match) -> Match:
    """Their handle, and the words say that a child writes."""
    reason = "It says that a child is writing, from a handle of theirs."
    return replace(match, reasons=(*match.reasons, reason), standing=Standing.CHILD)


def by_someone_else(match: Match) -> Match:
    """Their handle, and the words say that somebody else writes whom the plan names.

    It stays theirs: anybody can write a name. Only that their style is not learnt from it.
    """
    reason = "It says that somebody else is writing. A handle of theirs stays theirs."
    return replace(match, reasons=(*match.reasons, reason), standing=Standing.SOMEONE_ELSE)


def passes(why: str) -> Match:
    return Match(
        confidence=_LISTED,
        reasons=("You said that this sender always passes, and your mail server vouches for it.",),
        standing=Standing.ALWAYS_PASS,
        why_passes=why,
    )


def claims(why: str) -> Match:
    return Match(
        reasons=("It claims to come from a sender that always passes; nothing proves that.",),
        standing=Standing.CLAIMS_TO_PASS,
        why_passes=why,
    )


def outgoing(match: Match | None) -> Match:
    """An outgoing message, by whom it goes to."""
    if match is None:
        return Match(reasons=("It went to nobody that a plan is about.",))
    reason = "It went to a handle of theirs."
    return replace(match, reasons=(reason,))
