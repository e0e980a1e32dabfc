"""Real wanted mails, read as a stranger's, raise nothing; awkward ones are read all the same."""

import gzip
import re
from pathlib import Path

import pytest

from stillwater.core.words import Channel, Tier
from stillwater.reading.sandbox import CRASHED, NOT_AN_ANSWER, TOO_LONG, ChildReader
from stillwater.text.body import CUT
from stillwater.text.mail import envelope
from tests.unit.reading.asking import ask

DATA = Path(__file__).resolve().parents[4] / "shared" / "data" / "mail"
HAM = DATA / "spamassassin-ham.mbox.gz"
EML = sorted((DATA / "eml").rglob("*.eml"))


@pytest.mark.skipif(not HAM.exists(), reason="the public mails are not here")
def test_wanted_mails_raise_nothing() -> None:
    mails = re.split(rb"(?m)^From .*\n", gzip.decompress(HAM.read_bytes()))[1:]
    asked = [
        ask(None, raw=mail, subject=envelope(mail).subject, channel=Channel.MAIL) for mail in mails
    ]
    with ChildReader() as reader:
        readings = reader.read_many(asked)
    assert [reading.unread for reading in readings if reading.unread] == []
    assert sum(reading.danger.tier is not Tier.NONE for reading in readings) == 0
    assert sum(reading.legal_service for reading in readings) <= 2
    assert sum(reading.one_time_code is not None for reading in readings) <= 2


@pytest.mark.skipif(not EML, reason="the public mails are not here")
def test_awkward_mails_are_all_read() -> None:
    asked = [ask(None, raw=path.read_bytes(), from_other=True) for path in EML]
    with ChildReader() as reader:
        unread = {reading.unread for reading in reader.read_many(asked)}
    assert unread.isdisjoint({CRASHED, TOO_LONG, NOT_AN_ANSWER})


@pytest.mark.long
def test_a_mail_of_200_megabytes_is_read() -> None:
    raw = b"Subject: x\n\nI will kill you\n" + b"A" * 76 * 2_800_000
    with ChildReader() as reader:
        (reading,) = reader.read_many([ask(None, raw=raw)])
    assert reading.unread == CUT
    assert reading.danger.tier is Tier.AT_ONCE
