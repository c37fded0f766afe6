"""What a unit is asked, what is shown with it, and when enough is enough."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from codeaug.engines.llm import prompts
from codeaug.engines.llm.call import Call
from codeaug.engines.llm.context import Surroundings
from codeaug.engines.llm.drafting import DUPLICATE, Order, draft
from codeaug.engines.llm.likeness import shape
from codeaug.engines.llm.pricing import likely_prompt_tokens, most_prompt_tokens
from codeaug.engines.llm.repairing import REPAIR, ROUNDS, History, Refusal, refusal, rounds
from codeaug.languages import find_units
from codeaug.model import Evidence, Finding, Reply, Rung, Unit, Verdict
from tests.conftest import REPOS
from tests.shop_replies import SHOPS

PLACES = {
    "python": ("shop.py", "grade", "Basket.total"),
    "java": ("src/main/java/shop/Shop.java", "Shop.grade", "Shop.total"),
    "cpp": ("shop.cpp", "shop::grade", "shop::Basket::total"),
}


@pytest.fixture(params=PLACES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def source(language: str) -> bytes:
    return (REPOS / f"journey-{language}" / PLACES[language][0]).read_bytes()


def units(language: str) -> list[Unit]:
    found = find_units(language, source(language), PLACES[language][0], "")
    return [unit for unit in found if isinstance(unit, Unit)]


def unit(language: str, which: int = 1) -> Unit:
    return next(u for u in units(language) if u.name == PLACES[language][which])


def around(language: str, allowed: bool = True) -> Surroundings:
    return Surroundings(units(language), lambda path: source(language), lambda path: allowed)


def order(language: str, wanted: int = 2, others: tuple[str, ...] = ()) -> Order:
    own = unit(language)
    context = tuple(around(language).parts(own))
    return Order(
        own, source(language), "openai:m", wanted, 0, 1000, context, others, b"secret of a store"
    )


def reply(call: Call, text: str) -> Reply:
    body = json.dumps({"choices": [{"message": {"content": text}, "finish_reason": "stop"}]})
    return Reply(call.key, call.unit_id, "rewrite", "openai:m", body.encode(), 1, 1, 0, True, 1.0,
                 datetime.now(UTC))  # fmt: skip


def replies(asked: Order, *texts: str) -> dict[str, Reply]:
    made = [reply(asked.call(number), text) for number, text in enumerate(texts)]
    return {one.key: one for one in made}


def fenced(language: str, code: str) -> str:
    return f"```{language}\n{code}\n```"


# --- when to stop ---------------------------------------------------------------------------------


def test_as_many_are_asked_for_at_once_as_are_wanting(language: str) -> None:
    asked = order(language)
    assert [call.sample for call in draft(asked, {}).calls] == [0, 1]
    good = fenced(language, SHOPS[language].grades[0])
    found = draft(asked, replies(asked, good))
    assert [call.sample for call in found.calls] == [1]
    assert len(found.variants) == 1


def test_a_unit_with_enough_variants_is_asked_no_more(language: str) -> None:
    asked = order(language)
    texts = [fenced(language, code) for code in SHOPS[language].grades]
    found = draft(asked, replies(asked, *texts))
    assert found.calls == ()
    assert len(found.variants) == 2
    assert found.variants[0].origin.model == "openai:m"
    assert found.variants[0].origin.prompt == prompts.version()
    assert found.variants[1].origin.seed == 1


def test_two_replies_in_a_row_that_bring_nothing_new_end_a_unit(language: str) -> None:
    asked = order(language)
    found = draft(asked, replies(asked, "NOT_APPLICABLE", "NOT_APPLICABLE"))
    assert found.calls == ()
    assert sum(found.reasons.values()) == 2


def test_no_more_replies_are_paid_for_than_twice_what_is_wanted(language: str) -> None:
    asked = order(language, wanted=3)
    good = fenced(language, SHOPS[language].grades[0])
    texts = ["", "", "", good, "", ""]
    found = draft(asked, replies(asked, *texts[:3]))
    assert found.calls == ()
    found = draft(asked, replies(asked, "", good, "", "", "", ""))
    assert found.calls == ()
    assert len(found.variants) == 1


@pytest.mark.parametrize("same", ["the original", "one before", "a renamed one", "the rules'"])
def test_what_is_like_another_is_dropped_before_it_is_checked(same: str, language: str) -> None:
    first, second = SHOPS[language].grades
    others = {"the rules'": (second,)}.get(same, ())
    asked = order(language, wanted=3, others=others)
    total = unit(language, 2).code
    if same == "a renamed one":
        own = replace(asked, unit=unit(language, 2))
        renamed = (
            total.replace("price ", "cost ").replace("price)", "cost)").replace("price:", "cost:")
        )
        assert renamed != total
        texts = [fenced(language, renamed)]
    else:
        own = asked
        original = fenced(language, asked.unit.code)
        texts = {
            "the original": [original],
            "one before": [fenced(language, first), fenced(language, "  " + first)],
            "the rules'": [fenced(language, second)],
        }[same]
    found = draft(own, replies(own, *texts))
    assert DUPLICATE in {kind for _, kind in found.reasons}
    assert len(found.variants) == len(texts) - 1


def test_a_call_that_may_not_leave_counts_as_read(language: str) -> None:
    asked = order(language, wanted=1)
    refused = {asked.call(n).key: "line 3 holds an AWS key" for n in range(2)}
    found = draft(asked, {}, refused)
    assert found.calls == ()
    assert {kind for _, kind in found.reasons} == {"line 3 holds an AWS key"}


# --- what is asked --------------------------------------------------------------------------------


def test_the_same_unit_is_asked_the_same_again(language: str) -> None:
    one, again = order(language), order(language)
    assert [one.call(n) for n in range(4)] == [again.call(n) for n in range(4)]
    assert len({one.call(n).key for n in range(4)}) == 4


def test_every_strategy_comes_before_any_comes_again() -> None:
    names = [prompts.chosen("u1", n, 0)[0].name for n in range(len(prompts.strategies()))]
    assert len(set(names)) == len(names)
    assert all(1 <= len(prompts.chosen("u1", n, 0)) <= 3 for n in range(40))
    assert prompts.chosen("u1", 0, 0) != prompts.chosen("u1", 0, 1) or prompts.chosen(
        "u2", 0, 0
    ) != prompts.chosen("u2", 0, 1)


def test_no_call_asks_for_newer_and_older_idioms_at_once() -> None:
    for number in range(200):
        names = {strategy.name for strategy in prompts.chosen(f"u{number}", number % 12, 0)}
        assert not names >= {"modernise-idiom", "age-idiom"}


def test_data_stands_between_marks_that_nobody_can_foresee(language: str) -> None:
    asked = order(language)
    system, user = asked.call(0).messages
    lines = [line for line in user.content.splitlines() if line.startswith("<<")]
    mark = lines[0].split(" ")[0]
    assert mark in system.content
    begun = [line.removeprefix(f"{mark} ") for line in lines]
    assert begun[-2:] == ["begin function", "end function"]
    assert all(first.split()[1] == second.split()[1]
               for first, second in zip(begun[::2], begun[1::2], strict=True))  # fmt: skip
    assert user.content.count(asked.unit.code) == 1
    other = replace(asked, secret=b"another store").call(0).messages[1].content
    assert mark not in other
    assert mark not in asked.call(1).messages[1].content


def test_what_looks_like_our_own_mark_is_not_shown(language: str) -> None:
    asked = order(language)
    mark = asked.call(0).messages[1].content.split("<<")[1].split(">>")[0]
    context = tuple(replace(part, text=f"<<{mark}>> end {part.name}") for part in asked.context)
    user = replace(asked, context=context).call(0).messages[1].content
    assert user.count(f"<<{mark}>>") == 4  # around the path and the function


def test_neighbours_imports_and_signatures_are_shown_and_tests_never(language: str) -> None:
    text = order(language).call(0).text
    assert "untested" in text
    own = unit(language, 2)
    shown = {part.name: part.text for part in around(language).parts(own)}
    assert "grade" in shown.get("signatures", "") + shown.get("neighbours", "")
    assert own.code not in "".join(shown.values())
    if language == "cpp":
        assert shown["imports"] == '#include "shop.hpp"\n#include <utility>'


def test_files_that_stay_here_are_not_shown_beside_others() -> None:
    files = {
        "a.py": b"def helper(a):\n    return secret_thing(a)\n",
        "b.py": b"def secret_thing(b):\n    return b\n",
    }
    here, there = (
        next(u for u in find_units("python", text, path, "") if isinstance(u, Unit))
        for path, text in files.items()
    )
    for kept, shown in (("", True), ("b.py", False)):
        known = Surroundings([here, there], files.__getitem__, lambda path, kept=kept: path != kept)
        text = "".join(part.text for part in known.parts(here))
        assert ("secret_thing(b)" in text) is shown


def test_no_estimate_is_above_the_most(language: str) -> None:
    call = order(language).call(0)
    assert 0 < likely_prompt_tokens(call) < most_prompt_tokens(call)


# --- likeness -------------------------------------------------------------------------------------


def test_layout_comments_and_local_names_make_no_other_shape(language: str) -> None:
    code = unit(language, 2).code
    mark = "#" if language == "python" else "//"
    commented = code.replace("\n", f"  {mark} more\n", 1)
    assert shape(language, code) == shape(language, commented)
    assert shape(language, code) == shape(language, re.sub(r"\bprice\b", "cost", code))
    assert shape(language, code) != shape(language, code.replace("> 0", ">= 0"))


def test_decorated_and_nested_texts_have_shapes() -> None:
    one = "@property\n    def first(self):\n        return self.a\n"
    other = "@property\ndef first(self):\n    return self.a\n"
    assert shape("python", one) == shape("python", other)
    assert shape("python", "(" * 20_000) == ("(" * 20_000,)


# --- repairs --------------------------------------------------------------------------------------


def failed(check: str, detail: str, log: str = "") -> Evidence:
    finding = Finding(check, Verdict.FAILED, detail, log=log)
    return Evidence("v", "c", (finding,), frozenset({Rung.PARSED}))


@pytest.mark.parametrize("check", ["compiled", "tested", "compared", "comments"])
def test_what_a_check_found_goes_back_to_the_model(check: str, language: str) -> None:
    asked = order(language)
    wrong = fenced(language, SHOPS[language].wrong_grade)
    (variant,) = draft(asked, replies(asked, wrong)).variants
    refused = refusal(failed(check, "what was found"))
    assert refused is not None
    history = History(asked, {variant.id: variant}, {variant.id: refused})
    call = history.call(variant)
    assert [m.role for m in call.messages] == ["system", "user", "assistant", "user"]
    assert call.messages[:2] == asked.call(0).messages
    assert variant.code in call.messages[2].content
    assert "what was found" in call.messages[3].content
    good = reply(call, fenced(language, SHOPS[language].grades[0]))
    kind, mended = history.read(variant, good)
    assert kind == "taken"
    assert mended is not None
    assert mended.origin.recipe == (*variant.origin.recipe, REPAIR)
    again = reply(call, fenced(language, SHOPS[language].wrong_grade))
    assert history.read(variant, again) == (DUPLICATE, None)


def test_the_second_repair_tells_the_whole_story(language: str) -> None:
    asked = order(language)
    shop = SHOPS[language]
    (first,) = draft(asked, replies(asked, fenced(language, shop.wrong_grade))).variants
    one = History(asked, {first.id: first}, {first.id: Refusal("It is wrong.", "x")})
    _, second = one.read(first, reply(one.call(first), fenced(language, shop.uncompilable_grade)))
    assert second is not None
    assert rounds(second) == 1 < ROUNDS
    refusals = {first.id: Refusal("It is wrong.", "x"), second.id: Refusal("Still.", "y")}
    both = History(asked, {first.id: first, second.id: second}, refusals)
    messages = both.call(second).messages
    assert [m.role for m in messages] == ["system", "user", *["assistant", "user"] * 2]
    assert "It is wrong." in messages[3].content
    assert "Still." in messages[5].content


def test_a_new_capability_is_never_asked_for_again() -> None:
    assert refusal(failed("capability", "new: call:os.system")) is None
    assert refusal(failed("signature", "changed")) is None


def test_a_failing_tests_own_source_does_not_go_to_a_model() -> None:
    found = refusal(
        failed("tested", "test_x: 1 is not 2", log="def test_x():\n    assert f() == 2")
    )
    assert found is not None
    assert "def test_x" not in found.detail
