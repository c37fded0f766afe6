"""What becomes of Python's empty handlers, and what is left alone."""

from __future__ import annotations

from codeaug.transforms import Example

EXAMPLES: tuple[Example, ...] = (
    Example(
        "python",
        """\
import contextlib


def f(a):
    try:
        # may be gone
        a.close()
    except OSError:
        pass
    return a
""",
        """\
import contextlib


def f(a):
    with contextlib.suppress(OSError):
        # may be gone
        a.close()
    return a
""",
    ),
    Example(
        "python",
        """\
from contextlib import closing, suppress
import socket


def f(a):
    for x in a:
        try:
            return int(x)
        except (ValueError, socket.error):
            pass
""",
        """\
from contextlib import closing, suppress
import socket


def f(a):
    for x in a:
        with suppress(ValueError, socket.error):
            return int(x)
""",
    ),
    Example(
        "python",
        "import contextlib\r\n\r\ndef f(d):\r\n\ttry:\r\n\t\tdel d['é']  # old\r\n"
        "\texcept KeyError:\r\n\t\tpass\r\n",
        "import contextlib\r\n\r\ndef f(d):\r\n\twith contextlib.suppress(KeyError):\r\n"
        "\t\tdel d['é']  # old\r\n",
    ),
    Example(
        "python",
        """\
def f(a):
    try:
        a.close()
    except OSError:
        pass
""",
        why="the file does not import contextlib",
    ),
    Example(
        "python",
        """\
import contextlib


def f(a):
    try:
        a.close()
    except OSError:
        pass
    else:
        g()
""",
        declined="REACH",
        why="else runs only where nothing was raised",
    ),
    Example(
        "python",
        """\
import contextlib


def f(a):
    try:
        a.close()
    except OSError:
        pass
    finally:
        g()
""",
        declined="REACH",
    ),
    Example(
        "python",
        """\
import contextlib


def f(a):
    try:
        a.close()
    except a.Error:
        pass
""",
        declined="PURE",
        why="a.Error is looked up only when something is raised",
    ),
    Example(
        "python",
        """\
import contextlib


def f(a):
    try:
        a.close()
    except:
        pass
""",
        declined="NATURAL",
    ),
    Example(
        "python",
        """\
import contextlib


def f(a):
    try:
        a.close()
    except OSError:  # already closed
        pass
""",
        declined="TRIVIA",
    ),
    Example(
        "python",
        """\
import contextlib


async def f(a):
    try:
        await a.close()
    except OSError:
        pass
""",
        declined="NOTHROW",
        why="an exception group may come out, which suppress looks into from Python 3.12 on",
    ),
    Example(
        "python",
        """\
import contextlib


def f(a):
    try:
        a.close()
    except OSError:
        return None
""",
        why="the handler does something",
    ),
)

EXAMPLES_BACK: tuple[Example, ...] = (
    Example(
        "python",
        """\
import contextlib


def f(a):
    with contextlib.suppress(OSError):
        a.close()  # may be gone
    return a
""",
        """\
import contextlib


def f(a):
    try:
        a.close()  # may be gone
    except OSError:
        pass
    return a
""",
    ),
    Example(
        "python",
        """\
from contextlib import suppress


def f(a):
    for x in a:
        with suppress(ValueError, KeyError):
            return int(x)""",
        """\
from contextlib import suppress


def f(a):
    for x in a:
        try:
            return int(x)
        except (ValueError, KeyError):
            pass""",
        why="no line break at the end of the file",
    ),
    Example(
        "python",
        "import contextlib\r\n\r\ndef f(d):\r\n\twith contextlib.suppress(KeyError):\r\n"
        "\t\tdel d['é']\r\n",
        "import contextlib\r\n\r\ndef f(d):\r\n\ttry:\r\n\t\tdel d['é']\r\n"
        "\texcept KeyError:\r\n\t\tpass\r\n",
    ),
    Example(
        "python",
        """\
import contextlib


def f(a, errors):
    with contextlib.suppress(*errors):
        a.close()
""",
        declined="PURE",
    ),
    Example(
        "python",
        """\
import contextlib


def f(a):
    with contextlib.suppress(errors_of(a)):
        a.close()
""",
        declined="PURE",
        why="the errors are asked for before, not after",
    ),
    Example(
        "python",
        """\
import contextlib


def f(a):
    with contextlib.suppress(
        OSError,  # already closed
    ):
        a.close()
""",
        declined="TRIVIA",
    ),
    Example(
        "python",
        """\
from contextlib import suppress
import asyncio


async def f(a):
    with suppress(OSError):
        await a.close()
""",
        declined="NOTHROW",
    ),
    Example(
        "python",
        """\
def f(a, suppress):
    with suppress(OSError):
        a.close()
""",
        why="a name of the function's own",
    ),
)
