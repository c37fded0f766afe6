"""What owners withdrew: which functions no dataset to come may hold, nor what came from them.

A function that is withdrawn by itself stays so under its path and name, however it is edited, and
under any path as long as it reads as a version of it that the store knows (layout apart). Patterns
of paths and names of repositories hold in all repositories of a store: a name that says too much
keeps too much out, one that says too little would let go what was withdrawn.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from codeaug.errors import UsageError
from codeaug.languages import content
from codeaug.model import Repository, Unit
from codeaug.store import Contained, Store, Withdrawal, Withdrawn

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec


@dataclass(frozen=True)
class Withdrawals:
    """All that holds for one store."""

    store: Store
    all: Sequence[Withdrawal]

    def reason(self, unit: Unit, address: str = "") -> str:
        """Why a unit (of the repository with this address) and all that came from it is in no
        dataset; "" when nobody withdrew it."""
        if found := self._repositories and self._of_repository(address):
            return found
        if found := self._of_path(unit.path):
            return found
        if unit.qualified_name not in self._names:
            return ""
        known = self._units.get(_place(unit)) or self._contents.get(content(unit))
        return _said(known) if known else ""

    def reaches(self) -> set[str]:
        """The ids of all units of the store, at whatever commit, that are withdrawn."""
        found = self.store.versions_in_paths(lambda path: bool(self._of_path(path)))
        found |= self.store.versions_in_repositories(lambda r: bool(self._of_repository(r.address)))
        found |= {unit.id for unit in self._namesakes if self.reason(unit)}
        return found

    # --- patterns ---------------------------------------------------------------------------------

    def _of_path(self, path: str) -> str:
        return next((_said(said) for spec, said in self._paths if spec.match_file(path)), "")

    def _of_repository(self, address: str) -> str:
        names = (address, Repository(address, "", "").name) if address else ()
        return next((_said(self._repositories[n]) for n in names if n in self._repositories), "")

    @cached_property
    def _paths(self) -> list[tuple[GitIgnoreSpec, Withdrawal]]:
        from pathspec import GitIgnoreSpec

        return [
            (GitIgnoreSpec.from_lines([each.value]), each)
            for each in self.all
            if each.kind is Withdrawn.PATH
        ]

    @cached_property
    def _repositories(self) -> Mapping[str, Withdrawal]:
        return {each.value: each for each in self.all if each.kind is Withdrawn.REPO}

    # --- functions --------------------------------------------------------------------------------

    @cached_property
    def _units(self) -> Mapping[str, Withdrawal]:
        return {each.value: each for each in self.all if each.kind is Withdrawn.UNIT}

    @cached_property
    def _names(self) -> set[str]:
        return {place.split("::", 1)[1] for place in self._units}

    @cached_property
    def _namesakes(self) -> list[Unit]:
        """Every version of units, anywhere, that are called as a withdrawn one."""
        return self.store.versions_called(self._names)

    @cached_property
    def _contents(self) -> Mapping[str, Withdrawal]:
        """What the versions of withdrawn units say."""
        own = [unit for unit in self._namesakes if _place(unit) in self._units]
        return {content(unit): self._units[_place(unit)] for unit in own}


def withdrawn(store: Store) -> Withdrawals:
    """What holds for a store."""
    return Withdrawals(store, store.releases.withdrawals())


def _place(unit: Unit) -> str:
    return f"{unit.path}::{unit.qualified_name}"


def _said(withdrawal: Withdrawal) -> str:
    return f"withdrawn ({withdrawal.kind} {withdrawal.value}): {withdrawal.reason}"


# --- withdrawing ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What withdrawals come to: so many units and variants are in no dataset from now on, and
    these have some of them already."""

    taken: tuple[Withdrawal, ...]
    units: int
    variants: int
    released: tuple[Contained, ...]


def forget(store: Store, named: Iterable[tuple[Withdrawn, str]], reason: str, by: str) -> Forgotten:
    """Withdraws what is named: units by id or PATH::NAME. Raises UsageError for a unit that the
    store does not know, and for patterns that would let something go again."""
    taken = tuple(Withdrawal(kind, _value(store, kind, value), reason, by) for kind, value in named)
    if not taken:
        raise UsageError("say what to forget: --unit, --path or --repo.")
    store.releases.withdraw(taken)
    return reached(store, taken)


def reached(store: Store, taken: Sequence[Withdrawal]) -> Forgotten:
    """What these withdrawals come to."""
    units = Withdrawals(store, taken).reaches()
    variants = store.variants_of(units)
    released = tuple(store.releases.containing(units, variants))
    return Forgotten(tuple(taken), len(units), len(variants), released)


def _value(store: Store, kind: Withdrawn, value: str) -> str:
    if not value.strip():
        raise UsageError(f"--{kind} names nothing.")
    if kind is Withdrawn.PATH and value.startswith("!"):
        raise UsageError(f"--path {value!r} would let files go again: what is withdrawn stays so.")
    return _called(store, value) if kind is Withdrawn.UNIT else value


def _called(store: Store, words: str) -> str:
    """`PATH::NAME` of the unit that an id or a name means."""
    matches = store.find(words)
    found = {match.label for match in matches if match.kind == "unit"}
    if len(found) == 1:
        return found.pop()
    if found:
        raise UsageError(f"{words} can mean {', '.join(sorted(found))}: give one of these.")
    if matches:
        raise UsageError(f"{words} is a variant: withdraw its function, and it goes, too.")
    raise UsageError(f"no unit {words}: give an id or PATH::NAME, as `codeaug explain` has them.")


def document(forgotten: Forgotten) -> dict[str, object]:
    """As JSON."""
    return {
        "withdrawn": [
            {"kind": each.kind.value, "value": each.value, "reason": each.reason,
             "person": each.person, "made_at": each.made_at.isoformat()}
            for each in forgotten.taken
        ],
        "units": forgotten.units,
        "variants": forgotten.variants,
        "released": [
            {"id": each.release.id, "name": each.release.name, "format": each.release.format,
             "folder": each.release.folder, "made_at": each.release.made_at.isoformat(),
             "units": each.units, "variants": each.variants}
            for each in forgotten.released
        ],
    }  # fmt: skip
