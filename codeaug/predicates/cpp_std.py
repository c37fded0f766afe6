"""What the standard library of C++ says of its own types: members' results, elements, functions.

Types are given and told as text, as in `cpp_types`. A name without `std::` counts only in a file
that has it by a `using`.
"""

from __future__ import annotations

import re
from functools import lru_cache

SIZE = "std::size_t"
_STRINGS = {"string": "char", "wstring": "wchar_t", "string_view": "char"}
_SEQUENCES = ("vector", "deque", "list", "array", "forward_list")
_INDEXED = ("vector", "deque", "array")
_ORDERED = ("set", "map", "multiset", "multimap")
_SETS = (*_ORDERED, *(f"unordered_{name}" for name in _ORDERED))
_ADAPTORS = ("stack", "queue", "priority_queue")
_CONTAINERS = (*_SEQUENCES, *_SETS, *_ADAPTORS)
_WRITTEN = re.compile(
    r"(?:const )?(?P<std>(?:::)?std::)?(?P<name>\w+)(?:<(?P<given>.*)>)?(?: const)?(?: ?&)?\Z",
    re.DOTALL,
)
_NUMBERS = frozenset(
    {"char", "short", "int", "long", "long long", "float", "double", "bool", "unsigned"}
    | {"unsigned char", "unsigned short", "unsigned int", "unsigned long", "unsigned long long"}
    | {"size_t", SIZE}
    | {f"{p}{s}int{n}_t" for p in ("", "std::") for s in ("", "u") for n in (8, 16, 32, 64)}
)
_USING = re.compile(rb"\busing\s+(?:namespace\s+std\s*;|std::(\w+)\s*;)")
_ITERATOR = re.compile(
    r"(?:const )?(?:std::\w+(?:<.*>)?)::(?:const_)?(?:reverse_)?iterator(?: ?&)?\Z", re.DOTALL
)
_FINDERS = (
    *("find", "rfind", "find_first_of", "find_last_of", "find_first_not_of"),
    "find_last_not_of",
)
_TESTS = "isalpha isdigit isalnum isspace isupper islower ispunct isxdigit isprint iscntrl isgraph"
_C_FUNCTIONS = dict.fromkeys(_TESTS.split(), "int") | {
    "strcmp": "int",
    "strncmp": "int",
    "memcmp": "int",
    "toupper": "int",
    "tolower": "int",
    "atoi": "int",
    "strlen": "size_t",
}
_VALUES = frozenset(
    {"printf", "fprintf", "sprintf", "snprintf", "memcpy", "memmove", "memset", "memcmp", "malloc"}
    | {"calloc", "realloc", "fwrite", "fread", "fputc", "putc", "putchar", "fseek", "strncpy"}
    | {"abs", "labs", "pow", "sqrt", "floor", "ceil", "fabs", "ldexp", "isnan", "isinf"}
)
STREAMS = ("std::cout", "std::cerr", "std::clog")


@lru_cache(maxsize=8)
def _usings(source: bytes) -> frozenset[str]:
    """The names that a `using` brings from `std`; `*` for all."""
    found = (m.group(1) for m in _USING.finditer(source))
    return frozenset(name.decode() if name else "*" for name in found)


@lru_cache(maxsize=512)
def _read(written: str) -> tuple[bool, str, str]:
    """Whether `std::` stands before it, its name and its template arguments."""
    match = _WRITTEN.match(written)
    if match is None:
        return (False, "", "")
    return (bool(match["std"]), match["name"], match["given"] or "")


def class_of(written: str, source: bytes) -> tuple[str, str]:
    """(`vector`, `int`) for `const std::vector<int> &`; ("", "") for what is not of `std`."""
    qualified, name, given = _read(written)
    if not name:
        return ("", "")
    usings = frozenset() if qualified else _usings(source)
    known = qualified or name in usings or "*" in usings
    return (name, given.strip()) if known else ("", "")


def is_string(written: str, source: bytes) -> bool:
    return class_of(written, source)[0] in _STRINGS


def is_iterator(written: str) -> bool:
    """Whether that is the iterator type of a container, whose `++` means what it says."""
    return _ITERATOR.match(written) is not None


def element_of(written: str, source: bytes) -> str:
    """The type of `x[i]` for an array, a sequence or a string; "" for others."""
    if written.endswith(" []"):
        return written.removesuffix("[]").rstrip()
    name, given = class_of(written, source)
    if name in _STRINGS:
        return _STRINGS[name]
    return first_argument(given) if name in _INDEXED and given != "bool" else ""


def first_argument(given: str) -> str:
    """The first of some template arguments; "" for a list that cannot be told apart."""
    depth = 0
    for place, mark in enumerate(given):
        depth += {"<": 1, "(": 1, ">": -1, ")": -1}.get(mark, 0)
        if mark == "," and depth == 0:
            return given[:place].strip()
    return given.strip()


def is_plain(written: str, source: bytes) -> bool:
    """Whether copying and destroying such a value does nothing that can be seen: numbers,
    characters, standard strings, and pairs and sequences of these."""
    if written in _NUMBERS:
        return True
    name, given = class_of(written, source)
    if name in _STRINGS:
        return True
    if name not in ("pair", "tuple", *_SEQUENCES):
        return False
    return all(is_plain(each, source) for each in _all_arguments(given))


def _all_arguments(given: str) -> list[str]:
    first = first_argument(given)
    rest = given[given.index(first) + len(first) :].lstrip(" ,")
    return [first, *(_all_arguments(rest) if rest else [])]


def member_result(written: str, member: str, source: bytes) -> str:
    """What a member function of a standard class returns; "" where it is no built-in type."""
    name, given = class_of(written, source)
    if name in _STRINGS or name in _CONTAINERS:
        if member == "empty":
            return "bool"
        if member in ("size", "length", "max_size", "capacity"):
            return SIZE
    if name in _STRINGS:
        if member in _FINDERS:
            return SIZE
        known = {"compare": "int", "c_str": f"const {_STRINGS[name]} *", "at": _STRINGS[name]}
        known |= {"back": _STRINGS[name], "front": _STRINGS[name], "starts_with": "bool"}
        return known.get(member, "")
    if name in _SETS and member == "count":
        return SIZE
    if name in _INDEXED and member in ("at", "front", "back") and given != "bool":
        return first_argument(given)
    return ""


_BEGINS = {"begin": "iterator", "end": "iterator", "find": "iterator"} | {
    "cbegin": "const_iterator",
    "cend": "const_iterator",
    "rbegin": "reverse_iterator",
    "rend": "reverse_iterator",
}


def iterator_result(written: str, member: str, source: bytes) -> str:
    """The iterator that a member function of a container returns, as it would be written."""
    name, given = class_of(written, source)
    if member not in _BEGINS or (member == "find" and name not in _SETS):
        return ""
    if name not in (*_SEQUENCES, *_SETS, *_STRINGS) or name == "string_view":
        return ""
    kind = _BEGINS[member]
    if written.startswith("const ") and not kind.startswith("const_"):
        kind = "const_" + kind
    return f"std::{name}<{given}>::{kind}" if given else f"std::{name}::{kind}"


def function_result(name: str) -> str:
    """What a function of the C library returns; its names are reserved."""
    return _C_FUNCTIONS.get(name.removeprefix("std::"), "")


def takes_values(name: str) -> bool:
    """Whether that is a function of the C library, all of which take values."""
    plain = name.removeprefix("std::")
    return plain in _VALUES or plain in _C_FUNCTIONS
