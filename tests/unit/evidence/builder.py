"""Builds bundles for tests out of nothing of ours: hashlib, base64, json, and a signing key.

It follows docs/formats/bundle.md, not our code: where the two part, a test says so.
"""

import base64
import csv
import hashlib
import io
import json
import struct
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

ITEM_COLUMNS = [
    "number", "file", "direction", "channel", "kind", "received_at", "received_at_basis",
    "received_local", "utc_offset", "zone", "daylight_saving", "sent_at", "sent_at_basis",
    "recorded_at", "from_as_shown", "to_as_shown", "attribution", "attribution_basis",
    "attribution_asserted_by", "length", "sha256", "log", "leaf_index",
]  # fmt: skip
CUSTODY_COLUMNS = ["number", "what", "at", "items", "reason", "log", "leaf_index"]
ORIGIN = "stillwater/test"


def sha(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def b64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def compact(value) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"))


def mth(hashes: list[bytes]) -> bytes:
    """RFC 6962 2.1, as it is written there: by recursion."""
    if not hashes:
        return sha(b"")
    if len(hashes) == 1:
        return hashes[0]
    k = 1
    while k * 2 < len(hashes):
        k *= 2
    return sha(b"\x01" + mth(hashes[:k]) + mth(hashes[k:]))


def path(m: int, hashes: list[bytes]) -> list[bytes]:
    """RFC 6962 2.1.1, as it is written there."""
    if len(hashes) == 1:
        return []
    k = 1
    while k * 2 < len(hashes):
        k *= 2
    if m < k:
        return [*path(m, hashes[:k]), mth(hashes[k:])]
    return [*path(m - k, hashes[k:]), mth(hashes[:k])]


def public_of(key: Ed25519PrivateKey) -> bytes:
    return key.public_key().public_bytes_raw()


def note_key_id(name: str, public: bytes) -> bytes:
    return sha(name.encode() + b"\n\x01" + public)[:4]


def checkpoint_of(hashes: list[bytes], key: Ed25519PrivateKey, origin: str = ORIGIN) -> bytes:
    text = f"{origin}\n{len(hashes)}\n{b64(mth(hashes))}\n"
    signature = note_key_id(origin, public_of(key)) + key.sign(text.encode())
    return f"{text}\n\u2014 {origin} {b64(signature)}\n".encode()


def string(data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + data


def ssh_public(key: Ed25519PrivateKey) -> bytes:
    return string(b"ssh-ed25519") + string(public_of(key))


def ssh_signature(message: bytes, key: Ed25519PrivateKey) -> bytes:
    digest = hashlib.sha512(message).digest()
    signed = b"SSHSIG" + b"".join(map(string, (b"stillwater-bundle", b"", b"sha512", digest)))
    signature = string(b"ssh-ed25519") + string(key.sign(signed))
    blob = b"SSHSIG" + struct.pack(">I", 1) + string(ssh_public(key))
    blob += b"".join(map(string, (b"stillwater-bundle", b"", b"sha512", signature)))
    text = b64(blob)
    lines = [text[i : i + 70] for i in range(0, len(text), 70)]
    return "\n".join(
        ["-----BEGIN SSH SIGNATURE-----", *lines, "-----END SSH SIGNATURE-----", ""]
    ).encode()


def table_json(about: dict, rows: list[dict]) -> bytes:
    body = ",\n".join(compact(row) for row in rows)
    return f'{{"about":{compact(about)},\n"items":[\n{body}\n]}}\n'.encode()


def table_csv(columns: list[str], rows: list[dict]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow(columns)
    for row in rows:
        writer.writerow(["" if row[c] is None else row[c] for c in columns])
    return out.getvalue().encode()


@dataclass
class Built:
    """The files of a bundle, its key, and what its ledger holds; changed at will, then sealed."""

    files: dict[str, bytes]
    key: Ed25519PrivateKey
    hashes: list[bytes] = field(default_factory=list)

    def seal(self) -> "Built":
        """Make manifests and signature anew: what a forger with the key could do."""
        for name in [n for n in self.files if n.startswith(("manifest", "tagmanifest"))]:
            del self.files[name]
        self.files["manifest-sha256.txt"] = self._manifest(payload=True)
        tags = self.files["tagmanifest-sha256.txt"] = self._manifest(payload=False)
        self.files["tagmanifest-sha256.txt.sig"] = ssh_signature(tags, self.key)
        return self

    def _manifest(self, *, payload: bool) -> bytes:
        return "".join(
            f"{hashlib.sha256(data).hexdigest()}  {name}\n"
            for name, data in sorted(self.files.items())
            if name.startswith("data/") is payload
        ).encode()

    def write(self, folder: Path) -> Path:
        for name, data in self.files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(data)
        return folder


def build(
    originals: tuple[bytes, ...] = (b"From: a\n\nfirst\n", b"From: a\n\nsecond\n", b"third"),
    *,
    key: Ed25519PrivateKey | None = None,
    others_between: int = 3,
) -> Built:
    """A right bundle of these originals, among other leaves, with one custody entry."""
    key = key or Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
    files: dict[str, bytes] = {}
    leaves: list[bytes] = []
    rows, stems = [], []
    for number, raw in enumerate(originals, start=1):
        for _ in range(others_between):
            leaves.append(compact({"kind": "other", "random": f"{len(leaves):032x}"}).encode())
        item_id = hashlib.sha256(b"id%d" % number).hexdigest()[:32]
        stem = f"{number:04d}-{item_id}"
        salt = sha(b"salt%d" % number)
        files[f"data/originals/{stem}.eml"] = raw
        files[f"data/salts/{stem}.salt"] = salt
        leaf = {
            "version": 1, "kind": "message", "received_at": f"2026-03-0{number % 9 + 1}T10:00:00Z",
            "channel": "mail", "length": len(raw), "sha256": sha(b"cipher%d" % number).hex(),
            "commitment": sha(salt + raw).hex(), "random": f"{number:032x}",
        }  # fmt: skip
        stems.append((stem, len(leaves)))
        rows.append(
            dict.fromkeys(ITEM_COLUMNS, "")
            | {
                "number": number, "file": f"data/originals/{stem}.eml", "direction": "in",
                "channel": "mail", "kind": "message", "received_at": leaf["received_at"],
                "received_local": leaf["received_at"].replace("10:00:00Z", "11:00:00+01:00"),
                "utc_offset": "UTC+01:00", "length": len(raw), "sha256": sha(raw).hex(), "log": 1,
                "leaf_index": len(leaves),
            }
        )  # fmt: skip
        leaves.append(compact(leaf).encode())
    stems.append(("custody-0001", len(leaves)))
    exported = {"version": 1, "kind": "exported", "at": "2026-04-01T09:00:00Z", "random": "00" * 16}
    leaves.append(compact(exported).encode())
    custody = [
        {"number": 1, "what": "exported", "at": exported["at"], "items": "all", "reason": "",
         "log": 1, "leaf_index": len(leaves) - 1}
    ]  # fmt: skip

    hashes = [sha(b"\x00" + leaf) for leaf in leaves]
    note = checkpoint_of(hashes, key)
    for stem, index in stems:
        files[f"data/leaves/{stem}.json"] = leaves[index]
        lines = ["c2sp.org/tlog-proof@v1", f"index {index}", *map(b64, path(index, hashes)), "", ""]
        files[f"data/proofs/{stem}.tlog-proof"] = "\n".join(lines).encode() + note
    public = public_of(key)
    about = {"format": "stillwater-bundle/1", "items_shown": len(rows), "items_of": len(rows) + 7}
    files |= {
        "bagit.txt": b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
        "bag-info.txt": b"Bagging-Date: 2026-04-01\n",
        "README.txt": b"read me\n",
        "data/items.json": table_json(about, rows),
        "data/items.csv": table_csv(ITEM_COLUMNS, rows),
        "data/custody.json": table_json({"format": "stillwater-bundle/1"}, custody),
        "data/custody.csv": table_csv(CUSTODY_COLUMNS, custody),
        "data/ledger/key.pem": b"-----BEGIN PUBLIC KEY-----\n"
        + base64.b64encode(bytes.fromhex("302a300506032b6570032100") + public)
        + b"\n-----END PUBLIC KEY-----\n",
        "data/ledger/allowed_signers": b'stillwater namespaces="stillwater-bundle" ssh-ed25519 '
        + base64.b64encode(ssh_public(key))
        + b"\n",
        "data/ledger/log-1/checkpoint": note,
        "data/ledger/log-1/leaf-hashes": b"".join(hashes),
    }
    written = b64(b"\x01" + public)
    key_id = note_key_id(ORIGIN, public).hex()
    files["data/ledger/log-1/key.vkey"] = f"{ORIGIN}+{key_id}+{written}\n".encode()
    return Built(files, key, hashes).seal()
