"""docs/transforms.md: every transform with its examples, and the predicates."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator

from codeaug.languages import TITLES
from codeaug.predicates import verdicts
from codeaug.transforms import Example, Transform, load

TIERS = {
    "A": "on: natural, and sound wherever its predicates hold",
    "B": "on where only variants with a proof, or with tests that notice faults, reach people "
    "(`bar` is `guarded` or above)",
    "R": "on under `--profile robustness` alone: sound, but few people would write it. Whatever "
    "one of them had a part in is R, and in no dataset unless that is asked for "
    "([datasets.md](datasets.md#for-robustness))",
}
_HEAD = """\
# Transforms

Written by `python -m codeaug.transforms > docs/transforms.md`; do not edit.

What the rules engine can do to a function. Each transform looks for sites; at each it either
applies or declines and names the predicate that is not met. What declined in a function, and why,
is part of `codeaug explain`. Edits are byte edits: everything outside them stays as it was, and a
site where a comment would be lost declines. What passes the predicates is still only a proposal;
the evidence decides.

A variant is made by one to three transforms, at sites that cannot see each other; no two variants
of a function change nearly the same. A transform that seldom applies in a repository is taken first
more often. Names for renamed and extracted variables come from the repository's own vocabulary. A
model of the repository's own tokens judges each rewrite: one that reads unlike the rest is dropped
with `SURPRISAL`; those of tier R, unnatural by intent, are not asked.

Some rewrites are proved from compiled code (the check `proved`). The column *proof* has the
languages, J for Java, C for C++ and P for Python, in which the provers settle at least half of the
transform's own examples that compile by themselves; real code is not as simple. Each section gives
the numbers, which `python -m tests.proof_examples` measures and a test compares.

No line becomes longer than the repository's settings allow: `.clang-format`, ruff, black, flake8,
`.editorconfig`, Checkstyle, or the Java formatter that its build names; where none says it, than
the file's own lines tell. What is new in a variant is then laid out by the repository's own
formatter, on the lines that changed and on no others: clang-format by `.clang-format` (Java, too,
where that has a document for it), and ruff by ruff's or black's settings. The formatter reads no
file, and gets its settings as arguments. Its answer is taken only where tokens and comments stay
the same; a function that is not laid out by its own repository's settings keeps its layout. A
formatter that is missing, or older than the settings, is told once, and nothing waits for it. Java
has no other formatter here: braces, indentation and blanks are written as the file has them.

`codeaug transforms` lists them, `codeaug transforms show NAME` shows all examples of one. Others of
your own are added by pairs of patterns or by a package: [own-transforms.md](own-transforms.md).

"""


def page() -> str:
    """The whole page."""
    sections = (section(one, _first(one)) for one in load())
    return "".join([_HEAD, *_tiers(), *_table(), *_predicates(), *sections])


def _tiers() -> Iterator[str]:
    yield "| tier | |\n|---|---|\n"
    for name, text in TIERS.items():
        yield f"| {name} | {text} |\n"


def _table() -> Iterator[str]:
    head = ("transform", "what becomes of the code", "tier", "languages", "proof")
    yield f"\n| {' | '.join(head)} |\n{'|---' * len(head)}|\n"
    for one in load():
        row = (f"`{one.name}`", one.title, one.tier, languages(one), proof(one))
        yield f"| {' | '.join(row)} |\n"


def _predicates() -> Iterator[str]:
    yield "\n## Predicates\n\n"
    lines = (verdicts.__doc__ or "").splitlines()
    yield from (f"{line}\n" for line in lines if line.startswith("|"))


def section(one: Transform, examples: Iterable[str]) -> str:
    """What a transform does, by these examples."""
    parts = [f"\n## {one.name}\n\n{one.title}. Tier {one.tier}; {languages(one)}.\n\n{one.about}\n"]
    for language, why in sorted(one.absent.items()):
        parts.append(f"\nNot in {TITLES[language]}: {why}.\n")
    told = (f"{TITLES[name]} {one.proof[name].examples} of {one.proof[name].of}" for name in TITLES
            if name in one.proof)  # fmt: skip
    if measured := ", ".join(told):
        parts.append(f"\nProved examples: {measured}.\n")
    return "".join([*parts, *examples])


def _first(one: Transform) -> Iterator[str]:
    """One example a language of what changes."""
    for language in TITLES:
        changing = (e for e in one.examples if e.language == language and e.after)
        yield from map(shown, list(changing)[:1])


def shown(example: Example) -> str:
    """An example as a difference in Markdown, or as the code that is left alone."""
    reason = f" ({example.why})" if example.why else ""
    head = f"\n{TITLES[example.language]}{reason}:\n\n"
    if not example.after:
        declines = f"declines with {example.declined}" if example.declined else "has no site"
        head = f"\n{TITLES[example.language]} {declines}{reason}:\n\n"
        return f"{head}```{example.language}\n{example.before}```\n"
    old, new = example.before.splitlines(), example.after.splitlines()
    lines = list(difflib.unified_diff(old, new, n=max(len(old), len(new)), lineterm=""))[3:]
    return head + "```diff\n" + "".join(f"{line.rstrip()}\n" for line in lines) + "```\n"


def proof(one: Transform) -> str:
    """The letters of the languages in which most examples are proved."""
    usual = (name for name in TITLES if name in one.proof and one.proof[name].usual)
    return " ".join(TITLES[name][0] for name in usual)


def languages(one: Transform) -> str:
    return ", ".join(TITLES[name] for name in TITLES if name in one.languages)
