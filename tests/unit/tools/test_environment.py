"""The environment: made from checked files only, and left alone where it is as it should be."""

import hashlib
import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def maker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """tools/make_environment.py over a repository of its own, with a pip that notes its calls."""
    path = ROOT / "tools" / "make_environment.py"
    spec = importlib.util.spec_from_file_location("make_environment", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    bootstrap = tmp_path / "tools" / "bootstrap"
    (tmp_path / "requirements").mkdir()
    for name in ("run", "dev"):
        (tmp_path / "requirements" / f"{name}.txt").write_text(f"# the lock of {name}\n")
    pip = bootstrap / "pip-0-py3-none-any.whl" / "pip"
    pip.mkdir(parents=True)
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(module, "PYTHON", tmp_path / ".venv" / "bin" / "python")
    monkeypatch.setattr(module, "BOOTSTRAP", bootstrap)
    # A folder runs like a wheel does, and can be written here in plain words.
    (pip / "__main__.py").write_text(
        "import os, sys\n"
        "open('calls', 'a').write(' '.join(sys.argv[1:]) + '\\n')\n"
        "sys.exit(int(os.environ.get('PIP_ENDS_WITH', '0')))\n"
    )
    monkeypatch.setattr(module, "_checked_pip", lambda: pip.parent)
    return module


def calls(maker: ModuleType) -> list[str]:
    path = maker.ROOT / "calls"
    return path.read_text().splitlines() if path.exists() else []


def test_it_is_made_once(maker: ModuleType) -> None:
    assert maker.main("run") == 0
    assert maker.PYTHON.exists()
    assert len(calls(maker)) == 2
    assert maker.main("run") == 0
    assert len(calls(maker)) == 2


def test_every_package_is_checked_by_hash_and_ours_fetches_nothing(maker: ModuleType) -> None:
    maker.main("run")
    theirs, ours = calls(maker)
    assert "--require-hashes --only-binary :all: -r requirements/run.txt" in theirs
    assert "--no-index --no-deps --no-build-isolation -e ." in ours


def test_it_names_no_host_and_leaves_pips_configuration_alone(maker: ModuleType) -> None:
    maker.main("run")
    for call in calls(maker):
        assert "index-url" not in call
        assert "trusted-host" not in call
        assert "://" not in call


def test_another_lock_makes_it_anew(maker: ModuleType) -> None:
    maker.main("run")
    (maker.ROOT / "requirements" / "run.txt").write_text("# another\n")
    maker.main("run")
    assert len(calls(maker)) == 4


def test_what_the_checks_need_covers_what_the_program_needs(maker: ModuleType) -> None:
    maker.main("dev")
    maker.main("run")
    assert len(calls(maker)) == 2


def test_what_the_program_needs_does_not_cover_the_checks(maker: ModuleType) -> None:
    maker.main("run")
    maker.main("dev")
    assert len(calls(maker)) == 4


def test_an_installation_that_broke_off_is_not_taken_for_whole(
    maker: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PIP_ENDS_WITH", "1")
    assert maker.main("run") == 5
    assert "could not be installed" in capsys.readouterr().err
    monkeypatch.delenv("PIP_ENDS_WITH")
    assert maker.main("run") == 0
    assert len(calls(maker)) == 3


def test_a_folder_that_cannot_be_written_is_said(
    maker: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    maker.VENV.write_text("a file where a folder must be")
    assert maker.main("run") == 5
    assert "cannot be written" in capsys.readouterr().err


def test_an_environment_whose_python_is_gone_is_made_anew(maker: ModuleType) -> None:
    maker.main("run")
    maker.PYTHON.unlink()
    maker.PYTHON.symlink_to("/nowhere/python3")
    assert maker.main("run") == 0
    assert subprocess.run([maker.PYTHON, "-c", ""], check=False).returncode == 0


def test_an_environment_that_runs_is_not_taken_from_under_those_who_use_it(
    maker: ModuleType,
) -> None:
    maker.main("run")
    (maker.VENV / "in-use").touch()
    (maker.ROOT / "requirements" / "run.txt").write_text("# another\n")
    maker.main("run")
    assert (maker.VENV / "in-use").exists()


def test_the_stamp_is_one_that_sha256sum_can_check(maker: ModuleType) -> None:
    maker.main("run")
    check = ["sha256sum", "--check", "--status", ".venv/run.stamp"]
    assert subprocess.run(check, cwd=maker.ROOT, check=False).returncode == 0
    (maker.ROOT / "requirements" / "run.txt").write_text("# another\n")
    assert subprocess.run(check, cwd=maker.ROOT, check=False).returncode == 1


def test_a_changed_pip_is_not_run(
    maker: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.undo()
    bootstrap = tmp_path / "changed"
    bootstrap.mkdir()
    monkeypatch.setattr(maker, "BOOTSTRAP", bootstrap)
    wheel = bootstrap / "pip-1-py3-none-any.whl"
    wheel.write_bytes(b"pip")
    good = hashlib.sha256(b"pip").hexdigest()
    (bootstrap / "SHA256SUMS").write_text(f"{good}  {wheel.name}\n")
    assert maker._checked_pip() == wheel
    wheel.write_bytes(b"pip!")
    with pytest.raises(maker.NotMadeError, match="not the file"):
        maker._checked_pip()
    wheel.unlink()
    with pytest.raises(maker.NotMadeError):
        maker._checked_pip()


def test_the_pip_in_this_repository_is_the_recorded_one() -> None:
    folder = ROOT / "tools" / "bootstrap"
    check = ["sha256sum", "--check", "--status", "SHA256SUMS"]
    assert subprocess.run(check, cwd=folder, check=False).returncode == 0
    assert len(list(folder.glob("*.whl"))) == 1


def test_it_needs_nothing_but_the_standard_library() -> None:
    path = ROOT / "tools" / "make_environment.py"
    ask = f"import runpy; runpy.run_path({str(path)!r}, run_name='x')"
    done = subprocess.run([sys.executable, "-I", "-S", "-c", ask], check=False)
    assert done.returncode == 0


@pytest.mark.parametrize("name", ["run", "dev"])
def test_every_locked_package_has_a_hash_and_no_address(name: str) -> None:
    text = (ROOT / "requirements" / f"{name}.txt").read_text()
    assert "://" not in text
    packages = [
        part for part in text.replace("\\\n", "").splitlines() if "==" in part and part[0].isalnum()
    ]
    assert len(packages) > 30
    assert all("--hash=sha256:" in part for part in packages)


def test_the_checks_run_on_the_very_packages_of_the_program() -> None:
    def pins(name: str) -> set[str]:
        lines = (ROOT / "requirements" / f"{name}.txt").read_text().splitlines()
        return {line.split(" ")[0] for line in lines if "==" in line and line[0].isalnum()}

    assert pins("run") <= pins("dev")
