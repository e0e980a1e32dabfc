"""The filter that the server runs for us: a lease, and how it gets into the person's own script.

Pure. The lease holds the known handles, ends by itself, and is a script of its
own; the person's active script only gains one marked ``include`` (RFC 6609)
behind its ``require`` lines, and stays the active one.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date

NEEDED = ("fileinto", "mailbox", "date", "relational", "include")
ENVELOPE = "envelope"
_BEGIN, _END = b"# later: begin", b"# later: end"
_BLOCK = re.compile(rb"# later: begin\r?\n.*?# later: end\r?\n", re.DOTALL)
_GAP = re.compile(rb"(?:\s+|#[^\n]*\n|/\*.*?\*/)*", re.DOTALL)
_REQUIRE = re.compile(rb'require\b(?:[^;"]|"(?:[^"\\]|\\.)*")*;', re.IGNORECASE)


def missing(extensions: Iterable[str]) -> tuple[str, ...]:
    """What a server lacks for a lease; empty: nothing."""
    there = frozenset(extensions)
    return tuple(one for one in NEEDED if one not in there)


def lease(
    addresses: Sequence[str], folder: str, last_day: date, *, with_envelope: bool = False
) -> bytes:
    """The script that files mail of these addresses into ``folder`` up to and with ``last_day``.

    Days are those of UTC. Everything that a sender can be called by is compared:
    From, Sender, Reply-To, and who the delivering server was told, where it says.
    Nothing is refused or answered: what is filed tells nobody anything.
    """
    required = [*NEEDED[:-1], *([ENVELOPE] if with_envelope else [])]
    tests = [f'address :is ["from", "sender", "reply-to"] {_strings(addresses)}']
    plus = [_with_any_detail(one) for one in addresses if "@" in one]
    if plus:
        tests.append(f'address :matches ["from", "sender", "reply-to"] {_strings(plus)}')
    if with_envelope:
        tests.append(f'envelope :is "from" {_strings(addresses)}')
    joined = ",\n      ".join(tests)
    return (
        f"require {_strings(required)};\n"
        f'if allof (currentdate :zone "+0000" :value "le" "date" "{last_day.isoformat()}",\n'
        f"    anyof ({joined}))\n"
        f"{{\n  fileinto :create {_string(folder)};\n  stop;\n}}\n"
    ).encode()


def with_include(script: bytes, name: str) -> bytes:
    """The person's script with ours included; the same bytes apart from the marked block.

    Raises ValueError where its beginning cannot be understood: then it is left alone.
    """
    clean = without_include(script)
    at = _after_requires(clean)
    # A "#" may follow anything: the markers need no line of their own to begin at.
    block = b'%s\nrequire ["include"];\ninclude :personal :optional %s;\n%s\n' % (
        _BEGIN, _string(name).encode(), _END,
    )  # fmt: skip
    return clean[:at] + block + clean[at:]


def without_include(script: bytes) -> bytes:
    """The script without our block: what it was, byte for byte, where nobody else changed it."""
    return _BLOCK.sub(b"", script)


def is_lease(script: bytes) -> bool:
    """Whether a script that bears our name is one of ours."""
    return b"fileinto :create" in script and b"currentdate" in script


def includes(script: bytes) -> bool:
    """Whether our block stands in it."""
    return _BLOCK.search(script) is not None


def only_include(name: str) -> bytes:
    """An active script for somebody who had none."""
    return with_include(b"", name)


def _after_requires(script: bytes) -> int:
    """Where the last ``require`` at the beginning ends: nothing else may stand before one."""
    at = 0
    while True:
        start = _GAP.match(script, at).end()  # type: ignore[union-attr]  # it matches nothing too
        found = _REQUIRE.match(script, start)
        if found is None:
            return _line_end(script, at)
        at = found.end()


def _line_end(script: bytes, at: int) -> int:
    """Behind the rest of a line that only holds a comment or nothing."""
    rest = re.compile(rb"[ \t]*(?:#[^\n]*)?\r?\n").match(script, at)
    return rest.end() if rest and at else at


def _with_any_detail(address: str) -> str:
    local, _, domain = address.rpartition("@")
    escaped = re.sub(r"([*?\\])", r"\\\1", local)
    return f"{escaped}+*@{domain}"


def _strings(values: Iterable[str]) -> str:
    return "[" + ", ".join(_string(one) for one in values) + "]"


def _string(value: str) -> str:
    """A quoted string (RFC 5228, 2.4.2)."""
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
