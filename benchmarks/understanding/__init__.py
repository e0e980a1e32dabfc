"""``./bench understanding``: what identity and reading understand, on any data of the same form.

    ./bench understanding [--data DIR] [--authorship FILE] [--hostility FILE]
                          [--manipulation DIR] [--own PATH] [--only PART[,PART]] [--seed N]

``--data`` is the folder of public data (its README says what lies where); the other
options name one part's data in its place. ``--own`` is a file or folder of labelled
messages (docs/formats/labelled-message.md); left out, the project's own test part.
Parts: own, encoder (the same, read with the sentence encoder), cost, manipulation,
hostility, authorship, wanted. A part whose data is missing is left out, and says so.
With ``--json`` every figure has its bootstrap interval (95 %) beside it, under ``NAME_interval``.
"""

import argparse
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.table import Row, Table

OWN = Path(__file__).parents[2] / "data" / "messages" / "test"
PARTS = ("own", "encoder", "cost", "manipulation", "hostility", "authorship", "wanted")
Figures = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Goal:
    """Where a figure stands, what we set ourselves, and what others reached."""

    what: str
    path: tuple[str, ...]
    goal: float | None
    baseline: str = ""
    unit: str = ""
    more_is_better: bool = True


def _same_writer() -> Iterator[Goal]:
    goals = {"1": 0.87, "3": 0.93, "5": 0.95, "10": 0.97}
    baseline = {"1": ".764", "3": ".841", "5": ".907", "10": ".926"}
    for m, goal in goals.items():
        name = f"same writer, other recipient, {m} unknown: AUC"
        path = ("authorship", "cross-recipient", m)
        yield Goal(name, (*path, "auc"), goal, f"baseline {baseline[m]}")
        least, said = (0.60, "baseline .42") if m == "5" else (None, "")
        yield Goal(
            f"same writer, other recipient, {m} unknown: found at 1 % false",
            (*path, "tpr_at_1pct_fpr"), least, said,
        )  # fmt: skip
        yield Goal(
            f"same writer, other recipient, {m} unknown: calibration error",
            (*path, "ece"), None, more_is_better=False,
        )  # fmt: skip
    for m in goals:
        yield Goal(f"same writer, later, {m} unknown: AUC", ("authorship", "time", m, "auc"), None)


def _hostility() -> Iterator[Goal]:
    bert = {
        "antagonize": 0.82, "hostile": 0.84, "dismissive": 0.82,
        "condescending": 0.78, "sarcastic": 0.64,
    }  # fmt: skip
    baseline = dict(zip(bert, (".708", ".683", ".689", ".658", ".572"), strict=True))
    for label, goal in bert.items():
        said = f"the goal is the published BERT; baseline {baseline[label]}"
        yield Goal(f"hostility, {label}: AUC", ("hostility", label, "auc"), goal, said)


def _own_goals(part: str) -> Iterator[Goal]:
    name = "own" if part == "own" else "own, with the encoder"
    yield Goal(f"{name}: tactics, macro average precision", (part, "tactics_map"), 0.80)
    yield Goal(f"{name}: needs, macro average precision", (part, "needs_map"), 0.90)
    yield Goal(f"{name}: facts, exact match F1", (part, "facts_f1"), 0.90)
    yield Goal(f"{name}: danger of tier 1, recall", (part, "tier1_recall"), 0.98)
    yield Goal(
        f"{name}: wanted messages raised",
        (part, "false_alarms_per_1000"),
        2.0,
        unit="per 1,000",
        more_is_better=False,
    )
    yield Goal(f"{name}: hook in a need, both found", (part, "hook_in_need"), 0.90)
    yield Goal(
        f"{name}: an other's harmless messages raised",
        (part, "raised_of_others_harmless"),
        None,
        "doubt is raised",
        more_is_better=False,
    )


GOALS = (
    *_own_goals("own"),
    *_own_goals("encoder"),
    Goal(
        "manipulation: macro F1", ("manipulation", "macro_f1"), 0.69,
        "baseline .653, GPT-5 Chat .570, best fine-tuned 4B .729",
    ),
    Goal("manipulation: AUC", ("manipulation", "auc"), 0.76, "baseline .719"),
    Goal("manipulation: accuracy", ("manipulation", "accuracy"), None, "all positive .691"),
    Goal("manipulation, linear alone: macro F1", ("manipulation", "linear", "macro_f1"), None),
    Goal("manipulation, linear alone: AUC", ("manipulation", "linear", "auc"), None),
    *_hostility(),
    *_same_writer(),
    Goal(
        "new acquaintances asked about", ("wanted", "acquaintances", "ask"), 0.02,
        more_is_better=False,
    ),
    Goal(
        "new acquaintances held", ("wanted", "acquaintances", "held"), 0.0, more_is_better=False
    ),
    Goal("real wanted mails asked about", ("wanted", "hams", "ask"), 0.005, more_is_better=False),
    Goal("real wanted mails held", ("wanted", "hams", "held"), 0.0, more_is_better=False),
    Goal(
        "one message read, median", ("cost", "median_ms"), 1.0, unit="ms", more_is_better=False
    ),
    Goal("one message read, p99", ("cost", "p99_ms"), None, unit="ms", more_is_better=False),
    Goal(
        "in batches, median", ("cost", "batch_median_ms"), 0.3, unit="ms", more_is_better=False
    ),
)  # fmt: skip


