"""How a C++ comparison reads heads, names, constants and reports; no compiler is asked."""

from __future__ import annotations

import pytest

from codeaug.runners.hosts.native.comparison.domain import domain
from codeaug.runners.hosts.native.comparison.heads import Unwritten, read_head
from codeaug.runners.hosts.native.comparison.judging import Judge, Verdict
from codeaug.runners.hosts.native.comparison.naming import constants, members
from codeaug.runners.hosts.native.comparison.shared import variables
from codeaug.runners.hosts.native.comparison.telling import (
    comments,
    comments_of_members,
    of_either_sign,
    only_compared,
    read_bitwise,
)
from codeaug.runners.hosts.native.comparison.values import calls_in

HEADS = {
    "int grade(int score) ": ("desk::grade", ("score",)),
    "void f() ": ("f", ()),
    "void f(void) ": ("f", ()),
    "std::map<int, char> f(const std::map<int, std::pair<int, int>>& all = {}, bool b = 1 < 2) ": (
        "f",
        ("all", "b"),
    ),
    "inline bool A::operator==(const A& other) const ": ("A::operator==", ("other",)),
    "int f(const std::function<bool(int)>& test, std::map<int, int (*)(int)> all) ": (
        "f",
        ("test", "all"),
    ),
    "int A::operator()(int x) ": ("A::operator()", ("x",)),
    "A::operator bool() const ": ("A::operator bool", ()),
    "void f(int (*act)(int, int), int numbers[3], char *argv[]) ": (
        "f",
        ("act", "numbers", "argv"),
    ),
    "A::A(int x) : x_(x), y_{1} ": ("A::A", ("x",)),
    "template <> std::string A::as<std::vector<int>>(int x) const ": (
        "A::as<std::vector<int>>",
        ("x",),
    ),
    "template <class T, int N = 3>\nT f(T (&all)[N], const T *const p) noexcept(true) ": (
        "f",
        ("all", "p"),
    ),
    '__attribute__((deprecated("f(x)"))) unsigned long long f(unsigned long long many) ': (
        "f",
        ("many",),
    ),
}


@pytest.mark.parametrize("text", HEADS)
def test_a_head_names_its_parameters(text: str) -> None:
    unit, names = HEADS[text]
    head = read_head(text, unit)
    assert (head.parameters, head.text) == (names, text)


def test_parameters_without_a_name_get_one() -> None:
    head = read_head('bool f(const A& /*a*/, unsigned int, std::string = "", int d) ', "f")
    names = [f"codeaug_unnamed{number}" for number in range(3)]
    assert head.parameters == (*names, "d")
    before, after = "bool f(const A& codeaug_unnamed0 /*a*/, ", ' = "", int d) '
    assert head.text == f"{before}unsigned int {names[1]}, std::string {names[2]}{after}"


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("int f(int count, ...) ", "f"),
        ("template <class... T> int f(T... all) ", "f"),
        ("A::~A() ", "A::~A"),
        ("int g(int x) ", "f"),
        ("int f(int (*)(int)) ", "f"),
    ],
)
def test_a_head_that_cannot_be_called_is_refused(text: str, unit: str) -> None:
    with pytest.raises(Unwritten):
        read_head(text, unit)


def test_names_tell_which_parameters_say_how_many_there_are() -> None:
    counts = ("n", "count", "buf_len", "keyCount", "outlen", "SIZE")
    others = ("limit", "end", "value", "amount", "country")
    head = read_head(f"int f({', '.join(f'int {name}' for name in (*counts, *others))}) ", "f")
    assert tuple(filter(head.counts, head.parameters)) == counts


def test_a_record_keeps_what_recorded_ones_say_of_sizes_and_places() -> None:
    def ring(head: int, count: int) -> dict[str, dict[str, int]]:
        return {"ring": {"capacity": 2, "head": head, "count": count}}

    rules = domain([ring(0, 2), ring(1, 0)], "", {})
    holds = [all(rule(ring(*each)) for rule in rules) for each in [(1, 2), (2, 1), (1, 3)]]
    assert holds == [True, False, False]


