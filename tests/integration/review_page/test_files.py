"""A sealed file goes out, another comes back: from the page, and at the terminal."""

import io
import json
from pathlib import Path

import pyrage
import pytest
from click.testing import CliRunner
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from stillwater.circle.models import Member
from stillwater.cli.circle import command as circle_command
from stillwater.cli.review import command as review_command
from stillwater.core.clock import SystemClock
from stillwater.core.errors import UserError
from stillwater.gate import review_files
from stillwater.gate.models import Attempt
from stillwater.gate.sorting import Sorted, Sorting
from stillwater.vault import identities, keys
from stillwater.vault.models import Leaf
from tests.integration.mail.conftest import PASSPHRASE
from tests.integration.review_page.conftest import ABOUT, MAIL, WORDS, Two

pytestmark = pytest.mark.django_db(transaction=True)


class Elsewhere:
    """A reviewer with a device, a key and files of their own."""

    def __init__(self, two: Two, folder: Path) -> None:
        self.two, self.key = two, folder / "my.key"
        made = CliRunner().invoke(circle_command, ["key", "--out", str(self.key), "--json"])
        assert made.exit_code == 0, made.output
        said = json.loads(made.stdout)
        two.theirs.get("/h/n")
        two.theirs.post("/h/n", **ABOUT)
        self.member = Member.objects.latest("pk")
        path = f"/h/m/{self.member.public_id}"
        seen = two.theirs.post(f"{path}/key", recipient=said["recipient"])
        assert all(word in seen.text for word in said["words"])
        two.theirs.post(f"{path}/same", passphrase=PASSPHRASE)
        self.path = path
        self.member.refresh_from_db()

    @property
    def identity(self) -> object:
        return identities.identity_from_file(self.key.read_bytes())

    def file(self) -> bytes:
        """Press the button; gives what the browser saves."""
        token = self.two.theirs.client.cookies["csrftoken"].value
        answer = self.two.theirs.client.post(
            f"{self.path}/out",
            {"csrfmiddlewaretoken": token},
            headers={"origin": "http://localhost:8123"},
        )
        assert answer["Content-Type"] == "application/octet-stream", answer.content.decode()
        assert WORDS.encode() not in answer.content
        return answer.content

    def answer(self, file: bytes, sortings: dict[str, Sorting]) -> bytes:
        return review_files.answer(review_files.opened(file, self.identity), sortings)

    def send_back(self, answer: bytes, status: int = 302) -> str:
        given = SimpleUploadedFile("answer.age", answer)
        return self.two.theirs.post(f"{self.path}/back", status=status, answer=given).text


@pytest.fixture
def elsewhere(two: Two, tmp_path: Path) -> Elsewhere:
    return Elsewhere(two, tmp_path)


def opened_leaves() -> list[dict[str, object]]:
    found = [json.loads(bytes(one.data)) for one in Leaf.objects.order_by("pk")]
    return [one for one in found if one["kind"] == "opened"]


def test_out_and_back(elsewhere: Elsewhere, two: Two) -> None:
    items = [two.held(), two.held(MAIL.replace(b"lake", b"pond"), tier=1)]
    file = elsewhere.file()
    opened = review_files.opened(file, elsewhere.identity)
    assert [one.item for one in opened.items] == items[::-1]  # danger first
    assert WORDS.encode() in opened.items[1].content
    said = {items[0]: Sorting(Sorted.PRACTICAL, note="They want their coat back.")}
    seen = elsewhere.send_back(elsewhere.answer(file, said))
    assert "They want their coat back." in seen
    waiting = Attempt.objects.filter(wants_review=True).values_list("item__public_id", flat=True)
    assert list(waiting) == [items[1]]


def test_each_item_in_it_counts_as_opened(elsewhere: Elsewhere, two: Two) -> None:
    items = {two.held(), two.held(MAIL.replace(b"lake", b"pond"))}
    elsewhere.file()
    leaves = opened_leaves()
    assert {one["item"] for one in leaves} == items
    assert {one["reason"] for one in leaves} == {"review_file"}
    assert {one["who"] for one in leaves} == {elsewhere.member.public_id}


def test_nobody_else_opens_it(elsewhere: Elsewhere, two: Two) -> None:
    two.held()
    file = elsewhere.file()
    for stranger in (
        bytes([7]) * 32,
        identities.secret_of(keys.sign_in(two.person, PASSPHRASE).identity),
    ):
        with pytest.raises(UserError, match="does not open"):
            review_files.opened(file, identities.identity_of(stranger))


def test_with_nothing_waiting_there_is_no_file(elsewhere: Elsewhere, two: Two) -> None:
    seen = two.theirs.post(f"{elsewhere.path}/out", status=422)
    assert "Nothing waits for a reviewer." in seen.text
    assert opened_leaves() == []


def test_an_answer_that_repeats_their_words_is_refused_as_a_whole(
    elsewhere: Elsewhere, two: Two
) -> None:
    """The program on the other side may be another one."""
    item = two.held()
    said = {item: Sorting(Sorted.PRACTICAL, note=f"They wrote: {WORDS}")}
    seen = elsewhere.send_back(elsewhere.answer(elsewhere.file(), said), status=422)
    assert "This repeats their words" in seen
    assert WORDS not in seen
    assert Attempt.objects.get().wants_review


