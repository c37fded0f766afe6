"""What codeaug knows about Java code: bindings, types, conditions, evaluation, layout."""

from __future__ import annotations

import pytest

from codeaug.formatters import Style
from codeaug.languages import find_units
from codeaug.model import Unit
from codeaug.predicates import java
from codeaug.predicates.braces import code_of, return_type, type_of
from codeaug.predicates.conditions import negated
from codeaug.predicates.evaluation import is_nothrow, is_pure, require_evaluated_first
from codeaug.predicates.flow import jumps_away
from codeaug.predicates.freshness import require_fresh
from codeaug.predicates.layout import layout_of
from codeaug.predicates.names import joined_words, related, words_of
from codeaug.predicates.nodes import Node, file_tree
from codeaug.predicates.scopes import Code
from codeaug.predicates.verdicts import Declined


def code_in(text: str, name: str = "") -> Code:
    source = text.encode()
    units = [u for u in find_units("java", source, "A.java", "") if isinstance(u, Unit)]
    code = code_of(next(u for u in units if u.name.endswith(name)), source)
    assert code is not None
    return code


def method(body: str, members: str = "", head: str = "void m(int a, String s)") -> Code:
    return code_in(f"class A {{\n{members}\n{head} {{\n{body}\n}}\n}}\n", head.split("(")[0][-1])


def condition(code: Code) -> Node:
    found = next(code.function.find("if_statement")).child("condition")
    assert found is not None
    return found.parts[0]


def test_reference_is_bound_to_the_declaration_whose_scope_it_is_in() -> None:
    code = method("for (int i = 0; i < a; i++) use(i);\nfor (int i = 9; i > a; i--) use(i);")
    first, second = (v for v in code.locals if v.name == "i")
    assert [len(code.references(v)) for v in (first, second)] == [4, 4]
    assert not set(map(id, code.references(first))) & set(map(id, code.references(second)))


def test_member_of_the_same_name_is_no_reference() -> None:
    code = method("int x = 1;\nuse(this.x, other.x, x(), x);", "int x;")
    local = next(v for v in code.locals if v.name == "x")
    assert len(code.references(local)) == 2


def test_kinds_of_names_are_told_apart() -> None:
    body = """
        try (Reader r = open()) { use(r); } catch (final Exception e) { use(e); }
        run(p -> p); run((q, t) -> q); run((int u) -> u);
        if (s instanceof String w) use(w);
        for (String each : all) use(each);
    """
    kinds = {v.name: v.kind for v in method(body).locals}
    assert kinds == {
        "a": "parameter",
        "s": "parameter",
        "r": "resource",
        "e": "inner",
        "p": "inner",
        "q": "inner",
        "t": "inner",
        "u": "inner",
        "w": "pattern",
        "each": "loop",
    }


def test_resource_is_not_visible_in_its_catch_clause() -> None:
    code = method(
        "try (Reader r = open()) { use(r); } catch (Exception e) { use(r); }", "Reader r;"
    )
    local = next(v for v in code.locals if v.name == "r")
    assert len(code.references(local)) == 2


def test_names_inside_an_inner_class_are_not_the_methods_own() -> None:
    code = method("run(new Task() { void go() { int inner = 1; use(inner); } });")
    assert [v.name for v in code.locals] == ["a", "s"]


