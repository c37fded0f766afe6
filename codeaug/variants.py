"""Unit -> Variants: what the engine proposes, file by file, in worker processes."""

from __future__ import annotations

import gc
import pickle
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from codeaug.engines import rules
from codeaug.engines.rules import habits as rules_habits
from codeaug.formatters import Styles
from codeaug.model import Rung, Unit, Variant
from codeaug.patterns import transforms_of
from codeaug.settings import Patterns, Settings
from codeaug.syntax import SyntaxLimit

MOST_SOURCES = 2000
FILE_SECONDS = 120.0


@dataclass(frozen=True, slots=True)
class Request:
    """The units of one file for which variants are wanted; `habits` as `Habits` gives them, `own`
    the patterns of the settings."""

    source: bytes
    units: tuple[Unit, ...]
    habits: Path
    wanted: int
    seed: int
    tiers: tuple[str, ...]
    own: Patterns = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """What came of one unit; `problem` is an engine fault, reported and never fatal."""

    unit: Unit
    variants: tuple[Variant, ...]
    tallies: tuple[rules.Tally, ...]
    problem: str = ""


class Habits:
    """What is usual in a repository, a language at a time when asked: a file for the workers.

    It comes from all files with units, never from those that happen to wait: a run that goes on
    must make the variants that an undisturbed one makes. `every` are the paths of the repository,
    whose settings say how code is laid out; `note` is told why a formatter cannot be asked.
    """

    def __init__(
        self,
        paths: Sequence[tuple[str, str]],
        read: Callable[[str], bytes],
        own: Patterns = (),
        every: Iterable[str] = (),
        note: Callable[[str], None] = lambda text: None,
    ) -> None:
        self._paths, self._read, self._own, self._note = paths, read, own, note
        self._styles = Styles.read(every, read)
        self._folder = TemporaryDirectory(prefix="codeaug-habits-")

    def __getitem__(self, language: str) -> Path:
        path = Path(self._folder.name) / language
        if not path.exists():
            paths = [path for other, path in self._paths if other == language][:MOST_SOURCES]
            files = [(path, self._read(path)) for path in paths]
            for why in self._styles.problems(language, paths):
                self._note(f"variants are not laid out by the repository's formatter: {why}")
            own = transforms_of(self._own)
            found = rules_habits.habits(language, files, own, self._styles)
            path.write_bytes(pickle.dumps(found))
        return path


@lru_cache(maxsize=4)
def _habits(path: Path) -> rules_habits.Habits:
    found: rules_habits.Habits = pickle.loads(path.read_bytes())  # our own, of this run
    gc.collect()
    gc.freeze()  # what is here stays: looking through it takes a tenth of all time
    return found


def requests(
    units: Iterable[Unit],
    read: Callable[[str], bytes],
    usual: Habits,
    settings: Settings,
) -> Iterator[Request]:
    """One request a file."""
    by_file: dict[tuple[str, str], list[Unit]] = {}
    for unit in units:
        by_file.setdefault((unit.language, unit.path), []).append(unit)
    wanted, seed = settings.per_unit, settings.seed
    for (language, path), members in by_file.items():
        yield Request(
            read(path), tuple(members), usual[language], wanted, seed, tiers(settings),
            settings.transforms,
        )  # fmt: skip


def tiers(settings: Settings) -> tuple[str, ...]:
    """Tiers of the transforms that are used. B only where nobody sees a variant without a proof or
    tests that are known to notice faults."""
    natural = ("A", "B") if settings.bar_rung >= Rung.GUARDED else ("A",)
    return (*natural, "R") if settings.robustness else natural


def propose(request: Request) -> list[Proposal]:
    """Variants of each unit of one file. Runs in a worker process."""
    return [_proposal(request, unit) for unit in request.units]


def _proposal(request: Request, unit: Unit) -> Proposal:
    try:
        variants, tallies = rules.propose(
            unit, request.source, _habits(request.habits), request.wanted, request.seed,
            request.tiers, request.own,
        )  # fmt: skip
    except (RecursionError, SyntaxLimit, ValueError) as error:
        return Proposal(unit, (), (), f"{type(error).__name__}: {error}")
    return Proposal(unit, tuple(variants), tuple(tallies))