def test_an_answer_without_the_ticket_is_nobodys(elsewhere: Elsewhere, two: Two) -> None:
    """Anybody knows the person's recipient; only whoever opened the file knows the ticket."""
    item = two.held()
    elsewhere.file()
    forged = review_files.ReviewFile("0" * 64, keys.keyring_of(two.person).recipient, ())
    answer = review_files.answer(forged, {item: Sorting(Sorted.HOOK)})
    assert "This is no answer from them." in elsewhere.send_back(answer, status=422)
    assert Attempt.objects.get().wants_review


@pytest.mark.parametrize("answer", [b"", b"no age file", b"age-encryption.org/v1\n"])
def test_what_is_no_answer_is_refused(elsewhere: Elsewhere, two: Two, answer: bytes) -> None:
    two.held()
    elsewhere.file()
    status = 422
    given = SimpleUploadedFile("x", answer)
    seen = two.theirs.post(f"{elsewhere.path}/back", status=status, answer=given)
    assert "no answer from them" in seen.text or "The file is missing." in seen.text


@pytest.mark.parametrize(
    "said",
    [
        [],
        {"format": review_files.ANSWER},
        {"format": review_files.ANSWER, "ticket": None, "items": []},
        {"format": review_files.ANSWER, "ticket": "x", "items": [{"item": "y"}]},
        {"format": review_files.ANSWER, "ticket": "x", "items": None},
        {"format": "another", "ticket": "x", "items": []},
    ],
)
def test_an_answer_of_another_form_is_refused(elsewhere: Elsewhere, two: Two, said: object) -> None:
    two.held()
    file = review_files.opened(elsewhere.file(), elsewhere.identity)
    if isinstance(said, dict) and said.get("ticket") == "x":
        said = {**said, "ticket": file.ticket}
    recipient = [identities.recipient(file.answer_to)]
    answer = bytes(pyrage.encrypt(json.dumps(said).encode(), recipient))
    assert "This is no answer from them." in elsewhere.send_back(answer, status=422)


def test_what_is_not_in_the_file_is_not_sorted_by_it(
    elsewhere: Elsewhere, two: Two, new_life: object
) -> None:
    two.held()
    file = elsewhere.file()
    robin = new_life("Robin")  # type: ignore[operator]
    from tests.refusals.areas.review import held

    theirs = held(robin.person, MAIL)
    elsewhere.send_back(elsewhere.answer(file, {theirs.item.public_id: Sorting(Sorted.HOOK)}))
    theirs.refresh_from_db()
    assert theirs.wants_review


def test_who_was_let_go_is_sent_no_file_and_answers_nothing(elsewhere: Elsewhere, two: Two) -> None:
    item = two.held()
    answer = elsewhere.answer(elsewhere.file(), {item: Sorting(Sorted.HOOK)})
    two.theirs.post(f"{elsewhere.path}/off")
    token = two.theirs.client.cookies["csrftoken"].value
    for path, more in (("out", {}), ("back", {"answer": SimpleUploadedFile("a", answer)})):
        refused = two.theirs.client.post(
            f"{elsewhere.path}/{path}",
            {"csrfmiddlewaretoken": token, **more},
            headers={"origin": "http://localhost:8123"},
        )
        assert refused.status_code == 403
    assert Attempt.objects.get().wants_review


def test_at_the_terminal(elsewhere: Elsewhere, two: Two, tmp_path: Path) -> None:
    first = two.held(tier=1)
    second = two.held(b"From: jordan@mail.example\n\n\x1b[31mAnything else\x1b[0m here as well.\n")
    sealed, answer = tmp_path / "for-me.age", tmp_path / "answer.age"
    sealed.write_bytes(elsewhere.file())
    typed = [
        *("y", "d", "weapon", "keep thinking of the lake"),  # refused: their words
        *("d", "weapon", "Please lock the door."),
        *("y", "p", "", "2026-12-01", "", "", "", "", "", ""),
    ]
    done = CliRunner().invoke(
        review_command,
        [str(sealed), "--key", str(elsewhere.key), "--out", str(answer)],
        input="\n".join(typed) + "\n",
    )
    assert done.exit_code == 0, (done.output, done.exception)
    assert "as a witness" in done.stderr
    assert WORDS in done.stderr
    assert "This repeats their words" in done.stderr
    assert "\x1b" not in done.stderr
    session = keys.sign_in(two.person, PASSPHRASE)
    taken = review_files.take_in_answer(
        session, elsewhere.member, answer.read_bytes(), home=settings.HOME, clock=SystemClock()
    )
    assert taken == 2
    told = two.told()
    assert "May be danger: weapons" in told
    assert "Please lock the door." in told
    assert "2026-12-01" in told
    assert first not in told
    assert second not in told


def test_stopping_keeps_what_was_said(elsewhere: Elsewhere, two: Two, tmp_path: Path) -> None:
    two.held(tier=1)
    two.held(MAIL.replace(b"lake", b"pond"))
    sealed, answer = tmp_path / "for-me.age", tmp_path / "answer.age"
    sealed.write_bytes(elsewhere.file())
    arguments = [str(sealed), "--key", str(elsewhere.key), "--out", str(answer)]
    done = CliRunner().invoke(review_command, arguments, input="y\nh\n\ny\n")
    assert done.exit_code == 0, (done.output, done.exception)
    assert "pond" in done.stderr
    assert answer.exists()


def test_a_key_is_the_reviewers_own(elsewhere: Elsewhere) -> None:
    assert elsewhere.key.stat().st_mode & 0o077 == 0
    sealed = pyrage.encrypt(b"x", [identities.recipient(elsewhere.member.recipient)])
    assert pyrage.decrypt(sealed, [elsewhere.identity]) == b"x"
    assert io.BytesIO(elsewhere.key.read_bytes()).readline().startswith(b"# public key: age1")
