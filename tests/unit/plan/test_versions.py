"""Plans in the database: what is in force when, who may loosen, and what lies open."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from stillwater.core.clock import SetClock
from stillwater.core.errors import ExitCode, UserError
from stillwater.core.home import Home
from stillwater.core.plans import Other, Plan, Relay, Wanted
from stillwater.core.words import Mode
from stillwater.gate import keeping
from stillwater.gate.plans import ActivePlan, Plans, active_plan, shown_plans, what_loosens
from stillwater.people.models import Other as OtherRow
from stillwater.people.models import Person
from stillwater.plan import versions
from stillwater.plan.form import dump
from stillwater.plan.models import PlanVersion
from stillwater.vault import keys
from stillwater.vault.machine import MachineKey
from stillwater.vault.models import Leaf, Log
from stillwater.vault.wrapping import Cost

pytestmark = pytest.mark.django_db(transaction=True)

QUICK = Cost(iterations=1, memory_kib=64, lanes=1)
PASSPHRASE = "correct horse battery"
START = datetime(2026, 11, 20, 14, 3, tzinfo=UTC)
J = Other("J", Mode.NO_CONTACT, handles=("jordan@mail.example",))
FIRST = Plan(others=(J,))
TIGHTER = replace(FIRST, others=(replace(J, handles=("jordan@mail.example", "j@x.example")),))
LOOSER = replace(FIRST, others=(replace(J, mode=Mode.WATCH),))


@dataclass
class Setting:
    """One person with keys, and the plans they set."""

    home: Home
    clock: SetClock
    person: Person
    machine: MachineKey

    @property
    def plans(self) -> Plans:
        return Plans(self.person, self.home, self.machine, self.clock)

    def session(self) -> keys.Session:
        return keys.sign_in(self.person, PASSPHRASE)

    def now(self) -> ActivePlan:
        found = active_plan(self.person, self.machine, self.clock.now())
        assert found is not None
        return found

    def later(self, **span: float) -> None:
        self.clock.at += timedelta(**span)

    def leaves(self) -> list[dict[str, Any]]:
        rows = Leaf.objects.filter(person=self.person).order_by("index")
        found = [json.loads(bytes(row.data)) for row in rows]
        return [leaf for leaf in found if leaf["kind"] == "plan"]

    def states(self) -> list[str]:
        rows = PlanVersion.objects.filter(person=self.person).order_by("number")
        return [row.state for row in rows]


@pytest.fixture
def setting(home: Home) -> Setting:
    return new_setting(home, "me")


def new_setting(home: Home, name: str) -> Setting:
    clock = SetClock(START)
    made = keeping.new_person(name, PASSPHRASE, home=home, clock=clock, cost=QUICK)
    return Setting(home, clock, made.person, MachineKey.load_or_create(home))


def test_without_a_plan_there_is_none(setting: Setting) -> None:
    assert active_plan(setting.person, setting.machine, START) is None
    assert what_loosens(setting.person, FIRST, setting.machine, START) == ()


def test_the_first_plan_holds_at_once_without_a_passphrase(setting: Setting) -> None:
    done = setting.plans.set(FIRST)
    assert (done.number, done.in_force, done.loosens) == (1, True, ())
    found = setting.now()
    assert (found.number, found.plan) == (1, FIRST)
    assert found.others["J"].person == setting.person
    assert [leaf["change"] for leaf in setting.leaves()] == ["first"]


def test_tightening_holds_at_once_without_a_passphrase(setting: Setting) -> None:
    setting.plans.set(FIRST)
    assert setting.plans.set(TIGHTER).in_force
    assert setting.now().plan == TIGHTER
    assert setting.states() == ["past", "active"]
    assert [leaf["change"] for leaf in setting.leaves()] == ["first", "tightened"]


def test_loosening_needs_the_passphrase_and_waits(setting: Setting) -> None:
    setting.plans.set(FIRST)
    with pytest.raises(UserError) as refused:
        setting.plans.set(LOOSER)
    assert refused.value.exit_code is ExitCode.NOT_ALLOWED
    assert setting.states() == ["active"]

    done = setting.plans.set(LOOSER, setting.session())
    assert not done.in_force
    assert done.takes_effect_at == START + timedelta(hours=24)
    assert len(done.loosens) == 1
    setting.later(hours=23, minutes=59)
    assert setting.now().plan == FIRST
    setting.later(minutes=1)
    assert (setting.now().number, setting.now().plan) == (2, LOOSER)
    assert setting.states() == ["past", "active"]
    assert setting.leaves()[-1]["change"] == "loosened"


def test_the_session_of_somebody_else_loosens_nothing(setting: Setting) -> None:
    setting.plans.set(FIRST)
    stranger = new_setting(setting.home, "you")
    with pytest.raises(UserError):
        setting.plans.set(LOOSER, stranger.session())


def test_what_waits_can_be_taken_back(setting: Setting) -> None:
    setting.plans.set(FIRST)
    setting.plans.set(LOOSER, setting.session())
    assert setting.plans.withdraw()
    assert not setting.plans.withdraw()
    setting.later(days=2)
    assert setting.now().plan == FIRST
    assert setting.states() == ["active", "withdrawn"]
    assert [leaf["change"] for leaf in setting.leaves()] == ["first", "loosened", "withdrawn"]


def test_what_is_due_cannot_be_taken_back(setting: Setting) -> None:
    setting.plans.set(FIRST)
    setting.plans.set(LOOSER, setting.session())
    setting.later(days=1)
    assert not setting.plans.withdraw()
    assert setting.now().plan == LOOSER


def test_a_tightening_takes_the_place_of_a_waiting_loosening(setting: Setting) -> None:
    setting.plans.set(FIRST)
    setting.plans.set(LOOSER, setting.session())
    done = setting.plans.set(TIGHTER)
    assert (done.in_force, done.replaced_pending) == (True, True)
    setting.later(days=9)
    assert setting.now().plan == TIGHTER
    assert setting.states() == ["past", "withdrawn", "active"]


def test_looser_than_what_has_come_into_force_meanwhile(setting: Setting) -> None:
    setting.plans.set(LOOSER)
    setting.plans.set(FIRST)
    setting.plans.set(LOOSER, setting.session())
    setting.later(days=1)
    done = setting.plans.set(LOOSER)  # the same as is in force by now: no passphrase
    assert done.in_force


def test_an_other_keeps_their_row_whatever_becomes_of_the_label(setting: Setting) -> None:
    setting.plans.set(FIRST)
    row = setting.now().others["J"]
    two = replace(FIRST, others=(J, Other("K", Mode.WATCH)))
    setting.plans.set(two)
    assert setting.now().others["J"] == row
    alone = replace(FIRST, others=(Other("K", Mode.WATCH),))
    setting.plans.set(alone, setting.session())
    setting.later(days=1)
    assert list(setting.now().others) == ["K"]
    setting.plans.set(two, setting.session())
    assert setting.now().others["J"] == row
    assert OtherRow.objects.filter(person=setting.person).count() == 2


def test_two_people_are_walled_off(setting: Setting) -> None:
    other = new_setting(setting.home, "you")
    setting.plans.set(FIRST)
    other.plans.set(replace(FIRST, wanted=(Wanted("Ana", ("ana@x.example",)),)))
    assert setting.now().plan == FIRST
    assert setting.now().others["J"] != other.now().others["J"]
    version = PlanVersion.objects.get(person=other.person)
    with pytest.raises(UserError):
        setting.machine.open_profile(setting.person.public_id, bytes(version.for_gate))


def test_nothing_of_a_plan_lies_open(setting: Setting) -> None:
    plan = replace(
        FIRST, others=(replace(J, label="Canary", relays=(Relay("Rosalind"),), since=date.min),)
    )
    setting.plans.set(plan)
    setting.plans.set(TIGHTER, setting.session())
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                for value in row:
                    raw = (
                        bytes(value)
                        if isinstance(value, bytes | memoryview)
                        else str(value).encode()
                    )
                    for secret in (b"Canary", b"Rosalind", b"jordan"):
                        assert secret not in raw
    for path in setting.home.root.rglob("*"):
        if path.is_file():
            assert b"Rosalind" not in path.read_bytes()


def test_the_gates_copy_ends_with_the_version(setting: Setting) -> None:
    setting.plans.set(FIRST)
    setting.plans.set(TIGHTER)
    past, active = PlanVersion.objects.filter(person=setting.person).order_by("number")
    assert bytes(past.for_gate) == b""
    assert bytes(active.for_gate)
    assert setting.session().open_private(bytes(past.sealed)).decode() == dump(FIRST)


def test_showing_needs_a_session_and_gives_the_toml(setting: Setting) -> None:
    setting.plans.set(FIRST)
    setting.plans.set(LOOSER, setting.session())
    shown = shown_plans(setting.session())
    assert [(version.state, toml) for version, toml in shown] == [
        ("active", dump(FIRST)),
        ("pending", dump(LOOSER)),
    ]


def test_every_change_is_signed_and_the_log_pinned(setting: Setting) -> None:
    from stillwater.vault import ledger

    setting.plans.set(FIRST)
    setting.plans.set(TIGHTER)
    log = Log.objects.get(person=setting.person)
    assert ledger.latest_checkpoint(log).size == log.size
    assert ledger.check_pin(setting.home, setting.person).state is ledger.PinState.HOLDS


def test_versions_change_only_inside_a_transaction(setting: Setting) -> None:
    with pytest.raises(AssertionError):
        versions.withdraw(setting.person)
    setting.plans.set(FIRST)
    version = PlanVersion.objects.get()
    version.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        version.save(force_insert=True)


# The command


@pytest.fixture
def me(setting: Setting, tmp_path: Path, settings: Any) -> Callable[..., list[str]]:
    """Arguments for ``plan``, with the plan's file and the passphrase's."""
    passphrase = tmp_path / "passphrase"
    passphrase.write_text(PASSPHRASE + "\n")

    def words(verb: str, plan: Plan | None = None, *, signed_in: bool = False) -> list[str]:
        said = ["plan", verb]
        if plan is not None:
            path = tmp_path / "plan.toml"
            path.write_text(dump(plan), "utf-8")
            said.append(str(path))
        return [*said, *(["--passphrase-file", str(passphrase)] if signed_in else [])]

    return words


@pytest.fixture(autouse=True)
def _database_is_ready(monkeypatch: pytest.MonkeyPatch, home: Home) -> None:
    """The test's own database is migrated already."""
    monkeypatch.setattr("stillwater.cli.plan.ready", lambda: home)


