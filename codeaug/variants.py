"""Unit -> Variants: what the engine proposes, file by file, in worker processes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from codeaug.engines import rules
from codeaug.model import Unit, Variant
from codeaug.settings import Settings
from codeaug.transforms import Vocabulary

MOST_SOURCES = 2000
FILE_SECONDS = 120.0


@dataclass(frozen=True, slots=True)
class Request:
    """The units of one file for which variants are wanted."""

    source: bytes
    units: tuple[Unit, ...]
    vocabulary: Vocabulary
    wanted: int
    seed: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """What came of one unit; `problem` is an engine fault, reported and never fatal."""

    unit: Unit
    variants: tuple[Variant, ...]
    tallies: tuple[rules.Tally, ...]
    problem: str = ""


class Vocabularies:
    """The names that a repository gives to local variables, a language at a time when asked.

    They come from all files with units, never from those that happen to wait: a run that goes on
    must make the variants that an undisturbed one makes.
    """

    def __init__(self, paths: Sequence[tuple[str, str]], read: Callable[[str], bytes]) -> None:
        self._paths, self._read = paths, read
        self._known: dict[str, Vocabulary] = {}

    def __getitem__(self, language: str) -> Vocabulary:
        if language not in self._known:
            paths = [path for other, path in self._paths if other == language][:MOST_SOURCES]
            self._known[language] = rules.vocabulary(language, map(self._read, paths))
        return self._known[language]


def requests(
    units: Iterable[Unit],
    read: Callable[[str], bytes],
    vocabularies: Vocabularies,
    settings: Settings,
) -> Iterator[Request]:
    """One request a file."""
    by_file: dict[tuple[str, str], list[Unit]] = {}
    for unit in units:
        by_file.setdefault((unit.language, unit.path), []).append(unit)
    for (language, path), members in by_file.items():
        vocabulary = vocabularies[language]
        yield Request(read(path), tuple(members), vocabulary, settings.per_unit, settings.seed)


def propose(request: Request) -> list[Proposal]:
    """Variants of each unit of one file. Runs in a worker process."""
    return [_proposal(request, unit) for unit in request.units]


def _proposal(request: Request, unit: Unit) -> Proposal:
    try:
        variants, tallies = rules.propose(
            unit, request.source, request.vocabulary, request.wanted, request.seed
        )
    except (RecursionError, ValueError) as error:
        return Proposal(unit, (), (), f"{type(error).__name__}: {error}")
    return Proposal(unit, tuple(variants), tuple(tallies))
