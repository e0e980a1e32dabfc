"""One line of a file of arrivals, read: docs/formats/arrival.md. No Django here.

Two kinds of trouble. A line that is not of the form at all (no JSON object, no
id, no time, no channel) raises: nothing can be said of it. Whatever is of the
form and cannot be read is taken as far as it can be, and says so: what is
theirs and broken must still be held.
"""

import base64
import binascii
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta, timezone
from enum import StrEnum
from typing import Any, TypeVar

from stillwater.core.arrivals import Address, Arrival, Attachment, Auth, Feedback, Profile
from stillwater.core.errors import UserError
from stillwater.core.words import Channel, Direction, Kind

Word = TypeVar("Word", bound=StrEnum)

_RFC_3339 = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d):(\d\d)(?:\.(\d{1,30}))?"
    r"(?:([Zz])|([+-])(\d\d):(\d\d))",
    re.ASCII,
)
_DEEPEST = 100  # levels of JSON that are looked at; nothing in the form has more than four
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*+"|[\[\]{}]', re.DOTALL)
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_NOT_BASE64 = re.compile(r"[^A-Za-z0-9+/]")

# What a channel brings where the line does not say.
_KIND_OF = {
    Channel.CALL: Kind.CALL,
    Channel.VOICEMAIL: Kind.VOICEMAIL,
    Channel.BANK: Kind.TRANSFER,
    Channel.LETTER: Kind.LETTER,
    Channel.VISIT: Kind.VISIT,
    Channel.GIFT: Kind.GIFT,
}
_NEEDS_NO_CHANNEL = frozenset({Kind.FEEDBACK, Kind.TICK})


@dataclass(slots=True)
class Line:
    """One line as an arrival.

    ``said`` holds the names of the fields that the line itself gave; ``broken``
    the bytes of what could not be read, to look for known handles in;
    ``unread`` says why its content cannot be read, where that is so.
    """

    arrival: Arrival
    said: frozenset[str] = frozenset()
    broken: bytes = b""
    unread: str | None = None


@dataclass(slots=True)
class _Fields:
    """The values of a line, each of its type or left out, and what was wrong."""

    values: Mapping[str, Any]
    problems: list[str] = field(default_factory=list)
    broken: list[bytes] = field(default_factory=list)
    unread: str | None = None

    def wrong(self, name: str) -> None:
        """Note a field that is not of its form, once; its bytes are kept for a raw search."""
        problem = f"The field {name} has another form than it should."
        if problem in self.problems:
            return
        self.problems.append(problem)
        self.broken.append(_as_bytes(self.values.get(name)))

    def text(self, name: str, values: Mapping[str, Any] | None = None) -> str | None:
        value = (self.values if values is None else values).get(name)
        if value is None:
            return None
        if not isinstance(value, str):
            self.wrong(name)
            return None
        return _clean(value)

    def word(self, name: str, words: type[Word], default: Word) -> Word:
        value = self.values.get(name)
        if value is None:
            return default
        try:
            return words(value)
        except ValueError:
            self.problems.append(f"The field {name} holds a word that is not known.")
            return default


def read_line(untrusted_line: bytes, number: int) -> Line:
    """The arrival on line ``number``. Raises UserError where the line is not of the form."""
    values = _object(untrusted_line, number)
    fields = _Fields(values)
    kind = fields.word("kind", Kind, Kind.MESSAGE)
    channel = _channel(fields, number, needed=kind not in _NEEDS_NO_CHANNEL)
    if values.get("kind") is None:
        kind = _KIND_OF.get(channel, Kind.MESSAGE)
    arrival = Arrival(
        id=_id(values, number),
        received_at=_received_at(values, number),
        channel=channel,
        kind=kind,
        direction=fields.word("direction", Direction, Direction.IN),
        account=fields.text("account"),
        senders=_addresses(fields, "from"),
        recipients=_addresses(fields, "to"),
        subject=fields.text("subject"),
        text=_text(fields),
        attachments=_attachments(fields),
        profile=_profile(fields),
        auth=_auth(fields),
        feedback=_feedback(fields) if kind is Kind.FEEDBACK else None,
        raw=_raw(fields),
    )
    said = frozenset(name for name, value in values.items() if value is not None)
    return Line(
        _with_problems(arrival, fields.problems), said, b"\n".join(fields.broken), fields.unread
    )


