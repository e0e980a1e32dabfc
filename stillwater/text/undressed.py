"""Bytes without their transport clothes, where no parser is to be trusted with them.

No structure is read, so nothing in the bytes can mislead it or make it slow:
quoted-printable, base64, the zero bytes of UTF-16 and single-byte escapes are
undone wherever they seem to stand, and every result is one more view.
"""

import binascii
import re
from collections.abc import Iterator

_TO_STANDARD = bytes.maketrans(b"-_", b"+/")
_ESCAPE = re.compile(rb"%([0-9A-Fa-f]{2})|\\u00([0-9A-Fa-f]{2})")


def views(untrusted_raw: bytes, shortest_base64: int = 12) -> Iterator[bytes]:
    """The bytes as they are, then in every undressed form that they may have.

    Runs of fewer than ``shortest_base64`` characters are not taken for base64:
    arbitrary bytes are full of short ones.
    """
    yield untrusted_raw
    if b"\0" in untrusted_raw:
        yield untrusted_raw.replace(b"\0", b"")
    if b"=" in untrusted_raw:
        yield binascii.a2b_qp(untrusted_raw)
    if _ESCAPE.search(untrusted_raw):
        yield _ESCAPE.sub(
            lambda found: bytes([int(found.group(1) or found.group(2), 16)]), untrusted_raw
        )
    yield from _decoded(untrusted_raw, shortest_base64)


def _decoded(raw: bytes, shortest: int) -> Iterator[bytes]:
    """All base64 in it, decoded from each of the four characters it may begin at."""
    if b"\\" in raw:  # a line break inside JSON
        raw = raw.replace(b"\\r", b"").replace(b"\\n", b"")
    runs = re.compile(rb"[A-Za-z0-9+/]{%d,}" % shortest).findall(
        raw.translate(_TO_STANDARD, b"\r\n\t ")
    )
    for shift in range(4 if runs else 0):
        yield b"\n".join(binascii.a2b_base64(_padded(run[shift:])) for run in runs)


def _padded(run: bytes) -> bytes:
    """The run as whole groups of four: a single character too many says nothing."""
    over = len(run) % 4
    return run[:-1] if over == 1 else run + b"=" * (-over % 4)
