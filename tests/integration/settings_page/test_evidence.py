"""An export at the page: chosen, counted, waited for, made, checked; and nobody else's."""

import io
import re
import tarfile
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from stillwater.evidence.verifier import signatures
from stillwater.evidence.verifier.check import verify
from stillwater.vault.keys import keyring_of
from stillwater.vault.locks import person_lock
from stillwater.vault.models import Request
from stillwater.vault.opening import item_path
from stillwater.web.apps import in_memory
from stillwater.web.models import AskedExport
from tests.integration.evidence.conftest import Lawyer
from tests.integration.mail_page.conftest import Browser
from tests.integration.settings_page.conftest import CANARY, PASSPHRASE, Living, mail
from tests.integration.settings_page.exporting import ask, choose, leaves, make

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_count_is_said_before_anything_is_asked_for(held: Living) -> None:
    at = choose(held, channel="mail")
    text = held.browser.get(at).text
    assert "2 of 3 items about J go in." in text
    assert "The bundle says that it is a part." in text
    assert "your notes, letters and days" in text
    assert not Request.objects.exists()


def test_what_was_chosen_lies_sealed(held: Living) -> None:
    choose(held, since="2026-01-01")
    row = AskedExport.objects.get()
    assert bytes(row.sealed).startswith(b"age-encryption.org/v1")


def test_days_and_ways_in_choose(held: Living) -> None:
    assert "0 of" not in held.browser.get(choose(held, since="2026-01-01")).text
    held.browser.get("/i/a")
    at = choose(held, 422, since="2031-01-01")
    assert at == "/i/a"
    assert AskedExport.objects.count() == 1


@pytest.mark.parametrize(
    "form",
    [
        {"since": "3/6/2026"},
        {"since": "2026-02-30"},
        {"since": "2026-03-02", "until": "2026-03-01"},
        {"other": "f" * 32},
        {"to": "them", "recipient": "age1nothing"},
        {"to": "them", "recipient": ""},
        {"to": ""},
    ],
)
def test_nothing_is_guessed(held: Living, form: dict[str, str]) -> None:
    """3/6 is the third of June or the sixth of March: ask."""
    choose(held, 422, **form)
    assert not AskedExport.objects.exists()


def test_what_was_typed_stays_in_the_form(held: Living) -> None:
    seen = held.browser.get("/i/a")
    (other,) = [one["value"] for one in seen.fields if one.get("name") == "other"]
    seen = held.browser.post(
        "/i/a", status=422, other=other, to="them", recipient="age1x", since="2026-01-01"
    )
    values = {one.get("name"): one.get("value") for one in seen.fields}
    assert (values["recipient"], values["since"]) == ("age1x", "2026-01-01")


def test_it_waits_and_then_whoever_it_is_sealed_to_opens_it(
    held: Living, lawyer: Lawyer, tmp_path: Path
) -> None:
    at = choose(held, to="them", recipient=lawyer.recipient)
    assert lawyer.recipient in held.browser.get(at).text
    ask(held, at)
    text = held.browser.get(at).text
    assert "It waits" in text
    assert make(held, at).status_code == 422
    assert leaves(held, "exported") == 0
    held.wait_is_over("export")
    AskedExport.objects.update(ready_at=Request.objects.get().ready_at)
    assert "The wait is over" in held.browser.get(at).text
    assert held.file(f"{at}/go", passphrase="wrong horse").status_code == 422
    assert make(held, at).status_code == 302
    assert leaves(held, "exported") == 1
    text = held.browser.get(at).text
    assert "3 of 3 items about J went in." in text
    key = bytes(keyring_of(held.person).ledger_public_key)
    assert signatures.fingerprint(key) in text
    sealed = tmp_path / "bundle.tar.age"
    sealed.write_bytes(held.file(f"{at}/file").getvalue())
    (tmp_path / "out").mkdir()
    folder = lawyer.open(sealed, tmp_path / "out")
    assert len(list((folder / "data/originals").iterdir())) == 3
    # A second one begins a wait of its own: this one cannot be made twice.
    assert make(held, at).status_code == 302
    assert leaves(held, "exported") == 1
    held.browser.post(f"{at}/off")
    assert not sealed_files(held)


def upload(living: Living) -> str:
    """Where the form of this sign-in sends a bundle."""
    (to,) = [one for one in living.browser.get("/i/d").addresses if one.startswith("/i/d/")]
    return to


def sealed_files(living: Living) -> list[Path]:
    return list(living.home.outgoing.rglob("*.age"))


