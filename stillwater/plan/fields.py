"""Reading one table of a plan: every value of its type, every key known.

A ``Table`` knows where it stands in the file, so that each complaint names the
key and the line. Nothing is corrected silently.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from difflib import get_close_matches
from enum import StrEnum
from typing import Any, NoReturn, TypeVar

from stillwater.core.errors import UserError
from stillwater.plan.places import Path, line_of, spoken
from stillwater.text.handles import TEL, canonical

Word = TypeVar("Word", bound=StrEnum)
Made = TypeVar("Made")

_CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")
_LONGEST = 500  # characters of one value; a plan holds no prose
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u2028\u2029\ud800-\udfff]")


class Table:
    """One table of the plan, read key by key; ``done`` complains of what is left over."""

    def __init__(self, source: str, path: Path, values: object) -> None:
        self._source = source
        self.path = path
        if not isinstance(values, Mapping):
            self.wrong(None, "must be a table with keys of its own")
        self._values: Mapping[str, Any] = values
        self._used: set[str] = set()

    def has(self, key: str) -> bool:
        return key in self._values

    def raw(self, key: str) -> Any:
        """The value as TOML gave it, or None; counts as read."""
        self._used.add(key)
        return self._values.get(key)

    def keys(self) -> list[str]:
        return list(self._values)

    def text(self, key: str, *, needed: bool = False) -> str | None:
        value = self.raw(key)
        if value is None:
            if needed:
                self.wrong(None, f"needs the key {key}", f"Add a line: {key} = …")
            return None
        return self._text(key, value)

    def _text(self, key: str, value: object) -> str:
        if not isinstance(value, str):
            self.wrong(key, "must be text in quotation marks")
        if not value.strip():
            self.wrong(key, "is empty", "Write something, or leave the key out.")
        if len(value) > _LONGEST or _CONTROL.search(value):
            self.wrong(key, f"must be one line of at most {_LONGEST} characters")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        return tuple(self._text(key, value) for value in self._list(key))

    def _list(self, key: str) -> list[Any]:
        value = self.raw(key)
        if value is None:
            return []
        if not isinstance(value, list):
            self.wrong(key, "must be a list in square brackets")
        return value

    def word(self, key: str, words: type[Word], *, needed: bool = False) -> Word | None:
        value = self.text(key, needed=needed)
        return None if value is None else self._word(key, value, words)

    def words(self, key: str, words: type[Word]) -> tuple[Word, ...]:
        return tuple(self._word(key, value, words) for value in self.texts(key))

    def _word(self, key: str, value: str, words: type[Word]) -> Word:
        return words(self.one_of(key, value, [word.value for word in words]))

    def one_of(self, key: str, value: str, known: list[str]) -> str:
        """The value, where it is one of these words."""
        if value not in known:
            self.wrong(key, "is none of the words known here", f"Use one of: {', '.join(known)}.")
        return value

    def flag(self, key: str) -> bool:
        value = self.raw(key)
        if value is not None and not isinstance(value, bool):
            self.wrong(key, "must be true or false, without quotation marks")
        return bool(value)

    def day(self, key: str) -> date | None:
        value = self.raw(key)
        if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
            return value
        if isinstance(value, str):
            try:
                return date.fromisoformat(value)
            except ValueError:
                pass
        return self.wrong(key, "must be a day", f"Write it as {key} = 2026-01-31.")

    def clock(self, key: str, *, needed: bool = False) -> time | None:
        value = self.raw(key)
        if isinstance(value, time) and not value.second and not value.microsecond:
            return value
        found = _CLOCK.fullmatch(value) if isinstance(value, str) else None
        if found:
            return time(int(found[1]), int(found[2]))
        if value is None and not needed:
            return None
        return self.wrong(key, "must be a time of day", f'Write it as {key} = "18:00".')

    def handles(self, key: str, region: str | None) -> tuple[str, ...]:
        return tuple(self.checked_handle(key, one, region) for one in self.texts(key))

    def handle(self, key: str, region: str | None) -> str | None:
        value = self.text(key)
        return None if value is None else self.checked_handle(key, value, region)

    def checked_handle(self, key: str, shown: str, region: str | None) -> str:
        """The handle as it was written, where it names somebody surely."""
        handle = canonical(shown, region)
        if handle is None:
            self.wrong(key, "holds something that is no handle", _HANDLES)
        if handle.network == TEL and _IN_SOME_COUNTRY.fullmatch(handle.exact):
            self.wrong(
                key,
                "holds a number whose country is not known",
                'Write it with + and the country code, or add region = "DE" (yours) under [you].',
            )
        if handle.network == "sms-name" and not _SENDER_NAME.fullmatch(shown):
            self.wrong(key, "holds something that is no handle", _HANDLES)
        return shown

    def tables(self, key: str, make: Callable[["Table"], Made]) -> tuple[Made, ...]:
        """Every table of a list of tables, made into a value."""
        value = self.raw(key)
        if value is None:
            return ()
        if not isinstance(value, list):
            self.wrong(key, "must be a list of tables")
        return tuple(
            _made(Table(self._source, (*self.path, key, at), one), make)
            for at, one in enumerate(value)
        )

    def table(self, key: str) -> "Table | None":
        value = self.raw(key)
        return None if value is None else Table(self._source, (*self.path, key), value)

    def done(self) -> None:
        """Complain of the first key that nothing has asked for."""
        left = [key for key in self._values if key not in self._used]
        if left:
            near = get_close_matches(left[0], self._used, n=1)
            meant = f"Did you mean {near[0]}? " if near else ""
            known = ", ".join(sorted(self._used))
            self.wrong(left[0], "is no key that is known here", f"{meant}Known here: {known}.")

    def wrong(self, key: str | None, what: str, next_step: str = "") -> NoReturn:
        """Raise the complaint about a key, or about the table itself."""
        path = self.path if key is None else (*self.path, key)
        line = line_of(self._source, path)
        where = f" (line {line})" if line else ""
        raise UserError(f"The plan{where}: {spoken(path)} {what}.", next_step)


# Seven digits or more without a country; fewer are a short code, which is dialled as it stands.
_IN_SOME_COUNTRY = re.compile(r"\?\d{7,}")
_SENDER_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._&\-]{0,10}")  # GSM 03.40: 11 characters
_HANDLES = (
    "A handle is a number with + (+4917612345678), a mail address, or network:id (instagram:name)."
)


def _made(table: Table, make: Callable[[Table], Made]) -> Made:
    made = make(table)
    table.done()
    return made
