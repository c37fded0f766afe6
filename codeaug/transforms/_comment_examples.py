"""Examples that say the same in each language: a function of a few lines and its comments."""

from __future__ import annotations

from codeaug.transforms import Example

_AROUND = {
    "java": ("class A {\n    int f(int x) {\n", "    }\n}\n", "        "),
    "cpp": ("int f(int x) {\n", "}\n", "    "),
    "python": ("def f(x):\n", "", "    "),
}


def example(
    language: str, before: str, after: str = "", declined: str = "", why: str = ""
) -> Example:
    """An example whose texts are the body of a function: `#` opens a comment in all languages, and
    what ends with `;` has no `;` in Python."""
    return Example(language, _file(language, before), _file(language, after), declined, "", why=why)


def _file(language: str, body: str) -> str:
    if not body:
        return ""
    head, tail, indent = _AROUND[language]
    lines = [indent + _line(language, line) if line else "" for line in body.split("\n")]
    return head + "\n".join(lines) + "\n" + tail


def _line(language: str, line: str) -> str:
    if language == "python":
        return line.replace(";", "").replace("  #", "  #")
    return line.replace("  #", " //").replace("#", "//")
