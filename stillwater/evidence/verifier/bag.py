"""BagIt 1.0 (RFC 8493), as far as a bundle uses it: SHA-256, UTF-8, no fetch.txt."""

from __future__ import annotations

import re

from stillwater.evidence.verifier.problems import WrongError, plain
from stillwater.evidence.verifier.sources import checked_name

DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
DECLARATION_FILE = "bagit.txt"
INFO_FILE = "bag-info.txt"
MANIFEST = "manifest-sha256.txt"
TAG_MANIFEST = "tagmanifest-sha256.txt"
SIGNATURE = "tagmanifest-sha256.txt.sig"
PAYLOAD = "data/"

_LINE = re.compile(rb"([0-9a-f]{64})  ([!-~]+)")


def written(hashes: dict[str, str]) -> bytes:
    """A manifest: one ``sha256  name`` a line, as ``sha256sum -c`` reads it."""
    return "".join(f"{digest}  {name}\n" for name, digest in hashes.items()).encode("ascii")


def read(untrusted_manifest: bytes, where: str, *, payload: bool) -> dict[str, str]:
    """Name to hexadecimal SHA-256; raises WrongError for anything not of the one form."""
    if not untrusted_manifest.endswith(b"\n"):
        raise WrongError(where, "complete lines", "a cut one at the end")
    hashes: dict[str, str] = {}
    for untrusted_line in untrusted_manifest[:-1].split(b"\n"):
        match = _LINE.fullmatch(untrusted_line)
        if not match:
            raise WrongError(where, "lines of a sha256 and a name", "another line")
        name = checked_name(match[2].decode("ascii"))
        if name in hashes:
            raise WrongError(where, "each name once", f"{plain(name)} twice")
        if name.startswith(PAYLOAD) is not payload:
            raise WrongError(where, "names of its own kind", plain(name))
        hashes[name] = match[1].decode("ascii")
    return hashes
