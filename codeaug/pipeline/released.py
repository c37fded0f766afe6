"""An export's folder as a fine-tuning job needs it, if it is what its manifest says."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from codeaug.engines.llm.pricing import BYTES_A_TOKEN
from codeaug.errors import UsageError

MANIFEST = "manifest.json"
UNITS = "lineage/units.jsonl"
_VERSION = 2
_FORMATS = "openai-"
_UPLOADED = ("train", "validation")


@dataclass(frozen=True, slots=True)
class File:
    """A file of rows, as it was when its digest was compared."""

    name: str
    split: str
    rows: int
    sha256: str
    content: bytes

    def texts(self) -> Iterator[tuple[int, str]]:
        """All texts of each row, with its number from 1."""
        for number, line in enumerate(self.content.split(b"\n")[:-1], 1):
            yield number, "\n".join(_strings(json.loads(line)))


@dataclass(frozen=True, slots=True)
class Released:
    """A dataset: `id` is the SHA-256 of its manifest, `units` the lineage of its functions."""

    id: str
    format: str
    manifest: Mapping[str, Any]
    files: tuple[File, ...]
    units: tuple[Mapping[str, Any], ...]

    @property
    def has_preferences(self) -> bool:
        return self.format == "openai-preference"

    @property
    def tokens(self) -> dict[str, Any]:
        """That a model is to learn, as the manifest counted them."""
        return dict(self.manifest.get("tokens", {}))

    @property
    def train_tokens(self) -> int:
        """Those of the training file, about, questions and answers: an endpoint charges both."""
        texts = (text for file in self.files if file.split == "train" for _, text in file.texts())
        size = sum(len(text.encode("utf-8", "surrogatepass")) for text in texts)
        return round(size / BYTES_A_TOKEN)


def read_released(folder: Path) -> Released:
    """Raises UsageError for a folder that is no such export, or not what its manifest says."""
    manifest, text = _manifest(folder)
    name = str(manifest["settings"]["format"])
    if not name.startswith(_FORMATS):
        raise UsageError(
            f"{folder} is in the format {name}: endpoints that speak OpenAI's protocol take "
            "--format openai-chat."
        )
    contents = {
        str(entry["name"]): _content(folder, entry)
        for entry in (*manifest["files"], *manifest["documents"])
    }
    files = tuple(
        _file(entry, contents[entry["name"]])
        for split in _UPLOADED
        for entry in manifest["files"]
        if entry["split"] == split
    )
    if [file.split for file in files][:1] != ["train"] or len(files) > len(_UPLOADED):
        raise UsageError(f"{folder} must have one file to train on, and one to validate at most.")
    if UNITS not in contents:
        raise UsageError(f"{folder} has no {UNITS}: nobody can tell where its code is from.")
    lines = contents[UNITS].split(b"\n")[:-1]
    try:
        units = tuple(json.loads(line) for line in lines)
        _ = [(unit["id"], unit["path"], unit["name"]) for unit in units]
    except (ValueError, TypeError, LookupError) as error:
        raise UsageError(f"{folder / UNITS} cannot be read.") from error
    identity = hashlib.sha256(text).hexdigest()
    return Released(identity, name, manifest, tuple(f for f in files if f.rows), units)


def _manifest(folder: Path) -> tuple[dict[str, Any], bytes]:
    try:
        text = (folder / MANIFEST).read_bytes()
        found = json.loads(text)
        known = (found["kind"], found["version"]) == ("codeaug dataset", _VERSION)
        _ = found["settings"]["format"], found["tokens"]
        _ = [(f["name"], f["split"], f["sha256"], f["bytes"], f["rows"]) for f in found["files"]]
        _ = [(f["name"], f["sha256"], f["bytes"]) for f in found["documents"]]
    except OSError as error:
        raise UsageError(f"{folder} holds no {MANIFEST}: is it an export?") from error
    except (ValueError, TypeError, LookupError, RecursionError) as error:
        raise UsageError(f"{folder / MANIFEST} is no manifest of an export.") from error
    if not known:
        raise UsageError(f"{folder} was written by another version of codeaug: export again.")
    return found, text


def _content(folder: Path, entry: Mapping[str, Any]) -> bytes:
    """A file that the manifest lists. Raises UsageError when it is another one."""
    name = str(entry["name"])
    path, parts = folder / name, PurePosixPath(name).parts
    if not parts or name.startswith("/") or ".." in parts or "\\" in name:
        raise UsageError(f"the manifest of {folder} names {name!r}, which leads elsewhere.")
    if not path.resolve().is_relative_to(folder.resolve()):
        raise UsageError(f"{path} is a link that leads elsewhere.")
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path} is in the manifest and cannot be read.") from error
    digest = hashlib.sha256(content).hexdigest()
    if (digest, len(content)) != (entry["sha256"], entry["bytes"]):
        raise UsageError(f"{path} is not what the manifest says: it was changed. Export again.")
    return content


def _file(entry: Mapping[str, Any], content: bytes) -> File:
    found = File(entry["name"], entry["split"], entry["rows"], entry["sha256"], content)
    try:
        rows = sum(1 for _ in found.texts())
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{found.name} holds a row that is no JSON.") from error
    if rows != found.rows:
        raise UsageError(f"{found.name} has {rows} rows, its manifest says {found.rows}.")
    return found


def _strings(value: Any) -> Iterator[str]:
    """All texts in a row."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)
    elif isinstance(value, dict):
        for item in value.values():
            yield from _strings(item)
