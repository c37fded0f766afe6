"""Unit -> Variants: what the engine proposes, file by file, in worker processes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from codeaug.engines import rules
from codeaug.model import Unit, Variant
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


def requests(
    units: Iterable[Unit], read: Callable[[str], bytes], wanted: int, seed: int
) -> Iterator[Request]:
    """One request a file, with the vocabulary of the files at hand in its language."""
    by_file: dict[tuple[str, str], list[Unit]] = {}
    for unit in units:
        by_file.setdefault((unit.language, unit.path), []).append(unit)
    vocabularies = _vocabularies(by_file, read)
    for (language, path), members in by_file.items():
        vocabulary = vocabularies[language]
        yield Request(read(path), tuple(members), vocabulary, wanted, seed)


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


def _vocabularies(
    by_file: Mapping[tuple[str, str], Sequence[Unit]], read: Callable[[str], bytes]
) -> dict[str, Vocabulary]:
    languages = sorted({language for language, _ in by_file})
    return {
        language: rules.vocabulary(
            language,
            (read(path) for other, path in sorted(by_file)[:MOST_SOURCES] if other == language),
        )
        for language in languages
    }
