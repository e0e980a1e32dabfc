"""Wanted mail, and new handles: who is asked about for nothing, and who gets through.

All of it goes through ``gate.replay``, line by line, as ``stillwater replay`` would.

- ``acquaintances``: one author of the NUS SMS Corpus is the other (60 texts from their
  handle); further authors of the same country write to the person for the first time,
  eight texts each, one handle each. Goals: under 2 % of the messages asked, none held.
- ``hams``: the SpamAssassin wanted mails, each from its own sender, after the same other.
  Goals: none held, under 0.5 % asked. (Sentences of these mails are among what the
  general habits of typing were counted on; no sender of them was ever "the other".)
- ``new_handles``: the same author who is the other writes eight texts under a new number,
  to one recipient who got none of those learnt from. How many are left untouched as the
  first, second, … message. Ordinary texts of daily life: nobody in them claims, pulls or
  gives a name more often than people do.
"""

import base64
import gzip
import json
import random
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from mailbox import mbox
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from benchmarks.understanding.authorship import Text, read, sides_by_recipient
from stillwater.gate.replay import Replay
from stillwater.plan.form import parse
from stillwater.reading.sandbox import InProcessReader

THEIRS, EACH, NEW = 60, 8, 12
_PLAN = """
[you]
names = ["Sam"]
handles = ["+6580000000", "sam@home.example"]
region = "SG"
timezone = "Asia/Singapore"
[[others]]
label = "J"
names = ["Jordan"]
handles = ["+6581111111"]
mode = "no_contact"
since = 2026-01-01
"""
_OTHER = "+6581111111"
_START = datetime.fromisoformat("2026-02-01T08:00:00+08:00")

Lines = list[dict[str, Any]]


def measure(
    authorship: Path | None,
    hams: Path | None,
    *,
    seed: int = 20260301,
    only: Callable[[str], bool] | None = None,
) -> dict[str, Any]:
    """``{acquaintances, hams, new_handles}``, each left out where its data is missing."""
    found: dict[str, Any] = {}
    texts: list[Text] = []
    if authorship is not None:
        texts = [one for one in read(authorship) if only is None or only(one.author)]
        found["acquaintances"] = acquaintances(texts, seed)
        found["new_handles"] = new_handles(texts, seed)
    if hams is not None:
        found["hams"] = of_mails(hams, texts, seed)
    return found


def decisions(lines: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """What replay says of these lines, in order."""
    replay = Replay(parse(_PLAN), InProcessReader(), lambda _: None)
    return [json.loads(one) for one in replay.decide_lines(json.dumps(x).encode() for x in lines)]


def acquaintances(texts: Sequence[Text], seed: int) -> dict[str, Any]:
    by_author, chance = _by_author(texts), random.Random(f"acquaintances {seed}")
    actions: dict[str, list[str]] = {}
    for other in _others(by_author):
        others = [
            one
            for one in sorted(by_author)
            if one != other and by_author[one][0].country == by_author[other][0].country
        ]
        new = [one for one in others if len(by_author[one]) >= EACH]
        new = chance.sample(new, min(NEW, len(new)))
        theirs = [one.text for one in chance.sample(by_author[other], THEIRS)]
        lines = _lines(_OTHER, theirs, 0)
        for at, one in enumerate(new):
            some = [each.text for each in chance.sample(by_author[one], EACH)]
            lines += _lines(f"+6582{at:06}", some, len(lines))
        actions[other] = _suspected(decisions(lines)[THEIRS:])
    return _shares(actions, seed)


def new_handles(texts: Sequence[Text], seed: int) -> dict[str, Any]:
    """The share that is left untouched by the k-th message, over authors."""
    chance = random.Random(f"new {seed}")
    untouched: list[list[bool]] = []
    by_author = _by_author(texts)
    for other in _others(by_author):
        ways = list(sides_by_recipient(by_author[other], needed=THEIRS))
        for known, unknown in chance.sample(ways, min(5, len(ways))):
            theirs = [one.text for one in chance.sample(known, THEIRS)]
            some = [one.text for one in chance.sample(unknown, EACH)]
            lines = [*_lines(_OTHER, theirs, 0), *_lines("+6583000000", some, THEIRS)]
            untouched.append([one == "untouched" for one in _suspected(decisions(lines)[THEIRS:])])
    if not untouched:
        return {}
    shares = np.array(untouched).mean(axis=0)
    return {str(k + 1): round(float(share), 4) for k, share in enumerate(shares)} | {
        "trials": len(untouched)
    }


def of_mails(path: Path, texts: Sequence[Text], seed: int) -> dict[str, Any]:
    by_author = _by_author(texts)
    others = _others(by_author)
    lines: Lines = []
    if others:
        chance = random.Random(f"hams {seed}")
        most = max(others, key=lambda one: len(by_author[one]))
        theirs = [one.text for one in chance.sample(by_author[most], THEIRS)]
        lines = _lines(_OTHER, theirs, 0)
    known = len(lines)
    for at, raw in enumerate(_mails(path)):
        lines.append(
            {
                "id": f"h{at}",
                "received_at": (_START + timedelta(days=10, minutes=at)).isoformat(),
                "channel": "mail",
                "direction": "in",
                "raw": base64.b64encode(raw).decode(),
            }
        )
    return _shares({"hams": _suspected(decisions(lines)[known:])}, seed)


def _mails(path: Path) -> list[bytes]:
    with TemporaryDirectory() as folder:
        plain = Path(folder) / "hams.mbox"
        data = path.read_bytes()
        plain.write_bytes(gzip.decompress(data) if path.suffix == ".gz" else data)
        return [one.as_bytes() for one in mbox(plain)]


def _by_author(texts: Sequence[Text]) -> dict[str, list[Text]]:
    found: dict[str, list[Text]] = defaultdict(list)
    for one in texts:
        found[one.author].append(one)
    return found


def _others(by_author: dict[str, list[Text]]) -> list[str]:
    return [one for one in sorted(by_author) if len(by_author[one]) >= THEIRS + EACH]


def _lines(handle: str, texts: Sequence[str], start: int) -> Lines:
    return [
        {
            "id": f"{handle} {at}",
            "received_at": (_START + timedelta(hours=start + at)).isoformat(),
            "channel": "sms",
            "direction": "in",
            "from": [{"handle": handle}],
            "text": text,
        }
        for at, text in enumerate(texts)
    ]


def _suspected(found: Sequence[dict[str, Any]]) -> list[str]:
    """What identity led to: "held", or "ask", which an alert of danger may stand above."""
    return [
        "untouched"
        if one["match"]["other"] is None
        else "held"
        if one["decision"]["action"] == "held"
        else "ask"
        for one in found
    ]


def _shares(actions: dict[str, list[str]], seed: int) -> dict[str, Any]:
    """Shares of messages; the intervals draw groups (authors), or messages where there is one."""
    chance = np.random.default_rng(seed)
    groups = [np.array(one) for one in actions.values()]
    if len(groups) == 1:
        groups = list(groups[0].reshape(-1, 1))
    found: dict[str, Any] = {"messages": sum(map(len, groups)), "groups": len(actions)}
    for action in ("ask", "held"):
        counts = np.array([(one == action).sum() for one in groups])
        sizes = np.array([len(one) for one in groups])
        found[action] = round(float(counts.sum() / sizes.sum()), 5)
        drawn = [
            counts[some].sum() / sizes[some].sum()
            for some in chance.integers(0, len(groups), (500, len(groups)))
        ]
        found[f"{action}_interval"] = [
            round(float(x), 5) for x in np.quantile(drawn, (0.025, 0.975))
        ]
    return found