def test_a_text_that_is_always_a_key_of_a_map_beside_it_stays_one() -> None:
    def book(borrower: bytes) -> dict[str, dict[str, list[list[object]]]]:
        loans: list[list[object]] = [[b"coin", {"borrower": borrower, "days": 3}]]
        return {"*this": {"loans_": loans, "held_": [[b"Leeds", 1], [b"York", 2]]}}

    rules = domain([book(b"Leeds"), book(b"York")], "", {})
    assert all(rule(book(b"York")) for rule in rules)
    assert not all(rule(book(b"Yorks")) for rule in rules)
    assert all(rule(book(b"Yorks")) for rule in domain([book(b"Leeds"), book(b"Hull")], "", {}))


def test_no_record_holds_more_than_there_is_room_for() -> None:
    def shelf(*pieces: int) -> dict[str, object]:
        return {
            "*this": {"capacity_": 9, "pieces_": [[b"%d" % at, n] for at, n in enumerate(pieces)]}
        }

    rules = domain([shelf(3, 4), shelf(9)], "", {})
    holds = [all(rule(shelf(*each)) for rule in rules) for each in [(8, 1), (8, 2), (1,) * 10]]
    assert holds == [True, False, False]
    assert all(rule(shelf(1)) for rule in domain([shelf(8, 2)], "", {}))


@pytest.mark.parametrize(
    ("words", "holds"),
    [
        ("Each is in the order of its days.", False),
        ("The visits, sorted by day", False),
        ("The result is in the order of the names.", True),
    ],
)
def test_records_are_in_the_order_that_the_comment_names(words: str, holds: bool) -> None:
    def visits(*days: int) -> dict[str, object]:
        return {"visits": [{"day": day, "name": b"x"} for day in days]}

    rules = domain([visits(1, 2)], words, {})
    assert all(rule(visits(2, 2, 3)) for rule in rules)
    assert all(rule(visits(2, 1)) for rule in rules) is holds


def test_a_power_of_ten_bounds_every_number_and_a_small_bound_only_what_it_names() -> None:
    rules = domain([{"used": 5}], "At most 5 lines. The use (at most 10^12 Wh either way).", {})
    numbers = (6, -(10**12), 10**12 + 1, -(1 << 63))
    holds = [all(rule({"used": number}) for rule in rules) for number in numbers]
    assert holds == [True, True, False, False]


def test_nothing_is_twice_in_a_list_whose_items_are_said_to_be_there_once() -> None:
    rules = domain([{"free": [1, 2], "names": [3]}], "The free seats, each once. Counted once.", {})
    assert all(rule({"free": [1, 2], "names": [3, 3]}) for rule in rules)
    assert not all(rule({"free": [1, 1], "names": [3]}) for rule in rules)


def test_no_record_ends_before_it_begins_where_none_does_in_a_test() -> None:
    rules = domain([{"bands": [{"from": 3, "to": 3}]}], "", {})
    assert all(rule({"bands": [{"from": 1, "to": 2}]}) for rule in rules)
    assert not all(rule({"bands": [{"from": 2, "to": 1}]}) for rule in rules)


@pytest.mark.parametrize(
    ("words", "least", "most"),
    [
        ("amount grams, from -1'000 (a return) to 2'000", -1000, 2000),
        ("The amount is one or more.", 1, None),
        ("amount 3 or less", None, 3),
    ],
)
def test_numbers_are_bound_as_people_write_it(
    words: str, least: int | None, most: int | None
) -> None:
    rules = domain([{"amount": 2}], words, {})
    ends = [(least, -1), (most, 1)]
    for end, by in ((end, by) for end, by in ends if end is not None):
        assert all(rule({"amount": end}) for rule in rules)
        assert not all(rule({"amount": end + by}) for rule in rules)


def test_names_are_known_that_are_read_bit_by_bit() -> None:
    text = "lit = (present & ~covered) | (lit & staying); const Lot& old = all; a && b; mask |= c;"
    assert read_bitwise(text) == {"present", "covered", "lit", "staying", "mask", "c"}


def test_small_numbers_below_great_ones_are_no_order_of_the_two() -> None:
    known = [{"missed": n, "cents": 100 * n + 900} for n in range(1, 7)]
    assert all(rule({"missed": 3, "cents": -1}) for rule in domain(known, "", {}))
    near = [{"missed": n, "cents": n + 3} for n in range(1, 7)]
    assert not all(rule({"missed": 3, "cents": 2}) for rule in domain(near, "", {}))


