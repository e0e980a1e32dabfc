"""The table of ./bench: what meets its goal, and how near the limit it comes."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from rich.console import Console

from benchmarks.__main__ import main, parts
from benchmarks.table import Row, Table

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize(
    ("row", "meets", "of_limit"),
    [
        (Row("a", 9000, "mails/s", goal=8000, limit=18000), True, 0.5),
        (Row("a", 7000, "mails/s", goal=8000), False, None),
        (Row("a", 2, "s", goal=3, limit=1, more_is_better=False), True, 0.5),
        (Row("a", 4, "s", goal=3, more_is_better=False), False, None),
        (Row("a", None, "mails/s", goal=3, limit=5, note="not installed here"), None, None),
        (Row("a", 5, "mails/s"), None, None),
    ],
)
def test_a_figure_beside_its_goal_and_its_limit(
    row: Row, meets: bool | None, of_limit: float | None
) -> None:
    assert row.meets_goal is meets
    assert row.of_limit == of_limit


def test_json_holds_every_field_and_what_follows_from_them() -> None:
    table = Table("gate", (Row("a", 9000, "mails/s", goal=8000, limit=18000),), notes=("n",))
    said = json.loads(table.as_json())
    assert said["part"] == "gate"
    assert said["machine"]
    (row,) = said["rows"]
    assert (row["figure"], row["goal"], row["meets_goal"], row["of_limit"]) == (
        9000,
        8000,
        True,
        0.5,
    )


def test_people_see_figure_goal_limit_and_note() -> None:
    out = io.StringIO()
    rows = (Row("triage", 9000, "mails/s", goal=8000, limit=18000, limit_is="headers alone"),)
    Table("gate", rows, notes=("A note.",)).show(Console(file=out, width=140))
    for part in (
        "triage",
        "9,000",
        "8,000 ✓",
        "18,000",
        "50%",
        "mails/s",
        "headers alone",
        "A note.",
    ):
        assert part in out.getvalue()


def test_without_a_part_it_names_them(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert main(["--help"]) == 0
    said = capsys.readouterr().out
    assert all(part in said for part in parts())


def test_a_part_that_is_not_there_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["../secrets"]) == 2
    assert "There is no part" in capsys.readouterr().err


def test_every_part_can_be_measured_from_any_folder(tmp_path: Path) -> None:
    ask = (
        "from importlib import import_module; from benchmarks.__main__ import parts\n"
        "for part in parts(): assert callable(import_module(f'benchmarks.{part}').run), part"
    )
    done = subprocess.run(
        [sys.executable, "-c", ask], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