def _with_problems(arrival: Arrival, problems: list[str]) -> Arrival:
    return replace(arrival, problems=tuple(problems)) if problems else arrival


# The line itself


def not_of_the_form(number: int, why: str) -> UserError:
    """The one clear line that replay ends with."""
    return UserError(f"Line {number} of the arrivals: {why}.")


def _object(untrusted_line: bytes, number: int) -> dict[str, Any]:
    text = untrusted_line.decode("utf-8-sig", "replace")
    try:
        value = _loads(text)
    except RecursionError:
        value = _loads_deep(text, number)
    except ValueError as error:
        raise not_of_the_form(number, "it is not JSON") from error
    if not isinstance(value, dict):
        raise not_of_the_form(number, "it is JSON, but no object { … }")
    return value


def _loads(text: str) -> Any:
    # Control characters inside a string are read as they stand: they are content.
    return json.loads(text, strict=False, parse_int=_int)


def _int(digits: str) -> int | float:
    return int(digits) if len(digits) < 20 else float(digits)


def _loads_deep(text: str, number: int) -> Any:
    """The same with everything below ``_DEEPEST`` levels left out: nobody reads that."""
    try:
        return _loads(_shallow(text))
    except (ValueError, RecursionError) as error:
        raise not_of_the_form(number, "it is not JSON, or nested without end") from error


def _shallow(text: str) -> str:
    kept, level, start = [], 0, 0
    for token in _TOKEN.finditer(text):
        sign = token.group()
        if sign in "[{":
            level += 1
            if level == _DEEPEST + 1:
                kept.append(text[start : token.start()] + "null")
        elif sign in "]}":
            level -= 1
            if level == _DEEPEST:
                start = token.end()
    if level:
        raise ValueError
    return "".join(kept) + text[start:]


def _id(values: Mapping[str, Any], number: int) -> str:
    value = values.get("id")
    if not isinstance(value, str):
        raise not_of_the_form(number, 'it has no "id", or one that is not text')
    return value


def _channel(fields: _Fields, number: int, *, needed: bool) -> Channel:
    if needed and fields.values.get("channel") is None:
        raise not_of_the_form(number, 'it has no "channel"')
    return fields.word("channel", Channel, Channel.ELSEWHERE)


def _received_at(values: Mapping[str, Any], number: int) -> datetime:
    value = values.get("received_at")
    moment = parse_moment(value) if isinstance(value, str) else None
    if moment is None:
        raise not_of_the_form(
            number, 'it has no "received_at" of the form 2026-03-01T18:00:00+01:00'
        )
    return moment


def parse_moment(text: str) -> datetime | None:
    """An RFC 3339 time with its offset; None where it is none. A leap second is the one before."""
    found = _RFC_3339.fullmatch(text)
    if found is None:
        return None
    year, month, day, hour, minute, second = (int(found[at]) for at in range(1, 7))
    micro = int((found[7] or "0")[:6].ljust(6, "0"))
    try:
        return datetime(
            year, month, day, hour, minute, min(second, 59) if second == 60 else second, micro,
            _offset(found),
        )  # fmt: skip
    except ValueError:
        return None


def _offset(found: re.Match[str]) -> timezone:
    if found[8]:
        return UTC
    if int(found[11]) > 59:
        raise ValueError
    away = timedelta(hours=int(found[10]), minutes=int(found[11]))
    return timezone(-away if found[9] == "-" else away)


# Its fields


def _clean(text: str) -> str:
    """Half a character (a lone surrogate) can be written nowhere: it becomes U+FFFD."""
    return text if text.isascii() else _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text)


def _as_bytes(value: object) -> bytes:
    try:
        return json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")
    except RecursionError:
        return b""


def _addresses(fields: _Fields, name: str) -> tuple[Address, ...]:
    value = fields.values.get(name)
    if value is None:
        return ()
    if not isinstance(value, list):
        fields.wrong(name)
        value = [value]
    return tuple(found for one in value if (found := _address(fields, name, one)) is not None)


