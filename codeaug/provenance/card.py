"""`README.md`: the data card, with a head that the Hugging Face hub and `datasets` read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from codeaug.provenance import comparison, licenses, prose
from codeaug.provenance.dossier import Dossier

NAME = "README.md"

_SIZES = (
    (10**3, "n<1K"),
    (10**4, "1K<n<10K"),
    (10**5, "10K<n<100K"),
    (10**6, "100K<n<1M"),
    (10**7, "1M<n<10M"),
    (10**8, "10M<n<100M"),
)
"""The hub's words for sizes, by rows."""
_TABLES = (".jsonl", ".parquet")
"""What `datasets` loads by the configuration in the card."""

RUNGS = {
    "none": "nothing was found out",
    "parsed": "parses, same signature, no new capability",
    "compiled": "compiles in place with no new diagnostic",
    "tested": "the tests that execute it ended as on the original",
    "guarded": "those tests catch faults that were injected into the same function",
    "compared": "original and variant agreed on recorded, grown and boundary inputs",
    "proved": "both compile to the same normalised code, or a lock-step proof holds",
}


def write(dossier: Dossier, file: BinaryIO) -> None:
    file.write(_text(dossier).encode())


def check(dossier: Dossier, path: Path) -> Iterator[str]:
    return comparison.guarded(NAME, dossier, lambda: comparison.text_problems(path, _text(dossier)))


def _text(dossier: Dossier) -> str:
    manifest = dossier.manifest
    reviewed = manifest["reviewers"]["decisions"] > 0
    return comparison.rendered(
        "README.md.j2",
        dossier=dossier,
        manifest=manifest,
        counts=manifest["counts"],
        mix=manifest["mix"],
        prose=prose,
        told=licenses.told,
        rungs=RUNGS,
        license=licenses.expression(dossier.licenses),
        hub_licenses=_hub_licenses(dossier),
        annotators="expert-generated" if reviewed else "machine-generated",
        size=next((word for most, word in _SIZES if dossier.rows_of_all < most), "100M<n<1B"),
        data_files=_data_files(dossier),
        splits=sorted(manifest["counts"]["units"].items(), key=_order),
    )


def _order(entry: tuple[str, Any]) -> int:
    return ("train", "validation", "test").index(entry[0])


def _hub_licenses(dossier: Dossier) -> list[str]:
    found = {licenses.hub(license) for license in dossier.licenses}
    return sorted(found) or ["other"]


def _data_files(dossier: Dossier) -> dict[str, list[str]]:
    """Files by split, where they are tables."""
    found: dict[str, list[str]] = {}
    for file in dossier.files:
        if file["name"].endswith(_TABLES):
            found.setdefault(file["split"], []).append(file["name"])
    return found
