"""Which folder of a server is the one for junk, and for what was sent."""

from stillwater.channels.mail.live.account import Role

Folders = list[tuple[tuple[bytes, ...], str]]
"""Flags and name of each."""

_SPECIAL = {Role.JUNK: b"\\Junk", Role.SENT: b"\\Sent"}
# Where a server does not say which folder is which (RFC 6154).
_COMMON = {
    Role.JUNK: (
        "Junk",
        "Spam",
        "Junk E-mail",
        "Junk Email",
        "Bulk Mail",
        "INBOX.Junk",
        "INBOX.spam",
    ),
    Role.SENT: ("Sent", "Sent Items", "Sent Messages", "INBOX.Sent", "Gesendet", "Enviados"),
}


def named_for(role: Role, folders: Folders) -> str | None:
    """By what the server says of it, else by a common name; None: there is none."""
    for flags, name in folders:
        if _SPECIAL[role] in flags:
            return name
    names = {name for _, name in folders}
    return next((name for name in _COMMON[role] if name in names), None)
