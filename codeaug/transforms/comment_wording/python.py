"""What becomes of comments and docstrings in Python."""

from __future__ import annotations

from codeaug.transforms import Directions, Example
from codeaug.transforms.comment_wording._examples import (
    shorten_examples,
    spell_out_examples,
    to_order_examples,
    to_third_examples,
)
from codeaug.transforms.comment_wording._wording import (
    shorten,
    spell_out,
    to_imperative,
    to_third_person,
)

_DOCSTRINGS = (
    Example(
        "python",
        """\
def _size(x):
    \"\"\"Return the size.

    Return the size of all: nothing else.
    \"\"\"
    return len(x)
""",
        """\
def _size(x):
    \"\"\"Returns the size.

    Return the size of all: nothing else.
    \"\"\"
    return len(x)
""",
    ),
    Example(
        "python",
        """\
def size(x):
    \"\"\"Return the size.\"\"\"
    return len(x)
""",
        declined="NODYN",
        why="any module may read it",
    ),
    Example(
        "python",
        """\
import click

def _size(x):
    \"\"\"Return the size.\"\"\"
    return len(x)
""",
        declined="NODYN",
        why="the library shows docstrings",
    ),
    Example(
        "python",
        """\
@command
def _size(x):
    \"\"\"Return the size.\"\"\"
    return len(x)
""",
        declined="NODYN",
        why="the decorator may read it",
    ),
    Example(
        "python",
        """\
def _size(x):
    \"\"\"Return the size.\"\"\"
    print(_size.__doc__)
    return len(x)
""",
        declined="NODYN",
    ),
    Example(
        "python",
        """\
def _size(x):
    \"\"\"Return the size.

    >>> _size([])
    0
    \"\"\"
    return len(x)
""",
        declined="TRIVIA",
        why="a doctest",
    ),
    Example(
        "python",
        """\
def _outer(x):
    def size():
        \"\"\"Return the size.\"\"\"
        return len(x)
    return size
""",
        declined="NODYN",
        why="what becomes of it is not known",
        unit="_outer",
    ),
    Example(
        "python",
        """\
def _size(x):
    x = \"\"\"Return the size.\"\"\"
    return len(x)
""",
        why="a string, no docstring",
    ),
)

DIRECTIONS: Directions = {
    "spell-out-comment": (spell_out, spell_out_examples("python")),
    "shorten-comment": (shorten, shorten_examples("python")),
    "comment-to-third-person": (to_third_person, (*to_third_examples("python"), *_DOCSTRINGS)),
    "comment-to-imperative": (to_imperative, to_order_examples("python")),
}
