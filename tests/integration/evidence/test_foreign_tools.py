"""A real export, checked with other people's tools and nothing of ours."""

import csv
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from stillwater.evidence.verifier import command
from tests.integration.evidence.conftest import Lawyer, Vault, mail

RAWS = [
    mail(1),
    mail(2, "caf\xe9 \u202e = +"),
    b"no headers at all",
    b"",
    bytes(range(256)) * 8,
    b"From: =?utf-8?q?=3DSUM=28A1=29?= <=cmd@mail.example>\nDate: soon\n\nx\n",
]
GO_CHECK = Path(__file__).parents[2] / "contracts" / "go_bundle" / "main.go"


@pytest.fixture
def vault(new_vault) -> Vault:
    made = new_vault()
    made.take([mail(n, "before") for n in range(5)], other=_another(made))
    made.take(RAWS)
    made.take([mail(50)], direction="out")
    return made


def _another(vault: Vault):
    return type(vault.other).objects.create(person=vault.person, created_at=vault.clock.now())


@pytest.fixture
def bag(vault: Vault, lawyer: Lawyer, tmp_path: Path) -> Path:
    (tmp_path / "opened").mkdir()
    made = vault.export().seal(tmp_path / "x.age", lawyer.recipient)
    assert (made.shown, made.of) == (7, 7)
    return lawyer.open(tmp_path / "x.age", tmp_path / "opened")


def sh(folder: Path, script: str) -> str:
    done = subprocess.run(
        ["bash", "-eu", "-o", "pipefail", "-c", script],
        cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr + done.stdout
    return done.stdout


def test_the_originals_are_there_byte_for_byte(bag):
    found = [path.read_bytes() for path in sorted((bag / "data" / "originals").iterdir())]
    assert sorted(found) == sorted([*RAWS, mail(50)])


def test_sha256sum(bag):
    sh(bag, "sha256sum --check --strict --quiet manifest-sha256.txt tagmanifest-sha256.txt")


def test_the_very_commands_of_the_readme(bag, tmp_path):
    """Every line that begins with a dollar sign, in one shell, in their order."""
    readme = (bag / "README.txt").read_text()
    lines = re.findall(r"^    \$ (.*)$", readme, flags=re.MULTILINE)
    assert len(lines) >= 16
    said = sh(bag, "\n".join(lines).replace("/tmp/", f"{tmp_path}/")).splitlines()
    leaf = json.loads(next(line for line in said if line.startswith("{")))
    assert 'Good "stillwater-bundle" signature for stillwater' in said[0]
    assert "SHA256:" in said[1]
    assert said[1].split()[1] in readme
    assert said[2] == "Signature Verified Successfully"
    assert said[3].split()[0] == leaf["commitment"]
    # The root that the walk came to is the one in the checkpoint.
    assert said[-1] == said[-2]
    assert len(said[-1]) == 44


@pytest.mark.parametrize("where", ["NOTE.txt", "data/originals/0099.eml"])
@pytest.mark.parametrize("form", ["file", "link"])
def test_the_commands_of_the_readme_notice_what_was_put_in(where, form, bag, tmp_path):
    changed = tmp_path / "changed"
    shutil.copytree(bag, changed)
    if form == "file":
        (changed / where).write_bytes(b"x")
    else:
        (changed / where).symlink_to("/etc/passwd")
    readme = (bag / "README.txt").read_text()
    lines = re.findall(r"^    \$ (.*)$", readme, flags=re.MULTILINE)[:4]
    script = "\n".join(["set -e", *lines]).replace("/tmp/", f"{tmp_path}/")
    assert subprocess.run(["sh", "-c", script], cwd=changed, check=False).returncode != 0


def test_every_proof_in_plain_shell(bag, tmp_path):
    """The walk of the README, for every item and not only for its example."""
    script = "\n".join(
        re.findall(r"^    \$ (.*)$", (bag / "README.txt").read_text(), flags=re.MULTILINE)[-6:]
    )
    rows = json.loads((bag / "data" / "items.json").read_text())["items"]
    example = Path(rows[0]["file"]).stem
    for row in rows:
        mine = script.replace(example, Path(row["file"]).stem)
        mine = re.sub(r"i=\d+;", f"i={row['leaf_index']};", mine)
        walked, signed = sh(bag, mine).split()
        assert walked == signed


def test_go_reads_key_checkpoint_and_every_proof(bag):
    done = subprocess.run(
        ["go", "run", GO_CHECK, bag, "1"],
        env={**os.environ, "GO111MODULE": "off", "GOPATH": "/usr/share/gocode", "GOFLAGS": ""},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) == 8  # seven items, and this export


def test_the_library_for_bags_validates_it_in_full(bag, tmp_path):
    # bagit 1.8 asks pkg_resources for its own version, which newer Pythons lack.
    (tmp_path / "pkg_resources.py").write_text(
        "class DistributionNotFound(Exception): ...\n"
        "def get_distribution(name): raise DistributionNotFound\n"
    )
    program = "import bagit, sys; b = bagit.Bag(sys.argv[1]); b.validate(); print(b.version)"
    done = subprocess.run(
        [sys.executable, "-c", program, bag],
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "1.0"


def test_a_changed_original_is_noticed_by_the_library_too(bag, tmp_path):
    original = next((bag / "data" / "originals").glob("0002-*"))
    changed = bytearray(original.read_bytes())
    changed[-1] ^= 1
    original.write_bytes(changed)
    with pytest.raises(AssertionError):
        test_the_library_for_bags_validates_it_in_full(bag, tmp_path)
    with pytest.raises(AssertionError):
        test_sha256sum(bag)


def test_our_own_verifier_agrees_on_folder_tar_and_zip(bag, tmp_path, capsys):
    shutil.make_archive(str(tmp_path / "again"), "zip", bag.parent, bag.name)
    for form in (bag, tmp_path / "bundle.tar", tmp_path / "again.zip"):
        assert command.main([str(form)]) == 0, capsys.readouterr().err
    assert "Items: 7 of 7." in capsys.readouterr().out


def test_the_table_reads_as_csv_and_runs_nothing(bag):
    with (bag / "data" / "items.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 7
    assert not [c for row in rows for c in row.values() if c.startswith(("=", "+", "-", "@"))]
    assert {row["sent_at_basis"] for row in rows} == {
        "what the message itself says",
        "the message has no Date line",
        "the message has a Date line that cannot be read with certainty",
    }
    first = rows[0]
    assert first["received_at"] == "2026-03-01T12:00:00Z"
    assert first["received_local"] == "2026-03-01T13:00:00+01:00"
    assert (first["utc_offset"], first["daylight_saving"]) == ("UTC+01:00", "no")
    assert first["sent_at"] == "2026-03-01T01:00:00+01:00"
    assert {row["direction"] for row in rows} == {"in", "out"}
