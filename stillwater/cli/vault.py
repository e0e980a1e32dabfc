"""``stillwater vault``: ask to open something that is held, take that back, check it all."""

import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from stillwater.cli import common
from stillwater.core.clock import SystemClock
from stillwater.core.errors import ExitCode, UserError
from stillwater.text.harmless import harmless

if TYPE_CHECKING:
    from stillwater.people.models import Person
    from stillwater.vault.models import Item, Request

REASONS = ["danger", "court", "child", "officer"]
_SHORTEST_ID = 6


@click.group("vault")
def command() -> None:
    """What is held lies here, sealed. You can open it: after the wait that you set.

    Nothing is shown by accident: asking shows nothing, and neither does waiting.
    """


@command.command("list")
@click.option("--last", type=click.IntRange(1, 10_000), default=20, help="How many. Default: 20.")
@common.person_option
@common.passphrase_option
@common.json_option
def list_(last: int, person_name: str | None, passphrase_file: str | None, as_json: bool) -> None:
    """List the newest sealed items: id, day, channel. Nothing of what is in them."""
    common.ready()
    from stillwater.gate.models import Attempt

    person = common.the_person(person_name)
    common.sign_in(person, passphrase_file)
    found = Attempt.objects.filter(person=person).select_related("item").order_by("-received_at")
    items = [
        {
            "item": one.item.public_id,
            "received_at": one.received_at.isoformat(),
            "channel": one.channel,
            "direction": one.direction,
        }
        for one in found[:last]
    ]
    lines = [
        f"{one['item']}  {one['received_at'][:10]}  {one['channel']}  {one['direction']}"
        for one in items
    ]
    common.say(as_json, {"items": items}, *(lines or ["Nothing is held."]))


@command.command("open")
@click.argument("item")
@click.option("--show", is_flag=True, help="Show the original here. This is the last step.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write the original, byte for byte, to this new file instead. Anybody at this "
    "machine may find it there.",
)
@click.option(
    "--now",
    "reason",
    type=click.Choice(REASONS),
    default=None,
    help="End the wait at once, for this reason. It goes on record.",
)
@common.person_option
@common.passphrase_option
@common.json_option
def open_(
    item: str,
    show: bool,
    out: Path | None,
    reason: str | None,
    person_name: str | None,
    passphrase_file: str | None,
    as_json: bool,
) -> None:
    """Ask to open one item; after the wait, open it with --show or --out.

    ITEM is its id, or the beginning of it. The first time this asks, and your
    wait begins. Every opening is an entry of your ledger, before you see anything.
    """
    home = common.ready()
    from stillwater.gate import keeping
    from stillwater.vault.openings import Reason

    if show and (out is not None or as_json):
        raise UserError("--show is for your eyes: not with --out or --json.", "Choose one.")
    if out is not None:
        common.must_be_free(out)  # before an opening goes on record for nothing
    person, clock = common.the_person(person_name), SystemClock()
    session = common.sign_in(person, passphrase_file)
    keeping.settle_waits(person, home=home, clock=clock)
    found = the_item(person, item)
    request = keeping.ask_to_open(found, clock=clock)
    if not show and out is None:
        common.say(as_json, _facts(found, request), *_facts_lines(found, request, reason))
        return
    whole = io.BytesIO()
    keeping.open_now(
        session,
        request,
        found,
        whole,
        home=home,
        clock=clock,
        reason=Reason(reason) if reason else None,
    )
    if out is not None:
        _write(out, whole.getvalue())
        common.say(as_json, {"file": str(out)}, f"The original is in {out}")
        return
    for line in harmless(whole.getvalue()):
        sys.stdout.write(line + "\n")


@command.command()
@common.person_option
@common.json_option
def waiting(person_name: str | None, as_json: bool) -> None:
    """Show what you asked for that has not been done or taken back."""
    common.ready()
    from stillwater.vault import openings

    found = list(openings.waiting(common.the_person(person_name)))
    now = SystemClock().now()
    lines = [
        f"{one.public_id}  {one.what}  "
        + ("ready" if one.ready_at <= now else f"ready in {openings.in_words(one.ready_at - now)}")
        for one in found
    ]
    data = [
        {
            "request": one.public_id,
            "what": one.what,
            "about": one.about,
            "ready_at": one.ready_at.isoformat(),
            "ready": one.ready_at <= now,
        }
        for one in found
    ]
    common.say(as_json, {"waiting": data}, *(lines or ["Nothing is waiting."]))


