"""Other days, times, decimal numbers and fractions: neighbours, ends of weeks, months and years."""

from __future__ import annotations

import datetime
import decimal
import fractions
from collections.abc import Iterator
from typing import Any

DAYS = (1, -1, 2, 3, 4, 5, 6, 7, 30, -30, 365)
ODD_DAYS = ((2024, 2, 29), (2023, 2, 28), (2024, 12, 31), (2021, 1, 1), (2024, 12, 30), (1, 1, 1))
CLOCKS = ((0, 0, 0, 0), (23, 59, 59, 999_999), (12, 0, 0, 0), (0, 0, 1, 0))
SPANS = (0.0, 1e-6, 1.0, 60.0, 3600.0, 86_400.0, -1.0, -86_400.5)
DECIMALS = ("0", "-0", "0.5", "1.5", "2.5", "0.005", "1E+3", "-1", "100", "NaN", "Infinity", "1.10")


def days(value: datetime.date) -> Iterator[datetime.date]:
    """Also of a moment: the same time on other days."""
    for number in DAYS:
        try:
            yield value + datetime.timedelta(number)
        except OverflowError:
            continue
    for year, month, day in ODD_DAYS:
        yield value.replace(year=year, month=month, day=day)


def moments(value: datetime.datetime) -> Iterator[datetime.datetime]:
    yield from days(value)  # type: ignore[misc]  # a moment plus days is a moment
    yield from clocks(value)


def clocks(value: Any) -> Iterator[Any]:
    for hour, minute, second, microsecond in CLOCKS:
        yield value.replace(hour=hour, minute=minute, second=second, microsecond=microsecond)


def spans(value: datetime.timedelta) -> Iterator[datetime.timedelta]:
    yield from (value * 2, -value)
    yield from (datetime.timedelta(seconds=each) for each in SPANS)


def decimals(value: decimal.Decimal) -> Iterator[decimal.Decimal]:
    if value.is_finite():
        yield from (value + 1, value - 1, -value, value / 3)
    yield from map(decimal.Decimal, DECIMALS)


def ratios(value: fractions.Fraction) -> Iterator[fractions.Fraction]:
    yield from (value + 1, value - 1, -value, value / 3, 1 / value if value else value)
    yield from (fractions.Fraction(number) for number in (0, 1, -1, 2))
