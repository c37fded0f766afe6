"""Syntax errors that a change brings: what was there before stops nobody.

Python's own parser is asked first, for it is the fastest. It may be older than the project's
Python, so what it refuses counts only when tree-sitter, which knows other versions, refuses it too;
indentation means the same in all. tree-sitter cannot expand the macros of C++ and errs in healthy
files: there an error counts where it is at a changed line, and stops nobody where a macro may be
the reason.
"""

from __future__ import annotations

import re
import symtable
import warnings
from collections.abc import Iterator
from dataclasses import dataclass

from codeaug.notices import RULES, Notice
from codeaug.syntax import SyntaxLimit, parse, walk

_SECONDS = 4.0
_ENOUGH = 200  # errors
_FAR = 40  # lines of an error that says where it begins, not where it is
_CONFLICT = re.compile(rb"^<{7} .*?^={7}\r?$.*?^>{7} ", re.MULTILINE | re.DOTALL)
_NO_CODE = re.compile(
    rb'R"([^()\\\s]{0,16})\(.*?\)\1"|"(?:\\.|[^"\\\n])*"|\b\d[\w.]*(?:\'[\w.]+)+|'
    rb"'(?:\\.|[^'\\\n])+'|//[^\n]*|/\*.*?\*/|^[ \t]*#(?:\\\r?\n|[^\n])*",
    re.DOTALL | re.MULTILINE,
)
_CHOICE = re.compile(rb"^[ \t]*#[ \t]*(?:el|if[ \t]+0)", re.MULTILINE)
_OPENING_MACRO = re.compile(
    rb"\b[A-Z0-9_]*(?:BEGIN|END|OPEN|CLOSE|START|STOP|TRY|CATCH)[A-Z0-9_]*\b"
)
_MACRO = re.compile(
    rb"\b[A-Z][A-Z0-9_]{2,}\b|\b[a-z]\w*_[A-Z]|^\s*(?!if\b|for\b|while\b|switch\b|catch\b)"
    rb"[A-Za-z_]\w*\s*\([^;{}]*\)\s*\{",
    re.MULTILINE,
)
_MODULE = re.compile(rb"(\bimport\s+)module(?=\s)")
_CONSTRUCTOR = re.compile(rb"\b(super|this)(?=\s*\()")
_PAIRS = {ord(")"): ord("("), ord("]"): ord("["), ord("}"): ord("{")}


@dataclass(frozen=True, slots=True)
class Changed:
    """A file in a language that codeaug knows: as it is to be (empty when it is deleted), and as
    each parent has it."""

    path: str
    language: str
    text: bytes
    olds: tuple[bytes, ...] = ()
    old_path: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """Where the parser went astray (lines from 1), and what it says."""

    line: int
    end_line: int
    text: str


def unparseable(file: Changed) -> list[Notice]:
    """The first error that a change brings to a file, if it brings any. What codeaug looks at in no
    case, for it is generated or of others, may be as it likes."""
    found = _first(file)
    return found if found and is_own(file.path, file.text) else []


def is_own(path: str, text: bytes) -> bool:
    """Whether codeaug looks at a file at all."""
    from codeaug.languages import is_generated, is_vendored

    return not is_vendored(path) and not is_generated(path, text)


def _first(file: Changed) -> list[Notice]:
    if file.language == "python":
        fault = _in_python(file)
    elif file.language == "java":
        fault = _in_tree(file, "java")
    else:
        fault = _in_brackets(file)
        if fault is None and file.olds:
            return _perhaps_macro(file, _in_tree(file, "cpp"))
    return [_notice(file, fault)] if fault else []


def _notice(file: Changed, fault: Fault, rule: str = "unparseable") -> Notice:
    return Notice(RULES[rule], file.path, fault.text, fault.line, fault.line)


# --- Python ---------------------------------------------------------------------------------------


def _in_python(file: Changed) -> Fault | None:
    fault = _python_fault(file.text)
    return None if fault and any(map(_python_fault, file.olds)) else fault


def _python_fault(text: bytes) -> Fault | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            symtable.symtable(text.decode("utf-8-sig"), "staged", "exec")
    except SyntaxError as error:
        line = error.lineno or 1
        if isinstance(error, IndentationError) or _faults("python", text):
            return Fault(line, line, f"does not parse: {error.msg}")
    except (ValueError, OverflowError, RecursionError):  # not UTF-8, zero bytes, nested too deeply
        return None
    return None


