"""Killed at random moments, an import loses nothing and doubles nothing."""

import os
import random
import shutil
import time
from pathlib import Path

import pytest

from tests.faults.importer import Importer, importer
from tests.support.household import Household, new_household
from tests.support.mailbox import mixed
from tests.support.truth import assert_holds

KILLS, PARTS = 200, 4
MANY_KILLS = 3_000
SEED = int(os.environ.get("STILLWATER_SEED", "20261120"))


def kill_until_done(
    run: Importer,
    household: Household,
    path: Path,
    chance: random.Random,
    longest: float,
    how: str,
) -> int:
    """Import, killing at random moments, until one import gets through; gives the kills."""
    kills = 0
    while True:
        answer = run.run(household.home, path, chance.uniform(0, longest), how)
        if answer == "done 0":
            return kills
        assert answer == "killed", answer
        kills += 1


def whole_import(run: Importer, prepared: Household, copy: Path, path: Path, how: str) -> float:
    """Seconds that an import takes where nobody kills it. The first of all takes far longer."""
    household = prepared.copy(copy)
    began = time.monotonic()
    assert run.run(household.home, path, how=how) == "done 0"
    return time.monotonic() - began


def kills_lose_nothing(
    tmp_path: Path,
    wanted_kills: int,
    seed: int = SEED,
    *,
    theirs: int,
    wanted: int,
    how: str,
) -> None:
    prepared = new_household(tmp_path / "prepared")
    mails = mixed(tmp_path / "all.mbox", theirs=theirs, wanted=wanted)
    chance = random.Random(seed)
    kills = rounds = 0
    with importer(prepared) as run:
        longest = min(
            whole_import(run, prepared, tmp_path / name, mails.path, how) for name in "ab"
        )
        while kills < wanted_kills:
            rounds += 1
            household = prepared.copy(tmp_path / f"round-{rounds}")
            kills += kill_until_done(run, household, mails.path, chance, longest, how)
            assert_holds(run.look(household.home, mails.path), mails.originals)
            shutil.rmtree(household.home)


@pytest.mark.parametrize("part", range(PARTS))
def test_two_hundred_kills(tmp_path: Path, part: int) -> None:
    """In parts, so that several cores share them; every part has moments of its own.

    Few mails, read without a child of the reader's: the moments are spread over the same steps
    of sealing and recording, and hardly one falls into waiting for the child.
    """
    kills_lose_nothing(
        tmp_path, KILLS // PARTS, SEED + part, theirs=60, wanted=40, how="import_quickly"
    )


@pytest.mark.long
def test_thousands_of_kills(tmp_path: Path) -> None:
    kills_lose_nothing(tmp_path, MANY_KILLS, theirs=150, wanted=100, how="import_once")
