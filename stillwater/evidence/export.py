"""Makes a bundle: decrypts item after item into a bag, in one pass.

1. The items are chosen, and the wait is asked for (gate/exports.py).
2. A ledger leaf says that they leave, and is committed.
3. Only then is the first one decrypted. What is written goes into one age file,
   or into a folder where each item's own wait is over; never half of it.
docs/formats/bundle.md.
"""

import io
import json
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO
from zoneinfo import ZoneInfo

import pyrage

from stillwater import __version__
from stillwater.core.clock import Clock
from stillwater.core.errors import ExitCode, UserError
from stillwater.core.home import Home
from stillwater.core.ids import Randomness, new_public_id, system_randomness
from stillwater.core.words import Channel, Direction
from stillwater.evidence import hand
from stillwater.evidence.bag import BagWriter
from stillwater.evidence.custody import Custody, custody_of
from stillwater.evidence.ledgers import Ledgers
from stillwater.evidence.rows import BY_DATE_LINE, TAKEN_IN, row_of
from stillwater.evidence.selection import Exhibit, Selection, Wanted, select
from stillwater.evidence.sinks import TarSink, clear_folder, must_be_free, recipient_of, sealed_tar
from stillwater.evidence.texts import Facts, pages
from stillwater.evidence.verifier import layout, signatures, tables
from stillwater.gate import exports
from stillwater.people.models import Other
from stillwater.vault import keys, ledger
from stillwater.vault.keys import Session
from stillwater.vault.models import Item, Request
from stillwater.vault.opening import IN_MEMORY, SALT, item_path
from stillwater.vault.openings import Reason

# Headers end long before this; a table needs nothing of the rest.
_HEAD = 256 * 1024

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Made:
    """What was made: safe to print."""

    bundle: str
    path: Path
    shown: int
    of: int
    fingerprint: str  # of the ledger's key: to be told to the recipient another way


