"""Real deliveries: mail, ntfy, a program of one's own, the desktop; and servers that hang."""

import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from jeepney import HeaderFields, MessageType, new_method_return
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import open_dbus_connection

from stillwater.gate.signals.texts import Texts
from stillwater.gate.signals.transports import ByChild, Note
from stillwater.gate.signals.troubles import Trouble
from stillwater.gate.signals.ways import Ways
from stillwater.people.models import Settings
from stillwater.workers.signals import Outgoing
from tests.integration.mail.conftest import until
from tests.integration.signals.conftest import (
    CANARY,
    Receiver,
    Sending,
    everything_kept,
    nobodys_port,
)
from tests.support.certificates import make_authority

PLANTS = Note("Plants", "You have a note.")
SECRET = "secret-word-of-the-address"


def send(address: str, note: Note = PLANTS, patience: float = 20.0) -> Trouble | None:
    return ByChild(patience).send(address, note)


def mail_address(port: object) -> str:
    return f"mailto://127.0.0.1:{port}?from=me@home.example&to=you@home.example"


def test_a_mail(smtp_receiver: Receiver) -> None:
    assert send(mail_address(smtp_receiver.port)) is None
    (mail,) = smtp_receiver.got
    assert "Subject: Plants" in mail
    assert mail.rstrip().endswith("You have a note.")
    assert "apprise" not in mail.lower()
    assert "stillwater" not in mail.lower()


@pytest.mark.parametrize("address", ["ntfy://127.0.0.1:{}/word", "json://127.0.0.1:{}/word"])
def test_a_call_by_http(http_receiver: Receiver, address: str) -> None:
    assert send(address.format(http_receiver.port)) is None
    (call,) = http_receiver.got
    assert '"title": "Plants"' in call
    assert '"message": "You have a note."' in call
    assert "apprise" not in call.lower()
    assert "stillwater" not in call.lower()


@pytest.mark.parametrize("title", ["Pflanzen für später", "植物", "Plants\u202e"])
def test_a_name_in_any_letters(
    http_receiver: Receiver, smtp_receiver: Receiver, title: str
) -> None:
    note = Note(title, "Du hast Post – 植物")
    assert send(f"ntfy://127.0.0.1:{http_receiver.port}/word", note) is None
    assert send(mail_address(smtp_receiver.port), note) is None


@pytest.mark.parametrize("address", ["ntfy://127.0.0.1:{}/word", "json://127.0.0.1:{}/word"])
@pytest.mark.parametrize("answers", [302, 401, 500])
def test_a_server_that_does_not_want_it_and_no_redirect_is_followed(
    http_receiver: Receiver, address: str, answers: int
) -> None:
    http_receiver.answers = answers
    assert send(address.format(http_receiver.port)) is Trouble.REJECTED
    assert len(http_receiver.got) == 1


@pytest.mark.parametrize("address", ["ntfy://127.0.0.1:{}/word", mail_address("{}")])
def test_nobody_listens(address: str) -> None:
    assert send(address.format(nobodys_port())) is Trouble.REFUSED


def test_a_name_that_nobody_has() -> None:
    assert send("ntfys://nowhere.invalid/word") is Trouble.NAME


def test_a_certificate_of_nobody_we_trust(tmp_path: Path) -> None:
    context = make_authority(tmp_path / "theirs").serving()

    def answer(server: socket.socket) -> None:
        for _ in range(2):  # the note, and the look at what is wrong
            with suppress(OSError):
                context.wrap_socket(server.accept()[0], server_side=True).close()

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=answer, args=[server], daemon=True)
        thread.start()
        address = f"ntfys://localhost:{server.getsockname()[1]}/word"
        assert send(address) is Trouble.CERTIFICATE
        thread.join(timeout=10)


