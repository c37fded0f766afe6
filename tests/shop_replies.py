"""What a scripted model says about the journey repositories: right, wrong and broken rewrites.

Which reply comes hangs on the sample and on whether it is a repair.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tests.model_api.script import Reply, Request

_FUNCTION = re.compile(r"(<<\w+>>) begin function\n(.*?)\n\1 end function", re.DOTALL)


@dataclass(frozen=True)
class Shop:
    """Rewrites of `grade` and `total` in one language."""

    wrong_grade: str
    uncompilable_grade: str
    grades: tuple[str, ...]
    totals: tuple[str, ...]


def _python_grade(body: str) -> str:
    head = 'def grade(score):\n    """The grade for a score."""\n    # no score, no grade\n'
    return head + body


SHOPS = {
    "python": Shop(
        _python_grade(
            '    if score is None:\n        return "none"\n'
            '    return "good" if score >= 10 else "bad"\n'
        ),
        _python_grade('    return "good" if points > 10 else "bad"\n'),
        (
            _python_grade(
                '    if score is None:\n        return "none"\n'
                '    return "good" if score > 10 else "bad"\n'
            ),
            _python_grade(
                '    if score is not None:\n        if score > 10:\n            return "good"\n'
                '        return "bad"\n    return "none"\n'
            ),
        ),
        (
            "def total(self, rebate):\n    if rebate is None:\n        return 0\n    total = 0\n"
            "    for price in self.prices:\n        if price > 0:\n"
            "            total += price - rebate\n    return total\n",
            "def total(self, rebate):\n    total = 0\n    for price in self.prices:\n"
            "        if not price > 0 or rebate is None:\n            continue\n"
            "        total += price - rebate\n    return total\n",
        ),
    ),
    "java": Shop(
        "public static String grade(Integer score) {\n    // no score, no grade\n"
        '    if (score == null) {\n        return "none";\n    }\n'
        '    return score >= 10 ? "good" : "bad";\n}',
        "public static String grade(Integer score) {\n    // no score, no grade\n"
        '    return points > 10 ? "good" : "bad";\n}',
        (
            "public static String grade(Integer score) {\n    // no score, no grade\n"
            '    if (score == null) {\n        return "none";\n    }\n'
            '    return score > 10 ? "good" : "bad";\n}',
            "public static String grade(Integer score) {\n    // no score, no grade\n"
            '    if (score != null) {\n        return score > 10 ? "good" : "bad";\n    }\n'
            '    return "none";\n}',
        ),
        (
            "public int total(int rebate) {\n    int total = 0;\n    for (int price : prices) {\n"
            "        if (price > 0) {\n            total += rebate >= 0 ? price - rebate : 0;\n"
            "        }\n    }\n    return total;\n}",
            "public int total(int rebate) {\n    int total = 0;\n    for (int price : prices) {\n"
            "        if (price <= 0 || rebate < 0) {\n            continue;\n        }\n"
            "        total += price - rebate;\n    }\n    return total;\n}",
        ),
    ),
    "cpp": Shop(
        "std::string grade(const int* score) {\n    // no score, no grade\n"
        '    if (score == nullptr) {\n        return "none";\n    }\n'
        '    return *score >= 10 ? "good" : "bad";\n}',
        "std::string grade(const int* score) {\n    // no score, no grade\n"
        '    return *points > 10 ? "good" : "bad";\n}',
        (
            "std::string grade(const int* score) {\n    // no score, no grade\n"
            '    if (score == nullptr) {\n        return "none";\n    }\n'
            '    return *score > 10 ? "good" : "bad";\n}',
            "std::string grade(const int* score) {\n    // no score, no grade\n"
            '    if (score != nullptr) {\n        return *score > 10 ? "good" : "bad";\n    }\n'
            '    return "none";\n}',
        ),
        (
            "int Basket::total(int rebate) const {\n    int total = 0;\n"
            "    for (int price : prices_) {\n        if (price > 0) {\n"
            "            total += rebate >= 0 ? price - rebate : 0;\n        }\n    }\n"
            "    return total;\n}",
            "int Basket::total(int rebate) const {\n    int total = 0;\n"
            "    for (int price : prices_) {\n        if (price <= 0 || rebate < 0) {\n"
            "            continue;\n        }\n        total += price - rebate;\n    }\n"
            "    return total;\n}",
        ),
    ),
}


def function(request: Request) -> str:
    """The function that a request asks about."""
    match = _FUNCTION.search(request.prompt)
    assert match is not None, request.prompt
    return match[2]


def language(request: Request) -> str:
    found = re.search(r"fenced block marked ```(\w+)", request.prompt)
    assert found is not None
    return found[1]


def is_repair(request: Request) -> bool:
    return "Your rewrite was refused" in request.prompt


def fenced(request: Request, code: str) -> Reply:
    return Reply(f"Here it is.\n\n```{language(request)}\n{code.rstrip()}\n```\n")


def sample_of(request: Request) -> int:
    """Its seed; protocols without one tell it by the temperature, repairs by what is repaired."""
    if is_repair(request):
        return int("points" in request.prompt)
    temperature: float = request.body["temperature"]
    return int(request.body.get("seed", (0.4, 0.8, 1.0).index(temperature)))


def shop(request: Request) -> Reply:
    """`grade` is wrong first, then does not compile, then right; `total` is right twice."""
    if "Answer with the one word ready" in request.prompt:
        return Reply("ready")
    own, sample, code = SHOPS[language(request)], sample_of(request), function(request)
    if re.search(r"\bgrade\s*\(", code):
        if is_repair(request):
            return fenced(request, own.grades[sample])
        answers = (own.wrong_grade, own.uncompilable_grade)
        return fenced(request, answers[sample] if sample < 2 else own.grades[0])
    if re.search(r"\btotal\s*\(", code):
        return fenced(request, own.totals[sample]) if sample < 2 else Reply("I cannot do more.")
    return Reply("NOT_APPLICABLE")
