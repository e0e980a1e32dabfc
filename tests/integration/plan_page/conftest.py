"""A person with a plan, at the pages that change it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest

from stillwater.core.clock import SystemClock
from stillwater.core.home import Home
from stillwater.core.plans import Plan
from stillwater.gate import keeping
from stillwater.gate.plans import ActivePlan, Plans, active_plan
from stillwater.people.models import Person
from stillwater.plan.form import parse
from stillwater.vault.machine import MachineKey
from stillwater.vault.wrapping import Cost
from stillwater.web.apps import in_memory
from tests.integration.mail_page.conftest import Browser, Seen
from tests.support import mailbox

PASSPHRASE = "correct horse battery"
QUICK = Cost(iterations=1, memory_kib=64, lanes=1)


@dataclass
class Planner:
    """Somebody signed in, with a plan."""

    browser: Browser
    person: Person

    @property
    def active(self) -> ActivePlan:
        machine = MachineKey.load_or_create(self.browser.home)
        found = active_plan(self.person, machine, SystemClock().now())
        assert found is not None
        return found

    @property
    def plan(self) -> Plan:
        return self.active.plan

    def id_of(self, label: str) -> str:
        return self.active.others[label].public_id

    def sure(self, page: Seen, passphrase: str = PASSPHRASE, status: int = 302) -> Seen:
        """Send the page that shows what is loosened, as it stands."""
        given = {one["name"]: one["value"] for one in page.fields if one.get("name") in _CARRIED}
        return self.browser.post("/f/b", status, passphrase=passphrase, **given)


_CARRIED = frozenset({"plan", "shown"})


@pytest.fixture(autouse=True)
def _this_home(home: Home, settings: object) -> Iterator[None]:
    settings.HOME = home  # type: ignore[attr-defined]
    in_memory().ready()  # nothing that an earlier test kept in mind
    yield
    in_memory().ready()


@pytest.fixture
def new_planner(home: Home, db: None) -> Callable[..., Planner]:
    def make(
        plan: str = mailbox.PLAN, delay: timedelta = timedelta(days=1), name: str = "me"
    ) -> Planner:
        clock = SystemClock()
        made = keeping.new_person(
            name, PASSPHRASE, home=home, clock=clock, cost=QUICK, loosening_delay=delay
        )
        Plans(made.person, home, MachineKey.load_or_create(home), clock).set(parse(plan))
        browser = Browser(home)
        browser.enter().get("/in")
        browser.post("/in", passphrase=PASSPHRASE, name=name)
        return Planner(browser, made.person)

    return make


@pytest.fixture
def planner(new_planner: Callable[..., Planner]) -> Planner:
    return new_planner()
