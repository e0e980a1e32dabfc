"""``stillwater backup``: everything in one sealed file, and back again."""

from pathlib import Path

import click

from stillwater.cli import common
from stillwater.core.clock import SystemClock
from stillwater.core.errors import ExitCode, UserError
from stillwater.core.home import Home


@click.group("backup")
def command() -> None:
    """Keep everything in one encrypted file, or restore it.

    A backup opens with your passphrase (with the small file beside it), or with
    the words of your recovery sheet.
    """


@command.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--words-only",
    is_flag=True,
    help="Leave out the keys under your passphrase: then only your sheet opens the backup.",
)
@common.person_option
@common.json_option
def make(file: Path, words_only: bool, person_name: str | None, as_json: bool) -> None:
    """Write a backup to FILE, a new file. Needs no passphrase: it is sealed to you.

    While it runs, a copy of the database lies in the snapshots folder of your
    home; it is taken away again.
    """
    home = common.ready()
    from stillwater.gate import safekeeping

    common.must_be_free(file)
    person, clock = common.the_person(person_name), SystemClock()
    made, begun = safekeeping.back_up(
        home, person, file, clock=clock, with_passphrase=not words_only
    )
    safekeeping.is_kept(home, person, begun)
    lines = [f"{made.files} files in {file}, {made.size} bytes, sealed to you and your sheet."]
    if not words_only:
        lines.append(f"Keep {file.name}.keys.json beside it: then your passphrase opens it too.")
    lines.append("Keep a copy away from this machine.")
    data = {"file": str(file), "files": made.files, "bytes": made.size}
    common.say(as_json, data, *lines)


@command.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option(
    "--words-file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Open it with the 24 words of your sheet, from this file, instead of the passphrase.",
)
@common.passphrase_option
@common.json_option
def restore(
    file: Path, words_file: Path | None, passphrase_file: str | None, as_json: bool
) -> None:
    """Restore FILE into an empty home: STILLWATER_HOME=PATH stillwater backup restore FILE

    Stop Stillwater first. Your ledger goes on in a new log whose first entry names
    the old head: so it shows that there was a restore.
    """
    from stillwater.cli.shelter import prepare

    home = prepare(Home.from_environment())
    common.start_django()
    from django.db import connection

    from stillwater.vault import backup, snapshot

    backup.must_be_empty(home)
    if words_file is not None:
        identity = backup.identity_by_words(words_file.read_text("utf-8"))
    else:
        identity = backup.identity_by_passphrase(file, common.ask_passphrase(passphrase_file))
    name = snapshot.SQLITE if connection.vendor == "sqlite" else snapshot.POSTGRES
    lies_at = backup.restore(home, file, identity, name)
    if name == snapshot.POSTGRES:
        _load(lies_at)
    _go_on()
    common.say(
        as_json,
        {"home": str(home.root), "restored": True},
        "Everything is restored.",
        "Your ledger goes on in a new log that names the old one.",
        "Check it: stillwater ledger verify",
    )


def _load(dump: Path) -> None:
    from stillwater.vault import snapshot

    try:
        snapshot.load_postgres(dump)
    finally:
        dump.unlink()


def _go_on() -> None:
    """Migrate what is older, and begin the new logs."""
    home = common.ready()
    from stillwater.gate import keeping
    from stillwater.people.models import Person

    if not Person.objects.exists():
        raise UserError("The backup held nobody.", "Try an older one.", ExitCode.BROKEN)
    keeping.after_restore(home=home, clock=SystemClock())