def test_members_of_a_record_that_speaks_of_negative_ones_are_of_either_sign() -> None:
    scores = (
        "/// A score; penalties make it\n/// negative.\nstruct Score {\n    int points = 0;\n};\n"
    )
    other = "/** Never negative. */\nclass Size {\n    int width;\n};\nint height;\n"
    assert of_either_sign([scores + other]) == {"points"}


@pytest.mark.parametrize(("price", "holds"), [(0, True), (1_000_000, True), (-1, False)])
def test_a_range_is_said_of_a_things_number_and_with_thousands(price: int, holds: bool) -> None:
    for words in (
        "The price of a ticket is 0 to 1,000,000.",
        "The price of a ticket is\n0 to 9,999,999",
    ):
        rules = domain([{"price": 250}], words, {})
        assert all(rule({"price": price}) for rule in rules) is holds


def test_members_are_names_declared_in_classes_and_apart_those_in_unions() -> None:
    source = """
        class A : public B {
        public:
            A() : one(1) { int local = 2; }
            int get() const { return one; }
        private:
            int one, two = 2;
            std::vector<int> three;
            char *four[3];
            unsigned five : 3;
            static const int shared = 3;
            union { int number; float real; };
            union { int other; } six;
            struct In { In* next; };
        };
        int outside;
    """
    found = members([source])
    assert found.plain == ["one", "two", "three", "four", "five", "six", "next"]
    assert found.overlaid == ["number", "real", "other"]


def test_constants_are_the_texts_literals() -> None:
    found = constants(["return x > 0x1F ? 'a' : 1'000u + 2.5f;", 'f("ab", 017); // 99'])
    assert found.integers == (31, -31, 97, 1000, -1000, 15, -15)
    assert found.reals == (2.5, -2.5)
    assert found.strings == ('"ab"',)
    assert found.letters == "ab"
    assert constants(["f('\\n', '\\xff', '\\0', 'x');"]).letters == "\n\xffx"


def test_names_of_which_a_text_only_asks_which_is_more() -> None:
    text = "if (a.rank != b.rank) { return a.rank > b->rank; } while (n < left) { n += step; }"
    assert only_compared(text) == {"rank"}


def report(*texts: str, word: str = "word") -> str:
    """Lines about one input: the original twice, then the variant."""
    given = ["=x\t1\t", *[""] * len(texts)]
    return "".join(
        f"{word} 9 0x1 1 0 {who} ok 0.1 \t{given[who]}=\t{text}\n" for who, text in enumerate(texts)
    )


def judged(text: str) -> Verdict:
    judge = Judge()
    judge.read(text, "word", "test")
    return judge.verdict()


AGREE = [
    ("returns\t5", "returns\t5", "returns\t5"),
    ("returns\t%01", "returns\t%01", "returns\t%01"),
    # new memory lies anywhere; what was there before does not
    ("returns\t&a1\t&a1\t&b", "returns\t&c2\t&c2\t&b", "returns\t&d3\t&d3\t&b"),
]
DIFFER = [
    ("returns\t5", "returns\t5", "returns\t6", "returns\t6"),
    ("returns\t5", "returns\t5", "returns\t5\t5", "returns\t5\t5"),
    ("returns\t5\t%01", "returns\t5\t%01", "returns\t6\t%02", "returns\t6\t%02"),
    ("returns\t&b", "returns\t&b", "returns\t&c", "returns\t&c"),
    ("returns\t&a1\t&a1", "returns\t&c2\t&c2", "returns\t&d3\t&d4", "returns\t&d3\t&d4"),
    ("returns\t&a1", "returns\t&a2", "returns\tnull", "returns\tnull"),
    ("returns\t0.0", "returns\t0.0", "returns\t-0.0", "returns\t-0.0"),
]
UNKNOWN = [
    (("returns\t5", "returns\t6", "returns\t5"), "the original differs from itself"),
    (("returns\t5", "returns\t5", "returns\t6", "returns\t5"), "the changed unit differs from"),
    (("returns\t%01", "returns\t%02", "returns\t%01"), "which bytes of a union are meant is not"),
    (("returns\t%01", "returns\t%01", "returns\t%02", "returns\t%02"), "other bytes in a union"),
    (("returns\tnothing",) * 3, "it returns nothing, and nothing that it changes is looked into"),
    (("returns\t{\t}\t=opaque result",) * 3, "its result cannot be looked into"),
    (("returns\t5\t=x\t=opaque x",) * 3, "what it does to x cannot be looked into"),
]


