"""Tar shards as WebDataset streams them, one JSON member a row."""

from __future__ import annotations

from codeaug.formats import PAIRS, Container, Format
from codeaug.formats.hf_parquet import SCHEMA, read, row
from codeaug.formats.stacks import webdataset

FORMAT = Format(
    "webdataset",
    "tar shards for WebDataset",
    PAIRS,
    row,
    read,
    container=Container.WEBDATASET,
    extras=webdataset.streaming,
    schema=SCHEMA,
    needs_sentinels=True,
)
