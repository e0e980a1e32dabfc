"""A person writing something down, in a browser that looks at every answer."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session as BrowserSession
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from stillwater.core.clock import SystemClock
from stillwater.core.home import Home
from stillwater.gate import keeping
from stillwater.gate.by_hand.drafts import Drafts
from stillwater.gate.models import Attempt
from stillwater.gate.plans import Plans
from stillwater.people.models import Person, Settings
from stillwater.plan.form import parse
from stillwater.vault import keys
from stillwater.vault.keys import Session
from stillwater.vault.machine import MachineKey
from stillwater.vault.wrapping import Cost
from stillwater.web.apps import in_memory
from stillwater.web.entry import new_token
from tests.support.pictures import camera_picture, plain_picture

PASSPHRASE = "correct horse battery"
HOST = "localhost:8123"
CHEAP = Cost(iterations=1, memory_kib=64, lanes=1)
FORBIDDEN = re.compile(r"\b(fail\w*|relapse\w*|reset\w*|streak\w*|victim\w*)\b", re.IGNORECASE)
PLAN = """
[you]
timezone = "Europe/Berlin"
handles = ["sam@home.example"]

[[others]]
label = "J"
mode = "no_contact"
handles = ["jordan@mail.example"]

[[others]]
label = "M"
mode = "no_contact"
handles = ["mother@mail.example"]
"""


@dataclass
class Life:
    """Somebody who lives here."""

    home: Home
    person: Person

    @property
    def session(self) -> Session:
        return keys.sign_in(self.person, PASSPHRASE)

    @property
    def drafts(self) -> Drafts:
        return Drafts(self.session, SystemClock())


@dataclass
class Browser:
    """A browser without scripts."""

    home: Home
    client: Client = field(
        default_factory=lambda: Client(enforce_csrf_checks=True, headers={"host": HOST})
    )
    at: str = ""
    text: str = ""
    status: int = 0
    headers: Mapping[str, str] = field(default_factory=dict)
    seen: list[str] = field(default_factory=list)

    def sign_in(self) -> "Browser":
        self.client.get(f"/enter/{new_token(self.home)}")
        self.get("/in")
        self.post("/in", passphrase=PASSPHRASE)
        return self

    def get(self, path: str) -> "Browser":
        return self._follow(self.client.get(path), path)

    @property
    def seen_mark(self) -> str:
        """What the form of the page one is at carries back; "" where it carries nothing."""
        found = re.search(r'name="seen" value="(\w+)"', self.text)
        return found[1] if found else ""

    def post(self, path: str = "", **form: object) -> "Browser":
        """Send the form of the page at ``path``, or of the page one is at."""
        if not path:
            form.setdefault("seen", self.seen_mark)
        fields = {**form, "csrfmiddlewaretoken": self.client.cookies["csrftoken"].value}
        path = path or self.at
        answer = self.client.post(path, fields, headers={"origin": f"http://{HOST}"})
        return self._follow(answer, path)

    def begin(self, happening: str) -> "Browser":
        key = re.search(r'name="key" value="(\w+)"', self.get("/e/").text)
        assert key
        return self.post("/e/", happening=happening, key=key[1])

    @property
    def draft(self) -> str:
        found = re.search(r"/e/d/([0-9a-f]{32})", self.at)
        assert found, self.at
        return found[1]

    def step(self, name: str) -> "Browser":
        place = "pictures" if name == "pictures" else f"s/{name}"
        return self.get(f"/e/d/{self.draft}/{place}")

    def upload(self, *raws: bytes, go: str = "add", name: str = "a.jpg") -> "Browser":
        files = [SimpleUploadedFile(name, raw, "image/jpeg") for raw in raws]
        return self.post(f"/e/d/{self.draft}/pictures", pictures=files, go=go)

    def save(self) -> "Browser":
        return self.post(f"/e/d/{self.draft}/save")

    def _follow(self, answer: HttpResponse, path: str) -> "Browser":
        self.at, self.status, self.headers = path, answer.status_code, answer.headers
        for _ in range(3):
            if answer.status_code not in (302, 303):
                break
            self.at = answer.headers["Location"]
            answer = self.client.get(self.at)
        html = answer.content.decode()
        assert not FORBIDDEN.search(re.sub(r"<[^>]+>", " ", html))
        assert "style=" not in html
        self.text = html
        self.seen.append(html)
        return self


@pytest.fixture(autouse=True)
def _this_home(home: Home, settings: object) -> Iterator[None]:
    settings.HOME = home  # type: ignore[attr-defined]
    in_memory().ready()  # nothing that an earlier test kept in mind
    yield
    in_memory().ready()


@pytest.fixture
def life(home: Home, db: None) -> Life:
    clock = SystemClock()
    made = keeping.new_person(
        "me", PASSPHRASE, home=home, clock=clock, cost=CHEAP,
        opening_wait=timedelta(0), loosening_delay=timedelta(0),
    )  # fmt: skip
    Plans(made.person, home, MachineKey.load_or_create(home), clock).set(parse(PLAN))
    Settings.objects.create(person=made.person, timezone="Europe/Berlin")
    return Life(home, made.person)


@pytest.fixture
def browser(home: Home, life: Life) -> Browser:
    return Browser(home).sign_in()


def everything_kept(home: Home) -> bytes:
    """Every value of every column, what the sessions hold, and every file, to look through."""
    values: list[object] = []
    for model in apps.get_models():
        values += [value for row in model._base_manager.values_list() for value in row]
    values += [one.get_decoded() for one in BrowserSession.objects.all()]
    plain = [bytes(one) if isinstance(one, memoryview) else one for one in values]
    parts = [one if isinstance(one, bytes) else repr(one).encode() for one in plain]
    parts += [one.read_bytes() for one in home.root.rglob("*") if one.is_file()]
    return b"\n".join(parts)


def entry_json(life: Life, attempt: Attempt) -> dict:
    return json.loads(life.session.open_item(attempt.item, life.home))


def other_id(browser: Browser, label: str = "J") -> str:
    found = re.search(rf'name="other" value="(\w+)"[^>]*>{label}<', browser.text)
    assert found
    return found[1]


def walk(browser: Browser, happening: str = "visit") -> Browser:
    """Every step of it, up to looking it over."""
    browser.begin(happening)
    browser.post(other=other_id(browser))
    browser.post(choice="other", day="2026-03-06", time="18:05", about="1", go="on")
    browser.post(words="They rang <b>twice</b>.", place="At home", technology="A grey car", go="on")
    browser.post(witnesses="A. Neighbour, 030 1234", go="on")
    browser.post(officer="K. Stone", badge="77", report_number="2026/11", go="on")
    browser.post(effect="No sleep for days.", medical="A bruise on the arm.", go="on")
    return browser.upload(camera_picture(place=True), plain_picture(), go="on")
