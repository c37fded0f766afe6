"""What documentation says, in three languages, and functions without it."""

from __future__ import annotations

import pytest

from codeaug.documentation import documentation, without
from codeaug.languages import find_units
from codeaug.model import Family, Unit
from codeaug.tasks import Pair, named


def unit_of(language: str, text: str) -> Unit:
    found = find_units(language, text.encode(), "a", "b")
    return [unit for unit in found if isinstance(unit, Unit)][-1]


def said(language: str, text: str) -> str:
    return documentation(unit_of(language, text), text.encode())


SPHINX = '''
class A:
    @property
    def f(self, x):
        r"""Adds one to :class:`~a.B` and \\d.

        Only ``ints``.

        :param int x: the number
        :raises ValueError: when it is none
        :returns: the sum
        :author: Ann
        Ask ann@example.org about it.
        """

        return x + 1  # done
'''

JAVADOC = """
class A {
  int size;
  /**
   * Returns the {@code size} of {@link java.util.List#size() this list}, a
   * <code>List&lt;String&gt;</code>.
   *
   * <p>Never negative.
   *
   * @param other what is {@literal <counted>}
   *     with it
   * @return the number
   * @throws IllegalStateException when closed
   * @author Ann &lt;ann@example.org&gt;
   *     and Bob
   * @since 1.2
   * @deprecated use {@link #length}
   */
  @Override
  public int size(int other) { return size; }
}
"""


def test_a_docstring_is_told_without_fields_roles_and_addresses() -> None:
    assert said("python", SPHINX) == (
        "Adds one to a.B and \\d.\n\nOnly `ints`.\n\nx: the number\n"
        "Raises ValueError: when it is none\nReturns: the sum"
    )


def test_javadoc_is_told_without_tags_authors_and_dates() -> None:
    assert said("java", JAVADOC) == (
        "Returns the size of this list, a\nList<String>.\n\nNever negative.\n\n"
        "other: what is <counted>\n    with it\nReturns: the number\n"
        "Raises IllegalStateException: when closed\nDeprecated: use length"
    )


@pytest.mark.parametrize(
    ("comment", "words"),
    [
        ("/** \\brief Adds \\p a.\n *\n * \\param[in] a the number\n * \\return \\c a\n */\n",
         "Adds a.\n\na: the number\nReturns: a"),
        ("/*! Adds a %vector. */\n", "Adds a vector."),
        ("/// Adds\n/// two.\n", "Adds\ntwo."),
        ("//! @brief Adds.\n", "Adds."),
        ("// Adds.\n// NOLINTNEXTLINE\n", "Adds."),
        ("/* Adds. */ ", "Adds."),
        ("/** Adds. */\n\n", "Adds."),
        ("// ------\n// Adds.\n// ------\n", "Adds."),
        ("// Adds.\n\n", ""),
        ("/* Adds. */\n\n", ""),
        ("// x = 1;\n", ""),
        ("int y; // of y\n", ""),
        ("/* Copyright 2020 Ann. All rights reserved. */\n", ""),
        ("// SPDX-License-Identifier: MIT\n", ""),
        ("// Ask ann@example.org\n", ""),
        ("// codeaug: no-train\n", ""),
        ("", ""),
    ],
)  # fmt: skip
def test_the_comment_right_above_a_cpp_function_is_told(comment: str, words: str) -> None:
    for function in (
        "int f(int a) { return a; }\n",
        "template <class T>\nint f(T a) { return a; }",
    ):
        assert said("cpp", f"int g;\n{comment}{function}") == words
        assert said("cpp", f"int g;\n{comment}{function}".replace("\n", "\r\n")) == words


@pytest.mark.parametrize(
    ("text", "words", "rest"),
    [
        ('def f(x):\n    """Adds."""\n    return x\n', "Adds.", "def f(x):\n    return x"),
        ('def f(x):\n    "Adds."; return x\n', "Adds.", "def f(x):\n    return x"),
        ("def f(x): 'Adds.'; return x\n", "Adds.", "def f(x): return x"),
        ('def f(x):\n    """Adds."""  # so\n\n    return x\n', "Adds.", "def f(x):\n    return x"),
        ('def f(x):\n    # first\n    """Adds."""\n    return x\n', "Adds.",
         "def f(x):\n    # first\n    return x"),
        ("def f(x):\n    'Ad' 'ds.'\n    return x\n", "Adds.", "def f(x):\n    return x"),
        ('def f(x):\n    """Adds."""\n    pass\n', "Adds.", "def f(x):\n    pass"),
        ('def f(x):\n    f"""{x}"""\n    return x\n', "", None),
        ('def f(x):\n    b"""x"""\n    return x\n', "", None),
        ('def f(x):\n    x = """no"""\n    return x\n', "", None),
        ('def f(x):\n    return """no"""\n', "", None),
        ('def g():\n    """Outer."""\n    def f(x):\n        return x\n    return f\n', "", None),
    ],
)  # fmt: skip
def test_a_python_function_is_given_without_its_docstring(
    text: str, words: str, rest: str | None
) -> None:
    unit = next(u for u in find_units("python", text.encode(), "a", "b") if isinstance(u, Unit)
                and u.name.endswith("f"))  # fmt: skip
    assert documentation(unit, text.encode()) == words
    assert without(unit) == (unit.code.rstrip("\n") if rest is None else rest)
    compile(without(unit), "a", "exec")


def test_an_indented_function_is_given_without_its_docstring() -> None:
    unit = unit_of("python", SPHINX)
    code = "@property\n    def f(self, x):\n        return x + 1"
    assert without(unit).rstrip("\n") == code


def test_documentation_of_java_and_cpp_is_no_part_of_the_code() -> None:
    unit = unit_of("java", JAVADOC)
    assert without(unit) == unit.code


def test_a_row_that_asks_what_a_function_does_does_not_show_the_answer() -> None:
    text = 'def f(x):\n    """Adds one to x.\n\n    Always."""\n    return x + 1\n'
    unit = unit_of("python", text)
    family = Family(unit, description=documentation(unit, text.encode()))
    (example,) = named()["description"].examples(family, 0)
    assert isinstance(example.content, Pair)
    assert "Adds one" not in example.content.prompt
    assert "def f(x):\n    return x + 1" in example.content.prompt
    assert example.trained == "Adds one to x.\n\nAlways."