@pytest.mark.parametrize(
    ("expression", "kind"),
    [
        ("1", "int"),
        ("1L", "long"),
        ("1.5", "double"),
        ("0x1F", "int"),
        ("1f", "float"),
        ("'c'", "char"),
        ("a", "int"),
        ("a + 'c'", "int"),
        ("a + 1L", "long"),
        ("a / 2.0", "double"),
        ("a << 2L", "int"),
        ("s + a", "String"),
        ("a + s", "String"),
        ("a < 2", "boolean"),
        ("!flag()", "boolean"),
        ("s instanceof String", "boolean"),
        ("(long) a", "long"),
        ("s.length()", "int"),
        ("s.charAt(a)", "char"),
        ("s.isEmpty()", "boolean"),
        ("names.size()", "int"),
        ("all[0]", "int"),
        ("all.length", "int"),
        ("this.all", "int[]"),
        ("own(a)", "long"),
        ("new StringBuilder()", "StringBuilder"),
        ("new ArrayList<>()", ""),
        ("new Task() { }", ""),
        ("unknown", ""),
        ("unknown()", ""),
        ("generic(s)", ""),
        ("overloaded(a)", ""),
        ("true ? a : 2", "int"),
        ("true ? a : 2.0", ""),
    ],
)
def test_type_of_an_expression(expression: str, kind: str) -> None:
    members = """
        int[] all; List<String> names;
        long own(int n) { return n; }
        <T> T generic(T t) { return t; }
        int overloaded(int n) { return n; }
        String overloaded(String n) { return n; }
    """
    code = method(f"use({expression});", members)
    argument = next(n for n in code.function.find("argument_list") if n.parent is not None)
    assert type_of(code, argument.parts[0]) == kind


def test_local_variable_hides_a_field_of_another_type() -> None:
    code = method("String all = s;\nuse(all);", "int[] all;")
    assert type_of(code, next(code.function.find("argument_list")).parts[0]) == "String"


def test_result_type_keeps_its_dimensions() -> None:
    assert return_type(method("return null;", head="int[] m(int a, String s)")) == "int[]"


@pytest.mark.parametrize(
    ("test", "opposite"),
    [
        ("a == 1", "a != 1"),
        ("a<1", "a>=1"),
        ("a >= s.length()", "a < s.length()"),
        ("s != null", "s == null"),
        ("!s.isEmpty()", "s.isEmpty()"),
        ("flag", "!flag"),
        ("s instanceof Object", "!(s instanceof Object)"),
        ("a == 1 && s == null", "a != 1 || s != null"),
        ("!flag || a > 1", "flag && a <= 1"),
    ],
)
def test_opposite_of_a_condition(test: str, opposite: str) -> None:
    code = method(f"if ({test}) use(a);")
    assert negated(code, condition(code)) == opposite


@pytest.mark.parametrize(
    ("test", "predicate"),
    [
        ("d < 1", "NOFLOAT"),
        ("unknown < 1", "INTEGRAL"),
        ("s instanceof Box b", "FLOW"),
        ("(a = 1) == 1", "PURE"),
        ("true", "DA"),
        ("a == 1 && s == null && d == 2", "NATURAL"),
        ("a > 0 ? flag : other", "NATURAL"),
    ],
)
def test_condition_without_a_proven_opposite(test: str, predicate: str) -> None:
    code = method(f"if ({test}) use(a);", "double d;")
    with pytest.raises(Declined) as declined:
        negated(code, condition(code))
    assert declined.value.predicate == predicate


@pytest.mark.parametrize(
    ("statement", "jumps"),
    [
        ("return;", True),
        ("{ use(a); throw new E(); }", True),
        ("if (a > 0) return; else throw new E();", True),
        ("if (a > 0) return;", False),
        ("System.exit(1);", False),
        ("while (true) { return; }", False),
        ("{ }", False),
    ],
)
def test_statement_that_never_completes(statement: str, jumps: bool) -> None:
    code = method(f"{statement}")
    body = code.function.child("body")
    assert body is not None
    assert jumps_away(body.parts[0]) is jumps


@pytest.mark.parametrize(
    ("expression", "pure"),
    [
        ("a + 1", True),
        ("!(a > 1)", True),
        ("field", False),
        ("a / all[0]", False),
        ("call()", False),
        ("a++", False),
        ("new A()", False),
    ],
)
def test_pure_is_only_literals_locals_and_operators(expression: str, pure: bool) -> None:
    code = method(f"use({expression});")
    assert is_pure(code, next(code.function.find("argument_list")).parts[0]) is pure


