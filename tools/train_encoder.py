"""Tunes the sentence encoder to our labels and writes stillwater/reading/model/encoder.npz.

    python tools/train_encoder.py MINILM_FOLDER

The folder holds model.safetensors and vocab.txt of all-MiniLM-L6-v2 (Apache-2.0). Needs what
requirements/encoder.in names beside dev.txt. The first FIRST layers are kept, of these the
upper ones are tuned; one writer in HELD_BACK is held back, and on their messages the encoder
is joined with the linear weights (``model.stacking``). Seeds are fixed, but sums run in
another order on another machine: made anew, the weights are alike, not equal.
"""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from stillwater.reading.model import encoder, judging, labels, stacking, training, weights
from stillwater.reading.model.encoder import WINDOW, Layer
from stillwater.reading.model.examples import example_of, rows_in
from stillwater.reading.model.pieces import Floats
from stillwater.reading.model.training import Example
from stillwater.reading.model.vectors import vectors_in
from stillwater.reading.model.wordpiece import WordPiece

HERE = Path(__file__).resolve().parent.parent
FIRST, FROZEN = 4, 2  # layers that are kept, and of these left as they came
ROUNDS, RATE, HEAD_RATE = 4, 1.2e-4, 3  # the head learns so many times faster
WARM, FLOOR_RATE = 0.1, 0.02  # share of steps until the full rate; least rate
ROWS, SEGMENTS = 8, 8  # rows of WINDOW pieces in a step; messages in a row
DROPPED_PIECES, DROPPED = 0.06, 0.15
SMOOTHED, FOUND_COUNTS, PICKED_COUNTS = 0.03, 2.0, 0.6
STEEPEST, DECAY = 5.0, 0.01
HELD_BACK = 8  # one message in so many, by writers, joins the encoder with the linear weights
SEED = 20260101
WORDS_KEPT = 18_000
LAST_LATIN = "\u024f"
_PARTS = {
    "wo": "attention.output.dense.weight",
    "bo": "attention.output.dense.bias",
    "g1": "attention.output.LayerNorm.weight",
    "h1": "attention.output.LayerNorm.bias",
    "wi": "intermediate.dense.weight",
    "bi": "intermediate.dense.bias",
    "wf": "output.dense.weight",
    "bf": "output.dense.bias",
    "g2": "output.LayerNorm.weight",
    "h2": "output.LayerNorm.bias",
}


# What it starts from.


def layer_of(held: dict[str, Any], number: int) -> dict[str, Floats]:
    """One layer of the encoder as it came, named as in ``encoder.Layer``."""
    at = f"encoder.layer.{number}."
    three = [f"{at}attention.self.{name}." for name in ("query", "key", "value")]
    found = {
        "wqkv": np.concatenate([held[f"{one}weight"].T for one in three], 1),
        "bqkv": np.concatenate([held[f"{one}bias"] for one in three]),
    }
    for name, theirs in _PARTS.items():
        values = held[at + theirs]
        found[name] = values.T if name.startswith("w") else values
    return found


def embedded(held: dict[str, Any], pieces: Sequence[int]) -> Floats:
    """What goes into the first layer: [pieces, D]."""
    state = (
        held["embeddings.word_embeddings.weight"][np.array(pieces)]
        + held["embeddings.position_embeddings.weight"][: len(pieces)]
        + held["embeddings.token_type_embeddings.weight"][0]
    )
    away = state - state.mean(-1, keepdims=True)
    scaled = away / np.sqrt((away**2).mean(-1, keepdims=True) + 1e-12)
    return np.asarray(
        scaled * held["embeddings.LayerNorm.weight"] + held["embeddings.LayerNorm.bias"],
        np.float32,
    )


def pieces_of(cut: WordPiece, one: Example) -> list[int]:
    """A message as one window: the same opening that the reader writes."""
    head = encoder.opening(cut, one.before, from_other=one.from_other)
    words = encoder.trimmed(one.text.words)
    return [*head, *cut.numbers(words, WINDOW - len(head) - 1), cut.sep]


# Several messages in one row: nothing is padded, and each heeds only itself.


