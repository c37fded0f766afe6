"""Where a comment may stand in each language, and where it stays."""

from __future__ import annotations

from codeaug.transforms import Example
from codeaug.transforms._comment_examples import example


def above_examples(language: str) -> tuple[Example, ...]:
    def left(body: str, declined: str, why: str) -> Example:
        return example(language, body, "", declined, why)

    return (
        example(
            language,
            "g(x);  # one for all\nreturn x;",
            "# one for all\ng(x);\nreturn x;",
        ),
        example(
            language,
            "y = g(x, 1);  # the first one\n\nreturn y;",
            "# the first one\ny = g(x, 1);\n\nreturn y;",
        ),
        example(
            language,
            "h();\ny = 'x';  # it's a = 1\nreturn y;",
            "h();\n# it's a = 1\ny = 'x';\nreturn y;",
        ),
        left("g(x);  # noqa: all of it\nreturn x;", "TRIVIA", "an order about this very line"),
        left("g(x);  # TODO: call it twice\nreturn x;", "TRIVIA", "work to do"),
        left("g(x);  # the line below\nreturn x;", "TRIVIA", "it points to a place"),
        left("g(x);  # one for all\nh(x);  # all for one\nreturn x;", "NATURAL", "a column"),
        left("# all for one\ng(x);  # one for all\nreturn x;", "NATURAL", "it would run into it"),
        left("g(x);  # x\nreturn x;", "TRIVIA", "no words"),
        left("g(x);  # see https://example.org for more\nreturn x;", "TRIVIA", "an address"),
    )


def beside_examples(language: str) -> tuple[Example, ...]:
    def left(body: str, declined: str, why: str) -> Example:
        return example(language, body, "", declined, why)

    long = "one " * 16
    return (
        example(
            language,
            "# one for all\ng(x);\n\nreturn x;",
            "g(x);  # one for all\n\nreturn x;",
        ),
        example(
            language,
            "g(x);\n# the first one\ny = h(x);\n# the second one\nreturn y;",
            "g(x);\ny = h(x);  # the first one\n# the second one\nreturn y;",
        ),
        example(
            language,
            "h();\n# it's done\nreturn x;",
            "h();\nreturn x;  # it's done",
        ),
        left("# one for all\ng(x);\nreturn x;", "NATURAL", "it may be about both lines"),
        left(f"# {long}\ng(x);\n\nreturn x;", "NATURAL", "it is long"),
        left("# one\n# for all\ng(x);\n\nreturn x;", "NATURAL", "two lines"),
        left("# FIXME: call it twice\ng(x);\n\nreturn x;", "TRIVIA", "work to do"),
        left("# the following one\ng(x);\n\nreturn x;", "TRIVIA", "it points to a place"),
        left("# type: one for all\ng(x);\n\nreturn x;", "TRIVIA", "an order to a tool"),
        left("# one for all:\ng(x);\n\nreturn x;", "TRIVIA", "it announces something"),
        left("# one for all\n\ng(x);\nreturn x;", "", "it is about no single line"),
    )