@dataclass
class Export:
    """One question for a bundle of what one other sent and was sent."""

    session: Session
    home: Home
    other: Other
    label: str
    zone: ZoneInfo
    clock: Clock
    wanted: Wanted = field(default_factory=Wanted)
    randomness: Randomness = system_randomness
    progress: Progress = lambda _done, _of: None

    def seal(self, path: Path, to: str, reason: Reason | None = None) -> Made:
        """Write the bundle to ``path``, sealed to ``to`` (``age1…``).

        Raises UserError: nothing to export, a wait that runs (it begins with the
        first call), a recipient that is none, a disk that is full.
        """
        recipient_of(to)
        must_be_free(path)  # before anything is asked for: a slip begins no wait
        chosen = self.chosen()
        request = exports.ask(
            self.session.person, self.wanted.about(self.other, to), clock=self.clock
        )
        # The place is tried before the leaf is written: a slip costs no leaf.
        bundle, at = new_public_id(self.randomness), int(self.clock.now().timestamp())
        with self._given_back() as used, sealed_tar(path, to, _top(bundle), at) as sink:
            leaf = self._leaf(chosen, to)
            exports.allow(
                self.session, request, leaf, home=self.home, clock=self.clock, reason=reason
            )
            used.append(request)
            self._write(BagWriter(sink), bundle, chosen, sealed=True)
        return self._made(bundle, path, chosen)

    def in_the_clear(self, path: Path, reason: Reason | None = None) -> Made:
        """Write the bundle to the folder ``path``: as many openings as there are items."""
        must_be_free(path)
        chosen = self.chosen()
        items = [one.item for one in chosen.exhibits]
        requests = exports.ask_in_the_clear(items, clock=self.clock)
        bundle = new_public_id(self.randomness)
        with self._given_back() as used, clear_folder(path) as sink:
            leaf = self._leaf(chosen, exports.IN_THE_CLEAR)
            exports.allow_in_the_clear(
                self.session, requests, items, leaf,
                home=self.home, clock=self.clock, reason=reason,
            )  # fmt: skip
            used.extend(requests)
            self._write(BagWriter(sink), bundle, chosen, sealed=False)
        return self._made(bundle, path, chosen)

    def clear_tar(self, out: BinaryIO, reason: Reason | None = None) -> Made:
        """Write the bundle into ``out`` as a tar in the clear: as many openings as items."""
        chosen = self.chosen()
        items = [one.item for one in chosen.exhibits]
        requests = exports.ask_in_the_clear(items, clock=self.clock)
        with self._given_back() as used:
            leaf = self._leaf(chosen, exports.IN_THE_CLEAR)
            exports.allow_in_the_clear(
                self.session, requests, items, leaf,
                home=self.home, clock=self.clock, reason=reason,
            )  # fmt: skip
            used.extend(requests)
            return self._write_tar(out, chosen)

    def clear_tar_again(self, out: BinaryIO, first_at: datetime, why: str) -> Made:
        """The same once more, soon after the first was made: without a wait, and on record."""
        chosen = self.chosen()
        items = [one.item for one in chosen.exhibits]
        leaf = self._leaf(chosen, exports.IN_THE_CLEAR)
        exports.allow_again_in_the_clear(
            self.session, first_at, items, leaf, why, home=self.home, clock=self.clock
        )
        return self._write_tar(out, chosen)

    def _write_tar(self, out: BinaryIO, chosen: Selection) -> Made:
        bundle, at = new_public_id(self.randomness), int(self.clock.now().timestamp())
        sink = TarSink(out, _top(bundle), at)
        self._write(BagWriter(sink), bundle, chosen, sealed=False)
        sink.finish()
        return self._made(bundle, Path(), chosen)

    def chosen(self) -> Selection:
        """What goes in now. Raises UserError where there is nothing."""
        return select(self.other, self.wanted, self.zone, self.session.open_private)

    @contextmanager
    def _given_back(self) -> Iterator[list[Request]]:
        """Gives back the waits that this used up, where no bundle comes of it.

        Only those: pressed twice at once, the second must not give back what the first used.
        """
        used: list[Request] = []
        try:
            yield used
        except BaseException:
            exports.take_back(used)
            raise

    def _leaf(self, chosen: Selection, to: str) -> dict[str, Any]:
        return exports.exported_leaf(
            self.other, len(chosen.exhibits), to, clock=self.clock, randomness=self.randomness
        )

    def _made(self, bundle: str, path: Path, chosen: Selection) -> Made:
        public = bytes(keys.keyring_of(self.session.person).ledger_public_key)
        return Made(bundle, path, len(chosen.exhibits), chosen.of, signatures.fingerprint(public))

    def _write(self, bag: BagWriter, bundle: str, chosen: Selection, *, sealed: bool) -> None:
        """Items, tables, custody, ledger, pages, manifests, signature: in this order."""
        now = self.clock.now()
        ledgers = Ledgers(self.session.person)
        rows = self._items(bag, chosen.exhibits, ledgers)
        about = self._about(bundle, now, chosen)
        bag.add(layout.ITEMS_JSON, tables.write_json(about, rows))
        bag.add(layout.ITEMS_CSV, tables.write_csv(rows, tables.ITEM_COLUMNS))
        numbers = {one.item.public_id: n for n, one in enumerate(chosen.exhibits, start=1)}
        custody = self._custody(bag, numbers, ledgers)
        public = bytes(keys.keyring_of(self.session.person).ledger_public_key)
        logs = ledgers.write(bag, public)
        facts = _facts(
            about, rows, chosen, custody, logs,
            fingerprint=signatures.fingerprint(public), sealed=sealed,
        )  # fmt: skip
        for name, content in pages(facts).items():
            bag.add(name, content)
        signing_key = keys.signing_key(self.home, self.session.person)
        bag.finish(_info(about), public, signing_key.sign)

    def _items(self, bag: BagWriter, exhibits: list[Exhibit], ledgers: Ledgers) -> list[tables.Row]:
        rows = []
        for number, exhibit in enumerate(exhibits, start=1):
            rows.append(self._item(bag, number, exhibit, ledgers))
            self.progress(number, len(exhibits))
        return rows

    def _item(self, bag: BagWriter, number: int, exhibit: Exhibit, ledgers: Ledgers) -> tables.Row:
        item = exhibit.item
        is_mail = exhibit.attempt.channel == Channel.MAIL
        ending = hand.ending(exhibit) or ("eml" if is_mail else "bin")
        file = layout.original(number, item.public_id, ending)
        name = layout.stem(file)
        assert name
        digest, salt, head = self._original(bag, file, item)
        leaf, proof = ledgers.leaf_and_proof(item.log, item.leaf_index)
        bag.add(layout.salt(name), salt)
        bag.add(layout.leaf(name), leaf)
        bag.add(layout.proof(name), proof)
        return row_of(
            number, file, exhibit, json.loads(leaf), digest, head,
            label=self.label, zone=self.zone,
        )  # fmt: skip

    def _original(self, bag: BagWriter, file: str, item: Item) -> tuple[str, bytes, bytes]:
        """Write one original; gives its SHA-256, its salt, and how it begins."""
        with bag.stream(file, item.length) as out:
            if item.length <= IN_MEMORY:
                salt, raw = self.session.reveal(item, self.home)
                out.write(raw)
                head = raw[:_HEAD]
            else:
                salt = self._salt_of(item)
                copy = _Copy(out, salt)
                self.session.open_item_to(item, self.home, copy)  # type: ignore[arg-type]
                if copy.commitment != bytes(item.commitment):
                    raise UserError(
                        f"The sealed file of item {item.public_id} was changed meanwhile.",
                        "Run: stillwater vault check",
                        ExitCode.BROKEN,
                    )
                head = copy.head
        return out.sha256, salt, head

    def _salt_of(self, item: Item) -> bytes:
        """The salt of a large item, without having the item in memory."""
        first = _FirstBytes()
        path = item_path(self.home, self.session.person.public_id, item.public_id)
        with path.open("rb") as file:
            pyrage.decrypt_io(file, first, [self.session.epoch_identity(item.epoch)])
        return first.salt

    def _custody(self, bag: BagWriter, numbers: dict[str, int], ledgers: Ledgers) -> Custody:
        custody = custody_of(self.other, numbers)
        for number, entry in enumerate(custody.entries, start=1):
            name = layout.custody_stem(number)
            log = ledgers.log(entry.row["log"])
            leaf, proof = ledgers.leaf_and_proof(log, entry.row["leaf_index"])
            bag.add(layout.leaf(name), leaf)
            bag.add(layout.proof(name), proof)
        rows = [entry.row for entry in custody.entries]
        bag.add(layout.CUSTODY_JSON, tables.write_json({"format": tables.FORMAT}, rows))
        bag.add(layout.CUSTODY_CSV, tables.write_csv(rows, tables.CUSTODY_COLUMNS))
        return custody

    def _about(self, bundle: str, now: datetime, chosen: Selection) -> dict[str, Any]:
        return {
            "format": tables.FORMAT,
            "bundle": bundle,
            "made_at": ledger.moment(now),
            "software": f"Stillwater {__version__}",
            "other": self.label,
            "zone": str(self.zone),
            "filter": self.wanted.in_words,
            "items_shown": len(chosen.exhibits),
            "items_of": chosen.of,
        }