@pytest.mark.parametrize(
    ("expression", "safe"),
    [("a + 1", True), ("a / 2", False), ("boxed + 1", False), ("s + 1", False)],
)
def test_nothrow_divides_and_unboxes_nothing(expression: str, safe: bool) -> None:
    code = method(f"Integer boxed = a;\nuse({expression});")
    assert is_nothrow(code, next(code.function.find("argument_list")).parts[0]) is safe


@pytest.mark.parametrize(
    ("statement", "first"),
    [
        ("use(X());", True),
        ("use(a, X());", True),
        ("int n = X() + other();", True),
        ("this.f = X();", True),
        ("if (X() && other()) use(a);", True),
        ("use(other(), X());", False),
        ("use(field, X());", False),
        ("all[0] = X();", False),
        ("a += X();", False),
        ("if (other() && X()) use(a);", False),
        ("int n = a > 0 ? X() : 1;", False),
        ("new Box(X());", False),
        ("run(() -> X());", False),
    ],
)
def test_evaluated_first_in_its_statement(statement: str, first: bool) -> None:
    code = method(statement)
    call = next(n for n in code.function.find("call") if n.text == "X()")
    body = code.function.child("body")
    assert body is not None
    if first:
        require_evaluated_first(code, call, body.parts[0])
        return
    with pytest.raises(Declined) as declined:
        require_evaluated_first(code, call, body.parts[0])
    assert declined.value.predicate == "INDEP"


@pytest.mark.parametrize("name", ["class", "a", "field", "Type", "w", "inner"])
def test_name_that_is_not_fresh(name: str) -> None:
    code = method(
        "use(field, (Type) null); if (s instanceof String w) use(w);\n"
        "run(new Task() { int go() { return inner; } });"
    )
    with pytest.raises(Declined) as declined:
        require_fresh(code, name)
    assert declined.value.predicate == "FRESH"


def test_method_or_member_of_that_name_does_not_stop_a_variable() -> None:
    code = method("use(s.length(), other.size);")
    require_fresh(code, "length")
    require_fresh(code, "size")


def test_function_with_a_syntax_error_is_left_alone() -> None:
    source = b"class A { void m() { int x = ; } }"
    function = next(file_tree("java", source).find("method_declaration"))
    unit = Unit(
        "A.java", "java", "A.m", "()", function.span, function.span, 1, 1, 1, "", function.text
    )
    assert code_of(unit, source) is None


def test_style_is_read_from_the_file() -> None:
    source = b"class A {\r\n\tvoid m()\r\n\t{\r\n\t\tif (a)\r\n\t\t{\r\n\t\t}\r\n\t}\r\n}\r\n"
    layout = layout_of(source, Style(indent="  "))
    assert (layout.unit, layout.newline, layout.brace_on_next_line) == ("\t", "\r\n", True)
    assert layout.limit == 100


def test_settings_tell_what_the_file_does_not() -> None:
    layout = layout_of(b"class A { }\n", Style(limit=90, indent="  "))
    assert (layout.unit, layout.limit) == ("  ", 90)


def test_local_names_tell_type_and_callee() -> None:
    source = b"class A { void m(int p) { Box box = makeBox(); var n = 1; for (Box b : all) { } } }"
    assert list(java.local_names(source)) == [
        ("type:Box", "box"),
        ("call:makeBox", "box"),
        ("", "n"),
        ("type:Box", "b"),
    ]


def test_names_are_taken_apart_and_put_together() -> None:
    assert words_of("parseXMLFile2") == ["parse", "xml", "file2"]
    assert joined_words(["file", "name"], snake=False) == "fileName"
    assert joined_words(["file", "name"], snake=True) == "file_name"
    assert related("nameLength", ("len",))
    assert not related("quoteChar", ("escape", "char"))
