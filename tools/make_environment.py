"""Make or renew .venv from the lock files. Runs on a bare Python 3.11: standard library only.

Every package is checked against the hash in its lock. Where packages come from
is the user's own pip configuration; this file names no host.
"""

import fcntl
import hashlib
import os
import subprocess
import sys
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
BOOTSTRAP = ROOT / "tools" / "bootstrap"
# What one lock installs, every other one named here is satisfied by as well.
SATISFIES = {"run": ("run",), "dev": ("dev", "run")}
BROKEN = 5  # as in stillwater.core.errors.ExitCode


class NotMadeError(Exception):
    """What went wrong, and the next step."""


def main(what: str) -> int:
    """Make .venv hold what ``what`` ("run" or "dev") locks; gives an exit code."""
    try:
        with _alone():
            if not _is_made(what):
                _make(what)
    except NotMadeError as error:
        print(error, file=sys.stderr)
        return BROKEN
    except OSError as error:
        print(f"Stillwater's own folder cannot be written: {error.strerror}.", file=sys.stderr)
        print("Put it where you may write and where there is room.", file=sys.stderr)
        return BROKEN
    return 0


@contextmanager
def _alone() -> Iterator[None]:
    """Two starts at once: the second waits. The lock dies with its process."""
    folder = os.open(ROOT, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def _is_made(what: str) -> bool:
    stamp = VENV / f"{what}.stamp"
    return PYTHON.exists() and stamp.exists() and stamp.read_text() == _stamp(what)


def _stamp(what: str) -> str:
    """One line in sha256sum's form, so that a shell can check it."""
    lock = f"requirements/{what}.txt"
    return f"{_sha256(ROOT / lock)}  {lock}\n"


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _make(what: str) -> None:
    print("Making Stillwater's own environment (once; about a minute) …", file=sys.stderr)
    for name in SATISFIES:
        (VENV / f"{name}.stamp").unlink(missing_ok=True)
    if not _runs():
        # Debian's python3 comes without ensurepip: the environment is made without pip.
        venv.create(VENV, clear=True, symlinks=True, with_pip=False)
    pip = _checked_pip()
    lock = f"requirements/{what}.txt"
    _pip(pip, "--require-hashes", "--only-binary", ":all:", "-r", lock)
    # Ours, in place: built by the flit_core that the lock has just brought.
    _pip(pip, "--no-index", "--no-deps", "--no-build-isolation", "-e", ".")
    for name in SATISFIES[what]:
        (VENV / f"{name}.stamp").write_text(_stamp(name))


def _runs() -> bool:
    """Whether .venv has a Python that runs and is new enough, whichever made it."""
    if not PYTHON.exists():
        return False
    ask = "import sys; sys.exit(sys.version_info < (3, 11))"
    return subprocess.run([PYTHON, "-c", ask], capture_output=True, check=False).returncode == 0


def _checked_pip() -> Path:
    """The pip wheel in this repository, if its hash is the recorded one."""
    expected, name = (BOOTSTRAP / "SHA256SUMS").read_text().split()
    wheel = BOOTSTRAP / name
    if not wheel.exists() or _sha256(wheel) != expected:
        raise NotMadeError(
            f"tools/bootstrap/{name} is not the file it should be.\n"
            "Get Stillwater again from where you trust it; use nothing of this copy."
        )
    return wheel


def _pip(wheel: Path, *arguments: str) -> None:
    # A wheel is a zip archive that Python can run from within.
    command = [PYTHON, wheel / "pip", "install", "--quiet", "--no-input"]
    quiet = ["--disable-pip-version-check", "--no-warn-script-location"]
    done = subprocess.run([*command, *quiet, *arguments], cwd=ROOT, check=False)
    if done.returncode:
        raise NotMadeError(
            "The packages that Stillwater needs could not be installed; pip says why above.\n"
            "Check the network (or your pip configuration), and start again: nothing is lost."
        )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
