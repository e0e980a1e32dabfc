"""An id in an address, before anything is asked for by it."""

import re

_ID = re.compile(r"[0-9a-f]{32}\Z")
NOBODYS = ""  # no row has it


def id_of(untrusted: str) -> str:
    """The id, where it has the form of one (core/ids.py); else one that nobody has.

    A database may take offence at what is none: PostgreSQL at a NUL.
    """
    return untrusted if _ID.match(untrusted) else NOBODYS
