"""What is said of phones is on the page as well."""

import re
from pathlib import Path

from stillwater.channels.mail.live import phones

PAGE = Path(__file__).parents[3] / "docs" / "mail.md"


def test_every_app_is_on_the_page() -> None:
    page = PAGE.read_text("utf-8")
    for app in phones.APPS:
        assert f"**{app.name}" in page, app.name
        assert app.steps


def test_no_word_that_is_on_no_screen() -> None:
    said = "\n".join([PAGE.read_text("utf-8"), *phones.in_lines()])
    assert not re.search(r"\b(fail\w*|relapse|reset|streak|victim\w*)\b", said, re.IGNORECASE)
