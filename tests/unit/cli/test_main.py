"""The frame of the command line: what is said when something goes wrong, and how it ends."""

import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime

import click
import pytest

from stillwater import __released__, __version__
from stillwater.cli import main
from stillwater.core.age import age_in_days, age_in_words
from stillwater.core.clock import SetClock
from stillwater.core.errors import ExitCode, UserError
from tests.conftest import Said

SECRET = "what the other wrote"


@pytest.fixture
def breaking(monkeypatch: pytest.MonkeyPatch) -> Callable[[BaseException], None]:
    """Makes the command ``doctor`` raise this."""

    def make(error: BaseException) -> None:
        @click.command()
        def command() -> None:
            raise error

        monkeypatch.setattr(main.LazyGroup, "get_command", lambda *_: command)

    return make


def test_a_users_mistake_is_two_plain_lines(
    breaking: Callable[[BaseException], None], stillwater: Callable[..., Said]
) -> None:
    breaking(UserError("This happened.", "Do that.", ExitCode.NOT_ALLOWED))
    said = stillwater("doctor")
    assert said == Said(ExitCode.NOT_ALLOWED, "", "This happened.\nDo that.\n")


def test_a_break_says_where_and_never_what_was_in_it(
    breaking: Callable[[BaseException], None], stillwater: Callable[..., Said]
) -> None:
    breaking(ValueError(SECRET))
    said = stillwater("doctor")
    assert said.code == ExitCode.BROKEN
    assert said.out == ""
    assert SECRET not in said.err
    assert "stillwater.cli.main:" in said.err
    assert "ValueError" in said.err
    assert len(said.err.splitlines()) == 2


def test_with_debug_a_break_is_shown_in_full(
    breaking: Callable[[BaseException], None], stillwater: Callable[..., Said]
) -> None:
    breaking(ValueError(SECRET))
    assert SECRET in stillwater("--debug", "doctor").err


def test_a_full_disk_is_called_that(
    breaking: Callable[[BaseException], None], stillwater: Callable[..., Said]
) -> None:
    breaking(OSError(28, "No space left on device", "/secret/path"))
    said = stillwater("doctor")
    assert said.code == ExitCode.BROKEN
    assert "No space left on device" in said.err
    assert "/secret/path" not in said.err


def test_an_interrupted_command_is_quiet(
    breaking: Callable[[BaseException], None], stillwater: Callable[..., Said]
) -> None:
    breaking(KeyboardInterrupt())
    said = stillwater("doctor")
    assert said.code == main.INTERRUPTED
    assert "Traceback" not in said.err


@pytest.mark.parametrize(
    "arguments", [("nonsense",), ("--nonsense",), ("up", "--port", "x"), ("up", "--port", "65536")]
)
def test_a_wrong_call_says_where_to_read(
    arguments: tuple[str, ...], stillwater: Callable[..., Said]
) -> None:
    said = stillwater(*arguments)
    assert said.code == ExitCode.USAGE
    assert "--help" in said.err


def test_whoever_stops_reading_ends_a_command_quietly() -> None:
    command = f"{sys.executable} -m stillwater --help | true; exit ${{PIPESTATUS[0]}}"
    for _ in range(3):
        done = subprocess.run(
            ["bash", "-c", command], capture_output=True, text=True, check=False, timeout=60
        )
        assert done.stderr == ""
        assert done.returncode in (ExitCode.OK, main.PIPE_CLOSED)


def test_help_names_every_command_and_imports_none(stillwater: Callable[..., Said]) -> None:
    said = stillwater("--help")
    assert said.code == ExitCode.OK
    for name, entry in main.COMMANDS.items():
        assert name in said.out
        assert entry.summary in " ".join(said.out.split())


def test_the_help_needs_no_django() -> None:
    ask = (
        "import sys; from stillwater.cli.main import run; run(['--help']); "
        "sys.exit('django' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", ask], capture_output=True, check=False, timeout=60)
    assert done.returncode == 0


def test_the_version_says_its_own_age(stillwater: Callable[..., Said]) -> None:
    said = stillwater("--version")
    assert said.out.strip() == f"Stillwater {__version__}, {age_in_words()}"


@pytest.mark.parametrize(
    ("days", "words"),
    [(-3, "made today"), (0, "made today"), (1, "1 day old"), (90, "90 days old")],
)
def test_age_counts_days_and_a_clock_behind_makes_it_no_younger(days: int, words: str) -> None:
    made = datetime.fromisoformat(__released__).replace(tzinfo=UTC)
    clock = SetClock(datetime.fromtimestamp(made.timestamp() + days * 86400, UTC))
    assert age_in_days(clock) == max(0, days)
    assert age_in_words(clock) == words
