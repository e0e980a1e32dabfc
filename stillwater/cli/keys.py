"""``stillwater keys``: make, check and change the keys, and print the recovery sheet."""

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from stillwater.cli import common
from stillwater.core.clock import SystemClock
from stillwater.core.errors import ExitCode, UserError

if TYPE_CHECKING:
    from stillwater.vault.keys import NewKeys
    from stillwater.vault.sheet import Sheet

DAY = timedelta(days=1)
sheet_option = click.option(
    "--sheet",
    "sheet_file",
    type=click.Path(path_type=Path, dir_okay=False),
    default=None,
    help="Write the recovery sheet to this new file: PDF, or text where it ends in .txt. "
    "Left out, the words are shown once.",
)


@click.group("keys")
def command() -> None:
    """Your keys: one passphrase opens them, and so do the 24 words of your sheet.

    Begin with: stillwater keys new --sheet sheet.pdf
    """


@command.command()
@click.option(
    "--wait",
    type=common.Duration(),
    default=DAY,
    metavar="TIME",
    help="How long you wait before something held is opened: 24h, 2d, 0. Default: 24h.",
)
@click.option(
    "--delay",
    type=common.Duration(),
    default=DAY,
    metavar="TIME",
    help="How long before you loosen anything (plan, export, these waits). Default: 24h.",
)
@sheet_option
@common.person_option
@common.passphrase_option
@common.json_option
def new(
    wait: timedelta,
    delay: timedelta,
    sheet_file: Path | None,
    person_name: str | None,
    passphrase_file: str | None,
    as_json: bool,
) -> None:
    """Make keys, an empty vault and an empty ledger.

    Set the two waits on a good day: they hold on the other days. Danger, a court,
    a child or an officer at the door ends a wait at once, with the reason on record.
    """
    home = common.ready()
    from stillwater.gate import keeping
    from stillwater.people.models import Person

    name = person_name or "me"
    if len(name) > 64 or not name.isprintable():
        raise UserError("That name is too long, or odd.", "Take a shorter, plain one.")
    if Person.objects.filter(name=name).exists():
        raise UserError("These keys are there already.", "See: stillwater keys check")
    if sheet_file is not None:
        common.must_be_free(sheet_file)  # before any key is changed: the words would be lost
    passphrase = common.ask_passphrase(passphrase_file, new=True)
    clock = SystemClock()
    made = keeping.new_person(
        name, passphrase, home=home, clock=clock, opening_wait=wait, loosening_delay=delay
    )
    data, lines = _hand_over(made, sheet_file)
    common.say(
        as_json,
        {
            "person": made.person.public_id,
            "recipient": made.recipient,
            "opening_wait_seconds": int(wait.total_seconds()),
            "loosening_delay_seconds": int(delay.total_seconds()),
            **data,
        },
        "Your keys are made.",
        _wait_line("A held thing opens", wait),
        _wait_line("Loosening takes effect", delay),
        *lines,
        "",
        "Next: write your plan (docs/plan.md shows how), then: stillwater plan set plan.toml",
    )


@command.command()
@click.option(
    "--words-file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Also check the 24 words of your sheet, from this file.",
)
@common.person_option
@common.passphrase_option
@common.json_option
def check(
    words_file: Path | None, person_name: str | None, passphrase_file: str | None, as_json: bool
) -> None:
    """See whether your passphrase (and your words) still open everything."""
    home = common.ready()
    from stillwater.vault import keys
    from stillwater.vault.models import Epoch

    person = common.the_person(person_name)
    session = common.sign_in(person, passphrase_file)
    epochs = list(Epoch.objects.filter(person=person).order_by("pk"))
    for epoch in epochs:
        session.epoch_identity(epoch)
    keys.signing_key(home, person)
    lines = ["Your passphrase opens your keys.", "Every month of your vault opens."]
    if words_file is not None:
        keys.sign_in_with_words(person, words_file.read_text("utf-8"))
        lines.append("The words of your sheet open them too.")
    wide = _readable_by_others(home.keys)
    if wide:
        raise UserError(
            f"{len(wide)} key files can be read by other users of this machine.",
            f"Run: chmod -R go-rwx {home.keys}",
            ExitCode.FOUND_WRONG,
        )
    data = {"passphrase": True, "words": words_file is not None, "months": len(epochs)}
    common.say(as_json, data, *lines)


@command.command()
@click.option(
    "--words-file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Print the sheet of these 24 words again, instead of making a new one.",
)
@sheet_option
@common.person_option
@common.passphrase_option
@common.json_option
def sheet(
    words_file: Path | None,
    sheet_file: Path | None,
    person_name: str | None,
    passphrase_file: str | None,
    as_json: bool,
) -> None:
    """Make a new recovery sheet, or print the old one again.

    The words are kept nowhere but on your sheet. Without them a new sheet is
    made, and the old one opens nothing that is sealed from then on. Copies made
    before, such as backups, still open with the old one: take care of it.
    """
    home = common.ready()
    from stillwater.gate import keeping
    from stillwater.vault import keys

    if sheet_file is not None:
        common.must_be_free(sheet_file)  # before any key is changed: the words would be lost
    person = common.the_person(person_name)
    if words_file is not None:
        made = keys.sheet_of_words(person, words_file.read_text("utf-8"))
        said = "This is the sheet of those words."
    else:
        session = common.sign_in(person, passphrase_file)
        made = keeping.new_recovery(session, home=home, clock=SystemClock())
        said = "A new sheet is made. Destroy the old one where you can."
    data, lines = _hand_over(made, sheet_file)
    common.say(as_json, data, said, *lines)


