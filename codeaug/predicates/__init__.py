"""What must hold before a rewrite keeps the meaning: `PURE`, `FRESH`, `TRIVIA`, once a language."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module

_VOCABULARIES = {
    "python": "codeaug.predicates.python_vocabulary",
    "java": "codeaug.predicates.java",
    "cpp": "codeaug.predicates.cpp",
}


def local_names(language: str, source: bytes) -> Iterator[tuple[str, str]]:
    """(hint, name) of every local variable in a file: hints as in `transforms.Vocabulary`."""
    names: Iterator[tuple[str, str]] = import_module(_VOCABULARIES[language]).local_names(source)
    return names
