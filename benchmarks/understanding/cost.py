"""What reading costs on one core: milliseconds singly and in batches, memory, time to load."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from stillwater.reading import reader
from stillwater.reading.model.examples import asked_of, rows_in
from stillwater.reading.model.judging import Rules, shipped_model
from stillwater.reading.parts import as_read

BATCH = 64
ROUNDS = 3

_LOADING = (
    "import json, re, time; began = time.perf_counter();"
    "from stillwater.reading.reader import prepare; prepare();"
    "print(json.dumps({'load_s': round(time.perf_counter() - began, 3),"
    # Not what getrusage says: that begins with the most of the process that started this one.
    r"'memory_mb': int(re.search(r'VmHWM:\s+(\d+)',"
    " open('/proc/self/status').read())[1]) // 1024}))"
)


def measure(path: Path, most: int = 1_000) -> dict[str, Any]:
    """Of the first ``most`` messages of a labelled file: rules and model, and the model alone."""
    reader.prepare()
    asked = [asked_of(row) for row in rows_in(path)[:most]]
    singly = _singly(asked)
    return {
        "messages": len(asked),
        "median_ms": _quantile(singly, 0.5),
        "p99_ms": _quantile(singly, 0.99),
        "batch_median_ms": _quantile(_batched(asked), 0.5),
        "model_median_ms": _quantile(_model_alone(asked, with_encoder=True), 0.5),
        "linear_median_ms": _quantile(_model_alone(asked, with_encoder=False), 0.5),
        **_loading(),
    }


def _singly(asked: Sequence[Any]) -> list[float]:
    """The least of some rounds for each message: other programs take the rest."""
    taken = []
    for one in asked:
        rounds = []
        for _ in range(ROUNDS):
            began = time.perf_counter()
            reader.read(one)
            rounds.append(time.perf_counter() - began)
        taken.append(min(rounds))
    return taken


def _batched(asked: Sequence[Any]) -> list[float]:
    """Seconds a message, for each batch."""
    taken = []
    for at in range(0, len(asked), BATCH):
        batch = asked[at : at + BATCH]
        began = time.perf_counter()
        for one in batch:
            reader.read(one)
        taken.append((time.perf_counter() - began) / len(batch))
    return taken


def _model_alone(asked: Sequence[Any], *, with_encoder: bool) -> list[float]:
    model = shipped_model(with_encoder=with_encoder)
    taken = []
    for one in asked:
        seen = reader.look(one, as_read(one).text)
        began = time.perf_counter()
        model.judge(seen.text, (), Rules(), from_other=one.from_other)
        taken.append(time.perf_counter() - began)
    return taken


def _quantile(seconds: Sequence[float], at: float) -> float:
    return round(float(np.quantile(seconds, at)) * 1000, 3) if seconds else float("nan")


def _loading() -> dict[str, Any]:
    """Load time and memory of a fresh process, as the reader's child is one."""
    done = subprocess.run(
        [sys.executable, "-c", _LOADING],
        capture_output=True,
        check=True,
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
        cwd=Path(__file__).parents[2],
    )
    loaded: dict[str, Any] = json.loads(done.stdout)
    return loaded
