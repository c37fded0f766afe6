import sys

import pytest

from shop import price


def test_total():
    assert price.total([1, 2]) == 3


def test_total_again():
    assert price.total([4]) == 4


def test_discount():
    assert price.total([5], discount=2) == 3


@pytest.mark.parametrize("text", ["a::b", "[x] y/z", "caf\u00e9", "line\nbreak", "nul\0", "\ud800"])
def test_label(text):
    assert price.label(text).lower() == text


def test_own_tracer():
    sys.settrace(None)
    assert price.CONSTANT == 1


def test_after_own_tracer():
    assert price.double(2) == 4
