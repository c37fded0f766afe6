"""The figures of the datasets that were made of a store, each as its manifest tells it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from codeaug.dataset.recipe import Policy
from codeaug.languages import TITLES
from codeaug.store import Store
from codeaug.store.releases import Release

MOST = 15
NO_LIMIT = 1 << 30
"""What a lifted policy allows of what is counted."""
_STEP, _TALL = 58, 110
"""Width of a column of a histogram, and height of the tallest."""
_CAPS = (
    ("synthetic_share", "max_synthetic_share", "tokens made by machines"),
    ("transforms", "max_transform_share", "tokens of one transform"),
    ("generators", "max_generator_share", "tokens of one generator"),
    ("repositories", "max_repository_share", "tokens of one repository"),
    ("per_unit", "max_per_unit", "most variants of one function"),
)
_FLOORS = (
    ("real_units", "min_real_units", "functions written by people"),
    ("diversity", "min_diversity", "texts that differ from all others"),
    ("tail", "min_tail", "share kept of rarely called names"),
)


@dataclass(frozen=True, slots=True)
class Bar:
    """`share` is of the width of the picture; `rest` counts the names that are not shown."""

    name: str
    number: float
    share: float
    rest: int = 0


@dataclass(frozen=True, slots=True)
class Limit:
    """A figure of the mix and what the policy says about it. `line` is where it is drawn, None
    where there is no limit; `default` is what a curator loosened it from."""

    name: str
    what: str
    bars: tuple[Bar, ...]
    limit: float
    line: float | None
    shares: bool
    floor: bool
    default: float | None

    @property
    def single(self) -> bool:
        """Whether it is one figure of the whole, not one of each name."""
        return [bar.name for bar in self.bars] == [""]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a histogram: everything over the bound before it, up to `bound`."""

    bound: str
    number: int
    left: int
    tall: float


@dataclass(frozen=True, slots=True)
class Histogram:
    columns: tuple[Column, ...]

    @property
    def width(self) -> int:
        return _STEP * len(self.columns)


@dataclass(frozen=True, slots=True)
class Step:
    """A release and how many functions and variants came and went since the one before it; None
    where it is the first."""

    release: Release
    manifest: Mapping[str, Any]
    functions: tuple[int, int] | None
    variants: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Dataset:
    """The newest release of a name and format, and its history, the newest first."""

    release: Release
    manifest: Mapping[str, Any]
    composition: Mapping[str, tuple[Bar, ...]]
    evidence: Mapping[str, tuple[Bar, ...]]
    lengths: Mapping[str, Histogram]
    novelty: Histogram | None
    mix: tuple[Limit, ...]
    left_out: tuple[Bar, ...]
    history: tuple[Step, ...]


def datasets(store: Store) -> list[Dataset]:
    """One a name and format, that which was made last first."""
    kinds: dict[tuple[str, str], list[Release]] = {}
    for release in store.releases.all():
        kinds.setdefault((release.name, release.format), []).append(release)
    newest = sorted(kinds.values(), key=lambda own: own[-1].made_at, reverse=True)
    return [_dataset(_history(store, own)) for own in newest]


def _history(store: Store, releases: list[Release]) -> tuple[Step, ...]:
    found: list[Step] = []
    for release in releases:
        manifest = json.loads(release.manifest)
        functions = variants = None
        if found:
            both, both_variants = store.releases.shared(found[-1].release, release)
            before = found[-1].manifest
            functions = (units_of(manifest) - both, units_of(before) - both)
            made, old = manifest["counts"]["variants"], before["counts"]["variants"]
            variants = (made - both_variants, old - both_variants)
        found.append(Step(release, manifest, functions, variants))
    return tuple(reversed(found))


def units_of(manifest: Mapping[str, Any]) -> int:
    return int(sum(manifest["counts"]["units"].values()))


