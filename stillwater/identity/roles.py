"""What the plan says of each handle it names: looked up once an address, by exact form."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from stillwater.core.plans import Plan
from stillwater.core.words import Mode
from stillwater.text.handles import MAIL, TEL, Handle, canonical

# Where two others share a handle (one telephone at home), the stricter plan wins.
_STRICTEST_FIRST = (
    Mode.NO_CONTACT,
    Mode.LOW_CONTACT,
    Mode.PARALLEL_PARENTING,
    Mode.WATCH,
)


@dataclass(frozen=True, slots=True)
class Carrier:
    """A listed relay: for whom, and the name that the plan gives them."""

    label: str
    name: str | None


@dataclass(slots=True)
class Roles:
    """Everything that one handle is in a plan. Labels are those of others."""

    others: list[str] = field(default_factory=list)
    children_of: list[str] = field(default_factory=list)
    carriers: list[Carrier] = field(default_factory=list)
    wanted: bool = False
    passes_why: str | None = None


class RoleIndex:
    """Every handle of a plan under its exact and under its loose form."""

    def __init__(self, plan: Plan) -> None:
        self._region = plan.you.region
        self.exact: dict[str, Roles] = {}
        self.loose: dict[str, Roles] = {}
        self.domains: dict[str, str] = {}  # "court.example" -> why
        self.networks: set[str] = set()  # networks on which an other has an account
        self._add_others(plan)
        self._add_welcome(plan)
        self.own = frozenset(handle.exact for handle in self._handles(plan.you.handles))

    def _add_others(self, plan: Plan) -> None:
        for other in sorted(plan.others, key=lambda one: _STRICTEST_FIRST.index(one.mode)):
            for handle in self._handles(other.handles):
                if handle.network not in (MAIL, TEL):
                    self.networks.add(handle.network)
            for roles in self._both(other.handles):
                roles.others.append(other.label)
            for child in other.children:
                for roles in self._both(child.handles):
                    roles.children_of.append(other.label)
            for relay in other.relays:
                for roles in self._both(relay.handles):
                    roles.carriers.append(Carrier(other.label, relay.name))

    def _add_welcome(self, plan: Plan) -> None:
        # By exact form only: a look-alike of somebody welcome is welcome to nobody.
        for wanted in plan.wanted:
            for handle in self._handles(wanted.handles):
                _roles(self.exact, handle.exact).wanted = True
        for one in plan.always_pass:
            if one.handle.startswith("@"):
                self.domains[ascii_domain(one.handle[1:])] = one.why
            for handle in self._handles((one.handle,)):
                _roles(self.exact, handle.exact).passes_why = one.why

    def _both(self, shown: Iterable[str]) -> Iterator[Roles]:
        for handle in self._handles(shown):
            yield _roles(self.exact, handle.exact)
            yield _roles(self.loose, handle.loose)

    def _handles(self, shown: Iterable[str]) -> Iterator[Handle]:
        for one in shown:
            handle = canonical(one, self._region)
            if handle is not None:
                yield handle

    def why_domain_passes(self, handle: Handle) -> str | None:
        """The plan's "why" where the address lies in an always-pass domain, or below one."""
        if not self.domains or handle.network != MAIL:
            return None
        labels = handle.exact.rpartition("@")[2].split(".")
        for start in range(len(labels)):
            why = self.domains.get(".".join(labels[start:]))
            if why is not None:
                return why
        return None


def _roles(index: dict[str, Roles], form: str) -> Roles:
    return index.setdefault(form, Roles())


def ascii_domain(domain: str) -> str:
    """A domain as it goes over the wire, by way of an address in it."""
    handle = canonical(f"x@{domain}")
    return handle.exact.rpartition("@")[2] if handle else domain.strip().casefold()
