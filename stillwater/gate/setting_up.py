"""Setting up, step by step: what was answered, kept sealed until it has become a plan.

The answers are one small JSON document a person, sealed to them. Once there is a plan,
the plan is what counts; what it has no word for stays here (``Circumstances``).
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime, time
from typing import Any, Self

from django.db import transaction

from stillwater.core.clock import Clock
from stillwater.core.ids import new_public_id
from stillwater.core.plans import AlwaysPass, Child, Other, Plan, You
from stillwater.core.words import Channel, Mode, Need
from stillwater.people.models import Person
from stillwater.plan.models import Intention, PlanVersion, SetUp
from stillwater.vault.keys import Session, keyring_of, seal_private

VERSION = 1


@dataclass(frozen=True, slots=True)
class Allowed:
    """What low contact lets through, as it was answered; the rest keeps the plan's defaults."""

    channel: str = ""
    subjects: tuple[str, ...] = ()
    cadence: str = "daily"
    at: str = "18:00"
    until: str = ""


@dataclass(frozen=True, slots=True)
class About:
    """One other, as far as they were told of. Empty: not asked yet, or skipped."""

    label: str
    key: str = field(default_factory=new_public_id)
    relation: str = ""
    names: tuple[str, ...] = ()
    handles: tuple[str, ...] = ()
    children: str = ""  # yes | no
    child_names: tuple[str, ...] = ()
    orders: tuple[str, ...] = ()  # protects_me | against_me | about_children | unsure; or none
    shared: tuple[str, ...] = ()  # home | money | unsure; or nothing
    mode: str = ""
    allowed: Allowed = Allowed()

    @property
    def why_watch(self) -> tuple[str, ...]:
        """What has to be settled before anything of theirs is held; what is not said is not."""
        children = () if self.children == "no" else ("children" if self.children else "open",)
        orders = tuple(one for one in self.orders or ("open",) if one != "none")
        shared = tuple(one for one in self.shared or ("open",) if one != "nothing")
        return tuple(dict.fromkeys((*children, *orders, *shared)))

    @property
    def must_watch(self) -> bool:
        return bool(self.why_watch)

    @property
    def mode_now(self) -> Mode:
        """The mode that the plan will have: *watch* while it is not decided, or not free."""
        return Mode.WATCH if self.must_watch or not self.mode else Mode(self.mode)

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Self:
        tuples = {
            name: tuple(data[name])
            for name in ("names", "handles", "child_names", "orders", "shared")
        }
        allowed = data["allowed"]
        kept = Allowed(**{**allowed, "subjects": tuple(allowed["subjects"])})
        return cls(**{**data, **tuples, "allowed": kept})


@dataclass(frozen=True, slots=True)
class Answers:
    """Everything that was answered so far. ``done`` are the steps that were answered or skipped."""

    done: tuple[str, ...] = ()
    others: tuple[About, ...] = ()
    passes: tuple[AlwaysPass, ...] = ()

    def other(self, untrusted_key: str) -> About | None:
        """The other of this key; None: there is none."""
        return next((one for one in self.others if one.key == untrusted_key), None)

    def with_other(self, about: About) -> "Answers":
        """With this other told anew, or told of for the first time."""
        if self.other(about.key) is None:
            return replace(self, others=(*self.others, about))
        others = tuple(about if one.key == about.key else one for one in self.others)
        return replace(self, others=others)

    def without(self, key: str) -> "Answers":
        return replace(self, others=tuple(one for one in self.others if one.key != key))

    def after(self, step: str) -> "Answers":
        """With this step done."""
        return self if step in self.done else replace(self, done=(*self.done, step))

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Self:
        return cls(
            done=tuple(data["done"]),
            others=tuple(About.from_data(one) for one in data["others"]),
            passes=tuple(AlwaysPass(**one) for one in data["passes"]),
        )


