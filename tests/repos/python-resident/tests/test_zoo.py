import asyncio
import os
import subprocess
import sys
import tempfile
import threading
import unittest

import pytest
import zoo
from zoo import ORDER, Animal, Dog, SEEN, cached, decorated, kind, parsed, ticket
from zoo import plain as alias


def test_plain():
    assert alias(2) == 4


def test_plain_small():
    assert zoo.plain(1) == 1


def test_decorated():
    assert decorated(1) == 4


def test_property():
    assert Dog("rex").describe() == "REX!"


def test_static():
    assert Animal.legs("bird") == 2


def test_static_other():
    assert Animal.legs("dog") == 4


def test_class_method():
    assert Animal.named("x").name == "x"


def test_closure():
    assert ticket(1) == 11


def test_nested():
    assert zoo.outer(1) == 3


def test_halved():
    assert [zoo.halved(3), zoo.halved(4)] == [1, 2]


def test_generator():
    assert list(zoo.squares(3)) == [0, 1, 4]


def test_async():
    assert asyncio.run(zoo.fetched(3)) == 3


def test_constant():
    assert zoo.CONSTANT == 101
    assert zoo.at_import(2) == 102


def test_cached():
    assert cached(2) == 6


def test_state():
    assert zoo.remember("x") == len(SEEN) == 1


def test_match():
    assert [kind(1), kind("a")] == ["number", "text"]


def test_late():
    from zoo.late import late

    assert late(1) == 2


@pytest.mark.parametrize("text", ["7", "x", "207", None])
def test_parsed(text):
    assert parsed(text) == {"7": 7, "x": "negative", "207": 7, None: None}[text]


def test_clean_surroundings():
    assert zoo.plain(1) == 1
    assert "LEFT" not in os.environ
    assert os.getcwd() == os.path.dirname(os.path.dirname(__file__))
    assert threading.active_count() == 1
    assert os.listdir(tempfile.gettempdir()) == []
    assert not os.path.exists("left")


def test_program():
    assert zoo.plain(1) == 1
    code = "import zoo; print(zoo.plain(1))"
    assert subprocess.check_output([sys.executable, "-c", code], text=True) == "1\n"


def test_first():
    ORDER.append(zoo.plain(1))


def test_second():
    assert ORDER == [zoo.plain(1)]


class TestCase(unittest.TestCase):
    def test_equal(self):
        self.assertEqual(zoo.plain(3), 6)