def packed(order: Sequence[int], lengths: Sequence[int]) -> list[list[list[int]]]:
    """Steps of rows of messages."""
    steps: list[list[list[int]]] = []
    rows: list[list[int]] = []
    left: list[int] = []
    for one in order:
        fits = [at for at, free in enumerate(left) if free >= lengths[one]]
        fits = [at for at in fits if len(rows[at]) < SEGMENTS]
        if fits:
            rows[fits[0]].append(one)
            left[fits[0]] -= lengths[one]
            continue
        if len(rows) == ROWS:
            steps.append(rows)
            rows, left = [], []
        rows.append([one])
        left.append(WINDOW - lengths[one])
    return [*steps, rows] if rows else steps


def laid(rows: Sequence[Sequence[int]], states: Any, truth: Floats, counts: Floats) -> Any:
    """One step: states, whose they are (-1: nobody's), where each begins, truth, what counts."""
    width = states[rows[0][0]].shape[1]
    state = np.zeros((ROWS, WINDOW, width), np.float32)
    whose = np.full((ROWS, WINDOW), -1, np.int32)
    begins = np.zeros((ROWS, SEGMENTS), np.int32)
    wanted = np.zeros((2, ROWS, SEGMENTS, truth.shape[1]), np.float32)
    for row, held in enumerate(rows):
        at = 0
        for place, one in enumerate(held):
            end = at + len(states[one])
            state[row, at:end], whose[row, at:end] = states[one], place
            begins[row, place] = at
            wanted[:, row, place] = truth[one], counts[one]
            at = end
    return state, whose, begins, wanted[0], wanted[1]


# The encoder in JAX; the reader's own numbers are in ``encoder``.


def _normal(state: Any, scale: Any, shift: Any) -> Any:
    import jax

    away = state - state.mean(-1, keepdims=True)
    return away * jax.lax.rsqrt((away**2).mean(-1, keepdims=True) + 1e-12) * scale + shift


def through(layer: Any, state: Any, apart: Any) -> Any:
    import jax
    import jax.numpy as jnp

    rows, length, width = state.shape
    each = width // encoder.HEADS
    split = (state @ layer["wqkv"] + layer["bqkv"]).reshape(rows, length, 3, encoder.HEADS, each)
    heed = jnp.einsum("rihd,rjhd->rhij", split[:, :, 0], split[:, :, 1]) / np.sqrt(each) + apart
    mixed = jnp.einsum("rhij,rjhd->rihd", jax.nn.softmax(heed, -1), split[:, :, 2])
    mixed = mixed.reshape(rows, length, width) @ layer["wo"] + layer["bo"]
    state = _normal(state + mixed, layer["g1"], layer["h1"])
    inner = jax.nn.gelu(state @ layer["wi"] + layer["bi"], approximate=True)
    return _normal(state + inner @ layer["wf"] + layer["bf"], layer["g2"], layer["h2"])


def _apart(whose: Any, kept: Any) -> Any:
    import jax.numpy as jnp

    same = (whose[:, :, None] == whose[:, None, :]) & kept[:, None, :]
    return jnp.where(same, 0.0, -1e4)[:, None]


def logits(held: Any, state: Any, whose: Any, begins: Any, chance: Any = None) -> Any:
    """[rows, segments, labels]; with ``chance`` some pieces and numbers are left out."""
    import jax
    import jax.numpy as jnp

    kept = whose >= -1
    if chance is not None:
        first, second = jax.random.split(chance)
        is_first = (jnp.arange(WINDOW)[None, :, None] == begins[:, None, :]).any(-1)
        kept = (jax.random.uniform(first, whose.shape) > DROPPED_PIECES) | is_first
    apart = _apart(whose, kept)
    for layer in held["layers"]:
        state = through(layer, state, apart)
    on = (whose[:, None, :] == jnp.arange(SEGMENTS)[None, :, None]) & kept[:, None, :]
    weight = on.astype(state.dtype)
    mean = jnp.einsum("rst,rtd->rsd", weight, state) / jnp.maximum(weight.sum(-1)[..., None], 1)
    most = jnp.where(on[..., None], state[:, None], -30.0).max(2)
    most = jnp.where(most < -29, 0.0, most)
    start = jnp.take_along_axis(state, begins[:, :, None], 1)
    seen = jnp.concatenate([mean, most, start], -1)
    if chance is not None:
        seen = seen * (jax.random.uniform(second, seen.shape) > DROPPED) / (1 - DROPPED)
    return seen @ held["head"] + held["b"]


