"""Making background.json anew: how people in general type, and the line that calibrates.

From texts whose writer is known. Where real writers of one way of texting are few,
*imitated* ones fill up: a writer's habits are drawn at random (how often they drop an
apostrophe, which spelling of "tomorrow" is theirs, …) and put on plain texts of others,
so that content says nothing and habit everything. Deterministic for a seed.

Numpy is imported where it is used: only training needs it.
"""

import json
import math
import random
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from stillwater.identity.style.background import Background, Calibration
from stillwater.identity.style.habits import choices_in
from stillwater.identity.style.spellings import CHOICES, WAY_OF
from stillwater.identity.style.writer import Streams, Writer, means, words_of

SEED = 20260301
IMITATED = 700  # writers
TEXTS_EACH = 20
KNOWN, UNKNOWN = 40, 10
_FEWEST = 9  # texts of a real writer that can be split into known and unknown
_LEAST_WORD = 2  # how often a word is used by anybody to be kept in the table
_LEAST_ANSWER = 2
_PLAIN_WORD = re.compile(r"[A-Za-z]+(?:'[a-z]+)?")
_DRAWN = (":)", ":-)", ":D", "=)", "xD", ":p", ";)", ":(", "^^", "<3", "😂", "😊", "❤️", "=D", "🙏")
_LAUGHS = (("haha", "hahaha"), ("lol",), ("hehe", "haha"), ("lols",), ("LOL", "haha"), ("hahahah",))
_TAGS = (
    "lah", "lor", "la", "leh", "man", "bro", "dear", "yaar", "da", "hor", "dude", "babe", "x",
    "xx", "ya", "okay", "ah", "eh", "sia", "mate", "innit", "love",
)  # fmt: skip


@dataclass(frozen=True)
class Imitated:
    """Habits drawn at random. Rates lie between 0 and 1."""

    ways: Sequence[Sequence[float]]
    rates: Mapping[str, float]
    smileys: Sequence[str]
    laughs: Sequence[str]
    tags: Sequence[str]
    dots: str


# name of a habit: the two parameters of the Beta distribution that its rate is drawn from
_RATES = {
    "lower": (0.5, 0.5),
    "small i": (0.4, 0.4),
    "no apostrophe": (0.5, 0.5),
    "no stop": (0.6, 0.4),
    "dots": (0.3, 1.2),
    "shout": (0.1, 4.0),
    "exclaim": (0.3, 2.0),
    "smiley": (0.3, 1.5),
    "laugh": (0.3, 1.5),
    "tag": (0.2, 2.0),
    "no space": (0.2, 2.0),
    "no comma": (0.4, 0.6),
    "stretch": (0.2, 2.0),
}


def draw_writer(chance: random.Random) -> Imitated:
    """A writer whose habits are their own, from the plainest to the most clipped."""
    clipped = chance.random() ** 0.7
    return Imitated(
        ways=[_draw_ways(len(ways), clipped, chance) for ways in CHOICES],
        rates={name: chance.betavariate(*beta) for name, beta in _RATES.items()},
        smileys=chance.sample(_DRAWN, 3),
        laughs=chance.choice(_LAUGHS),
        tags=chance.sample(_TAGS, 3),
        dots="." * chance.choice((2, 3, 3, 4)),
    )


def _draw_ways(count: int, clipped: float, chance: random.Random) -> list[float]:
    usual = chance.gammavariate(max(0.02, 1.5 - 1.1 * clipped), 1)
    rest = [
        chance.gammavariate(0.12 * clipped / (1 + 0.3 * at) + 1e-9, 1) for at in range(count - 1)
    ]
    return [usual + 1e-9, *rest]


def imitate(text: str, one: Imitated, chance: random.Random) -> str:
    """The same text as this writer might have typed it."""

    def does(name: str) -> bool:
        return chance.random() < one.rates[name]

    text = _PLAIN_WORD.sub(lambda found: _respelt(found.group(), one, chance), text)
    text = text.replace("'", "") if does("no apostrophe") else text
    text = text.lower() if does("lower") else text
    text = re.sub(r"\bI\b", "i", text) if does("small i") else text
    text = text.replace(",", "") if does("no comma") else text
    text = text.rstrip(".") if does("no stop") else text
    text = _dotted(text, one, chance) if does("dots") else text
    text = _laughing(text, chance.choice(one.laughs), chance) if does("laugh") else text
    text = f"{text.rstrip('.')} {chance.choice(one.tags)}" if does("tag") else text
    text = text.rstrip(".") + chance.choice(("!", "!!", "!")) if does("exclaim") else text
    text = f"{text} {chance.choice(one.smileys)}" if does("smiley") else text
    text = re.sub(r"([.,!?]) ", r"\1", text) if does("no space") else text
    text = _stretched(text, chance) if does("stretch") else text
    return text.upper() if does("shout") else text


def _respelt(word: str, one: Imitated, chance: random.Random) -> str:
    found = WAY_OF.get(word.lower())
    if found is None or (found[1] and chance.random() < 0.5):
        return word
    new = chance.choices(CHOICES[found[0]], one.ways[found[0]])[0]
    return new.capitalize() if word[0].isupper() and len(word) > 1 else new


def _dotted(text: str, one: Imitated, chance: random.Random) -> str:
    text = re.sub(r"\.(?=\s|$)", one.dots, text)
    return text + one.dots if chance.random() < 0.5 else text


def _laughing(text: str, laugh: str, chance: random.Random) -> str:
    return f"{laugh} {text}" if chance.random() < 0.6 else f"{text} {laugh}"


