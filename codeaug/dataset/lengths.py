"""How long a text is to the model that will be trained, what its tokenizer reserves, and which rows
are too long."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from codeaug.dataset import plain
from codeaug.dataset.recipe import Recipe
from codeaug.errors import MissingTool, UsageError
from codeaug.model import Family
from codeaug.tasks import Content, Example, Infilling, Judged, Pair, Preference

TEMPLATE = 64
"""Tokens that a chat template may add to a row, at most."""


def bin_of(length: int) -> int:
    """The least power of two that is not below it: the upper bound of its bin in a histogram."""
    return 1 << max(length - 1, 0).bit_length()


@dataclass(frozen=True, slots=True)
class Ruler:
    """`count` gives the tokens of a text by which shares are taken. `longest` gives the tokens that
    a text has at most: by the target's tokenizer, or else its bytes, since a byte-level tokenizer
    makes no more of them. `special` are the texts that the tokenizer reads as control tokens, None
    where no tokenizer is known."""

    name: str
    count: Callable[[str], int]
    longest: Callable[[str], int]
    special: tuple[str, ...] | None = None

    def row(self, content: Content) -> int:
        """The tokens of a row at most, with what a template adds."""
        match content:
            case Pair(prompt=a, completion=b) | Judged(prompt=a, completion=b):
                parts = [a, b]
            case Infilling(prefix=a, middle=b, suffix=c):
                parts = [a, b, c]
            case Preference(prompt=a, chosen=b, rejected=c):
                return self.longest(a) + max(self.longest(b), self.longest(c)) + TEMPLATE
        return sum(self.longest(part) for part in parts) + TEMPLATE


def ruler(tokenizer: str) -> Ruler:
    """By the tokenizer in a folder or file (`tokenizer.json`), or by words and bytes.

    Raises UsageError, MissingTool.
    """
    if not tokenizer:
        return Ruler(
            "characters", plain.count, lambda text: len(text.encode("utf-8", "surrogatepass"))
        )
    path = Path(tokenizer)
    path = path / "tokenizer.json" if path.is_dir() else path
    try:
        from tokenizers import Tokenizer
    except ImportError as error:
        raise MissingTool(
            "tokenizers is not installed, so no token can be counted by the target's tokenizer: "
            "pip install 'codeaug[tokenizer]'."
        ) from error
    try:
        known = Tokenizer.from_file(str(path))
        document: dict[str, Any] = json.loads(path.read_bytes())
    except Exception as error:  # tokenizers raises Exception itself
        raise UsageError(f"{path} is no tokenizer that can be read: {error}.") from error
    special = tuple(one["content"] for one in document.get("added_tokens", ()))

    def count(text: str) -> int:
        return len(known.encode(text, add_special_tokens=False).ids)

    return Ruler(path.name, count, count, special)


def rows_of(recipe: Recipe, ruler: Ruler) -> Callable[[Family], Iterator[Example]]:
    """The rows that a family gives, those left out that are too long for the model."""

    def rows(family: Family) -> Iterator[Example]:
        for task in recipe.tasks:
            for example in task.examples(family, recipe.seed):
                if not recipe.max_length or ruler.row(example.content) <= recipe.max_length:
                    yield example

    return rows
