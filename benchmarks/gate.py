"""``./bench gate``: how fast mail goes through the gate, each figure beside its limit.

    ./bench gate [--only NAME[,NAME]] [--items N] [--million]

``--items`` sets how many mails of theirs are sealed (default 6,000).
``--million`` lets the growth measurement run to 1,000,000 (about an hour, 6 GB);
without it it runs to 100,000. Everything happens in a temporary home.
"""

import argparse
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.table import Row, Table

Measure = Callable[[argparse.Namespace], Iterator[Row]]


def run(arguments: list[str]) -> Table:
    """Measure; gives one table."""
    parser = argparse.ArgumentParser(prog="./bench gate", description=__doc__)
    parser.add_argument("--only", default="", help=", ".join(_measures()))
    parser.add_argument("--items", type=int, default=6_000)
    parser.add_argument("--million", action="store_true")
    chosen = parser.parse_args(arguments)
    wanted = [name for name in chosen.only.split(",") if name] or list(_measures())
    with a_home():
        rows = [row for name in wanted for row in _measures()[name](chosen)]
    return Table(
        part="gate",
        rows=tuple(rows),
        notes=(
            "A limit is the same machine doing only what cannot be left out, in the same run.",
            "Machines are shared and noisy: read the ratios, not the figures.",
        ),
    )


def _measures() -> dict[str, Measure]:
    from benchmarks import _growth, _importing, _reading_mail, _sealing, _standing, _verifying

    return {
        "triage": _reading_mail.measure,
        "sealing": _sealing.measure,
        "import": _importing.measure,
        "verify": _verifying.measure,
        "growth": _growth.measure,
        "rest": _standing.measure,
    }


@contextmanager
def a_home() -> Iterator[Path]:
    """A temporary home, and Django started on it."""
    with tempfile.TemporaryDirectory(prefix="stillwater-bench-") as folder:
        os.environ["STILLWATER_HOME"] = folder
        os.environ["STILLWATER_KEYRING"] = "off"
        os.environ.pop("STILLWATER_POSTGRES", None)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stillwater.config.settings")
        yield Path(folder)
