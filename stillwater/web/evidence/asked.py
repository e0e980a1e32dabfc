"""An export as it was chosen: kept sealed until it is made, or taken back."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any, BinaryIO
from zoneinfo import ZoneInfo

from django.utils.translation import gettext

from stillwater.core.errors import ExitCode, UserError
from stillwater.core.words import Channel
from stillwater.evidence.export import Export
from stillwater.evidence.selection import Counted, Selection, Wanted, count
from stillwater.gate import exports, keeping
from stillwater.gate.plans import active_plan
from stillwater.people.models import Other
from stillwater.vault.keys import keyring_of
from stillwater.vault.models import Request
from stillwater.vault.openings import Reason, What
from stillwater.web.here import Here
from stillwater.web.models import AskedExport
from stillwater.web.outgoing import place

# More than that in the clear is not one's own reading any more, and waits for each.
MOST_IN_THE_CLEAR = 500
STALE_AFTER = timedelta(days=1)  # what was chosen and never asked for


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was chosen, as it lies sealed."""

    other: str  # public id
    label: str
    since: str = ""
    until: str = ""
    channels: tuple[str, ...] = ()
    to: str = ""  # age1…; "": in the clear
    items: tuple[str, ...] = ()  # in the clear: the very items, so that no later one joins
    requests: tuple[str, ...] = ()  # in the clear: the waits that began with this
    shown: int = 0  # what went in, once it is made
    of: int = 0
    # In the clear, once it is made: what went in, why it might, and in which sign-in.
    went: tuple[str, ...] = ()
    ended_by: str = ""
    made_in: str = ""

    def wanted(self) -> Wanted:
        return Wanted(
            since=date.fromisoformat(self.since) if self.since else None,
            until=date.fromisoformat(self.until) if self.until else None,
            items=self.items,
            channels=tuple(Channel(one) for one in self.channels),
        )

    def to_json(self) -> bytes:
        return json.dumps(asdict(self)).encode()

    @classmethod
    def from_json(cls, data: bytes) -> "Chosen":
        given: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value
            for name, value in json.loads(data).items()
        }
        return cls(**given)


def others_of(here: Here) -> tuple[Mapping[str, Other], ZoneInfo]:
    """The others of the plan in force by their labels, and the zone its days are counted in."""
    plan = active_plan(here.person, here.machine, here.clock.now())
    if plan is None:
        return {}, ZoneInfo("UTC")
    return plan.others, ZoneInfo(plan.plan.you.timezone)


