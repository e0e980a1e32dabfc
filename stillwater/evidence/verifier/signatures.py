"""Ed25519 and SSHSIG, checked by ``cryptography`` or by the ``openssl`` program.

No arithmetic of our own: where neither is there, a signature counts as *not
checked*, which is said, and is never taken for a good one.
"""

from __future__ import annotations

import base64
import hashlib
import shutil
import struct
import subprocess
import tempfile
from pathlib import Path
from typing import Protocol

from stillwater.evidence.verifier.notes import from_base64
from stillwater.evidence.verifier.problems import WrongError

NAMESPACE = b"stillwater-bundle"
SSH_TYPE = b"ssh-ed25519"
# RFC 8410: what stands before the 32 bytes of an Ed25519 key in a PEM file.
_SPKI_HEAD = bytes.fromhex("302a300506032b6570032100")
_ARMOUR = (b"-----BEGIN SSH SIGNATURE-----\n", b"-----END SSH SIGNATURE-----\n")
_ARMOUR_WIDTH = 70
_PKEYUTL = ("pkeyutl", "-verify", "-pubin", "-inkey", "key.pem", "-rawin")
_PKEYUTL_FILES = ("-in", "message", "-sigfile", "signature")


class Checker(Protocol):
    """Checks Ed25519 signatures."""

    name: str

    def good(self, public: bytes, message: bytes, signature: bytes) -> bool:
        """Whether ``signature`` (64 bytes) of ``message`` is by ``public`` (32 bytes)."""


class CryptographyChecker:
    """The Python library."""

    name = "the cryptography library"

    def __init__(self) -> None:
        # Imported here: the verifier runs without it.
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

        self._key = Ed25519PublicKey
        self._bad = InvalidSignature

    def good(self, public: bytes, message: bytes, signature: bytes) -> bool:
        try:
            self._key.from_public_bytes(public).verify(signature, message)
        except (self._bad, ValueError):
            return False
        return True


class OpensslChecker:
    """The openssl program, version 3 or later."""

    name = "the openssl program"

    def __init__(self, program: str) -> None:
        self._program = program

    def good(self, public: bytes, message: bytes, signature: bytes) -> bool:
        with tempfile.TemporaryDirectory(prefix="verify-") as folder:
            here = Path(folder)
            (here / "key.pem").write_bytes(pem(public))
            (here / "message").write_bytes(message)
            (here / "signature").write_bytes(signature)
            done = subprocess.run(
                [self._program, *_PKEYUTL, *_PKEYUTL_FILES],
                cwd=here,
                capture_output=True,
                check=False,
            )
        return done.returncode == 0

    def works(self) -> bool:
        """Whether this openssl knows Ed25519: RFC 8032 7.1, test 2."""
        public = bytes.fromhex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")
        signature = bytes.fromhex(
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
            "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        )
        return self.good(public, b"\x72", signature)


def find_checker() -> Checker | None:
    """``cryptography`` where it is installed, else openssl, else None."""
    try:
        return CryptographyChecker()
    except ImportError:
        program = shutil.which("openssl")
    if program is None:
        return None
    checker = OpensslChecker(program)
    return checker if checker.works() else None


def pem(public: bytes) -> bytes:
    """An Ed25519 public key (32 bytes) as a PEM file."""
    body = base64.b64encode(_SPKI_HEAD + public)
    return b"-----BEGIN PUBLIC KEY-----\n" + body + b"\n-----END PUBLIC KEY-----\n"


def _string(data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + data


def ssh_key(public: bytes) -> bytes:
    """The key as OpenSSH writes it, before base64."""
    return _string(SSH_TYPE) + _string(public)


def fingerprint(public: bytes) -> str:
    """``SHA256:…`` as ``ssh-keygen -l`` prints it."""
    digest = hashlib.sha256(ssh_key(public)).digest()
    return "SHA256:" + base64.b64encode(digest).decode().rstrip("=")


def allowed_signers(public: bytes) -> bytes:
    """The file that ``ssh-keygen -Y verify`` reads, for this one key and namespace."""
    key = base64.b64encode(ssh_key(public))
    return b'stillwater namespaces="' + NAMESPACE + b'" ssh-ed25519 ' + key + b"\n"


def sshsig_message(message: bytes) -> bytes:
    """What is signed: OpenSSH, PROTOCOL.sshsig, section 3."""
    digest = hashlib.sha512(message).digest()
    parts = (NAMESPACE, b"", b"sha512", digest)
    return b"SSHSIG" + b"".join(_string(part) for part in parts)


def sshsig(public: bytes, signature: bytes) -> bytes:
    """An armoured SSHSIG around an Ed25519 signature of ``sshsig_message``."""
    signed = _string(SSH_TYPE) + _string(signature)
    parts = (ssh_key(public), NAMESPACE, b"", b"sha512", signed)
    blob = b"SSHSIG" + struct.pack(">I", 1) + b"".join(_string(part) for part in parts)
    text = base64.b64encode(blob)
    lines = [text[i : i + _ARMOUR_WIDTH] for i in range(0, len(text), _ARMOUR_WIDTH)]
    return _ARMOUR[0] + b"\n".join(lines) + b"\n" + _ARMOUR[1]


def read_sshsig(untrusted_armoured: bytes, where: str) -> tuple[bytes, bytes]:
    """Public key and signature of an armoured SSHSIG, in the one form that we write.

    Raises WrongError for any other form, key type, namespace or hash.
    """
    wrong = WrongError(where, "an Ed25519 SSHSIG for stillwater-bundle", "something else")
    head, tail = _ARMOUR
    if not (untrusted_armoured.startswith(head) and untrusted_armoured.endswith(tail)):
        raise wrong
    body = untrusted_armoured[len(head) : -len(tail)].replace(b"\n", b"")
    blob = from_base64(body, where)
    key_at = 10 + 4 + len(_string(SSH_TYPE)) + 4
    public, signature = blob[key_at : key_at + 32], blob[-64:]
    if sshsig(public, signature) != untrusted_armoured:
        raise wrong
    return public, signature
