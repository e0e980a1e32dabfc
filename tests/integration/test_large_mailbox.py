"""A mailbox far larger than memory should be is read in constant memory."""

import base64
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.household import Household, new_household
from tests.support.mailbox import OTHER, mail

MOST_MEMORY = 400 * 2**20  # bytes: program, reader and a batch
ATTACHMENT = 3 * 2**20


def with_attachment(number: int, sender: str) -> bytes:
    content = base64.encodebytes(os.urandom(ATTACHMENT))
    head = mail(sender, "", number=number).rstrip(b"\n")
    kind = b"MIME-Version: 1.0\nContent-Type: application/pdf\nContent-Transfer-Encoding: base64"
    return head + b"\n" + kind + b"\n\n" + content


def write_large(path: Path, size: int) -> int:
    """An mbox of about ``size`` bytes, every tenth mail theirs; gives how many those are."""
    number = 0
    with path.open("wb") as out:
        while out.tell() < size:
            sender = "new@elsewhere.example" if number % 10 else OTHER
            out.write(b"From x@y Sun Feb  1 08:00:00 2026\n" + with_attachment(number, sender))
            out.write(b"\n")
            number += 1
    return -(-number // 10)


def peak_memory(household: Household, path: Path) -> int:
    """The most memory that any process of an import held, in bytes."""
    code = (
        "import resource, subprocess, sys;"
        "done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL);"
        "print(done.returncode, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, sys.executable, "-m", "stillwater", "import", str(path)],
        env=household.environment,
        capture_output=True,
        text=True,
        check=True,
    )
    code_of_import, kilobytes = done.stdout.split()
    assert code_of_import == "0"
    return int(kilobytes) * 1024


def memory_is_bounded(tmp_path: Path, size: int) -> None:
    household = new_household(tmp_path / "household")
    theirs = write_large(tmp_path / "all.mbox", size)
    assert peak_memory(household, tmp_path / "all.mbox") < MOST_MEMORY
    assert household.json("status", "--counts")["counts"]["attempts"] == theirs


def test_a_mailbox_of_half_a_gigabyte(tmp_path: Path) -> None:
    memory_is_bounded(tmp_path, 512 * 2**20)


@pytest.mark.long
def test_a_mailbox_of_five_gigabytes(tmp_path: Path) -> None:
    memory_is_bounded(tmp_path, 5 * 2**30)
