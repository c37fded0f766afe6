"""WebDataset: a script that streams the shards, each row once. A loader of more workers than shards
leaves some of them idle, and `resampled=True` reads rows twice and others not at all."""

from __future__ import annotations

import json

from codeaug.formats import Facts

FILE = "training/webdataset_rows.py"
_SCRIPT = '''\
"""The rows of a split, in the dataset's folder: from webdataset_rows import rows."""

import webdataset as wds

FILES = {files}
ROWS = {rows}  # an epoch's length, which a stream does not know


def rows(split="train", shuffle=0):
    """Each row once, in a tuple of its own: `map` would put the key among a row's columns."""
    data = wds.WebDataset(FILES[split], shardshuffle=len(FILES[split]) if shuffle else False)
    data = data.shuffle(shuffle) if shuffle else data
    return data.decode().to_tuple("json")
'''


def streaming(facts: Facts) -> dict[str, bytes]:
    files = {split: list(names) for split, names in facts.splits.items()}
    text = _SCRIPT.format(files=json.dumps(files), rows=json.dumps(dict(facts.rows)))
    return {FILE: text.encode()}
