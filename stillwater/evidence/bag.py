"""Writes a bag in one pass: hashes while writing, manifests in the end, the signature last."""

import hashlib
from collections.abc import Callable
from types import TracebackType

from stillwater.evidence.sinks import Sink
from stillwater.evidence.verifier import bag, signatures

Sign = Callable[[bytes], bytes]


class BagWriter:
    """The files of one bag. ``sign`` gives the ledger key's Ed25519 signature of bytes."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink
        self._payload: dict[str, str] = {}
        self._tags: dict[str, str] = {}
        self._octets = 0
        self.add(bag.DECLARATION_FILE, bag.DECLARATION)

    def add(self, name: str, data: bytes) -> None:
        """A whole file."""
        with self.stream(name, len(data)) as out:
            out.write(data)

    def stream(self, name: str, size: int) -> "_OneFile":
        """A file in pieces, ``size`` bytes in all; ValueError where they are not that many."""
        return _OneFile(self, name, size)

    def finish(self, info: dict[str, str], public: bytes, sign: Sign) -> None:
        """Tag files, manifests and the signature over them."""
        oxum = f"{self._octets}.{len(self._payload)}"
        lines = {**info, "Payload-Oxum": oxum}
        self.add(bag.INFO_FILE, "".join(f"{k}: {v}\n" for k, v in lines.items()).encode("ascii"))
        self.add(bag.MANIFEST, bag.written(self._payload))
        tag_manifest = bag.written(self._tags)
        self._raw(bag.TAG_MANIFEST, tag_manifest)
        signature = sign(signatures.sshsig_message(tag_manifest))
        self._raw(bag.SIGNATURE, signatures.sshsig(public, signature))

    def _raw(self, name: str, data: bytes) -> None:
        """What no manifest lists: the tag manifest, and the signature over it."""
        self._sink.begin(name, len(data))
        self._sink.write(data)
        self._sink.end()


class _OneFile:
    """One file while it is written."""

    def __init__(self, bag_writer: BagWriter, name: str, size: int) -> None:
        self._bag = bag_writer
        self._name = name
        self._left = size
        self._hash = hashlib.sha256()
        self._size = size
        self.sha256 = ""

    def __enter__(self) -> "_OneFile":
        self._bag._sink.begin(self._name, self._size)
        return self

    def write(self, data: bytes) -> int:
        self._left -= len(data)
        if self._left < 0:
            raise ValueError("more bytes than were announced")
        self._hash.update(data)
        self._bag._sink.write(data)
        return len(data)

    def flush(self) -> None:
        """Nothing is held back here."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        _error: BaseException | None,
        _where: TracebackType | None,
    ) -> None:
        if kind is not None:
            return
        if self._left:
            raise ValueError("fewer bytes than were announced")
        self._bag._sink.end()
        self.sha256 = self._hash.hexdigest()
        if self._name.startswith(bag.PAYLOAD):
            self._bag._payload[self._name] = self.sha256
            self._bag._octets += self._size
        else:
            self._bag._tags[self._name] = self.sha256
