"""The check of a bundle: first in prose, then in code with the same numbers.

A bundle is right when all of this holds; the first thing that does not is named.

 1. It holds only plain files with plain names (sources.py refuses the rest on
    opening), and ``bagit.txt`` is the declaration of BagIt 1.0, to the byte.
 2. ``tagmanifest-sha256.txt`` is signed (SSHSIG, Ed25519, namespace
    stillwater-bundle) by the key K that ``tagmanifest-sha256.txt.sig`` names.
    A bag whose tag manifest was taken away is therefore not right.
 3. K is the key that the caller trusts, where the caller gave one. Where not,
    the report says that K came out of the bundle itself.
 4. The files outside ``data/`` are those of the tag manifest, it and its
    signature, no more and no fewer, and each has the SHA-256 that stands there.
    ``manifest-sha256.txt`` is one of them.
 5. The files below ``data/`` are those of ``manifest-sha256.txt``, no more and
    no fewer.
 6. Each file below ``data/`` that is not part of one item has its SHA-256.
 7. ``key.pem``, ``allowed_signers`` and every ``key.vkey`` hold K, in the one
    form in which we write them.
 8. Each log's checkpoint is signed by K under the log's own name. Where
    ``leaf-hashes`` is there, it has one hash for each entry and they make the
    checkpoint's root (RFC 6962).
 9. ``items.json`` is of its one form, ``items.csv`` holds the same, and the
    head counts as many items as there are.
10. For each item, in order: original, salt, leaf and proof have their SHA-256
    and are this item's alone; the proof carries the log's own checkpoint, and
    leads from the leaf, at the row's index, to its root; the leaf is an item's,
    its commitment is SHA-256(salt || original), and its length, time, channel
    and kind are those of the row; the row's local time is that time, with its
    offset; the row's length and SHA-256 are the file's. No item is received
    before the one above it, and no leaf serves two rows, here or in 11.
11. Each entry of ``custody.json`` (and ``custody.csv``) is a leaf of the log at
    the index that the row says, with the row's kind, time and reason.
12. No file below ``data/`` is left that nothing above has named.
13. Each earlier checkpoint that the caller kept is signed by K and the log still
    begins with what stood there (only where ``leaf-hashes`` is there and the
    checkpoint is not a later one: else the report says that it cannot be said).
    One that has more entries is wrong where the bundle holds a later log: a log
    grows no more once the next began, so the ledger was set back.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from stillwater.evidence.verifier import bag, layout, notes, signatures, tables
from stillwater.evidence.verifier.items import ItemCheck, check_custody_row, check_row, leaf_fields
from stillwater.evidence.verifier.notes import Checkpoint, NoteKey, Tree
from stillwater.evidence.verifier.problems import WrongError, plain
from stillwater.evidence.verifier.signatures import Checker
from stillwater.evidence.verifier.sources import Source, read_small, readable

SMALL = 64 * 1024
LARGE = 256 * 1024 * 1024
_CHUNK = 1024 * 1024

Progress = Callable[[int, int], None]


@dataclass
class Report:
    """What was checked. ``unsaid`` holds what was asked for and could not be said."""

    fingerprint: str = ""
    key_given: bool = False
    signatures_by: str | None = None
    shown: int = 0
    of: int = 0
    custody: int = 0
    logs: list[tuple[str, int]] = field(default_factory=list)  # name and entries
    pins: list[str] = field(default_factory=list)
    unsaid: list[str] = field(default_factory=list)
    about: dict[str, Any] = field(default_factory=dict)


def verify(
    source: Source,
    *,
    checker: Checker | None,
    trusted: str | None = None,
    pins: list[tuple[str, bytes]] | None = None,
    progress: Progress = lambda _done, _of: None,
) -> Report:
    """Check the whole bundle, as the head of this module says it.

    ``trusted`` is the fingerprint (``SHA256:…``) of the key that the caller trusts;
    ``pins`` are (name to show, bytes) of earlier checkpoints. Raises WrongError with the
    first thing that is wrong.
    """
    check = _Check(source, checker, trusted)
    check.declaration()  # 1
    check.signature()  # 2, 3
    check.tag_files()  # 4
    check.payload_names()  # 5
    check.shared_files()  # 6
    check.keys()  # 7
    check.logs()  # 8
    check.table()  # 9
    check.items(progress)  # 10
    check.custody()  # 11
    check.nothing_left()  # 12
    for name, untrusted_pin in pins or []:
        check.pin(name, untrusted_pin)  # 13
    return check.report


class _Check:
    """The state that the numbered steps share."""

    def __init__(self, source: Source, checker: Checker | None, trusted: str | None) -> None:
        self._source = source
        self._checker = checker
        self._trusted = trusted
        self._key = b""
        self._tag_hashes: dict[str, str] = {}
        self._hashes: dict[str, str] = {}
        self._named: set[str] = set()
        self._leaves: set[tuple[int, int]] = set()  # log and index of each leaf that a row has
        self._rows: list[tables.Row] = []
        self._notes: dict[int, bytes] = {}
        self._checkpoints: dict[int, Checkpoint] = {}
        self._trees: dict[int, Tree] = {}
        self.report = Report(signatures_by=checker.name if checker else None)

    def declaration(self) -> None:
        found = read_small(self._source, bag.DECLARATION_FILE, SMALL)
        if found != bag.DECLARATION:
            raise WrongError(bag.DECLARATION_FILE, "the declaration of BagIt 1.0", "another text")

    def signature(self) -> None:
        armoured = read_small(self._source, bag.SIGNATURE, SMALL)
        tag_manifest = read_small(self._source, bag.TAG_MANIFEST, LARGE)
        self._key, signature = signatures.read_sshsig(armoured, bag.SIGNATURE)
        self._signed(
            signatures.sshsig_message(tag_manifest),
            signature,
            f"{bag.SIGNATURE} or {bag.TAG_MANIFEST}",
        )
        fingerprint = signatures.fingerprint(self._key)
        if self._trusted not in (None, fingerprint):
            raise WrongError(
                bag.SIGNATURE,
                f"the key that you gave ({self._trusted})",
                f"another ({fingerprint})",
            )
        self.report.fingerprint = fingerprint
        self.report.key_given = self._trusted is not None
        self._tag_hashes = bag.read(tag_manifest, bag.TAG_MANIFEST, payload=False)

    def _signed(self, message: bytes, signature: bytes, where: str) -> None:
        """Without a checker the signature counts as not checked; command.py says so."""
        if self._checker and not self._checker.good(self._key, message, signature):
            raise WrongError(where, "a signature that fits", "one that does not")

    def tag_files(self) -> None:
        for name in (bag.MANIFEST, bag.DECLARATION_FILE, bag.INFO_FILE):
            if name not in self._tag_hashes:
                raise WrongError(bag.TAG_MANIFEST, f"a line for {name}", "none")
        unsigned = {bag.TAG_MANIFEST, bag.SIGNATURE}
        here = {n for n in self._source.files if not n.startswith(bag.PAYLOAD)}
        _same_names(here - unsigned, set(self._tag_hashes), bag.TAG_MANIFEST)
        for name, expected in self._tag_hashes.items():
            self._hashed(name, expected, bag.TAG_MANIFEST)

    def payload_names(self) -> None:
        manifest = read_small(self._source, bag.MANIFEST, LARGE)
        self._hashes = bag.read(manifest, bag.MANIFEST, payload=True)
        here = {n for n in self._source.files if n.startswith(bag.PAYLOAD)}
        _same_names(here, set(self._hashes), bag.MANIFEST)

    def shared_files(self) -> None:
        for name, expected in self._hashes.items():
            if name.count("/") == 1 or name.startswith("data/ledger/"):
                self._hashed(name, expected, bag.MANIFEST)

    def _hashed(self, name: str, expected: str, manifest: str) -> None:
        digest = hashlib.sha256()
        with readable(self._source, name) as stream:
            while chunk := stream.read(_CHUNK):
                digest.update(chunk)
        _same_hash(name, expected, digest.hexdigest(), manifest)

    def _read(self, name: str, limit: int = SMALL) -> bytes:
        """A payload file whole, its hash checked; named once and no more."""
        expected = self._hashes.get(name)
        if expected is None or name in self._named:
            raise WrongError(name, "a file of its own in the manifest", "none")
        self._named.add(name)
        data = read_small(self._source, name, limit)
        _same_hash(name, expected, hashlib.sha256(data).hexdigest(), bag.MANIFEST)
        return data

    def keys(self) -> None:
        forms = {
            layout.KEY_PEM: signatures.pem(self._key),
            layout.ALLOWED_SIGNERS: signatures.allowed_signers(self._key),
        }
        for name, expected in forms.items():
            if self._read(name) != expected:
                raise WrongError(name, "the key of the signature", "another")

    def logs(self) -> None:
        for number in layout.logs_in(self._hashes):
            where = layout.checkpoint(number)
            note = self._read(where)
            checkpoint = notes.read_checkpoint(note, where)
            key = NoteKey.of(checkpoint.origin, self._key)
            if self._read(layout.note_key(number)) != key.written.encode() + b"\n":
                raise WrongError(layout.note_key(number), "the key of the signature", "another")
            self._note_signed(checkpoint, key, where)
            self._notes[number] = note
            self._checkpoints[number] = checkpoint
            self._trees[number] = Tree(checkpoint.size, checkpoint.root)
            if layout.leaf_hashes(number) in self._hashes:
                self._leaf_hashes(number, checkpoint)
            self.report.logs.append((checkpoint.origin, checkpoint.size))

    def _note_signed(self, checkpoint: Checkpoint, key: NoteKey, where: str) -> None:
        for name, key_id, signature in checkpoint.signatures:
            if name == key.name and key_id == key.key_id:
                self._signed(checkpoint.text, signature, where)
                return
        raise WrongError(where, f"a signature of {plain(key.name)}", "none")

    def _leaf_hashes(self, number: int, checkpoint: Checkpoint) -> None:
        where = layout.leaf_hashes(number)
        hashes = self._all_hashes(number)
        self._named.add(where)
        if len(hashes) != checkpoint.size:
            raise WrongError(where, f"{checkpoint.size} hashes", f"{len(hashes)}")
        if notes.root_of(hashes) != checkpoint.root:
            raise WrongError(where, "hashes that make the checkpoint's root", "others")

    def _all_hashes(self, number: int) -> list[bytes]:
        data = read_small(self._source, layout.leaf_hashes(number), LARGE)
        if len(data) % 32:
            raise WrongError(layout.leaf_hashes(number), "32 bytes for each entry", "a rest")
        return [data[at : at + 32] for at in range(0, len(data), 32)]

    def table(self) -> None:
        where = layout.ITEMS_JSON
        about, self._rows = tables.read_json(self._read(where, LARGE), where, tables.ITEM_COLUMNS)
        if self._read(layout.ITEMS_CSV, LARGE) != tables.write_csv(self._rows, tables.ITEM_COLUMNS):
            raise WrongError(layout.ITEMS_CSV, "what items.json says", "something else")
        shown, of = about.get("items_shown"), about.get("items_of")
        if type(shown) is not int or type(of) is not int or shown != len(self._rows) or of < shown:
            raise WrongError(where, f"a head that counts {len(self._rows)} items", "another")
        self.report.about, self.report.shown, self.report.of = about, len(self._rows), of

    def items(self, progress: Progress) -> None:
        for number, row in enumerate(self._rows, start=1):
            self._item(number, row)
            progress(number, len(self._rows))

    def _item(self, number: int, row: tables.Row) -> None:
        stem = layout.stem(row["file"])
        if stem is None or int(stem.split("-")[0]) != number or row["number"] != number:
            raise WrongError(layout.ITEMS_JSON, f"item {number} in its place", "another")
        salt = self._read(layout.salt(stem))
        leaf = self._proved(stem, row, layout.ITEMS_JSON)
        item = self._original(row["file"], salt)
        check_row(row, leaf_fields(leaf, layout.leaf(stem)), item, stem)
        # Checked against the leaf by now, so of one form: order of text is order of time.
        if number > 1 and row["received_at"] < self._rows[number - 2]["received_at"]:
            raise WrongError(layout.ITEMS_JSON, f"item {number} in order of receipt", "another")

    def _original(self, name: str, salt: bytes) -> ItemCheck:
        """Hash an original, alone and behind its salt, in one reading."""
        expected = self._hashes.get(name)
        if expected is None or name in self._named:
            raise WrongError(name, "a file of its own in the manifest", "none")
        self._named.add(name)
        alone, salted, length = hashlib.sha256(), hashlib.sha256(salt), 0
        with readable(self._source, name) as stream:
            while chunk := stream.read(_CHUNK):
                alone.update(chunk)
                salted.update(chunk)
                length += len(chunk)
        _same_hash(name, expected, alone.hexdigest(), bag.MANIFEST)
        return ItemCheck(length, expected, salted.hexdigest(), len(salt))

    def _proved(self, stem: str, row: tables.Row, table: str) -> bytes:
        """A leaf's bytes, once its proof has led to the root of the row's log."""
        where = layout.proof(stem)
        leaf = self._read(layout.leaf(stem))
        proof = notes.read_proof(self._read(where), where)
        log = row["log"]
        if not isinstance(log, int) or log not in self._trees:
            raise WrongError(table, "a log of this bundle", "another")
        if proof.checkpoint != self._notes[log]:
            raise WrongError(where, f"the checkpoint of log {log}", "another")
        if proof.index != row["leaf_index"]:
            raise WrongError(where, "the index that the table says", f"{proof.index}")
        if (log, proof.index) in self._leaves:
            raise WrongError(table, "an entry of the ledger for each row", f"{where} again")
        self._leaves.add((log, proof.index))
        if not self._trees[log].includes(notes.leaf_hash(leaf), proof.index, proof.hashes):
            raise WrongError(where, "a path from the leaf to the root", "one that leads elsewhere")
        return leaf

    def custody(self) -> None:
        where = layout.CUSTODY_JSON
        _, rows = tables.read_json(self._read(where, LARGE), where, tables.CUSTODY_COLUMNS)
        if self._read(layout.CUSTODY_CSV, LARGE) != tables.write_csv(rows, tables.CUSTODY_COLUMNS):
            raise WrongError(layout.CUSTODY_CSV, "what custody.json says", "something else")
        for number, row in enumerate(rows, start=1):
            stem = layout.custody_stem(number)
            fields = leaf_fields(self._proved(stem, row, where), layout.leaf(stem))
            check_custody_row(number, row, fields, layout.leaf(stem))
        self.report.custody = len(rows)

    def nothing_left(self) -> None:
        for name in self._hashes:
            if name not in self._named:
                raise WrongError(name, "only files that a table names", "one that none names")

    def pin(self, name: str, untrusted_pin: bytes) -> None:
        pinned = notes.read_checkpoint(untrusted_pin, name)
        self._note_signed(pinned, NoteKey.of(pinned.origin, self._key), name)
        logs = [n for n, c in self._checkpoints.items() if c.origin == pinned.origin]
        if not logs:
            self.report.unsaid.append(f"{name}: of a log that this bundle does not hold")
            return
        log, checkpoint = logs[0], self._checkpoints[logs[0]]
        if pinned.size == checkpoint.size and pinned.root != checkpoint.root:
            raise WrongError(layout.checkpoint(log), f"the root that {name} says", "another")
        if pinned.size > checkpoint.size and log < max(self._checkpoints):
            # A log is written no more once a later one began: this bundle should have them all.
            expected = f"at least {pinned.size} entries, as {name} says"
            found = f"{checkpoint.size}, and a later log: the ledger was set back in between"
            raise WrongError(layout.checkpoint(log), expected, found)
        if pinned.size > checkpoint.size:
            self.report.unsaid.append(f"{name}: made after this bundle, so nothing follows")
            return
        if layout.leaf_hashes(log) not in self._hashes:
            self.report.unsaid.append(f"{name}: this bundle has no leaf-hashes to compare with")
            return
        if notes.root_of(self._all_hashes(log)[: pinned.size]) != pinned.root:
            raise WrongError(
                layout.checkpoint(log), f"a log that begins as {name} says", "another beginning"
            )
        self.report.pins.append(f"{name}: the log still begins with its {pinned.size} entries")


def _same_hash(name: str, expected: str, found: str, manifest: str) -> None:
    if found != expected:
        raise WrongError(name, f"SHA-256 {expected} (as {manifest} says)", found)


def _same_names(here: set[str], listed: set[str], manifest: str) -> None:
    for name in sorted(listed - here):
        raise WrongError(name, f"this file, since {manifest} lists it", "none")
    for name in sorted(here - listed):
        raise WrongError(name, f"only files that {manifest} lists", "one more")
