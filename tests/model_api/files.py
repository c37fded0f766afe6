"""/v1/files: what was uploaded, for batches and to tune on, and what batches have put out."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, field
from typing import Any

from tests.model_api.completions import Answer
from tests.model_api.script import error

PURPOSES = ("batch", "fine-tune")


@dataclass(frozen=True)
class File:
    id: str
    name: str
    purpose: str
    data: bytes
    created: int = field(default_factory=lambda: int(time.time()))

    def described(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "object": "file",
            "bytes": len(self.data),
            "created_at": self.created,
            "filename": self.name,
            "purpose": self.purpose,
            "status": "processed",
        }


class Files:
    def __init__(self) -> None:
        self._files: dict[str, File] = {}

    def add(self, name: str, purpose: str, data: bytes) -> File:
        file = File(f"file-{len(self._files) + 1}", name, purpose, data)
        self._files[file.id] = file
        return file

    def get(self, number: str) -> File | None:
        return self._files.get(number)

    def uploaded(self, kind: str, body: bytes) -> Answer:
        parts = multipart(kind, body)
        purpose = parts.get("purpose", ("", b""))[1].decode()
        if purpose not in PURPOSES:
            words = "'purpose' is 'batch' or 'fine-tune' on this server."
            return Answer.of(error(400, words, param="purpose"))
        if "file" not in parts:
            return Answer.of(error(400, "Missing required parameter: 'file'.", param="file"))
        name, data = parts["file"]
        return Answer.json(self.add(name, purpose, data).described())


def multipart(kind: str, body: bytes) -> dict[str, tuple[str, bytes]]:
    """The file name and the data of each part by its name (RFC 7578)."""
    found = re.search(r'boundary="?([^";]+)', kind)
    parts = {}
    for piece in body.split(b"--" + found[1].encode())[1:-1] if found else ():
        head, _, data = piece.partition(b"\r\n\r\n")
        said = dict(re.findall(r'\b(name|filename)="([^"]*)"', head.decode()))
        parts[said.get("name", "")] = (said.get("filename", ""), data[: -len(b"\r\n")])
    return parts
