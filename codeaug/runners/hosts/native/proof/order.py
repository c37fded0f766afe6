"""Order of evaluation: what the compiler chose where the language leaves it open.

`g(a(), b())` may call `b` first. One compiler always calls them in one order, so its code can be
that of `x = a(); y = b(); g(x, y)`. The tree that GCC makes of each full expression, with every
operator that is a call spelled out, shows such pairs: one operand has an effect, and another has
one too or reads what it may change. An expression that the original has is no reason: it leaves
the same open.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import NamedTuple

MARK = "using codeaug_{} = int;"
_MARK = re.compile(r"typedef codeaug_(\d+) codeaug_\d+;\n")
_FUNCTION = re.compile(r"^;; Function ", re.M)
_WORD = re.compile(
    r'"(?:[^"\\]|\\.)*"|L%\w*|D\.\d+|(?:\w+::)*operator(?: ?\(\)| ?\[\]|[-+*/%^&|~!=<>]+)'
    r"|[A-Za-z_]\w*(?:::~?\w+)*|\d[\w.]*|->|\+\+|--|&&|\|\||[<>=!]=|<<|>>|\S"
)
_ARGUMENTS = re.compile(r"(?<=\w)<[\w:,*& \[\]{}]*>")
_BRACKETS = re.compile(r"<<< Unknown tree: (?P<kind>\w+)\n?|>>>")
# how many lines a construction has before its arguments: their number, what is called, where to
_CONSTRUCTION = re.compile(r"(?:[^\n]*\n){3}")
_DECLARED = re.compile(
    r"^\s*(?!static |return\b|goto\b)[\w:<>,*&\s\[\]]+?\b(?P<name>\w+)(?: = .*)?;$"
)
# only asks a container for its extent, or hands a value on
_QUIET = re.compile(
    r"(?:.*::)?(?:size|empty|length|begin|end|cbegin|cend|data|c_str|capacity|max|min|move|forward"
    r"|base|get|__builtin_(?:expect|constant_p|abs|fabs\w*|sqrt\w*|memcmp|strlen|isnan))"
)
_TYPE_WORDS = (
    "const struct class enum union unsigned signed int long short char bool float double void"
)
_OTHER_WORDS = """
if else goto return try catch this TEMP NON_LVALUE_EXPR SAVE_EXPR switch case default sizeof true
false nullptr volatile
"""
_STEP_SIGNS = "&& || ? : = ; { }"
_OPERATOR_SIGNS = "+ - * / % & | ^ << >> < > <= >= == != ! ~"
_TYPE = frozenset(_TYPE_WORDS.split())
_SILENT = _TYPE | frozenset(_OTHER_WORDS.split())
_STEPS = frozenset(_STEP_SIGNS.split())
_OPERATORS = frozenset(_OPERATOR_SIGNS.split())
_UNREAD = frozenset(("!", "==", "!=", "<", ">", "<=", ">=", "(", ")", ";", "{", "}"))
_CHANGES = frozenset(("++", "--"))


def functions(dump: str) -> tuple[dict[int, list[str]], list[str]]:
    """The trees of `-fdump-tree-original`: of marked functions by their number, and of others.

    Lambdas are functions of their own.
    """
    found: dict[int, list[str]] = {}
    others = []
    for function in map(str.strip, _FUNCTION.split(dump)[1:]):
        if mark := _MARK.search(function):
            found.setdefault(int(mark[1]), []).append(_MARK.sub("", function))
        else:
            others.append(function)
    return found, others


def statements(trees: Iterable[str], parameters: Set[str] = frozenset()) -> list[str]:
    """The full expressions of functions. Their trees do not show the names of parameters."""
    return [text for tree in trees for text in _full_expressions(tree, parameters)]


def _full_expressions(function: str, parameters: Set[str]) -> Iterator[str]:
    """Each as words, with L% for a variable that only this function sees, A% for a variable whose
    address is taken, and M% for temporaries."""
    body = function.partition("\n")[2].replace("<retval>", "L%r")
    body = re.sub(r"TARGET_EXPR <D\.\d+, ", "TEMP ", body)
    seen = {match["name"] for match in map(_DECLARED.match, body.splitlines()) if match}
    shared = set(re.findall(r"&(\w+)", body))
    kinds = {name: "A" if name in shared else "L" for name in seen | parameters}
    for part in re.split(r"<<cleanup_point|;\n|[{}]\n", body):
        if words := _WORD.findall(_without_trees(part)):
            yield " ".join(_renamed(words, kinds))


def _without_trees(text: str) -> str:
    """A construction is `aggr_init_expr` with its arguments on lines of their own: a call here."""
    for _ in range(6):
        text = _ARGUMENTS.sub("", text)
    pieces, kinds, at = [], [""], 0
    while found := _BRACKETS.search(text, at):
        inside = text[at : found.start()]
        pieces.append(inside.replace("\n", " , ") if kinds[-1] == "aggr_init_expr" else inside)
        at = found.end()
        if found["kind"] == "aggr_init_expr":
            pieces.append(" CONSTRUCT (")
            skipped = _CONSTRUCTION.match(text, at)
            at = skipped.end() if skipped else at
        if found["kind"]:
            kinds.append(found["kind"])
        elif len(kinds) > 1 and kinds.pop() == "aggr_init_expr":
            pieces.append(") ")
    return "".join([*pieces, text[at:]])


def _renamed(words: Sequence[str], kinds: Mapping[str, str]) -> Iterator[str]:
    seen: dict[str, str] = {}
    for before, word in zip(["", *words], words, strict=False):
        kind = "M" if word.startswith("D.") else kinds.get(word, "")
        if kind and before not in (".", "->"):
            yield seen.setdefault(word, f"{kind}%{len(seen)}")
        else:
            yield word


def open_order(before: Iterable[str], after: Iterable[str]) -> str:
    """An expression of `after` whose order of evaluation is open and that `before` has not."""
    known = Counter(_signature(step) for text in before for step in _steps(text.split(" ")))
    for text in after:
        for step in _steps(text.split(" ")):
            if known[_signature(step)]:
                known[_signature(step)] -= 1
            elif _look(step).open:
                return " ".join(step)
    return ""


def _steps(words: Sequence[str]) -> Iterator[Sequence[str]]:
    """The parts of an expression that are evaluated one after the other, in this order."""
    while words and words[0] in ("if", "return", "(") and _wraps(words):
        words = words[1:-1] if words[0] == "(" else words[1:]
    parts = list(_split(words, _STEPS))
    if len(parts) > 1:
        for part in parts:
            yield from _steps(part)
    elif parts:
        yield parts[0]


def _wraps(words: Sequence[str]) -> bool:
    return words[0] != "(" or _closing(words, 0) == len(words) - 1


def _signature(words: Sequence[str]) -> str:
    seen: dict[str, str] = {}
    kept = [word for word in words if word not in _UNREAD]
    return " ".join(
        seen.setdefault(word, f"{word[0]}%{len(seen)}") if word[1:2] == "%" else word
        for word in kept
    )


class _Seen(NamedTuple):
    changes: bool = False
    reads: bool = False
    open: bool = False


def _look(words: Sequence[str]) -> _Seen:
    """What evaluating a list of operands may do; commas separate arguments."""
    arguments = [_sequence(part) for part in _split(words, frozenset((",",)))]
    return _unsequenced(arguments)


def _sequence(words: Sequence[str]) -> _Seen:
    """Operands of &&, ||, ?: and = follow one another."""
    steps = [_step(step) for step in _split(words, _STEPS)]
    return _Seen(*(any(each) for each in zip(*steps, strict=True))) if steps else _Seen()


def _step(words: Sequence[str]) -> _Seen:
    parts = [part for part in _split(words, _OPERATORS) if not _is_only_cast(part)]
    operands = [_operand(part) for part in parts]
    if "*" in _outside(words):  # it may be what reads memory: which operand's it is cannot be told
        operands = [each._replace(reads=True) for each in operands]
    return _unsequenced(operands)


def _unsequenced(operands: Sequence[_Seen]) -> _Seen:
    changing = sum(each.changes for each in operands)
    touching = sum(each.changes or each.reads for each in operands)
    clash = changing > 1 or (changing == 1 and touching > 1)
    return _Seen(
        changing > 0,
        any(each.reads for each in operands),
        clash or any(each.open for each in operands),
    )


def _operand(words: Sequence[str]) -> _Seen:
    """A name, a constant, a call or a parenthesis, with what stands before and behind it."""
    found = _Seen()
    index = 0
    while index < len(words):
        word = words[index]
        end = index
        if word in ("(", "["):
            end = _closing(words, index)
            inner = words[index + 1 : end]
            called = word == "(" and _is_called(words, index)
            seen = _Seen() if _is_cast(words, index, end) else _look(inner)
            quiet = called and bool(_QUIET.fullmatch(words[index - 1]))
            changes = called and not quiet
            seen = _Seen(seen.changes or changes, seen.reads or quiet or word == "[", seen.open)
        else:
            next_is_call = index + 1 < len(words) and words[index + 1] == "("
            reads = word in ("->", ".") or (_is_name(word) and not next_is_call)
            seen = _Seen(word in _CHANGES, reads)
        found = _Seen(*(a or b for a, b in zip(found, seen, strict=True)))
        index = end + 1
    return found


def _is_name(word: str) -> bool:
    known = word in _SILENT or word in _CHANGES or word.startswith("L%")
    return bool(re.match(r"[A-Za-z_]", word)) and not known


def _is_called(words: Sequence[str], index: int) -> bool:
    """Whether the parenthesis at `index` holds arguments: of a name, a pointer or a member."""
    before = words[index - 1] if index else ""
    return _is_name(before) or before.startswith(("L%", "M%")) or before in (")", "]")


def _is_cast(words: Sequence[str], start: int, end: int) -> bool:
    """A parenthesis around a type: it starts like one or ends in * or &, and an operand follows."""
    inner = words[start + 1 : end]
    called = _is_called(words, start) and words[start - 1] not in (")", "]")
    followed = end + 1 < len(words) and len(inner) == 1
    typed = bool(inner) and (inner[0] in _TYPE or inner[-1] in ("*", "&") or followed)
    return typed and not called


def _outside(words: Sequence[str]) -> Iterator[str]:
    """The words that stand in no parenthesis."""
    depth = 0
    for word in words:
        depth += (word in ("(", "[")) - (word in (")", "]"))
        if depth == 0:
            yield word


def _is_only_cast(words: Sequence[str]) -> bool:
    whole = words[0] == "(" and _closing(words, 0) == len(words) - 1
    return whole and (len(words) == 3 or _is_cast(words, 0, len(words) - 1))


def _split(words: Sequence[str], separators: Set[str]) -> Iterator[Sequence[str]]:
    start = index = 0
    while index < len(words):
        if words[index] in ("(", "["):
            index = _closing(words, index)
        elif words[index] in separators:
            if index > start:
                yield words[start:index]
            start = index + 1
        index += 1
    if start < len(words):
        yield words[start:]


def _closing(words: Sequence[str], start: int) -> int:
    depth = 0
    for index in range(start, len(words)):
        depth += (words[index] in ("(", "[")) - (words[index] in (")", "]"))
        if depth == 0:
            return index
    return len(words) - 1