def loss(held: Any, step: Any, chance: Any) -> Any:
    """Cross-entropy over the labels that were looked at."""
    import jax.numpy as jnp

    state, whose, begins, truth, counts = step
    found = logits(held, state, whose, begins, chance)
    wanted = truth * (1 - SMOOTHED) + SMOOTHED / 3
    each = jnp.maximum(found, 0) - found * wanted + jnp.log1p(jnp.exp(-jnp.abs(found)))
    return (each * (1 + (FOUND_COUNTS - 1) * truth) * counts).sum() / (3 * ROWS)


def stepper() -> Any:
    """One step of Adam with decay, steep ones cut: (held, two moments, step, ...) → new ones."""
    import jax
    import jax.numpy as jnp

    each = jax.tree_util.tree_map

    @jax.jit
    def step(held: Any, one: Any, two: Any, laid: Any, key: Any, rate: Any, time: Any) -> Any:
        steep = jax.grad(loss)(held, laid, key)
        size = jnp.sqrt(sum((leaf**2).sum() for leaf in jax.tree_util.tree_leaves(steep)))
        steep = each(lambda leaf: leaf * jnp.minimum(1.0, STEEPEST / (size + 1e-9)), steep)
        one = each(lambda a, leaf: 0.9 * a + 0.1 * leaf, one, steep)
        two = each(lambda b, leaf: 0.99 * b + 0.01 * leaf**2, two, steep)

        def moved(scale: float) -> Any:
            return lambda p, a, b: (
                p
                - rate
                * scale
                * (
                    (a / (1 - 0.9**time)) / (jnp.sqrt(b / (1 - 0.99**time)) + 1e-8)
                    + (DECAY * p if p.ndim > 1 else 0)
                )
            )

        layers = each(moved(1), held["layers"], one["layers"], two["layers"])
        rest = {k: moved(HEAD_RATE)(held[k], one[k], two[k]) for k in ("head", "b")}
        return {"layers": layers, **rest}, one, two

    return step


def rate_at(time: int, steps: int) -> float:
    """Up over the first tenth, then down to nearly nothing."""
    down = max(FLOOR_RATE, 1 - max(0.0, time - WARM * steps) / (0.92 * steps))
    return RATE * min(1.0, time / (WARM * steps)) * down


def frozen_states(held: dict[str, Any], pieces: Sequence[Sequence[int]]) -> list[Floats]:
    """What comes out of the layers that stay as they are, once for all rounds."""
    layers = [Layer(**layer_of(held, number)) for number in range(FROZEN)]
    states = []
    for one in pieces:
        state = embedded(held, one)
        for layer in layers:
            state = encoder.through(layer, state)
        states.append(state)
    return states


def tuned(
    held: dict[str, Any], states: Sequence[Floats], examples: Sequence[Example], used: Any
) -> Any:
    """The upper layers and the head, after ROUNDS over the messages ``used``."""
    import jax

    truth = training.truth_of(examples).astype(np.float32)
    counts = np.ones_like(truth)
    counts[[not one.known for one in examples], : len(labels.TACTICS) + len(labels.NEEDS)] = 0
    counts[[not one.whole for one in examples]] *= PICKED_COUNTS
    chance = np.random.default_rng(SEED)
    lengths = [len(one) for one in states]
    steps = ROUNDS * len(packed(used, lengths))
    share = np.clip(truth[used].mean(0), 1e-3, 0.9)
    now: Any = {
        "layers": [layer_of(held, number) for number in range(FROZEN, FIRST)],
        "head": chance.normal(0, 0.01, (3 * states[0].shape[1], truth.shape[1])),
        "b": np.log(share / (1 - share)),
    }
    now = jax.tree_util.tree_map(lambda leaf: np.asarray(leaf, np.float32), now)
    one = two = jax.tree_util.tree_map(np.zeros_like, now)
    step, key, time = stepper(), jax.random.PRNGKey(0), 0
    for _ in range(ROUNDS):
        for rows in packed(chance.permutation(used).tolist(), lengths):
            time += 1
            key, drawn = jax.random.split(key)
            laid_out = laid(rows, states, truth, counts)
            rate = rate_at(time, steps)
            now, one, two = step(now, one, two, laid_out, drawn, rate, float(time))
    return jax.tree_util.tree_map(np.asarray, now)


# What is shipped.


