"""What the person's own mail server says of a sender: Authentication-Results, RFC 8601.

Anybody can write such a field into a mail. Believed is only the topmost one, and
only where it names a server that the person listed: their own server writes on
top of what came in. One directly below it may be the sender's own, where the
server does not take such fields away, as it should (RFC 8601, section 5).
"""

import re
from collections.abc import Collection, Sequence

from stillwater.core.arrivals import Auth

LONGEST = 64 * 1024  # characters of one field

_PIECE = re.compile(r'"(?:[^"\\]|\\.)*+"|[^"();]+|[();"]', re.DOTALL)
_RESULT = re.compile(r"\s*([A-Za-z0-9.-]+)(?:\s*/\s*\d+)?\s*=\s*([A-Za-z]+)(?!\S)")
_PROPERTY = re.compile(r"([A-Za-z0-9.-]+)\s*=\s*(\"[^\"]*\"|[^\s\"]+)")
_DOMAIN = re.compile(r"[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?)+")


def authenticated(
    topmost: str | None,
    authserv: Sequence[str],
    from_domains: Collection[str] = (),
) -> Auth:
    """What the topmost field says, where a listed server wrote it; else nothing.

    ``from_domains``: the domains of every address in From, ASCII, lower case.
    """
    if topmost is None or not authserv:
        return Auth()
    listed = {name.casefold().rstrip(".") for name in authserv}
    if server_of(topmost) not in listed:
        return Auth()
    clauses = _clauses(topmost)[1:]
    return Auth(dmarc=_dmarc(clauses, from_domains), dkim=_dkim(clauses))


def server_of(value: str) -> str:
    """The name of the server that says it wrote this field; "" where it names none."""
    clauses = _clauses(value)
    words = clauses[0].split() if clauses else []
    return words[0].strip('"').casefold().rstrip(".") if words else ""


def _clauses(value: str) -> list[str]:
    """The field without its comments, parted at semicolons outside of quotes.

    Nothing at all where quotes or comments do not close: then no part of it
    can be told from what a sender smuggled in.
    """
    if len(value) > LONGEST:
        return []
    clauses: list[list[str]] = [[]]
    depth = 0
    for piece in _PIECE.findall(value):
        if piece == '"':
            return []
        if piece in "()":
            depth += 1 if piece == "(" else -1
            if depth < 0:
                return []
        elif depth == 0 and piece == ";":
            clauses.append([])
        elif depth == 0:
            clauses[-1].append(piece)
    return [] if depth else ["".join(c).strip() for c in clauses]


def _named(clause: str, name: str) -> list[str]:
    """The values of one property; what stands inside another one's quotes is none."""
    found = _PROPERTY.findall(clause)
    return [value.strip('"').lower() for key, value in found if key.lower() == name]


def _dmarc(clauses: Sequence[str], from_domains: Collection[str]) -> str | None:
    """Of several in From, the server looked at one; a pass of that one proves none of them."""
    found = [(result, clause) for method, result, clause in _results(clauses) if method == "dmarc"]
    said = [result for result, _ in found]
    about = [domain.rstrip(".") for _, clause in found for domain in _named(clause, "header.from")]
    of_another = any(not _related(one, each) for one in about for each in from_domains)
    if said and "fail" not in said and (of_another or len(from_domains) > 1):
        return "none"
    if not said:
        return None
    if "fail" in said:
        return "fail"
    return "pass" if all(s == "pass" for s in said) else "none"


def _related(one: str, another: str) -> bool:
    """The same domain or one below the other: some servers name the organisation's."""
    return f".{one}".endswith(f".{another}") or f".{another}".endswith(f".{one}")


def _dkim(clauses: Sequence[str]) -> tuple[str, ...]:
    domains = [
        domain
        for method, result, clause in _results(clauses)
        if method == "dkim" and result == "pass"
        for domain in _signers(clause)
    ]
    return tuple(dict.fromkeys(domains))


def _results(clauses: Sequence[str]) -> list[tuple[str, str, str]]:
    found = ((_RESULT.match(clause), clause) for clause in clauses)
    return [(m[1].lower(), m[2].lower(), clause) for m, clause in found if m]


def _signers(clause: str) -> list[str]:
    """header.d; only where there is none, the domain of header.i."""
    plain = _named(clause, "header.d") or [v.rpartition("@")[2] for v in _named(clause, "header.i")]
    return [d for d in (p.rstrip(".") for p in plain) if _DOMAIN.fullmatch(d)]
