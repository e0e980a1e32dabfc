"""Feeding the gate from files that the person already has.

An archive is read as a stream, in batches small enough to hold in memory. How
far it came is written in the same transaction as the batch, so a kill costs
one batch of reading and nothing else. The archive itself is never changed.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from stillwater.channels.archives.registry import Archive, ArchiveItem, open_archive
from stillwater.gate.intake import Intake, Outcome
from stillwater.gate.models import Source
from stillwater.gate.triage import Triaged

BATCH_ITEMS = 200
BATCH_BYTES = 16 * 2**20
_BEGINNING = 2**16  # bytes of a file that go into its fingerprint

Progress = Callable[[int, int], None]
"""``progress(done, of)``, in the archive's own unit (bytes or files)."""


@dataclass(frozen=True, slots=True)
class UnreadableAt:
    """Something in an archive that could not be read: which archive, and where."""

    archive: int  # 1 for the first path given
    position: int  # in the archive's own unit
    why: str
    sealed: bool  # it names an other, so its bytes lie in the vault


@dataclass
class Report:
    """What an import did: counts and positions, no content."""

    read: int = 0
    outcome: Outcome = field(default_factory=Outcome)
    unreadable: list[UnreadableAt] = field(default_factory=list)


@dataclass
class _Batch:
    triaged: list[Triaged] = field(default_factory=list)
    size: int = 0

    @property
    def full(self) -> bool:
        return len(self.triaged) >= BATCH_ITEMS or self.size >= BATCH_BYTES

    def add(self, one: Triaged) -> None:
        self.triaged.append(one)
        self.size += len(one.raw)


def import_paths(intake: Intake, paths: Iterable[Path], progress: Progress | None = None) -> Report:
    """Take every mail of these archives through the gate. The caller holds the person's lock.

    Raises UserError for a path that is no archive we know, before anything of
    it is read.
    """
    archives = [open_archive(path) for path in paths]
    report = Report()
    report.outcome.add(intake.finish_what_was_left())
    for number, archive in enumerate(archives, start=1):
        _import_one(intake, archive, number, report, progress)
    return report


def _import_one(
    intake: Intake, archive: Archive, number: int, report: Report, progress: Progress | None
) -> None:
    source = _source(intake, archive)
    # Files come into a folder in between others, so a position in it would skip
    # some: folders are read from the start, and what was taken is recognised.
    start = 0 if source.finished or archive.unit == "files" else source.position
    batch = _Batch()
    for item in archive.items(start):
        if batch.full:
            _take(intake, batch, report, source, item.position)
            batch = _Batch()
            if progress:
                progress(item.position, archive.size)
        report.read += 1
        one = _triaged(intake, item, number, report)
        if one is not None:
            batch.add(one)
    _take(intake, batch, report, source, archive.size, finished=True)
    if progress:
        progress(archive.size, archive.size)


def _take(
    intake: Intake,
    batch: _Batch,
    report: Report,
    source: Source,
    position: int,
    *,
    finished: bool = False,
) -> None:
    """One batch through the gate; how far we are is part of its transaction."""
    mark = partial(_mark, intake, source, position, finished=finished)
    report.outcome.add(intake.take(batch.triaged, also_in_transaction=mark))


def _triaged(intake: Intake, item: ArchiveItem, archive: int, report: Report) -> Triaged | None:
    """Triage of one item; what cannot be read is noted with its position."""
    if item.unreadable is None:
        return intake.triage(item.raw)
    one = intake.triage_unreadable(item.raw, item.unreadable)
    report.unreadable.append(
        UnreadableAt(archive, item.position, item.unreadable, sealed=one is not None)
    )
    return one


def _source(intake: Intake, archive: Archive) -> Source:
    """The row that says how far this archive was read before."""
    source, _ = Source.objects.get_or_create(
        person=intake.person,
        fingerprint=intake.machine.fingerprint(intake.person.public_id, _what_identifies(archive)),
        defaults={"changed_at": intake.clock.now()},
    )
    return source


def _what_identifies(archive: Archive) -> bytes:
    """Path, size and beginning. A folder is known by its path alone: files come and go."""
    path = archive.path.resolve()
    if path.is_dir():
        return f"folder\0{path}".encode("utf-8", "surrogateescape")
    with path.open("rb") as stream:
        beginning = stream.read(_BEGINNING)
    return f"file\0{path}\0{archive.size}\0".encode("utf-8", "surrogateescape") + beginning


def _mark(intake: Intake, source: Source, position: int, *, finished: bool) -> None:
    source.position = position
    source.finished = finished
    source.changed_at = intake.clock.now()
    source.save(update_fields=["position", "finished", "changed_at"])
