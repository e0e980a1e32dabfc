"""``stillwater up``: the supervised group, and one link to its page."""

import fcntl
import ipaddress
import os
import queue
import secrets
import signal
import socket
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import IO

import click

from stillwater.cli.common import Duration, ready
from stillwater.cli.listening import loopback_sockets
from stillwater.core.clock import SystemClock
from stillwater.core.errors import ExitCode, UserError
from stillwater.core.home import Home
from stillwater.web.entry import forget_all, new_token
from stillwater.workers.supervisor import Group, Member

PATIENCE = 30.0  # seconds for the page to be ready; it takes one
SHORTEST_IDLE, LONGEST_IDLE = timedelta(minutes=1), timedelta(minutes=30)


@click.command()
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=0,
    help="Where the page is served on this machine; 0, and left out: any free port.",
)
@click.option(
    "--idle-lock",
    type=Duration(),
    default="5m",
    show_default=True,
    help="Close the page after so long without a touch (1m to 30m).",
)
@click.option(
    "--title",
    default="Home",
    show_default=True,
    help="The page's name in the browser. Choose one that gives nothing away.",
)
@click.option(
    "--try",
    "made_up",
    is_flag=True,
    help="Look around in a made-up home, which is removed when you stop it; nothing of yours "
    "is touched.",
)
@click.option(
    "--listen",
    metavar="ADDRESS",
    default="localhost",
    help="Serve beyond this machine: not built yet, and then only with all three options below.",
)
@click.option("--host-name", metavar="NAME", help="The name that the certificate is for.")
@click.option("--tls-cert", type=click.Path(path_type=Path), help="The certificate, PEM.")
@click.option("--tls-key", type=click.Path(path_type=Path), help="Its private key, PEM.")
def command(
    port: int,
    idle_lock: timedelta,
    title: str,
    made_up: bool,
    listen: str,
    host_name: str | None,
    tls_cert: Path | None,
    tls_key: Path | None,
) -> None:
    """Start Stillwater and print one link to its page.

    The link opens the page once. For another one, run this again: it finds the
    group that runs and prints a new link. Ctrl-C stops everything.
    """
    _refuse_beyond_loopback(listen, host_name, tls_cert, tls_key)
    if not SHORTEST_IDLE <= idle_lock <= LONGEST_IDLE:
        raise UserError("The page closes after 1 to 30 minutes.", "Give --idle-lock 1m to 30m.")
    settings = {
        "STILLWATER_IDLE_SECONDS": str(int(idle_lock.total_seconds())),
        "STILLWATER_PAGE_TITLE": title,
    }
    if made_up:
        _try(port, settings)
    else:
        _start(ready(), port, settings)


def _start(home: Home, port: int, settings: dict[str, str]) -> None:
    with _only_one(home) as lock:
        if lock is None:
            _say_link(home, _port_in_use(home), "Stillwater runs already.")
            return
        _run(home, lock, port, settings)


def _try(port: int, settings: dict[str, str]) -> None:
    """The same in a home that is made for it and removed afterwards, whatever ends it."""
    from stillwater.cli.try_year.folder import environment, made_up_home

    _signals_interrupt()
    with made_up_home() as home:
        click.echo(f"This is a made-up home, in {home.root}.")
        click.echo("Nobody in it lives. It is removed when you stop it.")
        os.environ.update(environment(home))
        _make_up(ready())
        _start(home, port, settings)


def _make_up(home: Home) -> None:
    """The year, with a bar where somebody is watching."""
    from stillwater.cli.try_year import scenes, year

    click.echo("Its year is being made: a few seconds.")
    with click.progressbar(length=scenes.count(), label="Mails", file=sys.stderr) as bar:
        year.make(home, SystemClock().now(), bar.update)
    click.echo(f"The passphrase of the made-up person: {year.PASSPHRASE}")
    click.echo(
        f"Of their reviewer, at “Another way in”: {year.REVIEWER}, {year.REVIEWERS_PASSPHRASE}\n"
    )


