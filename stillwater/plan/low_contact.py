"""Low contact and parallel parenting: what comes through as facts, and why the rest is held.

In this order, and each alone is enough to hold it:

1. after the plan's last day;
2. to the handle for emergencies, without one;
3. on another channel than the plan's;
4. with nothing in it that needs an answer, or not read for that;
5. about subjects that the plan does not name.

What is left comes as a digest: the facts, at the plan's time, and never a word of
theirs. Danger, a child's emergency among it, is told elsewhere (plan/decide.py),
whatever is said here. Parallel parenting is low contact in writing, and about the
children where the plan names no subjects. A plan that names no channel, or for
low contact no subjects, lets nothing through.
"""

from collections.abc import Collection, Iterable

from stillwater.core.arrivals import Arrival
from stillwater.core.judgements import Fact, Reading
from stillwater.core.plans import Other, Plan
from stillwater.core.words import Action, Channel, DangerCategory, FactKind, Kind, Mode, Need
from stillwater.plan.cadence import due, is_over
from stillwater.plan.voices import Voice
from stillwater.plan.wording import SUBJECTS, digest_lines
from stillwater.text.handles import canonical

COUNTS_FROM = 0.5  # probability from which a need is one

_IN_WRITING = frozenset(set(Channel) - {Channel.CALL, Channel.VOICEMAIL, Channel.VISIT})
_SPOKEN = frozenset({Kind.CALL, Kind.MISSED_CALL, Kind.HANG_UP, Kind.VOICEMAIL})
# Where and when something is belongs to the whole message; sums and requests to their subject.
_OF_THE_WHOLE = frozenset(
    {FactKind.DATE, FactKind.TIME, FactKind.DEADLINE, FactKind.CHILD, FactKind.PLACE}
)


def subjects_of(other: Other) -> tuple[Need, ...]:
    """The subjects on which the plan lets anything through."""
    if other.mode is Mode.PARALLEL_PARENTING and not other.subjects:
        return (Need.CHILDREN,)
    return other.subjects


def low_contact(plan: Plan, other: Other, arrival: Arrival, reading: Reading | None) -> Voice:
    """Held with a reason, or a digest. ``reading`` None: not read, so held."""
    reason = (
        _why_ended(plan, other, arrival)
        or _why_no_emergency(plan, other, arrival, reading)
        or _why_wrong_channel(other, arrival)
    )
    if reason:
        return Voice(Action.HELD, reason)
    if reading is None or reading.unread is not None or not reading.needs:
        return Voice(Action.HELD, "It was not read for what may need an answer: it is held.")
    needs = [need for need in Need if reading.needs.get(need, 0.0) >= COUNTS_FROM]
    if not needs:
        return Voice(Action.HELD, "Nothing in it needs an answer: it is held.")
    allowed = [need for need in needs if need in subjects_of(other)]
    if not allowed:
        return Voice(Action.HELD, f"Your plan does not name its subject: {_spoken(needs)}.")
    return Voice(
        Action.DIGEST,
        f"It is about a subject that your plan names: {_spoken(allowed)}. You get its facts.",
        digest_lines(other.label, allowed),
        facts_about(reading.facts, allowed),
        due(other, arrival.received_at, plan.you.timezone),
    )


def facts_about(facts: Iterable[Fact], allowed: Collection[Need]) -> tuple[Fact, ...]:
    """The facts that a digest on these subjects may hold."""
    return tuple(
        fact
        for fact in facts
        if fact.need is None or fact.need in allowed or fact.kind in _OF_THE_WHOLE
    )


def _spoken(needs: Iterable[Need]) -> str:
    return ", ".join(SUBJECTS[need] for need in needs)


def _why_ended(plan: Plan, other: Other, arrival: Arrival) -> str | None:
    if is_over(other, arrival.received_at, plan.you.timezone):
        return "The contact that your plan allows has ended: it is held."
    return None


def _why_no_emergency(
    plan: Plan, other: Other, arrival: Arrival, reading: Reading | None
) -> str | None:
    if other.emergency is None:
        return None
    region = plan.you.region
    emergency = canonical(other.emergency, region)
    shown = [arrival.account, *(one.handle for one in arrival.recipients)]
    reached = {handle.exact for one in shown if one and (handle := canonical(one, region))}
    if emergency is None or emergency.exact not in reached:
        return None
    if reading is not None and DangerCategory.CHILD_EMERGENCY in reading.danger.categories:
        return "It came to the handle for emergencies: you are told, and its words stay held."
    return "It came to the handle for emergencies, and none is seen in it: it is held."


def _why_wrong_channel(other: Other, arrival: Arrival) -> str | None:
    if other.channel is None:
        return "Your plan names no channel for this: until it does, everything is held."
    if arrival.channel is not other.channel:
        return "It came on another channel than the one in your plan: it is held."
    spoken = arrival.kind in _SPOKEN or arrival.channel not in _IN_WRITING
    if other.mode is Mode.PARALLEL_PARENTING and spoken:
        return "Parallel parenting is in writing, and this is not: it is held."
    return None
