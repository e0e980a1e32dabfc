"""Signed notes, checkpoints and proofs: every changed byte is refused, and openssl agrees."""

import base64
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from stillwater.vault.merkle import Tree, leaf_hash
from stillwater.vault.note import (
    Checkpoint,
    NoteError,
    Proof,
    open_checkpoint,
    open_note,
    sign,
    verifier_key,
)

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = KEY.public_key().public_bytes_raw()
NAME = "stillwater/0123456789abcdef0123456789abcdef"
TREE = Tree(leaf_hash(b"%d" % n) for n in range(5))
NOTE = sign(Checkpoint(NAME, 5, TREE.root()).text(), NAME, KEY)

# The example of c2sp.org/signed-note, and its key id.
EXAMPLE = (
    "Ognuno sta solo sul cuor della terra\ntrafitto da un raggio di sole:\n\ned è subito sera.\n"
)


def test_a_checkpoint_comes_back() -> None:
    assert open_checkpoint(NOTE, NAME, PUBLIC) == Checkpoint(NAME, 5, TREE.root())


def test_a_text_with_empty_lines_comes_back() -> None:
    assert open_note(sign(EXAMPLE, NAME, KEY), NAME, PUBLIC) == EXAMPLE


@given(st.integers(0, len(NOTE.encode()) - 1), st.integers(1, 255))
def test_every_changed_byte_is_refused(at: int, flip: int) -> None:
    changed = bytearray(NOTE.encode())
    changed[at] ^= flip
    with pytest.raises((NoteError, UnicodeDecodeError)):
        open_checkpoint(changed.decode(), NAME, PUBLIC)


def test_spare_bits_of_the_base64_are_refused() -> None:
    """A lenient decoder reads both as the same signature."""
    spare = NOTE[:-3] + chr(ord(NOTE[-3]) + 1) + NOTE[-2:]
    assert base64.b64decode(spare.split()[-1]) == base64.b64decode(NOTE.split()[-1])
    with pytest.raises(NoteError):
        open_checkpoint(spare, NAME, PUBLIC)


@pytest.mark.parametrize("cut", range(len(NOTE)))
def test_every_cut_is_refused(cut: int) -> None:
    with pytest.raises(NoteError):
        open_checkpoint(NOTE[:cut], NAME, PUBLIC)


def test_a_witness_may_sign_too() -> None:
    witness = Ed25519PrivateKey.from_private_bytes(bytes(32))
    text = Checkpoint(NAME, 5, TREE.root()).text()
    cosigned = NOTE + sign(text, "witness.example/w", witness).rpartition("\n\n")[2]
    assert open_checkpoint(cosigned, NAME, PUBLIC).size == 5


def test_another_key_or_name_is_refused() -> None:
    other = Ed25519PrivateKey.from_private_bytes(bytes(32)).public_key().public_bytes_raw()
    with pytest.raises(NoteError, match="expected key"):
        open_checkpoint(NOTE, NAME, other)
    with pytest.raises(NoteError, match="expected key"):
        open_checkpoint(NOTE, "stillwater/other", PUBLIC)


@pytest.mark.parametrize(
    "text", ["a\n01\n", "a\n-1\n", "a\n１\n", "\n1\n", "a\n1\nAAAA\n", "a\n1\n", "a b\n1\n"]
)
def test_malformed_checkpoints_are_refused(text: str) -> None:
    with pytest.raises(NoteError):
        Checkpoint.from_text(text)


@given(st.text(max_size=300))
def test_no_text_brings_it_down(untrusted: str) -> None:
    with pytest.raises(NoteError):
        open_checkpoint(untrusted, NAME, PUBLIC)
    with pytest.raises(NoteError):
        Proof.from_text(untrusted)


def test_a_proof_file_comes_back_and_holds() -> None:
    proof = Proof(3, tuple(TREE.inclusion(3)), NOTE)
    text = proof.text()
    assert text.startswith("c2sp.org/tlog-proof@v1\nindex 3\n")
    assert text.endswith(NOTE)
    assert Proof.from_text(text) == proof
    assert proof.check(b"3", NAME, PUBLIC).size == 5


def test_a_proof_of_a_tree_of_one_has_no_path() -> None:
    note = sign(Checkpoint(NAME, 1, leaf_hash(b"only")).text(), NAME, KEY)
    text = Proof(0, (), note).text()
    assert text == f"c2sp.org/tlog-proof@v1\nindex 0\n\n{note}"
    assert Proof.from_text(text).check(b"only", NAME, PUBLIC).size == 1


PROOF = Proof(3, tuple(TREE.inclusion(3)), NOTE).text()


@given(st.integers(0, len(PROOF.encode()) - 1), st.integers(1, 255))
def test_every_changed_byte_of_a_proof_is_refused(at: int, flip: int) -> None:
    changed = bytearray(PROOF.encode())
    changed[at] ^= flip
    with pytest.raises((NoteError, UnicodeDecodeError)):
        Proof.from_text(changed.decode()).check(b"3", NAME, PUBLIC)


def test_the_key_in_gos_form() -> None:
    name, key_id, encoded = verifier_key(NAME, PUBLIC).split("+", 2)
    assert name == NAME
    assert bytes.fromhex(key_id) == base64.b64decode(NOTE.split()[-1])[:4]
    assert base64.b64decode(encoded) == b"\x01" + PUBLIC


def test_plain_openssl_agrees(tmp_path: Path) -> None:
    """What docs/formats/ledger.md shows: text, signature and key taken apart by hand."""
    text, _, line = NOTE.rpartition("\n\n")
    (tmp_path / "text").write_text(text + "\n")
    (tmp_path / "signature").write_bytes(base64.b64decode(line.split()[-1])[4:])
    (tmp_path / "key.pem").write_bytes(
        KEY.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )
    )
    command = "openssl pkeyutl -verify -pubin -inkey key.pem -rawin -in text -sigfile signature"

    def code() -> int:
        done = subprocess.run(command.split(), cwd=tmp_path, capture_output=True, check=False)
        return done.returncode

    assert code() == 0
    (tmp_path / "text").write_text(text + "x\n")
    assert code() != 0


def test_the_commands_of_the_docs_hold(tmp_path: Path) -> None:
    """The block in docs/formats/ledger.md, run as it stands there."""
    docs = Path(__file__).parents[3] / "docs/formats/ledger.md"
    block = docs.read_text().split("With plain openssl:\n```\n")[1].split("```")[0]
    (tmp_path / "checkpoint").write_text(NOTE)
    (tmp_path / "key").write_text(verifier_key(NAME, PUBLIC))

    def code() -> int:
        command = ["bash", "-e", "-o", "pipefail", "-c", block]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
        return done.returncode

    assert code() == 0
    (tmp_path / "checkpoint").write_text(NOTE.replace("\n5\n", "\n6\n"))
    assert code() != 0
