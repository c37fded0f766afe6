"""One folder per rewriting idea, one file per language in it.

A transform is a value `Transform`, found by walking this folder: every module named in an idea's
`__init__` as `TRANSFORMS`. Its function for a language looks at one unit and yields a `Site` for
each place where the idea could apply: with the edits that apply it, or with the name of the
predicate that is not met (`PURE`, `FRESH`, `TRIVIA`, ...; see `codeaug.predicates`). It reads no
file, draws no random number and validates nothing: evidence decides later.

Edits are byte edits into the whole file and lie inside the unit's span. Everything outside them
stays byte-identical; every comment inside a replaced span is emitted again, else the site declines
with `TRIVIA`. An idea that goes both ways is two transforms in one folder.

A language's module (`java.py`, `cpp.py`, `python.py`) holds one value `DIRECTIONS`: the name of
each transform of the idea with its function and its examples. The idea's `__init__` holds the
names' titles and tiers and joins the languages that its folder has: `TRANSFORMS = idea(...)`.

Every transform carries examples for each of its languages, what changes and what must be left
alone and why; tests collect them by themselves. Third parties add transforms through the
entry-point group `codeaug.transforms`, whose entries name a tuple of `Transform`; a repository's
settings add pairs of patterns (`codeaug.patterns`). See docs/own-transforms.md.
"""

from __future__ import annotations

import importlib
import inspect
import json
import pkgutil
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import entry_points
from pathlib import Path

from codeaug.formatters import Style
from codeaug.model import Edit, Span, Unit


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Names that this repository itself gives to local variables, most frequent first.

    Keys of `by_hint` are `type:<declared type>`, `call:<callee's simple name>` and, for parameters,
    `parameter:<declared type>`, `argument:<function>/<number from 0>` and that with the parameter's
    type: `/<T>`. `members` are the types of what its classes declare, as
    `codeaug.predicates.declared` tells them; `forms` what it writes again and again where it need
    not, as `codeaug.predicates.forms` tells them.
    """

    by_hint: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    names: tuple[str, ...] = ()
    members: Mapping[str, str] = field(default_factory=dict)
    forms: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, eq=False)
class Subject:
    """What a transform looks at: one unit in its file, the repository's vocabulary, and what its
    settings say of the file's layout.

    What is found out about it is remembered by the subject, for the transforms that come next.
    """

    unit: Unit
    source: bytes
    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    style: Style = field(default_factory=Style)


@dataclass(frozen=True, slots=True)
class Site:
    """A place in a unit: `edits` apply the transform there, or `declined` names the predicate."""

    span: Span
    edits: tuple[Edit, ...] = ()
    declined: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Example:
    """A whole file of one function or class and what becomes of it.

    `after` is the file with the first applying site of unit `unit` (default: the first unit)
    rewritten. Without `after` no site may apply, and `declined` names the predicate that some site
    must give ("" when there is no site at all).
    """

    language: str
    before: str
    after: str = ""
    declined: str = ""
    unit: str = ""
    why: str = ""
    vocabulary: Vocabulary = field(default_factory=Vocabulary)


ROBUSTNESS = "R"
"""The tier of what few people would write: sound, for research into how robust models are."""

Rewrite = Callable[[Subject], Iterator[Site]]
Directions = Mapping[str, tuple[Rewrite, tuple[Example, ...]]]


@dataclass(frozen=True, slots=True)
class Proved:
    """How many of a transform's examples in a language were proved to mean the same, of how many
    that compile by themselves."""

    examples: int
    of: int

    @property
    def usual(self) -> bool:
        """Whether a proof settles most of them."""
        return 0 < self.of <= 2 * self.examples


@dataclass(frozen=True, slots=True)
class Transform:
    """One direction of a rewriting idea. `tier` as in docs/transforms.md (A: on by default).

    `absent` says why there is none for a language ("streams are Java's"), `about` what the idea
    asks for and where it comes from. `proof` by language is measured (proofs.json); there is none
    for those of other packages.
    """

    name: str
    title: str
    tier: str
    languages: Mapping[str, Rewrite]
    examples: tuple[Example, ...]
    absent: Mapping[str, str] = field(default_factory=dict)
    about: str = ""
    proof: Mapping[str, Proved] = field(default_factory=dict)


def idea(
    package: str, titles: Mapping[str, tuple[str, str]], absent: Mapping[str, str] | None = None
) -> tuple[Transform, ...]:
    """The transforms of the idea's `package`; `titles` maps each name to its title and tier.

    `absent` says why there is none for a language that the idea, or one of its names, lacks.
    """
    found = _directions(package)
    about = inspect.cleandoc(sys.modules[package].__doc__ or "")
    return tuple(
        Transform(
            name,
            title,
            tier,
            {language: each[name][0] for language, each in found.items() if name in each},
            tuple(e for each in found.values() if name in each for e in each[name][1]),
            {
                language: why
                for language, why in (absent or {}).items()
                if name not in found.get(language, {})
            },
            about,
            {language: Proved(*counts) for language, counts in _proofs().get(name, {}).items()},
        )
        for name, (title, tier) in titles.items()
    )


@cache
def _proofs() -> dict[str, dict[str, tuple[int, int]]]:
    """Written by `python -m tests.proof_examples`, which a test holds it to."""
    text = Path(__file__).with_name("proofs.json").read_text(encoding="utf-8")
    found: dict[str, dict[str, tuple[int, int]]] = json.loads(text)
    return found


def _directions(package: str) -> dict[str, Directions]:
    """The `DIRECTIONS` of each language module in `package`'s folder."""
    path = importlib.import_module(package).__path__
    modules = {
        info.name: importlib.import_module(f"{package}.{info.name}")
        for info in pkgutil.iter_modules(path)
    }
    return {
        name: module.DIRECTIONS for name, module in modules.items() if hasattr(module, "DIRECTIONS")
    }


@cache
def load() -> tuple[Transform, ...]:
    """All transforms, by name: one folder per idea, and those of installed packages."""
    found = [
        transform
        for info in pkgutil.iter_modules(__path__)
        if info.ispkg
        for transform in importlib.import_module(f"{__name__}.{info.name}").TRANSFORMS
    ]
    for own in installed().values():
        found += own
    return tuple(sorted(found, key=lambda transform: transform.name))


def tier_of(recipe: Iterable[str]) -> str:
    """The tier of what these transforms make together: `R` where one of them is, else the later
    letter; "" where it has none that is known here, such as a model's strategy."""
    known = _tiers()
    return max((known[name] for name in recipe if name in known), default="")


@cache
def _tiers() -> Mapping[str, str]:
    return {one.name: one.tier for one in load()}


@cache
def installed() -> Mapping[str, tuple[Transform, ...]]:
    """The transforms of third parties, by the name of their package."""
    found: dict[str, tuple[Transform, ...]] = {}
    for entry in entry_points(group="codeaug.transforms"):
        package = entry.dist.name if entry.dist else entry.module
        found[package] = (*found.get(package, ()), *entry.load())
    return found


def sites(
    subject: Subject, tiers: Collection[str] | None = None, own: Sequence[Transform] = ()
) -> Iterator[tuple[Transform, Site]]:
    """Every place of the unit at which a transform (of these tiers) applies or declines; `own` are
    those that the settings say."""
    for transform in (*load(), *own):
        function = transform.languages.get(subject.unit.language)
        if function is not None and (tiers is None or transform.tier in tiers):
            for site in function(subject):
                yield transform, site
