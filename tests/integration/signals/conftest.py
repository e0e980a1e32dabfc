"""A person with notices and ways out; and receivers that are really called."""

import http.server
import json
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.apps import apps

from stillwater.gate.models import Notice
from stillwater.gate.signals.models import Way
from stillwater.gate.signals.outgoing import Post
from stillwater.gate.signals.transports import Note, Transport
from stillwater.gate.signals.troubles import Trouble
from stillwater.gate.signals.ways import Ways
from stillwater.vault.keys import keyring_of, seal_private
from stillwater.vault.models import Keyring
from tests.integration.gate.conftest import Life, life, new_life

__all__ = ["life", "new_life"]

CANARY = "porcupine-quill-4711"
PHONE, MAIL = "ntfys://ntfy.example/secret-of-the-phone", "jsons://home.example/secret-of-the-mail"
FRIEND = "jsons://friend.example/secret-of-the-friend"


@dataclass
class InMemory:
    """Takes every note, but where ``troubles`` names the address; ``meanwhile`` happens first."""

    sent: list[tuple[str, Note]] = field(default_factory=list)
    troubles: dict[str, Trouble] = field(default_factory=dict)
    meanwhile: Callable[[], object] = lambda: None

    def send(self, address: str, note: Note) -> Trouble | None:
        self.meanwhile()
        if address not in self.troubles:
            self.sent.append((address, note))
        return self.troubles.get(address)

    def texts(self, address: str) -> list[str]:
        return [note.text for to, note in self.sent if to == address]


@dataclass
class Sending:
    """A person whose notes go out."""

    life: Life
    transport: InMemory

    @property
    def ways(self) -> Ways:
        life = self.life
        return Ways(life.person, life.home, life.machine, life.clock, self.transport)

    def post(self, transport: Transport | None = None) -> Post:
        return Post(self.life.machine, self.life.clock, transport or self.transport)

    def add(self, address: str = PHONE, **more: Any) -> Way:
        return self.ways.add(address, **more)

    def open(self, tier: int = 1) -> Notice:
        recipient = keyring_of(self.life.person).recipient
        now = self.life.clock.now()
        return Notice.objects.create(
            person=self.life.person,
            tier=tier,
            opened_at=now,
            last_joined_at=now,
            sealed=seal_private(recipient, json.dumps({"text": CANARY}).encode()),
        )

    def go(self, **later: float) -> int:
        """The clock goes on, and then a round."""
        self.life.clock.at += timedelta(**later)
        return self.post().go_round()

    def go_for(self, minutes: int) -> None:
        """A round each minute."""
        for _ in range(minutes):
            self.go(minutes=1)


@pytest.fixture
def sending(life: Life) -> Sending:
    return Sending(life, InMemory())


@pytest.fixture
def with_delay(life: Life) -> timedelta:
    """What loosens waits for a day."""
    delay = timedelta(days=1)
    Keyring.objects.filter(person=life.person).update(loosening_delay=delay)
    return delay


@dataclass
class Receiver:
    """A server of HTTP or mail that keeps what it got."""

    port: int
    got: list[str] = field(default_factory=list)
    answers: int = 200


def nobodys_port() -> int:
    """A port at which nobody listens now."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        port: int = held.getsockname()[1]
    return port


@pytest.fixture
def http_receiver() -> Iterator[Receiver]:
    receiver = Receiver(0)

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            receiver.got.append(f"{self.path}\n{self.headers}\n{body.decode()}")
            self.send_response(receiver.answers)
            self.send_header("Location", "http://127.0.0.1:9/elsewhere")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Nothing on standard error."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    receiver.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield receiver
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def smtp_receiver() -> Iterator[Receiver]:
    receiver = Receiver(nobodys_port())

    class Handler:
        async def handle_DATA(self, server: object, session: object, envelope: Any) -> str:
            receiver.got.append(envelope.content.decode())
            return "250 OK"

    controller = Controller(Handler(), hostname="127.0.0.1", port=receiver.port)
    controller.start()
    yield receiver
    controller.stop()


def everything_kept() -> str:
    """Every value of every column, as text to look through."""
    values: list[object] = []
    for model in apps.get_models():
        values += [value for row in model._base_manager.values_list() for value in row]
    return "\n".join(repr(bytes(v) if isinstance(v, memoryview) else v) for v in values)
