"""The command: check one bundle, say plainly what came of it."""

from __future__ import annotations

import argparse
import json
import re
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TextIO

from stillwater.evidence.verifier.check import Report, verify
from stillwater.evidence.verifier.notes import from_base64, read_key
from stillwater.evidence.verifier.problems import CallError, WrongError, plain
from stillwater.evidence.verifier.signatures import find_checker, fingerprint, pem, ssh_key
from stillwater.evidence.verifier.sources import open_bundle

RIGHT, WRONG, USAGE, NOT_CHECKED = 0, 1, 2, 5
_SPKI = 12  # bytes before the key in an Ed25519 PEM file
_SSH = 19  # bytes before the key in OpenSSH's form
_FINGERPRINT = re.compile(r"SHA256:[A-Za-z0-9+/]{43}")
_MAX_KEY_FILE = 64 * 1024

EPILOG = """\
It says the first thing that is wrong: which file, what was expected, what was found.
Exit codes: 0 right; 1 something is wrong; 2 the call was not of the right form;
5 all that was checked is right, but not everything asked for could be checked."""


def parser(program: str) -> argparse.ArgumentParser:
    words = argparse.ArgumentParser(
        prog=program,
        description="Check a Stillwater bundle: a folder, a .tar or a .zip. Changes nothing.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    words.add_argument("bundle", metavar="BUNDLE", type=Path)
    words.add_argument(
        "--key",
        metavar="KEY",
        help="the key you trust: its fingerprint (SHA256:...), or a file with the key itself "
        "(PEM, .vkey or an OpenSSH line). "
        "Left out, the key in the bundle is used, and that is said.",
    )
    words.add_argument(
        "--pin",
        metavar="FILE",
        type=Path,
        action="append",
        default=[],
        help="a checkpoint that you kept from before: has the ledger only grown since?",
    )
    words.add_argument("--json", action="store_true", help="answer in JSON, for programs")
    return words


def main(arguments: list[str] | None = None, program: str = "stillwater-verify") -> int:
    """Run the command; gives the exit code. Usage errors leave through SystemExit(2)."""
    asked = parser(program).parse_args(arguments)
    try:
        return run(asked.bundle, key=asked.key, pins=asked.pin, as_json=asked.json)
    except BrokenPipeError:
        return WRONG


def run(bundle: Path, *, key: str | None, pins: list[Path], as_json: bool) -> int:
    """Check, and print what came of it; gives the exit code."""
    try:
        with open_bundle(bundle) as source:
            report = verify(
                source,
                checker=find_checker(),
                trusted=None if key is None else trusted_key(key),
                pins=[(plain(pin.name), _start_of(pin)) for pin in pins],
            )
    except CallError as wrong:
        _print_error(as_json, {"result": "usage", "what": wrong.what}, wrong.what, wrong.next_step)
        return USAGE
    except WrongError as wrong:
        told = {"where": wrong.where, "expected": wrong.expected, "found": wrong.found}
        _print_error(
            as_json,
            {"result": "wrong", **told},
            f"WRONG: {wrong.where}",
            f"  expected: {wrong.expected}\n  found:    {wrong.found}",
        )
        return WRONG
    except OSError as wrong:
        what = f"This cannot be read: {wrong.strerror or 'an error of the disk'}."
        _print_error(as_json, {"result": "usage", "what": what}, what, "")
        return USAGE
    complete = report.signatures_by is not None and not report.unsaid
    if as_json:
        result = "right" if complete else "not_checked"
        _say(sys.stdout, json.dumps({"result": result, **asdict(report)}, sort_keys=True))
    else:
        _say(sys.stdout, *summary(report))
    return RIGHT if complete else NOT_CHECKED


def _print_error(as_json: bool, data: dict[str, str], what: str, next_step: str) -> None:
    if as_json:
        _say(sys.stdout, json.dumps(data, sort_keys=True))
    else:
        _say(sys.stderr, *(part for part in (what, next_step) if part))


def _say(stream: TextIO, *lines: str) -> None:
    stream.write("\n".join(lines) + "\n")


def summary(report: Report) -> list[str]:
    """The plain lines of a check that found nothing wrong."""
    whose = (
        "the key you gave"
        if report.key_given
        else "taken from the bundle itself: compare it with the key you were told another way"
    )
    lines = []
    if report.signatures_by is None:
        lines += [
            "SIGNATURES NOT CHECKED: neither the Python library cryptography nor the",
            "program openssl (3.0 or later) is on this machine. Whoever changed this bundle",
            "could have made all its hashes anew. What follows is without signatures.",
        ]
    else:
        lines += [
            "RIGHT: the bundle is as it was made, and every item in it is unchanged",
            "since Stillwater took it in."
            if report.key_given
            else "since Stillwater took it in, provided that the key below is the person's.",
        ]
    lines += [
        f"Items: {report.shown} of {report.of}. Custody entries: {report.custody}.",
        f"Key: {report.fingerprint} ({whose}).",
        *(f"Ledger {plain(name)}: {size} entries." for name, size in report.logs),
        *(f"Kept checkpoint {pin}." for pin in report.pins),
        *(f"NOT CHECKED: {unsaid}." for unsaid in report.unsaid),
    ]
    if report.signatures_by is not None:
        lines.append(f"Signatures checked by {report.signatures_by}.")
    return [
        *lines,
        "This says nothing of what happened before an item was taken in: whoever controls",
        "that machine could have made an item up. Times are that machine's own.",
    ]


def trusted_key(untrusted_key: str) -> str:
    """The fingerprint of the key that the caller names. Raises CallError."""
    if _FINGERPRINT.fullmatch(untrusted_key):
        return untrusted_key
    path = Path(untrusted_key)
    try:
        is_file = path.is_file()
    except (OSError, ValueError):
        is_file = False
    text = _start_of(path).decode("utf-8", "replace") if is_file else untrusted_key
    try:
        return fingerprint(_read_trusted(text.strip()))
    except (WrongError, IndexError) as why:
        raise CallError(
            "That is not a key of the forms that are known here.",
            "Give its fingerprint (SHA256:...), a PEM or .vkey file, or an OpenSSH line.",
        ) from why


def _read_trusted(text: str) -> bytes:
    if text.startswith("-----BEGIN PUBLIC KEY-----"):
        body = "".join(text.splitlines()[1:-1])
        public = from_base64(body.encode(), "key")[_SPKI:]
        fits = pem(public).decode().split() == text.split()
    elif "ssh-ed25519 " in text:
        words = text.partition("ssh-ed25519 ")[2].split()
        blob = from_base64(words[0].encode(), "key")
        public = blob[_SSH:]
        fits = ssh_key(public) == blob
    else:
        return read_key(text, "key").public
    if len(public) != 32 or not fits:
        raise WrongError("key", "an Ed25519 key", "another")
    return public


def _start_of(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(_MAX_KEY_FILE)
