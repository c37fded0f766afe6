"""The training stacks' own word: what their loaders make of the export, where they are here."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from codeaug.dataset import Stage
from codeaug.dataset.verification.findings import Findings
from codeaug.formats import of_name
from codeaug.formats.loading import Loaded, Loader, consumers


def look(
    folder: Path, manifest: Mapping[str, Any], tokenizer: str, found: Findings, stage: Stage
) -> None:
    """Rows in are rows kept, none is cut, and the loss is on the answer and nothing else."""
    for loader in consumers(of_name(manifest["settings"]["format"])):
        check = f"loads in {loader.name}"
        version = loader.installed()
        if not version:
            found.unknown(check, f"not run: pip install {' '.join(loader.needs)}")
            continue
        with stage(f"loading with {loader.name}", 0):
            loaded = loader.load(folder, manifest, tokenizer)
        _tell(check, loader, version, loaded, found)


def _tell(check: str, loader: Loader, version: str, loaded: Loaded, found: Findings) -> None:
    found.saw(check, f"{loader.name} {version}: {loaded.rows_kept:,} of {loaded.rows_in:,} rows")
    if loaded.rows_in != loaded.rows_kept:
        lost = loaded.rows_in - loaded.rows_kept
        found.wrong(check, f"{lost:,} of {loaded.rows_in:,} rows are lost")
    if loaded.truncated:
        found.wrong(check, f"{loaded.truncated:,} rows are longer than the configuration allows")
    if loaded.mismatched:
        found.wrong(check, f"{loaded.mismatched:,} rows come out as another text or are trained "
                           "on in another place")  # fmt: skip
    if loaded.detail and not loaded.whole:
        found.wrong(check, loaded.detail)
