"""``stillwater notify``: the ways on which a note leaves this machine when something needs you."""

import sys
from typing import TYPE_CHECKING, Any

import click

from stillwater.cli.common import (
    end_with,
    first_line,
    json_option,
    passphrase_option,
    person_option,
    ready,
    say,
    shown_duration,
    sign_in,
    the_person,
)
from stillwater.core.errors import ExitCode, UserError

if TYPE_CHECKING:
    from stillwater.gate.signals.troubles import Trouble
    from stillwater.gate.signals.ways import Shown, Ways
    from stillwater.vault.models import Request

which = click.argument("which", metavar="[ID]", default="")


@click.group()
def command() -> None:
    """Say where notes go when something needs you: add, test, list, remove.

    A note is one sentence of yours, "You have a note.", under the name that you
    gave the pages. It never says what came, or of whom. Danger has a sentence of
    its own, and is said again until you have seen it: then to somebody of your
    circle who agreed to it beforehand. Texts, times and quiet hours are set on
    the page. docs/front/notices.md shows an address of each kind.
    """


@command.command()
@click.option(
    "--address-file",
    metavar="PATH",
    default=None,
    help="Read the address from the first line of this file; - is standard input. It may hold a "
    "password. Left out, it is asked for and not shown.",
)
@click.option("--name", default="", help="What you call it, in your own list.")
@click.option(
    "--agreed",
    is_flag=True,
    help="It goes to somebody of your circle who agreed to be told when you do not answer.",
)
@person_option
@json_option
def add(
    address_file: str | None, name: str, agreed: bool, person_name: str | None, as_json: bool
) -> None:
    """Add a way, from now on. It is asked for, so that it stays out of your shell's history.

    \b
    Addresses look like this:
      desktop://
      ntfys://ntfy.example/a-long-word-that-nobody-guesses
      mailtos://USER:PASSWORD@mail.example?from=me@mail.example&to=me@mail.example
    """
    ways = _ways_of(person_name)
    address = _ask_address(address_file)
    row = ways.agree(address, name, agreed=True) if agreed else ways.add(address, name)
    say(
        as_json,
        {"id": row.public_id},
        "Notes go out on it from now on, while ./start or stillwater watch runs.",
        f"Test it: stillwater notify test {row.public_id[:8]}",
    )


@command.command()
@which
@person_option
@json_option
def test(which: str, person_name: str | None, as_json: bool) -> None:
    """Send a note on one way now. Ends with 1 where it did not go out."""
    ways = _ways_of(person_name)
    trouble = ways.test(ways.find(which))
    if trouble is None:
        say(as_json, {"sent": True}, "You should have got a note. If not: is the address right?")
        return
    data = {"sent": False, "trouble": trouble.value}
    say(as_json, data, *_trouble_lines(trouble))
    end_with(ExitCode.FOUND_WRONG)


@command.command("list")
@person_option
@json_option
def list_(person_name: str | None, as_json: bool) -> None:
    """Say on which ways notes go out, and how that stands. Never shows an address."""
    ways = _ways_of(person_name)
    shown = [ways.shown(row) for row in ways.all()]
    lines = [line for one in shown for line in _lines(one)]
    nothing = "Notes reach you on the page alone: stillwater notify add"
    say(as_json, {"ways": [_as_data(one) for one in shown]}, *(lines or [nothing]))


@command.command()
@which
@passphrase_option
@person_option
@json_option
def remove(which: str, passphrase_file: str | None, person_name: str | None, as_json: bool) -> None:
    """Remove a way. It needs your passphrase, and waits for the delay that you set.

    Until then it goes on, and stillwater notify keep takes this back. When the
    wait is over it happens by itself. Where nothing ever went out on it, it is
    removed at once.
    """
    ways = _ways_of(person_name)
    row = ways.find(which)
    if not ways.tells_nothing(row):
        sign_in(ways.person, passphrase_file)
    waits = ways.ask_to_remove(row)
    if waits is None or waits.ready_at <= ways.clock.now():
        say(as_json, {"removed": True}, "It is removed: no note goes out on it any more.")
        return
    say(
        as_json,
        {"removed": False, "ready_at": waits.ready_at},
        f"It waits {_left(ways, waits)}. To go on with it: stillwater notify keep",
    )


@command.command()
@which
@person_option
@json_option
def keep(which: str, person_name: str | None, as_json: bool) -> None:
    """Take back a removal that waits."""
    ways = _ways_of(person_name)
    kept = ways.keep(ways.find(which))
    say(as_json, {"kept": kept}, "It goes on." if kept else "No removal was waiting.")


def _ways_of(person_name: str | None) -> "Ways":
    """The ways of that person, with everything made ready."""
    home = ready()
    person = the_person(person_name)
    from stillwater.core.clock import SystemClock
    from stillwater.gate.signals.ways import Ways
    from stillwater.vault.machine import MachineKey

    return Ways(person, home, MachineKey.load_or_create(home), SystemClock())


def _ask_address(address_file: str | None) -> str:
    if address_file == "-":
        given = sys.stdin.readline()
    elif address_file is not None:
        from pathlib import Path

        given = first_line(Path(address_file), "address")
    elif sys.stdin.isatty():
        given = click.prompt("Address", hide_input=True, err=True, type=str)
    else:
        raise UserError(
            "An address is needed, and nobody is there to type it.",
            "Give it with --address-file PATH (or - for standard input).",
        )
    return given.strip()


def _left(ways: "Ways", waits: "Request") -> str:
    return shown_duration(waits.ready_at - ways.clock.now())


def _as_data(one: "Shown") -> dict[str, Any]:
    return {
        "id": one.key,
        "name": one.name,
        "kind": one.kind,
        "agreed": one.row.is_agreed,
        "worked_at": one.row.worked_at,
        "trouble": one.trouble.value if one.trouble else "",
        "removal_at": one.removal.ready_at if one.removal else None,
    }


def _lines(one: "Shown") -> list[str]:
    named = ", ".join(filter(None, (one.name, one.kind)))
    whose = "  (told when you do not answer)" if one.row.is_agreed else ""
    lines = [f"{one.key[:8]}  {named}{whose}"]
    if one.trouble:
        lines += [f"    {line}" for line in _trouble_lines(one.trouble)]
    elif one.row.worked_at is None:
        lines.append(f"    Not tested yet: stillwater notify test {one.key[:8]}")
    if one.removal:
        lines.append(f"    It is removed after {one.removal.ready_at:%Y-%m-%d %H:%M} UTC.")
    return lines


def _trouble_lines(trouble: "Trouble") -> list[str]:
    return [trouble.said, trouble.next_step]
