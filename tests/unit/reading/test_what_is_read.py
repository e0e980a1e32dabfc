"""What of a mail is read: whatever a person would see of it, and what is not is said."""

import base64

import pytest

from stillwater.core.words import Tier
from stillwater.reading.reader import read
from stillwater.text.body import CUT, NOT_DECODED
from stillwater.text.parts import AMBIGUOUS, NO_PARTS
from tests.unit.reading.asking import ask

THREAT = "I will kill you tonight"
B64 = base64.b64encode(THREAT.encode()).decode()
PADDED_TWICE = "".join(base64.b64encode(part).decode() for part in (b"I wil", b"l kill you"))
MIXED = "Content-Type: multipart/mixed; boundary=B"
ALTERNATIVE = (
    "Content-Type: multipart/alternative; boundary=B\n\n--B\n\nI you will not kill time tonight\n"
    f"--B\nContent-Type: text/html\n\n<p>{THREAT}</p>\n--B--"
)


@pytest.mark.parametrize(
    "mail",
    [
        f'From: "{THREAT}" <x@unknown.example>\n\nhi',
        f"{MIXED}\n\n--B\n\nhi\n--B\nContent-Type: image/png; name=i_will_kill_you.png\n\nx\n--B--",
        f"Subject: \u202e{THREAT[::-1]}\u202c\n\nhi",
        f"From: x\n\nsee \u202e{THREAT[::-1]}",
        f"Content-Type: text/html\n\n<bdo dir=rtl>{THREAT[::-1]}</bdo>",
        ALTERNATIVE,
        "Content-Type: text/calendar\n\nSUMMARY:I will ki\n ll you ton\n ight",
        f"Content-Type: application/octet-stream; name=a.TXT\n\n{THREAT}",
        f"Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n{PADDED_TWICE}",
        "From: x\n\n" + "".join(f"{letter}\u0335\u0321" for letter in THREAT),
    ],
)
def test_what_a_person_would_see_is_read(mail: str) -> None:
    for from_other in (True, False):
        asked = ask(None, raw=mail.encode(), from_other=from_other)
        subject = mail.partition("Subject: ")[2].partition("\n")[0] or None
        if subject:
            asked = ask(None, raw=mail.encode(), subject=subject, from_other=from_other)
        assert read(asked).danger.tier is Tier.AT_ONCE


@pytest.mark.parametrize(
    ("mail", "why"),
    [
        ("From: x\n\n" + "a b\n" * 600_000 + THREAT, CUT),
        (f"Content-Transfer-Encoding: x-uuencode\n\n{B64}", NOT_DECODED),
        (
            "Content-Transfer-Encoding: base64\nContent-Transfer-Encoding: 7bit\n\n" + B64,
            AMBIGUOUS,
        ),
        (f"{MIXED}; boundary=C\n\n--C\n\n{B64}\n--C--", AMBIGUOUS),
        (f"{MIXED}\n\n--C\nContent-Transfer-Encoding: base64\n\n{B64}\n--C--", NO_PARTS),
    ],
)
def test_what_is_not_read_of_an_other_is_said(mail: str, why: str) -> None:
    assert read(ask(None, raw=mail.encode(), from_other=True)).unread == why
    of_a_stranger = read(ask(None, raw=mail.encode())).unread
    assert of_a_stranger == (CUT if why == CUT else None)


def test_a_short_name_is_no_sentence() -> None:
    asked = ask(None, raw=b'From: "Kill Bill" <x@unknown.example>\n\nhi', from_other=True)
    assert not read(asked).danger.categories
