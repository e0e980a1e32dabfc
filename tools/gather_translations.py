"""Gathers what the pages say into catalogues, and compiles them. Needs no gettext installed.

English is what stands in the code. For each other language of the settings there is one
``django.po``, for people, and its ``django.mo``, for Django; both are kept in git, and a test
compares them with the code. Lines are not noted, so that moving a text changes nothing.
"""

import ast
import io
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from babel.messages import pofile
from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
CODE = ROOT / "stillwater"
LOCALE = CODE / "web" / "locale"
LANGUAGES = ("de", "es")
# Headers that Babel writes, and that say nothing here.
_NOT_KEPT = (b'"Generated-By', b'"Report-Msgid', b'"Last-Translator', b'"Language-Team')
_BEGAN = datetime(2026, 11, 24, tzinfo=UTC)  # a date that moved would be a change in itself

_PLAIN = {
    "gettext": (1,),
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
# ``to_say`` marks what is raised in rooms that know no Django.
_KEYWORDS = {
    "_": None,
    "to_say": None,
    **_PLAIN,
    **{f"{name}_lazy": spec for name, spec in _PLAIN.items()},
}
_STRING = r"""u?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
_CALL = re.compile(rf"\b(n?p?gettext|_)\(({_STRING}(?:,\s*{_STRING})*)(?:,\s*count)?\)")


class Said(NamedTuple):
    """One text, as it stands in the code."""

    path: str  # below the repository
    one: str
    many: str  # "" where there is no plural
    context: str  # "" where there is none


def said_in(path: Path) -> Iterator[Said]:
    """The texts of one file: a template, or Python."""
    where = str(path.relative_to(ROOT))
    reads = _in_template if path.suffix == ".html" else _in_python
    for one, many, context in reads(path.read_text("utf-8")):
        yield Said(where, one, many, context)


def _in_template(text: str) -> Iterator[tuple[str, str, str]]:
    for name, given in _CALL.findall(templatize(text)):
        strings = list(ast.literal_eval(f"({given},)"))
        context = strings.pop(0) if "p" in name.removesuffix("gettext") else ""
        yield strings[0], strings[1] if len(strings) > 1 else "", context


def _in_python(text: str) -> Iterator[tuple[str, str, str]]:
    for _, found, _, context in extract("python", io.BytesIO(text.encode()), _KEYWORDS):
        one, many = found if isinstance(found, tuple) else (found, "")
        yield one, many, context or ""


def everything_said() -> list[Said]:
    """The texts of all templates and of all Python of ours."""
    paths = sorted([*CODE.rglob("*.py"), *CODE.rglob("templates/**/*.html")])
    return [one for path in paths for one in said_in(path)]


def po_path(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def read(language: str) -> Catalog:
    """The catalogue of a language as it is kept; an empty one where there is none."""
    path = po_path(language)
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return pofile.read_po(file, locale=language)


def gathered(language: str, said: list[Said]) -> Catalog:
    """The catalogue as it should be: what is translated stays, what nobody says is gone."""
    before = read(language)
    made = Catalog(
        locale=language,
        project="Stillwater",
        version="1",
        creation_date=_BEGAN,
        revision_date=_BEGAN,
        header_comment="# What the pages say. Gathered by tools/translations.",
        fuzzy=False,
    )
    for one in said:
        text = (one.one, one.many) if one.many else one.one
        kept = before.get(one.one, one.context or None)
        string = kept.string if kept is not None and type(kept.id) is type(text) else ""
        made.add(text, string, locations=[(one.path, 1)], context=one.context or None)
    return made


def as_po(catalog: Catalog) -> bytes:
    out = io.BytesIO()
    pofile.write_po(out, catalog, width=100, sort_output=True, include_lineno=False)
    lines = out.getvalue().splitlines(keepends=True)
    return b"".join(line for line in lines if not line.startswith(_NOT_KEPT))


def as_mo(catalog: Catalog) -> bytes:
    out = io.BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


def wanted() -> dict[Path, bytes]:
    """Every file of the catalogues, as it should be."""
    said = everything_said()
    files: dict[Path, bytes] = {}
    for language in LANGUAGES:
        catalog = gathered(language, said)
        files[po_path(language)] = as_po(catalog)
        files[po_path(language).with_suffix(".mo")] = as_mo(catalog)
    return files


def left_over(catalog: Catalog) -> list[str]:
    """What has no translation yet, in the order of the code."""
    return [str(one.id) for one in catalog if one.id and not _is_translated(one.string)]


def _is_translated(string: object) -> bool:
    return all(string) if isinstance(string, tuple | list) else bool(string)


def main(check: bool) -> int:
    files = wanted()
    old = [path for path, made in files.items() if not path.exists() or path.read_bytes() != made]
    for path in old:
        print(f"{'not up to date' if check else 'written'}: {path.relative_to(ROOT)}")
        if not check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(files[path])
    for language in LANGUAGES:
        print(f"{language}: {len(left_over(read(language)))} without a translation")
    return 1 if check and old else 0


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))