def _dataset(history: tuple[Step, ...]) -> Dataset:
    newest = history[0].manifest
    counts = newest["counts"]
    generators = {
        " ".join(filter(None, (one["engine"], one["model"]))): one["variants"]
        for one in newest["generators"]
        if one["variants"]
    }
    lengths, novelty = newest["tokens"].get("lengths", {}), newest["mix"].get("novelty", {})
    return Dataset(
        history[0].release,
        newest,
        {
            "rows by task": _bars(counts["tasks"]),
            "functions by language": _bars(
                {TITLES.get(k, k): n for k, n in counts["languages"].items()}
            ),
            "variants by transform": _bars(counts["transforms"]),
            "variants by generator": _bars(generators),
            "functions by repository": _bars(_by_repository(newest)),
        },
        {
            "variants by rung": _bars(counts["rungs"]),
            "variants let in by": _bars(counts["accepted_by"]),
        },
        _lengths(lengths),
        _histogram([f"{tenth / 10:g}" for tenth in range(11)], novelty) if novelty else None,
        tuple(_limits(newest["mix"])),
        _bars(newest["left_out"]),
        history,
    )


def _by_repository(manifest: Mapping[str, Any]) -> dict[str, int]:
    """Commits of one repository count together."""
    found: dict[str, int] = {}
    for one in manifest["repositories"]:
        found[one["name"]] = found.get(one["name"], 0) + one["units"]
    return found


def _bars(counts: Mapping[str, int]) -> tuple[Bar, ...]:
    """The most frequent first, then how many there are of all others."""
    ordered = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    widest = max((number for _, number in ordered), default=0) or 1
    bars = [Bar(name, number, number / widest) for name, number in ordered[:MOST]]
    if rest := ordered[MOST:]:
        number = sum(number for _, number in rest)
        bars.append(Bar("", number, min(1, number / widest), len(rest)))
    return tuple(bars)


def _lengths(by_task: Mapping[str, Mapping[str, int]]) -> dict[str, Histogram]:
    """All on the same axis, so that tasks can be compared."""
    bounds = sorted({int(bound) for own in by_task.values() for bound in own})
    axis = [bounds[0]] if bounds else []
    while axis and axis[-1] < bounds[-1]:
        axis.append(2 * axis[-1])
    return {task: _histogram(map(str, axis), own) for task, own in by_task.items()}


def _histogram(bounds: Iterable[str], counts: Mapping[str, int]) -> Histogram:
    tallest = max(counts.values(), default=0) or 1
    return Histogram(
        tuple(
            Column(bound, number, at * _STEP, _TALL * number / tallest)
            for at, bound in enumerate(bounds)
            for number in (counts.get(bound, 0),)
        )
    )


def _limits(mix: Mapping[str, Any]) -> Iterable[Limit]:
    """Every cap and floor of the policy that a figure can be held against."""
    figures, policy = mix["figures"], mix["policy"]
    loosened = mix["override"]["loosened"] if mix["override"] else {}
    for floor, limits in ((False, _CAPS), (True, _FLOORS)):
        for figure, name, what in limits:
            told, limit = figures[figure], policy[name]
            named = dict(told) if isinstance(told, dict) else {"": told}
            widest = max((*named.values(), 0))
            shares = figure not in ("per_unit", "real_units")
            free = limit <= 0 if floor else limit >= (1 if shares else NO_LIMIT)
            # Room beyond a cap, so that a bar that reaches it is seen to end there.
            least = 1 if floor and shares else 0 if free else 1.2 * limit
            whole = max(widest, least) or 1
            ordered = sorted(named.items(), key=lambda one: (-one[1], one[0]))
            bars = tuple(Bar(name, number, number / whole) for name, number in ordered[:MOST])
            if rest := ordered[MOST:]:
                bars += (Bar("", rest[0][1], rest[0][1] / whole, len(rest)),)
            default = getattr(Policy(), name) if name in loosened else None
            yield Limit(
                *(name, what, bars, limit, None if free else limit / whole),
                *(shares, floor, default),
            )
