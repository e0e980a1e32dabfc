"""The time zone of this machine, by its name."""

import os
from importlib.resources import files
from pathlib import Path
from zoneinfo import TZPATH, ZoneInfo, ZoneInfoNotFoundError

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


def country_of(zone: str) -> str | None:
    """The country (ISO 3166) that a zone belongs to, by the tz database; None: it does not say."""
    for line in _table_of_zones():
        columns = line.split("\t")
        if len(columns) > 2 and columns[2].strip() == zone:
            return columns[0]
    return None


def _table_of_zones() -> list[str]:
    """The lines of the tz database's zone.tab: country, coordinates, zone."""
    for folder in TZPATH:
        path = Path(folder) / "zone.tab"
        if path.is_file():
            return path.read_text("utf-8").splitlines()
    try:
        return (files("tzdata.zoneinfo") / "zone.tab").read_text("utf-8").splitlines()
    except (ModuleNotFoundError, FileNotFoundError):
        return []
