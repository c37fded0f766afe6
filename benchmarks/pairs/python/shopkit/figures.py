"""Figures: means, matrices and scales of floats, NaN and infinities among them."""

import math


def mean(values: list) -> float:
    """The mean of floats, added from left to right. Raises ValueError for none."""
    if not values:
        raise ValueError("no values")
    total = 0.0
    for value in values:
        total += value
    return total / len(values)


def median(values: list) -> float:
    """The middle of whole numbers, the mean of the middle two; the list stays as it is.

    Raises ValueError for none.
    """
    if not values:
        raise ValueError("no values")
    ordered = sorted(values)
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[middle]
    return (ordered[middle - 1] + ordered[middle]) / 2


def clamp(value: float, low: float, high: float) -> float:
    """The value, or the bound (low <= high) that it passes; NaN stays NaN."""
    if value < low:
        return low
    if value > high:
        return high
    return value


def largest(values: list) -> float:
    """The largest float of at least one, NaN if one is NaN."""
    best = values[0]
    for value in values:
        if math.isnan(value):
            return value
        if value > best:
            best = value
    return best


def sign(value: float) -> int:
    """-1, 0 or 1; 0 for NaN."""
    if value > 0:
        return 1
    if value < 0:
        return -1
    return 0


def moving_average(values: list, size: int) -> list:
    """The mean of each `size` (>= 1) whole numbers in a row; empty for fewer numbers."""
    averages = []
    for end in range(size, len(values) + 1):
        averages.append(sum(values[end - size : end]) / size)
    return averages


def transpose(rows: list) -> list:
    """The matrix (rows of equal length) turned over; empty for no rows."""
    if not rows:
        return []
    return [[row[column] for row in rows] for column in range(len(rows[0]))]


def zeros(rows: int, columns: int) -> list:
    """A new matrix of zeros, every row a list of its own."""
    return [[0] * columns for _ in range(rows)]


def multiply(a: list, b: list) -> list:
    """The product of two matrices of whole numbers (columns of `a` = rows of `b` >= 1)."""
    product = []
    for row in a:
        line = []
        for column in range(len(b[0])):
            total = 0
            for index in range(len(b)):
                total += row[index] * b[index][column]
            line.append(total)
        product.append(line)
    return product


def percentile(values: list, percent: int) -> int:
    """The smallest of the values (at least one) that `percent` (1 to 100) % do not pass."""
    ordered = sorted(values)
    rank = -(-percent * len(ordered) // 100)
    return ordered[rank - 1]


def ratio(part: float, whole: float) -> float:
    """part / whole, but 0.0 where whole is 0 or NaN."""
    if whole == 0 or math.isnan(whole):
        return 0.0
    return part / whole


def gcd(a: int, b: int) -> int:
    """The greatest common divisor, never negative; gcd(0, 0) is 0."""
    a, b = abs(a), abs(b)
    while b:
        a, b = b, a % b
    return a
