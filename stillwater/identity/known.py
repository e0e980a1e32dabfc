"""Whose arrival it is, by the handles that the plan knows and feedback taught.

Nothing is guessed here: a handle is known, or it is another form of a known
one. Everybody else is a stranger. A known handle of an other beats whatever
else a sender is or claims to be, wherever it stands: From, Sender, Reply-To.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Self

from stillwater.core.arrivals import Address, Arrival, Feedback
from stillwater.core.judgements import Match
from stillwater.core.plans import Plan
from stillwater.core.words import Direction, How
from stillwater.identity import matches
from stillwater.identity.names import handles_in
from stillwater.identity.platforms import account_names, is_machine_sender, network_of
from stillwater.identity.proof import is_disproved, is_proved
from stillwater.identity.rawsearch import RawSearch
from stillwater.identity.roles import Carrier, RoleIndex, Roles
from stillwater.text.handles import MAIL, Handle, canonical

_KEEP = 20_000  # addresses whose place in the plan is remembered; then forgotten all at once
_LONGEST = 400  # characters of an address worth remembering


@dataclass(frozen=True, slots=True)
class Seen:
    """One address as the plan and the feedback know it."""

    handle: Handle
    exact: Roles
    loose: Roles  # what it is in another form
    passes_why: str | None
    by_feedback: bool = False


_NOBODY = Roles()


class Known:
    """The handles of a plan, and what feedback added. Not for several threads at once."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._region = plan.you.region
        self._index = RoleIndex(plan)
        self._raw = RawSearch({one.label: one.handles for one in plan.others}, self._region)
        self._theirs: dict[str, str] = {}  # said to be theirs -> label
        self._not_theirs: set[str] = set()  # said to be no other form of a known handle
        self._relays: dict[str, str] = {}  # said to carry word -> label
        self._remembered: dict[str, Seen | None] = {}

    @classmethod
    def from_plan(cls, plan: Plan) -> Self:
        """Everyone this plan names. Handles of no known form are left out."""
        return cls(plan)

    # Matching

    def match(
        self, arrival: Arrival, mentions: Sequence[str] = (), carries_word: bool = False
    ) -> Match:
        """Whose it is. ``mentions`` and ``carries_word`` come from its reading, if there is one."""
        if arrival.direction is Direction.OUT:
            return self._match_recipients(arrival.recipients)
        seen = [one for one in map(self._sender, arrival.senders) if one is not None]
        match = self._by_sender(seen) or self._by_name(arrival.senders)
        if match is not None and match.how is How.HANDLE and is_disproved(arrival.auth):
            match = self._forged(arrival, match)
        if match is None and (mentions or self._index.networks):
            match = self._by_platform(arrival, mentions)
        if match is not None:
            return matches.with_child(match) if _from_child(seen) else match
        return self._welcome(arrival, seen, carries_word) if seen else matches.STRANGER

    def label_of(self, address: Address) -> str | None:
        """Whose address this is, in any form; None: no other's."""
        return self._first_other([address.handle]) if address.handle else None

    def _sender(self, address: Address) -> Seen | None:
        shown = address.handle
        if shown is None:
            return None
        try:
            return self._remembered[shown]
        except KeyError:
            return self._look_up(shown)

    def _look_up(self, shown: str) -> Seen | None:
        handle = canonical(shown, self._region)
        seen = self._seen(handle) if handle is not None else None
        if len(shown) <= _LONGEST:
            if len(self._remembered) >= _KEEP:
                self._remembered.clear()
            self._remembered[shown] = seen
        return seen

    def _seen(self, handle: Handle) -> Seen | None:
        """None for a stranger: nearly everybody is one."""
        key = handle.exact
        exact = self._index.exact.get(key)
        loose = self._index.loose.get(handle.loose)
        why = exact.passes_why if exact else None
        why = why if why is not None else self._index.why_domain_passes(handle)
        theirs, carries = self._theirs.get(key), self._relays.get(key)
        if exact is None and loose is None and why is None and not theirs and not carries:
            return None
        if loose is None or key in self._not_theirs:
            loose = _NOBODY
        seen = Seen(handle, exact or _NOBODY, loose, why)
        return _with_feedback(seen, theirs, carries)

    def _by_sender(self, seen: Sequence[Seen]) -> Match | None:
        """Exact forms first, in the order of the senders: From stands before Reply-To."""
        for one in seen:
            if one.exact.others:
                return matches.by_handle(one.exact.others[0], by_feedback=one.by_feedback)
        for one in seen:
            # Somebody listed by this very address is who they are, however alike it looks.
            if one.loose.others and one.exact == _NOBODY and one.passes_why is None:
                return matches.by_other_form(one.loose.others[0])
        return None

    def _forged(self, arrival: Arrival, match: Match) -> Match:
        """Where the handle stands in From, and the mail server says that it is not theirs."""
        first = self._sender(arrival.senders[0])
        is_from = first is not None and match.other in first.exact.others
        return matches.by_forged_handle(match) if is_from else match

    def _by_name(self, senders: Sequence[Address]) -> Match | None:
        for address in senders:
            if address.name:
                label = self._first_other(handles_in(address.name))
                if label is not None:
                    return matches.by_name(label)
        return None

    def _by_platform(self, arrival: Arrival, mentions: Sequence[str]) -> Match | None:
        for address in arrival.senders:
            shown = (address.handle or "").casefold()
            if not is_machine_sender(shown):
                continue
            accounts = self._accounts(shown, address.name, arrival)
            label = self._first_other([*mentions, *accounts])
            if label is not None:
                return matches.by_platform(label)
        return None

    def _accounts(self, address: str, name: str | None, arrival: Arrival) -> list[str]:
        """Account names in a mail of their own network: "jord.an sent you a message"."""
        network = network_of(address, self._index.networks)
        if network is None:
            return []
        words = account_names(name, arrival.subject, arrival.text)
        return [f"{network}:{word}" for word in words if word]

    def _first_other(self, shown: Sequence[str]) -> str | None:
        seen = [one for one in (self._sender(Address(each)) for each in shown) if one is not None]
        return next(
            (label for one in seen for label in (*one.exact.others, *one.loose.others)), None
        )

    def _match_recipients(self, recipients: Sequence[Address]) -> Match:
        seen = [one for one in map(self._sender, recipients) if one is not None]
        return matches.outgoing(self._by_sender(seen))

    def _welcome(self, arrival: Arrival, seen: Sequence[Seen], carries_word: bool) -> Match:
        """No other's: what else the person said of this sender. The careful answer first."""
        if any(one.exact.children_of for one in seen):
            return matches.child(surely=not is_disproved(arrival.auth))
        if any(one.loose.children_of for one in seen):
            return matches.child(surely=False)
        carrier = next(_carriers(seen), None)
        if carrier is not None:
            return matches.relay(carrier.label, carrier.name) if carries_word else matches.NO_WORD
        why = next((one.passes_why for one in seen if one.passes_why is not None), None)
        if why is not None:
            return matches.passes(why) if self._is_proved(arrival) else matches.claims(why)
        return self._wanted(arrival, seen)

    def _is_proved(self, arrival: Arrival) -> bool:
        """Whether the first sender, From, is an always-pass sender and proved to be."""
        first = self._sender(arrival.senders[0])
        if first is None or first.passes_why is None or first.handle.network != MAIL:
            return False
        return is_proved(arrival.auth, first.handle.exact.rpartition("@")[2])

    def _wanted(self, arrival: Arrival, seen: Sequence[Seen]) -> Match:
        if not any(one.exact.wanted for one in seen):
            return matches.STRANGER
        if is_disproved(arrival.auth):
            return matches.FORGED_WANTED
        # A stranger beside somebody wanted is a stranger: it is read for danger.
        known = [self._sender(one) for one in arrival.senders if one.handle]
        all_wanted = all(one is not None and one.exact.wanted for one in known)
        return matches.WANTED if all_wanted else matches.STRANGER

    # Raw bytes

    def named_in(self, raw: bytes) -> str | None:
        """The label of the other whose handle stands in such bytes, else None."""
        return self._raw.named_in(raw) or self._named_by_feedback(raw)

    def _named_by_feedback(self, raw: bytes) -> str | None:
        if not self._theirs:
            return None
        handles: dict[str, list[str]] = {}
        for exact, label in self._theirs.items():
            handles.setdefault(label, []).append(exact)
        return RawSearch(handles, self._region).named_in(raw)

    # Learning

    def learn(self, feedback_about: Arrival, feedback: Feedback) -> bool:
        """Take in what the person or a reviewer said of an arrival; at once, and for good.

        Gives whether anything changed. It adds to the plan and takes back earlier
        feedback; it never weakens the plan itself (docs/decisions/0021).
        """
        label = self.meant(feedback)
        changed = False
        for handle in self._teachable(feedback_about):
            changed = self._learn_one(handle.exact, feedback.says, label) or (changed)
        self._remembered.clear()
        return changed

    def meant(self, feedback: Feedback) -> str | None:
        """The label that feedback means: the one named, or the only one there is."""
        if feedback.other is not None:
            return feedback.other if self._plan.other(feedback.other) else None
        return self._plan.others[0].label if len(self._plan.others) == 1 else None

    def spoken_of(self, arrival: Arrival, says: str) -> tuple[str, ...]:
        """The exact handles of its senders that feedback is able to say this of, each once.

        Empty where only the plan can: it lists them, or nobody in particular is behind
        them. What can be said of a handle can be taken back of it.
        """
        # A listed relay who does not carry word is weighed like a stranger, so the person
        # may say that it is not them; that it is a relay stays the plan's to say.
        are_relays_too = says in ("theirs", "not_theirs")
        handles = self._speakable(arrival, are_relays_too=are_relays_too)
        return tuple(dict.fromkeys(handle.exact for handle in handles))

    def exact(self, shown: str) -> str:
        """The exact form of a handle; as it is shown where it has none."""
        handle = canonical(shown, self._region)
        return shown if handle is None else handle.exact

    def taken_for(self, arrival: Arrival) -> frozenset[str]:
        """The labels of those for whom its senders count now, by plan or by feedback.

        Only of senders of whom feedback is able to say that they are somebody else: a
        look-alike of a listed handle, one that was said to be theirs, a listed relay.
        """
        found: set[str] = set()
        for handle in self._speakable(arrival, are_relays_too=True):
            seen = self._seen(handle)
            listed = self._index.exact.get(handle.exact, _NOBODY)
            found.update(carrier.label for carrier in listed.carriers)
            if seen is not None:
                found.update((*seen.exact.others, *seen.loose.others))
        return frozenset(found)

    def said_to_be(self, arrival: Arrival) -> frozenset[str]:
        """The labels of those whose feedback says that its senders are."""
        handles = self._speakable(arrival, are_relays_too=True)
        return frozenset(self._theirs[one.exact] for one in handles if one.exact in self._theirs)

    def said_to_carry(self, arrival: Arrival) -> frozenset[str]:
        """The labels of those for whom feedback says that its senders carry word."""
        handles = self._teachable(arrival)
        return frozenset(self._relays[one.exact] for one in handles if one.exact in self._relays)

    def _teachable(self, arrival: Arrival) -> Iterator[Handle]:
        """Senders that stand for one person, and whom the plan does not list at all."""
        return self._speakable(arrival, are_relays_too=False)

    def _speakable(self, arrival: Arrival, *, are_relays_too: bool) -> Iterator[Handle]:
        for handle in self._persons(arrival):
            roles = self._index.exact.get(handle.exact, _NOBODY)
            is_only_relay = bool(roles.carriers) and roles == Roles(carriers=roles.carriers)
            if roles != _NOBODY and not (are_relays_too and is_only_relay):
                continue
            if self._index.why_domain_passes(handle) is None:
                yield handle

    def _persons(self, arrival: Arrival) -> Iterator[Handle]:
        """Senders that stand for one person: no platform's address, and none of the person's."""
        if arrival.direction is Direction.OUT:
            return
        for address in arrival.senders:
            handle = canonical(address.handle, self._region) if address.handle else None
            if handle is None or handle.exact in self._index.own:
                continue
            if not (handle.network == MAIL and is_machine_sender(handle.exact)):
                yield handle

    def _learn_one(self, key: str, says: str, label: str | None) -> bool:
        if says == "theirs" and label is not None:
            self._theirs[key] = label
            self._not_theirs.discard(key)
        elif says == "not_theirs":
            self._theirs.pop(key, None)
            self._not_theirs.add(key)
        elif says == "relay" and label is not None:
            self._relays[key] = label
        elif says == "not_relay":
            return self._relays.pop(key, None) is not None
        else:
            return False
        return True


def _with_feedback(seen: Seen, theirs: str | None, carries: str | None) -> Seen:
    if theirs is None and carries is None:
        return seen
    exact = seen.exact
    roles = Roles(
        [*exact.others, *([theirs] if theirs else [])],
        exact.children_of,
        [*exact.carriers, *([Carrier(carries, None)] if carries else [])],
        exact.wanted,
        exact.passes_why,
    )
    by_feedback = bool(theirs) and not exact.others
    return Seen(seen.handle, roles, seen.loose, seen.passes_why, by_feedback=by_feedback)


def _from_child(seen: Sequence[Seen]) -> bool:
    return any(one.exact.children_of for one in seen)


def _carriers(seen: Sequence[Seen]) -> Iterator[Carrier]:
    for one in seen:
        yield from one.exact.carriers
    for one in seen:
        yield from one.loose.carriers
