"""``stillwater ledger``: check the record, prove what is in it, show its head."""

import io
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from stillwater.cli import common
from stillwater.core.errors import ExitCode

_WHY = {
    "first": "the first.",
    "restored": "everything was restored from a backup.",
    "set_back": "the database had been set back to an older state.",
    "not_pinned": "no checkpoint lay beside the database, so its age could not be checked.",
}


@click.group("ledger")
def command() -> None:
    """The dated record of everything taken in and everything opened.

    It proves one thing: unchanged since Stillwater took it in. docs/formats/ledger.md
    shows how others check it with tools of their own.
    """


@command.command()
@click.option("--all", "every", is_flag=True, help="Name everything that is wrong, not the first.")
@common.person_option
@common.json_option
def verify(every: bool, person_name: str | None, as_json: bool) -> None:
    """Check every entry, every signature and every sealed file.

    Needs no passphrase: nothing is opened. Ends with 1 where something is wrong,
    and names it.
    """
    home = common.ready()
    from stillwater.vault.verifying import Wrong, beginnings, verify

    person = common.the_person(person_name)
    wrong, done = [], 0
    with _progress() as bar:
        for found in verify(person, home, every=every):
            if isinstance(found, Wrong):
                wrong.append(found)
                continue
            bar.length = max(found.total, 1)
            bar.update(found.done - done)
            done = found.done
    began = [] if wrong else beginnings(person)
    lines = [f"{one}." for one in wrong] or [
        f"Unchanged since Stillwater took it in. Entries checked: {done}."
    ]
    lines += [f"Log {one.number} began at {one.at}: {_WHY[one.why]}" for one in began[1:]]
    data = {
        "entries": done,
        "wrong": [{"where": one.where, "what": one.what} for one in wrong],
        "logs": [asdict(one) for one in began],
    }
    common.say(as_json, data, *lines)
    if wrong:
        common.end_with(ExitCode.FOUND_WRONG)


@command.command()
@click.argument("item")
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write to this new file; a .tlog-proof by custom.",
)
@common.person_option
@common.json_option
def proof(item: str, out: Path | None, person_name: str | None, as_json: bool) -> None:
    """Prove that one item stands in the ledger (c2sp.org/tlog-proof).

    ITEM is its id, or the beginning of it: stillwater vault list
    """
    common.ready()
    from stillwater.cli.vault import the_item
    from stillwater.vault import files, ledger

    if out is not None:
        common.must_be_free(out)
    text = ledger.proof(the_item(common.the_person(person_name), item)).text()
    if out is None:
        common.say(as_json, {"proof": text}, text.rstrip("\n"))
        return
    files.write_new(out, text.encode())
    common.say(as_json, {"file": str(out)}, f"The proof is in {out}")


@command.command()
@click.option("--key", "with_key", is_flag=True, help="Show the public key that checks it instead.")
@common.person_option
@common.json_option
def checkpoint(with_key: bool, person_name: str | None, as_json: bool) -> None:
    """Show the signed head of your ledger.

    Give it to somebody you trust: with it, they can tell later whether anything
    before it was changed or taken away.
    """
    common.ready()
    from stillwater.vault import keys, ledger
    from stillwater.vault.note import verifier_key

    person = common.the_person(person_name)
    log = ledger.current_log(person)
    note = ledger.latest_checkpoint(log).note
    key = verifier_key(log.origin, bytes(keys.keyring_of(person).ledger_public_key))
    common.say(as_json, {"checkpoint": note, "key": key}, key if with_key else note.rstrip("\n"))


def _progress() -> Any:
    """A bar on standard error, where somebody sees it."""
    file = sys.stderr if sys.stderr.isatty() else io.StringIO()
    return click.progressbar(length=1, label="Checking", file=file)
