"""Examples that are the body of a function, so that only what matters stands in each."""

from __future__ import annotations

from codeaug.transforms import Example

_HEADS = {
    "java": "int f(int a, int b, int[] all)",
    "cpp": "int f(int a, int b, int *all)",
    "python": "def f(a: int, b: int):",
}
_AROUND = {
    "java": ("class A {{\n    {} {{\n", "    }}\n}}\n", "        "),
    "cpp": ("{} {{\n", "}}\n", "    "),
    "python": ("{}\n", "", "    "),
}


def example(
    language: str,
    before: str,
    after: str = "",
    declined: str = "",
    why: str = "",
    head: str = "",
) -> Example:
    """Lines of a function before and after. `head` is another than `int f(int a, int b)`."""
    told = head or _HEADS[language]
    whole = _file(language, before, told), _file(language, after, told) if after else ""
    return Example(language, *whole, declined, "", why=why)


def _file(language: str, body: str, head: str) -> str:
    opening, closing, indent = _AROUND[language]
    lines = (indent + line if line else "" for line in body.split("\n"))
    return opening.format(head) + "\n".join(lines) + "\n" + closing.format()