@dataclass
class Asking:
    """One export of this person, with all that can be done about it."""

    here: Here
    row: AskedExport

    @classmethod
    def begin(cls, here: Here, chosen: Chosen) -> "Asking":
        """Keep what was chosen. Raises UserError where there is nothing to export."""
        stale = here.mine(AskedExport).filter(
            ready_at=None, chosen_at__lt=here.clock.now() - STALE_AFTER
        )
        stale.delete()
        row = AskedExport(
            person=here.person,
            chosen_at=here.clock.now(),
            sealed=here.seals(chosen.to_json()),
        )
        asking = cls(here, row)
        found = asking.counted
        if not chosen.to:
            _must_be_few(found)
            exhibits = asking.selection.exhibits
            items = tuple({one.attempt.item.public_id: None for one in exhibits})
            row.sealed = here.seals(replace(chosen, items=items).to_json())
        row.save()
        return asking

    @cached_property
    def chosen(self) -> Chosen:
        return Chosen.from_json(self.here.opens(bytes(self.row.sealed)))

    @property
    def selection(self) -> Selection:
        """What goes in now. Raises UserError where there is nothing."""
        return self._export().chosen()

    @property
    def counted(self) -> Counted:
        """How many go in now. Raises UserError where there is nothing."""
        export = self._export()
        return count(export.other, export.wanted, export.zone, self.here.opens)

    @property
    def is_clear(self) -> bool:
        return not self.chosen.to

    @property
    def is_ready(self) -> bool:
        ready_at = self.row.ready_at
        return ready_at is not None and ready_at <= self.here.clock.now()

    @property
    def is_to_self(self) -> bool:
        return self.chosen.to == keyring_of(self.here.person).recipient

    @property
    def file(self) -> Path:
        """Where the sealed bundle waits to be saved."""
        return place(self.here, f"{self.row.public_id}.tar.age")

    def ask(self) -> None:
        """The wait begins. Raises UserError."""
        if self.row.ready_at is not None:
            return
        began = self.here.clock.now()
        if self.is_clear:
            items = [one.item for one in self.selection.exhibits]
            asked = exports.ask_in_the_clear(items, clock=self.here.clock)
            mine = tuple(one.public_id for one in asked if one.asked_at >= began)
            self._keep(replace(self.chosen, requests=mine))
            self.row.ready_at = max(one.ready_at for one in asked)
        else:
            about = self._export().wanted.about(self._other(), self.chosen.to)
            self.row.ready_at = exports.ask(self.here.person, about, clock=self.here.clock).ready_at
        self.row.save()

    def has_waited(self) -> bool:
        """Whether every wait of this is over, as the vault has it."""
        over = self.here.mine(Request).filter(
            state=Request.State.WAITING, ready_at__lte=self.here.clock.now()
        )
        if self.is_clear:
            items = [one.item.public_id for one in self.selection.exhibits]
            mine = over.filter(what=What.OPEN.value, about__in=items)
            return mine.values("about").distinct().count() == len(items)
        return over.filter(about=self._about()).exists()

    def ask_anew(self) -> None:
        """What was waited for was used, or taken back, elsewhere: another wait runs now."""
        self.row.ready_at = None
        self.ask()

    def take_back(self) -> None:
        """No wait runs any more for this, and nothing of it stays here."""
        for request in self._waiting() if self.row.made_at is None else []:
            keeping.cancel(request)
        self.file.unlink(missing_ok=True)
        self.row.delete()

    def make_sealed(self, reason: Reason | None) -> None:
        """Write the sealed file. Raises UserError (NOT_NOW) while the wait runs."""
        made = self._export().seal(self.file, self.chosen.to, reason)
        self._made(made.shown, made.of)

    def make_clear(self, out: BinaryIO, reason: Reason | None) -> None:
        """Write the bundle in the clear into ``out``. Raises UserError (NOT_NOW)."""
        went = _item_ids(self.selection)
        made = self._export().clear_tar(out, reason)
        self._keep(
            replace(
                self.chosen,
                went=went,
                ended_by=reason.value if reason else "waited",
                made_in=self.here.unlocked.public_id,
            )
        )
        self._made(made.shown, made.of)

    @property
    def again_until(self) -> datetime | None:
        """Until when what was made in the clear can be had once more; None: not any more.

        Only in the sign-in that made it: whoever comes after the lock waits.
        """
        made_at, made_in = self.row.made_at, self.chosen.made_in
        is_theirs = self.is_clear and made_in == self.here.unlocked.public_id
        if made_at is None or not is_theirs:
            return None
        may = exports.may_be_again(made_at, self.here.clock.now())
        return made_at + exports.AGAIN_WITHIN if may else None

    def make_clear_again(self, out: BinaryIO) -> None:
        """The very same once more, where it did not arrive. Raises UserError (NOT_NOW)."""
        if self.again_until is None or self.row.made_at is None:
            raise _too_late()
        if set(_item_ids(self.selection)) != set(self.chosen.went):
            raise _too_late()  # something was added since, and has not waited
        self._export().clear_tar_again(out, self.row.made_at, self.chosen.ended_by)

    def _made(self, shown: int, of: int) -> None:
        self._keep(replace(self.chosen, shown=shown, of=of))
        self.row.made_at = self.here.clock.now()
        self.row.save()

    def _keep(self, chosen: Chosen) -> None:
        self.row.sealed = self.here.seals(chosen.to_json())
        self.__dict__.pop("chosen", None)

    def _waiting(self) -> list[Request]:
        waiting = self.here.mine(Request).filter(state=Request.State.WAITING)
        if self.is_clear:
            return list(waiting.filter(public_id__in=self.chosen.requests))
        return list(waiting.filter(about=self._about()))

    def _about(self) -> str:
        return self.chosen.wanted().about(self._other(), self.chosen.to)

    def _other(self) -> Other:
        return self.here.mine(Other).get(public_id=self.chosen.other)

    def _export(self) -> Export:
        return Export(
            session=self.here.vault,
            home=self.here.home,
            other=self._other(),
            label=self.chosen.label,
            zone=others_of(self.here)[1],
            clock=self.here.clock,
            wanted=self.chosen.wanted(),
        )


def _item_ids(found: Selection) -> tuple[str, ...]:
    return tuple(one.item.public_id for one in found.exhibits)


def _too_late() -> UserError:
    return UserError(
        gettext("This cannot be had again without a wait."),
        gettext("Choose it anew, and ask for it. What was made is on record."),
        ExitCode.NOT_NOW,
    )


def _must_be_few(found: Counted) -> None:
    if found.shown > MOST_IN_THE_CLEAR:
        raise UserError(
            f"In the clear, {MOST_IN_THE_CLEAR} items are the most at once.",
            "Choose fewer days, or have it sealed.",
        )
