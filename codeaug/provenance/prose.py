"""What several documents say in words: said once, so that they cannot disagree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from codeaug.languages import TITLES
from codeaug.provenance.dossier import Dossier, Record

ENGINES = {
    "rules": "rewriting rules, without a model",
    "llm": "a language model",
    "person": "a person's edit",
    "caption": "descriptions written by a language model",
}
PURPOSE = "Supervised fine-tuning and evaluation of models of source code."


def description(dossier: Dossier) -> str:
    """One paragraph: what this is."""
    counts, kind = dossier.manifest["counts"], dossier.manifest["settings"]["format"]
    units = many(sum(counts["units"].values()), "function")
    sources = many(len(dossier.repositories), "repository")
    return (
        f"{many(dossier.rows_of_all, 'row')} made of {units} in {listed(languages(dossier))} from "
        f"{sources}, and of {many(counts['variants'], 'variant')} of them, each with the evidence "
        f"that it means the same. Written by codeaug {dossier.version} in the format {kind}."
    )


def collection() -> str:
    return (
        "Functions were taken from git repositories at the commits that are named, by parsing; "
        "tests, generated and vendored code are left out."
    )


def manipulation(dossier: Dossier) -> str:
    made = listed(
        f"{told_generator(g)} ({many(g['variants'], 'variant')})"
        for g in dossier.generators
        if g["variants"]
    )
    return f"Functions were rewritten by {made}." if made else "Nothing was rewritten."


def preprocessing(dossier: Dossier) -> list[str]:
    left = sum(dossier.left_out_counts.values())
    were = "was" if left == 1 else "were"
    return [
        "Every variant was parsed, compiled in place, and judged by the repository's own tests "
        "and by comparison with the original; how far the evidence reaches is recorded of each.",
        f"{many(left, 'variant or function')} {were} left out; lineage/left_out.jsonl says why.",
        *captioned(dossier),
        "Whole families, with all that nearly equals them, are in one split; validation and test "
        "hold code that people wrote.",
    ]


def captioned(dossier: Dossier) -> list[str]:
    """One sentence where models wrote what functions are said to do."""
    number = sum(dossier.manifest["counts"].get("captions", {}).values())
    if not number:
        return []
    return [
        f"What {many(number, 'function')} without documentation do was written by a model, and "
        "approved or edited by a person; lineage/units.jsonl says of which."
    ]


def annotation(dossier: Dossier) -> str:
    people = dossier.manifest["reviewers"]
    if not people["decisions"]:
        return "No person decided about a variant: evidence alone let them in."
    return (
        f"{many(people['people'], 'person')} approved or rejected variants, side by side with "
        f"their evidence: {many(people['decisions'], 'decision')}, {people['approved']} of them "
        "approvals. People are named by pseudonyms."
    )


def agreement(dossier: Dossier) -> str:
    """How well reviewers agree."""
    found = dossier.manifest["reviewers"]["agreement"]
    if not found:
        return "Agreement is not known: too few variants were judged by two people."
    figures = ", ".join(f"{name} {_figure(value)}" for name, value in sorted(found.items()))
    return f"Agreement between people: {figures}."


def limitations(dossier: Dossier) -> list[str]:
    found = [
        "Tests show that two texts behave alike where the tests look, not everywhere; only the "
        "rung proved says more.",
        "Variants are as varied as the rules and models that made them.",
        "The code is that of a few repositories: their habits are the dataset's habits.",
    ]
    found += overridden(dossier)
    return found


def overridden(dossier: Dossier) -> list[str]:
    """One sentence when a curator loosened the mix policy."""
    override = dossier.manifest["mix"]["override"]
    if not override:
        return []
    loosened = ", ".join(
        f"{name} to {value}" for name, value in sorted(override["loosened"].items())
    )
    reason = " ".join(override["reason"].split())
    return [f"The mix policy was overridden by {override['by']} ({loosened}). The reason: {reason}"]


def personal(dossier: Dossier) -> str:
    if dossier.manifest["settings"].get("personal_data"):
        return (
            "Functions with markers of personal data were kept at the exporter's word. "
            "Reviewers are named by pseudonyms."
        )
    return (
        "Functions with markers of personal data were left out as far as patterns find them. "
        "Reviewers are named by pseudonyms."
    )


def languages(dossier: Dossier) -> list[str]:
    return [TITLES.get(name, name) for name in sorted(dossier.manifest["counts"]["languages"])]


def told_generator(generator: Record) -> str:
    engine = ENGINES.get(generator["engine"], generator["engine"])
    return f"{engine} ({generator['model']})" if generator["model"] else str(engine)


def made(generator: Record) -> str:
    """How much one made: variants, or the tokens of captions that are trained on."""
    tokens = many(generator["tokens"], "token")
    if generator["engine"] == "caption":
        return tokens
    return f"{many(generator['variants'], 'variant')}, {tokens}"


def owner(dossier: Dossier) -> str:
    """Whom the dataset is from, as far as it is known here."""
    return f"Owner of {listed(sorted({r['name'] for r in dossier.repositories})) or dossier.name}"


def listed(words: Iterable[str]) -> str:
    """`a, b and c`."""
    found = list(words)
    if len(found) < 2:
        return "".join(found)
    return f"{', '.join(found[:-1])} and {found[-1]}"


def many(number: int, word: str) -> str:
    plural = {"repository": "repositories", "person": "people"}.get(word, f"{word}s")
    if word == "variant or function":
        plural = "variants or functions"
    return f"{number:,} {word if number == 1 else plural}"


def _figure(value: object) -> str:
    """A figure, or one with its interval."""
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {_figure(inner)}" for name, inner in sorted(value.items()))
    if isinstance(value, list):
        return "–".join(_figure(inner) for inner in value)
    return f"{value:.2f}" if isinstance(value, float) else str(value)
