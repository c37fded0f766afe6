"""One file per dataset format: what a training stack reads.

A format is a module with a value `FORMAT`. It says which contents it can hold (`shapes`), makes a
row of one, and reads a row back: `read(row(content, ...))` gives the texts that a model would see,
so that a dataset can be checked without the store that it was made of. Rows hold training fields
only: consumers guess types from the first rows and stumble over columns that they do not know.
Everything else about a row stands in the lineage. `stems` are the names of the splits' files, and
`extras` gives the files beside them: a training configuration that loses no row, an index.

Third parties add formats through the entry-point group `codeaug.formats`: a `Format` of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from importlib.metadata import entry_points
from typing import Any

from codeaug.formats.fim import Sentinels
from codeaug.tasks import Content, Infilling, Judged, Pair, Preference

__all__ = ["Container", "Facts", "Format", "Row", "formats", "of_name"]

Row = dict[str, Any]

SPLITS = ("train", "validation", "test")
PAIRS: tuple[type[Content], ...] = (Pair, Infilling)
PREFERENCES: tuple[type[Content], ...] = (Preference,)
JUDGED: tuple[type[Content], ...] = (Judged,)


class Container(StrEnum):
    """How rows lie on disk."""

    JSONL = "jsonl"
    PARQUET = "parquet"
    WEBDATASET = "webdataset"


@dataclass(frozen=True, slots=True)
class Facts:
    """What a training configuration must know of a dataset.

    `rows` are the rows of each split that has any; `longest` is the greatest number of tokens of a
    row, prompt and answer with what a chat template may add, rounded up; `tokenizer` the name or
    folder of the target's, `model` the model to be tuned and `fim_family` its family, "" when they
    are not known; `files` the files of each split, relative to the dataset's folder.
    """

    name: str
    rows: Mapping[str, int]
    longest: int
    tokenizer: str = ""
    model: str = ""
    fim_family: str = ""
    shape: type[Content] = Pair
    files: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def splits(self) -> dict[str, tuple[str, ...]]:
        """The files of those splits that have any."""
        return {split: names for split, names in self.files.items() if names}

    def file(self, split: str) -> str:
        """The one file of a split, the first of several, "" when it has none."""
        return next(iter(self.files.get(split, ())), "")


def _no_extras(facts: Facts) -> dict[str, bytes]:
    return {}


@dataclass(frozen=True, slots=True)
class Format:
    """See the package. `row` is given the sentinels of the target's family for code with a gap."""

    name: str
    help: str
    shapes: tuple[type[Content], ...]
    row: Callable[[Content, Sentinels], Row]
    read: Callable[[Row], Content]
    container: Container = Container.JSONL
    stems: Mapping[str, str] = field(default_factory=lambda: {split: split for split in SPLITS})
    extras: Callable[[Facts], dict[str, bytes]] = _no_extras
    schema: Mapping[str, Any] = field(default_factory=dict)
    """JSON Schema of one row."""
    columns: tuple[tuple[str, str], ...] = ()
    """Of tables (Parquet): names and Arrow types."""
    needs_sentinels: bool = False
    """Whether it writes code with a gap by the family's own tokens, not as a request in words."""

    def __reduce__(self) -> tuple[Callable[[str], Format], tuple[str]]:
        """To another process it goes by its name."""
        return of_name, (self.name,)


@cache
def formats() -> Mapping[str, Format]:
    """All formats by name: ours, then those of installed packages."""
    from codeaug.formats import (
        axolotl_chat,
        axolotl_dpo,
        axolotl_segments,
        hf_parquet,
        llama_factory,
        llama_factory_dpo,
        llama_factory_kto,
        megatron,
        nemo,
        openai_chat,
        openai_preference,
        prompt_completion,
        trl_conversational,
        trl_dpo,
        trl_kto,
        trl_prompt_completion,
        unsloth,
        webdataset,
    )

    modules = [openai_chat, openai_preference, prompt_completion, trl_prompt_completion]
    modules += [trl_conversational, trl_dpo, trl_kto, axolotl_chat, axolotl_segments, axolotl_dpo]
    modules += [llama_factory, llama_factory_dpo, llama_factory_kto, unsloth, nemo, megatron]
    modules += [hf_parquet, webdataset]
    found = {module.FORMAT.name: module.FORMAT for module in modules}
    for entry in entry_points(group="codeaug.formats"):
        found.setdefault(entry.name, entry.load())
    return found


def of_name(name: str) -> Format:
    """Raises UsageError."""
    from codeaug.errors import UsageError

    known = formats()
    if name not in known:
        raise UsageError(f"no format {name!r}: there are {', '.join(known)}")
    return known[name]


def fits(format: Format, shape: type[Content]) -> bool:
    """Whether the format holds contents of that shape."""
    return shape in format.shapes
