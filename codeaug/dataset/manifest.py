"""What a dataset says of itself: its files, settings and counts, in `manifest.json`."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from codeaug.agreement import agreement
from codeaug.dataset import mix
from codeaug.dataset.planning import SPLITS, Plan
from codeaug.dataset.recipe import Override, Recipe
from codeaug.dataset.sources import Sources
from codeaug.dataset.writing import CAPTION, LENGTHS, Totals, digest_of
from codeaug.provenance import pseudonyms
from codeaug.store import Store
from codeaug.store.material import Known

MANIFEST, KIND, VERSION = "manifest.json", "codeaug dataset", 2
_COUNTED = ("tasks", "languages", "rungs", "accepted_by", "engines", "transforms")

Files = Mapping[str, Sequence[tuple[str, int]]]
"""The data files of each split with their rows."""


@dataclass(frozen=True)
class Account:
    """What is known of an export beside what was written."""

    store: Store
    sources: Sources
    recipe: Recipe
    units: Sequence[Known]
    counter: str
    """What counts tokens."""

    def manifest(
        self, folder: Path, totals: Totals, made: Plan, files: Files, override: Override | None
    ) -> dict[str, Any]:
        recipe = self.recipe
        counts = {kind: dict(sorted(own.items())) for kind, own in totals.counts.items()}
        units = counts.get("units", {})
        return {
            "kind": KIND,
            "version": VERSION,
            "codeaug": version("codeaug"),
            "name": recipe.name,
            "date": self._date(totals.newest),
            "settings": recipe.shown(),
            "files": [
                _file(folder, split, name, rows) for split in SPLITS for name, rows in files[split]
            ],
            "documents": [],
            "counts": {
                "rows": {split: totals.rows[split] for split in SPLITS},
                "units": {split: units.get(split, 0) for split in SPLITS},
                "variants": sum(counts.get("engines", {}).values()),
                "robustness": sum(counts.get("robustness", {}).values()),
                "contrasts": sum(counts.get("contrast", {}).values()),
                "ancestors": sum(counts.get("ancestor", {}).values()),
                "captions": counts.get("captions", {}),
                "unwritten": counts.get("unwritten", {}),
                **{kind: counts.get(kind, {}) for kind in _COUNTED},
            },
            "tokens": {
                "counter": self.counter,
                "human": totals.tokens["human"],
                "synthetic": totals.tokens["synthetic"],
                "longest": totals.longest,
                "lengths": _lengths(counts),
            },
            "repositories": self._repositories(counts),
            "generators": _generators(counts),
            "mix": self._mix(made, override),
            "reviewers": _reviewers(counts),
            "left_out": dict(sorted(Counter(why for _, _, why in made.left_out).items())),
            "leakage": made.leakage,
        }

    def _repositories(self, counts: Mapping[str, Mapping[str, int]]) -> list[dict[str, Any]]:
        licenses = {
            (one.repository.name, one.repository.commit): one.repository.license
            for one in self.units
        }
        found = []
        for (name, commit), license in sorted(licenses.items()):
            units = counts.get(f"repository units {commit}", {}).get(name, 0)
            variants = counts.get(f"repository variants {commit}", {}).get(name, 0)
            if units:
                found.append(
                    {"name": name, "commit": commit, "license": license}
                    | {"units": units, "variants": variants}
                )
        return found

    def _mix(self, made: Plan, override: Override | None) -> dict[str, Any]:
        loosened = self.recipe.policy.loosened()
        key = self.store.secret("reviewer pseudonyms")
        return {
            "policy": asdict(self.recipe.policy),
            "figures": made.figures,
            "novelty": made.novelty,
            "dropped": dict(
                sorted(Counter(w for _, _, w in made.left_out if w in mix.REASONS).items())
            ),
            "override": None if override is None or not loosened else {
                "reason": override.reason,
                "by": pseudonyms.person(key, override.by),
                "loosened": loosened,
            },
        }  # fmt: skip

    def _date(self, newest: str) -> str:
        """The day of the newest decision, else of the newest commit, else of the last run: no clock
        is looked at unless there is none, and then only where the environment says no day."""
        if newest:
            return newest[:10]
        commits = {one.repository.commit: one for one in self.units}
        days = [day for one in commits.values() if (day := self.sources.date(one))]
        if days:
            return max(days)
        if census := self.store.census():
            return census.made_at.date().isoformat()
        epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
        now = datetime.fromtimestamp(int(epoch), UTC) if epoch.isdigit() else datetime.now(UTC)
        return now.date().isoformat()


def _file(folder: Path, split: str, name: str, rows: int) -> dict[str, Any]:
    path = folder / name
    size = path.stat().st_size
    return {"name": name, "split": split, "sha256": digest_of(path), "bytes": size, "rows": rows}


def _generators(counts: Mapping[str, Mapping[str, int]]) -> list[dict[str, Any]]:
    """What made variants, and which models wrote captions, with the tokens trained on."""
    variants = counts.get("generators", {})
    names = {*variants, *(f"{CAPTION}\0{model}" for model in counts.get("captions", {}))}
    return [
        {"engine": engine, "model": model, "variants": variants.get(name, 0)}
        | {"tokens": counts.get("made tokens", {}).get(name, 0)}
        for name in sorted(names)
        for engine, _, model in (name.partition("\0"),)
    ]


def _lengths(counts: Mapping[str, Mapping[str, int]]) -> dict[str, dict[str, int]]:
    """The rows of each task by the upper bounds of their bins, the shortest first."""
    return {
        kind.removeprefix(LENGTHS): dict(sorted(own.items(), key=lambda one: int(one[0])))
        for kind, own in sorted(counts.items())
        if kind.startswith(LENGTHS)
    }


def _reviewers(counts: Mapping[str, Mapping[str, int]]) -> dict[str, Any]:
    """Who decided about the variants, how often, and how far they agree."""
    votes = {
        (int(yes), int(no)): number
        for name, number in counts.get("votes", {}).items()
        for yes, no in (name.split(),)
    }
    people = counts.get("reviewers", {})
    found = agreement({votes: number for votes, number in votes.items() if sum(votes)})
    told = {"raw": found.raw, "alpha": found.alpha, "ac1": found.ac1}
    return {
        "people": len(people),
        "decisions": sum(people.values()),
        "approved": sum(yes * number for (yes, _), number in votes.items()),
        "agreement": {
            name: round(one.value, 4) for name, one in told.items() if one is not None
        } or None,
    }  # fmt: skip


def pretty(document: Mapping[str, Any]) -> bytes:
    return json.dumps(document, ensure_ascii=False, indent=1).encode() + b"\n"