def run(arguments: list[str]) -> Table:
    """Measure; gives one table, with every figure beside it as data."""
    chosen = _chosen(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stillwater.config.settings")
    found: Figures = {}
    notes = []
    for part in chosen.only.split(","):
        figures = _MEASURES[part](chosen)
        if figures is None:
            notes.append(f"{part}: its data is not here (--data, or the part's own option).")
        else:
            found[part] = figures
    return Table(
        part="understanding",
        rows=tuple(row for goal in GOALS if (row := _row(goal, found)) is not None),
        notes=tuple(notes),
        figures=found,
    )


def _chosen(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="./bench understanding",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    shared = Path(__file__).parents[3] / "shared" / "data"
    parser.add_argument("--data", type=Path, default=shared if shared.is_dir() else None)
    for name in ("authorship", "hostility", "manipulation"):
        parser.add_argument(f"--{name}", type=Path)
    parser.add_argument("--own", type=Path, default=OWN)
    parser.add_argument("--only", default=",".join(PARTS))
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args(arguments)
    unknown = set(chosen.only.split(",")) - set(PARTS)
    if unknown:
        parser.error(f"there is no part {', '.join(sorted(unknown))}: {', '.join(PARTS)}")
    return chosen


def _there(chosen: argparse.Namespace, given: Path | None, *below: str) -> Path | None:
    path = given or (chosen.data.joinpath(*below) if chosen.data else None)
    return path if path is not None and path.exists() else None


def _own(chosen: argparse.Namespace) -> Figures | None:
    from benchmarks.understanding.own import measure

    return measure(chosen.own, chosen.seed) if chosen.own.exists() else None


def _encoder(chosen: argparse.Namespace) -> Figures | None:
    """The own data once more, read with the sentence encoder."""
    from benchmarks.understanding.own import measure

    if not chosen.own.exists():
        return None
    return measure(chosen.own, chosen.seed, with_encoder=True)


def _cost(chosen: argparse.Namespace) -> Figures | None:
    from benchmarks.understanding.cost import measure

    return measure(chosen.own) if chosen.own.exists() else None


def _manipulation(chosen: argparse.Namespace) -> Figures | None:
    from benchmarks.understanding.manipulation import measure

    folder = _there(chosen, chosen.manipulation, "manipulation")
    return measure(folder, chosen.seed) if folder else None


def _of_hostility(chosen: argparse.Namespace) -> Figures | None:
    from benchmarks.understanding.hostility import measure

    file = _there(chosen, chosen.hostility, "hostility", "ucc-test.jsonl")
    if file is None:
        return None
    beside = file.with_name("ucc-val.jsonl")
    train = beside if beside.exists() else _there(chosen, None, "hostility", "ucc-val.jsonl")
    return measure(file, train, chosen.seed) if train else None


def _authorship(chosen: argparse.Namespace) -> Figures | None:
    from benchmarks.understanding.authorship import measure

    file = _there(chosen, chosen.authorship, "authorship", "nus-sms.jsonl.gz")
    return measure(file, seed=chosen.seed) if file else None


def _wanted(chosen: argparse.Namespace) -> Figures | None:
    from benchmarks.understanding.wanted import measure

    file = _there(chosen, chosen.authorship, "authorship", "nus-sms.jsonl.gz")
    hams = _there(chosen, None, "mail", "spamassassin-ham.mbox.gz")
    return measure(file, hams, seed=chosen.seed) if file or hams else None


_MEASURES: Mapping[str, Callable[[argparse.Namespace], Figures | None]] = {
    "own": _own,
    "encoder": _encoder,
    "cost": _cost,
    "manipulation": _manipulation,
    "hostility": _of_hostility,
    "authorship": _authorship,
    "wanted": _wanted,
}


def _row(goal: Goal, found: Figures) -> Row | None:
    """The figure with its interval; None: it was not measured."""
    holder: Any = found
    for step in goal.path[:-1]:
        holder = holder.get(step) if isinstance(holder, Mapping) else None
    name = goal.path[-1]
    if not isinstance(holder, Mapping) or holder.get(name) is None:
        return None
    within = holder.get(f"{name}_interval")
    said = f"[{within[0]:.3g}, {within[1]:.3g}]" if within else ""
    return Row(
        goal.what,
        float(holder[name]),
        goal.unit,
        goal=goal.goal,
        more_is_better=goal.more_is_better,
        note=" · ".join(part for part in (said, goal.baseline) if part),
    )
