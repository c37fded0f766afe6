"""One file per dataset format.

A format is a module with `NAME` and `rows`, a function from samples to one JSON object each, in the
order of the samples. It gives the training fields only: consumers guess types from the first rows
and stumble over columns that they do not know, so everything else about a sample stands in the
manifest. Third parties add formats through the entry-point group `codeaug.formats`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from codeaug.formats import openai_chat, prompt_completion
from codeaug.model import Sample

Format = Callable[[Iterable[Sample]], Iterator[dict[str, Any]]]

FORMATS: Mapping[str, Format] = {
    openai_chat.NAME: openai_chat.rows,
    prompt_completion.NAME: prompt_completion.rows,
}
