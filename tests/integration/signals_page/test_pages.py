"""The page of notes, from the first way to the last."""

import json
import re
from collections.abc import Callable
from datetime import timedelta

import pytest

from stillwater.gate.signals.models import Signals, Way
from stillwater.people.models import Person, Settings
from stillwater.vault.models import Keyring, Leaf
from tests.integration.mail.conftest import PASSPHRASE, Life
from tests.integration.mail_page.conftest import Browser, Seen, everything_kept
from tests.integration.signals.conftest import Receiver, nobodys_port

SECRET = "secret-word-of-the-address"


@pytest.fixture
def here(browser: Browser, life: Life) -> Browser:
    browser.sign_in()
    return browser


def way() -> str:
    return f"/o/w/{Way.objects.get().public_id}"


def added(here: Browser, port: int, **more: str) -> Seen:
    address = f"json://127.0.0.1:{port}/{SECRET}"
    return here.post("/o/a", address=address, passphrase=PASSPHRASE, **more)


def test_without_a_way_it_says_what_that_means(here: Browser) -> None:
    seen = here.get("/o/")
    assert "you hear of danger on these pages alone" in seen.text
    assert "“You have a note.”" in seen.text
    assert "“Please look when you can.”" in seen.text


def test_a_way_is_added_and_tested_by_one_press(
    here: Browser, http_receiver: Receiver, logged: list[str]
) -> None:
    seen = added(here, http_receiver.port, name="my phone")
    assert "It is added." in seen.text
    assert "Not tested yet." in seen.text
    seen = here.post(f"{way()}/test")
    assert "You should have got a note." in seen.text
    assert "The last one went out." in seen.text
    assert len(http_receiver.got) == 1
    for kept in (*here.answers, everything_kept(), *logged):
        assert SECRET not in kept


def test_a_test_that_does_not_go_out_says_why_and_what_next(here: Browser) -> None:
    added(here, nobodys_port())
    seen = here.post(f"{way()}/test")
    assert "It did not go out." in seen.text
    assert "does not take the call" in seen.text
    assert "is its port right" in seen.text


@pytest.mark.parametrize("passphrase", ["", "not it"])
@pytest.mark.parametrize("where", ["/o/a", "/o/g"])
def test_whoever_sits_at_the_open_page_adds_no_pager_of_theirs(
    here: Browser, where: str, passphrase: str
) -> None:
    form = {"name": "Kim", "address": "ntfys://ntfy.example/theirs", "agreed": "yes"}
    here.get(where)
    here.post(where, status=422, passphrase=passphrase, **form)
    assert Way.objects.count() == 0


def test_what_was_typed_stays_in_the_form(here: Browser) -> None:
    form = {"address": "ntfy://ntfy.example/a", "name": "my phone", "passphrase": PASSPHRASE}
    seen = here.post("/o/a", status=422, **form)
    assert "could be read on the way" in seen.text
    values = [one.get("value") for one in seen.fields]
    assert "ntfy://ntfy.example/a" in values
    assert "my phone" in values
    assert Way.objects.count() == 0


def test_removing_needs_the_passphrase_and_waits(here: Browser, http_receiver: Receiver) -> None:
    added(here, http_receiver.port)
    here.post(f"{way()}/test")
    assert "It is the last way to you" in here.get(f"{way()}/off").text
    here.post(f"{way()}/off", status=422)
    here.post(f"{way()}/off", status=422, passphrase="not it")
    seen = here.post(f"{way()}/off", passphrase=PASSPHRASE)
    assert "It goes on until the wait is over." in seen.text
    assert "You asked to remove it." in seen.text
    assert "Go on with it" in here.get(f"{way()}/off").text
    assert "It goes on." in here.post(f"{way()}/on").text
    assert Way.objects.count() == 1


