"""The plan as data: what the person decided. Parsed and written in plan/."""

from dataclasses import dataclass, field
from datetime import date, time

from stillwater.core.words import Action, Channel, Mode, Need


@dataclass(frozen=True, slots=True)
class You:
    """The protected person, as far as the gate needs to know them."""

    names: tuple[str, ...] = ()
    handles: tuple[str, ...] = ()
    region: str | None = None  # ISO 3166, for numbers without +
    timezone: str = "UTC"
    languages: tuple[str, ...] = ("en",)
    authserv: tuple[str, ...] = ()  # whose Authentication-Results to believe


@dataclass(frozen=True, slots=True)
class Child:
    name: str
    also: tuple[str, ...] = ()
    handles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Handover:
    day: str  # "monday" … "sunday"
    time: time
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Relay:
    name: str
    handles: tuple[str, ...] = ()
    on_relay: Action = Action.HELD  # held, ask or untouched


@dataclass(frozen=True, slots=True)
class Keep:
    """What becomes of a held thing on one channel."""

    how: str = "sealed"  # sealed | until | discard
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Other:
    """One harmful person and what was decided about them."""

    label: str
    mode: Mode
    names: tuple[str, ...] = ()
    handles: tuple[str, ...] = ()
    since: date | None = None
    channel: Channel | None = None
    emergency: str | None = None
    subjects: tuple[Need, ...] = ()
    cadence: str = "daily"  # at_once | daily | weekly
    at: time | None = None
    until: date | None = None
    suicide_first: str = "you"  # you | reviewer
    children: tuple[Child, ...] = ()
    handovers: tuple[Handover, ...] = ()
    court_ordered: tuple[Channel, ...] = ()
    relays: tuple[Relay, ...] = ()
    keep: tuple[tuple[Channel, Keep], ...] = ()
    litigation_hold: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    name: str | None = None
    handles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AlwaysPass:
    handle: str  # an address, a number, or "@domain"
    why: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    others: tuple[Other, ...]
    you: You = field(default_factory=You)
    wanted: tuple[Wanted, ...] = ()
    always_pass: tuple[AlwaysPass, ...] = ()

    def other(self, label: str) -> Other | None:
        """The other of that label, or None."""
        return next((o for o in self.others if o.label == label), None)
