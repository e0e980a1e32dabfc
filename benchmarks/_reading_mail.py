"""Triage of mail that is not theirs, beside what header parsing alone takes."""

import argparse
import tempfile
from collections.abc import Iterator
from email.parser import BytesHeaderParser
from email.policy import compat32
from pathlib import Path

from benchmarks._timing import rates_in_turn
from benchmarks.table import Row
from tests.support import mailbox


def measure(chosen: argparse.Namespace) -> Iterator[Row]:  # noqa: ARG001  all parts take it
    from datetime import UTC, datetime

    from stillwater.channels.archives.registry import open_archive
    from stillwater.core.ids import system_randomness
    from stillwater.gate.judging import reading_input
    from stillwater.gate.triage import Lane, triage_mail
    from stillwater.identity.known import Known
    from stillwater.plan.form import parse
    from stillwater.reading.sandbox import ChildReader

    wanted = mailbox.real_wanted()
    whose = "1,750 real mails (SpamAssassin ham, CC0)" if wanted else "1,750 mails made here"
    wanted = wanted or list(mailbox.made_wanted(1_750))
    plan = parse(mailbox.PLAN)
    known = Known.from_plan(plan)
    now = datetime.now(UTC)
    parser = BytesHeaderParser(policy=compat32)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "wanted.mbox"
        mailbox.write_mbox(path, wanted)

        def triage_all() -> int:
            count = 0
            for item in open_archive(path).items():
                triage_mail(
                    item.raw,
                    known=known,
                    you=plan.you,
                    fallback_received_at=now,
                    randomness=system_randomness,
                )
                count += 1
            return count

        def headers_only() -> int:
            for raw in wanted:
                parser.parsebytes(raw)
            return len(wanted)

        ours, limit = rates_in_turn(triage_all, headers_only, rounds=5)
        yield Row(
            "triage of mail that is not theirs, one core",
            ours,
            "mails/s",
            goal=8_000,
            limit=limit,
            limit_is="the standard library's header parser alone, on mails in memory",
            note=f"{whose}; ours also finds them in the mbox file",
        )

        triaged = [
            triage_mail(
                raw, known=known, you=plan.you, fallback_received_at=now,
                randomness=system_randomness,
            )
            for raw in wanted
        ]  # fmt: skip
        strangers = [one for one in triaged if one.lane is Lane.STRANGER]
        inputs = [reading_input(plan, one.arrival, one.match) for one in strangers]
        with ChildReader() as reader:

            def read_all() -> int:
                for start in range(0, len(inputs), 200):
                    reader.read_many(inputs[start : start + 200])
                return len(inputs)

            read, headers = rates_in_turn(read_all, headers_only)
            found = [reading for reading in reader.read_many(inputs) if reading.danger.tier]
        yield Row(
            "reading strangers' mail for danger, in the child process",
            read,
            "mails/s",
            limit=headers,
            limit_is="as above",
        )
        yield Row(
            "danger raised in wanted mail of unknown senders",
            1_000 * len(found) / len(inputs),
            "per 1,000",
            goal=2,
            more_is_better=False,
            note=whose,
        )
