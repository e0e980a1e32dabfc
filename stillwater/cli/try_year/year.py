"""A year goes through the gate: keys, plans, mails a fortnight at a time, and what was done of it.

Nothing here reaches round the gate: what stands in the made-up home afterwards was sealed,
read, decided and recorded by what does the same for everybody. Only the clock is ours.
"""

import json
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from io import BytesIO
from pathlib import Path

from django.db import transaction

from stillwater.circle.permissions import Role
from stillwater.cli.try_year.mails import as_mail, write_mbox
from stillwater.cli.try_year.scenes import Written, people, plans, written
from stillwater.core.clock import SetClock
from stillwater.core.home import Home
from stillwater.core.words import Action, How
from stillwater.core.zones import system_zone
from stillwater.gate import feedback, keeping, notices, silences
from stillwater.gate.circle import About, Circle
from stillwater.gate.importing import import_paths
from stillwater.gate.models import Attempt
from stillwater.gate.opening import open_gate
from stillwater.gate.plans import Plans
from stillwater.people.models import Person
from stillwater.plan.form import parse
from stillwater.vault.keys import Session, sign_in
from stillwater.vault.locks import person_lock
from stillwater.vault.machine import MachineKey
from stillwater.vault.models import Item, Request

NAME = "Sam"
PASSPHRASE = "four words made up"
REVIEWER, REVIEWERS_PASSPHRASE = "Noor", "other words made up"
YEAR, STEP = timedelta(days=365), timedelta(days=14)
# What came in lately was not looked at yet: so there is something that needs them.
NOT_SEEN_YET = timedelta(days=8)

Progress = Callable[[int], None]
"""``progress(count)``: so many mails more are done."""


@dataclass
class MadeUp:
    """The made-up person while their year is made; ``clock`` stands where the year is."""

    home: Home
    person: Person
    session: Session = field(repr=False)
    clock: SetClock
    until: datetime
    asked: list[tuple[Request, Item]] = field(default_factory=list)


Deed = Callable[[MadeUp], None]


def make(home: Home, until: datetime, progress: Progress) -> None:
    """Fill a prepared home with the year that ends at ``until``."""
    clock = SetClock(until - YEAR)
    keeping.new_person(NAME, PASSPHRASE, home=home, clock=clock)
    person = Person.objects.get(name=NAME)
    made = MadeUp(home, person, sign_in(person, PASSPHRASE), clock, until)
    mails = written(until)
    begun = 0
    for at, deed in deeds(until):
        come = [one for one in mails[begun:] if one.at < at]
        for done in _take_in(made, come):
            progress(done)
        begun += len(come)
        clock.at = max(clock.at, at)
        deed(made)


def deeds(until: datetime) -> list[tuple[datetime, Deed]]:
    """What the person did in the year, in the order in which it was done."""
    chosen: list[tuple[datetime, Deed]] = [
        (plan.at, partial(_set_plan, toml=plan.toml)) for plan in plans(until, system_zone())
    ]
    chosen += [
        (until - timedelta(days=200), _ask_reviewer),
        (until - timedelta(days=198), _let_reviewer_begin),
        (until - timedelta(days=148), _ask_to_open),
        (until - timedelta(days=146), _open),
        (until - timedelta(days=139), partial(_say_theirs, who="new_handle")),
        (until - timedelta(days=40), _ask_to_open),
        (until - timedelta(days=40), _look_at_the_clock),  # in the silence after the storm
        (until - timedelta(days=40) + timedelta(hours=2), _take_back),
        (until - timedelta(days=2), _ask_to_open),  # may be opened by now
        (until - timedelta(minutes=5), _ask_to_open),  # still waits
    ]
    # The first one when the second plan, which waits, is in force: the gate opens anew behind
    # every deed, and each opening costs a reader of its own.
    chosen += [(until - timedelta(days=days), _check) for days in (328, 0)]
    return sorted(chosen, key=lambda one: one[0])


def _take_in(made: MadeUp, mails: list[Written]) -> Iterator[int]:
    """A fortnight's mails are one file, imported at its end; gives how many it were."""
    if not mails:
        return
    with (
        tempfile.TemporaryDirectory(dir=made.home.root) as folder,
        open_gate(made.home, made.person, clock=made.clock) as intake,
    ):
        for number, come in enumerate(_steps(mails)):
            path = Path(folder) / f"{number}.mbox"
            write_mbox(path, map(as_mail, come))
            made.clock.at = max(made.clock.at, min(come[-1].at, made.until))
            import_paths(intake, [path])
            _see_notices(made)
            yield len(come)


def _steps(mails: list[Written]) -> Iterator[list[Written]]:
    come: list[Written] = []
    for one in mails:
        if come and one.at - come[0].at >= STEP:
            yield come
            come = []
        come.append(one)
    yield come


def _see_notices(made: MadeUp) -> None:
    if made.until - made.clock.now() > NOT_SEEN_YET:
        with transaction.atomic():
            notices.acknowledge(made.person, made.clock.now())


def _set_plan(made: MadeUp, *, toml: str) -> None:
    machine = MachineKey.load_or_create(made.home)
    Plans(made.person, made.home, machine, made.clock).set(parse(toml), made.session)


def _circle(made: MadeUp) -> Circle:
    machine = MachineKey.load_or_create(made.home)
    return Circle(made.person, made.home, machine, made.clock)


def _ask_reviewer(made: MadeUp) -> None:
    """A friend is asked, takes a passphrase of her own, and both read the same words."""
    circle = _circle(made)
    friend = circle.add(About(REVIEWER, Role.REVIEWER, is_adult=True, is_out_of_reach=True))
    code = circle.invite(friend).code
    circle.accept(friend, code, REVIEWER, REVIEWERS_PASSPHRASE)
    friend.refresh_from_db()
    circle.confirm(friend)


def _let_reviewer_begin(made: MadeUp) -> None:
    _circle(made).settle(made.session)


def _say_theirs(made: MadeUp, *, who: str) -> None:
    """Say of the first thing that came from this new handle whose it is."""
    address = people()[who].address
    for attempt in Attempt.objects.filter(person=made.person, how=How.SUSPECTED).order_by("pk"):
        senders = json.loads(made.session.open_private(bytes(attempt.sealed_reading)))["senders"]
        if any(one["handle"] == address for one in senders):
            feedback.say(made.session, attempt.item, "theirs", home=made.home, clock=made.clock)
            return


def _ask_to_open(made: MadeUp) -> None:
    """Ask for the next held thing that was not asked for yet."""
    held = Attempt.objects.filter(person=made.person, action=Action.HELD).order_by("pk")
    item = held[len(made.asked)].item
    made.asked.append((keeping.ask_to_open(item, clock=made.clock), item))


def _open(made: MadeUp) -> None:
    """The one that was asked for last, after its wait; nobody reads it here."""
    request, item = made.asked[-1]
    keeping.open_now(made.session, request, item, BytesIO(), home=made.home, clock=made.clock)


def _take_back(made: MadeUp) -> None:
    keeping.cancel(made.asked[-1][0])


def _look_at_the_clock(made: MadeUp) -> None:
    """As the worker does every hour. That they fell silent was seen by now, like all of then."""
    silences.look(made.person, made.home, MachineKey.load_or_create(made.home), made.clock)
    _see_notices(made)


def _check(made: MadeUp) -> None:
    with person_lock(made.home, made.person):
        keeping.self_check(made.person, home=made.home, clock=made.clock)
