"""`data-provenance.json`: Data Provenance Standards 1.0.0 of the Data & Trust Alliance.

Where the standard wants a country and codeaug knows none, it says `unknown`: an owner who knows
better writes it into a copy.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from codeaug.provenance import comparison, licenses, prose
from codeaug.provenance.dossier import Dossier, Record

NAME = "data-provenance.json"

VERSION = "1.0.0"
_SYSTEM = "urn:codeaug:codes"


def write(dossier: Dossier, file: BinaryIO) -> None:
    file.write(comparison.encoded(document(dossier)))


def check(dossier: Dossier, path: Path) -> Iterator[str]:
    return comparison.guarded(
        NAME, dossier, lambda: comparison.json_problems(path, document(dossier), "data-provenance")
    )


def document(dossier: Dossier) -> Record:
    return {
        "source": {
            "version": VERSION,
            "title": dossier.name,
            "id": dossier.identifier,
            "issuer": [{"name": prose.owner(dossier)}],
            "description": prose.description(dossier),
        },
        "provenance": {
            "source": prose.listed(
                f"{r['name']}@{r['commit']} ({prose.many(r['units'], 'function')})"
                for r in dossier.repositories
            ),
            "origin": [
                {"name": name} for name in sorted({r["name"] for r in dossier.repositories})
            ],
            "origin-geography": [{"country": "unknown"}],
            "date": dossier.date,
            "generation-method": [
                _method("collection", prose.collection()),
                *(_method(*_generated(generator)) for generator in dossier.generators),
                _method("review", prose.annotation(dossier)),
            ],
            "format": _formats(dossier),
        },
        "use": {
            "classification": [
                {
                    "regulation": {
                        "code": "personal-data",
                        "system": _SYSTEM,
                        "description": prose.personal(dossier),
                    },
                    "evaluated": not dossier.manifest["settings"].get("personal_data", False),
                    "tool": f"codeaug {dossier.version}",
                }
            ],
            "license": [licenses.expression(dossier.licenses)],
            "intended-purpose": [
                {"code": "fine-tuning", "system": _SYSTEM, "description": prose.PURPOSE}
            ],
            "copyright": [
                f"{r['name']}@{r['commit']}: {licenses.told(r['license'])}"
                for r in dossier.repositories
            ],
        },
    }


def _generated(generator: Record) -> tuple[str, str]:
    code = f"{generator['engine']}:{generator['model']}".rstrip(":")
    return code, f"{prose.told_generator(generator)}: {prose.made(generator)}"


def _method(code: str, description: str) -> Record:
    return {"code": code, "system": _SYSTEM, "description": description}


def _formats(dossier: Dossier) -> list[str]:
    """One entry a file: the standard has no other place for digests."""
    return [
        f"{file['name']}: {prose.many(file['rows'], 'row')}, {file['bytes']} B, "
        f"sha256 {file['sha256']}"
        for file in dossier.files
    ]
