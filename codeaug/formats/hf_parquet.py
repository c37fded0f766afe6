"""A Parquet folder for the Hugging Face hub and `datasets`, with types that are never guessed.

Columns are texts, "" where a row has none. Code with a gap stands there twice: neutral, as prefix,
middle and suffix, and as prompt and completion for the chosen family of models.
"""

from __future__ import annotations

from codeaug.formats import PAIRS, Container, Format, Row
from codeaug.formats.fim import Sentinels
from codeaug.formats.stacks import trl
from codeaug.formats.texts import TEXT, plain, record
from codeaug.tasks import Content, Infilling, Pair

NAMES = ("prompt", "completion", "language", "prefix", "middle", "suffix")
COLUMNS = tuple((name, "string") for name in NAMES)


def row(content: Content, sentinels: Sentinels) -> Row:
    pair = plain(content, sentinels)
    gap = content if isinstance(content, Infilling) else Infilling("", "", "", "")
    texts = (pair.prompt, pair.completion, gap.language, gap.prefix, gap.middle, gap.suffix)
    return dict(zip(NAMES, texts, strict=True))


def read(row: Row) -> Content:
    return Pair(row["prompt"], row["completion"])


SCHEMA = record(**dict.fromkeys(NAMES, TEXT))
FORMAT = Format(
    "hf-parquet",
    "a Parquet folder for the Hugging Face hub",
    PAIRS,
    row,
    read,
    container=Container.PARQUET,
    extras=trl.supervised,
    schema=SCHEMA,
    columns=COLUMNS,
    needs_sentinels=True,
)