@command.command()
@click.argument("request")
@common.person_option
@common.json_option
def cancel(request: str, person_name: str | None, as_json: bool) -> None:
    """Take back what you asked for. REQUEST is its id, or the id of the item."""
    common.ready()
    from django.db.models import Q

    from stillwater.gate import keeping
    from stillwater.vault import openings

    mine = openings.waiting(common.the_person(person_name))
    found = mine.filter(Q(public_id__startswith=request) | Q(about__startswith=request))[:2]
    if len(found) != 1 or len(request) < _SHORTEST_ID:
        raise UserError("That is not one thing that waits.", "See: stillwater vault waiting")
    keeping.cancel(found[0])
    is_opening = found[0].what == openings.What.OPEN
    said = "Taken back. It stays sealed." if is_opening else "Taken back."
    common.say(as_json, {"cancelled": found[0].public_id}, said)


@command.command()
@common.person_option
@common.json_option
def check(person_name: str | None, as_json: bool) -> None:
    """Check every sealed file and the whole ledger, and set stray files aside.

    The same check runs by itself; stillwater status says when it last passed.
    """
    home = common.ready()
    from stillwater.gate import keeping
    from stillwater.vault.locks import person_lock
    from stillwater.vault.sweeper import sweep

    person = common.the_person(person_name)
    with person_lock(home, person):
        swept = sweep(home, person)
        result = keeping.self_check(person, home=home, clock=SystemClock())
    lines = [
        "Everything is as it was recorded."
        if result.passed
        else f"Something is wrong. {result.first_wrong}."
    ]
    if swept.orphans:
        lines.append(
            f"Files that no entry names were set aside in {home.orphans}: {len(swept.orphans)}"
        )
    lines += [f"The sealed file of item {one} is missing." for one in swept.missing]
    data = {
        "passed": result.passed,
        "entries": result.items,
        "first_wrong": result.first_wrong,
        "set_aside": list(swept.orphans),
        "missing": list(swept.missing),
    }
    common.say(as_json, data, *lines)
    if not result.passed:
        common.end_with(ExitCode.FOUND_WRONG)


def the_item(person: "Person", given: str) -> "Item":
    """The item whose id begins so. Raises UserError where it is none, or several."""
    from stillwater.vault.models import Item

    found = Item.objects.filter(person=person, public_id__startswith=given.lower())[:2]
    if len(given) < _SHORTEST_ID or len(found) != 1:
        raise UserError(
            "No single item has an id that begins so.",
            f"Give at least {_SHORTEST_ID} digits of it. See: stillwater vault list",
        )
    return found[0]


def _facts(item: "Item", request: "Request") -> dict[str, object]:
    return {
        "item": item.public_id,
        "sealed_at": item.sealed_at.isoformat(),
        "bytes": item.length,
        "ready_at": request.ready_at.isoformat(),
        "ready": request.ready_at <= SystemClock().now(),
    }


def _facts_lines(item: "Item", request: "Request", reason: str | None) -> list[str]:
    from stillwater.vault.openings import in_words

    lines = [f"Sealed on {item.sealed_at:%Y-%m-%d %H:%M} UTC, {item.length} bytes. Not shown."]
    if reason is not None:
        return [
            *lines,
            "With that reason there is no wait. You need not look. If you want to:",
            f"  stillwater vault open {item.public_id[:12]} --show --now {reason}",
        ]
    left = request.ready_at - SystemClock().now()
    if left.total_seconds() > 0:
        return [
            *lines,
            f"Your wait runs for {in_words(left)} more. You can take it back at any time:",
            f"  stillwater vault cancel {request.public_id[:12]}",
        ]
    return [
        *lines,
        "Your wait is over. You need not look. If you want to:",
        f"  stillwater vault open {item.public_id[:12]} --show",
    ]


def _write(out: Path, original: bytes) -> None:
    from stillwater.vault import files

    files.write_new(out, original)
