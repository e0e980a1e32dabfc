"""How the tests of facts ask: one text, one moment, what was found of some kinds."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from stillwater.core.judgements import Fact
from stillwater.core.plans import Child
from stillwater.core.words import Channel, FactKind, Need
from stillwater.reading.facts import facts_in

THURSDAY = datetime(2026, 3, 5, 9, 0)  # noqa: DTZ001  (the zone is put on in ``read``)
CHILDREN = (Child("Mia", ("Mimi",)), Child("Leo"), Child("June", ("Junebug",)))


def read(
    text: str,
    need: Need = Need.CHILDREN,
    *,
    at: datetime = THURSDAY,
    zone: str = "Europe/London",
    children: Sequence[Child] = CHILDREN,
    channel: Channel = Channel.SMS,
    before: Sequence[str] = (),
    sure: float = 0.97,
) -> tuple[Fact, ...]:
    return facts_in(
        text,
        received_at=at.replace(tzinfo=ZoneInfo(zone)),
        needs={need: sure},
        children=children,
        channel=channel,
        before=before,
    )


def values(facts: Sequence[Fact], *kinds: FactKind) -> list[str]:
    return [fact.value for fact in facts if fact.kind in kinds]


def days(text: str, **how: object) -> list[str]:
    return values(read(text, **how), FactKind.DATE)  # type: ignore[arg-type]


def times(text: str, **how: object) -> list[str]:
    return values(read(text, **how), FactKind.TIME)  # type: ignore[arg-type]


def deadlines(text: str, **how: object) -> list[str]:
    return values(read(text, **how), FactKind.DEADLINE)  # type: ignore[arg-type]


def amounts(text: str, zone: str = "Europe/London") -> list[str]:
    return values(read(text, Need.MONEY, zone=zone), FactKind.AMOUNT)


def names(text: str) -> list[str]:
    return values(read(text), FactKind.CHILD)