def test_a_waiting_export_can_be_taken_back(held: Living) -> None:
    at = choose(held)
    ask(held, at)
    assert "Nothing leaves" in held.browser.post(f"{at}/off").text
    assert Request.objects.get().state == Request.State.CANCELLED
    assert not AskedExport.objects.exists()
    assert held.browser.client.get(at).status_code == 403


def test_a_wait_that_was_used_another_way_is_begun_anew(held: Living) -> None:
    first, second = choose(held), choose(held)
    ask(held, first)
    ask(held, second)
    assert Request.objects.count() == 1  # the same question has the same wait
    held.wait_is_over("export")
    AskedExport.objects.update(ready_at=Request.objects.get().ready_at)
    assert make(held, first).status_code == 302
    # The first one's end takes nothing from the second.
    held.browser.post(f"{first}/off")
    answer = make(held, second)
    assert answer.status_code == 422
    assert "waits once more" in answer.content.decode()
    assert "It waits" in held.browser.get(second).text
    assert leaves(held, "exported") == 1


@pytest.mark.parametrize("reason", ["danger", "court", "child", "officer"])
def test_a_reason_ends_the_wait_and_goes_on_record(held: Living, reason: str) -> None:
    at = choose(held)
    ask(held, at)
    assert make(held, at, reason=reason).status_code == 302
    assert sealed_files(held)
    assert Request.objects.get().ended_by == reason


def test_no_other_reason_does(held: Living) -> None:
    at = choose(held)
    ask(held, at)
    assert make(held, at, reason="waited").status_code == 422


def test_without_asking_nothing_is_made(held: Living) -> None:
    at = choose(held)
    assert make(held, at, reason="danger").status_code == 302
    assert not sealed_files(held)
    assert held.file(f"{at}/file").status_code == 302


def test_in_the_clear_counts_as_that_many_openings(held: Living) -> None:
    at = choose(held, to="clear")
    assert "it counts as 3 openings" in held.browser.get(at).text
    ask(held, at)
    assert Request.objects.filter(what="open").count() == 3
    assert make(held, at).status_code == 422
    # What comes in later does not join, and so does not begin the wait anew.
    held.vault.take([mail(9, CANARY)])
    held.wait_is_over("open")
    AskedExport.objects.update(ready_at=Request.objects.first().ready_at)
    answer = make(held, at)
    assert answer["Content-Disposition"].startswith('attachment; filename="bundle-')
    with tarfile.open(fileobj=io.BytesIO(answer.getvalue())) as tar:
        originals = [name for name in tar.getnames() if "/originals/" in name]
    assert len(originals) == 3
    assert leaves(held, "opened") == 3
    assert leaves(held, "exported") == 1
    assert "handed over in the clear" in held.browser.get("/i/").text
    # Nothing of it stays on the disk.
    on_disk = [p for p in held.home.root.rglob("*") if p.is_file()]
    assert not any(CANARY.encode() in p.read_bytes() for p in on_disk)


def test_taking_back_what_was_to_be_clear_ends_the_waits_that_it_began(held: Living) -> None:
    own = held.vault.take([mail(7)])[0].item
    from stillwater.core.clock import SystemClock
    from stillwater.gate import keeping

    before = keeping.ask_to_open(own, clock=SystemClock())
    at = choose(held, to="clear")
    ask(held, at)
    held.browser.post(f"{at}/off")
    waiting = Request.objects.filter(state="waiting")
    assert [one.pk for one in waiting] == [before.pk]


def test_too_many_are_not_given_in_the_clear(held: Living, monkeypatch) -> None:
    monkeypatch.setattr("stillwater.web.evidence.asked.MOST_IN_THE_CLEAR", 2)
    choose(held, 422, to="clear")
    assert not AskedExport.objects.exists()


def test_one_sealed_to_oneself_is_checked_with_a_press(held: Living) -> None:
    at = choose(held)
    ask(held, at)
    make(held, at, reason="court")
    held.browser.get(at)
    text = held.browser.post(f"{at}/look", status=200).text
    assert "every item in it is unchanged since Stillwater took it in." in text
    assert "3 of 3" in text
    assert CANARY not in text


def test_a_bundle_is_checked_by_uploading_it(held: Living) -> None:
    at = choose(held, to="clear")
    ask(held, at)
    bundle = make(held, at, reason="court").getvalue()
    held.browser.get("/i/d")
    file = SimpleUploadedFile("bundle.tar", bundle)
    text = held.browser.post(upload(held), status=200, bundle=file).text
    assert "unchanged since Stillwater took it in, provided that the key" in text
    assert CANARY not in text
    own = re.search(r"SHA256:\S+", held.browser.get("/i/d").text)[0]  # type: ignore[index]
    file = SimpleUploadedFile("bundle.tar", bundle)
    assert "provided" not in held.browser.post(upload(held), status=200, bundle=file, key=own).text


