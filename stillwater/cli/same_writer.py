"""``stillwater same-writer``: is it the same hand, by style alone."""

import json
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, BinaryIO

import click

from stillwater.core.errors import UserError
from stillwater.identity.style.writer import same_writer


@click.command()
@click.argument("pairs", metavar="PAIRS.jsonl")
def command(pairs: str) -> None:
    """Say how likely it is that two sets of texts have one writer, by style alone.

    Each line of PAIRS.jsonl is {"id", "known": [texts], "unknown": [texts]} and gives
    {"id", "llr"}: the natural logarithm of the likelihood ratio for the same writer
    against different ones. 0 says nothing; 3 is twenty to one. With fewer than 20
    known texts it shrinks towards 0. PAIRS.jsonl may be - for standard input. Ends
    with code 2 and the line's number where a line is not of the form.
    """
    with _reading(pairs) as lines:
        for number, untrusted_line in enumerate(lines, start=1):
            if untrusted_line.strip():
                pair = _pair(untrusted_line, number)
                llr = round(same_writer(pair["known"], pair["unknown"]), 4)
                click.echo(json.dumps({"id": pair["id"], "llr": llr}))


def _pair(untrusted_line: bytes, number: int) -> dict[str, Any]:
    try:
        pair = json.loads(untrusted_line.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError) as error:
        raise UserError(f"Line {number} of the pairs: it is not JSON.") from error
    if not isinstance(pair, dict) or "id" not in pair:
        raise UserError(f'Line {number} of the pairs: it is no object with an "id".')
    for name in ("known", "unknown"):
        texts = pair.get(name)
        if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
            raise UserError(f'Line {number} of the pairs: "{name}" is no list of texts.')
    return pair


@contextmanager
def _reading(name: str) -> Iterator[BinaryIO]:
    if name == "-":
        yield sys.stdin.buffer
        return
    with ExitStack() as stack:
        try:
            file = stack.enter_context(Path(name).open("rb"))
        except OSError as error:
            raise UserError(f"The pairs cannot be read: {error.strerror}.") from error
        yield file