def _refuse_beyond_loopback(
    listen: str, host_name: str | None, tls_cert: Path | None, tls_key: Path | None
) -> None:
    """Raises UserError unless only this machine can reach the page."""
    if _is_loopback(listen):
        if host_name or tls_cert or tls_key:
            raise UserError(
                "A host name and a certificate are for serving beyond this machine.",
                "Leave them out: on this machine the page is at http://localhost.",
            )
        return
    if not (host_name and tls_cert and tls_key):
        raise UserError(
            "Stillwater does not serve beyond this machine without TLS and a host name: "
            "whoever shares the network could read along.",
            "Leave --listen out, or give --host-name, --tls-cert and --tls-key as well.",
            ExitCode.NOT_ALLOWED,
        )
    raise UserError(
        "Serving beyond this machine is not built yet.",
        "Leave --listen out: on this machine the page is at http://localhost.",
        ExitCode.NOT_NOW,
    )


def _is_loopback(address: str) -> bool:
    if address == "localhost":
        return True
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def _lock_path(home: Home) -> Path:
    return home.locks / "group"


@contextmanager
def _only_one(home: Home) -> Iterator[IO[str] | None]:
    """The lock of this home's group, or None where another process holds it."""
    with _lock_path(home).open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield None
            return
        yield lock
        lock.truncate(0)


def _port_in_use(home: Home) -> int:
    """The port of the group that runs. Raises UserError while it is still starting."""
    written = _lock_path(home).read_text()
    if not written:
        raise UserError(
            "Stillwater is being started or stopped right now.",
            "Wait a few seconds, and try again.",
            ExitCode.NOT_NOW,
        )
    return int(written)


def _say_link(home: Home, port: int, first: str) -> None:
    click.echo(f"{first} This link opens it once, in a browser on this machine:\n")
    click.echo(f"  http://localhost:{port}/enter/{new_token(home)}\n")


def _run(home: Home, lock: IO[str], port: int, settings: dict[str, str]) -> None:
    """Keep the group up until a signal ends it."""
    _signals_interrupt()
    forget_all(home)
    sockets = loopback_sockets(port)
    told: queue.SimpleQueue[str] = queue.SimpleQueue()
    environment = {
        **os.environ,
        **settings,
        "STILLWATER_HOME": str(home.root),
        "STILLWATER_WEB_KEY": secrets.token_hex(32),
    }
    group = Group(_members(sockets), environment, on_ready=told.put)
    try:
        group.start()
        _wait_until_ready(told)
        port = sockets[0].getsockname()[1]
        _note_port(lock, port)
        _say_link(home, port, "Stillwater is ready.")
        click.echo("Ctrl-C stops it.")
        while True:
            signal.pause()
    except KeyboardInterrupt:
        click.echo("\nStopping …", err=True)
    finally:
        # A second Ctrl-C must not cut the stopping short.
        for ends in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(ends, signal.SIG_IGN)
        lock.truncate(0)
        group.stop()
        forget_all(home)


def _signals_interrupt() -> None:
    """Whatever asks this process to end does what Ctrl-C does."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:  # as nohup leaves it
        signal.signal(signal.SIGHUP, signal.default_int_handler)


def _members(sockets: Sequence[socket.socket]) -> tuple[Member, ...]:
    numbers = tuple(one.fileno() for one in sockets)
    page = Member(
        "page",
        "stillwater.web.server",
        arguments=tuple(str(number) for number in numbers),
        keep_open=numbers,
        says_ready=True,
    )
    return (
        page,
        Member("worker", "stillwater.workers.worker"),
        Member("watcher", "stillwater.workers.watcher"),
    )


def _note_port(lock: IO[str], port: int) -> None:
    lock.truncate(0)
    lock.write(str(port))
    lock.flush()


def _wait_until_ready(told: "queue.SimpleQueue[str]") -> None:
    try:
        told.get(timeout=PATIENCE)
    except queue.Empty:
        raise UserError(
            "The page did not start.",
            "The lines above say where it broke; stillwater doctor may know why.",
            ExitCode.BROKEN,
        ) from None
