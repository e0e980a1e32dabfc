"""``stillwater up`` for real: processes, sockets, signals."""

import http.client
import os
import re
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from stillwater.core.errors import ExitCode

LINK = re.compile(r"http://localhost:(\d+)/enter/([0-9a-f]{32})")
PATIENCE = 60  # seconds; generous, since other tests run beside this one


def environment(home: Path) -> dict[str, str]:
    """A home of its own, on SQLite whatever the other tests run on."""
    kept = {name: value for name, value in os.environ.items() if name != "STILLWATER_POSTGRES"}
    return {**kept, "STILLWATER_HOME": str(home)}


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-P", "-m", "stillwater", *arguments]


@dataclass
class Running:
    """A group that runs, as whoever started it sees it."""

    process: subprocess.Popen[str]
    home: Path
    port: int
    token: str

    def get(self, path: str, **headers: str) -> http.client.HTTPResponse:
        connection = http.client.HTTPConnection("localhost", self.port, timeout=PATIENCE)
        with closing(connection):
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            answer.read()
        return answer

    def children(self) -> dict[str, int]:
        """The members' process ids, by module."""
        found = {}
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
                words = (folder / "cmdline").read_bytes().decode().split("\0")
            except (FileNotFoundError, ProcessLookupError):
                continue
            if parent == self.process.pid and "-m" in words:
                found[words[words.index("-m") + 1]] = int(folder.name)
        return found

    def stop(self, with_signal: signal.Signals = signal.SIGINT) -> int:
        self.process.send_signal(with_signal)
        return self.process.wait(timeout=PATIENCE)


def wait_for_end(pid: int) -> bool:
    """Wait until the process is gone; False if it is still there after our patience."""
    try:
        watched = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    with os.fdopen(watched):
        return bool(select.select([watched], [], [], PATIENCE)[0])


@pytest.fixture
def up(tmp_path: Path) -> Iterator[Callable[..., Running]]:
    """Starts a group and waits for its link."""
    started: list[subprocess.Popen[str]] = []

    def start(*arguments: str) -> Running:
        home = tmp_path / "home"
        process = subprocess.Popen(
            command("up", *arguments), env=environment(home), stdout=subprocess.PIPE, text=True
        )
        started.append(process)
        assert process.stdout is not None
        for line in process.stdout:
            if link := LINK.search(line):
                return Running(process, home, int(link[1]), link[2])
        raise AssertionError("it ended without a link")

    yield start
    for process in started:
        process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()


def test_the_link_leads_to_the_page(up: Callable[..., Running]) -> None:
    running = up()
    entered = running.get(f"/enter/{running.token}")
    assert (entered.status, entered.headers["Location"]) == (302, "/")
    cookie = entered.headers["Set-Cookie"].split(";")[0]
    assert running.get("/", Cookie=cookie).status == 200
    assert running.get("/").status == 403
    assert "Server" not in entered.headers


def test_it_listens_on_the_loopback_address_alone(up: Callable[..., Running]) -> None:
    running = up()
    wanted = f":{running.port:04X}"
    listening = set()
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]:
            _, local, _, state, *_ = line.split()
            if local.endswith(wanted) and state == "0A":
                listening.add(local.removesuffix(wanted))
    assert listening <= {"0100007F", "0" * 24 + "01000000"}
    assert "0100007F" in listening


@pytest.mark.parametrize("ends", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_all_of_it(up: Callable[..., Running], ends: signal.Signals) -> None:
    running = up()
    children = running.children()
    assert set(children) == {
        "stillwater.web.server",
        "stillwater.workers.worker",
        "stillwater.workers.watcher",
    }
    assert running.stop(ends) == ExitCode.OK
    for pid in children.values():
        assert wait_for_end(pid)
    assert list((running.home / "locks" / "entry").iterdir()) == []
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", running.port), timeout=5)


def test_when_it_is_killed_nothing_of_it_lives_on(up: Callable[..., Running]) -> None:
    running = up()
    children = running.children()
    running.process.kill()
    for pid in children.values():
        assert wait_for_end(pid)


def test_a_page_process_that_dies_is_started_again(up: Callable[..., Running]) -> None:
    running = up()
    os.kill(running.children()["stillwater.web.server"], signal.SIGKILL)
    # The socket is the supervisor's: whoever comes in the meantime waits, and is served.
    assert running.get("/away").status == 200


def test_what_a_killed_page_was_writing_is_gone_when_it_is_up_again(
    up: Callable[..., Running],
) -> None:
    running = up()
    folder = running.home / "outgoing" / ("0" * 32)
    folder.mkdir(mode=0o700)
    whole, half = folder / f"{'a' * 32}.tar.age", folder / "tmp1b2c3d"
    for path in (whole, half):
        path.write_bytes(b"x")
    os.kill(running.children()["stillwater.web.server"], signal.SIGKILL)
    assert running.get("/away").status == 200
    assert (whole.exists(), half.exists()) == (True, False)


def test_starting_it_twice_gives_a_new_link_to_the_one_that_runs(
    up: Callable[..., Running],
) -> None:
    running = up()
    again = subprocess.run(
        command("up"),
        env=environment(running.home),
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
    assert again.returncode == ExitCode.OK
    link = LINK.search(again.stdout)
    assert link is not None
    assert int(link[1]) == running.port
    assert link[2] != running.token
    assert running.get(f"/enter/{link[2]}").status == 302
    assert len(running.children()) == 3


def test_the_data_is_closed_to_others(up: Callable[..., Running]) -> None:
    running = up()
    for path in [running.home, *running.home.rglob("*")]:
        assert path.stat().st_mode & 0o077 == 0, path.name


def test_a_port_that_is_taken_is_said(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = refused(tmp_path, "--port", port)
    assert done.returncode == ExitCode.NOT_NOW
    assert f"Port {port} is not free" in done.stderr


def test_a_port_that_another_holds_on_ipv6_alone_is_not_used(tmp_path: Path) -> None:
    if not socket.has_ipv6:
        pytest.skip("no IPv6 here")
    with socket.create_server(("::1", 0), family=socket.AF_INET6) as taken:
        port = str(taken.getsockname()[1])
        assert refused(tmp_path, "--port", port).returncode == ExitCode.NOT_NOW


@pytest.mark.parametrize("address", ["0.0.0.0", "::", "192.0.2.7", "home.example", ""])
def test_it_refuses_to_listen_beyond_this_machine(tmp_path: Path, address: str) -> None:
    done = refused(tmp_path, "--listen", address)
    assert done.returncode == ExitCode.NOT_ALLOWED
    assert "TLS" in done.stderr
    partly = refused(tmp_path, "--listen", address, "--host-name", "h.example", "--tls-key", "k")
    assert partly.returncode == ExitCode.NOT_ALLOWED
    assert not (tmp_path / "home").exists()


def test_with_tls_it_says_that_this_is_not_built_yet(tmp_path: Path) -> None:
    tls = ("--host-name", "h.example", "--tls-cert", "c.pem", "--tls-key", "k.pem")
    done = refused(tmp_path, "--listen", "0.0.0.0", *tls)
    assert done.returncode == ExitCode.NOT_NOW
    assert "not built yet" in done.stderr


@pytest.mark.parametrize("span", ["0", "59s", "31m", "1d"])
def test_the_idle_lock_stays_within_its_bounds(tmp_path: Path, span: str) -> None:
    assert refused(tmp_path, "--idle-lock", span).returncode == ExitCode.USAGE


def refused(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        command("up", *arguments),
        env=environment(folder / "home"),
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 2
    return done
