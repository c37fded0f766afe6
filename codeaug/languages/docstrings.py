"""A docstring is a value at run time: who may read it."""

from __future__ import annotations

import re

from codeaug.model import Unit

_READERS = re.compile(
    rb"__doc__|getdoc|pydoc|doctest|argparse|optparse|docopt|inspect|\b(?:click|typer|fire|ply|cmd|"
    rb"unittest|sphinx|invoke|fabric|fastapi|numba)\b|\bhelp\(|__all__\s*\+?=[^\n]*\b_[a-z]"
)


def may_be_read(unit: Unit, source: bytes) -> str:
    """Why the docstring of a Python function may be used by code, "" where the file shows that it
    is private and that nothing in the file reads docstrings."""
    name = unit.name.rpartition(".")[2]
    if not name.startswith("_") or (name.startswith("__") and name.endswith("__")):
        return "code elsewhere may read the docstring of a public function"
    if unit.code.startswith("@"):
        return "a decorator may read the docstring"
    if _READERS.search(source):
        return "the file reads docstrings"
    return ""
