"""The predicates of the Python transforms, each met and not met."""

from __future__ import annotations

import symtable
from pathlib import Path

import libcst as cst
import pytest

from codeaug.languages import find_units
from codeaug.model import Edit, Span, Unit
from codeaug.predicates import python_source
from codeaug.predicates.python import (
    Function,
    fresh,
    function_of,
    head,
    leading,
    negated,
    negation_is_bool,
    nocap,
    nodyn,
    shown,
)
from codeaug.predicates.python_names import module_names, names_of
from codeaug.predicates.python_source import Statement
from codeaug.predicates.python_types import (
    boolval,
    builtin,
    exact_type,
    nothrow,
    ordered,
    pure,
    static_type,
    type_before,
)
from codeaug.predicates.python_vocabulary import better, local_names, singular
from codeaug.predicates.verdicts import Declined
from codeaug.predicates.width import fits

OWN = sorted(Path(python_source.__file__).parent.glob("python*.py"))


def function(text: str, prelude: str = "", name: str = "f") -> Function:
    """The function `name` of a file."""
    source = (prelude + text).encode()
    units = [u for u in find_units("python", source, "a.py", "") if isinstance(u, Unit)]
    found = function_of(next(u for u in units if u.name == name), source)
    assert found is not None
    return found


def value_of(found: Function, number: int) -> cst.BaseExpression:
    """What statement `number` of the function evaluates."""
    statement = found.node.body.body[number]
    assert isinstance(statement, Statement)
    value = head(statement, found.context)
    assert value is not None
    return value


def returned(
    expression: str, parameters: str = "a, b, c", prelude: str = ""
) -> tuple[Function, cst.BaseExpression]:
    """`expression` as what a function returns."""
    found = function(f"async def f({parameters}):\n    return {expression}\n", prelude)
    return found, value_of(found, 0)


@pytest.mark.parametrize(
    ("expression", "kind"),
    [
        ("1", "int"),
        ("-1", "int"),
        ("1.5", "float"),
        ("'a' 'b'", "str"),
        ("b'a'", "bytes"),
        ("f'{a}'", "str"),
        ("not a", "bool"),
        ("a is b", "bool"),
        ("a not in b", "bool"),
        ("a == b", ""),
        ("len(a) == 1", "bool"),
        ("1 < len(a) < 3", "bool"),
        ("len(a) + 1", "int"),
        ("len(a) / 2", "float"),
        ("len(a) / b", ""),
        ("'a' * len(b)", "str"),
        ("(a is b) & (b is c)", "bool"),
        ("2 ** a", ""),
        ("'%s' % a", "str"),
        ("'a'.join(b).startswith('x')", "bool"),
        ("a.startswith('x')", ""),
        ("a or True", ""),
        ("a is b and not c", "bool"),
        ("1 if a else 2", "int"),
        ("1 if a else None", ""),
        ("a", ""),
        ("d", "int"),
        ("e", ""),
        ("None", "None"),
    ],
)
def test_static_type_is_known_only_for_certain(expression: str, kind: str) -> None:
    found, value = returned(expression, "a, b, c, d: int, e: int = None")
    assert static_type(value, found.context) == kind
    assert builtin(value, found.context) is bool(kind)
    assert boolval(value, found.context) is (kind == "bool")


@pytest.mark.parametrize(
    ("expression", "kind"), [("len(a)", "int"), ("d", ""), ("d + 1", ""), ("str(d)", "str")]
)
def test_an_annotation_does_not_say_the_exact_type(expression: str, kind: str) -> None:
    found, value = returned(expression, "a, d: int")
    assert exact_type(value, found.context) == kind


def test_the_second_function_of_one_name_is_found_too() -> None:
    found = function("def f(b):\n    return b\n", "def f(a):\n    return a\n\n\n", "f#2")
    assert found.names.bindings("b")


def test_a_builtin_that_the_module_binds_is_no_builtin() -> None:
    found, value = returned("len(a)", prelude="def len(x):\n    return x\n\n\n")
    assert static_type(value, found.context) == ""


def test_a_local_has_a_type_when_all_its_values_have_it() -> None:
    found = function("def f(a):\n    x = 1\n    y = 1\n    y = a\n    return x, y\n")
    value = value_of(found, 3)
    assert isinstance(value, cst.Tuple)
    kinds = [static_type(element.value, found.context) for element in value.elements]
    assert kinds == ["int", ""]


