"""stillwater evidence: exports that can be checked without us."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click

from stillwater.cli import common
from stillwater.core.clock import SystemClock
from stillwater.core.errors import UserError

if TYPE_CHECKING:
    from stillwater.core.home import Home
    from stillwater.evidence.export import Export, Made
    from stillwater.vault.keys import Session

_REASONS = ("danger", "court", "child", "officer")


@click.group(name="evidence")
def command() -> None:
    """Export what a lawyer, an officer or a court can check with common tools."""


@command.command(name="export")
@click.option(
    "--other", "label", metavar="LABEL", required=True, help="About whom: the label in your plan."
)
@click.option(
    "--to", metavar="AGE1…", default=None, help="Seal it to this recipient (an age public key)."
)
@click.option(
    "--clear",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    default=None,
    help="Instead of --to: write a plain folder. It counts as opening every item in it.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="FILE",
    default=None,
    help="The sealed file to write; left out: bundle-DATE.tar.age in this folder.",
)
@click.option("--since", type=common.Day(), help="Received on this day or later.")
@click.option("--until", type=common.Day(), help="Received on this day or earlier.")
@click.option("--items", metavar="ID,ID…", default="", help="Only these items, by their ids.")
@click.option(
    "--with",
    "apart",
    type=click.Choice(("effect", "medical")),
    multiple=True,
    help="Also what you wrote by hand of its effect on you, or of injuries. Left out by itself.",
)
@click.option(
    "--now",
    "reason",
    type=click.Choice(_REASONS),
    default=None,
    help="End the wait at once, for this reason; the record says so.",
)
@common.person_option
@common.passphrase_option
@common.json_option
def export(
    label: str,
    to: str | None,
    clear: Path | None,
    out: Path | None,
    since: date | None,
    until: date | None,
    items: str,
    apart: tuple[str, ...],
    reason: str | None,
    person_name: str | None,
    passphrase_file: str | None,
    as_json: bool,
) -> None:
    """Write a bundle: originals, a table, and the proofs that nothing was changed.

    With --to it is one sealed file that only the recipient can open, with the age
    program. The first call begins the wait that you set for such things; call
    again when it is over, or end it with --now. Nothing private of yours goes in:
    no notes, no lapses, no helper's name. The originals show your own addresses
    and those of your mail servers: this is a copy for your side and for a court,
    not one for the other side.
    """
    if (to is None) == (clear is None):
        raise UserError(
            "Say for whom: sealed with --to, or in the clear with --clear.",
            "A lawyer can make a recipient with: age-keygen -o key.txt",
        )
    if to is not None:
        from stillwater.evidence.sinks import recipient_of

        recipient_of(to)  # a slip is told before the passphrase is asked for
    home = common.ready()
    session = common.sign_in(common.the_person(person_name), passphrase_file)
    asked = _export(home, session, label, since, until, items, apart)
    made = _written(asked, to, clear, out, reason)
    common.say(as_json, _data(made), *_lines(made, sealed=to is not None))


def _export(
    home: "Home",
    session: "Session",
    label: str,
    since: date | None,
    until: date | None,
    items: str,
    apart: tuple[str, ...],
) -> "Export":
    from stillwater.evidence.export import Export
    from stillwater.evidence.selection import Wanted
    from stillwater.gate.plans import active_plan
    from stillwater.vault.machine import MachineKey

    clock = SystemClock()
    plan = active_plan(session.person, MachineKey.load_or_create(home), clock.now())
    if plan is None or label not in plan.others:
        raise UserError(
            "Nobody of that label is in your plan.", "See the labels with: stillwater plan show"
        )
    chosen = tuple(one for one in items.replace(",", " ").split() if one)
    return Export(
        session=session,
        home=home,
        other=plan.others[label],
        label=label,
        zone=ZoneInfo(plan.plan.you.timezone),
        clock=clock,
        wanted=Wanted(
            since=since,
            until=until,
            items=chosen,
            apart=frozenset(apart),
        ),
    )


def _written(
    asked: "Export", to: str | None, clear: Path | None, out: Path | None, reason: str | None
) -> "Made":
    from stillwater.vault.openings import Reason

    why = Reason(reason) if reason else None
    with _progress() as asked.progress:
        if clear is not None:
            return asked.in_the_clear(clear.absolute(), why)
        assert to is not None
        path = out or Path(f"bundle-{asked.clock.now():%Y-%m-%d}.tar.age")
        return asked.seal(path.absolute(), to.strip(), why)


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None]]:
    """A bar on standard error, where somebody looks at it; it begins with the first item."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bars:
        task = bars.add_task("Writing", total=None, visible=False)

        def step(done: int, of: int) -> None:
            bars.update(task, completed=done, total=of, visible=True)

        yield step


def _data(made: "Made") -> dict[str, Any]:
    return {
        "bundle": made.bundle,
        "path": str(made.path),
        "items_shown": made.shown,
        "items_of": made.of,
        "fingerprint": made.fingerprint,
    }


def _lines(made: "Made", *, sealed: bool) -> list[str]:
    part = "" if made.shown == made.of else " (a part, and it says so)"
    lines = [f"Written: {made.path}", f"Items: {made.shown} of {made.of}{part}."]
    if sealed:
        lines.append("Only the recipient can open it: age -d -i THEIR-KEY.txt -o bundle.tar FILE")
    else:
        lines.append("It lies there in the clear: whoever has the folder can read it.")
    return [
        *lines,
        "Tell whoever checks it this fingerprint another way, by telephone or on paper:",
        f"  {made.fingerprint}",
        "To check it: stillwater verify, or README.txt inside.",
    ]
