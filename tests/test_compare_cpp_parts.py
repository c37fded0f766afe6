"""How a C++ comparison reads heads, names, constants and reports; no compiler is asked."""

from __future__ import annotations

import pytest

from codeaug.runners.hosts.native.comparison.heads import Unwritten, read_head
from codeaug.runners.hosts.native.comparison.judging import Judge
from codeaug.runners.hosts.native.comparison.naming import constants, members

HEADS = {
    "int grade(int score) ": ("desk::grade", ("score",)),
    "void f() ": ("f", ()),
    "void f(void) ": ("f", ()),
    "std::map<int, char> f(const std::map<int, std::pair<int, int>>& all = {}, bool b = 1 < 2) ": (
        "f",
        ("all", "b"),
    ),
    "inline bool A::operator==(const A& other) const ": ("A::operator==", ("other",)),
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


def report(*texts: str, word: str = "word") -> str:
    """Lines about one input: the original twice, then the variant."""
    given = ["=x\t1\t", *[""] * len(texts)]
    return "".join(
        f"{word} 9 0x1 1 0 {who} ok 0.1 \t{given[who]}=\t{text}\n" for who, text in enumerate(texts)
    )


def judged(text: str) -> Judge:
    judge = Judge()
    judge.read(text, "word", "test")
    return judge


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


def test_lines_without_the_word_and_late_reports_are_no_agreement() -> None:
    assert judged(report("returns\t5", "returns\t5", "returns\t5", word="guess")).inputs == set()
    late = report("returns\t5", "returns\t5", "returns\t5") + "word 9 0x1 0 0 0 late 0.0 \t\n"
    judge = Judge()
    judge.add(judged(late))
    assert (judge.inputs, judge.problem) == (set(), "its tests take too long")
    judge.add(judged(report("returns\t5", "returns\t5", "returns\t5")))
    assert (len(judge.inputs), judge.problem) == (1, "")


def test_a_difference_of_a_test_that_is_cut_off_counts() -> None:
    late = report("returns\t5", "returns\t5", "returns\t6", "returns\t6")
    judge = Judge()
    judge.add(judged(late + "word 9 0x1 0 0 0 late 0.0 \t\n"))
    assert judge.smallest is not None
