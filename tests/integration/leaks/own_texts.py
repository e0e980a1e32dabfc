"""What are our own words: every run of four words in our templates, catalogues and sources.

The rooms that know the other's words (what they read for) are no words of ours that a page may
show: ``reading``, ``identity`` and the made-up year are left out. docs/decisions/0083 says why.
"""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import stillwater
from tests.integration.leaks.looking import Run, runs

ROOT = Path(stillwater.__file__).parent
NOT_OURS = ("reading", "identity", "text", "cli/try_year")
_TAG = re.compile(r"\{[%#].*?[%#]\}|\{\{.*?\}\}|<[^>]*>", re.DOTALL)
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')


@cache
def own_runs() -> frozenset[Run]:
    """Every run of four words that stands in a text of ours."""
    return frozenset(run for text in _texts() for run in runs(text))


def _texts() -> Iterator[str]:
    for path in ROOT.rglob("*.html"):
        text = path.read_text("utf-8")
        yield _TAG.sub(" ", text)
        yield from _QUOTED.findall(text)  # {% translate "…" %}, and attributes
    for path in ROOT.rglob("*.po"):
        yield from _catalogue(path.read_text("utf-8"))
    for path in ROOT.rglob("*.py"):
        if not path.relative_to(ROOT).as_posix().startswith(NOT_OURS):
            yield from _constants(path)


def _catalogue(text: str) -> Iterator[str]:
    """Each entry's lines, joined as gettext joins them."""
    for entry in re.split(r"^(?:msgid|msgstr|msgid_plural)\b", text, flags=re.MULTILINE):
        yield "".join(_QUOTED.findall(entry))


def _constants(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        elif isinstance(node, ast.JoinedStr):
            pieces = (part.value for part in node.values if isinstance(part, ast.Constant))
            yield " ".join(map(str, pieces))
