"""Write what the commands say of themselves into docs/commands.md, below its marker.

A test holds the page and the commands together; this brings the page up to date.
"""

import inspect
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from stillwater.cli.main import COMMANDS, stillwater

PAGE = Path(__file__).resolve().parent.parent / "docs" / "commands.md"
MARKER = "<!-- below: written by tools/document-commands -->\n"


def with_reference(page: str) -> str:
    """The page with its part below the marker written anew."""
    above, _, _ = page.partition(MARKER)
    return above + MARKER + "\n" + "\n".join(_lines())


def _lines() -> Iterator[str]:
    context = click.Context(stillwater, info_name="stillwater")
    for name in COMMANDS:
        command = stillwater.get_command(context, name)
        if command is not None:
            yield from _section(command, click.Context(command, context, name), 2)


def _section(command: click.Command, context: click.Context, level: int) -> Iterator[str]:
    usage = " ".join(command.collect_usage_pieces(context))
    yield f"{'#' * level} `{context.command_path} {usage}`"
    yield ""
    yield _prose(command.help or "")
    yield ""
    for parameter in command.get_params(context):
        if isinstance(parameter, click.Option) and "--help" not in parameter.opts:
            record = parameter.get_help_record(context)
            if record is not None:
                yield f"- `{record[0]}`: {record[1]}"
    yield ""
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            if below is not None:
                yield from _section(below, click.Context(below, context, name), level + 1)


def _prose(text: str) -> str:
    r"""The help as Markdown: click's ``\b`` keeps a paragraph as it stands."""
    paragraphs = inspect.cleandoc(text).split("\n\n")
    kept = [
        "```\n" + part.removeprefix("\b\n") + "\n```"
        if part.startswith("\b")
        else re.sub(r"\s+", " ", part)
        for part in paragraphs
    ]
    return "\n\n".join(kept)


if __name__ == "__main__":
    PAGE.write_text(with_reference(PAGE.read_text()))
    sys.exit(0)
