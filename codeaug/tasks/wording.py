"""What a model is asked, in words that follow from what a row is made of."""

from __future__ import annotations

from collections.abc import Iterator

from codeaug.model import Family, Unit, Variant
from codeaug.tasks import LANGUAGES


def language(name: str) -> str:
    """The language as people call it."""
    return LANGUAGES.get(name, name)


def fenced(code: str, name: str) -> str:
    """Code in a Markdown fence that is longer than any in it."""
    fence = "```"
    while fence in code:
        fence += "`"
    return f"{fence}{name}\n{code}\n{fence}"


def text(unit: Unit, variant: Variant | None = None) -> str:
    """The unit's text, or a variant's, indented as in its file."""
    return unit.margin + (variant.code if variant else unit.code)


def texts(family: Family) -> Iterator[tuple[str, str]]:
    """The family's texts with the ids of their variants; the unit's own, with none, first."""
    yield "", text(family.unit)
    for variant in family.variants:
        yield variant.id, text(family.unit, variant)


def rewriting(unit: Unit, variant: Variant) -> str:
    """The request for this variant and no other kind, with the original function."""
    recipe = ", then ".join(
        step.replace("-", " ").replace("_", " ") for step in variant.origin.recipe
    )
    how = f" ({recipe})" if recipe else ""
    return (
        f"Rewrite this {language(unit.language)} function{how}. Keep its behaviour, its signature "
        "and its comments, and answer with the whole function only.\n\n"
        + fenced(text(unit).rstrip("\n"), unit.language)
    )
