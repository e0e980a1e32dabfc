"""What the verifier says, and with which exit code: as a module, and as one file."""

import base64
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from stillwater.evidence.verifier import command, signatures
from tests.unit.evidence import builder
from tests.unit.evidence.builder import Built, build

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def bag(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build().write(tmp_path_factory.mktemp("bag") / "bag")


@pytest.fixture(scope="module")
def zipapp(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("dist") / "stillwater-verify.pyz"
    subprocess.run([sys.executable, ROOT / "tools" / "build-verifier", path], check=True)
    return path


def changed(bag: Path, to: Path, name: str) -> Path:
    shutil.copytree(bag, to)
    with (to / name).open("ab") as file:
        file.write(b"x")
    return to


def test_right(bag, capsys):
    assert command.main([str(bag)]) == 0
    said = capsys.readouterr().out
    assert said.startswith("RIGHT")
    assert "Items: 3 of 10." in said
    assert "taken from the bundle itself" in said
    assert "provided that the key below is the person's" in said


def test_wrong_names_file_expected_and_found(bag, tmp_path, capsys):
    name = next(n for n in build().files if n.startswith("data/originals/0002"))
    assert command.main([str(changed(bag, tmp_path / "bag", name))]) == 1
    said = capsys.readouterr().err
    assert f"WRONG: {name}\n" in said
    assert "expected: " in said
    assert "found: " in said


def test_in_json(bag, tmp_path, capsys):
    assert command.main([str(bag), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["result"] == "right"
    assert command.main([str(changed(bag, tmp_path / "bag", "README.txt")), "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["where"] == "README.txt"


def test_no_bundle_there_is_a_wrong_call(tmp_path, capsys):
    assert command.main([str(tmp_path / "nothing")]) == 2
    assert "no bundle" in capsys.readouterr().err


class TestKeys:
    KEY = build().key
    OTHER = builder.Ed25519PrivateKey.from_private_bytes(b"k" * 32)

    def forms(self, key) -> dict[str, bytes]:
        made = build(key=key).files
        return {
            "pem": made["data/ledger/key.pem"],
            "vkey": made["data/ledger/log-1/key.vkey"],
            "signers": made["data/ledger/allowed_signers"],
            "ssh": b"ssh-ed25519 " + base64.b64encode(builder.ssh_public(key)) + b" a comment",
        }

    @pytest.mark.parametrize("form", ["pem", "vkey", "signers", "ssh"])
    def test_every_form_of_the_right_key_is_known(self, form, bag, tmp_path, capsys):
        (tmp_path / "key").write_bytes(self.forms(self.KEY)[form])
        assert command.main([str(bag), "--key", str(tmp_path / "key")]) == 0
        assert "the key you gave" in capsys.readouterr().out

    @pytest.mark.parametrize("form", ["pem", "vkey", "signers", "ssh"])
    def test_every_form_of_another_key_is_wrong(self, form, bag, tmp_path, capsys):
        (tmp_path / "key").write_bytes(self.forms(self.OTHER)[form])
        assert command.main([str(bag), "--key", str(tmp_path / "key")]) == 1
        assert "the key that you gave" in capsys.readouterr().err

    def test_the_key_itself_instead_of_a_file(self, bag):
        written = self.forms(self.KEY)["vkey"].decode().strip()
        assert command.main([str(bag), "--key", written]) == 0

    def test_a_fingerprint_as_ssh_keygen_prints_it(self, bag, tmp_path):
        for key, code in ((self.KEY, 0), (self.OTHER, 1)):
            (tmp_path / "key.pub").write_bytes(self.forms(key)["ssh"])
            done = subprocess.run(
                ["ssh-keygen", "-l", "-f", tmp_path / "key.pub"],
                capture_output=True, text=True, check=True,
            )  # fmt: skip
            assert command.main([str(bag), "--key", done.stdout.split()[1]]) == code

    @pytest.mark.parametrize(
        "text", ["", "x", "a+b", "ssh-ed25519 ", "ssh-ed25519 AAAA", "x" * 9999]
    )
    def test_no_key_is_a_wrong_call(self, text, bag, capsys):
        assert command.main([str(bag), "--key", text]) == 2
        assert "not a key" in capsys.readouterr().err


class TestPins:
    def test_one_that_holds(self, bag, tmp_path, capsys):
        built = build()
        (tmp_path / "pin").write_bytes(builder.checkpoint_of(built.hashes[:4], built.key))
        assert command.main([str(bag), "--pin", str(tmp_path / "pin")]) == 0
        assert "still begins with its 4 entries" in capsys.readouterr().out

    def test_one_that_says_nothing_is_said_and_is_not_a_zero(self, bag, tmp_path, capsys):
        built = build()
        later = builder.checkpoint_of([*built.hashes, b"\0" * 32], built.key)
        (tmp_path / "pin").write_bytes(later)
        assert command.main([str(bag), "--pin", str(tmp_path / "pin")]) == 5
        assert "NOT CHECKED: pin" in capsys.readouterr().out

    def test_one_that_contradicts(self, bag, tmp_path, capsys):
        built = build()
        (tmp_path / "pin").write_bytes(builder.checkpoint_of([b"\0" * 32] * 4, built.key))
        assert command.main([str(bag), "--pin", str(tmp_path / "pin")]) == 1
        assert "log-1/checkpoint" in capsys.readouterr().err


class TestOpenssl:
    CHECKER = signatures.OpensslChecker(shutil.which("openssl") or "openssl")

    def test_it_accepts_what_is_right_and_only_that(self):
        key, message = build().key, b"a message"
        public, good = builder.public_of(key), key.sign(message)
        assert self.CHECKER.works()
        assert self.CHECKER.good(public, message, good)
        assert not self.CHECKER.good(public, message + b"x", good)
        assert not self.CHECKER.good(public, message, good[:-1] + bytes([good[-1] ^ 1]))
        assert not self.CHECKER.good(builder.public_of(TestKeys.OTHER), message, good)

    def test_a_program_that_does_not_know_ed25519_is_not_used(self, tmp_path, monkeypatch):
        old = tmp_path / "openssl"
        old.write_text("#!/bin/sh\nexit 1\n")
        old.chmod(0o755)
        assert not signatures.OpensslChecker(str(old)).works()


class TestOneFile:
    """The zipapp, by a Python that has none of our libraries."""

    def run(self, zipapp: Path, *words: str, path: str = os.environ["PATH"]):
        # -I and -S: no site-packages, no environment; so openssl has to check.
        command = [sys.executable, "-I", "-S", str(zipapp), *words]
        return subprocess.run(
            command, env={"PATH": path}, capture_output=True, text=True, check=False
        )

    def test_it_checks_with_openssl(self, zipapp, bag):
        done = self.run(zipapp, str(bag))
        assert (done.returncode, done.stderr) == (0, "")
        assert "by the openssl program" in done.stdout

    def test_it_names_what_is_wrong(self, zipapp, bag, tmp_path):
        broken = changed(bag, tmp_path / "bag", "data/items.csv")
        done = self.run(zipapp, str(broken))
        assert done.returncode == 1
        assert "WRONG: data/items.csv" in done.stderr

    def test_a_forged_signature_is_wrong_to_openssl_too(self, zipapp, tmp_path):
        built: Built = build()
        other = builder.Ed25519PrivateKey.from_private_bytes(b"k" * 32)
        signature = builder.ssh_signature(b"something else", other)
        built.files["tagmanifest-sha256.txt.sig"] = signature
        done = self.run(zipapp, str(built.write(tmp_path / "bag")))
        assert done.returncode == 1
        assert "tagmanifest-sha256.txt.sig" in done.stderr

    def test_without_openssl_it_says_so_and_does_not_end_well(self, zipapp, bag, tmp_path):
        done = self.run(zipapp, str(bag), path=str(tmp_path))
        assert done.returncode == 5
        assert done.stdout.startswith("SIGNATURES NOT CHECKED")
        assert "RIGHT" not in done.stdout

    def test_it_has_the_same_bytes_when_built_again_elsewhere(self, zipapp, tmp_path):
        copied = tmp_path / "elsewhere"
        for part in ("tools/build-verifier", "stillwater/evidence/verifier"):
            (copied / part).parent.mkdir(parents=True, exist_ok=True)
            source = ROOT / part
            shutil.copytree(source, copied / part) if source.is_dir() else shutil.copy(
                source, copied / part
            )
        subprocess.run(
            [sys.executable, copied / "tools" / "build-verifier", tmp_path / "again.pyz"],
            check=True,
            env={"TZ": "Asia/Tokyo", "PYTHONHASHSEED": "7"},
        )
        assert (tmp_path / "again.pyz").read_bytes() == zipapp.read_bytes()

    def test_it_holds_nothing_else_of_ours(self, zipapp):
        import zipfile

        names = zipfile.ZipFile(zipapp).namelist()
        assert all("verifier/" in n or n.endswith(("__init__.py", "__main__.py")) for n in names)