def test_set_show_and_withdraw_as_commands(
    setting: Setting, me: Callable[..., list[str]], stillwater: Callable[..., Any]
) -> None:
    assert stillwater(*me("set", FIRST)).code == 0
    refused = stillwater(*me("set", LOOSER))
    assert refused.code != 0
    assert "This plan loosens something" in refused.err
    assert "mode" not in refused.err  # what stands in the plan is for who is signed in

    waits = stillwater(*me("set", LOOSER, signed_in=True))
    assert waits.code == 0
    assert "This loosens: The mode for J is looser." in waits.err
    assert "stillwater plan withdraw" in waits.out
    shown = stillwater(*me("show", signed_in=True), "--json")
    assert [one["state"] for one in json.loads(shown.out)["plans"]] == ["active", "pending"]
    assert stillwater(*me("withdraw")).out.startswith("The plan that was waiting is taken back")
    assert stillwater(*me("withdraw")).out.startswith("No plan was waiting")
    assert json.loads(stillwater(*me("set", TIGHTER), "--json").out)["in_force"] is True


def test_show_without_a_plan_says_what_to_do(
    me: Callable[..., list[str]], stillwater: Callable[..., Any]
) -> None:
    said = stillwater(*me("show", signed_in=True))
    assert said.code == 2
    assert "stillwater plan set" in said.err


