"""What was written down by hand: half done (a draft), and as it is sealed.

What is sealed is canonical JSON, in items of their own: the entry, what it did to the
person, what a doctor saw, each later correction. Pictures are sealed as they came.
docs/formats/by-hand.md.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime
from hashlib import sha256
from typing import Any

from stillwater.channels.by_hand.happenings import Happening
from stillwater.channels.by_hand.pictures import Picture
from stillwater.channels.by_hand.times import Exactness, Happened
from stillwater.core.arrivals import Arrival, Attachment
from stillwater.core.errors import UserError
from stillwater.core.saying import to_say

FORMAT = "stillwater-by-hand/1"
NOT_SURE = "not_sure"
LONGEST = 20_000  # characters of an account that may be saved
LONGEST_LINE = 2_000  # characters of a single line

# What the entry itself says, and what is kept apart from it.
TOLD = ("place", "words", "technology", "witnesses", "officer", "badge", "report_number")
APART = ("effect", "medical")
_LONG = frozenset({"words", "witnesses", *APART})


@dataclass(frozen=True, slots=True)
class Draft:
    """An entry on its way. Texts are as typed, of any length; "" where a step was left out."""

    id: str
    happening: Happening
    begun_at: datetime
    other: str = ""  # the opaque id of an other, or NOT_SURE
    happened: Happened | None = None
    when: tuple[tuple[str, str], ...] = ()  # what was chosen and typed, to be shown again
    place: str = ""
    words: str = ""
    technology: str = ""
    witnesses: str = ""
    officer: str = ""
    badge: str = ""
    report_number: str = ""
    effect: str = ""
    medical: str = ""
    pictures: tuple[Picture, ...] = ()

    def to_bytes(self) -> bytes:
        """To be sealed to the person."""
        said = {one.name: getattr(self, one.name) for one in fields(self)}
        said["begun_at"] = self.begun_at.isoformat()
        said["happened"] = self.happened.as_json() if self.happened else None
        said["pictures"] = [one.as_json() for one in self.pictures]
        return json.dumps(said).encode()

    @classmethod
    def from_bytes(cls, opened: bytes) -> "Draft":
        said = json.loads(opened)
        return cls(
            **{
                **said,
                "happening": Happening(said["happening"]),
                "begun_at": datetime.fromisoformat(said["begun_at"]),
                "happened": Happened.from_json(said["happened"]) if said["happened"] else None,
                "when": tuple((name, value) for name, value in said["when"]),
                "pictures": tuple(map(Picture.from_json, said["pictures"])),
            }
        )

    def told(self) -> dict[str, str]:
        """The texts of the entry itself."""
        return {name: getattr(self, name) for name in TOLD}

    def apart(self) -> dict[str, str]:
        """The texts that are kept apart, those that are there."""
        return {name: text for name in APART if (text := getattr(self, name))}

    def with_texts(self, texts: Mapping[str, str]) -> "Draft":
        """The same with what was typed into one step."""
        cleaned: dict[str, Any] = {name: clean(texts[name]) for name in texts}
        return replace(self, **cleaned)

    def mark_of(self, names: Iterable[str]) -> str:
        """A mark of these texts as they stand now: the page that shows them carries it back."""
        texts = [getattr(self, name) for name in sorted(names)]
        return sha256(json.dumps(texts).encode()).hexdigest()[:32]

    def with_form(self, texts: Mapping[str, str], seen: str, heading: str) -> "Draft":
        """The same with what a form sent that was made when the texts had the mark ``seen``.

        Where they are others by now, nothing is written over: what holds the other whole
        stands alone, else both stand, the form's under ``heading``.
        """
        if seen == self.mark_of(texts):
            return self.with_texts(texts)
        both = {name: self._both(name, clean(text), heading) for name, text in texts.items()}
        return self.with_texts(both)

    def _both(self, name: str, sent: str, heading: str) -> str:
        now: str = getattr(self, name)
        if sent in now:
            return now
        if now in sent:
            return sent
        return f"{now}\n\n{heading}\n{sent}" if name in _LONG else f"{now} / {sent}"

    def may_be_saved(self, names: Iterable[str] = (*TOLD, *APART)) -> None:
        """Raises UserError where one of these texts is longer than may be sealed for good.

        A draft holds it all the same: nothing that was typed is cut.
        """
        for name in names:
            check_length(getattr(self, name), LONGEST if name in _LONG else LONGEST_LINE)


def check_length(text: str, longest: int = LONGEST) -> None:
    """Raises UserError where a text is longer than may be saved."""
    if len(text) > longest:
        raise UserError(
            to_say("One of these texts is too long to be saved."),
            to_say(
                "Nothing of it is lost. An account may have 20,000 characters, a single line"
                " 2,000: shorten it, or put the rest into a second entry."
            ),
        )


def clean(untrusted_text: str) -> str:
    """Lines as they were typed, ends trimmed."""
    return untrusted_text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").strip()


def happened(draft: Draft, written_at: datetime, zone: str) -> Happened:
    """When it happened; where that was left out, the time of writing, and it says so."""
    return draft.happened or Happened(written_at, Exactness.UNKNOWN, zone)


def sealed_entry(draft: Draft, written_at: datetime, zone: str) -> dict[str, Any]:
    """The entry as it is sealed, and as it will be shown."""
    return {
        "format": FORMAT,
        "part": "entry",
        "id": draft.id,
        "happening": draft.happening.value,
        "happened": happened(draft, written_at, zone).as_json(),
        "written_at": written_at.isoformat(),
        "who": NOT_SURE if draft.other in ("", NOT_SURE) else "said",
        **draft.told(),
        "pictures": [one.in_the_entry for one in draft.pictures],
    }


def sealed_part(part: str, of: str, text: str, written_at: datetime) -> dict[str, Any]:
    """A correction, or what is kept apart; ``of`` is the id of the sealed entry."""
    return {
        "format": FORMAT,
        "part": part,
        "of": of,
        "written_at": written_at.isoformat(),
        "text": text,
    }


def canonical(said: Mapping[str, Any]) -> bytes:
    """The one form of what is sealed: keys sorted, no spaces, UTF-8."""
    return json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode(
        "utf-8", "replace"
    )


def source_form(draft_id: str) -> bytes:
    """What makes two savings the same one: the draft that they were made from."""
    return f"{FORMAT}\n{draft_id}\n".encode()


def arrival_of(draft: Draft, raw: bytes, at: datetime) -> Arrival:
    """The entry as everything else sees it."""
    return Arrival(
        id=draft.id,
        received_at=at,
        channel=draft.happening.channel,
        kind=draft.happening.kind,
        attachments=tuple(
            Attachment(type=f"image/{one.ending}", size=one.length) for one in draft.pictures
        ),
        raw=raw,
    )
