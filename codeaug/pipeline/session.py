"""One repository at one commit, with its store and everything that works on it."""

from __future__ import annotations

import importlib.util
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from codeaug.errors import MissingTool
from codeaug.model import Evidence, Project, Repository, Skip, Unit, Variant, content_id
from codeaug.oracles import Contexts
from codeaug.repository import RepositoryTree
from codeaug.sandbox import Limits, Sandbox, probe
from codeaug.settings import PROJECT_FILES, Settings
from codeaug.store import Store

if TYPE_CHECKING:
    from codeaug.transforms import Transform

Item = TypeVar("Item")
Result = TypeVar("Result")


class Progress(Protocol):
    """How a person is told what goes on."""

    def note(self, text: str) -> None: ...

    def stage(self, name: str, total: int | None = None) -> AbstractContextManager[Any]: ...


class Executor(Protocol):
    """Where the order runs; see codeaug.executors."""

    def threads(
        self, function: Callable[[Item], Iterable[Result]], items: Iterable[Item], jobs: int = 0
    ) -> Iterator[Result]: ...

    def processes(
        self, function: Callable[[Item], Result], items: Iterable[Item], seconds: float
    ) -> Iterator[tuple[Item, Result | str]]: ...


@dataclass
class Session:
    """One repository at one commit, with its store and everything that works on it."""

    repository: Repository
    settings: Settings
    store: Store
    work: Path
    progress: Progress
    executor: Executor
    broken: dict[str, str] = field(default_factory=dict)
    grounds: dict[str, Contexts] = field(default_factory=dict)
    """By project id: what evidence in it depends on"""
    measured: set[str] = field(default_factory=set)
    """Projects that were built and tested in this run"""
    contexts: dict[str, str] = field(default_factory=dict)
    """By unit id: what evidence about it depends on beside its text; see codeaug.oracles.context"""
    moved: dict[str, Unit] = field(default_factory=dict)
    """Units that were moved or laid out anew, by the ids of what they were: they have its variants.
    """
    redone: Counter[str] = field(default_factory=Counter)
    """What was found out in this run: `faults` of so many units, evidence of so many `variants`"""
    carried: int = 0
    """Variants whose evidence was made at another commit."""

    @cached_property
    def sandbox(self) -> Sandbox:
        """Raises NoSandbox, MissingTool."""
        packages = home_of_crosshair() if self.settings.crosshair else None
        limits = Limits(memory=self.settings.memory_mib << 20)
        return replace(probe(limits, self.work / "scratch"), packages=packages)

    def require_sandbox(self) -> None:
        """Raises NoSandbox or MissingTool when nothing generated may run here."""
        assert self.sandbox.level

    @cached_property
    def tree(self) -> RepositoryTree:
        return RepositoryTree(self.repository)

    @cached_property
    def read(self) -> Callable[[str], bytes]:
        return lru_cache(maxsize=256)(self.tree.read)

    @cached_property
    def own_transforms(self) -> tuple[Transform, ...]:
        """Those that the settings say. Raises UsageError for a pattern that cannot be read."""
        from codeaug.patterns import transforms_of

        return transforms_of(self.settings.transforms)

    def units_in(self, path: str) -> list[Unit]:
        """The units of one file of the commit."""
        return self._units_by_path.get(path, [])

    @cached_property
    def _units_by_path(self) -> dict[str, list[Unit]]:
        table: dict[str, list[Unit]] = {}
        for unit in self.store.units(self.commit):
            table.setdefault(unit.path, []).append(unit)
        return table

    @cached_property
    def skips(self) -> list[Skip]:
        """Everything in the commit that became no unit, and why."""
        return self.store.skips(self.commit)

    def known_evidence(self, variant: Variant) -> Evidence | None:
        """Evidence that stands for this commit, these checks and these settings."""
        return self.store.evidence(variant.id, None, self.evidence_key(variant.unit_id))

    @property
    def commit(self) -> str:
        return self.repository.commit

    @property
    def engine_key(self) -> str:
        """What the variants of a unit depend on beside the unit."""
        from codeaug.engines import rules
        from codeaug.variants import tiers

        chosen = (str(self.settings.per_unit), str(self.settings.seed))
        if self.settings.engine == "llm":
            from codeaug.engines.llm import prompts

            model = (self.settings.model, str(self.settings.reply_tokens))
            return content_id("llm", prompts.version(), *model, *chosen)
        own = map(repr, self.settings.transforms)
        return content_id(rules.fingerprint(), *chosen, *tiers(self.settings), *own)

    def project_key(self, project: Project) -> str:
        """What a project's baseline, and our programs in its tree, depend on beside the commit."""
        from codeaug import checks

        settings = (str(self.settings.repeats), *self.settings.ignore_tests)
        return content_id(project.id, checks.fingerprint(), *settings)

    def strength_key(self, unit_id: str) -> str:
        """What a unit's injected faults and what became of them depend on, beside its text."""
        return content_id(self._faults_key, self.contexts.get(unit_id, ""))

    def evidence_key(self, unit_id: str) -> str:
        """What the evidence of a unit's variants depends on: the checks' code, everything the user
        can change about them, and the unit's context."""
        own = (self.settings.runner, str(self.settings.crosshair))
        return content_id(self._faults_key, *own, self.contexts.get(unit_id, ""))

    @cached_property
    def _faults_key(self) -> str:
        from codeaug import oracles

        faults = oracles.fingerprint(self.settings.faults, self.settings.seed)
        return content_id(faults, self._checks_key)

    @property
    def _checks_key(self) -> str:
        from codeaug import checks

        return content_id(
            checks.fingerprint(), repr(self.settings.build), *self.settings.ignore_tests
        )


def home_of_crosshair() -> Path:
    """The folder of the packages that it is installed in, with what it needs itself."""
    found = importlib.util.find_spec("crosshair")
    if found is None or found.origin is None:
        raise MissingTool(
            "the setting crosshair needs CrossHair: pip install 'codeaug[crosshair]', or make it 0"
        )
    return Path(found.origin).parent.parent


def open_session(
    repository: Repository,
    settings: Settings,
    store_url: str,
    work: Path,
    progress: Progress,
    executor: Executor,
) -> Session:
    """Open the store for a repository that is cloned below `work`. Raises StoreError."""
    store = Store.open(store_url)
    store.put_repository(repository)
    return Session(repository, settings, store, work, progress, executor)


def settings_folder(repository: Repository, work: Path) -> Path:
    """A remote repository's own settings files, written out of our clone of it."""
    tree = RepositoryTree(repository)
    folder = work / "settings"
    folder.mkdir(parents=True, exist_ok=True)
    for name in PROJECT_FILES:
        if name in tree.paths:
            (folder / name).write_bytes(tree.read(name))
        else:
            (folder / name).unlink(missing_ok=True)
    return folder
