"""An importer that is quick to start: Django is loaded once, and each import is a fork.

Reads lines ``HOME<TAB>MAILBOX`` and answers with the pid of the fork; whoever
asked may kill it at any moment, and hears ``done CODE`` or ``killed`` after it.
With a third word on the line, that function of this file runs instead.
"""

import contextlib
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

from stillwater.reading.sandbox import InProcessReader

PASSPHRASE_FILE = "STILLWATER_TEST_PASSPHRASE_FILE"
BATCH_ITEMS = 25  # small batches: more moments at which a kill can fall


def main() -> None:
    import django

    django.setup()
    _preload()
    for line in sys.stdin:
        home, mailbox, *what = line.rstrip("\n").split("\t")
        pid = os.fork()
        if pid == 0:
            os._exit(_in_fork(Path(home), Path(mailbox), *what))
        _answer(str(pid))
        _, status = os.waitpid(pid, 0)
        _answer("killed" if os.WIFSIGNALED(status) else f"done {os.waitstatus_to_exitcode(status)}")


def _answer(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _preload() -> None:
    import stillwater.cli.ledger
    import stillwater.cli.vault
    import stillwater.workers.mailboxes  # noqa: F401  so that a fork need not
    from stillwater.reading.reader import prepare

    prepare()


def _in_fork(home: Path, mailbox: Path, what: str = "import_once") -> int:
    from django.conf import settings
    from django.db import connections

    from stillwater.core.home import Home

    settings.HOME = Home(home)
    connections["default"].settings_dict["NAME"] = Home(home).database
    act: Callable[[Home, Path], int] = globals()[what]
    with contextlib.redirect_stdout(sys.stderr):
        return act(Home(home), mailbox)


class _Here(InProcessReader):
    """Reads in the fork itself, with tables that were loaded before it."""

    def close(self) -> None:
        pass


def import_quickly(home: "object", mailbox: Path) -> int:
    """As ``import_once``, without waiting for a reader's child: most of a short import is that."""
    from stillwater.reading import seconded

    seconded.reader = _Here
    return import_once(home, mailbox)


def import_once(home: "object", mailbox: Path) -> int:
    from stillwater.core.errors import UserError
    from stillwater.gate import importing
    from stillwater.gate.opening import open_gate
    from stillwater.people.models import Person

    importing.BATCH_ITEMS = BATCH_ITEMS
    try:
        with open_gate(home, Person.objects.get()) as intake:  # type: ignore[arg-type]
            report = importing.import_paths(intake, [mailbox])
    except UserError as error:
        sys.stderr.write(f"{error.what}\n")
        return int(error.exit_code)
    (Path(str(mailbox)).with_suffix(".report")).write_text(json.dumps(vars(report.outcome)))
    return 0


def look(home: "object", mailbox: Path) -> int:
    """Name orphans, verify all, and write down what is there: as the commands do, without
    starting a process for each. The words for what was typed are those of the command line.
    """
    from stillwater.cli.main import run
    from tests.support.truth import what_is_there

    os.environ["STILLWATER_HOME"] = str(home.root)  # type: ignore[attr-defined]
    run(["vault", "check"])  # sets orphans of the kills aside, and names them
    if code := run(["ledger", "verify"]):
        return code
    found = what_is_there(Path(os.environ[PASSPHRASE_FILE]), remembered_in=mailbox.parent)
    mailbox.with_suffix(".truth").write_text(json.dumps(found))
    return 0


def watch(home: "object", _: Path) -> int:
    """The watcher, until it is killed or told to stop; its second word says nothing."""
    from stillwater.workers import watcher

    watcher.watch_until_told(home)  # type: ignore[arg-type]
    return 0


if __name__ == "__main__":
    main()