def test_without_a_wait_it_is_removed_now(here: Browser, http_receiver: Receiver) -> None:
    Keyring.objects.update(loosening_delay=timedelta())
    added(here, http_receiver.port)
    here.post(f"{way()}/test")
    assert "It is removed." in here.post(f"{way()}/off", passphrase=PASSPHRASE).text
    assert Way.objects.count() == 0


def test_a_slip_is_removed_without_a_passphrase(here: Browser) -> None:
    added(here, nobodys_port())
    assert "removed at once" in here.get(f"{way()}/off").text
    here.post(f"{way()}/off")
    assert Way.objects.count() == 0


def test_somebody_is_told_only_once_they_agreed(here: Browser, http_receiver: Receiver) -> None:
    address = f"json://127.0.0.1:{http_receiver.port}/{SECRET}"
    form = {"name": "Kim", "address": address, "passphrase": PASSPHRASE}
    assert "did not agree" in here.post("/o/g", status=422, **form).text
    here.answers.clear()  # what was typed stood there until it was taken
    seen = here.post("/o/g", agreed="yes", **form)
    assert "After 30 minutes without an answer" in seen.text
    assert "Kim" in seen.text
    assert "They should have got a test." in here.post(f"{way()}/test").text
    assert "This is a test" in http_receiver.got[0]
    assert "Kim" not in everything_kept()
    for kept in here.answers:
        assert SECRET not in kept


def test_sentences(here: Browser) -> None:
    form = {"note": "The plants are thirsty.", "danger": "The plants are dry.", "agreed": ""}
    seen = here.post("/o/t", passphrase=PASSPHRASE, **form)
    assert "“The plants are thirsty.”" in seen.text
    assert "You agreed to hear from me" in seen.text  # left empty, ours again
    here.post("/o/t", **form)  # the same once more changes nothing, and asks for nothing
    seen = here.post("/o/t", status=422, note="same", danger="same", agreed="")
    assert "could not tell what will not wait" in seen.text
    assert "plants" not in everything_kept()


@pytest.mark.parametrize("passphrase", ["", "not it"])
@pytest.mark.parametrize("which", ["note", "danger", "agreed", "review"])
def test_whoever_sits_at_the_open_page_changes_no_sentence(
    here: Browser, which: str, passphrase: str
) -> None:
    here.get("/o/t")
    leaves = Leaf.objects.count()
    here.post("/o/t", status=422, passphrase=passphrase, **{which: "All is well."})
    assert "All is well." not in here.get("/o/").text
    assert Leaf.objects.count() == leaves


def test_another_sentence_is_an_entry_of_the_ledger(here: Browser) -> None:
    here.get("/o/t")
    here.post("/o/t", danger="The plants are dry.", passphrase=PASSPHRASE)
    assert b"plants" not in bytes(Leaf.objects.latest("pk").data)
    assert json.loads(bytes(Leaf.objects.latest("pk").data))["kind"] == "loosened"


def test_sooner_holds_at_once_and_later_waits_for_the_passphrase(here: Browser) -> None:
    here.post("/o/p", repeat="2", agreed_after="15")
    assert Signals.objects.get().repeat_minutes == 2
    here.post("/o/p", status=422, repeat="15", agreed_after="15")
    assert Signals.objects.get().repeat_minutes == 2
    seen = here.post("/o/p", repeat="15", agreed_after="15", passphrase=PASSPHRASE)
    assert "The slower times hold when the wait is over." in seen.text
    assert "to take that back, choose the times once more" in seen.text
    assert Signals.objects.get().repeat_minutes == 2
    assert "once more" not in here.post("/o/p", repeat="2", agreed_after="15").text


@pytest.mark.parametrize("repeat", ["", "x", "-5", "0", "7", "99999999", "５"])
def test_no_other_time_is_taken(here: Browser, repeat: str) -> None:
    form = {"repeat": repeat, "agreed_after": "30", "passphrase": PASSPHRASE}
    here.post("/o/p", status=422, **form)
    assert not Signals.objects.exists()


