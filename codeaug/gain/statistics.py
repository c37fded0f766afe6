"""Figures with their intervals, by the bootstrap over held-out functions and seeds at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from codeaug.estimates import Estimate

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

RESAMPLES = 2000
LEVEL = 0.95


def mean(sums: ArrayLike, weights: ArrayLike) -> Estimate:
    """All sums by all weights. `sums` has a row a seed and a column a function, `weights` are of
    the functions.

    Functions and seeds are drawn again independently of each other (Owen 2007, the pigeonhole
    bootstrap), for every seed's model is asked about the same functions. For a difference of two
    arms give the differences of their sums: what a function and a seed do to both drops out.
    """
    import numpy
    from scipy import stats

    table = numpy.asarray(sums, dtype=float)
    shares = numpy.asarray(weights, dtype=float)

    def ratio(functions: Any, seeds: Any) -> float:
        drawn = table[numpy.ix_(seeds, functions)]
        whole = shares[functions].sum() * len(seeds)
        return float(drawn.sum() / whole) if whole else 0.0

    seeds, functions = table.shape
    found = stats.bootstrap(
        (numpy.arange(functions), numpy.arange(seeds)),
        ratio,
        n_resamples=RESAMPLES,
        vectorized=False,
        confidence_level=LEVEL,
        method="percentile",
        rng=0,
    ).confidence_interval
    value = ratio(numpy.arange(functions), numpy.arange(seeds))
    return Estimate(value, float(found.low), float(found.high))
