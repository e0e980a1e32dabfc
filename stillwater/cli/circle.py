"""``stillwater circle``: who helps, a reviewer's key, files that go out and come back."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from stillwater.cli import common
from stillwater.core.clock import SystemClock
from stillwater.core.errors import UserError

if TYPE_CHECKING:
    from stillwater.circle.models import Member
    from stillwater.gate.circle import Circle
    from stillwater.vault.keys import Session

BEFORE_YOU_SAY_YES = (
    "Before you say yes: what you read may be ugly, and you can stop at any time. You may be "
    "asked about it later, as a witness. Nobody who writes these messages should be able to "
    "reach or press you. You carry no word in either direction."
)


@click.group("circle")
def command() -> None:
    """The people who help. Asking somebody, and agreeing on a key, is done on the page.

    A reviewer opens and sorts what is held in your place: at this machine, or with sealed
    files on a device of their own.
    """


@command.command("list")
@common.person_option
@common.passphrase_option
@common.json_option
def list_(person_name: str | None, passphrase_file: str | None, as_json: bool) -> None:
    """List your circle: id, name, as what, and how it stands."""
    session, circle = _signed_in(person_name, passphrase_file)
    circle.settle(session)
    members = [
        {
            "member": one.public_id,
            "name": json.loads(session.open_private(bytes(one.sealed)))["name"],
            "role": one.role,
            "state": one.state,
        }
        for one in circle.members()
    ]
    lines = [
        f"{one['member'][:12]}  {one['name']}  {one['role']}  {one['state']}" for one in members
    ]
    nobody = (
        "You have not written anybody down here yet. That says nothing about who is there for you."
    )
    common.say(as_json, {"members": members}, *(lines or [nobody]))


@command.command()
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    required=True,
    metavar="PATH",
    help="Where your secret key is kept. It is never sent to anybody.",
)
@common.json_option
def key(out: Path, as_json: bool) -> None:
    """For a reviewer: make a key on your own device. What age-keygen makes will do as well.

    Send the line that begins with age1 to the one you help, by whatever way. Then read the
    eight words to each other by voice: only then is it sure that nobody stands in between.
    """
    common.must_be_free(out)
    from stillwater.core.ids import system_randomness
    from stillwater.vault import files, identities

    identity = identities.new_identity(system_randomness)
    recipient = identities.recipient_of(identity)
    secret = identities.written(identities.secret_of(identity))
    files.write_new(out, f"# public key: {recipient}\n{secret}\n".encode("ascii"))
    words = identities.fingerprint(recipient)
    common.say(
        as_json,
        {"recipient": recipient, "words": list(words), "key": str(out)},
        BEFORE_YOU_SAY_YES,
        "",
        f"Your secret key is in {out}",
        "Keep it to yourself, and keep a copy: without it no file opens.",
        "To be sent:",
        f"  {recipient}",
        "To be read to each other by voice:",
        f"  {' '.join(words)}",
    )


@command.command()
@click.argument("recipient")
@common.json_option
def words(recipient: str, as_json: bool) -> None:
    """The eight words of a key that begins with age1, to be read to each other."""
    from stillwater.vault import identities

    identities.recipient(recipient)
    said = identities.fingerprint(recipient)
    common.say(as_json, {"words": list(said)}, " ".join(said))


@command.command()
@click.argument("member")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    required=True,
    metavar="PATH",
    help="Where the sealed file is written.",
)
@common.person_option
@common.passphrase_option
@common.json_option
def file(
    member: str, out: Path, person_name: str | None, passphrase_file: str | None, as_json: bool
) -> None:
    """Prepare a sealed file for the reviewer MEMBER: only their own key opens it.

    Each item in it counts as opened, and your ledger says so. Nothing of it is shown.
    """
    common.must_be_free(out)
    session, circle = _signed_in(person_name, passphrase_file)
    from stillwater.gate import review_files
    from stillwater.vault import files

    circle.settle(session)
    found = _member(circle, member)
    sealed = review_files.prepare(session, found, home=circle.home, clock=circle.clock)
    files.write_new(out, sealed)
    common.say(
        as_json,
        {"file": str(out)},
        f"It is in {out}",
        "They open it with: stillwater review FILE --key THEIR.key --out ANSWER",
    )


@command.command()
@click.argument("member")
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@common.person_option
@common.passphrase_option
@common.json_option
def answer(
    member: str, path: Path, person_name: str | None, passphrase_file: str | None, as_json: bool
) -> None:
    """Take in the sealed file at PATH that the reviewer MEMBER sent back."""
    session, circle = _signed_in(person_name, passphrase_file)
    from stillwater.gate import review_files

    with path.open("rb") as untrusted:
        content = untrusted.read(review_files.LARGEST_ANSWER + 1)
    sorted_now = review_files.take_in_answer(
        session, _member(circle, member), content, home=circle.home, clock=circle.clock
    )
    common.say(
        as_json,
        {"sorted": sorted_now},
        "Taken in. What they passed on stands under Circle, and in: stillwater status --open",
    )


@command.command()
@click.argument("member")
@common.person_option
@common.passphrase_option
@common.json_option
def remove(
    member: str, person_name: str | None, passphrase_file: str | None, as_json: bool
) -> None:
    """Let MEMBER go, at once. What comes from now on is not sealed to them.

    Whoever kept a copy of an old key can still open what it held.
    """
    session, circle = _signed_in(person_name, passphrase_file)
    circle.remove(_member(circle, member), session)
    common.say(as_json, {"removed": True}, "They are out, as of now.")


def _signed_in(person_name: str | None, passphrase_file: str | None) -> "tuple[Session, Circle]":
    home = common.ready()
    from stillwater.gate.circle import Circle
    from stillwater.vault.machine import MachineKey

    person = common.the_person(person_name)
    session = common.sign_in(person, passphrase_file)
    return session, Circle(person, home, MachineKey.load_or_create(home), SystemClock())


def _member(circle: "Circle", beginning: str) -> "Member":
    """The one of the circle whose id begins so. Raises UserError."""
    found = [one for one in circle.members() if one.public_id.startswith(beginning.lower())]
    if len(found) == 1 and len(beginning) >= 6:
        return found[0]
    raise UserError("Nobody of your circle has that id.", "See: stillwater circle list")
