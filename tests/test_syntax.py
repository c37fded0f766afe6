from __future__ import annotations

import pytest

from codeaug.languages.cpp_macros import blank_macros
from codeaug.syntax import SyntaxLimit, blanked_tree, parse, too_deep, walk


def test_brackets_are_counted_by_depth_not_by_number() -> None:
    assert not too_deep(b"()" * 100_000)
    assert not too_deep(b"[" * 900 + b"]" * 900)
    assert too_deep(b"{" * 5000 + b"}" * 5000)
    assert too_deep(b"(" * 1_000_000)
    assert too_deep(b"((" * 300_000 + b"))" * 300_000)


def test_deeply_nested_text_is_refused_before_it_is_parsed() -> None:
    with pytest.raises(SyntaxLimit, match="levels of brackets"):
        parse("java", b"class A { int x = " + b"(" * 2000 + b"1" + b")" * 2000 + b"; }")


def test_parsing_ends_when_its_time_is_over() -> None:
    with pytest.raises(SyntaxLimit, match="took more than"):
        parse("cpp", b"int x;\n" * 200_000, seconds=0.01)
    assert not parse("cpp", b"int x;").root_node.has_error


def test_walk_goes_through_a_hundred_thousand_levels() -> None:
    tree = parse("java", b"class A { int f() { return " + b"a+" * 100_000 + b"1; } }")
    assert sum(node.type == "binary_expression" for node in walk(tree.root_node)) == 100_000


def test_tree_of_blanked_text_is_the_tree_that_a_fresh_parse_gives() -> None:
    source = b"LIB_BEGIN_NAMESPACE\nclass LIB_API A {\n  LIB_INLINE int f() { return 1; }\n};\n"
    blanked, spans, _ = blank_macros(source)
    fast, _ = blanked_tree("cpp", parse("cpp", source), source, blanked, spans)
    fresh = parse("cpp", blanked)
    assert len(blanked) == len(source)
    assert _shape(fast) == _shape(fresh)
    assert not fresh.root_node.has_error


def _shape(tree: object) -> list[tuple[str, int, int, int]]:
    root = tree.root_node  # type: ignore[attr-defined]
    return [(n.type, n.start_byte, n.end_byte, n.start_point.row) for n in walk(root)]


def test_files_may_be_parsed_in_several_threads() -> None:
    from concurrent.futures import ThreadPoolExecutor

    texts = [b"int f%d(int a) { return a; }\n" % number * 2000 for number in range(12)]
    with ThreadPoolExecutor(4) as pool:
        trees = list(pool.map(lambda text: parse("cpp", text), texts))
    assert not any(tree.root_node.has_error for tree in trees)
