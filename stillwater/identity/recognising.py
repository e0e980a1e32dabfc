"""The same person behind a new handle: what was learnt, and what it says of a stranger.

One ``Recogniser`` a protected person. It learns from attempts that are surely an
other's (a known handle or another form of one), and weighs whatever comes from an
unknown sender against each other of the plan. Not for several threads at once.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from stillwater.core.arrivals import Arrival, Feedback
from stillwater.core.judgements import Match, Reading
from stillwater.core.plans import Other, Plan
from stillwater.core.words import Channel, Direction, How, Kind, Standing
from stillwater.identity import matches, signs
from stillwater.identity.carriers import Service, service_of
from stillwater.identity.evidence import Evidence, Sign, capped, prior, probability
from stillwater.identity.introductions import introduced, names_one
from stillwater.identity.profiles import (
    Profile,
    phrases_of,
    rare_words,
    words_in,
)
from stillwater.identity.proof import is_disproved
from stillwater.identity.strangers import Stranger, Strangers, Towards
from stillwater.identity.style.writer import Streams, hashed
from stillwater.text.handles import canonical

VERSION = 1
ASK_FROM = 0.5  # probability from which the person is asked
_SURELY_THEIRS = frozenset({How.HANDLE, How.ALIAS})
_NO_ATTEMPTS = frozenset({Kind.FEEDBACK, Kind.TICK})
_SPOKEN = frozenset({Channel.CALL, Channel.VOICEMAIL})  # the service itself speaks there
_LONGEST = 20_000  # characters of a text that are looked at


@dataclass(frozen=True, slots=True)
class Said:
    """The words of an arrival that are the sender's own, and whether it went to many."""

    text: str
    bulk: bool = False


@dataclass(frozen=True, slots=True)
class _Weighed:
    label: str
    probability: float
    sums: dict[Sign, float]
    reasons: tuple[str, ...]


