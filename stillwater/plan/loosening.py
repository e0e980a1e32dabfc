"""What a new plan lets through that the old one did not, in plain sentences.

Tightening is at once; loosening waits (docs/decisions/0022). Whatever is not
surely a tightening counts as a loosening. The sentences name labels and no
handles.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date

from stillwater.core.plans import Child, Keep, Other, Plan, Relay, Wanted
from stillwater.core.words import Action, Channel, Mode
from stillwater.plan.low_contact import subjects_of
from stillwater.text.handles import canonical

# From the least to the most that is kept from the person's eyes.
_STRICTNESS = (Mode.WATCH, Mode.PARALLEL_PARENTING, Mode.LOW_CONTACT, Mode.NO_CONTACT)
_SPEED = ("weekly", "daily", "at_once")
_RELAY_STRICTNESS = (Action.UNTOUCHED, Action.ASK, Action.HELD)
_FOR_EVER = date.max


def loosenings(old: Plan, new: Plan) -> tuple[str, ...]:
    """Everything that ``new`` allows and ``old`` does not; empty: it only tightens."""
    return tuple(dict.fromkeys(_all(old, new)))


def _all(old: Plan, new: Plan) -> Iterator[str]:
    yield from _welcome(old, new)
    yield from _you(old, new)
    yield from _shared(old, new)
    for before in old.others:
        after = new.other(before.label)
        if after is None:
            yield f"{before.label} is in the plan no more."
        else:
            yield from _one(before, after, _Forms(old), _Forms(new))


class _Forms:
    """Handles of one plan in their exact forms: "0176…" and "+49176…" are one."""

    def __init__(self, plan: Plan) -> None:
        self._region = plan.you.region

    def __call__(self, handles: Iterable[str]) -> frozenset[str]:
        found = (canonical(one, self._region) for one in handles)
        return frozenset(handle.exact for handle in found if handle)


def _welcome(old: Plan, new: Plan) -> Iterator[str]:
    before, after = _Forms(old), _Forms(new)
    wanted = after(_flat(new.wanted))
    if wanted - before(_flat(old.wanted)):
        yield "More senders are wanted: what they send is not read at all."
    if _named(new.wanted) - _named(old.wanted):
        yield "More people are wanted by name: of who says that they are one nothing is learnt."
    if {one.handle.casefold() for one in new.always_pass} - {
        one.handle.casefold() for one in old.always_pass
    }:
        yield "More senders always pass."
    if {one.handle.casefold() for one in old.always_pass} - {
        one.handle.casefold() for one in new.always_pass
    }:
        yield "Fewer senders always pass: you no longer hear of what only claims to be from them."
    if set(new.you.authserv) - set(old.you.authserv):
        yield "More mail servers are believed when they vouch for a sender."
    if set(old.you.authserv) - set(new.you.authserv):
        yield "A mail server is no longer heard when it says that a sender is forged."
    if old.you.region != new.you.region and old.you.region is not None:
        yield "Numbers without + are read as those of another country."


def _you(old: Plan, new: Plan) -> Iterator[str]:
    if _Forms(old)(old.you.handles) != _Forms(new)(new.you.handles):
        yield "Other handles count as your own: what goes out from those is recorded, not told."
    if old.you.timezone != new.you.timezone:
        yield "Your time zone is another, and with it which handovers are near."


def _shared(old: Plan, new: Plan) -> Iterator[str]:
    """What stands under one other must not be taken over by another with a looser plan."""
    for after in new.others:
        before = old.other(after.label)
        added = _claims(new, after) - (_claims(old, before) if before else frozenset())
        for other in old.others:
            stays = other.label != after.label and new.other(other.label) is not None
            if stays and added & _claims(old, other):
                yield f"Handles of {other.label} stand under {after.label} too."
    kept = {one.label for one in old.others} & {one.label for one in new.others}
    if _has_shared(new) and _ranking(old, kept) != _ranking(new, kept):
        yield "Of two who share a handle, the plan of another one holds."


def _claims(plan: Plan, other: Other) -> frozenset[str]:
    """Every form of every handle that stands under this other: theirs, children's, relays'."""
    shown = (*other.handles, *_flat(other.children), *_flat(other.relays))
    found = [canonical(one, plan.you.region) for one in shown]
    return frozenset(form for handle in found if handle for form in (handle.exact, handle.loose))


def _has_shared(plan: Plan) -> bool:
    claims = [_claims(plan, other) for other in plan.others]
    return sum(map(len, claims)) > len(frozenset().union(*claims))


def _ranking(plan: Plan, labels: Collection[str]) -> list[str]:
    """Whose plan holds where a handle is shared: the strictest mode, then the first."""
    ranked = sorted(plan.others, key=lambda one: -_STRICTNESS.index(one.mode))
    return [one.label for one in ranked if one.label in labels]


def _flat(things: Iterable[Child | Relay | Wanted]) -> tuple[str, ...]:
    return tuple(handle for one in things for handle in one.handles)


def _one(old: Other, new: Other, before: _Forms, after: _Forms) -> Iterator[str]:
    label = old.label
    yield from _mode(old, new)
    if before(old.handles) - after(new.handles):
        yield f"Handles of {label} are left out."
    if set(old.names) - set(new.names):
        yield f"Names of {label} are left out."
    if _later(old.since, new.since):
        yield f"The block day of {label} is later, or left out."
    # Where all is watched, no way was ever held.
    if old.mode is not Mode.WATCH and set(new.court_ordered) - set(old.court_ordered):
        yield f"On more channels {label} is never held."
    if after(_flat(new.children)) - before(_flat(old.children)):
        yield f"More handles count as a child's with {label}: those are never held."
    if old.mode is not Mode.WATCH and _called(new.children) - _called(old.children):
        # Whoever says by name that a child writes is asked about, from their handle as well.
        yield f"More names count as a child's with {label}: you are asked about who says so."
    if _called(old.children) - _called(new.children) or before(_flat(old.children)) - after(
        _flat(new.children)
    ):
        yield f"Names or handles of a child with {label} are left out: less is noticed of them."
    if set(old.handovers) - set(new.handovers):
        yield f"Handovers with {label} are left out: a change of one is not noticed."
    if old.suicide_first != new.suicide_first:
        yield f"Somebody else hears first when {label} speaks of suicide."
    yield from _relays(old, new, before, after)
    yield from _keeping(old, new)


def _called(children: Iterable[Child]) -> frozenset[str]:
    return frozenset(name.casefold() for one in children for name in (one.name, *one.also))


def _named(wanted: Iterable[Wanted]) -> frozenset[str]:
    return frozenset(one.name.casefold() for one in wanted if one.name)


def _mode(old: Other, new: Other) -> Iterator[str]:
    label = old.label
    if _STRICTNESS.index(new.mode) < _STRICTNESS.index(old.mode):
        yield f"The mode for {label} is looser."
    if old.mode is Mode.WATCH:
        return  # nothing is kept from the person's eyes: no way, subject or hour can be added
    if new.channel is not None and new.channel != old.channel:
        yield f"{label} has a channel to you that was closed."
    if new.emergency is not None and new.emergency != old.emergency:
        yield f"{label} has another way to you for emergencies."
    if set(subjects_of(new)) - set(subjects_of(old)):
        yield f"{label} may write about more subjects."
    if _SPEED.index(new.cadence) > _SPEED.index(old.cadence):
        yield f"What {label} writes reaches you more often."
    if (new.until or _FOR_EVER) > (old.until or _FOR_EVER):
        yield f"The contact with {label} ends later, or never."


def _later(old: date | None, new: date | None) -> bool:
    return old is not None and (new is None or new > old)


def _relays(old: Other, new: Other, before: _Forms, after: _Forms) -> Iterator[str]:
    then, now = _by_handle(old.relays, before), _by_handle(new.relays, after)
    weaker = (
        _RELAY_STRICTNESS.index(now[handle]) < _RELAY_STRICTNESS.index(action)
        for handle, action in then.items()
        if handle in now
    )
    if set(then) - set(now) or any(weaker):
        yield f"Somebody who carries word from {old.label} is watched less."


def _by_handle(relays: Iterable[Relay], forms: _Forms) -> dict[str, Action]:
    """What holds for each handle: a carrier is found by handle, and then by name."""
    by_name: dict[str, Action] = {}
    names: dict[str, str] = {}
    for relay in relays:
        by_name.setdefault(relay.name, relay.on_relay)
        for handle in forms(relay.handles):
            names.setdefault(handle, relay.name)
    return {handle: by_name[name] for handle, name in names.items()}


def _keeping(old: Other, new: Other) -> Iterator[str]:
    if old.litigation_hold and not new.litigation_hold:
        yield f"The litigation hold for {old.label} ends."
    then, now = dict(old.keep), dict(new.keep)
    if any(_kept_until(now, channel) < _kept_until(then, channel) for channel in Channel):
        yield f"Less of what {old.label} sends is kept, or for a shorter time."


def _kept_until(keep: Mapping[Channel, Keep], channel: Channel) -> date:
    kept = keep.get(channel)
    if kept is None or kept.how == "sealed":
        return _FOR_EVER
    return kept.until or date.min
