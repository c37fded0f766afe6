"""WebDataset: a script that streams the shards. A loader of several workers needs a shard for each,
and an epoch's length must be told, or some rows are read twice and others not at all."""

from __future__ import annotations

import json

from codeaug.formats import Facts

FILE = "training/webdataset_rows.py"
_SCRIPT = '''\
"""The rows of a split, in the dataset's folder: from webdataset_rows import rows."""

import webdataset as wds

FILES = {files}
ROWS = {rows}


def rows(split="train", shuffle=0):
    """Each row once: what a worker has no shard for is left to the others, not repeated."""
    data = wds.WebDataset(FILES[split], shardshuffle=len(FILES[split]) if shuffle else False)
    data = data.shuffle(shuffle) if shuffle else data
    return data.decode().map(lambda sample: sample["json"])
'''


def streaming(facts: Facts) -> dict[str, bytes]:
    files = {split: list(names) for split, names in facts.files.items()}
    text = _SCRIPT.format(files=json.dumps(files), rows=json.dumps(dict(facts.rows)))
    return {FILE: text.encode()}