@command.command()
@common.person_option
@common.passphrase_option
@common.json_option
def rotate(person_name: str | None, passphrase_file: str | None, as_json: bool) -> None:
    """Begin a new key for what is sealed from now on.

    Every older month is sealed again to those who may open it today: you, your
    sheet, your reviewers. What is sealed stays as it is, and so does the ledger.
    """
    home = common.ready()
    from stillwater.gate import keeping

    session = common.sign_in(common.the_person(person_name), passphrase_file)
    epoch = keeping.rotate(session, home=home, clock=SystemClock())
    common.say(as_json, {"epoch": epoch.month}, f"From now on things are sealed to {epoch.month}.")


@command.command()
@click.option(
    "--new-passphrase-file", metavar="PATH", default=None, help="Read the new passphrase from here."
)
@click.option(
    "--words-file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Sign in with the 24 words of your sheet: for when the passphrase is gone.",
)
@common.person_option
@common.passphrase_option
@common.json_option
def passphrase(
    new_passphrase_file: str | None,
    words_file: Path | None,
    person_name: str | None,
    passphrase_file: str | None,
    as_json: bool,
) -> None:
    """Change your passphrase, or set a new one with the words of your sheet.

    Copies made before (backups, snapshots) still open with the old passphrase.
    """
    common.ready()
    from stillwater.gate import keeping
    from stillwater.vault import keys

    person = common.the_person(person_name)
    if words_file is not None:
        session = keys.sign_in_with_words(person, words_file.read_text("utf-8"))
    else:
        session = common.sign_in(person, passphrase_file)
    fresh = common.ask_passphrase(new_passphrase_file, new=True)
    keeping.change_passphrase(session, fresh, clock=SystemClock())
    common.say(as_json, {"changed": True}, "Your new passphrase is in use.")


@command.command()
@click.option("--wait", type=common.Duration(), metavar="TIME", help="Before something is opened.")
@click.option("--delay", type=common.Duration(), metavar="TIME", help="Before you loosen anything.")
@common.person_option
@common.passphrase_option
@common.json_option
def waits(
    wait: timedelta | None,
    delay: timedelta | None,
    person_name: str | None,
    passphrase_file: str | None,
    as_json: bool,
) -> None:
    """Show the two waits, or change them: longer at once, shorter after the delay."""
    home = common.ready()
    from stillwater.gate import keeping
    from stillwater.vault import keys, openings

    person, clock = common.the_person(person_name), SystemClock()
    keeping.settle_waits(person, home=home, clock=clock)
    keyring = keys.keyring_of(person)
    if wait is not None or delay is not None:
        session = common.sign_in(person, passphrase_file)
        keeping.change_waits(
            session,
            keyring.opening_wait if wait is None else wait,
            keyring.loosening_delay if delay is None else delay,
            clock=clock,
        )
        keyring.refresh_from_db()
    pending = openings.waiting(person, openings.What.SETTINGS).last()
    lines = [
        _wait_line("A held thing opens", keyring.opening_wait),
        _wait_line("Loosening takes effect", keyring.loosening_delay),
    ]
    if pending is not None:
        lines += [
            f"What you shortened takes effect at {pending.ready_at:%Y-%m-%d %H:%M} UTC.",
            f"To take it back before then: stillwater vault cancel {pending.public_id[:12]}",
        ]
    common.say(
        as_json,
        {
            "opening_wait_seconds": int(keyring.opening_wait.total_seconds()),
            "loosening_delay_seconds": int(keyring.loosening_delay.total_seconds()),
            "shorter_from": pending.ready_at.isoformat() if pending else None,
        },
        *lines,
    )


def _wait_line(what: str, span: timedelta) -> str:
    if not span:
        return f"{what} at once, with no wait in between: nothing holds you on a hard day."
    return f"{what} {common.shown_duration(span)} after you ask."


def _hand_over(made: "NewKeys", path: Path | None) -> tuple[dict[str, object], list[str]]:
    """Write the sheet, or give it to be shown this once: for programs, and for people."""
    from stillwater.vault.sheet import Sheet

    sheet = Sheet(made.words, made.recovery_identity, SystemClock().now())
    shown: dict[str, object] = {
        "words": list(made.words),
        "recovery_identity": made.recovery_identity,
    }
    if path is None:
        return shown, _words_lines(sheet.text())
    if not _written(sheet, path):
        # The keys are made, and the words are nowhere else.
        line = "The sheet could not be written there. So:"
        return shown, [line, *_words_lines(sheet.text())]
    return {"sheet": str(path)}, [
        f"Your recovery sheet is in {path}",
        "Print it, put it away, then delete the file.",
    ]


def _written(sheet: "Sheet", path: Path) -> bool:
    from stillwater.vault import files

    as_text = path.suffix.lower() == ".txt"
    try:
        files.write_new(path, sheet.text().encode() if as_text else sheet.pdf())
    except OSError:
        return False
    return True


def _words_lines(sheet_text: str) -> list[str]:
    return [
        "",
        "Write these words down now: they are shown only this once.",
        "They open everything where the passphrase is gone.",
        "",
        sheet_text,
    ]


def _readable_by_others(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.stat().st_mode & 0o077]
