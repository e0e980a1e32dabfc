"""Trees, notes and signatures, against definitions written down anew from their RFCs."""

import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stillwater.evidence.verifier import bag, notes, signatures
from stillwater.evidence.verifier.problems import WrongError
from tests.unit.evidence import builder

KEY = builder.Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
HASHES = [builder.sha(b"\x00%d" % n) for n in range(128)]


@pytest.mark.parametrize("size", range(129))
def test_the_root_is_that_of_the_rfc(size):
    assert notes.root_of(HASHES[:size]) == builder.mth(HASHES[:size])


@pytest.mark.parametrize("size", range(1, 129))
def test_every_leaf_is_included_and_nowhere_else(size):
    hashes = HASHES[:size]
    tree = notes.Tree(size, builder.mth(hashes))
    # Backwards, so that nothing is remembered when it would be easiest.
    for index in reversed(range(size)):
        path = tuple(builder.path(index, hashes))
        assert tree.includes(hashes[index], index, path)
        assert not tree.includes(hashes[index], index + 1, path)
        assert not tree.includes(hashes[index - 1], index, path) or size == 1
        assert not tree.includes(hashes[index], index, (*path, path[0] if path else HASHES[0]))
        assert not tree.includes(hashes[index], index, path[:-1]) or not path


@given(st.integers(2, 128), st.data())
def test_no_changed_path_leads_to_the_root_even_when_all_right_ones_are_remembered(size, data):
    hashes = HASHES[:size]
    tree = notes.Tree(size, builder.mth(hashes))
    for index in range(size):
        assert tree.includes(hashes[index], index, tuple(builder.path(index, hashes)))
    index = data.draw(st.integers(0, size - 1))
    path = builder.path(index, hashes)
    at = data.draw(st.integers(0, len(path) - 1))
    path[at] = data.draw(st.sampled_from([h for h in HASHES if h != path[at]]))
    assert not tree.includes(hashes[index], index, tuple(path))


@given(st.binary(max_size=400))
def test_whatever_bytes_come_they_are_an_answer(data):
    for read in (
        lambda: notes.read_checkpoint(data, "x"),
        lambda: notes.read_proof(notes.PROOF_HEADER + data, "x"),
        lambda: notes.read_key(data.decode("latin-1"), "x"),
        lambda: signatures.read_sshsig(data, "x"),
        lambda: bag.read(data, "x", payload=True),
    ):
        with pytest.raises(WrongError):
            read()


def test_a_signature_is_one_that_ssh_keygen_makes(tmp_path: Path):
    """Made by ssh-keygen with the same key: the same bytes, since Ed25519 is deterministic."""
    from cryptography.hazmat.primitives import serialization

    private = KEY.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.OpenSSH,
        serialization.NoEncryption(),
    )
    (tmp_path / "key").write_bytes(private)
    (tmp_path / "key").chmod(0o600)
    (tmp_path / "message").write_bytes(b"what is signed\n")
    subprocess.run(
        ["ssh-keygen", "-Y", "sign", "-q", "-f", "key", "-n", "stillwater-bundle", "message"],
        cwd=tmp_path, check=True, capture_output=True,
    )  # fmt: skip
    theirs = (tmp_path / "message.sig").read_bytes()
    ours = signatures.sshsig(
        builder.public_of(KEY), KEY.sign(signatures.sshsig_message(b"what is signed\n"))
    )
    assert ours == theirs
    public, signature = signatures.read_sshsig(theirs, "x")
    message = signatures.sshsig_message(b"what is signed\n")
    assert signatures.CryptographyChecker().good(public, message, signature)


def test_a_signature_for_another_purpose_is_refused():
    theirs = builder.ssh_signature(b"x", KEY)
    for other in (theirs.replace(b"SSH", b"PGP"), theirs + b"\n", theirs.replace(b"\n", b"\r\n")):
        with pytest.raises(WrongError):
            signatures.read_sshsig(other, "x")
