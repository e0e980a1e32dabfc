"""The table that every part of ./bench gives: each figure beside its limit, in the same run."""

import json
import os
import platform
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any

from rich.console import Console
from rich.table import Table as RichTable


def this_machine() -> str:
    """Processors, system and Python: what a figure means nothing without."""
    return (
        f"{os.cpu_count()} cores {platform.machine()}, {platform.system()}, "
        f"Python {platform.python_version()}"
    )


@dataclass(frozen=True, slots=True)
class Row:
    """One figure.

    ``limit`` is what the bare machine gives for the same input in the same run
    (``limit_is`` says what was run for it); ``goal`` is what we set ourselves.
    None: there is none. ``note`` says what a figure cannot say.
    """

    what: str
    figure: float | None  # None: not measured here, and ``note`` says why
    unit: str
    goal: float | None = None
    limit: float | None = None
    limit_is: str = ""
    more_is_better: bool = True
    note: str = ""

    @property
    def meets_goal(self) -> bool | None:
        """None where there is no goal, or no figure."""
        if self.goal is None or self.figure is None:
            return None
        return self.figure >= self.goal if self.more_is_better else self.figure <= self.goal

    @property
    def of_limit(self) -> float | None:
        """How much of the limit is reached, 1.0 being all of it."""
        if not self.limit or not self.figure:
            return None
        return self.figure / self.limit if self.more_is_better else self.limit / self.figure


@dataclass(frozen=True, slots=True)
class Table:
    """What one part measured."""

    part: str
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
    machine: str = field(default_factory=this_machine)
    at: str = field(default_factory=lambda: datetime.now(UTC).isoformat(timespec="seconds"))
    figures: Mapping[str, Any] = field(default_factory=dict)  # more than rows can show

    def as_json(self) -> str:
        """One object: ``figures`` at its top, ``meets_goal`` and ``of_limit`` in each row."""
        rows = [
            {**asdict(row), "meets_goal": row.meets_goal, "of_limit": row.of_limit}
            for row in self.rows
        ]
        whole = {**asdict(self), "rows": rows}
        return json.dumps({**whole.pop("figures"), **whole}, indent=2, ensure_ascii=False)

    def show(self, console: Console | None = None) -> None:
        """Print it for people."""
        # Written to a file there is no width to fit: then wide enough to be read.
        console = console or Console(width=None if sys.stdout.isatty() else 160)
        shown = RichTable(title=f"{self.part} · {self.machine}", title_justify="left")
        shown.add_column("what", overflow="fold")
        for column in ("figure", "goal", "limit", "of limit"):
            shown.add_column(column, justify="right")
        shown.add_column("unit")
        shown.add_column("the limit is · note", overflow="fold")
        for row in self.rows:
            shown.add_row(
                row.what,
                _figure(row.figure),
                _goal(row),
                _figure(row.limit),
                "" if row.of_limit is None else f"{row.of_limit:.0%}",
                row.unit,
                " · ".join(part for part in (row.limit_is, row.note) if part),
            )
        console.print(shown)
        for note in self.notes:
            console.print(note)


def _figure(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def _goal(row: Row) -> str:
    if row.goal is None:
        return ""
    mark = {True: " ✓", False: " ✗", None: ""}[row.meets_goal]
    return f"{'' if row.more_is_better else '≤ '}{_figure(row.goal)}{mark}"
