"""A person at the page of their mailboxes, with real servers behind it."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from html.parser import HTMLParser

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.test import Client

from stillwater.channels.mail.live.account import MailAccount, SignIn
from stillwater.core.clock import SystemClock
from stillwater.core.home import Home
from stillwater.gate import keeping
from stillwater.gate.plans import Plans
from stillwater.plan.form import parse
from stillwater.vault.machine import MachineKey
from stillwater.web.apps import in_memory
from stillwater.web.entry import new_token
from stillwater.web.mailboxes.drafts import Draft
from tests.integration.mail.conftest import PASSPHRASE, QUICK, Life, server
from tests.integration.mail_servers.conftest import authority, endpoint
from tests.support import mailbox
from tests.support.dovecot import Dovecot
from tests.support.mailbox import PERSON

__all__ = ["authority", "endpoint", "server"]

HOST = "localhost:8123"
FORBIDDEN = re.compile(r"\b(fail\w*|relapse\w*|reset\w*|streak\w*|victim\w*)\b", re.IGNORECASE)


class Seen(HTMLParser):
    """What a page makes a browser ask for, what stands inline, and its fields."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.inline: list[str] = []
        self.fields: list[dict[str, str | None]] = []
        self.words: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        if tag == "style" or "style" in named or any(name.startswith("on") for name in named):
            self.inline.append(tag)
        if tag == "script" and "src" not in named:
            self.inline.append(tag)
        if tag == "input":
            self.fields.append(named)
        self.addresses += [named[name] or "" for name in ("src", "href", "action") if name in named]

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return re.sub(r"\s+", " ", "".join(self.words))


@dataclass
class Browser:
    """A browser at the page; it looks at every answer for what no page may have."""

    home: Home
    client: Client = field(
        default_factory=lambda: Client(enforce_csrf_checks=True, headers={"host": HOST})
    )
    answers: list[str] = field(default_factory=list)
    at: str = "/"

    def enter(self) -> "Browser":
        self.client.get(f"/enter/{new_token(self.home)}")
        return self

    def get(self, path: str) -> Seen:
        return self._followed(self.client.get(path), path)

    def post(self, path: str, status: int = 302, **form: object) -> Seen:
        """Send a form; ``status`` is that of its own answer, before it is followed."""
        token = self.client.cookies["csrftoken"].value
        fields = {**form, "csrfmiddlewaretoken": token}
        answer = self.client.post(path, fields, headers={"origin": f"http://{HOST}"})
        assert answer.status_code == status, answer.content.decode()
        return self._followed(answer, path)

    def keeps(self, path: str, **form: object) -> None:
        """What ``keep.js`` does while somebody types at this form."""
        self.get(path)
        self.post(path, status=204, go="keep", **form)

    def sign_in(self, passphrase: str = PASSPHRASE, **more: str) -> Seen:
        self.enter().get("/in")
        self.post("/in", passphrase=passphrase, **more)
        return self.get("/a/")

    def _followed(self, answer: HttpResponse, path: str) -> Seen:
        self.at = path
        self._keep(answer)
        for _ in range(3):
            if answer.status_code not in (302, 303):
                break
            self.at = answer.headers["Location"]
            answer = self.client.get(self.at)
            self._keep(answer)
        nothing_to_see = answer.status_code == 204
        return Seen("") if nothing_to_see else self._looked_at(answer.content.decode())

    def _keep(self, answer: HttpResponse) -> None:
        assert answer["Cache-Control"] == "no-store"
        headers = "\n".join(f"{name}: {value}" for name, value in answer.items())
        self.answers.append(f"{headers}\n{answer.content.decode()}")

    def _looked_at(self, html: str) -> Seen:
        seen = Seen(html)
        assert "<title>Home</title>" in html
        assert any(way in seen.text for way in ("Leave quickly", "Salir rápido", "Schnell weg"))
        assert seen.inline == []
        assert all(re.match(r"/(?!/)", one) for one in seen.addresses), seen.addresses
        assert not FORBIDDEN.search(seen.text)
        for one in seen.fields:
            if one.get("type") == "password":
                assert (one["autocomplete"], one["spellcheck"]) == ("off", "false")
                assert "value" not in one
        return seen


@pytest.fixture(autouse=True)
def _this_home(home: Home, settings: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    settings.HOME = home  # type: ignore[attr-defined]
    in_memory().ready()  # nothing that an earlier test kept in mind
    yield
    in_memory().ready()


@pytest.fixture
def new_life(home: Home, transactional_db: None) -> Callable[..., Life]:
    def make(
        name: str = "me", delay: timedelta = timedelta(days=1), plan: str = mailbox.PLAN
    ) -> Life:
        clock = SystemClock()
        made = keeping.new_person(
            name, PASSPHRASE, home=home, clock=clock, cost=QUICK, loosening_delay=delay
        )
        Plans(made.person, home, MachineKey.load_or_create(home), clock).set(parse(plan))
        return Life(home, made.person)

    return make


@pytest.fixture
def life(new_life: Callable[..., Life]) -> Life:
    return new_life()


@pytest.fixture
def browser(home: Home) -> Browser:
    return Browser(home)


def where(server: Dovecot, **more: object) -> dict[str, object]:
    """What is typed in the first step for a mailbox on this server, over TLS."""
    return {
        "address": mailbox.PERSON,
        "host": "localhost",
        "port": server.ports["imaps"],
        "sieve_port": server.ports["sieve"],
        "trusted": str(server.trusted),
        **more,
    }


def everything_kept() -> str:
    """Every value of every column, and what the sessions hold, as text to look through."""
    values: list[object] = []
    for model in apps.get_models():
        values += [value for row in model._base_manager.values_list() for value in row]
    values += [one.get_decoded() for one in Session.objects.all()]
    plain = [bytes(one) if isinstance(one, memoryview) else one for one in values]
    return "\n".join(repr(one) for one in plain)


def begun(browser: Browser, life: Life, sign_in: SignIn, **where: object) -> str:
    """A draft of an account, whose server is where the test has one."""
    browser.sign_in()
    account = MailAccount("localhost", PERSON, sign_in=sign_in, sieve_port=0)
    draft = Draft(
        session=browser.client.session.session_key or "",
        person_id=life.person.pk,
        account=replace(account, **where),  # type: ignore[arg-type]
        at=SystemClock().now(),
    )
    in_memory().drafts.keep(draft)
    return f"/a/c/{draft.key}"