@pytest.mark.parametrize(
    ("bound", "kind"),
    [("x += 1", "int"), ("x = x * 2", "int"), ("x /= 2", ""), ("x += a", ""), ("x = [x]", "")],
)
def test_a_local_keeps_its_type_when_each_binding_keeps_it(bound: str, kind: str) -> None:
    found = function(f"def f(a):\n    x = 1\n    {bound}\n    return x\n")
    assert static_type(value_of(found, 2), found.context) == kind


def test_outside_a_loop_only_earlier_bindings_count() -> None:
    found = function("def f(a):\n    x = 1\n    x = a\n    return x\n")
    line = found.node.body.body[1]
    assert isinstance(line, cst.SimpleStatementLine)
    assign = line.body[0]
    assert isinstance(assign, cst.Assign)
    target = assign.targets[0].target
    assert isinstance(target, cst.Name)
    assert type_before(target, found.context, again=False) == "int"
    assert type_before(target, found.context, again=True) == ""


@pytest.mark.parametrize(("last", "kind"), [("x", "int"), ("a", "")])
def test_locals_that_depend_on_each_other_have_the_type_of_all_else(last: str, kind: str) -> None:
    found = function(f"def f(a):\n    x = y = 1\n    x = y\n    y = {last}\n    return x\n")
    assert static_type(value_of(found, 3), found.context) == kind


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [("len(a)", "1", True), ("len(a)", "1.0", False), ("'a'", "str(a)", True), ("a", "1", False)],
)
def test_only_whole_numbers_and_texts_are_ordered(left: str, right: str, expected: bool) -> None:
    found, value = returned(f"{left} < {right}")
    assert isinstance(value, cst.Comparison)
    target = value.comparisons[0].comparator
    assert ordered(value.left, target, found.context) is expected


@pytest.mark.parametrize(
    ("expression", "is_pure", "cannot_throw"),
    [
        ("a", True, True),
        ("'x'", True, True),
        ("len(a)", False, False),
        ("a.b", False, False),
        ("a[0]", False, False),
        ("a + b", False, False),
        ("d + 1", True, True),
        ("d // 0", True, False),
        ("d << 99", True, False),
        ("-d", True, True),
        ("os.path", True, True),
        ("other", False, False),
        ("(x := 1)", False, False),
    ],
)
def test_pure_and_nothrow(expression: str, is_pure: bool, cannot_throw: bool) -> None:
    found, value = returned(expression, "a, b, d: int", "import os\n\nother = 1\n\n\n")
    assert pure(value, found.context) is is_pure
    assert nothrow(value, found.context) is cannot_throw


def test_a_name_that_a_closure_binds_anew_is_not_pure() -> None:
    text = "def f(a):\n    def g():\n        nonlocal a\n        a = 1\n    return a\n"
    found = function(text)
    assert not pure(value_of(found, 1), found.context)


@pytest.mark.parametrize(
    ("condition", "complement"),
    [
        ("a", "not a"),
        ("not a", "a"),
        ("a is None", "a is not None"),
        ("a not in b", "a in b"),
        ("len(a) >= 2", "len(a) < 2"),
        ("len(a) != 2", "len(a) == 2"),
        ("a and not b", "not a or b"),
        ("a is b or b in c", "a is not b and b not in c"),
        ("a.b(c)[0]", "not a.b(c)[0]"),
    ],
)
def test_negated_reads_well(condition: str, complement: str) -> None:
    found, value = returned(condition)
    assert negated(value, found) == complement


@pytest.mark.parametrize(
    ("condition", "predicate"),
    [
        ("a < b", "BUILTIN"),
        ("a == 1", "BUILTIN"),
        ("len(a) < 1.5", "NOFLOAT"),
        ("1 < len(a) < 3", "NATURAL"),
        ("a and b or c", "NATURAL"),
        ("a if b else c", "NATURAL"),
        ("(x := a)", "NATURAL"),
        ("not (a and b) or c", "NATURAL"),
        ("(a and\n            b)", "NATURAL"),
    ],
)
def test_negated_declines_what_has_no_natural_complement(condition: str, predicate: str) -> None:
    found, value = returned(condition)
    with pytest.raises(Declined) as why:
        negated(value, found)
    assert why.value.predicate == predicate


def test_a_dropped_not_gives_no_boolean() -> None:
    found, value = returned("not a")
    assert not negation_is_bool(value, found)
    found, value = returned("a is b")
    assert negation_is_bool(value, found)


