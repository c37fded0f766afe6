"""Every kind of reply is recognised, and only a whole function gets through."""

from __future__ import annotations

import json
from typing import Any

import pytest

from codeaug.engines.llm.reading import Kind, completion, read
from codeaug.languages import find_units
from codeaug.model import Unit
from tests.shop_replies import SHOPS

FILES = {
    "python": (
        "shop.py",
        b'import os\n\n\nclass Basket:\n    """Prices."""\n\n    @property\n'
        b"    def first(self, fallback=None):\n        # none is none\n"
        b"        if self.prices:\n            return self.prices[0]\n        return fallback\n\n"
        b"    def second(self):\n        return 2\n",
        "Basket.first",
        "@property\ndef first(self, fallback=None):\n    # none is none\n"
        "    return self.prices[0] if self.prices else fallback\n",
        "def third(self, fallback=None):\n    return fallback\n",
        "@property\ndef first(self, fallback=0):\n    return fallback\n",
    ),
    "java": (
        "Basket.java",
        b"package shop;\n\nclass Basket {\n    @Override\n    public int first(int fallback) {\n"
        b"        // none is none\n        if (n > 0) {\n            return prices[0];\n        }\n"
        b"        return fallback;\n    }\n\n    int second() {\n        return 2;\n    }\n}\n",
        "Basket.first",
        "@Override\npublic int first(int fallback) {\n    // none is none\n"
        "    return n > 0 ? prices[0] : fallback;\n}",
        "@Override\npublic int third(int fallback) {\n    return fallback;\n}",
        "@Override\npublic long first(int fallback) {\n    return fallback;\n}",
    ),
    "cpp": (
        "basket.cpp",
        b'#include "basket.hpp"\n\nint Basket::first(int fallback) const {\n    // none is none\n'
        b"    if (n > 0) {\n        return prices[0];\n    }\n    return fallback;\n}\n\n"
        b"int Basket::second() {\n    return 2;\n}\n",
        "Basket::first",
        "int Basket::first(int fallback) const {\n    // none is none\n"
        "    return n > 0 ? prices[0] : fallback;\n}",
        "int Basket::third(int fallback) const {\n    return fallback;\n}",
        "int Basket::first(int fallback) {\n    return fallback;\n}",
    ),
}
FOREIGN = {
    "python": ("java", "int first(int fallback) {\n    return fallback;\n}"),
    "java": ("python", "def first(self, fallback=None):\n    return fallback\n"),
    "cpp": ("python", "def first(self, fallback=None):\n    return fallback\n"),
}


def body(text: object, finish: str = "stop", **message: Any) -> bytes:
    said = {"role": "assistant", "content": text, **message}
    return json.dumps({"choices": [{"message": said, "finish_reason": finish}]}).encode()


def unit(language: str) -> tuple[Unit, bytes]:
    path, source, name, *_ = FILES[language]
    found = find_units(language, source, path, "")
    return next(u for u in found if isinstance(u, Unit) and u.name == name), source


def kind(language: str, reply: bytes) -> Kind:
    return read(reply, *unit(language)).kind


def fence(language: str, code: str) -> str:
    return f"```{language}\n{code}\n```"


@pytest.fixture(params=FILES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_a_fenced_function_is_taken_as_it_will_stand_in_the_file(language: str) -> None:
    right = FILES[language][3]
    found = read(body(f"Sure!\n\n{fence(language, right)}\nDone."), *unit(language))
    assert found.kind is Kind.CODE
    assert "".join(found.code.split()) == "".join(right.split())


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", ""),
        ("<think>```\nno\n```</think>", ""),
        ("so I think</think>\n", ""),
        ("<THINK>```\nno\n```</THINK>", ""),
        ("[THINK]```\nno\n```[/THINK]\n", ""),
        ("<thought>```\nno\n```</thought>\n", ""),
        ("<thinking>a</thinking><reasoning>b</reasoning>\n", "\nThat is all."),
        ("1. Look:\n\n", "\n\n> quoted"),
    ],
)
def test_words_and_reasoning_around_a_function_do_not_matter(
    language: str, before: str, after: str
) -> None:
    text = before + fence(language, FILES[language][3]) + after
    assert kind(language, body(text)) is Kind.CODE


def test_a_function_without_a_fence_is_taken(language: str) -> None:
    assert kind(language, body(FILES[language][3])) is Kind.CODE


def test_the_parts_of_a_list_are_one_text(language: str) -> None:
    text = fence(language, FILES[language][3])
    parts = [{"type": "text", "text": text[:20]}, {"type": "text", "text": text[20:]}]
    assert kind(language, body(parts)) is Kind.CODE


def test_a_method_alone_in_its_class_is_taken_out_of_it() -> None:
    right = FILES["java"][3].replace("\n", "\n    ")
    text = fence("java", f"package shop;\n\nclass Basket {{\n    {right}\n}}")
    assert kind("java", body(text)) is Kind.CODE


def test_the_original_repeated_beside_its_rewrite_is_passed_over(language: str) -> None:
    own, _ = unit(language)
    text = fence(language, own.code) + "\nbecomes\n" + fence(language, FILES[language][3])
    assert kind(language, body(text)) is Kind.CODE


@pytest.mark.parametrize("finish", ["length", "stop"])
def test_half_a_function_is_never_taken(language: str, finish: str) -> None:
    whole = fence(language, FILES[language][3])
    assert kind(language, body(whole, "length")) is Kind.TRUNCATED
    for end in range(len(whole) - 3, 12, -9):
        assert kind(language, body(whole[:end], finish)) is not Kind.CODE


