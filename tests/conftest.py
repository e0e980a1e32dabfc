"""What all tests share: a home of their own, and which of them run on PostgreSQL.

Set before anything of ours is used, so that no test can touch a real home.
"""

import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings

from stillwater.core.home import Home
from tests.support.logged import logged

__all__ = ["logged"]

_ROOT = Path(tempfile.mkdtemp(prefix="stillwater-tests-"))
# One home for the session (each xdist worker is a session of its own).
os.environ["STILLWATER_HOME"] = str(_ROOT / "home")
os.environ["STILLWATER_KEYRING"] = "off"  # never the keyring of whoever runs the tests
# pytest-django has read the settings by now, from the environment as it was.
settings.HOME = Home.from_environment()
if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    settings.DATABASES["default"]["NAME"] = settings.HOME.database
    # A file, as in life: tables in memory that several threads share are locked otherwise.
    settings.DATABASES["default"]["TEST"]["NAME"] = str(_ROOT / "tests.sqlite3")

_DATABASE_FIXTURES = frozenset({"db", "transactional_db", "django_db_setup", "live_server"})
# What takes longest begins first: last, one worker would be at it while the others have nothing.
_LONGEST = ("tests/faults/", "tests/integration/test_", "tests/browser/", "tests/integration/mail/")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The longest first; on PostgreSQL only the tests to which it makes a difference."""
    items.sort(key=lambda item: not item.nodeid.startswith(_LONGEST))
    if not os.environ.get("STILLWATER_POSTGRES"):
        return
    chosen = [item for item in items if _uses_the_database(item)]
    others = [item for item in items if not _uses_the_database(item)]
    items[:] = chosen
    config.hook.pytest_deselected(items=others)


def _uses_the_database(item: pytest.Item) -> bool:
    if item.get_closest_marker("one_database") is not None:
        return False
    fixtures = set(getattr(item, "fixturenames", ()))
    return item.get_closest_marker("django_db") is not None or bool(fixtures & _DATABASE_FIXTURES)


def pytest_unconfigure() -> None:
    shutil.rmtree(_ROOT, ignore_errors=True)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """An empty home for one test, prepared, and named by STILLWATER_HOME."""
    home = Home(tmp_path / "home")
    home.prepare()
    monkeypatch.setenv("STILLWATER_HOME", str(home.root))
    return home


@dataclass(frozen=True)
class Said:
    """What a command said, and how it ended."""

    code: int
    out: str
    err: str


@pytest.fixture
def stillwater(capsys: pytest.CaptureFixture[str]) -> Callable[..., Said]:
    """Run a command in this process: ``stillwater("keys", "check").code``."""
    from stillwater.cli.main import run

    def call(*arguments: str) -> Said:
        capsys.readouterr()
        code = run(list(arguments))
        said = capsys.readouterr()
        return Said(code, said.out, said.err)

    return call