class _Copy(io.RawIOBase):
    """Passes an original on, and keeps its beginning and its commitment."""

    def __init__(self, out: Any, salt: bytes) -> None:
        super().__init__()
        self._out = out
        self._hash = sha256(salt)
        self.head = b""

    def write(self, data: bytes, /) -> int:  # type: ignore[override]
        piece = bytes(data)
        self._out.write(piece)
        self._hash.update(piece)
        self.head += piece[: _HEAD - len(self.head)]
        return len(piece)

    @property
    def commitment(self) -> bytes:
        return self._hash.digest()


class _FirstBytes(io.RawIOBase):
    """Keeps the first 32 bytes of what is written, and lets the rest go."""

    def __init__(self) -> None:
        super().__init__()
        self.salt = b""

    def write(self, data: bytes, /) -> int:  # type: ignore[override]
        self.salt += data[: SALT - len(self.salt)]
        return len(data)


def _top(bundle: str) -> str:
    """The folder inside the tar."""
    return f"bundle-{bundle[:8]}"


def _info(about: dict[str, Any]) -> dict[str, str]:
    return {
        "Bag-Software-Agent": about["software"],
        "Bagging-Date": about["made_at"][:10],
        "External-Identifier": about["bundle"],
        "External-Description": f"{about['items_shown']} of {about['items_of']} items;"
        " README.txt says how to check them",
    }


def _facts(
    about: dict[str, Any],
    rows: list[tables.Row],
    chosen: Selection,
    custody: Custody,
    logs: tuple[Any, ...],
    *,
    fingerprint: str,
    sealed: bool,
) -> Facts:
    first = rows[0]
    recorded = sorted(row["recorded_at"] for row in rows)
    sent = sum(row["direction"] == Direction.OUT for row in rows)
    name = layout.stem(first["file"])
    assert name
    return Facts(
        bundle=about["bundle"],
        made_at=about["made_at"],
        software=about["software"],
        label=about["other"],
        zone=about["zone"],
        shown=len(rows),
        of=chosen.of,
        received=len(rows) - sent,
        sent=sent,
        unconfirmed=chosen.unconfirmed,
        by_date_line=sum(row["received_at_basis"] == BY_DATE_LINE for row in rows),
        unknown_times=sum(row["received_at_basis"] == TAKEN_IN for row in rows),
        months=_months(rows),
        first=min(row["received_at"] for row in rows),
        last=max(row["received_at"] for row in rows),
        recorded_first=recorded[0],
        recorded_last=recorded[-1],
        filter=about["filter"],
        discards=custody.discards,
        custody=len(custody.entries),
        fingerprint=fingerprint,
        example=name,
        example_file=first["file"],
        example_index=first["leaf_index"],
        example_log=first["log"],
        logs=logs,
        sealed=sealed,
    )


def _months(rows: list[tables.Row]) -> str:
    """``2026-03: 12, 2026-05: 1``, six to a line."""
    counted = Counter(row["received_at"][:7] for row in rows)
    said = [f"{month}: {count}" for month, count in sorted(counted.items())]
    lines = [", ".join(said[at : at + 6]) for at in range(0, len(said), 6)]
    return ",\n  ".join(lines)