@pytest.mark.parametrize(
    ("keys", "says"),
    [
        ('channel = "mail"', "J: low contact, and it names no subjects: until it does"),
        ('subjects = ["money"]', "J: low contact, and it names no channel: until it does"),
        (
            'channel = "mail"\nsubjects = ["money"]\ncadence = "weekly"\nuntil = 2027-06-30',
            "facts about money, from mail, on Mondays at 18:00, until 2027-06-30.",
        ),
    ],
)
def test_check_says_what_low_contact_does(
    tmp_path: Path, stillwater: Callable[..., Any], keys: str, says: str
) -> None:
    path = tmp_path / "p.toml"
    path.write_text(f'[you]\n[[others]]\nlabel = "J"\nmode = "low_contact"\n{keys}\n')
    assert says in stillwater("plan", "check", str(path)).out


def test_check_needs_no_home(tmp_path: Path, stillwater: Callable[..., Any]) -> None:
    path = tmp_path / "p.toml"
    path.write_text(dump(FIRST))
    assert stillwater("plan", "check", str(path)).code == 0
    assert json.loads(stillwater("plan", "check", str(path), "--json").out)["others"] == ["J"]
    path.write_text("[you]\ncolour = 1\n")
    wrong = stillwater("plan", "check", str(path))
    assert wrong.code == 2
    assert "line 2" in wrong.err
