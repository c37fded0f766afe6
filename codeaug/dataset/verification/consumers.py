"""The training stacks' own word: what their loaders make of the export, where they are here."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from codeaug.dataset import Stage
from codeaug.dataset.verification.findings import Findings


def look(
    folder: Path, manifest: Mapping[str, Any], tokenizer: str, found: Findings, stage: Stage
) -> None:
    return
