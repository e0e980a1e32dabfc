"""The encoder: bounded work, the same every time, and never needed."""

from pathlib import Path

import numpy as np
import pytest

from stillwater.core.words import DangerCategory
from stillwater.reading import reader
from stillwater.reading.model import encoder, labels, weights
from stillwater.reading.model.encoder import MOST_WINDOWS, WINDOW, Encoder, trimmed
from stillwater.reading.model.judging import SHORT, Model, Rules
from stillwater.reading.model.pieces import Text
from stillwater.reading.model.wordpiece import LONGEST, WordPiece
from tests.unit.reading.asking import ask

WIDTH, INNER = 24, 8
WORDS = ["[UNK]", "[CLS]", "[SEP]", ".", ":", "other", "stranger", "window", "##s", "a"]
COUNT = len(labels.LABELS)


def _made(**other: object) -> Encoder:
    """A small encoder with weights by chance."""
    chance = np.random.default_rng(5)

    def eights(*shape: int) -> object:
        return chance.integers(-127, 128, shape).astype(np.int8)

    held: dict[str, object] = {
        "format": np.array([1]),
        "layers": np.array([1]),
        "vocabulary": np.frombuffer("\n".join(WORDS).encode(), np.uint8),
        "words": eights(len(WORDS), WIDTH),
        "words_scale": np.full(len(WORDS), 0.01, np.float32),
        "places": chance.normal(0, 0.1, (WINDOW, WIDTH)).astype(np.float16),
        "norm": np.array([np.ones(WIDTH), np.zeros(WIDTH)]),
        "head": eights(3 * WIDTH, COUNT),
        "head_scale": np.full(COUNT, 0.01, np.float32),
        "bias": np.zeros(COUNT),
        "stack": np.zeros((COUNT, 5)),
        "thresholds": np.full((COUNT, 4), 2.0),
    }
    shapes = {
        "wqkv": (WIDTH, 3 * WIDTH),
        "wo": (WIDTH, WIDTH),
        "wi": (WIDTH, INNER),
        "wf": (INNER, WIDTH),
    }
    for name, shape in shapes.items():
        held[f"0.{name}"] = eights(*shape)
        held[f"0.{name}_scale"] = np.full(shape[1], 0.005, np.float32)
        held[f"0.b{name[1:]}"] = np.zeros(shape[1])
    for name in ("g1", "g2"):
        held[f"0.{name}"] = np.ones(WIDTH)
    for name in ("h1", "h2"):
        held[f"0.{name}"] = np.zeros(WIDTH)
    return Encoder({**held, **other})


def _text(words: list[str]) -> Text:
    places = tuple(range(len(words)))
    return Text(tuple(words), places, tuple(at + 1 for at in places))


class _Counting(Encoder):
    asked = 0

    def logits(self, pieces: object) -> object:  # type: ignore[override]
        self.asked += 1
        return np.zeros(COUNT, np.float32)


def test_the_longest_piece_first_and_unknown_words_are_one() -> None:
    cut = WordPiece(WORDS)
    assert [WORDS[at] for at in cut.of_word("windows")] == ["window", "##s"]
    assert [WORDS[at] for at in cut.of_word("xyz")] == ["[UNK]"]
    assert [WORDS[at] for at in cut.of_word("á")] == ["a"]
    assert len(cut.of_word("a" * 10_000)) <= LONGEST
    assert cut.numbers(["a"] * 100, 7) == cut.of_word("a") * 7


def test_edges_of_sentences_are_kept_between_words_alone() -> None:
    assert trimmed([".", ".", "a", ".", ".", "a", "."]) == ["a", ".", "a"]


def test_the_same_text_has_the_same_logits_and_another_speaker_others() -> None:
    text = _text(["window", "a", "windows"])
    once = _made().hear(text, (), from_other=True)
    again = _made().hear(text, (), from_other=True)
    other = _made().hear(text, (), from_other=False)
    after = _made().hear(text, [_text(["a"])], from_other=True)
    assert once is not None
    assert again is not None
    assert other is not None
    assert after is not None
    assert np.array_equal(once.logits, again.logits)
    assert not np.array_equal(once.logits, other.logits)
    assert not np.array_equal(once.logits, after.logits)


@pytest.mark.parametrize(("words", "windows", "whole"), [(3, 1, True), (3_000, 4, False)])
def test_no_text_costs_more_than_a_few_windows(words: int, windows: int, whole: bool) -> None:
    counting = _made()
    counting.__class__ = _Counting
    heard = counting.hear(_text(["window"] * words), (), from_other=True)
    assert heard is not None
    assert heard.all_read is whole
    assert counting.asked == windows <= MOST_WINDOWS  # type: ignore[attr-defined]


def test_what_is_too_long_or_empty_is_left_to_the_rest() -> None:
    made = _made()
    assert made.hear(_text([]), (), from_other=True) is None
    assert made.hear(_text(["a"] * (encoder.LONGEST + 1)), (), from_other=True) is None


def test_a_file_of_another_format_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "encoder.npz"
    np.savez(path, format=np.array([99]))
    with pytest.raises(ValueError, match="format"):
        encoder.load(path)


def _says_nothing_is_wrong() -> Encoder:
    stack = np.zeros((COUNT, 5))
    stack[:, 0] = -20
    return _made(stack=stack, thresholds=np.full((COUNT, 4), 0.5))


def test_what_a_direct_rule_found_in_an_others_words_is_never_taken_back() -> None:
    model = Model(weights.shipped(), _says_nothing_is_wrong())
    plain = Rules(direct=frozenset({DangerCategory.KILL_OR_INJURE}))
    theirs = model.judge(_text(["a"]), (), plain, from_other=True)
    friends = model.judge(_text(["a"]), (), plain, from_other=False)
    assert (theirs.takes_back_plain, friends.takes_back_plain) == (False, True)


def test_what_was_not_read_to_its_end_takes_nothing_back() -> None:
    model = Model(weights.shipped(), _says_nothing_is_wrong())
    plain = Rules(direct=frozenset({DangerCategory.KILL_OR_INJURE}))
    assert not model.judge(_text(["a"] * 3_000), (), plain, from_other=False).takes_back_plain


def test_strangers_long_mail_is_judged_without_the_encoder() -> None:
    counting = _made()
    counting.__class__ = _Counting
    model = Model(weights.shipped(), counting)
    model.judge(_text(["a"] * (SHORT + 1)), (), Rules(), from_other=False)
    assert counting.asked == 0  # type: ignore[attr-defined]
    model.judge(_text(["a"] * (SHORT + 1)), (), Rules(), from_other=True)
    assert counting.asked == 1  # type: ignore[attr-defined]


def test_without_an_encoder_the_reader_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    alone = Model(weights.shipped())
    monkeypatch.setattr(reader, "shipped_model", lambda **_: alone)
    found = reader.read(ask("I will kill you. Who has the kids on Friday?", from_other=True))
    assert DangerCategory.KILL_OR_INJURE in found.danger.categories
    assert len(found.tactics) == len(labels.TACTICS)


def test_the_shipped_encoder_fits_the_labels() -> None:
    shipped = encoder.shipped()
    assert shipped is not None
    assert shipped.stack.shape == (COUNT, 5)
    assert shipped.thresholds.shape == (COUNT, 4)
