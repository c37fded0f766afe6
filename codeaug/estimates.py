"""Shares and coefficients with a 95 % interval, and the two ways to one that the figures need."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

_Z = 1.959963984540054  # the normal distribution's quantile for 95 %, two-sided


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value with its 95 % interval."""

    value: float
    low: float
    high: float


def share(part: float, whole: int) -> Estimate | None:
    """A share with Wilson's score interval (1927); None of nothing."""
    if not whole:
        return None
    p, z2 = part / whole, _Z * _Z
    middle = (p + z2 / (2 * whole)) / (1 + z2 / whole)
    half = _Z * sqrt(p * (1 - p) / whole + z2 / (4 * whole * whole)) / (1 + z2 / whole)
    return Estimate(p, min(p, middle - half), max(p, middle + half))


def difference(one: Estimate, other: Estimate) -> Estimate:
    """`one` less `other`, independent shares, by Newcombe's hybrid score interval (1998)."""
    value = one.value - other.value
    below = sqrt((one.value - one.low) ** 2 + (other.high - other.value) ** 2)
    above = sqrt((one.high - one.value) ** 2 + (other.value - other.low) ** 2)
    return Estimate(value, value - below, value + above)


def around(value: float, error: float, freedom: float = float("inf")) -> Estimate:
    """A coefficient of at most 1 with its standard error, by Student's t."""
    half = student(freedom) * error
    return Estimate(value, max(-1.0, value - half), min(1.0, value + half))


def student(freedom: float) -> float:
    """The t distribution's 97.5 % quantile, by Hill's expansion in 1/freedom (CACM 396, 1970);
    from 4 degrees of freedom on it is right to two digits after the point."""
    z, n = _Z, freedom
    return (
        z
        + (z**3 + z) / (4 * n)
        + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * n**2)
        + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * n**3)
        + (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / (92160 * n**4)
    )
