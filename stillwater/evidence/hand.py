"""What the table says of entries by hand and their parts: who wrote what, and when.

Both times stand in it: when it happened, as the person wrote it, and when it was written.
"""

from stillwater.channels.by_hand.entry import APART
from stillwater.evidence.selection import Exhibit

_EXACT = "when it happened, as the person wrote it by hand; recorded_at is when they wrote it"
_NOT_EXACT = (
    "as the person wrote it by hand, and not known exactly: the original says how well, and"
    " recorded_at is when they wrote it"
)
_PARTS = {
    "picture": "a picture that the person added to an entry by hand; this is when they did",
    "correction": "a correction that the person wrote to an entry by hand; this is when they did",
    **dict.fromkeys(
        APART, "a note that the person wrote beside an entry by hand; this is when they did"
    ),
}
_LEFT_OUT = " The person says of this item: not written by me."


def ending(exhibit: Exhibit) -> str | None:
    """How the file's name ends; None where it was not written by hand."""
    if not exhibit.by_hand:
        return None
    is_picture = exhibit.part is not None and exhibit.part["part"] == "picture"
    return str(exhibit.part["ending"]) if is_picture and exhibit.part else "json"


def received_basis(exhibit: Exhibit) -> str:
    """What the time of receipt is; "" where it was not written by hand."""
    if not exhibit.by_hand:
        return ""
    if exhibit.part is not None:
        return _PARTS[exhibit.part["part"]]
    return _NOT_EXACT if exhibit.attempt.received_at_is_guess else _EXACT


def taken_at(exhibit: Exhibit) -> str:
    """The time that a picture gives with an offset; without one it is no moment."""
    said = _taken(exhibit)
    return said if len(said) > len("2026-03-01T18:02:11") and not said.endswith("Z") else ""


def taken_basis(exhibit: Exhibit) -> str:
    """What a picture says of its own time; "" where it is none, or says nothing."""
    said = _taken(exhibit)
    if not said:
        return ""
    if taken_at(exhibit):
        return "what the picture itself says"
    return f"the picture itself says {said}, and gives no offset"


def basis(exhibit: Exhibit) -> str:
    """Why an entry is attributed; "" where it was not written by hand."""
    if not exhibit.by_hand:
        return ""
    return "what the person wrote by hand" + disowned(exhibit)


def disowned(exhibit: Exhibit) -> str:
    """That the person says they did not write it; "" where they do not."""
    return "." + _LEFT_OUT if exhibit.not_mine else ""


def _taken(exhibit: Exhibit) -> str:
    return str(exhibit.part.get("taken_at", "")) if exhibit.part else ""