# --- tree-sitter ----------------------------------------------------------------------------------


def _in_tree(file: Changed, language: str) -> Fault | None:
    """The first fault that no parent has."""
    faults = _faults(language, file.text)
    if not faults:
        return None
    before = [_faults(language, old) for old in file.olds]
    if not all(before):
        return faults[0]
    lines = file.text.split(b"\n")
    known = {line.strip() for old in file.olds for line in old.split(b"\n")}
    for fault in faults:
        near = lines[max(0, fault.line - 2) : min(fault.end_line, fault.line + _FAR)]
        # What follows an error may be read otherwise, too: only what is at a new line is new.
        if any(line.strip() not in known for line in near):
            old = {(f.text, _line_of(text, f)) for text, fs in zip(file.olds, before, strict=True)
                   for f in fs}  # fmt: skip
            if (fault.text, _line_of(file.text, fault)) not in old:
                return fault
    return None


def _line_of(text: bytes, fault: Fault) -> bytes:
    return text.split(b"\n")[fault.line - 1].strip()


def _faults(language: str, text: bytes) -> list[Fault]:
    """Where the tree is in error, and the tree of another reading, if the language has one, is."""
    try:
        found = list(_in(language, text))
        if found and language in _READINGS:
            found = list(_in(language, _READINGS[language](text)))
    except SyntaxLimit:
        return []
    return found


def _without_macros(text: bytes) -> bytes:
    from codeaug.languages.cpp_macros import blank_macros

    return blank_macros(text)[0]


def _of_java_25(text: bytes) -> bytes:
    """The grammar is older: `import module`, and statements before `super(...)`."""
    plain = _MODULE.sub(lambda match: match[1] + b" " * 6, text)
    return _CONSTRUCTOR.sub(lambda match: b"_" * len(match[1]), plain)


_READINGS = {"cpp": _without_macros, "java": _of_java_25}


def _in(language: str, text: bytes) -> Iterator[Fault]:
    root = parse(language, text, seconds=_SECONDS).root_node
    if not root.has_error:
        return
    found = 0
    for node in walk(root, lambda node: node.has_error):
        if node.is_missing or node.is_error:
            start, end = node.start_point.row + 1, node.end_point.row + 1
            said = f"{node.type} is missing" if node.is_missing else "does not parse from here on"
            yield Fault(start, end, said)
            found += 1
            if found == _ENOUGH:
                return


# --- C++ ------------------------------------------------------------------------------------------


def _perhaps_macro(file: Changed, fault: Fault | None) -> list[Notice]:
    if fault is None:
        return []
    lines = file.text.split(b"\n")
    near = b"\n".join(lines[max(0, fault.line - 2) : min(fault.end_line, fault.line + _FAR) + 1])
    return [_notice(file, fault, "unparsed" if _MACRO.search(near) else "unparseable")]


def _in_brackets(file: Changed) -> Fault | None:
    """A bracket without its other half, or a conflict that nobody has solved: no macro explains it
    where there is none that opens or closes, and where all of the text counts."""
    if (found := _CONFLICT.search(file.text)) and not any(map(_CONFLICT.search, file.olds)):
        line = file.text.count(b"\n", 0, found.start()) + 1
        return Fault(line, line, "holds the marks of a conflict")
    if _CHOICE.search(file.text) or (not file.olds and _OPENING_MACRO.search(file.text)):
        return None
    line = _unbalanced(file.text)
    if not line or any(map(_unbalanced, file.olds)):
        return None
    return Fault(line, line, "holds a bracket without its other half")


def _unbalanced(text: bytes) -> int:
    """The line of the first bracket without its other half; 0 when there is none."""
    plain = _NO_CODE.sub(lambda match: b"\n" * match[0].count(b"\n"), text)
    if all(plain.count(a) == plain.count(b) for a, b in ((b"(", b")"), (b"{", b"}"), (b"[", b"]"))):
        return 0
    waiting: list[tuple[int, int]] = []
    line = 1
    for code in plain:
        if code == 0x0A:
            line += 1
        elif code in b"([{":
            waiting.append((code, line))
        elif code in _PAIRS:
            if not waiting or waiting[-1][0] != _PAIRS[code]:
                return waiting[-1][1] if waiting else line
            waiting.pop()
    return waiting[-1][1] if waiting else 0
