"""``stillwater replay`` from outside: streams, exit codes, speed, and no Django."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.unit.replay.conftest import PLAN

ROOT = Path(__file__).parents[3]


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "plan.toml"
    path.write_text(PLAN, "utf-8")
    return path


def lines(count: int) -> bytes:
    senders = ["+4917612345678", "bo@friends.example", "+4917699999999", "Google"]
    texts = ["I miss you and the lake", "lunch on Friday?", "the cake is ready", "code 482910"]
    made = (
        {
            "id": f"a{at}",
            "received_at": f"2026-03-01T{at // 3600 % 24:02}:{at // 60 % 60:02}:{at % 60:02}Z",
            "channel": "sms",
            "kind": "message",
            "direction": "in",
            "from": [{"handle": senders[at % 4]}],
            "text": texts[at % 4],
        }
        for at in range(count)
    )
    return b"".join(json.dumps(one).encode() + b"\n" for one in made)


def replay(*arguments: str, stdin: bytes = b"") -> "subprocess.CompletedProcess[bytes]":
    environment = {**os.environ, "STILLWATER_HOME": "/nonexistent/nowhere"}
    return subprocess.run(
        [sys.executable, "-m", "stillwater", "replay", *arguments],
        input=stdin,
        capture_output=True,
        cwd=ROOT,
        env=environment,
        check=False,
        timeout=600,
    )


def test_ten_thousand_arrivals_through_standard_input(plan: Path) -> None:
    done = replay("--plan", str(plan), "-", stdin=lines(10_000))
    assert (done.returncode, done.stderr) == (0, b"")
    decisions = [json.loads(line) for line in done.stdout.splitlines()]
    assert [one["id"] for one in decisions] == [f"a{at}" for at in range(10_000)]
    actions = [one["decision"]["action"] for one in decisions[::4]]
    # So many within hours are a storm, and that is said once.
    assert (actions.count("held"), actions.count("alert")) == (2_499, 1)


def test_a_file_in_and_a_file_out(plan: Path, tmp_path: Path) -> None:
    arrivals, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    arrivals.write_bytes(lines(3))
    done = replay("--plan", str(plan), str(arrivals), "--out", str(out))
    assert (done.returncode, done.stdout) == (0, b"")
    assert len(out.read_bytes().splitlines()) == 3
    same = replay("--plan", str(plan), str(arrivals), "--out", str(arrivals))
    assert same.returncode == 2
    assert arrivals.read_bytes() == lines(3)


def test_a_wrong_line_ends_with_two_after_what_came_before(plan: Path) -> None:
    done = replay("--plan", str(plan), "-", stdin=lines(2) + b"nonsense\n" + lines(1))
    assert done.returncode == 2
    assert len(done.stdout.splitlines()) == 2
    assert done.stderr.splitlines() == [b"Line 3 of the arrivals: it is not JSON."]


def test_a_wrong_plan_ends_with_two_and_its_line(tmp_path: Path) -> None:
    wrong = tmp_path / "plan.toml"
    wrong.write_text('[you]\n[[others]]\nlabel = "J"\nmode = "block"\n')
    done = replay("--plan", str(wrong), "-", stdin=lines(1))
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"line 4" in done.stderr
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [["-"], ["--plan", "/nonexistent", "-"], ["--plan", "-", "-"], ["--plan", ".", "-"]],
)
def test_a_wrong_call_ends_with_two(arguments: list[str]) -> None:
    done = replay(*arguments)
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"Traceback" not in done.stderr


def test_arrivals_that_are_not_there(plan: Path) -> None:
    done = replay("--plan", str(plan), "/nonexistent")
    assert (done.returncode, done.stdout) == (2, b"")


def test_earlier_lines_are_warned_about_on_standard_error_only(plan: Path) -> None:
    backwards = b"".join(reversed(lines(30).splitlines(keepends=True)))
    done = replay("--plan", str(plan), "-", stdin=backwards)
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) == 30
    assert b"Line 2 " in done.stderr
    assert len(done.stderr.splitlines()) == 11
    assert b"19 more" in done.stderr


def test_replay_never_loads_django_or_touches_a_home(plan: Path) -> None:
    program = (
        "import sys; from stillwater.cli.main import run;"
        f"code = run(['replay', '--plan', {str(plan)!r}, '-']);"
        "print(code, 'django' in sys.modules, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        input=lines(2),
        capture_output=True,
        cwd=ROOT,
        env={**os.environ, "STILLWATER_HOME": "/nonexistent/nowhere"},
        check=True,
        timeout=60,
    )
    assert done.stderr.split() == [b"0", b"False"]
    assert not Path("/nonexistent").exists()


def test_memory_does_not_grow_with_the_file(plan: Path) -> None:
    program = (
        "import resource, sys; from stillwater.cli.main import run;"
        f"run(['replay', '--plan', {str(plan)!r}, '-', '--out', '/dev/null']);"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )

    def peak(count: int) -> int:
        done = subprocess.run(
            [sys.executable, "-c", program],
            input=lines(count),
            capture_output=True,
            cwd=ROOT,
            check=True,
            timeout=120,
        )
        return int(done.stdout)

    grown = peak(8_000) - peak(1_000)
    assert grown < 20_000  # KiB; the files differ by 1.2 MB, the decisions by 5 MB


def test_the_command_in_this_process(
    plan: Path, tmp_path: Path, stillwater: Callable[..., Any]
) -> None:
    arrivals = tmp_path / "in.jsonl"
    arrivals.write_bytes(lines(1))
    said = stillwater("replay", "--plan", str(plan), str(arrivals))
    assert said.code == 0
    assert json.loads(said.out)["match"]["other"] == "J"
