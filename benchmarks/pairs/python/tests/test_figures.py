import pytest

from shopkit import figures


def test_mean():
    assert figures.mean([1.0, 2.0, 6.0]) == 3.0
    with pytest.raises(ValueError):
        figures.mean([])


def test_median():
    assert figures.median([3, 1, 2]) == 2
    assert figures.median([4, 1, 2, 3]) == 2.5
    with pytest.raises(ValueError):
        figures.median([])


def test_clamp():
    assert figures.clamp(5.0, 0.0, 1.0) == 1.0
    assert figures.clamp(-5.0, 0.0, 1.0) == 0.0
    assert figures.clamp(0.5, 0.0, 1.0) == 0.5


def test_largest():
    assert figures.largest([1.0, 3.0, 2.0]) == 3.0


def test_sign():
    assert figures.sign(3.5) == 1
    assert figures.sign(-0.5) == -1
    assert figures.sign(0.0) == 0


def test_moving_average():
    assert figures.moving_average([1, 2, 3, 4], 2) == [1.5, 2.5, 3.5]


def test_transpose():
    assert figures.transpose([[1, 2], [3, 4], [5, 6]]) == [[1, 3, 5], [2, 4, 6]]


def test_zeros():
    assert figures.zeros(2, 3) == [[0, 0, 0], [0, 0, 0]]


def test_multiply_runs():
    assert len(figures.multiply([[1, 2], [3, 4]], [[0, 1], [1, 0]])) == 2


def test_percentile():
    assert figures.percentile([4, 1, 3, 2], 50) == 2


def test_ratio():
    assert figures.ratio(1.0, 4.0) == 0.25
    assert figures.ratio(1.0, 0.0) == 0.0