def test_undefined_behaviour_beyond_the_bounds_of_the_words_is_no_difference() -> None:
    for words, differs in (("x is 0 to 9. Else logic_error is thrown.", False), ("", True)):
        judge = Judge(words, {}, frozenset())
        given = "word 9 0x1 1 {} {} {} 0.1 \t{}"
        throws = '=x\t{}\t=\tthrows\tstd::logic_error\t""'
        lines = [given.format(0, who, "ok", throws.format(5)) for who in (0, 1, 2)]
        lines += [given.format(1, who, "ok", throws.format(99)) for who in (0, 1)]
        lines += [given.format(1, who, "undefined", "") for who in (2, 3)]
        judge.read("\n".join(lines), "word", "test")
        assert bool(judge.verdict().differences) is differs


@pytest.mark.parametrize("texts", AGREE)
def test_equal_words_agree(texts: tuple[str, ...]) -> None:
    judge = judged(report(*texts))
    assert (len(judge.inputs), judge.differences, judge.problem) == (1, [], "")


@pytest.mark.parametrize("texts", DIFFER)
def test_other_words_differ(texts: tuple[str, ...]) -> None:
    judge = judged(report(*texts))
    assert judge.smallest is not None
    assert judge.smallest.given == ("=x", "1")


@pytest.mark.parametrize(("texts", "why"), UNKNOWN)
def test_what_says_nothing_is_a_problem(texts: tuple[str, ...], why: str) -> None:
    judge = judged(report(*texts))
    assert judge.differences == []
    assert why in judge.problem


def test_a_variant_without_words_differs() -> None:
    lines = report("returns\t5", "returns\t5")
    for how in ("end", "signal", "time", "undefined", "outside"):
        ended = "".join(f"word 9 0x1 1 0 {who} {how} 0.1 \t\n" for who in (2, 3))
        assert judged(lines + ended).smallest is not None
    assert judged(lines).inputs == set()


def test_lines_without_the_word_and_late_reports_are_no_agreement_nor_is_a_handful_beside() -> None:
    assert judged(report("returns\t5", "returns\t5", "returns\t5", word="guess")).inputs == set()
    late = report("returns\t5", "returns\t5", "returns\t5") + "word 9 0x1 0 0 0 late 0.0 \t\n"
    judge = Judge()
    assert judge.read(late, "word", "test")
    found = judge.verdict()
    assert (found.inputs, found.problem) == (set(), "its tests take too long")
    one = report("returns\t5", "returns\t5", "returns\t5")
    assert not judge.read(one, "word", "test")
    found = judge.verdict()
    assert (len(found.inputs), found.problem) == (1, "its tests take too long")
    more = [
        one.replace("0x1 1", f"0x1 {call}").replace("=x\t1", f"=x\t{call}") for call in range(2, 12)
    ]
    assert not judge.read("".join(more), "word", "test")
    found = judge.verdict()
    assert (len(found.inputs), found.problem) == (11, "")


def test_a_difference_of_a_test_that_is_cut_off_counts() -> None:
    late = report("returns\t5", "returns\t5", "returns\t6", "returns\t6")
    assert judged(late + "word 9 0x1 0 0 0 late 0.0 \t\n").smallest is not None


# --- which inputs count ---------------------------------------------------------------------------


def grown(given: str, original: str, variant: str, how: str = "ok") -> str:
    """Lines about a grown input on which the two differ."""
    said = [(0, how, original), (2, "ok", variant), (1, how, original), (3, "ok", variant)]
    return "".join(
        f"word 9 0x1 1 1 {who} {ended} 0.1 \t{'' if who else given}\t=\t{text}\n"
        for who, ended, text in said
    )


def counts(words: str, *lines: str) -> bool:
    """Whether the difference on the grown input counts, for a unit with these comments."""
    judge = Judge(words)
    judge.read("".join(lines), "word", "test")
    return judge.verdict().smallest is not None


