"""Removing everything: slowly, deliberately, and then all of it and nobody else's."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.conf import settings

from stillwater.channels.mail.live.account import MailAccount, Security
from stillwater.core.clock import SystemClock
from stillwater.gate.live.mailboxes import Mailboxes
from stillwater.gate.removing import SHORTEST_WAIT, Removal
from stillwater.people.models import Person
from stillwater.vault.models import Leaf, Request
from stillwater.web.apps import in_memory
from tests.integration.settings_page.conftest import PASSPHRASE, Living, mail
from tests.refusals.kept import all_rows
from tests.support import mailbox

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE = {"name": "me", "passphrase": PASSPHRASE}


def ask(living: Living, status: int = 302, **form: str) -> str:
    living.browser.get("/k/z")
    return living.browser.post("/k/z", status=status, **{**PEOPLE, **form}).text


def test_asking_waits_and_removes_nothing(living: Living) -> None:
    living.plan()
    living.vault.take([mail(1)])
    assert "Nothing is removed before the wait is over" in ask(living)
    (request,) = Request.objects.filter(what="removal")
    assert request.ready_at - request.asked_at == timedelta(days=1)
    assert "waits until" in ask(living, status=302)
    assert Request.objects.filter(what="removal").count() == 1
    assert Person.objects.exists()
    assert "Everything here waits to be removed" in living.browser.get("/k/").text


def test_it_waits_a_day_also_for_whoever_set_no_wait(new_living) -> None:
    living = new_living(delay=timedelta(0))
    ask(living)
    (request,) = Request.objects.filter(what="removal")
    assert request.ready_at - request.asked_at == SHORTEST_WAIT


@pytest.mark.parametrize("form", [{"name": "Me"}, {"name": ""}, {"passphrase": "wrong horse"}])
def test_a_slip_asks_for_nothing(living: Living, form: dict[str, str]) -> None:
    ask(living, status=422, **form)
    assert not Request.objects.exists()


def test_it_can_be_taken_back_without_a_passphrase(living: Living) -> None:
    ask(living)
    assert "Nothing will be removed" in living.browser.post("/k/z/keep").text
    living.wait_is_over("removal")
    # What was taken back is asked for anew.
    ask(living)
    assert Person.objects.exists()
    leaves = [bytes(one.data) for one in Leaf.objects.filter(person=living.person)]
    assert sum(b'"kind":"removal"' in one for one in leaves) == 3


def test_under_a_litigation_hold_nothing_can_be_removed(living: Living) -> None:
    ask(living)
    living.wait_is_over("removal")
    held = mailbox.PLAN.replace(
        'mode = "no_contact"', 'mode = "no_contact"\nlitigation_hold = true'
    )
    living.plan(held)
    assert "litigation hold" in living.browser.get("/k/z").text
    ask(living, status=422)
    assert Person.objects.exists()


def test_after_the_wait_everything_of_theirs_goes_and_nobody_elses(new_living) -> None:
    living = new_living()
    living.plan()
    living.vault.take([mail(1), mail(2)])
    robin = new_living("Robin")
    robin.plan()
    robin.vault.take([mail(3)])
    theirs = {
        p: p.read_bytes()
        for p in living.home.root.rglob(f"*{robin.person.public_id}*/**/*")
        if p.is_file()
    }
    ask(living)
    living.wait_is_over("removal")
    living.browser.get("/k/z")
    answer = living.file("/k/z", **PEOPLE)
    assert answer.status_code == 200
    assert "Everything is removed." in answer.content.decode()
    assert "2 sealed originals" in answer.content.decode()
    assert list(Person.objects.values_list("name", flat=True)) == ["Robin"]
    mine = living.made.person.public_id
    assert [
        p for p in living.home.root.rglob("*") if mine in str(p) and "locks" not in str(p)
    ] == []
    for path, data in theirs.items():
        assert path.read_bytes() == data
    assert robin.browser.client.get("/k/").status_code == 200
    assert living.browser.client.get("/k/").headers["Location"] == "/in"


def test_no_row_is_left_of_the_only_one(living: Living) -> None:
    living.plan()
    living.vault.take([mail(1)])
    living.file("/k/a", name="", language="en", timezone="Europe/Berlin")
    ask(living)
    living.wait_is_over("removal")
    living.file("/k/z", **PEOPLE)
    assert in_memory().unlocked.of(1) == []
    left = {name: rows for name, rows in all_rows().items() if rows}
    assert left == {}, left
    kept = [p for p in living.home.root.rglob("*") if p.is_file() and "sqlite" not in p.name]
    assert {p.name for p in kept if p.parent.name != "locks"} <= {"machine.key"}
    # And the pages begin anew.
    assert living.browser.client.get("/").status_code == 200


def test_before_the_wait_is_over_the_form_removes_nothing(living: Living) -> None:
    ask(living)
    ask(living)
    assert Person.objects.exists()


ACCOUNT = MailAccount("127.0.0.1", "sam@home.example", 9, Security.PLAIN, sieve_port=0)


def test_a_server_that_is_away_stops_it_unless_the_person_goes_on(living: Living) -> None:
    living.plan()
    boxes = Mailboxes(living.person, living.home, living.machine, SystemClock())
    boxes.add(ACCOUNT, "a secret of the mailbox")
    ask(living)
    living.wait_is_over("removal")
    said = ask(living, status=422)
    assert "sam@home.example could not be left" in said
    assert "Stillwater" not in said
    assert boxes.all()
    assert Person.objects.exists()
    living.browser.get("/k/z")
    answer = living.file("/k/z", regardless="yes", **PEOPLE).content.decode()
    assert "sam@home.example: The folder" in answer
    assert not Person.objects.exists()


def test_every_model_that_names_a_person_is_reached(living: Living) -> None:
    """What other rooms add later goes along by itself: nothing is listed by hand."""
    from stillwater.gate.removing import _children_first, _names_a_person

    order = _children_first(apps.get_models())
    for at, model in enumerate(order):
        for field in model._meta.get_fields():
            refers = getattr(field, "remote_field", None)
            if field.concrete and refers is not None and field.related_model is not model:
                assert order.index(field.related_model) > at, model
    assert sum(_names_a_person(model) is not None for model in order) > 15


def test_the_clock_that_was_set_back_ends_no_wait(living: Living) -> None:
    ask(living)
    removal = Removal(living.person, settings.HOME, living.machine, SystemClock())
    with pytest.raises(Exception, match="wait"):
        removal.do()


def test_taken_back_while_the_servers_are_being_left_nothing_goes(
    living: Living, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server takes its time; in another browser the person thinks better of it."""
    ask(living)
    living.wait_is_over("removal")
    removal = Removal(living.person, settings.HOME, living.machine, SystemClock())
    leave = Removal._leave_servers

    def and_meanwhile(self: Removal, **more: bool) -> tuple[int, tuple[str, ...]]:
        assert removal.take_back()
        return leave(self, **more)

    monkeypatch.setattr(Removal, "_leave_servers", and_meanwhile)
    ask(living, status=422)
    assert Person.objects.exists()


def test_a_litigation_hold_that_begins_meanwhile_holds(
    living: Living, monkeypatch: pytest.MonkeyPatch
) -> None:
    living.plan()
    ask(living)
    living.wait_is_over("removal")
    leave = Removal._leave_servers

    def and_meanwhile(self: Removal, **more: bool) -> tuple[int, tuple[str, ...]]:
        living.plan(mailbox.PLAN.replace("[[others]]", "[[others]]\nlitigation_hold = true"))
        return leave(self, **more)

    monkeypatch.setattr(Removal, "_leave_servers", and_meanwhile)
    assert "litigation hold" in ask(living, status=422)
    assert Person.objects.exists()


def test_taken_back_with_two_presses_at_once_it_is_taken_back_once(
    living: Living, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(living)
    removal = Removal(living.person, settings.HOME, living.machine, SystemClock())
    both_saw_it = removal.waiting()
    monkeypatch.setattr(Removal, "waiting", lambda _self: both_saw_it)
    for _ in range(2):
        removal.take_back()
    leaves = [bytes(one.data) for one in Leaf.objects.filter(person=living.person)]
    assert sum(b'"taken_back"' in one for one in leaves) == 1
