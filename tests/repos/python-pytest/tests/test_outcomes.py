import unittest

import pytest

from shop.price import total


@pytest.fixture
def broken_setup():
    raise RuntimeError("no set-up")


@pytest.fixture
def broken_teardown():
    yield
    raise RuntimeError("no tear-down")


def test_setup_error(broken_setup):
    pass


def test_teardown_error(broken_teardown):
    pass


def test_failed():
    assert total([1]) == 2


@pytest.mark.skip(reason="not now")
def test_skipped():
    pass


@pytest.mark.xfail(reason="known")
def test_expected_failure():
    assert total([1]) == 2


@pytest.mark.xfail(reason="known")
def test_unexpected_pass():
    assert total([1]) == 1


class Case(unittest.TestCase):
    def test_parts_pass(self):
        for n in range(3):
            with self.subTest(n=n):
                self.assertEqual(total([n]), n)

    def test_part_fails(self):
        for n in range(3):
            with self.subTest(n=n):
                self.assertLess(n, 2)
