"""Proof of gain: do variants make a model better at the owner's own code, or worse?

A model is trained without and with the variants, and with the human code repeated as a control, and
asked about human functions that none of them saw. `gain` returns figures with intervals, whichever
way they come out, or says why it cannot: docs/gain.md.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, field
from importlib import import_module
from math import log
from typing import TYPE_CHECKING, Any

from codeaug.errors import MissingTool
from codeaug.estimates import Estimate
from codeaug.gain.corpus import HUMAN, REPEATS, SHARE, VARIANTS, drawn
from codeaug.gain.measuring import EXACT, LOSS, METRICS, SIMILARITY, Measured, measured
from codeaug.model import Corpus, Text
from codeaug.syntax import SyntaxLimit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from codeaug.gain.approach import Approach, Encoded

__all__ = ["ARMS", "Gain", "Margin", "approach_of", "gain"]

ARMS = (HUMAN, VARIANTS, REPEATS)
COMPARED = ((VARIANTS, HUMAN), (VARIANTS, REPEATS), (REPEATS, HUMAN))
SEEDS = 5
LEAST_HELD_OUT, LEAST_TRAIN, LEAST_VARIANTS = 20, 20, 10
"""Functions and variants without which no figure is given."""
SCRATCH = "transformer"
"""The name of the small transformer that is trained from scratch."""

Stage = Callable[[str, int], AbstractContextManager[Callable[..., None]]]
"""Tells people of long work: its name and size; gives a function that counts."""


@contextmanager
def _unseen(name: str, size: int) -> Iterator[Callable[..., None]]:
    yield lambda *done: None


@dataclass(frozen=True, slots=True)
class Margin:
    """What one arm is better or worse than another by, in each metric: the one less the other."""

    arm: str
    than: str
    metrics: Mapping[str, Estimate]

    def word(self, metric: str) -> str:
        """`better`, `worse`, or `no difference seen` where the interval holds zero."""
        found = self.metrics[metric]
        if found.low <= 0 <= found.high:
            return "no difference seen"
        return "better" if (found.value < 0) == (metric == LOSS) else "worse"


@dataclass(frozen=True, slots=True)
class Gain:
    """What came out. With `problem`, nothing was measured."""

    model: str = ""
    seeds: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)
    tokens: Mapping[str, int] = field(default_factory=dict)
    """What each arm was trained on, at the mean of the seeds."""
    arms: Mapping[str, Mapping[str, Estimate]] = field(default_factory=dict)
    margins: tuple[Margin, ...] = ()
    problem: str = ""

    @property
    def loses(self) -> bool:
        """Whether the interval says that variants make the model worse than human code alone."""
        return any(
            (one.arm, one.than) == (VARIANTS, HUMAN) and one.word(LOSS) == "worse"
            for one in self.margins
        )

    def document(self) -> dict[str, Any]:
        return {
            "model": self.model,
            "seeds": self.seeds,
            "share": SHARE,
            "counts": dict(self.counts),
            "problem": self.problem,
            "arms": [
                {"arm": name, "tokens": self.tokens[name], **_told(metrics)}
                for name, metrics in self.arms.items()
            ],
            "margins": [
                {"arm": one.arm, "than": one.than, **_told(one.metrics)}
                | {"words": {metric: one.word(metric) for metric in METRICS}}
                for one in self.margins
            ],
        }


def approach_of(model: str, order: int, corpus: Corpus) -> Approach:
    """The model to train: "" for n-grams, `transformer` for a small one from scratch, else the path
    or name of one that transformers loads. Raises MissingTool."""
    try:
        for needed in ("numpy", "rapidfuzz", "scipy"):
            import_module(needed)
        if not model:
            from codeaug.gain.ngram import Ngrams

            return Ngrams(corpus.train, order)
        from codeaug.gain.transformer import Named, Scratch

        return Scratch(corpus.train) if model == SCRATCH else Named(model)
    except ModuleNotFoundError as error:
        extra = "gain-transformer" if model else "gain"
        raise MissingTool(
            f"{error.name} is not installed: pip install 'codeaug[{extra}]'."
        ) from error


def gain(corpus: Corpus, approach: Approach, seeds: int = SEEDS, *, stage: Stage = _unseen) -> Gain:
    """Trains each arm once a seed and measures it on the held-out functions."""
    train, held_out = _read(approach, corpus.train), _read(approach, corpus.held_out)
    units = {text.unit for text, _ in train}
    own = [text for text in corpus.variants if text.unit in units]
    variants = _read(approach, own)
    given = len(corpus.train) + len(corpus.held_out) + len(own)
    unread = given - len(train) - len(held_out) - len(variants)
    counts = {
        "train": len(train), "variants": len(variants), "held_out": len(held_out),
        "leaked": corpus.leaked, "unread": unread,
    }  # fmt: skip
    problem = _too_little(counts)
    if problem:
        return Gain(approach.name, seeds, counts, problem=problem)
    asked = [encoded for _, encoded in held_out]
    rows: dict[str, list[list[Measured]]] = {arm: [] for arm in ARMS}
    tokens = dict.fromkeys(ARMS, 0)
    with stage("trained and measured", seeds * len(ARMS)) as advance:
        for seed in range(seeds):
            lot = drawn(train, variants, seed)
            tuning = [one.numbers for one in lot.tuning]
            for arm, texts in lot.arms.items():
                model = approach.trained([one.numbers for one in texts], tuning, seed)
                rows[arm].append(measured(approach, model, asked))
                tokens[arm] += sum(one.tokens for one in texts)
                advance(1)
    arms = {arm: _estimates(rows[arm]) for arm in ARMS}
    margins = tuple(
        Margin(one, other, _estimates(rows[one], rows[other])) for one, other in COMPARED
    )
    means = {arm: total // seeds for arm, total in tokens.items()}
    return Gain(approach.name, seeds, counts, means, arms, margins)


def _read(approach: Approach, texts: Sequence[Text]) -> list[tuple[Text, Encoded]]:
    """The texts that can be read."""
    found = []
    for text in texts:
        with suppress(SyntaxLimit):
            found.append((text, approach.encoded(text)))
    return found


def _too_little(counts: Mapping[str, int]) -> str:
    least = {
        "held_out": (LEAST_HELD_OUT, "human functions are held out"),
        "train": (LEAST_TRAIN, "human functions are there to train on"),
        "variants": (LEAST_VARIANTS, "variants of these are accepted"),
    }
    short = [
        f"{counts[name]} {what}, {number} are needed"
        for name, (number, what) in least.items()
        if counts[name] < number
    ]
    return f"too little to say anything: {'; '.join(short)}." if short else ""


def _estimates(
    rows: Sequence[Sequence[Measured]], less: Sequence[Sequence[Measured]] = ()
) -> dict[str, Estimate]:
    """Of each metric its mean over functions and seeds, or that of the differences."""
    from codeaug.gain.statistics import mean

    found = {}
    for metric in METRICS:
        sums = [[one.sums[metric] for one in row] for row in rows]
        for own, other in zip(sums, less, strict=False):
            for n, one in enumerate(other):
                own[n] -= one.sums[metric]
        found[metric] = mean(sums, [one.weights[metric] for one in rows[0]])
    return found


def _told(metrics: Mapping[str, Estimate]) -> dict[str, Any]:
    """Losses in nats and bits, each figure with its interval."""
    loss = metrics[LOSS]
    return {
        "loss_nats": _interval(loss),
        "loss_bits": _interval(Estimate(*(x / log(2) for x in (loss.value, loss.low, loss.high)))),
        "exact": _interval(metrics[EXACT]),
        "similarity": _interval(metrics[SIMILARITY]),
    }


def _interval(found: Estimate) -> dict[str, float]:
    return {name: round(getattr(found, name), 6) for name in ("value", "low", "high")}