@pytest.fixture
def silent() -> Iterator[int]:
    """A server that takes the call and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


@pytest.mark.parametrize("address", ["ntfy://127.0.0.1:{}/word", mail_address("{}")])
def test_a_server_that_hangs_is_left_in_time(silent: int, address: str) -> None:
    begun = time.monotonic()
    assert send(address.format(silent), patience=2.0) is Trouble.SILENT
    assert time.monotonic() - begun < 10


def test_a_server_that_hangs_is_told_from_one_that_does_not_want_it(silent: int) -> None:
    assert send(f"json://127.0.0.1:{silent}/word") is Trouble.SILENT


def test_a_server_that_hangs_holds_up_nobody_else(
    sending: Sending, silent: int, http_receiver: Receiver
) -> None:
    sending.add(f"ntfy://127.0.0.1:{silent}/word")
    sending.add(f"json://127.0.0.1:{http_receiver.port}/word")
    sending.open()
    outgoing = Outgoing(sending.life.home, sending.life.clock, ByChild(5.0))
    outgoing.start()
    try:
        until(lambda: http_receiver.got, patience=4.5)
        sending.open()  # and a second one goes out while the first way still hangs
        until(lambda: len(http_receiver.got) == 2)
        until(lambda: sending.ways.all()[0].trouble == "silent")
    finally:
        outgoing.stop()


def test_nothing_of_content_and_nothing_of_an_address_is_left_anywhere(
    sending: Sending, smtp_receiver: Receiver, http_receiver: Receiver, logged: list[str]
) -> None:
    Settings.objects.create(person=sending.life.person, display_name="Plants")
    life = sending.life
    ways = Ways(life.person, life.home, life.machine, life.clock, ByChild())
    ways.add(mail_address(smtp_receiver.port))
    ways.add(f"ntfy://127.0.0.1:{http_receiver.port}/{SECRET}", "my phone's own name")
    ways.add(f"ntfy://127.0.0.1:{nobodys_port()}/{SECRET}")
    sending.open(1)
    sending.post(ByChild()).go_round()
    got = "\n".join(smtp_receiver.got + http_receiver.got)
    assert got.count(Texts().danger) == 2
    assert CANARY not in got
    for kept in (everything_kept(), "\n".join(logged)):
        assert CANARY not in kept
        assert SECRET not in kept
        assert "you@home.example" not in kept
        assert "my phone's own name" not in kept


# The process that sends


def in_child(code: str) -> str:
    whole = f"from stillwater.gate.signals.child import lock_down\nlock_down()\n{code}"
    command = [sys.executable, "-c", whole]
    return subprocess.run(command, capture_output=True, text=True, check=False).stderr


@pytest.mark.parametrize(
    "code",
    [
        "import subprocess; subprocess.run(['true'])",
        "import os; os.system('true')",
        "import os; os.execv('/bin/true', ['true'])",
        "import os; os.posix_spawn('/bin/true', ['true'], {})",
        "import os; os.fork()",
        "open('PATH', 'w')",
        "open('PATH', 'ab')",
        "open('/dev/..PATH', 'w')",
        "import os; os.open('PATH', os.O_CREAT | os.O_WRONLY)",
    ],
)
def test_it_can_start_no_program_and_write_no_file(tmp_path: Path, code: str) -> None:
    path = tmp_path / "written"
    assert "PermissionError" in in_child(code.replace("PATH", str(path)))
    assert not path.exists()


def test_an_address_stands_in_no_list_of_processes(
    silent: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    real = subprocess.run

    def run(command: list[str], **more: object) -> object:
        seen.append(f"{command} {more['env']}")
        return real(command, **more)  # type: ignore[call-overload]

    monkeypatch.setattr(subprocess, "run", run)
    monkeypatch.setenv("STILLWATER_WEB_KEY", "a-key")
    send(f"ntfy://127.0.0.1:{silent}/{SECRET}", patience=1.0)
    assert SECRET not in seen[0]
    assert "a-key" not in seen[0]


def test_behind_a_proxy_nobody_is_called_past_it(
    silent: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What goes to this machine does not go through it, or it would be read there."""
    monkeypatch.setenv("https_proxy", f"http://127.0.0.1:{nobodys_port()}")
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{nobodys_port()}")
    assert send("ntfys://nowhere.invalid/word") is Trouble.SILENT
    assert send(f"ntfy://127.0.0.1:{nobodys_port()}/word") is Trouble.REFUSED


# The desktop


@pytest.fixture
def bus(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A D-Bus of our own."""
    daemon = subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--print-address=1"],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert daemon.stdout is not None
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", daemon.stdout.readline().strip())
    yield
    daemon.terminate()
    daemon.wait()
    daemon.stdout.close()


@pytest.mark.usefixtures("bus")
def test_a_note_on_the_desktop() -> None:
    shown: list[object] = []
    desktop = open_dbus_connection(bus="SESSION")
    desktop.send_and_get_reply(message_bus.RequestName("org.freedesktop.Notifications"))

    def show_one() -> None:
        while True:
            call = desktop.receive(timeout=10)
            is_call = call.header.message_type is MessageType.method_call
            if is_call and call.header.fields.get(HeaderFields.member) == "Notify":
                shown.append((call.body[3], call.body[4]))
                desktop.send(new_method_return(call, "u", (1,)))
                return

    thread = threading.Thread(target=show_one)
    thread.start()
    assert send("desktop://") is None
    thread.join()
    desktop.close()
    assert shown == [("Plants", "You have a note.")]


@pytest.mark.usefixtures("bus")
def test_a_desktop_that_shows_no_notes() -> None:
    assert send("desktop://") is Trouble.NO_DESKTOP


def test_no_desktop(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    assert send("desktop://") is Trouble.NO_DESKTOP
