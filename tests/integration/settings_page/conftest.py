"""A person at the pages of their settings, their evidence and their record."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.http import HttpResponse

from stillwater.core.clock import SystemClock
from stillwater.core.home import Home
from stillwater.core.words import Channel
from stillwater.gate import keeping
from stillwater.gate.plans import Plans, active_plan
from stillwater.people.models import Person
from stillwater.plan.form import parse
from stillwater.vault import keys
from stillwater.vault.keys import NewKeys
from stillwater.vault.machine import MachineKey
from stillwater.vault.models import Request
from stillwater.web.apps import in_memory
from tests.integration.evidence.conftest import Vault, lawyer, mail
from tests.integration.mail.conftest import PASSPHRASE, QUICK
from tests.integration.mail_page.conftest import HOST, Browser
from tests.support import mailbox

__all__ = ["CANARY", "HOST", "PASSPHRASE", "lawyer", "mail"]
CANARY = "the heron waits by the sluice"


@dataclass
class Living:
    """One person, and a browser at their pages."""

    home: Home
    made: NewKeys
    browser: Browser

    @property
    def person(self) -> Person:
        return self.made.person

    @property
    def words(self) -> str:
        return " ".join(self.made.words)

    @property
    def machine(self) -> MachineKey:
        return MachineKey.load_or_create(self.home)

    @property
    def vault(self) -> Vault:
        """Their vault, with the other of their plan in it."""
        clock = SystemClock()
        plan = active_plan(self.person, self.machine, clock.now())
        assert plan is not None
        session = keys.sign_in(self.person, PASSPHRASE)
        return Vault(self.home, session, plan.others["J"], clock, zone=ZoneInfo("Europe/Berlin"))  # type: ignore[arg-type]

    def plan(self, text: str = mailbox.PLAN) -> None:
        Plans(self.person, self.home, self.machine, SystemClock()).set(parse(text))

    def file(self, path: str, **form: object) -> HttpResponse:
        """An answer that is saved, not looked at; whole, whether it came in pieces or not."""
        answer = self._asked(path, form)
        if answer.streaming:
            whole = b"".join(answer)
            answer.close()
            answer.streaming_content = [whole]
        return answer

    def _asked(self, path: str, form: dict[str, object]) -> Any:
        if not form:
            return self.browser.client.get(path)
        token = self.browser.client.cookies["csrftoken"].value
        return self.browser.client.post(
            path,
            {**form, "csrfmiddlewaretoken": token},
            headers={"origin": f"http://{HOST}"},
        )

    def wait_is_over(self, what: str) -> None:
        """As if the wait had been asked for long ago."""
        past = SystemClock().now() - timedelta(minutes=1)
        Request.objects.filter(person=self.person, what=what, state="waiting").update(ready_at=past)


@pytest.fixture(autouse=True)
def _this_home(home: Home, settings: object) -> Iterator[None]:
    settings.HOME = home  # type: ignore[attr-defined]
    in_memory().ready()
    yield
    in_memory().ready()


@pytest.fixture
def new_living(home: Home, transactional_db: None) -> Callable[..., Living]:
    def make(called: str = "me", delay: timedelta = timedelta(days=1)) -> Living:
        made = keeping.new_person(
            called, PASSPHRASE, home=home, clock=SystemClock(), cost=QUICK, loosening_delay=delay
        )
        living = Living(home, made, Browser(home))
        living.browser.sign_in(name=called)
        return living

    return make


@pytest.fixture
def living(new_living: Callable[..., Living]) -> Living:
    return new_living()


@pytest.fixture
def held(living: Living) -> Living:
    """Three things of theirs are held, and a plan says whose they are."""
    living.plan()
    vault = living.vault
    vault.take([mail(1, CANARY), mail(2, CANARY)])
    vault.take([mail(3, CANARY)], channel=Channel.SMS)
    return living
