"""What codeaug knows about C++ code: bindings, types, macros, templates, lifetimes."""

from __future__ import annotations

import pytest

from codeaug.languages import find_units
from codeaug.model import Span, Unit
from codeaug.predicates import cpp, cpp_classes
from codeaug.predicates.braces import code_of, require_no_macros, return_type, type_of
from codeaug.predicates.conditions import condition_of, negated
from codeaug.predicates.evaluation import require_evaluated_first
from codeaug.predicates.flow import require_no_labels
from codeaug.predicates.freshness import require_fresh, require_trivial_lives
from codeaug.predicates.nodes import Node
from codeaug.predicates.scopes import Code
from codeaug.predicates.verdicts import Declined


def code_in(text: str, name: str) -> Code:
    source = text.encode()
    units = [u for u in find_units("cpp", source, "a.cpp", "") if isinstance(u, Unit)]
    code = code_of(next(u for u in units if u.name.split("::")[-1] == name), source)
    assert code is not None
    return code


def function(body: str, before: str = "", head: str = "void m(int a, const char *s)") -> Code:
    return code_in(f"{before}\n{head}\n{{\n{body}\n}}\n", "m")


def argument(code: Code) -> Node:
    return next(code.function.find("argument_list")).parts[0]


def first_if(code: Code) -> Node:
    return next(code.function.find("if_statement"))


def test_inner_declaration_hides_the_outer_one() -> None:
    code = function("int x = 1;\n{\n  int x = a;\n  use(x);\n}\nuse(x);")
    outer, inner = (v for v in code.locals if v.name == "x")
    assert [len(code.references(v)) for v in (outer, inner)] == [2, 2]


def test_macros_before_a_constructor_are_no_scope() -> None:
    made = "template <class... T>\nCONSTEVAL ALWAYS_INLINE Box(T&... all) : f{{all}} {}"
    own = f"struct Box : Base {{\n{made}\nvoid m(int a);\n}};\n"
    code = code_in(f"{own}void Box::m(int a) {{ run(count(a)); }}\n", "m")
    assert cpp_classes.may_inherit(code, "Box", "count")
    assert not cpp_classes.may_inherit(code, "Box", "m")


def test_variable_is_visible_after_its_declarator_only() -> None:
    code = function("{\n  use(x);\n  int x = 1;\n}", "int x;")
    assert len(code.references(next(v for v in code.locals if v.name == "x"))) == 1


def test_captured_variable_is_the_outer_one_and_an_init_capture_is_new() -> None:
    code = function("int x = 1;\nrun([x, y = a] { use(x, y); });")
    names = {v.name: v for v in code.locals}
    assert len(code.references(names["x"])) == 3
    assert (names["y"].kind, len(code.references(names["y"]))) == ("inner", 2)


def test_kinds_of_names_are_told_apart() -> None:
    body = """
        for (const auto &[k, v] : all) use(k, v);
        for (int i = 0; i < 3; ++i) use(i);
        if (int q = next(); q) use(q);
        try { go(); } catch (const Error &e) { use(e); }
        run([](int w) { use(w); });
        void (*call)(int n) = other;
    """
    kinds = {v.name: v.kind for v in function(body).locals}
    assert (
        kinds.items()
        >= {
            "a": "parameter",
            "s": "parameter",
            "k": "binding",
            "v": "binding",
            "i": "local",
            "q": "local",
            "e": "inner",
            "w": "inner",
        }.items()
    )
    assert "n" not in kinds


