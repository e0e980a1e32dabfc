"""The recovery sheet: complete, neutral, one page, and as text an identity file for age."""

import re
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pyrage
import pytest

from stillwater.vault import identities
from stillwater.vault.sheet import COMMANDS, Sheet

SECRET = bytes(range(32))
SHEET = Sheet(
    identities.words_of(SECRET), identities.written(SECRET), datetime(2026, 11, 20, tzinfo=UTC)
)
SAYS_TOO_MUCH = ("stillwater", "contact", "other", "abuse", "vault opens")


def pdf_text(tmp_path: Path) -> str:
    if shutil.which("pdftotext") is None:
        pytest.skip("poppler-utils is not installed")
    path = tmp_path / "sheet.pdf"
    path.write_bytes(SHEET.pdf())
    return subprocess.run(
        ["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True
    ).stdout


def test_the_text_is_an_identity_file_as_it_stands() -> None:
    identity = identities.identity_from_file(SHEET.text().encode())
    assert identities.secret_of(identity) == SECRET
    assert len([x for x in SHEET.text().splitlines() if x and not x.startswith("#")]) == 1


def test_the_words_can_be_read_off_the_text() -> None:
    read = {int(n): word for n, word in re.findall(r"(\d+)\. ([a-z]+)", SHEET.text())}
    assert tuple(read[n] for n in range(1, 25)) == SHEET.words


def test_the_page_has_all_of_it(tmp_path: Path) -> None:
    text = pdf_text(tmp_path)
    assert text.count("\f") == 1
    for n, word in enumerate(SHEET.words, 1):
        assert f"{n} {word}" in " ".join(text.split())
    assert SHEET.recovery_identity in text
    assert "2026-11-20" in text
    for _, command in COMMANDS:
        assert command in " ".join(text.split())


def test_it_does_not_say_what_it_is_for(tmp_path: Path) -> None:
    for text in (SHEET.text(), pdf_text(tmp_path), SHEET.pdf().decode("latin-1")):
        for word in SAYS_TOO_MUCH:
            assert word not in text.lower()


def test_the_key_on_it_opens(tmp_path: Path) -> None:
    identity = pyrage.x25519.Identity.from_str(SHEET.recovery_identity)
    sealed = pyrage.encrypt(b"x", [identity.to_public()])
    assert pyrage.decrypt(sealed, [identities.identity_of(SECRET)]) == b"x"
