"""What identity learnt lives on between two runs of the gate: sealed, apart, and bounded."""

from collections.abc import Callable
from datetime import timedelta

from stillwater.gate import profiles
from stillwater.gate.models import Attempt
from stillwater.gate.plans import active_plan
from tests.integration.gate.conftest import Life
from tests.support.mailbox import OTHER, mail

ATTEMPTS = [
    f"r u cumin or wat.. me n Quillon waited 4 u at d lake. dis is d {at} time i ask u lol"
    for at in range(24)
]
AGAIN = "y did u block me.. its me. me n Quillon waited 4 u at d lake, r u cumin or wat"
STRANGER = "somebody.new@elsewhere.example"


def learn(life: Life) -> None:
    life.take(*(mail(OTHER, text, subject=f"no {at}") for at, text in enumerate(ATTEMPTS)))


def test_a_later_run_knows_them_by_what_an_earlier_one_learnt(life: Life) -> None:
    learn(life)
    life.clock.at += timedelta(hours=5)
    assert life.take(mail(STRANGER, AGAIN)).theirs == 1
    attempt = Attempt.objects.filter(person=life.person).latest("pk")
    assert attempt.how == "suspected"
    assert attempt.action in ("held", "alert")


def test_without_what_was_learnt_the_same_mail_is_not_held(life: Life) -> None:
    life.take(mail(STRANGER, "me n Quillon waited 4 u at d lake"))
    assert not Attempt.objects.filter(person=life.person, action="held").exists()


def test_the_profile_is_sealed_and_holds_no_word_and_no_handle(life: Life) -> None:
    learn(life)
    life.take(mail(STRANGER, "lovely weather in Zanzibar"))
    path = profiles.path_of(life.home, life.person)
    sealed = path.read_bytes()
    opened = life.machine.open_profile(life.person.public_id, sealed).decode()
    assert path.stat().st_mode & 0o077 == 0
    for word in ("Quillon", "quillon", "Zanzibar", "waited", OTHER, STRANGER):
        assert word.encode() not in sealed
        assert word not in opened, word


def test_two_people_learn_apart(new_life: Callable[..., Life]) -> None:
    first, second = new_life("first"), new_life("second")
    learn(first)
    text = "me n Quillon waited 4 u at d lake, r u cumin or wat"
    assert second.take(mail(STRANGER, text)).theirs == 0


def test_a_damaged_profile_begins_anew_and_stops_nothing(life: Life) -> None:
    learn(life)
    profiles.path_of(life.home, life.person).write_bytes(b"not sealed at all")
    assert life.take(mail(OTHER, "another one", subject="again")).theirs == 1


def test_unknown_senders_are_gone_after_thirty_days(life: Life) -> None:
    life.take(mail(STRANGER, "lovely weather today"))
    life.clock.at += timedelta(days=31)
    life.take()
    plan = active_plan(life.person, life.machine, life.clock.now())
    assert plan is not None
    kept = profiles.load(life.home, life.machine, life.person, plan.plan)
    assert kept.as_data()["strangers"]["seen"] == []