@pytest.mark.parametrize(
    ("expression", "first"),
    [
        ("int(a.b())", ["int", "a.b()", "a.b", "a"]),
        ("a.b(c)", ["a.b", "a"]),
        ("a and c", ["a"]),
        ("a if b else c", ["b"]),
        ("[a for a in b]", ["b"]),
        ("lambda: a", []),
        ("a[b]", ["a", "b"]),
        ("a() + b()", ["a()", "a"]),
        ("a < b() < c()", ["a", "b()", "b"]),
        ("int(a, *b, c)", ["int", "a"]),
        ("int(x=a, *b)", ["int"]),
        ("f'{a}{b}'", ["a"]),
        ("f'{a=}'", []),
        ("await a()", ["a()", "a"]),
        ("[1, a(), b]", ["1", "a()", "a"]),
        ("other(a())", ["other"]),
    ],
)
def test_leading_parts_have_nothing_before_them(expression: str, first: list[str]) -> None:
    found, value = returned(expression, prelude="other = 1\n\n\n")
    parts = [found.file.text(part) for part in leading(value, found.context)]
    assert parts[1:] == first


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("return a", True),
        ("return locals()", False),
        ("return sys._getframe(1)", False),
        ("return vars()", False),
        ("return vars(a)", True),
        ("exec('x')", False),
        ("return lambda: eval(a)", False),
    ],
)
def test_nodyn(body: str, expected: bool) -> None:
    assert nodyn(function(f"def f(a):\n    {body}\n")) is expected


def test_a_decorator_that_reads_the_source_is_dynamic() -> None:
    assert not nodyn(function("@numba.njit(cache=True)\ndef f(a):\n    return a\n"))
    assert nodyn(function("@cached\ndef f(a):\n    return a\n"))


def test_shown_names_are_found_in_strings() -> None:
    found = function("def f(a, b, c):\n    d.query('@c')\n    return f'{a=} {b}'\n")
    assert [shown(name, found) for name in "abc"] == [True, False, True]


def test_fresh_names_are_bound_nowhere() -> None:
    text = "def f(a):\n    b = [c for c in a]\n    return lambda d: b + e + g.attribute\n"
    found = function(text, "import os\n\n\n")
    taken = ("a", "b", "c", "d", "e", "g", "os", "len", "class", "None")
    assert not any(fresh(name, found) for name in taken)
    assert fresh("attribute", found)
    assert fresh("match", found)


def test_captured_names_are_found() -> None:
    text = "def f(a):\n    b = c = d = 1\n    global e\n    return lambda: b, [c for x in d]\n"
    found = function(text)
    assert [nocap(name, found) for name in "abcde"] == [True, False, False, True, False]


# --- names ----------------------------------------------------------------------------------------

SCOPES = """
import os


def f(a, *args, b=1, **kwargs):
    global g
    g = 1
    import x.y, z as w
    from m import n as o
    for c, (d, *e) in a:
        c += 1
    with a as (h, i):
        del h
    try:
        pass
    except ValueError as j:
        k: int = 1
    if (l := [p for p in a if (q := p)]):
        pass
    match a:
        case {"r": s, **t} | [s, *t]:
            pass
        case int(u=v) as aa:
            pass

    def inner(bb=c):
        nonlocal d
        d = bb
        return a

    class Local:
        cc = d

    return lambda dd: dd + ee
"""


def own_names(node: cst.FunctionDef) -> set[str]:
    names = names_of(node)
    return {n for n in names.by_name if any(o.scope is names.scope for o in names.bindings(n))}


