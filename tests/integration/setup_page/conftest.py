"""Somebody who opens the program for the first time, and goes through set-up page by page."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from stillwater.core.clock import SystemClock
from stillwater.core.home import Home
from stillwater.core.plans import Plan
from stillwater.gate import keeping
from stillwater.gate.plans import active_plan
from stillwater.gate.setting_up import Answers, SettingUp
from stillwater.people.models import Person
from stillwater.vault.keys import sign_in
from stillwater.vault.machine import MachineKey
from stillwater.vault.wrapping import Cost
from stillwater.web.apps import in_memory
from stillwater.web.setup import before
from tests.integration.mail_page.conftest import Browser, Seen

PASSPHRASE = "correct horse battery"
QUICK = Cost(iterations=1, memory_kib=64, lanes=1)


@dataclass
class Newcomer:
    """A browser that goes through set-up; each step gives the page that comes next."""

    browser: Browser

    def comes_in(self) -> Seen:
        self.browser.enter()
        return self.browser.get("/")

    def until_keys(self, **page: str) -> Seen:
        """Steps 1 to 5."""
        self.comes_in()
        self.browser.post("/c/a", seen="no")
        chosen = {"title": "Home", "language": "en", "timezone": "Europe/Berlin", **page}
        self.browser.post("/c/c", **chosen)
        self.browser.post("/c/d", wait="24", delay="24")
        return self.browser.post("/c/e", passphrase=PASSPHRASE, again=PASSPHRASE)

    def until_who(self, **page: str) -> Seen:
        """Steps 1 to 6."""
        self.until_keys(**page)
        return self.browser.post("/c/f", on_paper="1")

    def tells_of(self, label: str, **more: str) -> str:
        """Step 7, once; gives the key of the one who was told of."""
        self.browser.post("/c/g/new", label=label, **more)
        return next(one.key for one in self.answers.others if one.label == label)

    def answers_for(
        self, key: str, children: str = "no", orders: str = "none", shared: str = "nothing"
    ) -> Seen:
        """Steps 7 to 10, for one alone."""
        self.browser.post("/c/g")
        self.browser.post("/c/h", **{f"children_{key}": children})
        self.browser.post("/c/i", **{f"orders_{key}": orders})
        return self.browser.post("/c/j", **{f"shared_{key}": shared})

    def settles(self) -> Seen:
        """Steps 13 and 14."""
        self.browser.post("/c/m")
        return self.browser.post("/c/n")

    @property
    def person(self) -> Person:
        return Person.objects.get()

    @property
    def answers(self) -> Answers:
        return SettingUp(sign_in(self.person, PASSPHRASE), SystemClock()).answers()

    @property
    def plan(self) -> Plan:
        found = active_plan(
            self.person, MachineKey.load_or_create(self.browser.home), SystemClock().now()
        )
        assert found is not None
        return found.plan


@pytest.fixture(autouse=True)
def _this_home(home: Home, settings: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    settings.HOME = home  # type: ignore[attr-defined]
    in_memory().ready()  # nothing that an earlier test kept in mind

    # The same keys with a cheap guess: 256 MiB for each test would be no test of set-up.
    monkeypatch.setattr(before.keeping, "new_person", _cheap(keeping.new_person))
    yield
    in_memory().ready()


def _cheap(real: object) -> object:
    def made(*given: object, **named: object) -> object:
        return real(*given, **{"cost": QUICK, **named})  # type: ignore[operator]

    return made


@pytest.fixture
def newcomer(home: Home, db: None) -> Newcomer:
    return Newcomer(Browser(home))
