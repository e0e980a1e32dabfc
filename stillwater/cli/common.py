"""What every command shares: getting ready, who is meant, signing in, and what it says.

A command module imports this, and Django's models only inside its functions:
``ready()`` must have run before a model is imported.
"""

import json
import os
import re
import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from stillwater.core.errors import ExitCode, UserError
from stillwater.core.home import Home

if TYPE_CHECKING:
    from stillwater.people.models import Person
    from stillwater.vault.keys import Session

Command = TypeVar("Command", bound=Callable[..., Any])

person_option: Callable[[Command], Command] = click.option(
    "--person",
    "person_name",
    metavar="NAME",
    default=None,
    help="Whose, where several people live on this installation.",
)
passphrase_option: Callable[[Command], Command] = click.option(
    "--passphrase-file",
    "passphrase_file",
    metavar="PATH",
    default=None,
    help="Read the passphrase from the first line of this file; - is standard input. "
    "Left out, it is asked for and not shown.",
)
json_option: Callable[[Command], Command] = click.option(
    "--json", "as_json", is_flag=True, help="Answer in JSON, for programs."
)


def ready() -> Home:
    """Make the home folder and the database ready for a command; gives the home.

    Starts Django, refuses data of a newer program, and migrates (after a
    snapshot) where there is something to do. Raises UserError.
    """
    from stillwater.cli.schema import bring_up_to_date
    from stillwater.cli.shelter import prepare

    home = prepare(Home.from_environment())
    start_django()
    bring_up_to_date(home)
    return home


def start_django() -> None:
    """Start Django. Opens no database and makes no file."""
    import django

    django.setup()


def the_person(person_name: str | None) -> "Person":
    """The person of that name, or the only one there is. Raises UserError."""
    from stillwater.people.models import Person

    people = Person.objects.order_by("pk")
    if person_name is not None:
        people = people.filter(name=person_name)
    found = list(people[:2])
    if len(found) == 1:
        return found[0]
    if found:
        raise UserError(
            "Several people live on this installation.", "Say whose, with --person NAME."
        )
    if person_name is not None:
        raise UserError(
            "Nobody of that name lives on this installation.",
            "Check the spelling, or make their keys with: stillwater keys new --person NAME",
        )
    raise UserError("There are no keys yet.", "Make them with: stillwater keys new")


def ask_passphrase(passphrase_file: str | None, *, new: bool = False) -> str:
    """The passphrase, from a file, from standard input (``-``), or typed unseen.

    A ``new`` one is asked for twice where it is typed. Raises UserError.
    """
    if passphrase_file == "-":
        given = sys.stdin.readline()
    elif passphrase_file is not None:
        given = first_line(Path(passphrase_file), "passphrase")
    elif sys.stdin.isatty():
        given = _typed(new=new)
    else:
        raise UserError(
            "A passphrase is needed, and nobody is there to type it.",
            "Give it with --passphrase-file PATH (or - for standard input).",
        )
    passphrase = given.rstrip("\r\n")
    if not passphrase:
        raise UserError("The passphrase is empty.", "Give at least one character.")
    return passphrase


def _typed(*, new: bool) -> str:
    if new:
        click.echo(
            "Choose four or more words that nobody who knows you would think of. "
            "They are not shown while you type.",
            err=True,
        )
    given: str = click.prompt(
        "New passphrase" if new else "Passphrase",
        hide_input=True,
        confirmation_prompt="The same once more" if new else False,
        err=True,
        type=str,
    )
    return given


def first_line(path: Path, what: str) -> str:
    """The first line of a file that holds something secret. Raises UserError, that names what."""
    try:
        with path.open(encoding="utf-8") as file:
            return file.readline()
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(
            f"The file with the {what} cannot be read.", "Check its path and its permissions."
        ) from error


def sign_in(person: "Person", passphrase_file: str | None) -> "Session":
    """Unwrap the person's identity. Raises UserError where the passphrase is wrong."""
    from stillwater.vault import keys

    return keys.sign_in(person, ask_passphrase(passphrase_file))


def say(as_json: bool, data: dict[str, Any], *lines: str) -> None:
    """Answer on standard output: ``data`` as one JSON object, or the plain lines."""
    if as_json:
        click.echo(json.dumps(data, ensure_ascii=False, default=str))
        return
    for line in lines:
        click.echo(line)


def must_be_free(path: Path) -> None:
    """Raise UserError where no new file of that name can be written."""
    try:
        taken, is_there = path.exists(), path.parent.is_dir()
        is_ours = os.access(path.parent, os.W_OK)
    except OSError:  # a folder above it is closed
        taken, is_there, is_ours = False, True, False
    if taken:
        raise UserError("There is a file of that name already.", "Choose another name.")
    if not is_there:
        raise UserError("That folder does not exist.", "Choose one that does.")
    if not is_ours:
        raise UserError(
            "Nothing can be written there.", "Choose a folder of your own.", ExitCode.BROKEN
        )


def end_with(code: ExitCode) -> None:
    """End the command that runs with this exit code, quietly."""
    click.get_current_context().exit(int(code))


class Duration(click.ParamType[timedelta]):
    """A span of time as people type it: ``24h``, ``30m``, ``2d``, ``1d12h``, ``0``."""

    name = "duration"
    _FORM = re.compile(r"(?:(\d{1,5})d)?(?:(\d{1,5})h)?(?:(\d{1,5})m)?(?:(\d{1,5})s)?")

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> timedelta:
        if isinstance(value, timedelta):
            return value
        if value == "0":
            return timedelta(0)
        match = self._FORM.fullmatch(str(value).strip().lower())
        if match is None or not any(match.groups()):
            self.fail("write a time as 30m, 24h, 2d or 1d12h", param, ctx)
        days, hours, minutes, seconds = (int(part or 0) for part in match.groups())
        return timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)


class Day(click.ParamType[date]):
    """A day that cannot be mistaken for another: ``2026-01-31``, never 3/6."""

    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value).strip())
        except ValueError:
            self.fail("write a day as 2026-01-31", param, ctx)


def shown_duration(span: timedelta) -> str:
    """A span as people read it: ``24 hours``, ``2 days``, ``90 minutes``."""
    minutes = round(span.total_seconds() / 60)
    for size, word in ((1440, "day"), (60, "hour")):
        if minutes >= 2 * size and minutes % size == 0:
            return f"{minutes // size} {word}s"
    if minutes == 60:
        return "1 hour"
    return "1 minute" if minutes == 1 else f"{minutes} minutes"
