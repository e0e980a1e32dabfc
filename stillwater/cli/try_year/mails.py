"""The year's mails in the form that mails have, and files of them as mail programs write them."""

import hashlib
from collections.abc import Iterable
from email.message import EmailMessage
from email.utils import format_datetime, formataddr
from pathlib import Path

from stillwater.cli.try_year.scenes import Written

# The made-up person's own mail server: the plan believes what it says of senders.
SERVER = "mx.home.example"


def as_mail(one: Written) -> bytes:
    """One mail, byte for byte the same for the same words at the same moment."""
    mail = EmailMessage()
    if one.sender.says:
        domain = one.sender.address.partition("@")[2]
        mail["Received"] = (
            f"from mail.{domain} (mail.{domain} [192.0.2.7]) by {SERVER}; {format_datetime(one.at)}"
        )
        mail["Authentication-Results"] = (
            f"{SERVER}; dmarc={one.sender.says} header.from={domain};"
            f" dkim={one.sender.says} header.d={domain}"
        )
    mail["From"] = formataddr((one.sender.name, one.sender.address))
    mail["To"] = formataddr((one.recipient.name, one.recipient.address))
    mail["Date"] = format_datetime(one.at)
    mail["Subject"] = one.subject
    mail["Message-ID"] = f"<{_number(one)}@{one.sender.address.partition('@')[2]}>"
    mail.set_content(one.text + "\n")
    return mail.as_bytes()


def write_mbox(path: Path, mails: Iterable[bytes]) -> None:
    """An mbox file (mboxrd)."""
    with path.open("xb") as file:
        for mail in mails:
            file.write(b"From made-up@year.example Thu Jan  1 00:00:00 2026\n")
            for line in mail.splitlines(keepends=True):
                file.write(b">" + line if line.lstrip(b">").startswith(b"From ") else line)
            file.write(b"\n")


def _number(one: Written) -> str:
    whole = f"{one.at.isoformat()}\0{one.sender.address}\0{one.subject}\0{one.text}"
    return hashlib.sha256(whole.encode()).hexdigest()[:24]
