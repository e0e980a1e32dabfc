"""On the page no sentence sends anybody to a command that is a button there."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import stillwater
from stillwater.channels.mail.live.troubles import Trouble
from stillwater.web.mailboxes.words import Said, said_here

ROOT = Path(stillwater.__file__).parent
SPEAK = sorted(
    [*ROOT.glob("channels/mail/live/*.py"), *ROOT.glob("gate/live/*.py")],
    key=lambda path: path.name,
)
OPTION = re.compile(r"(?<!\S)--[a-z]")
ELSEWHERE = "stillwater mail rules"  # has no page


def sentences(path: Path) -> Iterator[str]:
    """Every text in a module that names a command or an option, but for docstrings."""
    tree = ast.parse(path.read_text())
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = node.value
            if "\n" not in text and ("stillwater mail" in text or OPTION.search(text)):
                yield text


def test_there_is_something_to_look_at() -> None:
    assert sum(len(list(sentences(path))) for path in SPEAK) > 10


@pytest.mark.parametrize("path", SPEAK, ids=lambda path: path.name)
def test_commands_and_options_become_what_stands_on_the_page(path: Path) -> None:
    for sentence in sentences(path):
        here = said_here(sentence)
        assert "stillwater mail" not in here, sentence
        assert "Stillwater" not in here, sentence
        assert not OPTION.search(here), sentence


@pytest.mark.parametrize("trouble", list(Trouble))
def test_every_trouble_has_two_whole_sentences(trouble: Trouble) -> None:
    said = Said.of_trouble(trouble)
    for sentence in (said.what, said.next_step):
        assert sentence[0].isupper() or sentence[0] == "“" or sentence.startswith("stillwater")
        assert sentence[-1] in ".?" or "stillwater" in sentence
