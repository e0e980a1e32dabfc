"""``stillwater up --try`` for real: a home that is made up, and gone afterwards."""

import fcntl
import http.cookiejar
import re
import signal
import subprocess
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from stillwater.cli.try_year import folder
from stillwater.core.errors import ExitCode
from tests.integration.frame.test_up import LINK, PATIENCE, command, environment
from tests.refusals.browsing import PAGES, words_in
from tests.refusals.kinds import PERSON

# Attachments of what was just opened: with nothing open there are none.
ONLY_OF_WHAT_IS_OPEN = {"opened_part"}
GETS = sorted(
    name
    for name, page in PAGES.items()
    if page.whom == PERSON and "get" in page.methods and not words_in(name)
    if name not in ONLY_OF_WHAT_IS_OPEN
)
PLACE = re.compile(r"made-up home, in (\S+)\.")
PASSPHRASE = re.compile(r"passphrase of the made-up person: (.+)")


@dataclass
class Trying:
    """A made-up home that runs, and a browser at it."""

    process: subprocess.Popen[str]
    home: Path
    passphrase: str
    link: str
    jar: http.cookiejar.CookieJar = field(default_factory=http.cookiejar.CookieJar)

    def ask(self, path: str, form: dict[str, str] | None = None) -> str:
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))
        origin = self.link.partition("/enter/")[0]
        data = None
        headers = {}
        if form is not None:
            data = urllib.parse.urlencode(form).encode()
            headers["Origin"] = origin
        address = path if path.startswith("http") else origin + path
        request = urllib.request.Request(address, data, headers)
        with opener.open(request, timeout=PATIENCE) as answer:
            assert answer.headers["Cache-Control"] == "no-store"
            words: str = answer.read().decode()
            return words

    def sign_in(self) -> str:
        page = self.ask(self.link)
        token = re.search(r'csrfmiddlewaretoken" value="([^"]+)"', page)
        assert token is not None
        return self.ask("/in", {"csrfmiddlewaretoken": token[1], "passphrase": self.passphrase})


@pytest.fixture
def temporary(tmp_path: Path) -> Path:
    made = tmp_path / "temporary"
    made.mkdir()
    return made


@pytest.fixture
def trying(tmp_path: Path, temporary: Path) -> Iterator[Callable[[], Trying]]:
    """Starts ``up --try`` beside a home that must stay as it is."""
    started: list[subprocess.Popen[str]] = []

    def start() -> Trying:
        process = subprocess.Popen(
            command("up", "--try"),
            env={**environment(tmp_path / "real"), "TMPDIR": str(temporary)},
            stdout=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        assert process.stdout is not None
        said = ""
        for line in process.stdout:
            said += line
            if link := LINK.search(line):
                place, passphrase = PLACE.search(said), PASSPHRASE.search(said)
                assert place is not None
                assert passphrase is not None
                return Trying(process, Path(place[1]), passphrase[1], link[0])
        raise AssertionError(f"it ended without a link: {said}")

    yield start
    for process in started:
        process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()


def test_every_page_is_alive_and_afterwards_nothing_is_left(
    trying: Callable[[], Trying], tmp_path: Path, temporary: Path
) -> None:
    made_up = trying()
    assert made_up.home.is_relative_to(temporary)
    assert made_up.home.stat().st_mode & 0o077 == 0
    today = made_up.sign_in()
    assert "Something needs you." in today
    for name in GETS:
        answer = made_up.ask(PAGES[name].address)
        # A picture says nothing in words.
        assert answer.startswith("<svg") or "This is a made-up home." in answer
    # Next to a real one in the same browser: neither may sign the other out.
    assert not {"page", "csrftoken"} & {cookie.name for cookie in made_up.jar}
    made_up.process.send_signal(signal.SIGINT)
    assert made_up.process.wait(timeout=PATIENCE) == ExitCode.OK
    assert list(temporary.iterdir()) == []
    assert not (tmp_path / "real").exists()


def test_what_a_killed_one_left_is_removed_by_the_next(
    temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    left = temporary / f"{folder.PREFIX}left"
    (left / "home").mkdir(parents=True)
    (left / "made-up").touch()
    with folder.made_up_home() as home:
        assert not left.exists()
        home.root.mkdir()
    assert list(temporary.iterdir()) == []


def test_what_another_uses_and_what_is_nobodys_made_up_home_stays(
    temporary: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    real = tmp_path / "real"
    real.mkdir()
    (real / "made-up").touch()
    (temporary / f"{folder.PREFIX}link").symlink_to(real)
    (temporary / f"{folder.PREFIX}other").mkdir()
    (temporary / f"{folder.PREFIX}other" / "letter").touch()
    used = temporary / f"{folder.PREFIX}used"
    used.mkdir()
    with (used / "made-up").open("x") as mark:
        fcntl.flock(mark, fcntl.LOCK_EX)
        with folder.made_up_home():
            pass
    assert (used / "made-up").exists()
    assert (real / "made-up").exists()
    assert (temporary / f"{folder.PREFIX}other" / "letter").exists()


def test_it_is_gone_however_it_ends(temporary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(temporary))

    def is_interrupted() -> None:
        with folder.made_up_home() as home:
            home.prepare()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        is_interrupted()
    assert list(temporary.iterdir()) == []
