"""What the training stacks themselves make of a dataset: their own loaders, run on its files.

Each runs in a process of its own, offline, in an empty home: what one machine has cached or set up
decides nothing. A loader says how many rows went in and came out, how many its configuration cuts,
and in how many what would be trained on differs from what the format says of the row.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from codeaug.command import run
from codeaug.errors import MissingTool
from codeaug.formats import Format

_HOURS = 4 * 3600.0  # seconds; a million rows through a chat template take their time
_OFFLINE = {
    "HF_HUB_OFFLINE": "1",
    "HF_DATASETS_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "HF_DATASETS_DISABLE_PROGRESS_BARS": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "AXOLOTL_DO_NOT_TRACK": "1",
    "DISABLE_VERSION_CHECK": "1",  # LLaMA-Factory names the versions that it was released with
    "TOKENIZERS_PARALLELISM": "false",
    "CUDA_VISIBLE_DEVICES": "",
    "PYTHONWARNINGS": "ignore",
}


@dataclass(frozen=True, slots=True)
class Loaded:
    """Rows of all splits. `truncated`: longer than the length in the dataset's configuration.
    `mismatched`: rows that came out as another text, or with the loss on other than the answer."""

    rows_in: int
    rows_kept: int
    truncated: int
    mismatched: int
    detail: str = ""

    @property
    def whole(self) -> bool:
        return self.rows_in == self.rows_kept and not self.truncated and not self.mismatched


@dataclass(frozen=True, slots=True)
class Loader:
    """A stack's own way to rows. `needs` are the distributions that it takes, its own first."""

    name: str
    needs: tuple[str, ...]
    formats: frozenset[str] = frozenset()  # none: all

    def installed(self) -> str:
        """The version of the stack, "" when it or what it needs is missing."""
        try:
            return {name: version(name) for name in self.needs}[self.needs[0]]
        except PackageNotFoundError:
            return ""

    def load(self, folder: Path, manifest: Mapping[str, Any], tokenizer: str = "") -> Loaded:
        """Loads the dataset in `folder`. Without a tokenizer one of single bytes stands in, and
        lengths are not looked at. Raises MissingTool."""
        if not self.installed():
            raise MissingTool(f"{self.name} is missing: pip install {' '.join(self.needs)}")
        settings = manifest["settings"]
        request = {
            "folder": str(folder.resolve()),
            "format": settings["format"],
            "fim_family": settings.get("fim_family", ""),
            "tokenizer": tokenizer and str(Path(tokenizer).resolve()),
            "files": [[entry["split"], entry["name"]] for entry in manifest["files"]],
            "rows": _rows(manifest),
        }
        with tempfile.TemporaryDirectory(prefix="codeaug-") as home:
            outcome = run(
                [sys.executable, "-m", "codeaug.formats.consumers", self.name],
                cwd=home,
                env=_environment(home),
                seconds=_HOURS,
                stdin=json.dumps(request).encode(),
            )
        answer = outcome.out.strip().rsplit("\n", 1)[-1]
        if outcome.exit_code or not answer.startswith("{"):
            last = outcome.err.strip().rsplit("\n", 1)[-1] or f"exit code {outcome.exit_code}"
            return Loaded(
                sum(_rows(manifest).values()), 0, 0, 0, f"{self.name} could not load it: {last}"
            )
        return Loaded(**json.loads(answer))


def _rows(manifest: Mapping[str, Any]) -> Counter[str]:
    found: Counter[str] = Counter()
    for entry in manifest["files"]:
        found[entry["split"]] += entry["rows"]
    return found


def _environment(home: str) -> dict[str, str]:
    return {**os.environ, **_OFFLINE, "HOME": home, "HF_HOME": home, "XDG_CACHE_HOME": home}


_TOKENIZERS = ("datasets", "transformers", "tokenizers", "safetensors", "jinja2")
LOADERS = (
    Loader("datasets", ("datasets", "pyarrow")),
    Loader(
        "trl",
        ("trl", "accelerate", *_TOKENIZERS),
        frozenset(
            {"prompt-completion", "trl-prompt-completion", "trl-conversational", "hf-parquet"}
            | {"trl-dpo", "trl-kto"}
        ),
    ),
    Loader(
        "axolotl",
        ("axolotl", "torch", *_TOKENIZERS),
        frozenset({"axolotl-chat", "axolotl-segments", "axolotl-dpo"}),
    ),
    Loader(
        "llamafactory",
        ("llamafactory", "torch", "torchaudio", "peft", *_TOKENIZERS),
        frozenset({"llama-factory", "llama-factory-dpo", "llama-factory-kto"}),
    ),
    Loader("webdataset", ("webdataset",), frozenset({"webdataset"})),
)


def consumers(format: Format) -> list[Loader]:
    """Those that read the format, installed or not."""
    return [one for one in LOADERS if not one.formats or format.name in one.formats]
