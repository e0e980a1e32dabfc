"""The reader on labelled messages of our own form, through the reader itself.

- Macro average precision of tactics and needs: messages of others, relays and strangers
  (of friends they need not be labelled), over the labels that occur.
- Tier 1 recall: messages labelled tier 1, each read as what its sender is (an other's or a
  relay's; all else as a stranger's), of which any category of tier 1 was raised.
- False alarms: wanted personal messages (a friend's or a stranger's, labelled with neither
  danger nor tactic), read as a stranger's, for which any danger was raised.
- Hook in a need: messages of an other or relay labelled with a tactic and a need, of which one
  of the labelled tactics and one of the labelled needs came out at .5 or more.
- Facts: exact matches of dates, times, deadlines, amounts and children, micro F1.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from benchmarks.understanding.figures import average_precision, interval, share
from stillwater.core.judgements import Reading
from stillwater.core.words import DangerCategory, Need, Tactic, Tier
from stillwater.reading.model.examples import THEIRS, asked_of, rows_in
from stillwater.reading.reader import prepare, read

FOUND = 0.5
FACTS = frozenset({"date", "time", "deadline", "amount", "child"})
TIER_1 = frozenset(one.value for one in DangerCategory if one.tier is Tier.AT_ONCE)
TACTICS, NEEDS = tuple(one.value for one in Tactic), tuple(one.value for one in Need)


@dataclass(frozen=True, slots=True)
class Item:
    """A labelled message and what the reader made of it."""

    row: dict[str, Any]
    reading: Reading

    @property
    def danger(self) -> frozenset[str]:
        return frozenset(one.value for one in self.reading.danger.categories)

    @property
    def labelled(self) -> frozenset[str]:
        return frozenset(self.row["labels"].get("danger") or ())


def read_all(path: Path, *, with_encoder: bool = False) -> list[Item]:
    """Every message of a file or folder, read as what its sender is."""
    prepare(with_encoder=with_encoder)
    return [Item(row, read(asked_of(row), with_encoder=with_encoder)) for row in rows_in(path)]


def measure(path: Path, seed: int = 1, *, with_encoder: bool = False) -> dict[str, Any]:
    """All figures, each with ``<name>_interval`` beside it; per label and per language."""
    return figures_of(read_all(path, with_encoder=with_encoder), seed)


def figures_of(items: Sequence[Item], seed: int = 1) -> dict[str, Any]:
    """See ``measure``."""
    measured: dict[str, Any] = {"messages": len(items)}
    for name, labels in (("tactics", TACTICS), ("needs", NEEDS)):
        found = _precision(items, name, labels, seed)
        measured |= {
            f"{name}_map": found["map"],
            f"{name}_map_interval": found["interval"],
            f"{name}_by_label": found["by_label"],
        }
    for name, (value, within) in {
        "tier1_recall": share(_raised(items), seed),
        "hook_in_need": share(_hooks(items), seed),
    }.items():
        measured |= {name: value, f"{name}_interval": within}
    measured |= _alarms(items, seed) | _facts(items, seed)
    measured["tier1_by_category"] = _by_category(items)
    measured["by_language"] = _by_language(items, seed)
    return measured


def _precision(
    items: Sequence[Item], name: str, labels: Sequence[str], seed: int
) -> dict[str, Any]:
    used = [one for one in items if one.row["relation"] != "friend"]
    truth = np.array([[label in one.row["labels"][name] for label in labels] for one in used])
    scores = np.array(
        [[_scores(one, name).get(label, 0.0) for label in labels] for one in used], np.float64
    )
    if not used:
        return {"map": None, "interval": None, "by_label": {}}

    def macro(at: npt.NDArray[np.int64]) -> float:
        found = [average_precision(truth[at, n], scores[at, n]) for n in range(len(labels))]
        return float(np.nanmean(found)) if not np.isnan(found).all() else float("nan")

    every = np.arange(len(used))
    by_label = {
        label: {
            "average_precision": round(average_precision(truth[:, n], scores[:, n]), 4),
            "messages": int(truth[:, n].sum()),
        }
        for n, label in enumerate(labels)
        if truth[:, n].any()
    }
    return {
        "map": round(macro(every), 4) if by_label else None,
        "interval": interval(macro, len(used), seed, draws=200) if by_label else None,
        "by_label": by_label,
    }


def _scores(one: Item, name: str) -> dict[str, float]:
    held = one.reading.tactics if name == "tactics" else one.reading.needs
    return {label.value: chance for label, chance in held.items()}


def _grave(items: Sequence[Item]) -> list[Item]:
    return [one for one in items if one.labelled & TIER_1]


def _raised(items: Sequence[Item]) -> list[bool]:
    return [bool(one.danger & TIER_1) for one in _grave(items)]


def _hooks(items: Sequence[Item]) -> list[bool]:
    found = []
    for one in items:
        said = one.row["labels"]
        if one.row["relation"] in THEIRS and said["tactics"] and said["needs"]:
            tactics, needs = _scores(one, "tactics"), _scores(one, "needs")
            found.append(
                max(tactics.get(label, 0.0) for label in said["tactics"]) >= FOUND
                and max(needs.get(label, 0.0) for label in said["needs"]) >= FOUND
            )
    return found


def _alarms(items: Sequence[Item], seed: int) -> dict[str, Any]:
    """For wanted personal messages; and for those of an other in which there is no danger."""
    wanted = [
        bool(one.danger)
        for one in items
        if one.row["relation"] not in THEIRS
        and not one.labelled
        and not one.row["labels"]["tactics"]
    ]
    harmless = [
        bool(one.danger & TIER_1)
        for one in items
        if one.row["relation"] in THEIRS and not one.labelled
    ]
    value, within = share(wanted, seed)
    theirs, theirs_within = share(harmless, seed)
    return {
        "wanted_messages": len(wanted),
        "false_alarms_per_1000": None if value is None else round(1000 * value, 2),
        "false_alarms_per_1000_interval": within and tuple(round(1000 * x, 2) for x in within),
        "raised_of_others_harmless": theirs,
        "raised_of_others_harmless_interval": theirs_within,
    }


def _facts(items: Sequence[Item], seed: int) -> dict[str, Any]:
    used = [one for one in items if one.row["relation"] != "friend"]
    counts = np.array([_fact_counts(one) for one in used], float).reshape(-1, 3)
    if not counts[:, 2].sum():
        return {"facts_f1": None, "facts_f1_interval": None}

    def f1(at: npt.NDArray[np.int64]) -> float:
        right, given, due = counts[at].sum(0)
        return float(2 * right / max(1.0, given + due))

    return {
        "facts_f1": round(f1(np.arange(len(used))), 4),
        "facts_f1_interval": interval(f1, len(used), seed),
    }


def _fact_counts(one: Item) -> tuple[int, int, int]:
    """Right, given, due."""
    due = Counter((f["kind"], f["value"]) for f in one.row["labels"]["facts"] if f["kind"] in FACTS)
    given = Counter((f.kind.value, f.value) for f in one.reading.facts if f.kind.value in FACTS)
    return (due & given).total(), given.total(), due.total()


def _by_category(items: Sequence[Item]) -> dict[str, Any]:
    """For each category of tier 1: messages, how many raised anything of tier 1, and itself."""
    return {
        category: {
            "messages": len(having),
            "raised": sum(bool(one.danger & TIER_1) for one in having),
            "named": sum(category in one.danger for one in having),
        }
        for category in sorted(TIER_1)
        if (having := [one for one in items if category in one.labelled])
    }


def _by_language(items: Sequence[Item], seed: int) -> dict[str, Any]:
    languages = sorted({one.row.get("language") or "en" for one in items})
    found = {}
    for language in languages:
        having = [one for one in items if (one.row.get("language") or "en") == language]
        recall, recall_within = share(_raised(having), seed)
        found[language] = {
            "messages": len(having),
            "tactics_map": _precision(having, "tactics", TACTICS, seed)["map"],
            "needs_map": _precision(having, "needs", NEEDS, seed)["map"],
            "tier1_recall": recall,
            "tier1_recall_interval": recall_within,
        }
    return found
