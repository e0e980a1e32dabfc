"""Danger is found in messages of many voices, and wanted ones are left alone."""

from typing import Any

import pytest

from stillwater.core.words import DangerCategory, Tier
from tests.unit.reading.asking import labelled, read_labelled

TIER_1 = {category.value for category in DangerCategory if category.tier is Tier.AT_ONCE}
BY_HAND = labelled("messages.jsonl")
HELD_OUT = labelled("messages_held_out.jsonl")


def _share_raised(messages: list[dict[str, Any]], sender: str) -> float:
    grave = [m for m in messages if m["from"] == sender and TIER_1 & set(m["categories"])]
    return sum(bool(TIER_1 & read_labelled(m)) for m in grave) / len(grave)


def _raised_for_nothing(messages: list[dict[str, Any]], sender: str) -> list[str]:
    harmless = [m for m in messages if m["from"] == sender and not m["categories"]]
    return [m["text"] for m in harmless if read_labelled(m)]


@pytest.mark.parametrize("sender", ["other", "unknown"])
def test_no_tier_1_of_the_messages_worked_with_is_missed(sender: str) -> None:
    assert _share_raised(BY_HAND, sender) == 1.0


@pytest.mark.parametrize("sender", ["other", "unknown"])
def test_messages_that_were_held_out_are_found_too(sender: str) -> None:
    assert _share_raised(HELD_OUT, sender) >= 0.9


@pytest.mark.parametrize("messages", [BY_HAND, HELD_OUT], ids=["by hand", "held out"])
def test_wanted_messages_of_strangers_raise_nothing(messages: list[dict[str, Any]]) -> None:
    assert _raised_for_nothing(messages, "unknown") == []


@pytest.mark.parametrize("messages", [BY_HAND, HELD_OUT], ids=["by hand", "held out"])
def test_what_an_other_writes_is_not_all_danger(messages: list[dict[str, Any]]) -> None:
    # One in eleven is raised (danger.md): short words of an other that say little cost most.
    assert len(_raised_for_nothing(messages, "other")) <= 6


def test_messages_that_were_written_later_are_found() -> None:
    later = labelled("messages_later.jsonl")
    grave = [m for m in later if m["danger"]]
    found = [m for m in grave if read_labelled(m)]
    assert len(found) / len(grave) >= 0.95
    assert [m["text"] for m in later if not m["danger"] and read_labelled(m)] == []


@pytest.mark.parametrize(("sender", "least"), [("other", 0.98), ("unknown", 0.95)])
def test_messages_that_were_written_blind_are_found(sender: str, least: float) -> None:
    assert _share_raised(labelled("messages_blind.jsonl"), sender) >= least


def test_wanted_messages_that_were_written_blind_raise_nothing() -> None:
    blind = labelled("messages_blind.jsonl")
    assert _raised_for_nothing(blind, "unknown") == []
    assert len(_raised_for_nothing(blind, "other")) <= 4


def test_there_are_messages_of_every_category_that_words_can_show() -> None:
    seen = {category for m in BY_HAND for category in m["categories"]}
    from_events = {"new_channel_after_block", "storm", "silence_after_storm"}
    assert seen == {category.value for category in DangerCategory} - from_events
