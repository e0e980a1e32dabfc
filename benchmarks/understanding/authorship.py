"""Same writer or not, by style alone: how often the scorer is right, and how far to trust it.

The file is the NUS SMS Corpus (Chen & Kan 2013) as JSON lines, ``id``, ``author``,
``to``, ``time``, ``country``, ``text``; nothing of the scorer was trained on it.

**How pairs are drawn.** A *trial* has 40 known texts of one author, ten further ones of
the same author (the positive) and ten of another author *of the same country* (the
negative). For m = 1, 3, 5, 10 the first m of the ten are the unknown texts. Every author
who can be drawn from gives the same number of trials, so no prolific one outweighs the rest.

- ``cross-recipient``: the unknown texts of the positive go to one recipient to whom none
  of the known ones went. So they were written to somebody else, as those to a protected
  person under a new number were not, but those that a style is learnt from often were.
- ``time``: the unknown texts are all later than the known ones: the 40 known are drawn
  from the earlier half of an author's texts, the unknown ones from the later half.

The negative's ten texts go to one recipient (``cross-recipient``), or come from the later
half (``time``), like the positive's. Texts of one word or more count, as they are.

**Figures.** ``auc``; ``tpr_at_1pct_fpr``, the share of same-writer pairs whose ratio lies
above all but 1 % of the different-writer pairs; ``ece``, the expected calibration error of
``1 / (1 + exp(-llr))``, at even odds, over ten bins of equal width. Intervals: 95 %, by
drawing known authors with replacement, since the pairs of one author are not independent.
"""

import gzip
import json
import random
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

KNOWN = 40
UNKNOWN = (1, 3, 5, 10)
TRIALS = 20  # an author
RESAMPLES = 500
_COUNTRIES = {"SG": "Singapore", "USA": "United States", "INDIA": "India", "UK": "United Kingdom"}
_TIMES = (
    "%Y.%m.%d %H:%M:%S",
    "%Y.%m.%d %H:%M",
    "%m/%d/%Y %I:%M:%S %p",
    "%m/%d/%Y %H:%M",
    "%m/%d/%Y %H:%M:%S",
)

