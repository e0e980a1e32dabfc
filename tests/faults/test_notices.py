"""The worker is killed while a note goes out, for real: none is lost, one is doubled at most."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from stillwater.core.home import Home
from tests.integration.mail.conftest import until

_SETUP = """
from datetime import timedelta
from django.conf import settings
from stillwater.core.clock import SystemClock
from stillwater.gate import keeping
from stillwater.gate.models import Notice
from stillwater.gate.signals.ways import Ways
from stillwater.vault.machine import MachineKey
from stillwater.vault.wrapping import Cost
settings.HOME.prepare()
clock = SystemClock()
cost = Cost(iterations=1, memory_kib=64, lanes=1)
me = keeping.new_person("me", "a passphrase", home=settings.HOME, clock=clock, cost=cost).person
Ways(me, settings.HOME, MachineKey.load_or_create(settings.HOME), clock).add("ADDRESS")
now = clock.now()
Notice.objects.create(person=me, tier=0, opened_at=now, last_joined_at=now, sealed=b"")
"""
_LEASE_IS_OVER = """
from stillwater.gate.signals.models import Delivery
assert Delivery.objects.get().leased_until is not None
Delivery.objects.update(leased_until=Delivery.objects.get().notice.opened_at)
"""
_STEP = """
from stillwater.gate.signals.models import Delivery
print(Delivery.objects.get().step)
"""


class Receiver(ThreadingHTTPServer):
    """Takes calls; answers none of them before it may."""

    def __init__(self) -> None:
        self.calls = 0
        self.may_answer = threading.Event()
        super().__init__(("127.0.0.1", 0), _Handler)


class _Handler(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.server.calls += 1
        self.server.may_answer.wait(20)
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Nothing on standard error."""


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    server = Receiver()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.may_answer.set()
    server.shutdown()
    server.server_close()


def run(home: Home, code: str) -> str:
    """This code in a process of its own, with a database of its own."""
    whole = f"import django\ndjango.setup()\n{code}"
    done = subprocess.run(
        [sys.executable, "-c", whole],
        env=environment(home),
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def environment(home: Home) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != "STILLWATER_POSTGRES"}
    return {
        **kept,
        "STILLWATER_HOME": str(home.root),
        "STILLWATER_KEYRING": "off",
        "DJANGO_SETTINGS_MODULE": "stillwater.config.settings",
    }


@contextmanager
def worker(home: Home) -> Iterator[None]:
    """The real one; killed at the end, whatever it does."""
    process = subprocess.Popen(
        [sys.executable, "-m", "stillwater.workers.worker"],
        env=environment(home),
        stdin=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    yield
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert process.stdin is not None
    process.stdin.close()


def test_a_worker_killed_while_a_note_goes_out(home: Home, receiver: Receiver) -> None:
    run(
        home,
        "from django.core.management import call_command\ncall_command('migrate', verbosity=0)",
    )
    run(home, _SETUP.replace("ADDRESS", f"json://127.0.0.1:{receiver.server_address[1]}/a"))
    with worker(home):
        until(lambda: receiver.calls == 1)
    receiver.may_answer.set()
    assert run(home, _STEP) == "0"
    run(home, _LEASE_IS_OVER)
    with worker(home):
        until(lambda: receiver.calls == 2)
        until(lambda: run(home, _STEP) == "1")
    assert receiver.calls == 2