@pytest.mark.parametrize("to", ["clear", "me"])
def test_while_a_bundle_is_checked_nothing_of_it_has_a_name_on_the_disk(
    held: Living, monkeypatch, to: str
) -> None:
    """A kill at that moment leaves nothing behind."""
    at = choose(held, to=to)
    ask(held, at)
    made = make(held, at, reason="court")
    bundle = made.getvalue() if to == "clear" else held.file(f"{at}/file").getvalue()
    held.browser.post(f"{at}/off")
    seen: list[Path] = []

    def looks(*given, **named):
        seen.extend(one for one in held.home.outgoing.rglob("*") if one.is_file())
        return verify(*given, **named)

    monkeypatch.setattr("stillwater.web.evidence.checking.verify", looks)
    file = SimpleUploadedFile("bundle.tar", bundle)
    assert "unchanged since" in held.browser.post(upload(held), status=200, bundle=file).text
    assert seen == []


def test_a_changed_bundle_is_told(held: Living) -> None:
    at = choose(held, to="clear")
    ask(held, at)
    bundle = make(held, at, reason="court").getvalue()
    changed = bundle.replace(b"heron", b"crane")
    held.browser.get("/i/d")
    file = SimpleUploadedFile("bundle.tar", changed)
    text = held.browser.post(upload(held), status=200, bundle=file).text
    assert "Not as it was made" in text
    assert "data/originals/0001-" in text


@pytest.mark.parametrize(
    "data",
    [
        b"x",
        b"<script>alert(1)</script>" * 40,
        b"PK\x03\x04" + b"\0" * 60,
        b"age-encryption.org/v1\nx",
    ],
)
def test_what_is_no_bundle_is_said_to_be_none(held: Living, data: bytes) -> None:
    held.browser.get("/i/d")
    answer = held.file(upload(held), bundle=SimpleUploadedFile("any", data), key="")
    assert answer.status_code in (200, 422)
    assert "As it was made<" not in answer.content.decode()
    assert "<script>alert" not in answer.content.decode()


def test_the_record_is_checked_with_one_press_and_says_what_it_proves(held: Living) -> None:
    assert "was not checked yet" in held.browser.get("/i/").text
    text = held.browser.post("/i/c").text
    assert "Unchanged since Stillwater took it in." in text
    assert "whoever controls this machine could have made an item up" in text
    item = held.vault.take([mail(8)])[0].item
    path = item_path(held.home, held.person.public_id, item.public_id)
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    assert "Something is not as it was recorded." in held.browser.post("/i/c").text


def test_a_record_that_is_in_use_is_checked_later(held: Living, monkeypatch) -> None:
    monkeypatch.setattr("stillwater.vault.locks.PATIENCE", 0.0)
    held.browser.get("/i/")
    with person_lock(held.home, held.person):
        assert "Something else is working here" in held.browser.post("/i/c").text


def test_another_persons_export_is_not_seen(new_living, held: Living) -> None:
    at = choose(held)
    robin = new_living("Robin")
    assert robin.browser.client.get(at).status_code == 403
    assert "About J" not in robin.browser.get("/i/").text
    for way in ("ask", "go", "off", "look"):
        assert robin.file(f"{at}/{way}", passphrase=PASSPHRASE).status_code == 403
    assert AskedExport.objects.count() == 1


def test_without_a_plan_there_is_nobody_to_export_about(living: Living) -> None:
    assert "There is no plan yet" in living.browser.get("/i/a").text
    living.file("/i/a", other="f" * 32, to="me")
    assert not AskedExport.objects.exists()


def test_what_was_chosen_and_never_asked_for_is_forgotten_after_a_day(held: Living) -> None:
    choose(held)
    AskedExport.objects.update(chosen_at=AskedExport.objects.get().chosen_at - timedelta(days=2))
    choose(held)
    assert AskedExport.objects.count() == 1


def test_a_bundle_may_be_large_only_at_a_form_that_was_shown(held: Living) -> None:
    may = in_memory().uploads.may_be_large
    assert not may(f"/i/d/{'f' * 32}")
    to = upload(held)
    assert may(to)
    assert not may(to + "/x")
    # Another sign-in's form is no address.
    elsewhere = Browser(held.home)
    elsewhere.sign_in()
    elsewhere.get("/i/d")
    assert "closed" in elsewhere.post(to, status=403, key="").text
