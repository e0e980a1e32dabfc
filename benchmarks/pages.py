"""``./bench pages``: what each page costs at the server, with 100,000 attempts behind it.

    ./bench pages [--attempts N] [--rounds N] [--only NAME[,NAME]]

Every page of the refusals' registry that is asked for with GET is asked for, so that a page
that is new is measured by itself: the real application with all its middleware, on SQLite, in
this process. Everything happens in a temporary home; the attempts are rows, and their originals
do not lie on the disk.
"""

import argparse
import os
import time
from collections.abc import Iterator

from benchmarks._many_attempts import a_home_with
from benchmarks._serving import Answer, Server
from benchmarks._timing import quantile
from benchmarks.gate import a_home
from benchmarks.table import Row, Table

GOAL_MS = 50.0
GOAL_KB = 60.0
BARE = "/away"  # a calendar: no row is looked at but the browser's session
WARMING = 3


def run(arguments: list[str]) -> Table:
    """Measure; gives one table."""
    parser = argparse.ArgumentParser(prog="./bench pages", description=__doc__)
    parser.add_argument("--attempts", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=60)
    parser.add_argument("--only", default="", help="names of pages; left out: all")
    chosen = parser.parse_args(arguments)
    with a_home():
        began = time.perf_counter()
        person = a_home_with(chosen.attempts)
        made = time.perf_counter() - began
        rows = tuple(_rows(chosen, Server.signed_in(person)))
    return Table(
        part="pages",
        rows=rows,
        notes=(
            f"{chosen.attempts:,} attempts over three years, made in {made:.0f} s; "
            f"{chosen.rounds} rounds a page; load of the machine {os.getloadavg()[0]:.1f}.",
            "The limit is the calendar of Leave quickly, asked for in turn with each page.",
            "Machines are shared and noisy: read the ratios, not the figures.",
        ),
    )


def _rows(chosen: argparse.Namespace, server: Server) -> Iterator[Row]:
    wanted = {name for name in chosen.only.split(",") if name}
    for name, path in server.pages():
        if not wanted or name in wanted:
            yield _page(server, name, path, chosen.rounds)
    yield from _transfer(server)


def _page(server: Server, name: str, path: str, rounds: int) -> Row:
    ours: list[float] = []
    bare: list[float] = []
    worked: list[float] = []
    for number in range(WARMING + rounds):
        asked, away = server.ask(path), server.ask(BARE)
        if number >= WARMING:
            ours.append(asked.seconds * 1000)
            bare.append(away.seconds * 1000)
            worked.append(asked.processor * 1000)
    notes = [f"p50 {quantile(ours, 0.5):.1f}", f"processor p95 {quantile(worked, 0.95):.1f}"]
    if asked.status != 200:
        notes.append(f"answered with {asked.status}")
    return Row(
        f"{name}, p95 at the server",
        quantile(ours, 0.95),
        "ms",
        goal=GOAL_MS,
        limit=quantile(bare, 0.95),
        limit_is="the calendar",
        more_is_better=False,
        note=" · ".join(notes),
    )


def _transfer(server: Server) -> Iterator[Row]:
    """All that a browser which was never here before asks for to show the first page."""
    page = server.ask("/b/")
    parts = [page, *(server.ask(path) for path in page.asks_for())]
    for answer in parts:
        assert answer.status == 200, answer.status
    for what, size in (("uncompressed", Answer.body_size), ("as sent, with headers", Answer.sent)):
        yield Row(
            f"Today and all that it asks for, {what}",
            sum(map(size, parts)) / 1000,
            "kB",
            goal=GOAL_KB,
            limit=size(page) / 1000,
            limit_is="the page alone",
            more_is_better=False,
            note=f"{len(parts)} answers",
        )
