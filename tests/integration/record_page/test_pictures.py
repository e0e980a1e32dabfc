"""Pictures that are chosen: one after the other, and never in a file."""

import pytest

from stillwater.gate.models import (
    HandPicture,
)
from tests.integration.record_page.conftest import (
    Browser,
    Life,
)
from tests.support.pictures import camera_picture, plain_picture

pytestmark = pytest.mark.django_db


class TestPictures:
    def test_what_is_no_picture_is_said_and_the_rest_is_kept(
        self, browser: Browser, life: Life
    ) -> None:
        browser.begin("visit").step("pictures").upload(plain_picture(), b"MZ no picture")
        assert browser.status == 422
        assert HandPicture.objects.count() == 1
        assert len(life.drafts.all()[0].pictures) == 1

    def test_one_over_25_mb_is_said(self, browser: Browser, life: Life) -> None:
        browser.begin("visit").step("pictures").upload(plain_picture() + b"x" * 25_000_000)
        assert browser.status == 422
        assert "25 MB" in browser.text

    def test_the_eleventh_is_said(self, browser: Browser, life: Life) -> None:
        browser.begin("visit").step("pictures")
        browser.upload(*(plain_picture(n) for n in range(11)))
        assert browser.status == 422
        assert HandPicture.objects.count() == 10

    def test_one_can_be_taken_out(self, browser: Browser, life: Life) -> None:
        browser.begin("visit").step("pictures").upload(plain_picture(1), plain_picture(2))
        first, second = life.drafts.all()[0].pictures
        browser.post(f"/e/d/{browser.draft}/pictures/{first.id}")
        assert life.drafts.all()[0].pictures == (second,)
        assert HandPicture.objects.count() == 1

    def test_no_temporary_file_is_made(
        self, browser: Browser, life: Life, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuses(*_: object, **__: object) -> None:
            raise AssertionError("a temporary file")

        browser.begin("visit").step("pictures")
        for name in ("TemporaryFile", "NamedTemporaryFile", "SpooledTemporaryFile", "mkstemp"):
            monkeypatch.setattr(f"tempfile.{name}", refuses)
        monkeypatch.setattr("django.core.files.temp.NamedTemporaryFile", refuses)
        browser.upload(camera_picture(noise=b"x" * 6_000_000))
        assert browser.status == 302
        assert len(life.drafts.all()[0].pictures) == 1
