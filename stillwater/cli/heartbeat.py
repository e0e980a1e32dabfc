"""``stillwater heartbeat``: a sign of life that somebody you trust may watch."""

from datetime import timedelta
from pathlib import Path

import click

from stillwater.cli.common import (
    Duration,
    end_with,
    json_option,
    person_option,
    ready,
    say,
    shown_duration,
    start_django,
    the_person,
)
from stillwater.core.errors import ExitCode, UserError

LATE = "15m"


@click.group()
def command() -> None:
    """Let somebody you trust see that your mailboxes are being watched.

    A machine that sleeps cannot say that it sleeps. So a small signed file is
    written every half minute to a place that you choose, for example a folder
    that is shared with them. It says when, and whether all is being watched:
    nothing of you, of anybody, or of any mail.
    """


@command.command()
@click.argument("path", type=click.Path(path_type=Path))
@person_option
@json_option
def begin(path: Path, person_name: str | None, as_json: bool) -> None:
    """Write it to PATH from now on, while ./start runs."""
    home = ready()
    person = the_person(person_name)
    from stillwater.gate.live import heartbeat
    from stillwater.gate.models import Mailbox
    from stillwater.vault.machine import MachineKey

    if not Mailbox.objects.filter(person=person).exists():
        raise UserError(
            "There is no mailbox yet, so a sign of life would say nothing.",
            "Add one first: stillwater mail add ADDRESS",
        )
    heartbeat.write_to(person, MachineKey.load_or_create(home), path)
    key = heartbeat.key_of(person, home)
    say(
        as_json,
        {"key": key},
        "It is written from now on, while ./start runs. Give them this key, and this line:",
        f"  stillwater heartbeat check FILE --key {key}",
    )


@command.command()
@person_option
@json_option
def end(person_name: str | None, as_json: bool) -> None:
    """Write none any more."""
    ready()
    person = the_person(person_name)
    from stillwater.gate.live import heartbeat

    ended = heartbeat.end(person)
    say(as_json, {"ended": ended}, "No sign of life is written.")


@command.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--key", required=True, help="The key that they gave you.")
@click.option(
    "--late",
    type=Duration(),
    default=LATE,
    show_default=True,
    help="From when on a sign of life is too old.",
)
@json_option
def check(file: Path, key: str, late: timedelta, as_json: bool) -> None:
    """For whoever watches: say when FILE was written, and whether all was being watched.

    Needs no keys and no data of your own. Ends with 1 where somebody should ask
    how they are: it is too old, or not all is being watched. Your own machine's
    timer can run it: it tells you, and nobody else.
    """
    start_django()
    from stillwater.core.clock import SystemClock
    from stillwater.gate.live import heartbeat
    from stillwater.gate.live.watching import Watching, said_time

    try:
        raw = file.read_bytes()[: heartbeat.LONGEST]
    except OSError as error:
        raise UserError(
            f"The file cannot be read: {error.strerror}.", "Is the folder still shared?"
        ) from error
    beat = heartbeat.read(raw, key)
    age = SystemClock().now() - beat.at
    is_ahead = age < -late  # a clock that is wrong would be well for as long as it is ahead
    age = max(timedelta(0), age)
    is_well = age <= late and not is_ahead and beat.watching is not Watching.NOT
    said = f"Last heard of at {said_time(beat.at)}, {shown_duration(age)} ago. "
    said += {
        Watching.ALL: "All mailboxes were being watched.",
        Watching.NOT: "Not all mailboxes were being watched.",
        Watching.NOTHING: "There is no mailbox to watch.",
    }[beat.watching]
    if is_ahead:
        said = "It bears a time that is still to come: the clock there or here is wrong. " + said
    say(as_json, {"at": beat.at, "watching": beat.watching.value, "well": is_well}, said)
    if not is_well:
        end_with(ExitCode.FOUND_WRONG)