RECORDED = report(*["returns\t5"] * 3).replace("=x\t1", '=x\t1\t=all\t[\t1\t2\t]\t=t\t"a"')
OUTSIDE = {
    "At most so many: x (1 to 9).": "=x\t10\t=all\t[\t]",
    "The x must be at least 1.": "=x\t0\t=all\t[\t]",
    "Of a sorted list.": "=x\t1\t=all\t[\t2\t1\t]",
    "Of a list that is not empty.": "=x\t1\t=all\t[\t]",
    "x <= 3": "=x\t4\t=all\t[\t]",
    "ASCII text": '=x\t1\t=t\t"\\351"',
}


@pytest.mark.parametrize("words", OUTSIDE)
def test_what_the_comment_excludes_does_not_count(words: str) -> None:
    line = grown(OUTSIDE[words], "returns\t1", "returns\t2")
    assert not counts(words, RECORDED, line)
    assert counts("Another comment.", RECORDED, line)


@pytest.mark.parametrize("words", ["Whether all are in a sorted list.", "Sorted by name. x: any."])
def test_what_only_sounds_like_a_precondition_excludes_nothing(words: str) -> None:
    assert counts(words, RECORDED, grown("=x\t9\t=all\t[\t2\t1\t]", "returns\t1", "returns\t2"))


def test_an_input_outside_counts_where_it_is_refused_as_the_comment_says() -> None:
    line = grown("=x\t0\t=all\t[\t]", 'throws\tstd::range_error\t"no"', "returns\t2")
    assert counts("x (1 to 9), else std::range_error.", RECORDED, line)
    assert not counts("x (1 to 9).", RECORDED, line)


def test_an_exception_that_nobody_raises_on_purpose_does_not_count() -> None:
    raised = 'throws\tstd::out_of_range\t"vector::at"'
    by_accident = grown("=x\t7", raised, "returns\t2", "accident")
    assert not counts("", RECORDED, by_accident)
    assert counts("", RECORDED, grown("=x\t7", raised, "returns\t2"))
    assert counts("Throws out_of_range.", RECORDED, by_accident)


def test_arguments_are_read_from_words_with_those_of_calls_before() -> None:
    before = "=before: x", "1", "=before: x", "2"
    words = *before, "=*this", "{", "=.a", "[", "1", "]", "=.b", "&1f", '"q\\011"', "}", "=x", "3"
    assert calls_in(words) == [{"x": 1}, {"x": 2}, {"*this": {"a": [1], "b": b"q\t"}, "x": 3}]


def test_a_files_variables_are_found_where_a_call_may_change_them() -> None:
    text = """
#include <map>
static int counter = 0;
const int most = 3;
#include <vector>
namespace a { namespace {
std::map<int, char> all{{1, 'a'}};
int table[3] = {1, 2};
int f(int x) { int y = 3; return y; }
} }
struct S { int member; };
extern int elsewhere;
"""
    assert variables(text) == ["counter", "all", "table"]


def test_comments_are_those_of_declarations_with_the_units_parameters() -> None:
    source = """
/// Of two.
int f(int one, int two);
/** Of one. */
int f(int one);
int limit;  ///< at least one
"""
    head = read_head("int f(int one, int two) ", "f")
    assert comments(head, [source]) == "Of two."
    assert comments_of_members([source]) == {"limit": "at least 1"}


def test_a_second_call_that_runs_out_of_memory_is_none_that_the_unit_takes() -> None:
    original = "throws\tE\t=again: x\t9\t=again: result\tthrows\tstd::bad_alloc"
    crash = grown("=x\t1", original, "", "accident").replace(" 2 ok ", " 2 signal ")
    assert not counts("E", report(*["returns\t5"] * 3), crash.replace(" 3 ok ", " 3 signal "))


def test_as_many_items_as_two_numbers_say_stay_so() -> None:
    small = {"x": {"w": 1, "h": 2, "cells": [7, 8]}}
    large = {"x": {"w": 3, "h": 1, "cells": [7, 8, 9]}}
    rules = domain([small, large], "", {})
    cut = {"x": {"w": 2, "h": 2, "cells": [7, 8, 9]}}
    assert not all(rule(cut) for rule in rules)
    assert all(rule(cut) for rule in domain([small], "", {}))
