"""What a model is asked to do, in words that follow from how the variant was made."""

from __future__ import annotations

from codeaug.model import Sample

LANGUAGES = {"java": "Java", "cpp": "C++", "python": "Python"}


def instruction(sample: Sample) -> str:
    """One sentence that asks for this variant and no other kind."""
    language = LANGUAGES.get(sample.unit.language, sample.unit.language)
    recipe = ", then ".join(step.replace("-", " ").replace("_", " ") for step in _recipe(sample))
    how = f" ({recipe})" if recipe else ""
    return (
        f"Rewrite this {language} function{how}. Keep its behaviour, its signature and its "
        "comments, and answer with the whole function only."
    )


def _recipe(sample: Sample) -> tuple[str, ...]:
    return sample.variant.origin.recipe


def answer(sample: Sample) -> str:
    """The variant, indented as in its file."""
    return sample.unit.margin + sample.variant.code


def question(sample: Sample) -> str:
    """The instruction and the original function, fenced."""
    fence = "```"
    while fence in sample.unit.code:
        fence += "`"
    code = sample.unit.margin + sample.unit.code.rstrip("\n")
    return f"{instruction(sample)}\n\n{fence}{sample.unit.language}\n{code}\n{fence}"
