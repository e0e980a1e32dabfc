"""Mails that the browser tests let in through the gate; each has a day and a word of its own."""

THEIRS = "jordan@mail.example"  # a handle of the plan (tests/refusals/areas/setup.py)


def mail(day: str, subject: str, text: str) -> str:
    """From them, on a day like "5 Mar 2026"."""
    return (
        f"Received: from mail.example by mx.home.example; {day} 10:00:00 +0000\n"
        f"From: J <{THEIRS}>\n"
        "To: sam@home.example\n"
        f"Date: {day} 10:00:00 +0000\n"
        f"Subject: {subject}\n"
        f"Message-ID: <{abs(hash((day, text)))}@mail.example>\n"
        "\n"
        f"{text}\n"
    )
