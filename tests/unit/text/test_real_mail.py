"""What must hold of real and of awkward mails, where the public data lies beside us."""

import gzip
import json
import re
from collections.abc import Iterator
from email import message_from_bytes
from email.utils import getaddresses
from pathlib import Path
from typing import Any

import pytest

from stillwater.text.mail import body, envelope, source_form

DATA = Path(__file__).resolve().parents[4] / "shared" / "data" / "mail"
EML = sorted((DATA / "eml").rglob("*.eml"))
HAM = DATA / "spamassassin-ham.mbox.gz"

# Where the expected parse gives up and we read on: text under an unknown charset
# name, uuencoded text shown as it stands, an audio or image part that holds words,
# and boundaries that are used again inside the part they enclose.
READ_OTHERWISE = {
    "legacy/026", "legacy/033", "legacy/052", "malformed/009", "malformed/011", "malformed/012",
    "rfc/000", "thirdparty/002",
}  # fmt: skip

needs_eml = pytest.mark.skipif(not EML, reason="the public mails are not here")


def words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.replace("\0", "")))


def expected(eml: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(eml.with_suffix(".json").read_text(encoding="utf-8"))
    return found


def texts(parsed: dict[str, Any]) -> Iterator[str]:
    for part in parsed["parts"]:
        if isinstance(part["body"], dict):
            if "Text" in part["body"]:
                yield part["body"]["Text"]
            elif "Message" in part["body"]:
                yield from texts(part["body"]["Message"])


def senders(parsed: dict[str, Any]) -> Iterator[str]:
    for header in parsed["parts"][0]["headers"]:
        if header["name"] in ("from", "sender", "reply_to") and isinstance(header["value"], dict):
            for found in (header["value"].get("Address") or {}).values():
                for one in found:
                    for member in one.get("addresses") or [one]:
                        if member.get("address"):
                            yield member["address"]


@needs_eml
@pytest.mark.parametrize("eml", EML, ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_awkward_mails_are_read_in_full(eml: Path) -> None:
    raw = eml.read_bytes()
    parsed = expected(eml)
    assert set(senders(parsed)) <= {a.handle for a in envelope(raw).senders}
    read = words(body(raw).text)
    if f"{eml.parent.name}/{eml.stem}" not in READ_OTHERWISE:
        assert [t for t in texts(parsed) if words(t) not in read] == []


@needs_eml
@pytest.mark.parametrize("eml", EML, ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_awkward_mails_cut_anywhere_break_nothing(eml: Path) -> None:
    raw = eml.read_bytes()
    for end in range(0, len(raw), max(1, len(raw) // 40)):
        envelope(raw[:end])
        body(raw[:end])
        source_form(raw[end:])


@pytest.mark.skipif(not HAM.exists(), reason="the public mails are not here")
def test_real_mails_have_the_senders_that_the_standard_library_finds() -> None:
    mails = (b"\n" + gzip.decompress(HAM.read_bytes())).split(b"\nFrom ")[1:]
    for mail in mails:
        raw = mail.partition(b"\n")[2]
        known = message_from_bytes(raw)
        fields = [str(v) for n in ("From", "Sender", "Reply-To") for v in known.get_all(n, [])]
        wanted = [address for _, address in getaddresses(fields) if "@" in address]
        assert set(wanted) <= {a.handle for a in envelope(raw).senders}
        assert len(source_form(raw)) > len(b"stillwater-mail-1\n")
