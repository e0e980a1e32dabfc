"""Who writes in the made-up year, when, and what: read from ``texts/``.

Moments are drawn from a fixed seed and lie before the day that is handed in, so that the same
day always gives the same year.
"""

import random
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.resources import files
from typing import Any

SEED = "a made-up year"
SCENES = ("theirs", "needs", "storm", "others", "yours", "wanted")


@dataclass(frozen=True, slots=True)
class Somebody:
    """A made-up sender. ``says`` is what the person's mail server says of them, as DMARC has it."""

    name: str
    address: str
    says: str = ""  # "": it says nothing, as of the person's own mail


@dataclass(frozen=True, slots=True)
class Written:
    """One mail of the year, before it is put into the form of a mail."""

    at: datetime
    sender: Somebody
    recipient: Somebody
    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class Planned:
    """One plan of the year, as TOML, and when it was made."""

    at: datetime
    toml: str


def people() -> dict[str, Somebody]:
    """Everybody of the year, by the name that the scenes call them."""
    return {name: Somebody(**one) for name, one in _read("people").items()}


def written(until: datetime) -> list[Written]:
    """All mails of the year that ends with ``until``, in the order in which they came."""
    chance = random.Random(SEED)  # noqa: S311 - the same year for everybody, nothing secret
    who = people()
    mails = [
        one
        for name in SCENES
        for scene in _read(name)["scene"]
        for one in _of_scene(scene, who, until, chance)
    ]
    return sorted(mails, key=lambda one: one.at)


def count() -> int:
    """How many mails a year has."""
    scenes = (scene for name in SCENES for scene in _read(name)["scene"])
    return sum(scene.get("times", len(scene["mails"])) for scene in scenes)


def plans(until: datetime, timezone: str) -> list[Planned]:
    """The plans of the year, in the order in which they were made."""
    made: list[Planned] = []
    for one in _read("plans")["plan"]:
        at = min(until + timedelta(days=one["day"]), until - timedelta(minutes=10))
        text = one["text"].replace("TIMEZONE", timezone)
        text = text.replace("SINCE", f"{until - timedelta(days=365):%Y-%m-%d}")
        before = made[-1].toml if one.get("copy_of_the_one_before") else ""
        made.append(Planned(at, before + text))
    return made


def _of_scene(
    scene: dict[str, Any], who: dict[str, Somebody], until: datetime, chance: random.Random
) -> Iterator[Written]:
    mails: list[list[str]] = scene["mails"]
    count = scene.get("times", len(mails))
    for number, at in enumerate(_moments(scene, count, until, chance)):
        subject, text = mails[number % len(mails)]
        yield Written(
            at=at,
            sender=who[scene["who"]],
            recipient=who[scene.get("to", "you")],
            subject=subject.replace("NUMBER", f"{number:02}"),
            text=text.replace("NUMBER", f"{number:02}"),
        )


def _moments(
    scene: dict[str, Any], count: int, until: datetime, chance: random.Random
) -> list[datetime]:
    """So many moments within the scene's days and hours, in order, evenly but not quite."""
    first, last = scene["days"]
    from_hour, to_hour = scene["hours"]
    step = (last - first) / count
    midnight = until.replace(hour=0, minute=0, second=0, microsecond=0)
    found = []
    for number in range(count):
        day = int(first + step * (number + chance.random()))
        minutes = chance.uniform(from_hour, to_hour) * 60
        found.append(midnight + timedelta(days=day, minutes=minutes))
    return sorted(found)


def _read(name: str) -> dict[str, Any]:
    source = files(__package__) / "texts" / f"{name}.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))
