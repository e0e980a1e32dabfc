"""The documents say what the program does: each is held to the code it is about."""

import importlib.util
import re
from pathlib import Path

import click
import pytest

from stillwater.cli.main import COMMANDS, INTERRUPTED, PIPE_CLOSED, stillwater
from stillwater.core.errors import ExitCode

ROOT = Path(__file__).resolve().parents[3]
DOCS = ROOT / "docs"
FORBIDDEN = re.compile(r"\b(fail\w*|relapse\w*|reset\w*|streak\w*|victim\w*)\b", re.IGNORECASE)


def test_the_page_of_commands_is_what_they_say_of_themselves() -> None:
    path = ROOT / "tools" / "document_commands.py"
    spec = importlib.util.spec_from_file_location("document_commands", path)
    assert spec is not None
    assert spec.loader is not None
    writer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(writer)
    page = (DOCS / "commands.md").read_text()
    assert page == writer.with_reference(page), "run tools/document-commands"


@pytest.mark.parametrize("code", list(ExitCode), ids=lambda code: code.name)
def test_every_exit_code_is_documented(code: ExitCode) -> None:
    assert f"| {code.value} | {code.name} |" in (DOCS / "commands.md").read_text()


def test_the_shells_own_codes_are_documented() -> None:
    page = (DOCS / "commands.md").read_text()
    assert f"| {INTERRUPTED} |" in page
    assert f"| {PIPE_CLOSED} |" in page


def test_every_variable_that_is_read_is_documented() -> None:
    code = "".join(path.read_text() for path in (ROOT / "stillwater").rglob("*.py"))
    page = (DOCS / "commands.md").read_text()
    named = set(re.findall(r"STILLWATER_[A-Z_]+", code))
    assert {name for name in named if f"`{name}`" not in page} == set()


@pytest.mark.parametrize("name", list(COMMANDS))
def test_a_command_teaches_and_hurts_nobody(name: str) -> None:
    context = click.Context(stillwater)
    for command in _all(stillwater.get_command(context, name), context):
        assert command.help, command.name
        shown = command.get_help(click.Context(command))
        assert not FORBIDDEN.search(shown), command.name
        for option in command.params:
            if isinstance(option, click.Option):
                assert option.help, f"{command.name} {option.opts}"


def _all(command: click.Command | None, context: click.Context) -> list[click.Command]:
    assert command is not None
    if not isinstance(command, click.Group):
        return [command]
    below = [command.get_command(context, name) for name in command.list_commands(context)]
    return [command, *(one for found in below for one in _all(found, context))]


def test_every_room_is_on_the_page_of_rooms() -> None:
    page = (DOCS / "rooms.md").read_text()
    rooms = {path.parent.name for path in (ROOT / "stillwater").glob("*/__init__.py")}
    assert {room for room in rooms if f"`{room}`" not in page} == set()


def test_the_words_of_the_code_are_on_the_page_of_words() -> None:
    from stillwater.core import words

    page = (DOCS / "words.md").read_text()
    listed = (words.Mode, words.Action, words.Tactic, words.Need, words.How, words.FactKind)
    values = {member.value for vocabulary in listed for member in vocabulary}
    assert {value for value in values if value.replace("_", " ") not in page} == set()
