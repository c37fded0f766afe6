"""Whatever somebody writes into an export, `verify-export` says so and goes on."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from codeaug.dataset.verification import verify
from codeaug.errors import UsageError
from codeaug.store import Store
from tests.forging import Forged, exported, fill

FILES = ("manifest.json", "train.jsonl", "leakage.json", "attestations.jsonl", "croissant.json")
FILES += tuple(f"lineage/{name}.jsonl" for name in ("units", "variants", "rows", "left_out"))
ODD: tuple[Any, ...] = (None, "", "x", -1, 10**30, 3.5, True, [], {}, ["x"], {"a": 1}, "0" * 20)


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Forged:
    folder = tmp_path_factory.mktemp("good")
    with Store.open(str(folder / "store.db")) as store:
        fill(store)
        exported(store, folder / "out", lifted=True, dataset_max_synthetic_share=0.9)
    return Forged(folder / "out")


def places(value: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    inner = value.keys() if isinstance(value, dict) else range(len(value))
    for name in inner:
        yield (*at, name)
        if isinstance(value[name], dict | list):
            yield from places(value[name], (*at, name))


def change(document: Any, rng: random.Random) -> None:
    """Something in it is gone, or is something odd."""
    *way, last = rng.choice(list(places(document)))
    for name in way:
        document = document[name]
    if rng.random() < 0.25:
        del document[last]
    else:
        document[last] = rng.choice([one for one in ODD if one != document[last]])


def noticed(folder: Path) -> bool:
    """Whether a check failed, or the folder is refused."""
    try:
        return any(finding.problems for finding in verify(folder, loaders=False))
    except UsageError:
        return True


@pytest.mark.parametrize("name", FILES)
def test_no_edit_stops_the_check(name: str, good: Forged, tmp_path: Path) -> None:
    for seed in range(8):
        rng = random.Random(f"{name} {seed}")
        forged = good.copy(tmp_path / str(seed))
        if name.endswith(".jsonl"):
            forged.edit(name, lambda lines, rng=rng: change(rng.choice(lines), rng))  # type: ignore[misc]  # a default binds the loop's value
        else:
            document = json.loads((forged.folder / name).read_bytes())
            change(document, rng)
            (forged.folder / name).write_text(json.dumps(document, indent=1) + "\n")
        assert noticed(forged.folder)