@dataclass(frozen=True)
class SettingUp:
    """The set-up of the person who is signed in."""

    session: Session = field(repr=False)
    clock: Clock

    @property
    def person(self) -> Person:
        return self.session.person

    def answers(self) -> Answers:
        """What was answered; nothing, where set-up was not begun. Raises UserError."""
        row = SetUp.objects.filter(person=self.person).first()
        return Answers() if row is None else self._opened(row)

    @contextmanager
    def changing(self) -> Iterator["Draft"]:
        """The answers, to be changed and kept; two browsers at once wait for each other."""
        with transaction.atomic():
            Person.objects.select_for_update().get(pk=self.person.pk)
            draft = Draft(self.answers())
            before = draft.answers
            yield draft
            if draft.answers != before:
                self._keep(draft.answers)

    def finish(self) -> None:
        """Set-up is over; what was answered stays, sealed."""
        now = self.clock.now()
        with transaction.atomic():
            SetUp.objects.filter(person=self.person, finished_at=None).update(finished_at=now)

    def _keep(self, answers: Answers) -> None:
        data = {"version": VERSION, **asdict(answers)}
        sealed = seal_private(keyring_of(self.person).recipient, json.dumps(data).encode())
        SetUp.objects.update_or_create(
            person=self.person, defaults={"sealed": sealed, "changed_at": self.clock.now()}
        )

    def _opened(self, row: SetUp) -> Answers:
        return Answers.from_data(json.loads(self.session.open_private(bytes(row.sealed))))


@dataclass
class Draft:
    """The answers while they are being changed."""

    answers: Answers


def is_unfinished(person: Person) -> bool:
    """Whether this person began to set up, and has not come to the end."""
    return SetUp.objects.filter(person=person, finished_at=None).exists()


def has_plan(person: Person) -> bool:
    """Whether there is a plan, in force or waiting: set-up makes none then."""
    states = [PlanVersion.State.ACTIVE, PlanVersion.State.PENDING]
    return PlanVersion.objects.filter(person=person, state__in=states).exists()


# What becomes of the answers


def plan_of(answers: Answers, *, timezone: str, region: str | None, today: date) -> Plan:
    """The plan that these answers make; ``today`` is the block day of whoever is not watched."""
    return Plan(
        you=You(timezone=timezone, region=region),
        others=tuple(_other(one, today) for one in answers.others),
        always_pass=answers.passes,
    )


def _other(about: About, today: date) -> Other:
    mode = about.mode_now
    other = Other(
        label=about.label,
        mode=mode,
        names=about.names,
        handles=about.handles,
        since=None if mode is Mode.WATCH else today,
        children=tuple(Child(name) for name in about.child_names),
    )
    return with_allowed(other, about.allowed) if mode is Mode.LOW_CONTACT else other


def with_allowed(other: Other, allowed: Allowed) -> Other:
    """The same other, with what may come through."""
    return replace(
        other,
        channel=Channel(allowed.channel) if allowed.channel else None,
        subjects=tuple(Need(one) for one in allowed.subjects),
        cadence=allowed.cadence,
        at=time.fromisoformat(allowed.at) if allowed.at else None,
        until=date.fromisoformat(allowed.until) if allowed.until else None,
    )


# What it should protect


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody said a plan should protect."""

    said_at: datetime
    protects: tuple[str, ...]  # words of the form: safety, calm, children, ...
    wants: tuple[str, ...]  # back | punish | get: what a plan cannot do
    words: str
    about: str = ""  # a label, where a mode was changed


def say_why(
    session: Session,
    *,
    protects: tuple[str, ...],
    wants: tuple[str, ...],
    words: str,
    about: str = "",
    clock: Clock,
) -> None:
    """Keep the answer, sealed to the person. Nobody is ever shown it but them."""
    data = {
        "version": VERSION,
        "protects": protects,
        "wants": wants,
        "words": words,
        "about": about,
    }
    recipient = keyring_of(session.person).recipient
    with transaction.atomic():
        Intention.objects.create(
            person=session.person,
            said_at=clock.now(),
            sealed=seal_private(recipient, json.dumps(data).encode()),
        )


def said_last(session: Session) -> Said | None:
    """What they said last; None: nothing."""
    row = Intention.objects.filter(person=session.person).order_by("-said_at", "-pk").first()
    if row is None:
        return None
    data = json.loads(session.open_private(bytes(row.sealed)))
    return Said(
        row.said_at, tuple(data["protects"]), tuple(data["wants"]), data["words"], data["about"]
    )
