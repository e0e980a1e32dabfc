"""``stillwater plan``: what you decided, checked, set, shown, or taken back."""

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from stillwater.cli.common import (
    json_option,
    passphrase_option,
    person_option,
    ready,
    say,
    sign_in,
    the_person,
)
from stillwater.core.errors import UserError
from stillwater.core.words import Mode
from stillwater.plan.cadence import AT
from stillwater.plan.form import parse
from stillwater.plan.low_contact import subjects_of
from stillwater.plan.wording import SUBJECTS

if TYPE_CHECKING:
    from stillwater.core.plans import Other, Plan
    from stillwater.gate.plans import Plans

_BIGGEST = 2**20  # bytes; a plan is a page or two


@click.group()
def command() -> None:
    """Say what you decided: who the other is, and what may reach you.

    A plan is a small TOML file: docs/plan.md shows one to begin with, and
    docs/formats/plan.md every key. What makes it tighter holds at once. What
    loosens it needs your passphrase and waits for the delay that you set when
    you made your keys.
    """


@command.command()
@click.argument("file", metavar="FILE")
@json_option
def check(file: str, as_json: bool) -> None:
    """Say whether a plan is right, and what it does. Changes nothing, needs no keys."""
    plan = read_plan(file)
    labels = [other.label for other in plan.others]
    lines = [f"{other.label}: {_says(other)}" for other in plan.others]
    lines.append("Danger is told in every mode. To make it yours: stillwater plan set FILE")
    say(as_json, {"ok": True, "others": labels}, "The plan is right.", *lines)


def _says(other: "Other") -> str:
    """What the plan does with one other, in a line."""
    if other.mode in _MODES:
        return _MODES[other.mode]
    mode = other.mode.value.replace("_", " ")
    subjects = ", ".join(SUBJECTS[one] for one in subjects_of(other))
    if other.channel is None or not subjects:
        missing = "no channel" if other.channel is None else "no subjects"
        return f"{mode}, and it names {missing}: until it does, what they send is held."
    often = _CADENCES[other.cadence].format(at=(other.at or AT).strftime("%H:%M"))
    last = f", until {other.until.isoformat()}" if other.until else ""
    return (
        f"{mode}: facts about {subjects}, from {other.channel.value}, {often}{last}. "
        "All else is held."
    )


_MODES = {
    Mode.WATCH: "watch: all is recorded, and nothing is hidden.",
    Mode.NO_CONTACT: "no contact: what they send is held.",
}
_CADENCES = {"at_once": "at once", "daily": "daily at {at}", "weekly": "on Mondays at {at}"}


@command.command("set")
@click.argument("file", metavar="FILE")
@person_option
@passphrase_option
@json_option
def set_plan(
    file: str, person_name: str | None, passphrase_file: str | None, as_json: bool
) -> None:
    """Make FILE your plan. Tighter: at once. Looser: with your passphrase, after the delay."""
    plan = read_plan(file)
    plans = _plans(person_name)
    from stillwater.gate.plans import what_loosens

    loosens = what_loosens(plans.person, plan, plans.machine, plans.clock.now())
    session = None
    if loosens:
        # What exactly is said only to who is signed in: it names labels, and whether a
        # guessed handle stands in the plan.
        click.echo("This plan loosens something, so it needs your passphrase.", err=True)
        session = sign_in(plans.person, passphrase_file)
        for sentence in loosens:
            click.echo(f"This loosens: {sentence}", err=True)
    done = plans.set(plan, session)
    data = {
        "number": done.number,
        "in_force": done.in_force,
        "takes_effect_at": done.takes_effect_at.isoformat(),
        "loosens": list(done.loosens),
    }
    lines = [f"Plan {done.number} holds from now on."]
    if not done.in_force:
        lines = [
            f"Plan {done.number} holds from {_when(done.takes_effect_at)}. Until then the plan "
            "before it does.",
            "To take it back before then: stillwater plan withdraw",
            "What is tighter in it waits too. To have that at once, set it by itself first.",
        ]
    if done.replaced_pending:
        lines.append("The plan that was waiting is taken back.")
    say(as_json, data, *lines)


@command.command()
@person_option
@passphrase_option
@json_option
def show(person_name: str | None, passphrase_file: str | None, as_json: bool) -> None:
    """Show the plan that holds, and one that waits. Needs your passphrase."""
    plans = _plans(person_name)
    from stillwater.gate.plans import active_plan, shown_plans

    session = sign_in(plans.person, passphrase_file)
    active_plan(plans.person, plans.machine, plans.clock.now())  # brings a due one into force
    found = shown_plans(session)
    if not found:
        raise UserError("There is no plan yet.", "Set one with: stillwater plan set PLAN.toml")
    data = [
        {
            "number": version.number,
            "state": version.state,
            "takes_effect_at": version.takes_effect_at.isoformat(),
            "plan": toml,
        }
        for version, toml in found
    ]
    lines = [
        line
        for version, toml in found
        for line in (_heading(version.number, version.state, version.takes_effect_at), toml)
    ]
    say(as_json, {"plans": data}, *lines)


def _heading(number: int, state: str, takes_effect_at: datetime) -> str:
    waits = state == "pending"
    return f"# Plan {number} {'waits until' if waits else 'holds since'} {_when(takes_effect_at)}"


@command.command()
@person_option
@json_option
def withdraw(person_name: str | None, as_json: bool) -> None:
    """Take back a plan that waits to come into force. Needs no passphrase."""
    was_there = _plans(person_name).withdraw()
    line = "The plan that was waiting is taken back." if was_there else "No plan was waiting."
    say(as_json, {"withdrawn": was_there}, line)


def _plans(person_name: str | None) -> "Plans":
    home = ready()
    from stillwater.core.clock import SystemClock
    from stillwater.gate.plans import Plans
    from stillwater.vault.machine import MachineKey

    return Plans(
        the_person(person_name), home, MachineKey.load_or_create(home), clock=SystemClock()
    )


def read_plan(file: str) -> "Plan":
    """The plan in this file, ``-`` for standard input. Raises UserError."""
    try:
        raw = sys.stdin.buffer.read(_BIGGEST + 1) if file == "-" else _read(Path(file))
        text = raw.decode("utf-8-sig")
    except OSError as error:
        raise UserError(
            f"The plan cannot be read: {error.strerror}.", "Check the path and its permissions."
        ) from error
    except UnicodeDecodeError as error:
        raise UserError("The plan is not UTF-8 text.", "Save it as UTF-8.") from error
    if len(raw) > _BIGGEST:
        raise UserError("That is too big for a plan.", "Check that it is the right file.")
    return parse(text)


def _read(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(_BIGGEST + 1)


def _when(moment: datetime) -> str:
    return moment.astimezone().strftime("%Y-%m-%d %H:%M %Z")