@pytest.mark.parametrize(
    ("expression", "kind"),
    [
        ("1", "int"),
        ("1u", "unsigned int"),
        ("1.5f", "float"),
        ("1e3", "double"),
        ("99999999999", ""),
        ("'c'", "char"),
        ("L'c'", ""),
        ("nullptr", "nullptr"),
        ("a", "int"),
        ("s", "const char *"),
        ("*s", "char"),
        ("s[0]", "char"),
        ("a + 'c'", "int"),
        ("a + 1u", "unsigned int"),
        ("a < 1", "bool"),
        ("s == nullptr", "bool"),
        ("!a", "bool"),
        ("money == 1", ""),
        ("name == s", ""),
        ("static_cast<long>(a)", "long"),
        ("(long) a", "long"),
        ("declared(a)", "long"),
        ("overloaded(a)", ""),
        ("unknown(a)", ""),
        ("other->declared", ""),
        ("small + small", "int"),
    ],
)
def test_type_of_an_expression(expression: str, kind: str) -> None:
    before = "long declared(int n);\nint overloaded(int n);\nlong overloaded(long n);"
    code = function(
        f"Money money;\nstd::string name;\nuint8_t small = 1;\nuse({expression});", before
    )
    calls = [n for n in code.function.find("call") if n.text.startswith("use(")]
    given = calls[0].child("arguments")
    assert given is not None
    assert type_of(code, given.parts[0]) == kind


def test_type_of_a_member_is_read_from_its_class_in_the_same_file() -> None:
    members = "struct T { int count_; Node *node_; void m(); };"
    text = f"{members}\nvoid T::m() {{ use(count_, this->node_); }}"
    code = code_in(text, "m")
    given = next(code.function.find("argument_list")).parts
    assert [type_of(code, n) for n in given] == ["int", "Node *"]


def test_reference_and_const_are_no_part_of_a_value() -> None:
    code = function("const unsigned long &n = a;\nint *const p = q;\nuse(n, p);")
    given = next(code.function.find("argument_list")).parts
    assert [type_of(code, n) for n in given] == ["unsigned long", "int *"]


def test_volatile_and_template_types_are_unknown() -> None:
    head = "template <typename T> void m(T a, volatile int b, T *c)"
    code = function("use(a, b, c);", head=head)
    given = next(code.function.find("argument_list")).parts
    assert [type_of(code, n) for n in given] == ["", "", "T *"]
    assert cpp.in_template(code)


def test_member_of_a_template_is_in_a_template() -> None:
    assert cpp.in_template(code_in("template <class T> struct V { void m() { } };", "m"))
    assert cpp.in_template(code_in("template <class T> void V<T>::m() { }", "m"))
    assert not cpp.in_template(function(""))


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        ("int m(int a)", "int"),
        ("const char *m(int a)", "const char *"),
        ("Node &m(int a)", "Node &"),
        ("auto m(int a)", ""),
        ("static bool m(int a)", "bool"),
    ],
)
def test_result_type(head: str, kind: str) -> None:
    assert return_type(function("go();", head=head)) == kind


@pytest.mark.parametrize(
    ("test", "opposite"),
    [
        ("a == 1", "a != 1"),
        ("a < 1", "a >= 1"),
        ("s == nullptr", "s != nullptr"),
        ("!s", "s"),
        ("!done()", "done()"),
        ("s", "!s"),
        ("a == 1 || !s", "a != 1 && s"),
    ],
)
def test_opposite_of_a_condition(test: str, opposite: str) -> None:
    code = function(f"if ({test}) use(a);")
    assert negated(code, condition_of(first_if(code))) == opposite


@pytest.mark.parametrize(
    ("test", "predicate"),
    [
        ("d < 1", "NOFLOAT"),
        ("unknown < 1", "INTEGRAL"),
        ("money == 1", "BUILTIN"),
        ("a == 1 && money", "BUILTIN"),
        ("(a = 1) == 1", "PURE"),
        ("true", "DA"),
    ],
)
def test_condition_without_a_proven_opposite(test: str, predicate: str) -> None:
    code = function(f"double d = a;\nMoney money;\nif ({test}) use(a);")
    with pytest.raises(Declined) as declined:
        negated(code, condition_of(first_if(code)))
    assert declined.value.predicate == predicate


@pytest.mark.parametrize(
    ("statement", "predicate"),
    [
        ("if (auto p = next()) use(p);", "FRESH"),
        ("if (int n = 1; n > a) use(n);", "FRESH"),
        ("if constexpr (true) use(a);", "NODEP"),
    ],
)
def test_condition_that_is_more_than_an_expression(statement: str, predicate: str) -> None:
    with pytest.raises(Declined) as declined:
        condition_of(first_if(function(statement)))
    assert declined.value.predicate == predicate


