"""Feeding the gate from files that the person already has.

An archive is read as a stream, in batches small enough to hold in memory. How
far it came is written in the same transaction as the batch, so a kill costs
one batch of reading and nothing else. The archive itself is never changed.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from stillwater.channels.archives.items import Archive, ArchiveItem, Item
from stillwater.channels.archives.registry import open_archive
from stillwater.core.errors import UserError
from stillwater.gate.intake import Intake, Taken
from stillwater.gate.models import Source
from stillwater.gate.outcomes import Outcome
from stillwater.gate.triage import Triaged, behind_theirs

BATCH_ITEMS = 1_000
BATCH_BYTES = 16 * 2**20
_BEGINNING = 2**16  # bytes of a file that go into its fingerprint

Progress = Callable[[int, int], None]
"""``progress(done, of)``, in the archive's own unit (bytes or files)."""


@dataclass(frozen=True, slots=True)
class UnreadableAt:
    """Something in an archive that could not be read: which archive, and where."""

    archive: int  # 1 for the first path given
    name: str  # the file inside a folder; empty for a single file
    position: int  # in an order of the archive's own
    why: str
    sealed: bool  # it names an other, so its bytes lie in the vault


@dataclass
class Report:
    """What an import did: counts and positions, no content."""

    read: int = 0
    outcome: Outcome = field(default_factory=Outcome)
    unreadable: list[UnreadableAt] = field(default_factory=list)


@dataclass
class _Feed:
    """Batches of one archive: while one is being read, the next is sealed."""

    intake: Intake
    source: Source
    report: Report
    batch: list[Triaged] = field(default_factory=list)
    size: int = 0  # bytes in the batch
    end: int = 0  # where the last item ended
    being_read: Taken | None = None

    def add(self, one: Triaged | None, end: int) -> bool:
        """Add one item (None: nothing of it goes on); whether a batch went off."""
        self.end = end
        if one is not None:
            self.batch.append(one)
            self.size += len(one.raw)
        full = len(self.batch) >= BATCH_ITEMS or self.size >= BATCH_BYTES
        if full:
            self._send(finished=False)
        return full

    def finish(self) -> None:
        """Send what is left, and wait until all is decided."""
        self._send(finished=True)
        self._settle()

    def _send(self, *, finished: bool) -> None:
        mark = partial(_mark, self.intake, self.source, self.end, finished=finished)
        taken = self.intake.take_in(self.batch, also_in_transaction=mark)
        self._settle()
        self.being_read = taken
        self.batch, self.size = [], 0
        if self.intake.is_wanted():
            # Whoever waits must find nothing of ours half-way.
            self._settle()
            self.intake.give_way()

    def _settle(self) -> None:
        if self.being_read is not None:
            self.report.outcome.add(self.intake.settle(self.being_read))
            self.being_read = None


def import_paths(intake: Intake, paths: Iterable[Path], progress: Progress | None = None) -> Report:
    """Take every mail of these archives through the gate. The caller holds the person's lock.

    Raises UserError for a path that is no archive we know, before anything of
    it is read.
    """
    archives = [(path, open_archive(path)) for path in paths]
    report = Report()
    report.outcome.add(intake.finish_what_was_left())
    for number, (path, archive) in enumerate(archives, start=1):
        _import_one(intake, path, archive, number, report, progress)
    return report


def _import_one(
    intake: Intake,
    path: Path,
    archive: Archive,
    number: int,
    report: Report,
    progress: Progress | None,
) -> None:
    source = _source(intake, path, archive)
    feed = _Feed(intake, source, report)
    before: Triaged | None = None  # the last whole mail
    for item in _items(archive, 0 if source.finished else source.position):
        report.read += 1
        one = _triaged(intake, item, number, report)
        if one is not None and archive.kind == "mbox":
            whole, one = one, behind_theirs(one, before)
            before = whole if one is whole else before
        if feed.add(one, item.end) and progress:
            progress(item.done, archive.size)
    feed.finish()
    if progress:
        progress(archive.size, archive.size)


def _items(archive: Archive, start: int) -> Iterator[Item]:
    """The items from where an import was stopped; all of them where that place is gone."""
    try:
        yield from archive.items(start)
    except UserError:
        if start == 0:
            raise
        yield from archive.items()


def _triaged(intake: Intake, item: Item, archive: int, report: Report) -> Triaged | None:
    """Triage of one item; what cannot be read is noted with its position."""
    if isinstance(item, ArchiveItem):
        return intake.triage(item.raw)
    one = intake.triage_unreadable(item.raw, item.why)
    report.unreadable.append(
        UnreadableAt(archive, item.name, item.position, item.why, sealed=one is not None)
    )
    return one


def _source(intake: Intake, path: Path, archive: Archive) -> Source:
    """The row that says how far this archive was read before."""
    source, _ = Source.objects.get_or_create(
        person=intake.person,
        fingerprint=intake.machine.fingerprint(
            intake.person.public_id, _what_identifies(path.resolve(), archive)
        ),
        defaults={"changed_at": intake.clock.now()},
    )
    return source


def _what_identifies(path: Path, archive: Archive) -> bytes:
    """Path, size and beginning. A folder is known by its path alone: files come and go."""
    named = str(path).encode("utf-8", "surrogateescape")
    if path.is_dir():
        return b"folder\0" + named
    with path.open("rb") as stream:
        return b"file\0" + named + b"\0%d\0" % archive.size + stream.read(_BEGINNING)


def _mark(intake: Intake, source: Source, position: int, *, finished: bool) -> None:
    source.position = position
    source.finished = finished
    source.changed_at = intake.clock.now()
    source.save(update_fields=["position", "finished", "changed_at"])
