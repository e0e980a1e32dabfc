"""The time zone of this machine, by its name."""

import os
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_LOCAL = Path("/etc/localtime")


def system_zone() -> str:
    """An IANA name: from TZ, else from where the system keeps it; "UTC" where neither says."""
    for name in (os.environ.get("TZ", "").lstrip(":"), _linked()):
        if name and _is_zone(name):
            return name
    return "UTC"


def _linked() -> str:
    try:
        target = os.path.realpath(_LOCAL)
    except OSError:
        return ""
    return target.partition("zoneinfo/")[2]


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True