@pytest.mark.parametrize(
    ("body", "macro"),
    [
        ("use(a);", False),
        ("use(MAX_SIZE);", False),
        ("CHECK(a);", True),
        ("own(a);", True),
        ("use(LIMIT);", True),
        ("#ifdef X\nuse(a);\n#endif", True),
        ('asm("nop");', True),
    ],
)
def test_macros_are_those_of_the_file_shouted_calls_and_directives(body: str, macro: bool) -> None:
    code = function(body, "#define own(x) (x)\n#define LIMIT 3")
    if not macro:
        require_no_macros(code, code.function)
        return
    with pytest.raises(Declined) as declined:
        require_no_macros(code, code.function)
    assert declined.value.predicate == "NOMACRO"


@pytest.mark.parametrize(
    ("declaration", "trivial"),
    [
        ("int n = 1;", True),
        ("char *p = 0;", True),
        ("Lock held(mutex);", False),
        ("std::string copy = s;", False),
        ("auto n = next();", False),
        ("const std::string &kept = make();", False),
    ],
)
def test_only_scalars_may_live_longer(declaration: str, trivial: bool) -> None:
    code = function(f"{{\n{declaration}\n}}")
    body = code.function.child("body")
    assert body is not None
    if trivial:
        require_trivial_lives(code, body.parts[0])
        return
    with pytest.raises(Declined) as declined:
        require_trivial_lives(code, body.parts[0])
    assert declined.value.predicate == "TRIVLIFE"


def test_label_anywhere_stops_moving_statements() -> None:
    with pytest.raises(Declined) as declined:
        require_no_labels(function("goto end;\nend: return;"))
    assert declined.value.predicate == "REACH"


@pytest.mark.parametrize(
    ("statement", "first"),
    [
        ("use(X());", True),
        ("use(X(), 1);", True),
        ("if (X() && other()) use(a);", True),
        ("use(X(), other());", False),
        ("use(X(), a);", False),
        ("use(a > 0 ? X() : 1);", False),
        ("run([] { X(); });", False),
        ("int n = {X()};", False),
    ],
)
def test_evaluated_first_in_its_statement(statement: str, first: bool) -> None:
    code = function(statement)
    call = next(n for n in code.function.find("call") if n.text == "X()")
    body = code.function.child("body")
    assert body is not None
    if first:
        require_evaluated_first(code, call, body.parts[0])
        return
    with pytest.raises(Declined) as declined:
        require_evaluated_first(code, call, body.parts[0])
    assert declined.value.predicate == "INDEP"


@pytest.mark.parametrize("name", ["delete", "a", "use", "member", "size", "LIMIT", "Type"])
def test_name_that_is_not_fresh(name: str) -> None:
    before = "#define LIMIT 3\nstruct Box { int member; };"
    code = function("Type t;\nuse(a, t.size());", before)
    with pytest.raises(Declined) as declined:
        require_fresh(code, name)
    assert declined.value.predicate == "FRESH"


def test_local_names_tell_type_and_callee() -> None:
    source = b"void m(int p) { const Box *box = make_box(p); auto n = 1; for (Box &b : all) { } }"
    assert list(cpp.local_names(source)) == [
        ("type:const Box *", "box"),
        ("call:make_box", "box"),
        ("", "n"),
        ("type:Box &", "b"),
    ]


def test_macro_before_a_function_does_not_hide_it() -> None:
    text = "#define MY_API\nclass MY_API Box {\n  MY_API int m(int a) { return a; }\n};\n"
    assert [v.name for v in code_in(text, "m").locals] == ["a"]


def test_function_with_a_macro_that_breaks_its_body_is_left_alone() -> None:
    text = "void m(int a)\n{\n  MY_API Box b(a) c;\n  MY_BEGIN_BLOCK\n  if (a) use(a);\n}"
    span, body = Span(0, len(text)), Span(text.index("{"), len(text))
    unit = Unit("a.cpp", "cpp", "m", "(int)", span, body, 1, 2, 6, "", text)
    assert code_of(unit, text.encode()) is None
