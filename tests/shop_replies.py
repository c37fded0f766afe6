"""What a scripted model says about the journey repositories: right, wrong and broken rewrites."""

from __future__ import annotations

import re

from tests.model_api.script import Reply, Request

FENCE = {"python": "python", "java": "java", "cpp": "cpp"}
_FUNCTION = re.compile(r"(<<\w+>>) begin function\n(.*?)\n\1 end function", re.DOTALL)


def function(request: Request) -> str:
    """The function that a request asks about."""
    match = _FUNCTION.search(request.prompt)
    assert match is not None, request.prompt
    return match[2]


def language(request: Request) -> str:
    found = re.search(r"fenced block marked ```(\w+)", request.prompt)
    assert found is not None
    return found[1]


def name(request: Request) -> str:
    """`grade` or `total`, whichever is asked about; "" for others."""
    code = function(request)
    return next((n for n in ("grade", "total") if re.search(rf"\b{n}\s*\(", code)), "")


def fenced(request: Request, code: str) -> Reply:
    return Reply(f"```{language(request)}\n{code}\n```")


RIGHT = {
    ("python", "grade"): [
        'def grade(score):\n    """The grade for a score."""\n    # no score, no grade\n'
        '    if score is None:\n        return "none"\n'
        '    return "good" if score > 10 else "bad"\n',
        'def grade(score):\n    """The grade for a score."""\n    # no score, no grade\n'
        '    if score is not None:\n        if score > 10:\n            return "good"\n'
        '        return "bad"\n    return "none"\n',
    ],
    ("python", "total"): [
        "def total(self, rebate):\n    if rebate is None:\n        return 0\n    total = 0\n"
        "    for price in self.prices:\n        if price > 0:\n"
        "            total += price - rebate\n    return total\n",
        "def total(self, rebate):\n    total = 0\n    for price in self.prices:\n"
        "        if price > 0 and rebate is not None:\n"
        "            total += price - rebate\n    return total\n",
    ],
    ("java", "grade"): [
        "public static String grade(Integer score) {\n    // no score, no grade\n"
        '    if (score == null) {\n        return "none";\n    }\n'
        '    return score > 10 ? "good" : "bad";\n}',
        "public static String grade(Integer score) {\n    // no score, no grade\n"
        "    if (score != null) {\n        if (score > 10) {\n"
        '            return "good";\n        }\n        return "bad";\n    }\n'
        '    return "none";\n}',
    ],
    ("java", "total"): [
        "public int total(int rebate) {\n    int total = 0;\n    for (int price : prices) {\n"
        "        if (price > 0 && rebate >= 0) {\n            total += price - rebate;\n"
        "        }\n    }\n    return total;\n}",
        "public int total(int rebate) {\n    int total = 0;\n    for (int price : prices) {\n"
        "        if (price <= 0 || rebate < 0) {\n            continue;\n        }\n"
        "        total += price - rebate;\n    }\n    return total;\n}",
    ],
    ("cpp", "grade"): [],
    ("cpp", "total"): [],
}
WRONG = {
    ("python", "grade"): 'def grade(score):\n    """The grade for a score."""\n'
    '    # no score, no grade\n    if score is None:\n        return "none"\n'
    '    return "good" if score >= 10 else "bad"\n',
    ("java", "grade"): "public static String grade(Integer score) {\n"
    '    // no score, no grade\n    if (score == null) {\n        return "none";\n    }\n'
    '    return score >= 10 ? "good" : "bad";\n}',
}
