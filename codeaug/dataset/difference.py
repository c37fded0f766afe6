"""Two exports -> what came, what went, and why, as far as their lineages tell.

What an export left out stands there with its reason. Where nothing is told, the reason is what
changed between the two: the repository, what somebody decided, how far evidence reaches, a setting.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from codeaug.dataset import mix
from codeaug.dataset.manifest import KIND, MANIFEST, VERSION
from codeaug.errors import UsageError
from codeaug.provenance import Dossier

Record = dict[str, Any]
Place = tuple[str, str, str]

LISTED = 20
"""Ids told of each kind."""
_POLICY = ("max_", "min_")


@dataclass
class _Kind:
    """What is told of units, variants or rows."""

    came: Counter[str] = field(default_factory=Counter)
    went: Counter[str] = field(default_factory=Counter)
    why_changed: Counter[str] = field(default_factory=Counter)
    listed: dict[str, list[Record]] = field(default_factory=dict)

    def tell(self, what: str, why: str, name: str) -> None:
        counted: Counter[str] = getattr(self, "why_changed" if what == "changed" else what)
        counted[why] += 1
        told = self.listed.setdefault(what, [])
        if len(told) < LISTED:
            told.append({"id": name, "why": why})

    def document(self) -> Record:
        return {
            "came": dict(sorted(self.came.items())),
            "went": dict(sorted(self.went.items())),
            "changed": self.why_changed.total(),
            "why_changed": dict(sorted(self.why_changed.items())),
            "listed": self.listed,
        }


def difference(old: Path, new: Path) -> Record:
    """From the export in `old` to that in `new`. Raises UsageError for what is no export."""
    before, after = _Side(old), _Side(new)
    settings = {
        name: [before.settings.get(name), after.settings.get(name)]
        for name in sorted(before.settings.keys() | after.settings.keys())
        if before.settings.get(name) != after.settings.get(name)
    }
    work = _Difference(before, after, list(settings))
    kinds = {"units": work.units(), "variants": work.variants(), "rows": work.rows()}
    return {
        "old": before.told(),
        "new": after.told(),
        "settings": settings,
        "kinds": {name: kind.document() for name, kind in kinds.items()},
    }


class _Side:
    """One of the two."""

    def __init__(self, folder: Path) -> None:
        dossier = Dossier.read(folder)
        manifest = dossier.manifest
        if manifest.get("kind") != KIND or manifest.get("version") != VERSION:
            raise UsageError(f"{folder} is no export of version {VERSION}: its {MANIFEST} differs")
        self.dossier, self.manifest = dossier, manifest
        try:
            self.settings: Record = manifest["settings"]
            self.commits = _commits(manifest["repositories"])
            self.units = {unit["id"]: _Unit.of(unit) for unit in dossier.units()}
            self.left_out: dict[tuple[str, str], str] = {
                (line["unit"], line["variant"]): line["why"] for line in dossier.left_out()
            }
        except (KeyError, TypeError) as error:
            raise UsageError(f"{folder}: the lineage lacks something ({error})") from error
        self.variants_left_out: dict[str, str] = {
            variant: why for (_, variant), why in self.left_out.items()
        }

    def told(self) -> Record:
        return {"folder": str(self.dossier.folder), "name": self.manifest["name"],
                "date": self.manifest["date"]}  # fmt: skip


def _commits(repositories: Iterable[Mapping[str, Any]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for repository in repositories:
        found.setdefault(repository["name"], set()).add(repository["commit"])
    return found


@dataclass(frozen=True, slots=True)
class _Unit:
    place: Place
    split: str

    @classmethod
    def of(cls, unit: Record) -> _Unit:
        return cls((unit["repository"], unit["path"], unit["name"]), unit["split"])


class _Difference:
    def __init__(self, before: _Side, after: _Side, settings: list[str]) -> None:
        self._before, self._after = before, after
        self._settings = settings
        self._unit_went: dict[str, str] = {}
        self._unit_came: dict[str, str] = {}
        self._went: dict[str, str] = {}
        self._came: dict[str, str] = {}
        """Variants, with why."""

    # --- units ------------------------------------------------------------------------------------

    def units(self) -> _Kind:
        kind, before, after = _Kind(), self._before.units, self._after.units
        rewritten = self._rewritten()
        for name, unit in before.items():
            if name in after:
                if after[name].split != unit.split:
                    kind.tell("changed", f"moved from {unit.split} to {after[name].split}", name)
            elif name in rewritten:
                self._unit_went[name] = self._unit_came[rewritten[name]] = "its text changed"
                kind.tell("changed", "its text changed", name)
            else:
                self._unit_went[name] = why = self._why_unit_went(name, unit)
                kind.tell("went", why, name)
        for name, unit in after.items():
            if name not in before and name not in self._unit_came:
                self._unit_came[name] = why = self._why_unit_came(name, unit)
                kind.tell("came", why, name)
        return kind

    def _rewritten(self) -> dict[str, str]:
        """Units of the old one by id, with those of the new one that stand in their place."""
        before, after = self._before.units, self._after.units
        fresh = {unit.place: name for name, unit in after.items() if name not in before}
        gone = {name: unit.place for name, unit in before.items() if name not in after}
        return {name: fresh[place] for name, place in gone.items() if place in fresh}

    def _why_unit_went(self, name: str, unit: _Unit) -> str:
        if why := self._after.left_out.get((name, "")):
            return why
        return self._of_repository(unit.place[0], self._before, self._after) or self._setting()

    def _why_unit_came(self, name: str, unit: _Unit) -> str:
        if why := self._before.left_out.get((name, "")):
            return f"was left out before: {why}"
        told = {_GONE: "its repository is new here", _OLDER: "new in the repository"}
        of = self._of_repository(unit.place[0], self._after, self._before)
        return told.get(of, self._setting())

    def _of_repository(self, name: str, own: _Side, other: _Side) -> str:
        if name not in other.commits:
            return _GONE
        return _OLDER if own.commits.get(name) != other.commits[name] else ""

    def _setting(self) -> str:
        """Where nothing else can be the reason."""
        kept = [name for name in self._settings if not name.startswith(_POLICY)]
        return f"other settings ({', '.join(kept)})" if kept else UNKNOWN

    # --- variants ---------------------------------------------------------------------------------

    def variants(self) -> _Kind:
        kind = _Kind()
        known = {v["id"]: _standing(v) for v in self._before.dossier.variants()}
        for variant in self._after.dossier.variants():
            name = variant["id"]
            standing = known.pop(name, None)
            if standing is None:
                self._came[name] = why = self._why_variant_came(variant)
                kind.tell("came", why, name)
            elif standing != _standing(variant):
                why = self._after.variants_left_out.get(name, "")
                told = _changed(standing, _standing(variant)) + (f" ({why})" if why else "")
                kind.tell("changed", told, name)
        for variant in self._before.dossier.variants():
            if variant["id"] in known:
                self._went[variant["id"]] = why = self._why_variant_went(variant)
                kind.tell("went", why, variant["id"])
        return kind

    def _why_variant_went(self, variant: Record) -> str:
        after = self._after
        if why := after.variants_left_out.get(variant["id"]):
            tightened = [name for name in self._settings if name.startswith(_POLICY)]
            if why in mix.REASONS and tightened:
                return f"{why} (changed: {', '.join(tightened)})"
            return why
        if why := self._unit_went.get(variant["unit"]):
            return f"its function: {why}"
        if variant["use"] == "contrast":
            return "nothing is compared with it any more"
        if variant["use"] == "ancestor":
            return "what was made of it is not there any more"
        if variant["accepted_by"] == "review":
            return "is no longer approved"
        if "accept_rung" in self._settings:
            bar = after.settings["accept_rung"]
            return (
                f"evidence has to reach {bar}" if bar else "evidence alone is not enough any more"
            )
        return "its evidence was lost, or somebody rejected it"

    def _why_variant_came(self, variant: Record) -> str:
        before = self._before
        if why := before.variants_left_out.get(variant["id"]):
            return f"was left out before: {why}"
        if why := self._unit_came.get(variant["unit"]):
            return f"its function: {why}"
        if variant["use"] == "contrast":
            return "a near miss since"
        if variant["use"] == "ancestor":
            return "another was made of it"
        if variant["accepted_by"] == "review":
            return "approved since"
        if "accept_rung" in self._settings:
            return f"evidence is enough from {self._after.settings['accept_rung']}"
        return "its evidence is new"

    # --- rows -------------------------------------------------------------------------------------

    def rows(self) -> _Kind:
        """By what they are made of: the same with another text is changed."""
        kind = _Kind()
        known = {_key(row): row["sha256"][:16] for row in self._before.dossier.rows()}
        for row in self._after.dossier.rows():
            sha256 = known.pop(_key(row), None)
            if sha256 is None:
                kind.tell("came", self._why_row(row, self._before, self._came, self._unit_came),
                          _named(row))  # fmt: skip
            elif sha256 != row["sha256"][:16]:
                kind.tell("changed", self._why_row_changed(), _named(row))
        for row in self._before.dossier.rows():
            if _key(row) in known:
                kind.tell("went", self._why_row(row, self._after, self._went, self._unit_went),
                          _named(row))  # fmt: skip
        return kind

    def _why_row(
        self, row: Record, other: _Side, variants: Mapping[str, str], units: Mapping[str, str]
    ) -> str:
        if row["task"] not in other.settings["tasks"]:
            return f"the task {row['task']} is only in one of them"
        if why := variants.get(row["variant"]) or variants.get(row["against"]):
            return f"its variant: {why}"
        if why := units.get(row["unit"]):
            return f"its function: {why}"
        if row["variant"] and row["against"]:
            return "its variant is compared with another"
        return self._setting()

    def _why_row_changed(self) -> str:
        worded = [name for name in self._settings if name in ("format", "fim_family", "seed")]
        return f"other settings ({', '.join(worded)})" if worded else UNKNOWN


_GONE = "its repository is not in it any more"
_OLDER = "no longer in the repository"
UNKNOWN = "nothing tells"


def _standing(variant: Record) -> tuple[str, str, str, int]:
    """What of a variant can change while its text stays."""
    approved = sum(bool(decision["approved"]) for decision in variant["decisions"])
    return variant["use"], variant["rung"], variant["accepted_by"], approved


def _changed(before: tuple[Any, ...], after: tuple[Any, ...]) -> str:
    names = ("used for", "rung", "accepted by", "approvals")
    for name, one, other in zip(names, before, after, strict=True):
        if one != other:
            return f"{name}: {one or 'nothing'}, now {other or 'nothing'}"
    return ""


def _key(row: Record) -> bytes:
    parts = (row["task"], row["unit"], row["variant"], row["against"], str(row["number"]))
    return hashlib.blake2b("\0".join(parts).encode(), digest_size=8).digest()


def _named(row: Record) -> str:
    return f"{row['file']} {row['row']}"
