from importlib.metadata import version

import iniconfig  # a run-time dependency

from greet._generated import VERSION


def greet(name):
    if not name:
        return "Hello"
    return "Hello " + name


def versions():
    return VERSION, version("greet"), iniconfig.__name__
