"""The logs that a bundle draws on: leaves and proofs out of them, and what stands of each."""

from dataclasses import dataclass

from stillwater.evidence.bag import BagWriter
from stillwater.evidence.texts import LogFacts
from stillwater.evidence.verifier import layout, signatures
from stillwater.people.models import Person
from stillwater.vault import ledger, note
from stillwater.vault.merkle import Tree
from stillwater.vault.models import Checkpoint, Leaf, Log

# 32 bytes each: with more entries than this the leaf hashes are left out.
MOST_LEAF_HASHES = 1_000_000


@dataclass(frozen=True, slots=True)
class _Open:
    """One log, its head as it was when the bundle was begun, and its tree."""

    log: Log
    head: Checkpoint
    tree: Tree


class Ledgers:
    """Gives leaves and proofs; remembers which logs were asked for."""

    def __init__(self, person: Person) -> None:
        self._person = person
        self._open: dict[int, _Open] = {}  # by the log's number

    def log(self, number: int) -> Log:
        """The log of that number."""
        if number in self._open:
            return self._open[number].log
        return Log.objects.get(person=self._person, number=number)

    def leaf_and_proof(self, log: Log, index: int) -> tuple[bytes, bytes]:
        """A leaf's bytes, and the bytes of its ``.tlog-proof``."""
        one = self._of(log)
        leaf = Leaf.objects.values_list("data", flat=True).get(log=log, index=index)
        path = tuple(one.tree.inclusion(index, one.head.size))
        return bytes(leaf), note.Proof(index, path, one.head.note).text().encode()

    def write(self, bag: BagWriter, public: bytes) -> tuple[LogFacts, ...]:
        """The ledger's public files; gives what the pages say of each log."""
        bag.add(layout.KEY_PEM, signatures.pem(public))
        bag.add(layout.ALLOWED_SIGNERS, signatures.allowed_signers(public))
        return tuple(self._one(bag, public, self._open[n]) for n in sorted(self._open))

    def _of(self, log: Log) -> _Open:
        if log.number not in self._open:
            # The head first: the tree may grow meanwhile, and still has the older root.
            head = ledger.latest_checkpoint(log)
            self._open[log.number] = _Open(log, head, ledger.tree_of(log))
        return self._open[log.number]

    def _one(self, bag: BagWriter, public: bytes, one: _Open) -> LogFacts:
        number, size = one.log.number, one.head.size
        bag.add(layout.checkpoint(number), one.head.note.encode())
        key = note.verifier_key(one.log.origin, public)
        bag.add(layout.note_key(number), key.encode() + b"\n")
        with_hashes = size <= MOST_LEAF_HASHES
        if with_hashes:
            self._leaf_hashes(bag, one)
        return LogFacts(
            number=number,
            origin=one.log.origin,
            size=size,
            begun_anew=bool(one.log.previous_head),
            has_leaf_hashes=with_hashes,
        )

    def _leaf_hashes(self, bag: BagWriter, one: _Open) -> None:
        hashes = (
            Leaf.objects.filter(log=one.log, index__lt=one.head.size)
            .order_by("index")
            .values_list("hashed", flat=True)
        )
        with bag.stream(layout.leaf_hashes(one.log.number), 32 * one.head.size) as out:
            for hashed in hashes.iterator(chunk_size=10_000):
                out.write(bytes(hashed))