Scorer = Callable[[Sequence[str], Sequence[Sequence[str]]], Sequence[float]]
"""``scorer(known, [unknown, …])`` gives the llr of each unknown."""
Figures = dict[str, dict[str, dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Text:
    author: str
    to: str
    at: datetime | None
    country: str
    text: str


@dataclass(frozen=True, slots=True)
class Trial:
    """One draw: who is known, what is known, and ten texts of the same and of another."""

    author: str
    known: tuple[str, ...]
    same: tuple[str, ...]
    different: tuple[str, ...]


def measure(
    path: Path,
    *,
    seed: int = 20260301,
    trials: int = TRIALS,
    scorer: Scorer | None = None,
    only: Callable[[str], bool] | None = None,
) -> Figures:
    """``{protocol: {m: {auc, tpr_at_1pct_fpr, ece, auc_interval: [lo, hi], …, pairs, authors}}}``.

    ``scorer`` is the shipped one where it is left out; ``only`` keeps those authors
    for whose id it is true.
    """
    texts = [one for one in read(path) if only is None or only(one.author)]
    score = scorer or shipped
    return {
        protocol: _figures(draw(texts, protocol, seed=seed, trials=trials), score, seed)
        for protocol in ("cross-recipient", "time")
    }


def shipped(known: Sequence[str], unknowns: Sequence[Sequence[str]]) -> Sequence[float]:
    """The scorer of ``stillwater same-writer``."""
    from stillwater.identity.style.writer import Writer

    writer = Writer.of(known)
    return [writer.compare(unknown).llr for unknown in unknowns]


# The corpus


def read(path: Path) -> list[Text]:
    """Every text of the file."""
    raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    rows = [json.loads(line) for line in raw.decode("utf-8").split("\n") if line.strip()]
    return [
        Text(row["author"], row["to"], _time(row["time"]), _country(row["country"]), row["text"])
        for row in rows
    ]


def _country(shown: str) -> str:
    return _COUNTRIES.get(shown.upper() if len(shown) <= 5 else shown, shown)


def _time(shown: str) -> datetime | None:
    for form in _TIMES:
        try:
            return datetime.strptime(shown, form).replace(tzinfo=UTC)
        except ValueError:
            continue
    return None


# Drawing


def draw(texts: Sequence[Text], protocol: str, *, seed: int, trials: int) -> list[Trial]:
    """The trials of one protocol. The same seed, the same trials."""
    by_author: dict[str, list[Text]] = defaultdict(list)
    for one in texts:
        by_author[one.author].append(one)
    sides = sides_by_recipient if protocol == "cross-recipient" else _by_time
    chance = random.Random(f"{protocol} {seed}")
    unknown_of = {
        author: pools
        for author in sorted(by_author)
        if (pools := [later for _, later in sides(by_author[author], needed=0)])
    }
    return [
        trial
        for author in sorted(by_author)
        for trial in _trials(author, by_author, sides, unknown_of, chance, trials)
    ]


Sides = Callable[..., Iterator[tuple[list[Text], list[Text]]]]


def _trials(
    author: str,
    by_author: Mapping[str, list[Text]],
    sides: Sides,
    unknown_of: Mapping[str, Sequence[list[Text]]],
    chance: random.Random,
    trials: int,
) -> Iterator[Trial]:
    ways = list(sides(by_author[author], needed=KNOWN))
    country = by_author[author][0].country
    rivals = [one for one in unknown_of if one != author and by_author[one][0].country == country]
    if not ways or not rivals:
        return
    for _ in range(trials):
        known, unknown = chance.choice(ways)
        rival = chance.choice(unknown_of[chance.choice(rivals)])
        yield Trial(
            author,
            tuple(one.text for one in chance.sample(known, KNOWN)),
            tuple(one.text for one in chance.sample(unknown, max(UNKNOWN))),
            tuple(one.text for one in chance.sample(rival, max(UNKNOWN))),
        )


def sides_by_recipient(
    texts: Sequence[Text], *, needed: int
) -> Iterator[tuple[list[Text], list[Text]]]:
    """Every recipient with enough texts, and the texts to all others."""
    to: dict[str, list[Text]] = defaultdict(list)
    for one in texts:
        if one.to != "unknown":
            to[one.to].append(one)
    named = [one for each in to.values() for one in each]
    for recipient in sorted(to):
        others = [one for one in named if one.to != recipient]
        if len(to[recipient]) >= max(UNKNOWN) and len(others) >= needed:
            yield others, to[recipient]


def _by_time(texts: Sequence[Text], *, needed: int) -> Iterator[tuple[list[Text], list[Text]]]:
    """The earlier and the later half of the dated texts."""
    dated = [one for _, one in sorted(_dated(texts), key=lambda each: each[0])]
    middle = len(dated) // 2
    earlier, later = dated[:middle], dated[middle:]
    later = [one for one in later if not earlier or one.at != earlier[-1].at]
    if len(earlier) >= needed and len(later) >= max(UNKNOWN):
        yield earlier, later


def _dated(texts: Sequence[Text]) -> Iterator[tuple[datetime, Text]]:
    for one in texts:
        if one.at is not None:
            yield one.at, one


# Figures


def _figures(trials: Sequence[Trial], scorer: Scorer, seed: int) -> dict[str, dict[str, Any]]:
    same: dict[int, list[float]] = defaultdict(list)
    different: dict[int, list[float]] = defaultdict(list)
    for one in trials:
        asked = [side[:m] for m in UNKNOWN for side in (one.same, one.different)]
        answers = iter(scorer(one.known, asked))
        for m in UNKNOWN:
            same[m].append(next(answers))
            different[m].append(next(answers))
    authors = [one.author for one in trials]
    return {str(m): with_intervals(authors, same[m], different[m], seed) for m in UNKNOWN}


def with_intervals(
    authors: Sequence[str], same: Sequence[float], different: Sequence[float], seed: int
) -> dict[str, Any]:
    """The three figures and their intervals; trial i is (authors[i], same[i], different[i])."""
    positive, negative = np.array(same), np.array(different)
    where = {one: np.flatnonzero(np.array(authors) == one) for one in sorted(set(authors))}
    chance = np.random.default_rng(seed)
    found: dict[str, Any] = _three(positive, negative)
    drawn: dict[str, list[float]] = {name: [] for name in found}
    for _ in range(RESAMPLES):
        some = np.concatenate([where[one] for one in chance.choice(list(where), size=len(where))])
        for name, value in _three(positive[some], negative[some]).items():
            drawn[name].append(value)
    for name, values in drawn.items():
        found[f"{name}_interval"] = [
            round(float(x), 4) for x in np.quantile(values, (0.025, 0.975))
        ]
    found = {name: round(v, 4) if isinstance(v, float) else v for name, v in found.items()}
    return {**found, "pairs": 2 * len(same), "authors": len(where)}


def _three(positive: NDArray[Any], negative: NDArray[Any]) -> dict[str, float]:
    return {
        "auc": auc(positive, negative),
        "tpr_at_1pct_fpr": tpr_at(positive, negative, 0.01),
        "ece": ece(positive, negative),
    }


def auc(positive: NDArray[Any], negative: NDArray[Any]) -> float:
    """The chance that a same-writer pair scores above a different-writer pair; ties are half."""
    ordered = np.sort(negative)
    below = np.searchsorted(ordered, positive, "left")
    upto = np.searchsorted(ordered, positive, "right")
    return float((below + upto).mean() / 2 / len(negative))


def tpr_at(positive: NDArray[Any], negative: NDArray[Any], fpr: float) -> float:
    """The share of positives strictly above the threshold that ``fpr`` of the negatives reach."""
    allowed = int(fpr * len(negative))
    threshold = np.sort(negative)[::-1][allowed]
    return float((positive > threshold).mean())


def ece(positive: NDArray[Any], negative: NDArray[Any], bins: int = 10) -> float:
    """Expected calibration error of the probability at even odds."""
    llr = np.concatenate([positive, negative])
    truth = np.concatenate([np.ones(len(positive)), np.zeros(len(negative))])
    said = 1 / (1 + np.exp(-np.clip(llr, -50, 50)))
    bucket = np.minimum((said * bins).astype(int), bins - 1)
    count = np.bincount(bucket, minlength=bins)
    gap = np.abs(
        np.bincount(bucket, said, minlength=bins) - np.bincount(bucket, truth, minlength=bins)
    )
    return float(gap.sum() / max(1, count.sum()))


def halves(texts: Collection[Text]) -> tuple[frozenset[str], frozenset[str]]:
    """The authors in two halves, alternating by country and number of texts.

    The design was chosen on the first; the second was looked at once, at the end.
    """
    count: dict[tuple[str, str], int] = defaultdict(int)
    for one in texts:
        count[one.country, one.author] += 1
    ordered = sorted(count, key=lambda one: (one[0], -count[one], one[1]))
    return (
        frozenset(author for _, author in ordered[0::2]),
        frozenset(author for _, author in ordered[1::2]),
    )