def test_unfinished_reasoning_is_no_answer(language: str) -> None:
    text = "<think>maybe " + fence(language, FILES[language][3])
    assert kind(language, body(text)) is Kind.TRUNCATED


def test_two_functions_are_too_many(language: str) -> None:
    right, other = FILES[language][3], FILES[language][4]
    assert kind(language, body(fence(language, right + "\n\n" + other))) is Kind.SEVERAL


def test_two_different_rewrites_are_too_many(language: str) -> None:
    own = FILES[language][3]
    second = own.replace("fallback\n", "fallback  or 0\n").replace("fallback;", "fallback + 1;")
    assert second != own
    text = fence(language, own) + "\nor\n" + fence(language, second)
    assert kind(language, body(text)) is Kind.SEVERAL


def test_another_name_is_another_function(language: str) -> None:
    assert kind(language, body(fence(language, FILES[language][4]))) is Kind.OTHER_FUNCTION


def test_another_head_is_another_signature(language: str) -> None:
    assert kind(language, body(fence(language, FILES[language][5]))) is Kind.OTHER_SIGNATURE


@pytest.mark.parametrize("marked", [True, False])
def test_another_language_is_told_from_a_mistake(language: str, marked: bool) -> None:
    mark, code = FOREIGN[language]
    text = fence(mark if marked else "", code)
    assert kind(language, body(text)) is Kind.OTHER_LANGUAGE


def test_what_does_not_parse_is_said_to(language: str) -> None:
    broken = FILES[language][3].replace("(", "((", 2)
    assert kind(language, body(fence(language, broken))) is Kind.UNPARSEABLE


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", Kind.EMPTY),
        (" \n\t", Kind.EMPTY),
        (None, Kind.EMPTY),
        ("<think>nothing to do</think>", Kind.EMPTY),
        ("NOT_APPLICABLE", Kind.NOT_APPLICABLE),
        ("**NOT_APPLICABLE**\n", Kind.NOT_APPLICABLE),
        ("```\nNOT_APPLICABLE\n```", Kind.NOT_APPLICABLE),
        ("I'm sorry, but I can't help with that.", Kind.REFUSED),
        ("This function is fine as it is.", Kind.NO_CODE),
        ("\ufeff", Kind.NO_CODE),
    ],
)
def test_replies_without_code_have_their_own_words(
    language: str, text: str | None, expected: Kind
) -> None:
    assert kind(language, body(text)) is expected


def test_the_endpoints_own_refusals_count_as_such(language: str) -> None:
    text = fence(language, FILES[language][3])
    assert kind(language, body(text, "content_filter")) is Kind.REFUSED
    assert kind(language, body(None, refusal="No.")) is Kind.REFUSED


@pytest.mark.parametrize(
    "reply",
    [
        b"", b"{", b"[]", b"null", b'"text"', b"<html>", b"\xff\xfe", b"[" * 100_000,
        b'{"choices": []}', b'{"choices": [{}]}', b'{"choices": [{"message": null}]}',
        b'{"choices": [{"message": {"content": 7}}]}',
        b'{"choices": [{"message": {"content": [{"type": "text"}]}}]}',
        b'{"choices": [{"message": {"content": ["x"]}}], "usage": 3}',
    ],
)  # fmt: skip
def test_a_body_that_is_no_completion_is_malformed_and_never_a_crash(reply: bytes) -> None:
    assert kind("python", reply) is Kind.MALFORMED
    with pytest.raises(ValueError, match="no chat completion"):
        completion(reply)


def test_half_a_character_is_no_source(language: str) -> None:
    text = fence(language, FILES[language][3].replace("none is none", "none \ud800"))
    assert kind(language, body(text)) is Kind.UNPARSEABLE


def test_a_character_that_no_source_holds_is_not_replaced_by_another(language: str) -> None:
    text = fence(language, FILES[language][3].replace("none is none", "none\0"))
    assert kind(language, body(text)) is Kind.UNPARSEABLE


def test_words_are_not_looked_through_for_emphasis_or_links(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from markdown_it.parser_inline import ParserInline

    monkeypatch.setattr(ParserInline, "parse", lambda *_: pytest.fail("this takes long"))
    assert kind("python", body("a**b[" * 1000 + "\n\n" + fence("python", "f = 1"))) is not Kind.CODE


def test_parts_of_a_text_are_read_by_either_name() -> None:
    text = fence("python", FILES["python"][3])
    for name in ("text", "output_text"):
        assert kind("python", body([{"type": name, "text": text}])) is Kind.CODE


def test_a_monstrous_nest_in_a_reply_is_no_function() -> None:
    code = "@property\ndef first(self, fallback=None):\n    return " + "(" * 50_000 + ")" * 50_000
    assert kind("python", body(fence("python", code))) is Kind.UNPARSEABLE


def test_every_scripted_rewrite_of_the_shops_is_read() -> None:
    from tests.conftest import REPOS

    places = {
        "python": ("shop.py", "grade"),
        "java": ("src/main/java/shop/Shop.java", "Shop.grade"),
        "cpp": ("shop.cpp", "shop::grade"),
    }
    for language, (path, name) in places.items():
        source = (REPOS / f"journey-{language}" / path).read_bytes()
        found = find_units(language, source, path, "")
        own = next(u for u in found if isinstance(u, Unit) and u.name == name)
        shop = SHOPS[language]
        for code in (shop.wrong_grade, shop.uncompilable_grade, *shop.grades):
            assert read(body(fence(language, code)), own, source).kind is Kind.CODE