def _address(fields: _Fields, name: str, value: object) -> Address | None:
    if isinstance(value, str):
        fields.wrong(name)
        return Address(handle=_clean(value))
    if not isinstance(value, dict):
        fields.wrong(name)
        return None
    handle, shown = value.get("handle"), value.get("name")
    if isinstance(handle, int) and not isinstance(handle, bool):
        fields.wrong(name)
        handle = str(handle)
    if not isinstance(handle, str | None) or not isinstance(shown, str | None):
        fields.wrong(name)
    return Address(
        handle=_clean(handle) if isinstance(handle, str) else None,
        name=_clean(shown) if isinstance(shown, str) else None,
    )


def _text(fields: _Fields) -> str | None:
    value = fields.values.get("text")
    if value is None or isinstance(value, str):
        return None if value is None else _clean(value)
    fields.wrong("text")
    fields.unread = "its text is of another form than text"
    # Read all the same, as it stands: danger shows through brackets too.
    return _as_bytes(value).decode("utf-8", "replace")


def _raw(fields: _Fields) -> bytes | None:
    value = fields.values.get("raw")
    if value is None:
        return None
    if isinstance(value, str):
        try:
            return base64.b64decode("".join(value.split()), validate=True)
        except ValueError:
            pass
    fields.wrong("raw")
    fields.unread = "its original is not base64"
    salvaged = _salvaged(value) if isinstance(value, str) else b""
    fields.broken.append(salvaged)
    return salvaged


def _salvaged(text: str) -> bytes:
    """Whatever bytes the broken base64 still gives."""
    digits = _NOT_BASE64.sub("", text.replace("-", "+").replace("_", "/"))
    return binascii.a2b_base64(digits[: len(digits) // 4 * 4])


def _attachments(fields: _Fields) -> tuple[Attachment, ...]:
    value = fields.values.get("attachments")
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        fields.wrong("attachments")
        return ()
    return tuple(_attachment(one) for one in value)


def _attachment(value: Mapping[str, Any]) -> Attachment:
    plain = Attachment()
    name, kind, size = value.get("name"), value.get("type"), value.get("size")
    return Attachment(
        name=_clean(name) if isinstance(name, str) else plain.name,
        type=_clean(kind) if isinstance(kind, str) else plain.type,
        size=size if isinstance(size, int) and not isinstance(size, bool) else plain.size,
    )


def _table(fields: _Fields, name: str) -> Mapping[str, Any]:
    value = fields.values.get(name)
    if value is not None and not isinstance(value, dict):
        fields.wrong(name)
    return value if isinstance(value, dict) else {}


def _profile(fields: _Fields) -> Profile:
    value = _table(fields, "profile")

    def number(key: str) -> int | None:
        found = value.get(key)
        return found if isinstance(found, int) and not isinstance(found, bool) else None

    picture = value.get("has_picture")
    return Profile(
        age_days=number("age_days"),
        has_picture=picture if isinstance(picture, bool) else None,
        mutual_contacts=number("mutual_contacts"),
    )


def _auth(fields: _Fields) -> Auth:
    """What is not of the form proves nothing, and so lets nothing pass."""
    value = _table(fields, "auth")
    dmarc, dkim = value.get("dmarc"), value.get("dkim")
    dmarc = dmarc.strip().casefold() if isinstance(dmarc, str) else None
    domains = [dkim] if isinstance(dkim, str) else dkim if isinstance(dkim, list) else []
    return Auth(
        dmarc=dmarc if dmarc in ("pass", "fail", "none") else None,
        dkim=tuple(_clean(one) for one in domains if isinstance(one, str)),
    )


def _feedback(fields: _Fields) -> Feedback | None:
    value = _table(fields, "feedback") or fields.values
    about, says = value.get("about"), value.get("says")
    if not isinstance(about, str) or says not in ("theirs", "not_theirs", "relay", "not_relay"):
        fields.problems.append("The feedback does not say about what, or does not say what.")
        return None
    other = value.get("other")
    return Feedback(about=about, says=says, other=other if isinstance(other, str) else None)
