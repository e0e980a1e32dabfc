"""From scores to probabilities, and to danger: rules and model together.

1. What a direct rule found stands.
2. What the model finds above its threshold is raised too. A known other's words
   have a lower threshold than a stranger's: a doubt is raised.
3. What only a rule of doubt found is taken back where the model is very sure that
   there is nothing of tier 1. A direct rule's find in the words of a known other stands
   always; in a stranger's or friend's it is taken back where the encoder read every word
   and both are surer still.

The encoder is asked where it is worth its time (``_worth_hearing``); for the rest, and where
it was left out, the linear weights judge alone, with thresholds of their own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np

from stillwater.core.judgements import Span
from stillwater.core.words import DangerCategory, Need, Tactic, Tier
from stillwater.reading.model import encoder as encoders
from stillwater.reading.model import labels, weights
from stillwater.reading.model.encoder import Encoder, Heard
from stillwater.reading.model.pieces import Floats, Text
from stillwater.reading.model.scoring import Scorer, Scores
from stillwater.reading.model.weights import Weights
from stillwater.reading.phrases import BOUNDARY

LAST = 9  # numbers of the second step: see ``evidence``
STRANGER, OTHER, TAKEN_BACK = 0, 1, 2  # columns of ``thresholds``
PLAIN_TAKEN_BACK = 3  # one more, of those that the encoder brings
STACKED = 5  # numbers of the third step: see ``stacked``
SHORT = 60  # words: what a stranger writes at more length the encoder reads only for danger
SHOWN = 0.5  # from this probability on a tactic has a span
NEARLY = 0.4  # from here to SHOWN the linear weights' word on a need counts
REMEMBERED = 128  # earlier messages whose scores are kept: those of the next are mostly the same
LONG = 250  # words: it learnt from shorter ones, and a stranger's newsletter adds up to anything
FEW = 3  # words: with fewer the model must be sure; rules know the short threats
MODEL = "model"  # what a span says of why, before the label's name

_TIER_1 = [labels.COLUMN[one.value] for one in labels.TIER_1]
_SHOWN_LABELS = len(labels.TACTICS) + len(labels.NEEDS)
_ANY = labels.COLUMN[labels.ANY_TIER_1]


@dataclass(frozen=True, slots=True)
class Rules:
    """What the rules found: categories of danger, plain and in doubt."""

    direct: frozenset[DangerCategory] = frozenset()
    doubt: frozenset[DangerCategory] = frozenset()


@dataclass(frozen=True, slots=True)
class Learnt:
    """What the model adds. Probabilities 0 to 1; spans into the text as read."""

    tactics: dict[Tactic, float]
    needs: dict[Need, float]
    spans: tuple[Span, ...]
    dangers: tuple[tuple[DangerCategory, Span | None], ...]
    takes_back: bool  # what only rules of doubt found of tier 1
    takes_back_plain: bool = False  # what direct rules found too: never of a known other


def logistic(values: Floats) -> Floats:
    return (1 / (1 + np.exp(-np.clip(values, -30, 30)))).astype(np.float32)


def evidence(scores: Scores, earlier: Floats | None, rules: Rules, *, from_other: bool) -> Floats:
    """What the second step weighs, for every label: [L, LAST].

    The constant; the whole; the strongest sentence; earlier messages; a direct rule
    of tier 1; one of doubt; a rule of this very category; a known other; the strongest
    sentence for any of tier 1.
    """
    strongest = np.maximum(scores.parts.max(0), scores.whole)
    seen = np.zeros((len(scores.whole), LAST), np.float32)
    seen[:, 0] = 1
    seen[:, 1] = scores.whole
    seen[:, 2] = strongest
    seen[:, 3] = 0 if earlier is None else earlier
    seen[:, 4] = any(one.tier is Tier.AT_ONCE for one in rules.direct)
    seen[:, 5] = any(one.tier is Tier.AT_ONCE for one in rules.doubt)
    for one in rules.direct | rules.doubt:
        seen[labels.COLUMN[one.value], 6] = 1
    seen[:, 7] = from_other
    seen[:, 8] = strongest[_ANY]
    return seen


def stacked(linear: Floats, heard: Floats, *, from_other: bool) -> Floats:
    """What the third step weighs, for every label: [L, STACKED].

    The constant; the linear weights' logit; the encoder's; the encoder's for any of
    tier 1; a known other.
    """
    seen = np.ones((len(linear), STACKED), np.float32)
    seen[:, 1] = linear
    seen[:, 2] = heard
    seen[:, 3] = heard[_ANY]
    seen[:, 4] = from_other
    return seen


class Model:
    """Weights that judge, with an encoder or without. Not for several threads at once."""

    def __init__(self, held: Weights, encoder: Encoder | None = None) -> None:
        self._scorer = Scorer(held)
        self._last = held.last
        self._thresholds = held.thresholds
        self._encoder = encoder
        self._whole_of = lru_cache(maxsize=REMEMBERED)(lambda one: self._scorer.score(one).whole)

    def judge(
        self, text: Text, before: Sequence[Text], rules: Rules, *, from_other: bool
    ) -> Learnt:
        """What the words say, given the last few messages (``before``) and the rules."""
        scores = self._scorer.score(text)
        earlier = self.earlier(before)
        seen = evidence(scores, earlier, rules, from_other=from_other)
        linear = np.asarray((seen * self._last).sum(1), np.float32)
        heard = self._heard(text, before, rules, from_other=from_other)
        chances, thresholds = self._joined(linear, heard, from_other=from_other)
        rounded = [round(chance, 4) for chance in chances[:_SHOWN_LABELS].tolist()]
        return Learnt(
            tactics=dict(zip(labels.TACTICS, rounded, strict=False)),
            needs=dict(zip(labels.NEEDS, rounded[len(labels.TACTICS) :], strict=False)),
            spans=tuple(
                span
                for at in np.flatnonzero(chances[:_SHOWN_LABELS] >= SHOWN)
                if (span := _where(text, scores, labels.LABELS[at]))
            ),
            dangers=tuple(
                (one, _where(text, scores, one.value))
                for one in self._raised(text, chances, thresholds, rules, from_other=from_other)
            ),
            takes_back=bool(chances[_ANY] < thresholds[_ANY, TAKEN_BACK]),
            takes_back_plain=not from_other
            and heard is not None
            and heard.all_read
            and bool(chances[_ANY] < thresholds[_ANY, PLAIN_TAKEN_BACK]),
        )

    def _heard(
        self, text: Text, before: Sequence[Text], rules: Rules, *, from_other: bool
    ) -> Heard | None:
        if self._encoder is None or not _worth_hearing(text, rules, from_other=from_other):
            return None
        return self._encoder.hear(text, before, from_other=from_other)

    def _joined(
        self, linear: Floats, heard: Heard | None, *, from_other: bool
    ) -> tuple[Floats, Floats]:
        """The chances, and the thresholds that belong to them."""
        if heard is None or self._encoder is None:
            return logistic(linear), self._thresholds
        seen = stacked(linear, heard.logits, from_other=from_other)
        chances = logistic((seen * self._encoder.stack).sum(1))
        return _needs_kept(chances, logistic(linear)), self._encoder.thresholds

    def earlier(self, before: Sequence[Text]) -> Floats | None:
        """The highest chances among the last few messages; None: there are none."""
        if not before:
            return None
        whole = np.array([self._whole_of(one) for one in before])
        return np.asarray(logistic(whole).max(0), np.float32)

    @staticmethod
    def _raised(
        text: Text, chances: Floats, thresholds: Floats, rules: Rules, *, from_other: bool
    ) -> list[DangerCategory]:
        """What is raised beyond the direct rules. A stranger's word that they found is enough."""
        said = sum(word != BOUNDARY for word in text.words)
        if not said or (not from_other and (rules.direct or said > LONG)):
            return []
        least = thresholds[:, OTHER if from_other else STRANGER]
        if said < FEW:
            least = np.maximum(least, SHOWN)
        above = np.flatnonzero((chances >= least)[_SHOWN_LABELS:_ANY])
        grave = bool(chances[_ANY] >= least[_ANY])
        raised = [
            labels.DANGERS[at]
            for at in above
            if grave or labels.DANGERS[at].tier is not Tier.AT_ONCE
        ]
        if grave and not any(one.tier is Tier.AT_ONCE for one in raised):
            raised.append(labels.TIER_1[int(chances[_TIER_1].argmax())])
        return [one for one in raised if one not in rules.direct]


def _needs_kept(chances: Floats, by_words: Floats) -> Floats:
    """A need whose words are there stays found where insults around it drown it but a little."""
    drowned = (chances >= NEARLY) & (chances < SHOWN) & (by_words >= SHOWN)
    drowned[: len(labels.TACTICS)] = False
    drowned[_SHOWN_LABELS:] = False
    return np.where(drowned, np.float32(SHOWN), chances)


def _worth_hearing(text: Text, rules: Rules, *, from_other: bool) -> bool:
    """All of a known other; of anyone else what is short, or what a direct rule found grave."""
    grave = any(one.tier is Tier.AT_ONCE for one in rules.direct)
    return from_other or grave or len(text.words) <= SHORT


def _where(text: Text, scores: Scores, label: str) -> Span | None:
    """The sentence that says it most; None where the text has no words."""
    first, last = scores.windows[int(scores.parts[:, labels.COLUMN[label]].argmax())]
    if last <= first:
        return None
    return Span(text.starts[first], text.ends[last - 1], f"{MODEL}:{label}")


@cache
def shipped_model(*, with_encoder: bool = False) -> Model:
    """The model that comes with the package; with its encoder, where that was not left out."""
    return Model(weights.shipped(), encoders.shipped() if with_encoder else None)
