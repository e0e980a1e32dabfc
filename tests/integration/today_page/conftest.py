"""A person at the pages of every day; every answer is looked at for what no page may have."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client

from stillwater.core.clock import SetClock, SystemClock
from stillwater.gate import keeping
from stillwater.people.models import Other, Person, Settings
from stillwater.vault.wrapping import Cost
from stillwater.web.apps import in_memory
from tests.integration.mail_page.conftest import FORBIDDEN, Seen
from tests.refusals.browsing import HOST, PASSPHRASE, let_in, new_browser
from tests.support.mailbox import PLAN
from tests.support.sealed import set_plan

# Words that stand in originals alone, and on no page before one is opened.
CANARY = "violet harbour canary"
ZONE = "Europe/Berlin"


@dataclass
class Life:
    """One person; their keys and their plan are some weeks old."""

    person: Person
    born: datetime

    def plan(self, mode: str = "no_contact", days_ago: int = 24) -> Other:
        """A plan that holds since so many days; gives the row of the other."""
        at = self.ago(days_ago)
        toml = PLAN.replace('mode = "no_contact"\nsince = 2026-01-10', f'mode = "{mode}"')
        set_plan(self.person, toml, SetClock(at))
        return Other.objects.get(person=self.person)

    @property
    def now(self) -> datetime:
        return SystemClock().now()

    def ago(self, days: float) -> datetime:
        """At this time of the day in the person's zone: a day there may have 23 hours, or 25."""
        return (self.now.astimezone(ZoneInfo(ZONE)) - timedelta(days=days)).astimezone(UTC)


@dataclass
class Browser:
    """Signed in. ``text`` is what stands on the page that was seen last."""

    client: Client = field(default_factory=new_browser)
    at: str = ""
    size: int = 0
    html: str = ""

    def get(self, path: str) -> str:
        return self._seen(self.client.get(path), path)

    def post(self, path: str, status: int = 302, **form: str) -> str:
        token = self.client.cookies["csrftoken"].value
        fields = {**form, "csrfmiddlewaretoken": token}
        answer = self.client.post(path, fields, headers={"origin": f"http://{HOST}"})
        assert answer.status_code == status, answer.content.decode()
        return self._seen(answer, path)

    def _seen(self, answer: HttpResponse, path: str) -> str:
        self.at = path
        for _ in range(3):
            assert answer["Cache-Control"] == "no-store"
            if answer.status_code != 302:
                break
            self.at = answer["Location"]
            answer = self.client.get(self.at)
        self.html = answer.content.decode()
        self.size = len(answer.content)
        seen = Seen(self.html)
        assert seen.inline == []
        assert "Leave quickly" in seen.text
        assert "<title>Home</title>" in self.html
        assert not FORBIDDEN.search(seen.text)
        assert self.html.count("<h1") == 1
        for one in seen.addresses:
            assert re.match(r"/(?!/)|#|(tel|sms):", one), one
        return seen.text


@pytest.fixture(autouse=True)
def _fresh(db: None) -> None:
    settings.HOME.prepare()
    in_memory().ready()


@pytest.fixture
def life() -> Life:
    born = SystemClock().now() - timedelta(days=60)
    made = keeping.new_person(
        "me",
        PASSPHRASE,
        home=settings.HOME,
        clock=SetClock(born),
        cost=Cost(iterations=1, memory_kib=64, lanes=1),
        opening_wait=timedelta(days=1),
    )
    Settings.objects.create(person=made.person, timezone=ZONE)
    return Life(made.person, born)


@pytest.fixture
def browser(life: Life) -> Browser:
    found = Browser()
    let_in(found.client)
    found.client.get("/in")
    found.post("/in", passphrase=PASSPHRASE)
    return found
