"""What becomes of the wording of a comment in each language, and what is left alone."""

from __future__ import annotations

from codeaug.transforms import Example
from codeaug.transforms._comment_examples import example

_SPELL_OUT = (
    ("don't ask, it's empty", "do not ask, it is empty"),
    ("The list can't grow (e.g. it's full).", "The list cannot grow (for example, it is full)."),
    ("Check if the list, i.e. x, is short", "Check whether the list, that is, x, is short"),
    ("Ensure that we won't do w/o it", "Make sure that we will not do without it"),
)
_SPELL_OUT_LEFT = (
    ("TODO: don't do this", "TRIVIA", "work to do"),
    ("noqa: it doesn't matter", "TRIVIA", "an order to a tool"),
    ("x = don't(1)", "TRIVIA", "code"),
    ("it can't be, see https://example.org", "TRIVIA", "an address"),
    ("Copyright: don't copy", "TRIVIA", "a licence"),
    ("don't edit, it's generated", "TRIVIA", "an order to editors"),
    ("isn't this odd", "", "the words would stand in another order"),
    ("why don't we ask", "", "a question"),
    ("it's been a while, on it's own", "", "it has; its"),
    ("check if needed", "", "if it is needed"),
)
_SHORTEN = (
    ("do not ask, it is empty", "don't ask, it's empty"),
    ("Note that the list cannot grow", "The list can't grow"),
    ("sorted in order to be found (for example, by name)", "sorted to be found (e.g. by name)"),
    ("Check whether the list is short", "Check if the list is short"),
    ("Do not double-cache", "Don't double-cache"),
)
_SHORTEN_LEFT = (
    ("FIXME: do not ask", "TRIVIA", "work to do"),
    ("type: it is not checked", "TRIVIA", "an order to a tool"),
    ("`x` is not None; it is not empty", "TRIVIA", "code"),
    ("do not edit: generated", "TRIVIA", "generated"),
    ("where it is", "", "`where it's` is no English"),
    ("x is not None", "", "an operator of the language"),
    ("the node that is, in fact, empty", "", "no `i.e.`"),
)
_TO_THIRD = (
    ("Return the size.", "Returns the size."),
    ("check whether it is empty", "checks whether it is empty"),
    ("Verify that the list is sorted", "Verifies that the list is sorted"),
)
_TO_THIRD_LEFT = (
    ("TODO return the size", "", "it begins with no verb"),
    ("Return the size; TODO: the other one", "TRIVIA", "work to do"),
    ("Return the list and sort it", "NATURAL", "the second verb would have to follow"),
    ("Set of names", "", "a noun"),
    ("Return the `size`", "TRIVIA", "code"),
)
_TO_ORDER = tuple((after, before) for before, after in _TO_THIRD)
_TO_ORDER_LEFT = (
    ("Handles that are open", "", "a noun"),
    ("Returns the list, sorts it", "NATURAL", "the second verb would have to follow"),
    ("Returns the size - NOLINT", "TRIVIA", "an order to a tool"),
    ("Returns the size (https://example.org)", "TRIVIA", "an address"),
    ("It returns the size", "", "it begins with no verb"),
)

Pairs = tuple[tuple[str, str], ...]
Left = tuple[tuple[str, str, str], ...]


def _made(language: str, pairs: Pairs, left: Left) -> tuple[Example, ...]:
    return (
        *(example(language, f"# {a}\nreturn x;", f"# {b}\nreturn x;") for a, b in pairs),
        *(example(language, f"# {a}\nreturn x;", "", name, why) for a, name, why in left),
        example(
            language,
            f"g(x);  # {pairs[0][0]}\nreturn x;",
            "" if pairs is _TO_THIRD else f"g(x);  # {pairs[0][1]}\nreturn x;",
            why="beside code an order may be one to the reader" if pairs is _TO_THIRD else "",
        ),
        example(language, f'g("{pairs[0][0]}");\nreturn x;', why="text in a string"),
        example(
            language,
            f"# {'a ' * 42}\n# {pairs[0][0]}\n# and so on\nreturn x;",
            why="in the middle of a comment",
        )
        if pairs in (_TO_THIRD, _TO_ORDER)
        else example(
            language,
            f"# one\n# {pairs[0][0]}\n# three\nreturn x;",
            f"# one\n# {pairs[0][1]}\n# three\nreturn x;",
        ),
    )


def spell_out_examples(language: str) -> tuple[Example, ...]:
    too_long = "it isn't " + "very " * 13 + "long"
    return (
        *_made(language, _SPELL_OUT, _SPELL_OUT_LEFT),
        example(language, f"# {too_long}\nreturn x;", "", "NATURAL", "the line is full"),
    )


def shorten_examples(language: str) -> tuple[Example, ...]:
    return _made(language, _SHORTEN, _SHORTEN_LEFT)


def to_third_examples(language: str) -> tuple[Example, ...]:
    return (
        *_made(language, _TO_THIRD, _TO_THIRD_LEFT),
        example(
            language,
            "# Check the name\ng();\n# Add the name\nreturn x;",
            "# Checks the name\ng();\n# Adds the name\nreturn x;",
            why="comments of one function have one voice",
        ),
    )


def to_order_examples(language: str) -> tuple[Example, ...]:
    return _made(language, _TO_ORDER, _TO_ORDER_LEFT)
