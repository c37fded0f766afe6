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


def parameter_names(language: str, source: bytes) -> Iterator[tuple[str, str]]:
    """(hint, name) of every parameter that a file of Java or C++ declares."""
    if language not in _DECLARED:
        return iter(())
    found: Iterator[tuple[str, str]] = import_module(_VOCABULARIES[language]).parameter_names(
        source
    )
    return found


def declared(language: str, source: bytes) -> Iterator[tuple[str, str]]:
    """What a file's classes declare, for the functions of other files: names and types."""
    if language not in _DECLARED:
        return iter(())
    found: Iterator[tuple[str, str]] = import_module(_DECLARED[language]).declared(source)
    return found


def forms(language: str, source: bytes) -> Iterator[str]:
    """One word for each place of a file at which Java writes what it could leave out."""
    if language != "java":
        return iter(())
    found: Iterator[str] = import_module("codeaug.predicates.java_forms").forms(source)
    return found


_DECLARED = {"java": "codeaug.predicates.java_classes", "cpp": "codeaug.predicates.cpp_classes"}
