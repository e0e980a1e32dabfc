"""The source form of a mail: the same bytes, whichever way the mail came to us.

docs/formats/source-identity.md says why each step is there. The steps:

1. The values of every From, Date, Message-ID, Subject and of the two fields that say how
   the body is to be read, unfolded, in that order.
2. The body with line ends as LF.
3. Every line of the body that begins with ``>``s and ``From `` loses those ``>``s.
4. Blank lines at the end are dropped.
"""

import re

from stillwater.text import headers

VERSION = b"stillwater-mail-1\n"

# A sender could else write the same body under another subject, or give the same bytes
# another meaning, and it would pass for what was taken in before.
_COUNTED = ("from", "date", "message-id", "subject", "content-type", "content-transfer-encoding")
_NAMED = headers.pattern_for(*_COUNTED)
_FOLD = re.compile(rb"\n[ \t]+")
_QUOTED_FROM = re.compile(rb"\n>+From ")


def source_form(untrusted_raw: bytes) -> bytes:
    """Canonical bytes of a mail, for its source identity. Linear; parses no body."""
    block = headers.header_block(untrusted_raw)
    named: dict[str, list[bytes]] = {name: [] for name in _COUNTED}
    for field in headers.fields(block, _NAMED):
        named[field.name].append(_FOLD.sub(b" ", field.raw).strip())
    head = b"".join(
        name.encode("ascii") + b":" + value + b"\n"
        for name, values in named.items()
        for value in values
    )
    return b"".join((VERSION, head, b"\n", _canonical_body(untrusted_raw, block.body_start)))


def _canonical_body(raw: bytes, start: int) -> bytes | memoryview:
    """Copies only where something changes: a mail may have 200 MB."""
    if raw.find(b"\r\n", start) < 0 and raw.find(b">", start) < 0:
        return memoryview(raw)[start : _without_blank_lines(raw, start)]
    body = b"\n" + raw[start:]
    if b"\r\n" in body:
        body = body.replace(b"\r\n", b"\n")
    if b"\n>" in body:
        body = _QUOTED_FROM.sub(b"\nFrom ", body)
    return memoryview(body)[1 : max(1, _without_blank_lines(body, 1))]


def _without_blank_lines(body: bytes, start: int) -> int:
    """Where the body ends, line ends at its end left out."""
    end = len(body)
    while end > start and body[end - 1] == 10:
        end -= 1
    return end
