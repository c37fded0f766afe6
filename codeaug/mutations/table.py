"""All operators, and the page that lists them."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from codeaug.languages import TITLES
from codeaug.mutations import operators
from codeaug.mutations.operator import Operator

_HEAD = """\
# Mutations

Written by `python -m codeaug.mutations > docs/mutations.md`; do not edit.

To find out whether a repository's tests can fail, `codeaug.mutations` breaks a unit on purpose, one
fault at a time. The share of faults that the tests notice is what the rung `guarded` records.

`mutants(unit, source, limit, seed)` begins with the extreme mutant and then spreads over lines and
operators. No two mutants, and none and the original, have the same tokens. A mutant parses to one
function in the original's place with the same signature; what lies in nested units and classes,
comments, annotations, decorators, types, default arguments, docstrings, log calls, messages of
assertions and exceptions, static assertions, macro calls and preprocessor groups is left alone.

Left out as uncompilable (Java, C++): an operator on operands that may not have it, a value that may
not have the result's type, a function that would end without its result, code that would become
unreachable, a variable or final field that would stay unset, a `catch` of a checked exception that
nothing would throw. Left out as equivalent: `x * 1` for `x / 1`, `x - 0` for `x + 0`, `u != 0` for
an unsigned `u > 0`, `i != n` in a counting loop's condition, the removal of calls that only log or
reserve space, swapped arguments of a commutative function. What is left may still be uncompilable
or equivalent: the caller sets aside the first; no tool knows all of the second.

| operator | fault | languages | known as |
|---|---|---|---|
"""


@cache
def load() -> tuple[Operator, ...]:
    """All operators: those that replace the whole body first, then by name."""
    found = [
        operator
        for info in pkgutil.iter_modules(operators.__path__)
        for operator in importlib.import_module(f"{operators.__name__}.{info.name}").OPERATORS
    ]
    return tuple(sorted(found, key=lambda operator: (not operator.whole, operator.name)))


def page() -> str:
    """docs/mutations.md."""
    return _HEAD + "".join(_row(operator) for operator in load())


def _row(operator: Operator) -> str:
    languages = ", ".join(TITLES[name] for name in operator.languages)
    title = operator.title.replace("|", "\\|")
    return f"| `{operator.name}` | {title} | {languages} | {operator.known_as} |\n"
