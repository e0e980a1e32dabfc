"""``stillwater review``: a reviewer's own device, with nothing on it but a key and a file."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from stillwater.cli import common
from stillwater.cli.circle import BEFORE_YOU_SAY_YES
from stillwater.core.errors import ExitCode, UserError
from stillwater.core.judgements import Fact
from stillwater.core.words import DangerCategory, FactKind
from stillwater.text.lookalikes import INVISIBLE

if TYPE_CHECKING:
    from stillwater.gate.originals import Original
    from stillwater.gate.review_files import ToReview
    from stillwater.gate.sorting import Sorting

_CHOICES = {
    "h": "hook",
    "p": "practical",
    "l": "legal",
    "d": "danger",
    "n": "not_theirs",
}
_ASK = "h hook · p practical · l legal · d danger · n not theirs · x leave it"
_ASKED_OF_FACTS = (
    (FactKind.REQUEST, "What is asked"),
    (FactKind.DATE, "Which day, as 2026-01-31"),
    (FactKind.TIME, "What time, as 17:30"),
    (FactKind.DEADLINE, "By when, as 2026-01-31"),
    (FactKind.PLACE, "Where"),
    (FactKind.AMOUNT, "What sum"),
    (FactKind.WHO, "Who"),
)


@click.command("review")
@click.argument(
    "path", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option(
    "--key",
    "key_path",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    required=True,
    metavar="PATH",
    help="Your secret key: what circle key or age-keygen made.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    required=True,
    metavar="PATH",
    help="Where your answer is written, sealed to the one you help.",
)
@click.option(
    "--files",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=None,
    metavar="FOLDER",
    help="Put pictures and files that came along here, under names of ours. They may do harm.",
)
@common.json_option
def command(path: Path, key_path: Path, out: Path, folder: Path | None, as_json: bool) -> None:
    """Look at what somebody you help was sent, one by one, and say what it is.

    Nothing is opened before you say so, and you can stop after any. What you say goes into a
    sealed file that only they can open: send it back by whatever way. This needs no database
    and keeps nothing on this device.
    """
    common.must_be_free(out)
    common.start_django()
    from stillwater.gate import review_files
    from stillwater.vault import files

    file = review_files.opened(path.read_bytes(), _identity(key_path))
    click.echo(f"{BEFORE_YOU_SAY_YES}\n", err=True)
    said: dict[str, Sorting] = {}
    with _stopping_is_fine():
        for one in file.items:  # as they were packed: danger first
            sorting = _Looking(one, folder).ask()
            if sorting is not None:
                said[one.item] = sorting
    if not said:
        raise UserError("Nothing was sorted, so no answer was written.", "", ExitCode.NOT_NOW)
    files.write_new(out, review_files.answer(file, said))
    common.say(as_json, {"answer": str(out), "sorted": len(said)},
               f"Thank you. Your answer is in {out}: send it back.")  # fmt: skip


@dataclass(frozen=True)
class _Looking:
    """One item, at a terminal."""

    one: "ToReview"
    folder: Path | None = None

    def ask(self) -> "Sorting | None":
        """Open it or not, then what it is; asked again where their words are repeated."""
        from stillwater.gate.originals import original_of
        from stillwater.gate.sorting import must_quote_nothing

        click.echo(self._head(), err=True)
        if not click.confirm("Open it?", default=True, err=True):
            return None
        original = original_of(self.one.channel, self.one.content)
        self._show(original)
        while True:
            chosen = click.prompt(_ASK, type=click.Choice([*_CHOICES, "x"]), err=True,
                                  show_choices=False)  # fmt: skip
            if chosen == "x":
                return None
            try:
                sorting = _sorting(_CHOICES[chosen])
                must_quote_nothing(sorting, original)
            except UserError as error:
                click.echo(f"{error.what} {error.next_step}", err=True)
                continue
            return sorting

    def _head(self) -> str:
        why = "may be danger" if self.one.tier else "no machine could read it"
        about = f" ({why})" if self.one.tier or self.one.unread else ""
        return f"\n{self.one.channel}, {self.one.received_at[:10]}{about}"

    def _show(self, original: "Original") -> None:
        for line in (*original.untrusted_from, original.untrusted_subject):
            if line:
                click.echo(_harmless(line).replace("\n", " "), err=True)
        click.echo(f"\n{_harmless(original.untrusted_text)}\n", err=True)
        for file in original.files:
            name = f"{self.one.item[:12]}-{file.number + 1}"
            if self.folder is not None:
                (self.folder / name).write_bytes(file.content)
            kind = "picture" if file.is_picture else "file"
            click.echo(f"{kind}, {file.size} bytes: {name}", err=True)


def _sorting(sorted_as: str) -> "Sorting":
    from stillwater.gate.sorting import Sorted, Sorting

    category, facts = None, ()
    if sorted_as == "danger":
        words = [one.value for one in DangerCategory]
        category = DangerCategory(click.prompt("Which", type=click.Choice(words), err=True))
    if sorted_as in ("practical", "legal"):
        facts = _facts()
    note = _line("A note to them, in your own words (can be left out)")
    return Sorting(Sorted(sorted_as), facts=facts, category=category, note=note)


def _facts() -> Any:
    click.echo("Facts to pass on, in your own words. Leave out what there is not.", err=True)
    return tuple(
        Fact(kind, value) for kind, asked in _ASKED_OF_FACTS if (value := _fact(kind, asked))
    )


def _fact(kind: FactKind, asked: str) -> str:
    from stillwater.gate.sorting import fact_value

    while True:
        try:
            return fact_value(kind, _line(asked))
        except UserError as error:
            click.echo(f"{error.what} {error.next_step}", err=True)


def _line(asked: str) -> str:
    typed: str = click.prompt(asked, default="", show_default=False, err=True, type=str)
    return typed.strip()


@contextmanager
def _stopping_is_fine() -> Iterator[None]:
    """Ctrl-C or the end of what is typed ends the round; what was said so far is kept."""
    try:
        yield
    except click.Abort:
        click.echo("", err=True)


def _identity(path: Path) -> Any:
    from stillwater.vault import identities

    try:
        return identities.identity_from_file(path.read_bytes())
    except ValueError as wrong:
        raise UserError(
            "That is no secret key.", "It has one line that begins with AGE-SECRET-KEY-1."
        ) from wrong


def _harmless(untrusted: str) -> str:
    """Without anything that a terminal would obey."""
    plain = INVISIBLE.sub("", untrusted.replace("\r\n", "\n"))
    return "".join(c for c in plain if c in "\n\t" or c.isprintable())
