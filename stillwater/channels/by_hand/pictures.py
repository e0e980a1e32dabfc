"""A picture that the person adds: known by its first bytes, never by what it is called."""

from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any

from stillwater.core.errors import UserError
from stillwater.core.saying import to_say

MOST_PICTURES = 10
LARGEST = 25_000_000  # bytes of one picture

_BEGINNINGS = (
    (0, b"\xff\xd8\xff", "jpg"),
    (0, b"\x89PNG\r\n\x1a\n", "png"),
    (0, b"GIF8", "gif"),
    (0, b"II*\x00", "tif"),
    (0, b"MM\x00*", "tif"),
    (8, b"WEBP", "webp"),
)
# What stands behind "ftyp" in the pictures of newer telephones.
_BRANDS = {b"heic": "heic", b"heix": "heic", b"mif1": "heic", b"msf1": "heic", b"avif": "avif"}


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture, and what it says of itself: that may be wrong, like any clock."""

    id: str
    ending: str
    length: int  # bytes
    sha256: str  # of the bytes as they came
    taken_at: str = ""  # 2026-03-01T18:02:11, with an offset where the picture has one
    says_place: bool = False  # it holds where it was taken

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, said: dict[str, Any]) -> "Picture":
        return cls(**said)

    @property
    def in_the_entry(self) -> dict[str, Any]:
        """What the sealed entry says of it: that ties the two."""
        return {"sha256": self.sha256, "length": self.length, "taken_at": self.taken_at}


def ending_of(untrusted_raw: bytes) -> str:
    """``jpg``, ``png`` …; "" where the bytes are no picture that is known here."""
    for at, beginning, ending in _BEGINNINGS:
        if untrusted_raw[at : at + len(beginning)] == beginning:
            return ending
    if untrusted_raw[4:8] == b"ftyp":
        return _BRANDS.get(untrusted_raw[8:12], "")
    return ""


def checked(untrusted_raw: bytes, new_id: str) -> Picture:
    """The picture of these bytes, its own time not read yet. Raises UserError."""
    if len(untrusted_raw) > LARGEST:
        raise UserError(
            to_say("A picture is larger than 25 MB."),
            to_say("Keep the original where it is, and add a smaller one, or go on without it."),
        )
    ending = ending_of(untrusted_raw)
    if not ending:
        raise UserError(
            to_say("One of these is not a picture."),
            to_say("Photos and screenshots can be added. Keep anything else where it is."),
        )
    return Picture(new_id, ending, len(untrusted_raw), sha256(untrusted_raw).hexdigest())
