import sortedcontainers  # a test dependency

import greet


def test_greet():
    assert greet.greet("you") == "Hello you"


def test_greet_nobody():
    assert greet.greet("") == "Hello"


def test_versions():
    assert greet.versions() == ("1.2.3", "1.2.3", "iniconfig")


def test_source_is_the_repository():
    assert greet.__file__ == "/repo/src/greet/__init__.py"
    assert sortedcontainers.__name__