class Recogniser:
    """What identity learnt for one plan. ``salt`` is the key of its hashes."""

    def __init__(self, plan: Plan, salt: bytes = b"") -> None:
        self._plan = plan
        self._salt = salt
        self._profiles = {other.label: Profile.new(salt) for other in plan.others}
        self._strangers = Strangers(salt)
        self._said_theirs: dict[int, str] = {}  # handles said to be theirs -> label
        self._no_relays: set[int] = set()
        self._zone = _zone(plan.you.timezone)
        self._others_names = {other.label: _names_of(other) for other in plan.others}
        self._known_names = frozenset(
            name.lower()
            for other in plan.others
            for name in (*(relay.name for relay in other.relays),)
        ) | frozenset(one.name.lower() for one in plan.wanted if one.name)

    # Theirs

    def theirs(self, arrival: Arrival, match: Match, said: Said) -> Match:
        """An attempt of an other: learnt from where it is surely theirs; and who holds the handle.

        Gives the match, with another standing where a child, or someone whom the
        plan names as well, says that they are writing. A child's is asked about; the other
        is a claim and no more, from which nothing is learnt. Called once for each arrival.
        """
        if arrival.direction is Direction.OUT or arrival.kind in _NO_ATTEMPTS:
            return match
        match = self._by_writer(match, said)
        profile = self._profiles.get(match.other or "")
        if (
            profile is not None
            and match.how in _SURELY_THEIRS
            and match.standing is Standing.STRANGER
        ):
            profile.learn(said.text[:_LONGEST], self._local(arrival.received_at))
        return match

    def _by_writer(self, match: Match, said: Said) -> Match:
        other = self._plan.other(match.other or "")
        if other is None or match.how not in _SURELY_THEIRS:
            return match
        children = {n.lower() for child in other.children for n in (child.name, *child.also)}
        for name, _ in introduced(said.text):
            if names_one(name, children):
                return matches.by_child_on_their_handle(match)
            if names_one(name, self._known_names):
                return matches.by_someone_else(match)
        return match

    # Nobody's yet

    def look(self, arrival: Arrival, match: Match, said: Said, reading: Reading | None) -> Match:
        """What a stranger's arrival comes to; the given match where nothing says it is theirs.

        Learns of the sender, so it is called once for each arrival.
        """
        return self._found(arrival, said, reading) or match

    def _found(self, arrival: Arrival, said: Said, reading: Reading | None) -> Match | None:
        if arrival.direction is Direction.OUT or arrival.kind in _NO_ATTEMPTS:
            return None
        text = said.text[:_LONGEST]
        service = service_of(arrival, text)
        if service is Service.NOTIFICATION and not is_disproved(arrival.auth):
            return None
        if service in (Service.FROM_INSIDE, Service.SAYS_FROM_INSIDE):
            return self._from_inside(arrival, text, service)
        key = self._key(arrival)
        if key is not None and self._strangers.is_dismissed(key):
            return None
        said = replace(said, text=text)
        suspicion = self._suspicion(arrival, said, reading, key)
        if suspicion is not None or service is Service.SAYS_NOTIFICATION:
            return suspicion
        return self._relay(arrival, said, reading, key)

    def _from_inside(self, arrival: Arrival, text: str, service: Service) -> Match:
        """Theirs where their name stands in it and it is more than a claim; else asked about."""
        is_claim = service is not Service.FROM_INSIDE and arrival.channel not in _SPOKEN
        whole = " ".join(
            [arrival.subject or "", text, *(each.name or "" for each in arrival.senders)]
        )
        words = words_in(whole)
        for other in self._plan.others:
            if any(len(name) > 1 and name in words for name in self._names(other)):
                found = matches.perhaps_from_inside if is_claim else matches.from_inside
                return found(other.label, named=True)
        return matches.perhaps_from_inside(self._plan.others[0].label, named=False)

    def _suspicion(
        self, arrival: Arrival, said: Said, reading: Reading | None, key: int | None
    ) -> Match | None:
        """The likeliest other, where that is likely enough to ask."""
        stranger = self._met(key, arrival.received_at)
        weighed = [
            self._weigh(other, stranger, arrival, said, reading, key) for other in self._plan.others
        ]
        if key is not None:
            self._strangers.note_words(key, self._rare(said.text))
        best = max(weighed, key=lambda one: one.probability)
        if best.probability < ASK_FROM:
            return None
        if key is not None:
            self._strangers.suspect(stranger)
        return matches.suspected(best.label, best.probability, best.reasons)

    def _met(self, key: int | None, now: datetime) -> Stranger:
        return Stranger(now, now) if key is None else self._strangers.met(key, now)

    def _weigh(
        self,
        other: Other,
        stranger: Stranger,
        arrival: Arrival,
        said: Said,
        reading: Reading | None,
        key: int | None,
    ) -> _Weighed:
        profile = self._profiles[other.label]
        pieces = list(self._pieces(other, profile, arrival, said, reading, key))
        towards = stranger.towards.setdefault(other.label, Towards())
        # Style goes by all messages of this sender together, the rest by its strongest sign.
        streams = profile.writer.streams(said.text) if profile.writer.texts else Streams()
        towards.add(streams, capped(pieces))
        style = list(signs.by_style(profile.writer.weigh(towards.streams)))
        sums = {**towards.signs, **capped(style)}
        aliases = sum(label == other.label for label in self._said_theirs.values())
        found = probability(prior(self._strangers.unsuspected(), aliases), sums)
        return _Weighed(other.label, found, sums, _reasons([*pieces, *style], towards))

    def _pieces(
        self,
        other: Other,
        profile: Profile,
        arrival: Arrival,
        said: Said,
        reading: Reading | None,
        key: int | None,
    ) -> Iterable[Evidence]:
        text = said.text
        local_at = self._local(arrival.received_at)
        words = {hashed(word, self._salt) for word in words_in(text)}
        of_others = self._strangers.words_of_others(key, words) if key is not None else set()
        yield from signs.by_names(arrival, text, self._names(other))
        yield from signs.by_facts(words, profile.rare, of_others)
        yield from signs.by_family(
            text, {n.lower() for child in other.children for n in (child.name, *child.also)}
        )
        yield from signs.by_phrases(
            {hashed(run, self._salt) for run in phrases_of(text)}, profile.phrases
        )
        yield from signs.by_claims(text)
        yield from signs.by_pull(text, reading)
        yield from signs.by_time(local_at, profile.hours, profile.last_at, other.since)
        yield from signs.by_profile(arrival.profile)
        yield from signs.by_sender(arrival, reading, bulk=said.bulk)
        if service_of(arrival, text) is Service.SAYS_NOTIFICATION:
            yield Evidence(Sign.SENDER, -4.0, "It says that it is a victim-notification service.")

    def _relay(
        self, arrival: Arrival, said: Said, reading: Reading | None, key: int | None
    ) -> Match | None:
        """Word carried by somebody whom the plan does not list: asked about, never held."""
        if reading is None or not reading.carries_word or said.bulk or reading.one_time_code:
            return None
        if key is not None and key in self._no_relays:
            return None
        words = words_in(said.text)
        named = [
            other.label
            for other in self._plan.others
            if any(len(name) > 1 and name in words for name in self._names(other))
        ]
        if not named and arrival.channel is Channel.MAIL:
            return None  # "he said" stands in half of all mail; in a text to a person it says more
        label = named[0] if named else self._plan.others[0].label
        return matches.unlisted_relay(label, named=bool(named))

    # Feedback

    def feedback(self, about: Arrival, said: Feedback, label: str | None) -> None:
        """What the person or a reviewer said of an earlier arrival; at once; the last counts."""
        if about.direction is Direction.OUT:
            return
        for address in about.senders:
            handle = canonical(address.handle, self._plan.you.region) if address.handle else None
            if handle is not None:
                self._feedback_on(self._strangers.key(handle.exact), said.says, label)

    def _feedback_on(self, key: int, says: str, label: str | None) -> None:
        if says == "not_theirs":
            self._said_theirs.pop(key, None)
            self._strangers.dismiss(key)
        elif says == "theirs" and label in self._profiles:
            self._strangers.readmit(key)
            self._said_theirs[key] = label
        elif says == "not_relay":
            self._no_relays.add(key)
        elif says == "relay":
            self._no_relays.discard(key)

    # Small things

    def _key(self, arrival: Arrival) -> int | None:
        for address in arrival.senders:
            handle = canonical(address.handle, self._plan.you.region) if address.handle else None
            if handle is not None:
                return self._strangers.key(handle.exact)
        return None

    def _rare(self, text: str) -> set[int]:
        return {hashed(word, self._salt) for word in rare_words(text)}

    def _names(self, other: Other) -> frozenset[str]:
        return self._others_names[other.label]

    def _local(self, at: datetime) -> datetime:
        return at.astimezone(self._zone)

    # As data

    def forget_old(self, now: datetime) -> None:
        """Drop the unknown senders last seen more than 30 days before ``now``."""
        self._strangers.forget_old(now)

    def as_data(self) -> dict[str, Any]:
        """Everything learnt, as JSON takes it: counts, sums, times and hashes."""
        return {
            "version": VERSION,
            "profiles": {label: one.as_data() for label, one in self._profiles.items()},
            "strangers": self._strangers.as_data(),
            "said_theirs": sorted(self._said_theirs.items()),
            "no_relays": sorted(self._no_relays),
        }

    @classmethod
    def from_data(cls, plan: Plan, data: Mapping[str, Any], salt: bytes) -> Self:
        """What was learnt before. Of others whom the plan no longer has, nothing is kept."""
        one = cls(plan, salt)
        for label, profile in data["profiles"].items():
            if label in one._profiles:
                one._profiles[label] = Profile.from_data(profile, salt)
        one._strangers = Strangers.from_data(data["strangers"], salt)
        said = data.get("said_theirs", ())
        one._said_theirs = {key: label for key, label in said if label in one._profiles}
        one._no_relays = set(data["no_relays"])
        return one


def _names_of(other: Other) -> frozenset[str]:
    return frozenset(name.lower() for name in (*other.names, other.label))


def _reasons(pieces: Iterable[Evidence], towards: Towards) -> tuple[str, ...]:
    """What speaks for it first, then against; where an earlier message said it, that is said."""
    ordered = sorted(pieces, key=lambda one: -one.llr)
    reasons = [one.reason for one in ordered if one.llr > 0]
    if towards.streams.texts > 1 and set(towards.signs) - {one.sign for one in ordered}:
        reasons.append("Earlier messages of this sender had signs of theirs as well.")
    against = [one.reason for one in ordered if one.llr <= 0]
    return tuple(dict.fromkeys([*reasons, *against]))


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")
