"""A letter on paper: photographed, sealed as it came, sorted like everything else."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from stillwater.core.words import Channel
from stillwater.gate.models import Attempt
from stillwater.vault import keys
from stillwater.web.apps import in_memory
from tests.integration.mail.conftest import PASSPHRASE
from tests.integration.review_page.conftest import Two

pytestmark = pytest.mark.django_db(transaction=True)


def photograph(shade: int = 200) -> bytes:
    out = io.BytesIO()
    about = Image.Exif()
    about[0x0132] = "2026:11:20 09:00:00"
    Image.new("RGB", (60, 80), (shade, shade, 190)).save(out, "JPEG", exif=about)
    return out.getvalue()


def send(two: Two, content: bytes, status: int = 302, day: str = "2026-11-20") -> str:
    seen = two.reviewers.get("/r/p")
    (path,) = [one for one in seen.addresses if one.startswith("/r/p/")]
    assert in_memory().uploads.may_be_large(path)  # a photograph has more than a page's megabyte
    given = SimpleUploadedFile("letter.jpg", content)
    return two.reviewers.post(path, status=status, day=day, picture=given).text


def test_it_is_sealed_as_it_came_and_sorted_like_everything(two: Two) -> None:
    two.agreed()
    assert "It is sealed." in send(two, photograph())
    attempt = Attempt.objects.get(channel=Channel.LETTER)
    assert attempt.received_at.date().isoformat() == "2026-11-20"
    assert attempt.other is not None  # the plan has one, so it is theirs
    session = keys.sign_in(two.person, PASSPHRASE)
    assert session.open_item(attempt.item, two.home) == photograph()
    item = attempt.item.public_id
    seen = two.reviewers.post(f"/r/x/{item}/open")
    assert f"/r/x/{item}/p/0" in seen.addresses
    two.sorted(item, "legal", note="A court writes; show it to your lawyer.")
    assert "Papers of law" in two.told()


def test_the_same_page_twice_is_one(two: Two) -> None:
    two.agreed()
    send(two, photograph())
    assert not in_memory().uploads.may_be_large("/r/p/" + "0" * 32)
    send(two, photograph())
    send(two, photograph(90))
    assert Attempt.objects.count() == 2


@pytest.mark.parametrize("content", [b"%PDF-1.4", b"<svg/>", b"x"])
def test_what_is_no_picture_is_refused(two: Two, content: bytes) -> None:
    two.agreed()
    assert "no picture" in send(two, content, status=422)
    assert not Attempt.objects.exists()


@pytest.mark.parametrize("day", ["2999-01-01", "3/6", ""])
def test_a_day_that_cannot_be_is_refused(two: Two, day: str) -> None:
    two.agreed()
    send(two, photograph(), status=422, day=day)
    assert not Attempt.objects.exists()


def test_nobody_does_it_before_they_began(two: Two) -> None:
    two.accepted()
    assert two.reviewers.client.get("/r/p").status_code == 403
