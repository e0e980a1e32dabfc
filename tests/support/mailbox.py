"""Mailboxes for tests and benchmarks: wanted mail, and the other's, told apart by a mark.

Where the public data is there (``../shared/data``), wanted mail is real; else
it is made here, in the forms that real mail takes. Nothing here is random
unless the caller's seed makes it so.
"""

import gzip
import os
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

OTHER = "jordan@mail.example"
PERSON = "sam@home.example"
MARK = b"X-Test-Mark: "

PLAN = f"""\
[you]
names = ["Sam"]
handles = ["{PERSON}", "+4915112345678"]
region = "DE"
timezone = "Europe/Berlin"

[[others]]
label = "J"
names = ["Jordan", "Jo"]
handles = ["{OTHER}", "+4917612345678"]
mode = "no_contact"
since = 2026-01-10

[[wanted]]
name = "Ana"
handles = ["ana@friends.example"]
"""

_FORMS = (
    "{name} <{address}>",
    "{address}",
    '"{name}" <{address}>',
    "{upper}",
    "<{address}> ({name})",
)
_SUBJECTS = (
    "hey",
    "Re: the weekend",
    "Tooth brush",
    "=?utf-8?q?M=C3=BCde?=",
    "",
    "read this please",
)
_BODIES = (
    "I keep thinking of the lake. Write to me.",
    "You always do this.\n\nFrom the start you did this.\n>From here on it is your turn.",
    "The post for you is here. Shall I bring it?",
    "Ich weiß nicht mehr weiter. Melde dich bitte.",
    "call me\n\n-- \nJordan",
    "",
)
_WANTED_SENDERS = (
    "Ana <ana@friends.example>",
    "newsletter@shop.example",
    "Library <no-reply@library.example>",
    "Ümit Kaya <umit@work.example>",
    "list-owner@lists.example",
)
_WANTED_BODIES = (
    "Your parcel is on its way and should arrive on Thursday.",
    "Lunch on Friday? The place near the station has a new menu.",
    "Two books are due back by 3 December.",
    "The minutes of Monday's meeting are attached.",
    "New arrivals this week, and free delivery over 40 EUR.",
)


@dataclass(frozen=True)
class Mixed:
    """A mailbox on the disk, and what should come of it."""

    path: Path
    theirs: int
    wanted: int
    originals: frozenset[bytes]  # the other's mails, as they stand in the file


def shared_data() -> Path | None:
    """The folder of public data, where there is one."""
    chosen = os.environ.get("STILLWATER_DATA")
    folder = Path(chosen) if chosen else Path(__file__).parents[3] / "shared" / "data"
    return folder if folder.is_dir() else None


def real_wanted() -> list[bytes]:
    """The 1,750 wanted mails of the SpamAssassin corpus (CC0), or none."""
    data = shared_data()
    path = data / "mail" / "spamassassin-ham.mbox.gz" if data else None
    if path is None or not path.exists():
        return []
    from stillwater.channels.archives.registry import open_archive

    return [item.raw for item in open_archive(path).items()]


def made_wanted(count: int, seed: int = 1) -> Iterator[bytes]:
    """Wanted mails made here: plain, multipart, base64, list mail, no date, eight-bit."""
    chance = random.Random(seed)
    for number in range(count):
        message = EmailMessage()
        message["From"] = chance.choice(_WANTED_SENDERS)
        message["To"] = PERSON
        message["Subject"] = f"Number {number}"
        message["Message-ID"] = f"<wanted-{seed}-{number}@work.example>"
        if number % 17:
            message["Date"] = format_datetime(_moment(number))
        if number % 5 == 0:
            message["List-Id"] = "<news.shop.example>"
        message.set_content(
            chance.choice(_WANTED_BODIES) + "\n",
            cte=chance.choice(("7bit", "base64", "quoted-printable")),
        )
        if number % 7 == 0:
            message.add_alternative("<p>The same, <b>in colour</b>.</p>", subtype="html")
        if number % 11 == 0:
            message.add_attachment(
                bytes(range(256)) * 8, maintype="application", subtype="pdf", filename="a.pdf"
            )
        yield message.as_bytes()


def made_theirs(count: int, seed: int = 2) -> Iterator[bytes]:
    """The other's mails, no two the same, in the forms that an address takes."""
    chance = random.Random(seed)
    for number in range(count):
        form = chance.choice(_FORMS).format(name="Jordan", address=OTHER, upper=OTHER.upper())
        header = "Reply-To" if number % 13 == 0 else "From"
        lines = [f"{header}: {form}"]
        if header == "Reply-To":
            lines.append("From: Somebody New <new@elsewhere.example>")
        lines += [
            f"To: {PERSON}",
            f"Subject: {chance.choice(_SUBJECTS)}",
            f"Date: {format_datetime(_moment(number))}",
            f"Message-ID: <theirs-{seed}-{number}@mail.example>",
            f"X-Test-Mark: {seed}-{number}",
            "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=utf-8",
            "",
            chance.choice(_BODIES),
            f"({number})",
        ]
        yield ("\n".join(lines) + "\n").encode()


def mail(sender: str, body: str, *, number: int = 1, to: str = PERSON, subject: str = "") -> bytes:
    """One small mail, for a test to say something with."""
    lines = (
        f"From: {sender}",
        f"To: {to}",
        f"Subject: {subject}",
        f"Date: {format_datetime(_moment(number))}",
        f"Message-ID: <one-{number}@made.example>",
        "",
        body,
    )
    return ("\n".join(lines) + "\n").encode()


def _moment(number: int) -> datetime:
    return datetime(2026, 2, 1, 8, tzinfo=UTC) + timedelta(minutes=37 * number)


def write_mbox(path: Path, mails: Sequence[bytes]) -> None:
    """An mbox in the form that most programs write: ``From `` in a body is munged."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "wb") as out:
        for raw in mails:
            out.write(b"From somebody@example Sun Feb  1 08:00:00 2026\n")
            out.write(as_in_mbox(raw) + b"\n")


def as_in_mbox(raw: bytes) -> bytes:
    """The bytes of a mail as they stand in an mbox: what is sealed is what was found."""
    return b"\n".join(_munged(line) for line in raw.rstrip(b"\n").split(b"\n")) + b"\n"


def _munged(line: bytes) -> bytes:
    return b">" + line if line.lstrip(b">").startswith(b"From ") else line


def mixed(path: Path, *, theirs: int, wanted: int, seed: int = 3, real: bool = False) -> Mixed:
    """A mailbox of wanted mails with the other's mixed in, in an order the seed gives."""
    of_theirs = list(made_theirs(theirs, seed))
    of_others = real_wanted() if real else []
    of_others = of_others or list(made_wanted(wanted, seed + 1))
    both = of_theirs + of_others
    random.Random(seed).shuffle(both)
    write_mbox(path, both)
    return Mixed(path, len(of_theirs), len(of_others), frozenset(map(as_in_mbox, of_theirs)))
