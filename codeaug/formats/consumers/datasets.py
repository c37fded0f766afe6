"""Hugging Face's `datasets`: every cell of every row as it was written."""

from __future__ import annotations

from itertools import zip_longest
from typing import Any

from codeaug.formats import Container
from codeaug.formats.consumers import Request, Tally

_READERS = {Container.JSONL: "json", Container.PARQUET: "parquet"}
_READERS[Container.WEBDATASET] = "webdataset"


def load(request: Request) -> Tally:
    tally = Tally()
    found = rows(request)
    for split, rows_in in request.counts.items():
        tally.rows_in += rows_in
        pairs = zip_longest(request.rows(split), found[split])
        for number, (ours, theirs) in enumerate(pairs, start=1):
            tally.rows_kept += theirs is not None
            if ours is None or theirs is None:
                continue
            shown = theirs["json"] if request.format.container is Container.WEBDATASET else theirs
            if shown != ours:
                tally.mismatch(split, number, repr(ours), repr(shown))
    return tally


def rows(request: Request) -> Any:
    """By the head of the README, as the hub does it; by the names of the files without one."""
    from datasets import load_dataset

    readme = request.folder / "README.md"
    if readme.is_file() and "\nconfigs:\n" in readme.read_text(encoding="utf-8"):
        return load_dataset(str(request.folder))
    return load_dataset(_READERS[request.format.container], data_files=request.splits)