def test_locals_are_those_that_the_compiler_sees() -> None:
    module = cst.parse_module(SCOPES)
    node = next(n for n in module.body if isinstance(n, cst.FunctionDef))
    table = symtable.symtable(SCOPES, "a.py", "exec").get_children()[0]
    assert isinstance(table, symtable.Function)
    assert own_names(node) - {"g"} == set(table.get_locals())


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.name)
def test_locals_of_our_own_code_are_those_that_the_compiler_sees(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    nodes = [n for n in cst.parse_module(text).body if isinstance(n, cst.FunctionDef)]
    found = {node.name.value: own_names(node) for node in nodes}
    tables = symtable.symtable(text, path.name, "exec").get_children()
    functions = [t for t in tables if isinstance(t, symtable.Function) and t.get_name() in found]
    assert found
    assert found == {t.get_name(): set(t.get_locals()) for t in functions}


def test_module_names_are_those_bound_at_its_top() -> None:
    text = "import a.b\nif a:\n    from c import d\nclass E:\n    f = 1\nfor g in h:\n    pass\n"
    known = module_names(cst.parse_module(text))
    assert {name for name in known.by_name if known.bindings(name)} == {"a", "d", "E", "g"}


# --- bytes ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_spans_are_bytes_of_the_file(newline: str, mark: str) -> None:
    text = "# é\ndef f(a):\n    x = ('é' + a)  # ü\n    return x\n".replace("\n", newline)
    file = python_source.parse((mark + text).encode())
    assert file is not None
    statement = file.functions[0].body.body[0]
    assert isinstance(statement, cst.SimpleStatementLine)
    assert isinstance(statement.body[0], cst.Assign)
    value = statement.body[0].value
    assert file.text(value) == "('é' + a)"
    assert file.slice(file.span(value)) == "'é' + a"
    assert [file.slice(span) for span in file.comments] == ["# é", "# ü"]


@pytest.mark.parametrize(
    "source",
    [
        b"def f(:\n",
        b"def f():\n    a = 1\n\x0c    b = 2\n",
        b"a = '\xff'\n",
        b"a = 1\rb = 2\n",
    ],
)
def test_what_cannot_be_given_back_exactly_is_not_parsed(source: bytes) -> None:
    assert python_source.parse(source) is None


def test_shifting_leaves_strings_and_blank_lines_alone() -> None:
    text = "def f():\n    if a:\n        b('''\n        x''')\n\n        # c\n"
    file = python_source.parse(text.encode())
    assert file is not None
    start = text.index("        b(")
    moved = python_source.shifted(file, Span(start, len(text)), "        ", "    ")
    assert moved == "    b('''\n        x''')\n\n    # c\n"


def test_a_line_may_be_as_long_as_those_of_the_file() -> None:
    file = python_source.parse(f"a = 1\n# {'-' * 88}\n".encode())
    assert file is not None
    assert fits(file.source, [Edit(4, 5, "b" * 86)], file.limit)
    assert not fits(file.source, [Edit(4, 5, "b" * 87)], file.limit)


# --- vocabulary -----------------------------------------------------------------------------------


def test_local_names_carry_where_their_values_come_from() -> None:
    source = (
        b"def f(a: dict[str, int], b):\n    c = re.match(a)\n    d, e = split(a)\n"
        b"    for g, h in a.items():\n        i = 1\n    with open(b) as j:\n        pass\n"
    )
    assert sorted(local_names(source)) == [
        ("", "b"),
        ("", "i"),
        ("call:match", "c"),
        ("call:open", "j"),
        ("call:split[0]", "d"),
        ("call:split[1]", "e"),
        ("each:items[0]", "g"),
        ("each:items[1]", "h"),
        ("type:dict[str,int]", "a"),
    ]


@pytest.mark.parametrize(
    ("old", "hint", "known", "names", "expected"),
    [
        ("res", "", (), ("result",), ["result"]),
        ("result", "", (), ("res",), []),
        ("old_idx", "", (), ("index_of",), ["old_index"]),
        ("mo", "call:match", ("match", "m"), (), ["match"]),
        ("left", "call:get", ("config",), (), []),
        ("header_line", "call:readline", ("line",), (), []),
        ("tmp", "type:Path", ("path", "target"), (), ["path"]),
        ("target", "type:Path", ("path",), (), []),
        ("k", "each:items[0]", ("name",), (), []),
        ("f", "over:funcs", ("func",), (), ["func"]),
        ("rv", "call:compute", ("rv", "outcome"), (), []),
        ("root", "call:Link", ("link",), (), []),
        ("message", "", (), ("msg", "message"), ["msg"]),
        ("num_cols", "", (), ("number",), []),
    ],
)
def test_better_names_say_no_less(
    old: str, hint: str, known: tuple[str, ...], names: tuple[str, ...], expected: list[str]
) -> None:
    assert list(better(old, [hint], {hint: known}, names)) == expected


@pytest.mark.parametrize(
    ("plural", "one"),
    [
        ("_users", "user"),
        ("entries", "entry"),
        ("children", "child"),
        ("boxes", "box"),
        ("classes", "class"),
        ("status", ""),
        ("args", ""),
        ("data", ""),
    ],
)
def test_singular(plural: str, one: str) -> None:
    assert singular(plural) == one