def _stretched(text: str, chance: random.Random) -> str:
    words = text.split(" ")
    at = chance.randrange(len(words))
    if len(words[at]) > 1 and words[at][-1].isalpha():
        words[at] += words[at][-1] * chance.randint(1, 4)
    return " ".join(words)


# The whole


@dataclass(frozen=True)
class Sample:
    """The texts of one real writer. Only writers of one ``group`` are compared: a language, a kind.

    ``plain``: English that may be imitated in other habits.
    """

    writer: str
    group: str
    texts: Sequence[str]
    plain: bool = True


def read_samples(data: Path) -> list[Sample]:
    """The writers of ``data/messages/train/*.jsonl`` and of ``data/style/*.jsonl``."""
    texts: dict[tuple[str, str], list[str]] = defaultdict(list)
    for file in [*sorted(data.glob("messages/train/*.jsonl")), *sorted(data.glob("style/*.jsonl"))]:
        for line in file.read_text("utf-8").splitlines():
            row = json.loads(line)
            group = f"{file.parent.name} {row.get('language') or 'en'}"
            texts[group, f"{file.stem} {row['author']}"].append(row["text"])
    return [
        Sample(writer, group, some, plain=group.endswith(" en"))
        for (group, writer), some in sorted(texts.items())
    ]


def train(samples: Sequence[Sample], seed: int = SEED) -> dict[str, Any]:
    """The content of background.json. The same input, the same output."""
    chance = random.Random(seed)  # noqa: S311 - imitation, nothing secret
    plain = [text for one in samples if one.plain for text in one.texts]
    imitated = []
    for _ in range(IMITATED):
        one = draw_writer(chance)
        imitated.append(
            [imitate(chance.choice(plain), one, chance) for _ in range(KNOWN + UNKNOWN)]
        )
    texts = [text for one in samples for text in one.texts]
    counted = _count([*texts, *(text for each in imitated for text in each[:TEXTS_EACH])])
    flat = Background(counted["habits"], counted["words"], Calibration(0, 0, 0, 0, 0, 0))
    line = _fit(flat, [*_real_pairs(samples, chance), *_imitated_pairs(imitated, chance)])
    return {**counted, "calibration": {name: round(value, 4) for name, value in line.items()}}


def _count(texts: Sequence[str]) -> dict[str, Any]:
    habits: dict[str, Counter[str]] = defaultdict(Counter)
    words: Counter[str] = Counter()
    for text in texts:
        for habit, answer in choices_in(text):
            habits[habit][answer] += 1
        words.update(words_of(text))
    return {
        "habits": {
            habit: {
                answer: count
                for answer, count in sorted(habits[habit].items())
                if count >= _LEAST_ANSWER
            }
            for habit in sorted(habits)
        },
        "words": {word: n for word, n in sorted(words.items()) if n >= _LEAST_WORD},
    }


Pair = tuple[Sequence[str], Sequence[str], bool]
Split = tuple[str, list[str], list[str]]  # whose, known, unknown


def _real_pairs(samples: Sequence[Sample], chance: random.Random) -> list[Pair]:
    """Known and unknown texts of each writer, and as unknown those of another as well."""
    groups: dict[str, list[Split]] = defaultdict(list)
    for one in samples:
        for _ in range(4 if len(one.texts) >= _FEWEST else 0):
            texts = chance.sample(one.texts, len(one.texts))
            cut = max(3, len(texts) // 3)
            groups[one.group].append((one.writer, texts[cut:][:KNOWN], texts[:cut][:UNKNOWN]))
    return [pair for group in sorted(groups) for pair in _pairs(groups[group], chance)]


def _imitated_pairs(imitated: Sequence[Sequence[str]], chance: random.Random) -> list[Pair]:
    return _pairs(
        [(str(at), list(texts[:KNOWN]), list(texts[KNOWN:])) for at, texts in enumerate(imitated)],
        chance,
    )


def _pairs(split: Sequence[Split], chance: random.Random) -> list[Pair]:
    pairs: list[Pair] = []
    for writer, known, unknown in split:
        others = [unknown for rival, _, unknown in split if rival != writer]
        if others:
            pairs += [(known, unknown, True), (known, chance.choice(others), False)]
    return pairs


def _fit(background: Background, pairs: Sequence[Pair]) -> dict[str, float]:
    """Logistic regression by Newton's method with a slight ridge: six numbers."""
    import numpy as np

    rows, truth = [], []
    for known, unknown, same in pairs:
        writer = Writer.of(known)
        for m in (1, 3, 5, 10):
            if len(unknown) >= m:
                seen = sum((writer.streams(one, background) for one in unknown[:m]), Streams())
                rows.append(_row(seen))
                truth.append(float(same))
    x, y = np.array(rows), np.array(truth)
    beta = np.zeros(x.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ beta))
        gradient = x.T @ (y - p) - 0.01 * beta
        curvature = (x * (p * (1 - p))[:, None]).T @ x + 0.01 * np.eye(len(beta))
        beta = beta + np.linalg.solve(curvature, gradient)
    names = ("at", "log_m", "habits", "habits_log_m", "words", "words_log_m")
    return dict(zip(names, (float(value) for value in beta), strict=True))


def _row(seen: Streams) -> list[float]:
    log_m = math.log(max(1, seen.texts))
    habits, words = means(seen)
    return [1.0, log_m, habits, habits * log_m, words, words * log_m]
