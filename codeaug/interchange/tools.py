"""The tools by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from codeaug.interchange import argilla, jsonl, label_studio
from codeaug.interchange.records import Incoming, OutgoingCard


@dataclass(frozen=True, slots=True)
class Tool:
    """What a tool's module has; `lines` says that its cards are JSON lines, not one list."""

    file: str
    lines: bool
    files: Callable[[str, int], Mapping[str, str]]
    name_of: Callable[[str], str]
    is_name: Callable[[str], bool]
    document: Callable[[OutgoingCard], dict[str, Any]]
    said: Callable[[Path], Iterator[Incoming]]


TOOLS: Mapping[str, Tool] = {
    module.NAME: Tool(
        module.FILE,
        module is jsonl,
        module.files,
        module.name_of,
        module.is_name,
        module.document,
        module.said,
    )
    for module in (argilla, label_studio, jsonl)
}