def test_quiet_hours(here: Browser) -> None:
    Keyring.objects.update(loosening_delay=timedelta())
    night = {"begins": "22:00", "ends": "07:00", "passphrase": PASSPHRASE}
    assert "from 22:00 to 07:00" in here.post("/o/q", **night).text
    here.post("/o/q", status=422, begins="22:00", ends="")
    here.post("/o/q", status=422, begins="07:00", ends="22:00")
    here.post("/o/q", status=422, begins="late", ends="early")
    assert "from 22:00 to 07:00" in here.get("/o/").text
    assert "none" in here.post("/o/q", begins="", ends="").text


def test_more_quiet_needs_the_passphrase_and_waits_and_less_is_at_once(here: Browser) -> None:
    here.get("/o/q")
    here.post("/o/q", status=422, begins="22:00", ends="07:00")
    here.post("/o/q", status=422, begins="22:00", ends="07:00", passphrase="not it")
    seen = here.post("/o/q", begins="22:00", ends="07:00", passphrase=PASSPHRASE)
    assert "to take that back, choose the hours once more" in seen.text
    assert Signals.objects.filter(quiet_from=None).count() == Signals.objects.count()
    here.post("/o/q", begins="", ends="")
    assert "once more" not in here.get("/o/").text
    Signals.objects.update_or_create(
        person=Person.objects.get(), defaults={"quiet_from": "22:00", "quiet_until": "07:00"}
    )
    here.post("/o/q", status=422, begins="21:00", ends="07:00")
    here.post("/o/q", status=422, begins="10:00", ends="16:00")
    assert "from 23:00 to 06:00" in here.post("/o/q", begins="23:00", ends="06:00").text


def test_another_time_zone_moves_quiet_hours_only_with_the_passphrase(here: Browser) -> None:
    form = {"name": "", "language": "en", "timezone": "America/New_York"}
    Signals.objects.create(person=Person.objects.get(), quiet_from="22:00", quiet_until="07:00")
    here.get("/k/a")
    here.post("/k/a", status=422, **form)
    assert not Settings.objects.filter(timezone="America/New_York").exists()
    here.post("/k/a", passphrase=PASSPHRASE, **form)
    assert Settings.objects.filter(timezone="America/New_York").exists()


def test_each_sees_their_own_alone(
    browser: Browser, life: Life, new_life: Callable[..., Life]
) -> None:
    new_life("Robin")
    browser.sign_in(name="Robin")
    added(browser, nobodys_port(), name="Robin's phone")
    mine = Browser(life.home)
    mine.sign_in(name="me")
    assert "Robin" not in mine.get("/o/").text
    assert re.search(r"these pages alone", mine.get("/o/").text)


def test_a_way_that_does_not_open_with_this_machines_key_breaks_no_page(here: Browser) -> None:
    added(here, nobodys_port())
    Way.objects.update(for_gate=b"SWM1" + bytes(60))
    seen = here.get("/o/")
    assert "does not open with this machine" in seen.text
    here.post(f"{way()}/off")
    assert Way.objects.count() == 0


def test_what_another_page_said_does_not_come_between(here: Browser) -> None:
    session = here.client.session
    session["said"] = "removed"
    session.save()
    assert "Notes to you" in here.get("/o/").text


def test_a_sentence_that_was_begun_is_there_again_and_goes_out_only_once_it_is_sent(
    here: Browser,
) -> None:
    own = "Bring the wren in."
    here.keeps("/o/t", note="", danger=own, agreed="")
    page = here.get("/o/t")
    assert "has not been sent" in page.text
    assert own in [one.get("value") for one in page.fields]
    assert own not in here.get("/o/").text
    assert "wren" not in everything_kept()
    here.post("/o/t", note="", danger=own, agreed="", passphrase=PASSPHRASE)
    assert own in here.get("/o/").text
    assert "has not been sent" not in here.get("/o/t").text
