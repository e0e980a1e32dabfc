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
    run: Importer, household: Household, path: Path, chance: random.Random, longest: float
) -> int:
    """Import, killing at random moments, until one import gets through; gives the kills."""
    kills = 0
    while True:
        answer = run.run(household.home, path, kill_after=chance.uniform(0, longest))
        if answer == "done 0":
            return kills
        assert answer == "killed", answer
        kills += 1


def kills_lose_nothing(
    tmp_path: Path, wanted_kills: int, seed: int = SEED, *, theirs: int, wanted: int
) -> None:
    prepared = new_household(tmp_path / "prepared")
    mails = mixed(tmp_path / "all.mbox", theirs=theirs, wanted=wanted)
    chance = random.Random(seed)
    kills = rounds = 0
    with importer(prepared) as run:
        trial = prepared.copy(tmp_path / "trial")
        started = time.monotonic()
        assert run.run(trial.home, mails.path) == "done 0"
        longest = time.monotonic() - started
        while kills < wanted_kills:
            rounds += 1
            household = prepared.copy(tmp_path / f"round-{rounds}")
            kills += kill_until_done(run, household, mails.path, chance, longest)
            assert_holds(run.look(household.home, mails.path), mails.originals)
            shutil.rmtree(household.home)


@pytest.mark.parametrize("part", range(PARTS))
def test_two_hundred_kills(tmp_path: Path, part: int) -> None:
    """In parts, so that several cores share them; every part has moments of its own.

    Few mails: the moments are spread over the same steps, and each trial takes less long.
    """
    kills_lose_nothing(tmp_path, KILLS // PARTS, SEED + part, theirs=60, wanted=40)


@pytest.mark.long
def test_thousands_of_kills(tmp_path: Path) -> None:
    kills_lose_nothing(tmp_path, MANY_KILLS, theirs=150, wanted=100)
