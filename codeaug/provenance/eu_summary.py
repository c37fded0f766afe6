"""`eu-summary.md`: what a provider may copy into the part on synthetic data of the summary that
Article 53(1)(d) of the EU's AI Act asks for. It fills in what is known here and claims nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from codeaug.provenance import comparison, prose
from codeaug.provenance.dossier import Dossier

NAME = "eu-summary.md"

_BANDS = (
    (10**9, "less than 1 billion tokens"),
    (10**13, "1 billion to 10 trillion tokens"),
)
"""The template's size bands of text, by tokens."""


def write(dossier: Dossier, file: BinaryIO) -> None:
    file.write(_text(dossier).encode())


def check(dossier: Dossier, path: Path) -> Iterator[str]:
    return comparison.guarded(NAME, dossier, lambda: comparison.text_problems(path, _text(dossier)))


def _text(dossier: Dossier) -> str:
    manifest = dossier.manifest
    return comparison.rendered(
        "eu-summary.md.j2",
        dossier=dossier,
        manifest=manifest,
        prose=prose,
        models=[g for g in dossier.generators if g["model"]],
        others=[g for g in dossier.generators if not g["model"]],
        band=_band(manifest["tokens"]["synthetic"]),
    )


def _band(tokens: int) -> str:
    return next((text for most, text in _BANDS if tokens < most), "more than 10 trillion tokens")
