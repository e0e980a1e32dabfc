"""What can go wrong on a way out, as a closed list: it can be kept, said and logged."""

from enum import StrEnum


class Trouble(StrEnum):
    """Why a note did not go out on one way."""

    NAME = "name"
    REFUSED = "refused"
    SILENT = "silent"
    CERTIFICATE = "certificate"
    REJECTED = "rejected"
    NO_DESKTOP = "no_desktop"
    KEY = "key"
    BROKEN = "broken"

    @property
    def said(self) -> str:
        """What it is, in one plain sentence."""
        return _SAID[self][0]

    @property
    def next_step(self) -> str:
        """What the person can do about it."""
        return _SAID[self][1]


_AGAIN = "It is tried again by itself."
_SAID = {
    Trouble.NAME: (
        "The server that notes go out through was not found.",
        f"{_AGAIN} If it stays so: is this machine online, and is the name in the address right?",
    ),
    Trouble.REFUSED: (
        "The server that notes go out through does not take the call.",
        f"{_AGAIN} If it stays so: is its port right, and does it run?",
    ),
    Trouble.SILENT: (
        "The server that notes go out through does not answer.",
        f"{_AGAIN} If it stays so: is this machine online?",
    ),
    Trouble.CERTIFICATE: (
        "The server that notes go out through shows a certificate that cannot be trusted.",
        "Somebody may be in between. Try from another network.",
    ),
    Trouble.REJECTED: (
        "The server answered, and did not take the note.",
        "Is the name or the password in the address still right? Add it anew, then test it.",
    ),
    Trouble.NO_DESKTOP: (
        "No desktop shows notes on this machine now.",
        "It is tried again by itself while somebody is signed in to the desktop.",
    ),
    Trouble.KEY: (
        "The address of a way out does not open with this machine's key.",
        "Add it anew, and test it.",
    ),
    Trouble.BROKEN: (
        "Something of ours broke while a note went out.",
        f"{_AGAIN} stillwater doctor may know why.",
    ),
}
