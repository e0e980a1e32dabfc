"""``stillwater import``: take in mail that the person already has."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from stillwater.cli.common import json_option, person_option, ready, say, the_person

if TYPE_CHECKING:
    from stillwater.gate.importing import Report

_STOPPED = "Stopped, and nothing is lost. The same command goes on where it was."


@click.command(name="import")
@click.argument(
    "paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH..."
)
@person_option
@json_option
def command(paths: tuple[Path, ...], person_name: str | None, as_json: bool) -> None:
    """Take in mail you already have, and seal what the other wrote.

    PATH is an mbox file (also .gz, and what Gmail Takeout gives), a Maildir, or
    a folder of .eml files. The files themselves are never changed. Mail that is
    not theirs leaves no trace. Give the same files as often as you like: nothing
    is taken in twice, and an import that was stopped goes on where it was.

    \b
    Examples:
      stillwater import "All mail Including Spam and Trash.mbox"
      stillwater import old-laptop/Maildir letters/
    """
    home = ready()
    person = the_person(person_name)
    from stillwater.gate.importing import import_paths
    from stillwater.gate.opening import open_gate

    with open_gate(home, person) as intake, _progress(paths, quiet=as_json) as progress:
        try:
            report = import_paths(intake, paths, progress)
        except KeyboardInterrupt:
            progress.stop()
            click.echo(_STOPPED, err=True)
            raise
    say(as_json, _as_data(report), *_as_lines(report))


class _progress:  # noqa: N801  reads as the with-statement it is used in
    """A bar with rate and time left, on standard error, where somebody is watching."""

    def __init__(self, paths: tuple[Path, ...], *, quiet: bool) -> None:
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            DownloadColumn,
            MofNCompleteColumn,
            Progress,
            ProgressColumn,
            TextColumn,
            TimeRemainingColumn,
            TransferSpeedColumn,
        )

        console = Console(stderr=True)
        # A folder is counted in mails, a file in bytes.
        done: list[ProgressColumn] = [MofNCompleteColumn(), TextColumn("mails")]
        if all(map(os.path.isfile, paths)):  # a path that is closed to us is no error yet
            done = [DownloadColumn(), TransferSpeedColumn()]
        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            *done,
            TimeRemainingColumn(),
            console=console,
            disable=quiet or not console.is_terminal,
            transient=True,
        )
        self._task = self._bar.add_task("Reading", total=None)

    def __enter__(self) -> "_progress":
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        self._bar.stop()

    def __call__(self, done: int, of: int) -> None:
        self._bar.update(self._task, completed=done, total=of)


def _as_data(report: "Report") -> dict[str, Any]:
    outcome = report.outcome
    return {
        "read": report.read,
        "theirs": outcome.theirs,
        "from_you": outcome.outgoing,
        "from_strangers": outcome.from_strangers,
        "duplicates": outcome.duplicates,
        "untouched": outcome.untouched,
        "alerts": outcome.alerts,
        "asked": outcome.asked,
        "unread_by_machine": outcome.unread,
        "unreadable": [
            {
                "path": one.archive,
                "file": one.name,
                "position": one.position,
                "why": one.why,
                "sealed": one.sealed,
            }
            for one in report.unreadable
        ],
    }


def _as_lines(report: "Report") -> list[str]:
    outcome = report.outcome
    lines = [
        f"Read {report.read} mails.",
        f"  theirs, sealed now:        {outcome.theirs}",
        f"  yours to them, sealed now: {outcome.outgoing}",
        f"  taken in before:           {outcome.duplicates}",
        f"  not theirs, left alone:    {outcome.untouched}",
    ]
    if outcome.from_strangers:
        lines.append(f"  from strangers, sealed because of danger: {outcome.from_strangers}")
    if outcome.unread:
        lines.append(f"  sealed, but no machine could read them: {outcome.unread}")
    for one in report.unreadable:
        sealed = "It names an other: sealed." if one.sealed else "Left where it was."
        where = one.name or f"at {one.position}"
        lines.append(f"  unreadable: path {one.archive}, {where}: {one.why} {sealed}")
    if outcome.alerts or outcome.asked:
        lines += ["", "Something needs you. See what it is with: stillwater status --open"]
    return lines
