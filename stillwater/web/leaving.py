"""Where *Leave quickly* may lead."""

from urllib.parse import urlsplit


def only_https(address: str) -> str:
    """Where *Leave quickly* goes: an https address, or "" for the calendar on this machine."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return address if parts.scheme == "https" and parts.hostname else ""
