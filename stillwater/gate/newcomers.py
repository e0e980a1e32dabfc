"""Questions about new senders: a few a day are told one by one, then one notice speaks for all.

Anybody can write from ever new addresses; told one by one, that would be a pager. Each
question is kept, and can be answered; only danger is never told so (docs/decisions/0092).
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import QuerySet

from stillwater.core.words import Action
from stillwater.gate.models import Notice
from stillwater.people.models import Person

MOST_ALONE = 3  # a day
DAY = timedelta(days=1)
KIND = "several_new"
_TEXT = "Several new senders wrote. Each may be someone in your plan."


@dataclass
class Newcomers:
    """The questions of one person about new senders, as they come. Inside a transaction."""

    person: Person
    private: Callable[[bytes], bytes]
    now: datetime
    _alone: int | None = field(default=None, init=False)
    _told_for_all: bool = field(default=False, init=False)

    def meet(self) -> Notice.Asks:
        """One more; gives how its notice is told. That several came is told once a day."""
        if self._alone is None:
            self._alone = self._of_today(Notice.Asks.ALONE).count()
        if self._alone < MOST_ALONE:
            self._alone += 1
            return Notice.Asks.ALONE
        if not self._told_for_all:
            self._tell_for_all()
            self._told_for_all = True
        return Notice.Asks.SILENT

    def _tell_for_all(self) -> None:
        """The notice of today stands on the page again, where it was seen; it rings no more."""
        there = self._of_today(Notice.Asks.SEVERAL).order_by("-opened_at").first()
        if there is None:
            Notice.objects.create(
                person=self.person,
                tier=0,
                opened_at=self.now,
                last_joined_at=self.now,
                sealed=self.private(self._told()),
                asks=Notice.Asks.SEVERAL,
            )
            return
        there.last_joined_at, there.more_came, there.acknowledged_at = self.now, True, None
        there.save(update_fields=["last_joined_at", "more_came", "acknowledged_at"])

    def _of_today(self, asks: Notice.Asks) -> "QuerySet[Notice]":
        """What lies ahead, where the clock was set back, counts for nothing."""
        return Notice.objects.filter(
            person=self.person,
            asks=asks,
            opened_at__gt=self.now - DAY,
            opened_at__lte=self.now,
        )

    def _told(self) -> bytes:
        told = {
            "version": 1,
            "item": None,
            "other": None,
            "action": Action.ASK,
            "answers": [],
            "channel": None,
            "received_at": self.now.isoformat(),
            "kinds": [KIND],
            "text": _TEXT,
            "facts": [],
        }
        return json.dumps(told).encode()