def kept_words(vocabulary: Sequence[str], seen: set[int]) -> list[int]:
    """Numbers of the pieces that stay: what our texts use, all parts of words, common words."""
    special = {"[UNK]", "[CLS]", "[SEP]"}
    plain = [
        at
        for at, piece in enumerate(vocabulary)
        if piece and not piece.startswith("[") and max(piece) <= LAST_LATIN
    ]
    parts = {at for at in plain if vocabulary[at].startswith("##") or len(vocabulary[at]) == 1}
    kept = parts | seen | {at for at, piece in enumerate(vocabulary) if piece in special}
    common = [at for at in plain if at not in kept]  # the vocabulary begins with what is common
    return sorted(kept | set(common[: max(0, WORDS_KEPT - len(kept))]))


def in_eights(values: Floats, axis: int) -> tuple[Any, Floats]:
    """Whole numbers of eight bits, and the scale of each output."""
    scale = np.maximum(np.abs(values).max(axis), 1e-8) / 127
    return np.rint(values / np.expand_dims(scale, axis)).astype(np.int8), scale.astype(np.float32)


def arrays(held: dict[str, Any], found: Any, vocabulary: Sequence[str], seen: set[int]) -> Any:
    """The file's arrays, without what joins them to the linear weights."""
    kept = kept_words(vocabulary, seen)
    words, words_scale = in_eights(held["embeddings.word_embeddings.weight"][kept], 1)
    places = held["embeddings.position_embeddings.weight"][:WINDOW]
    head, head_scale = in_eights(np.asarray(found["head"]), 0)
    norm = [held["embeddings.LayerNorm.weight"], held["embeddings.LayerNorm.bias"]]
    made = {
        "format": np.array([encoder.FORMAT]),
        "layers": np.array([FIRST]),
        "vocabulary": np.frombuffer("\n".join(vocabulary[at] for at in kept).encode(), np.uint8),
        "words": words,
        "words_scale": words_scale,
        "places": (places + held["embeddings.token_type_embeddings.weight"][0]).astype(np.float16),
        "norm": np.array(norm, np.float32),
        "head": head,
        "head_scale": head_scale,
        "bias": np.asarray(found["b"], np.float32),
    }
    all_layers = [*(layer_of(held, number) for number in range(FROZEN)), *found["layers"]]
    for number, layer in enumerate(all_layers):
        for name, values in layer.items():
            if name.startswith("w"):
                made[f"{number}.{name}"], made[f"{number}.{name}_scale"] = in_eights(values, 0)
            else:
                made[f"{number}.{name}"] = np.asarray(values, np.float32)
    return made


def joined(made: dict[str, Any], first: weights.Weights, examples: Sequence[Example]) -> Any:
    """The arrays with stack and thresholds, from messages that neither half has seen.

    ``first``: linear weights trained without their writers; the second step is the shipped one.
    """
    count = len(labels.LABELS)
    blank = {"stack": np.zeros((count, 5)), "thresholds": np.zeros((count, 4))}
    hears = encoder.Encoder({**made, **blank})
    scoring = training.Scoring(first)
    last = weights.shipped().last
    heard, linear, used = [], [], []
    for one in examples:
        found = hears.hear(one.text, one.before, from_other=one.from_other)
        if found is not None:
            heard.append(found.logits)
            linear.append((scoring.seen(one) * last).sum(1))
            used.append(one)
    stacked = stacking.stack(np.array(linear), np.array(heard), used)
    return {
        **made,
        "stack": np.round(stacked.weights, 4).astype(np.float32),
        "thresholds": np.round(stacked.thresholds, 4).astype(np.float32),
    }


def main(folder: Path) -> None:
    from safetensors.numpy import load_file

    held = load_file(folder / "model.safetensors")
    vocabulary = (folder / "vocab.txt").read_text("utf-8").splitlines()
    cut = WordPiece(vocabulary)
    examples = [example_of(row) for row in rows_in(HERE / "data" / "messages" / "train")]
    pieces = [pieces_of(cut, one) for one in examples]
    away = training.folds_of([one.writer for one in examples], HELD_BACK) == 0
    states = frozen_states(held, pieces)
    found = tuned(held, states, examples, np.flatnonzero(~away).tolist())
    made = arrays(held, found, vocabulary, {one for held in pieces for one in held})
    inside = [one for one, out in zip(examples, away, strict=True) if not out]
    first = training.first_step(inside, vectors_in(HERE / "data" / "vectors" / "words.npz"))
    held_back = [one for one, out in zip(examples, away, strict=True) if out]
    with encoder.shipped_path().open("wb") as file:
        np.savez_compressed(file, **joined(made, first, held_back))
    judging.shipped_model.cache_clear()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
