"""Go's sumdb libraries agree with our trees, notes and proofs, for every size to 128."""

import os
import shutil
import subprocess
from base64 import b64encode
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from stillwater.vault.merkle import Tree, leaf_hash
from stillwater.vault.note import Checkpoint, Proof, sign, verifier_key

GOPATH = Path("/usr/share/gocode")
LARGEST = 128
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
NAME = "stillwater/0123456789abcdef"
LEAVES = [b'{"kind":"message","n":%d}' % n for n in range(LARGEST)]
TREE = Tree(map(leaf_hash, LEAVES))

Go = Callable[[Sequence[str]], subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def go(tmp_path_factory: pytest.TempPathFactory) -> Go:
    if shutil.which("go") is None or not (GOPATH / "src/golang.org/x/mod/sumdb").is_dir():
        pytest.skip("golang and golang-golang-x-mod-dev are not installed")
    folder = tmp_path_factory.mktemp("go")
    environment = {
        **os.environ,
        "GO111MODULE": "off",
        "GOPATH": str(GOPATH),
        "GOCACHE": str(folder / "cache"),
        "GOFLAGS": "",
    }
    program = folder / "check"
    source = Path(__file__).with_name("check.go")
    subprocess.run(["go", "build", "-o", program, source], env=environment, check=True)

    def run(lines: Sequence[str]) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [program], input="\n".join(lines) + "\n", capture_output=True, text=True, check=False
        )

    return run


def encoded(path: Sequence[bytes]) -> str:
    return ",".join(b64encode(one).decode() for one in path)


def leaf_lines() -> list[str]:
    return [f"leaf {b64encode(leaf).decode()}" for leaf in LEAVES]


def public_key() -> bytes:
    return KEY.public_key().public_bytes_raw()


def signed(size: int) -> str:
    return sign(Checkpoint(NAME, size, TREE.root(size)).text(), NAME, KEY)


def test_roots_and_every_proof_of_every_size(go: Go) -> None:
    lines = leaf_lines()
    for size in range(1, LARGEST + 1):
        lines.append(f"root {size} {encoded([TREE.root(size)])}")
        for index in range(size):
            lines.append(f"record {size} {index} {encoded(TREE.inclusion(index, size))}")
            lines.append(f"tree {size} {index + 1} {encoded(TREE.consistency(index + 1, size))}")
    said = go(lines)
    assert said.returncode == 0, said.stdout
    assert said.stdout == f"{len(lines)} lines hold\n"


def test_checkpoints_and_proof_files(go: Go) -> None:
    key = verifier_key(NAME, public_key())
    lines = []
    for size in range(1, LARGEST + 1):
        note = signed(size)
        lines.append(f"note {key} {b64encode(note.encode()).decode()}")
        for index in {0, size // 2, size - 1}:
            text = Proof(index, tuple(TREE.inclusion(index, size)), note).text()
            leaf, proof = b64encode(LEAVES[index]).decode(), b64encode(text.encode()).decode()
            lines.append(f"proof {key} {leaf} {proof}")
    said = go(lines)
    assert said.returncode == 0, said.stdout


@pytest.mark.parametrize("kind", ["root", "record", "tree", "note", "proof"])
def test_go_refuses_what_is_wrong(go: Go, kind: str) -> None:
    """The program can fail: each kind of line is refused when it is made of another tree."""
    key = verifier_key(NAME, public_key())
    other = Tree(leaf_hash(b"other %d" % n) for n in range(5))
    proof = Proof(1, tuple(TREE.inclusion(1, 5)), signed(5)).text()
    wrong = {
        "root": f"root 5 {encoded([other.root()])}",
        "record": f"record 5 1 {encoded(other.inclusion(1))}",
        "tree": f"tree 5 3 {encoded(other.consistency(3))}",
        "note": f"note {key} {b64encode(signed(5).replace('5', '6', 1).encode()).decode()}",
        "proof": f"proof {key} {b64encode(b'other').decode()} {b64encode(proof.encode()).decode()}",
    }
    said = go([*leaf_lines(), wrong[kind]])
    assert said.returncode == 1
    assert f"({kind})" in said.stdout
