"""``stillwater replay``: what a plan would have made of a file of arrivals."""

import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import BinaryIO

import click

from stillwater.cli.plan import read_plan
from stillwater.core.errors import UserError
from stillwater.gate.replay import Replay
from stillwater.reading import seconded

_WARNINGS = 10  # shown one by one; the rest is counted


@click.command()
@click.option(
    "--plan",
    "plan_file",
    metavar="PLAN.toml",
    required=True,
    help="The plan (docs/formats/plan.md).",
)
@click.option(
    "--out",
    "out_file",
    metavar="FILE",
    default="-",
    help="Write the decisions here; left out or -, to standard output.",
)
@click.argument("arrivals", metavar="ARRIVALS.jsonl")
def command(plan_file: str, out_file: str, arrivals: str) -> None:
    """See what a plan would make of a file of arrivals, one JSON object a line.

    No database, no keys, no network, and nothing is kept. The forms of an arrival
    and of a decision are in docs/formats/. ARRIVALS.jsonl may be - for standard
    input. Ends with code 2 and the line's number where a line is not of the form.
    """
    if plan_file == "-" and arrivals == "-":
        raise UserError("Plan and arrivals cannot both come from standard input.")
    plan = read_plan(plan_file)
    warnings = _Warnings()
    seconded.second_reader()  # where it is set, and cannot be used: said before anything else
    with (
        _reading(arrivals) as lines,
        _writing(out_file, arrivals) as out,
        closing(seconded.reader()) as reader,
    ):
        try:
            for decision in Replay(plan, reader, warnings.add).decide_lines(lines):
                out.write(decision.encode("ascii") + b"\n")
        finally:
            out.flush()
            warnings.end()


class _Warnings:
    """The first few as they come, the others as a number: standard error is read by people."""

    def __init__(self) -> None:
        self._count = 0

    def add(self, sentence: str) -> None:
        self._count += 1
        if self._count <= _WARNINGS:
            click.echo(sentence, err=True)

    def end(self) -> None:
        if self._count > _WARNINGS:
            click.echo(f"{self._count - _WARNINGS} more warnings of this kind.", err=True)


@contextmanager
def _reading(name: str) -> Iterator[BinaryIO]:
    if name == "-":
        yield sys.stdin.buffer
        return
    with ExitStack() as stack:
        try:
            file = stack.enter_context(Path(name).open("rb"))
        except OSError as error:
            raise UserError(f"The arrivals cannot be read: {error.strerror}.") from error
        yield file


@contextmanager
def _writing(name: str, arrivals: str) -> Iterator[BinaryIO]:
    if name == "-":
        yield sys.stdout.buffer
        return
    path = Path(name)
    if path.exists() and arrivals != "-" and path.samefile(arrivals):
        raise UserError("The decisions would overwrite the arrivals.", "Give --out another name.")
    with ExitStack() as stack:
        try:
            file = stack.enter_context(path.open("wb"))
        except OSError as error:
            raise UserError(f"The decisions cannot be written: {error.strerror}.") from error
        yield file
