"""The documents of an export beside its lineage, its training configuration, and its signature."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from codeaug.dataset.planning import SPLITS
from codeaug.dataset.verification import findings as names
from codeaug.dataset.verification.findings import Findings
from codeaug.formats import Facts, Format
from codeaug.provenance import DOCUMENTS, Dossier, signing
from codeaug.tasks import named


def look(folder: Path, manifest: Mapping[str, Any], there: set[str], found: Findings) -> None:
    dossier = Dossier(folder, manifest)
    for name, document in DOCUMENTS.items():
        found.saw(name)
        if name not in there:
            found.wrong(name, f"{name} is missing")
            continue
        for problem in document.check(dossier, folder / name):
            found.wrong(name, problem.removeprefix(f"{name}: "))


def configuration(
    folder: Path, manifest: Mapping[str, Any], form: Format, there: set[str], found: Findings
) -> None:
    """The files beside the rows, made again of what the manifest says."""
    settings, counts = manifest["settings"], manifest["counts"]
    files = {
        split: tuple(one["name"] for one in manifest["files"] if one["split"] == split)
        for split in SPLITS
    }
    shape = named()[settings["tasks"][0]].shape if settings["tasks"] else form.shapes[0]
    facts = Facts(
        *(manifest["name"], {split: n for split, n in counts["rows"].items() if n}),
        settings["max_length"] or manifest["tokens"]["longest"],
        *(settings["tokenizer"], settings.get("target_model", ""), settings["fim_family"]),
        *(shape, files),
    )
    wanted = form.extras(facts)
    found.saw(names.CONFIGURATION, f"{len(wanted)} files")
    for name, data in wanted.items():
        if name not in there:
            found.wrong(names.CONFIGURATION, f"{name} is missing")
        elif (folder / name).read_bytes() != data:
            found.wrong(names.CONFIGURATION, f"{name} is not what this dataset needs")


def signature(folder: Path, key: Path | None, found: Findings) -> None:
    signed = (folder / signing.NAME).is_file()
    if key is None:
        if signed:
            found.unknown(names.SIGNATURE, "signed; give the public key with --key to check it")
        return
    found.saw(names.SIGNATURE, f"by {key.name}")
    for problem in signing.verify(folder, key):
        found.wrong(names.SIGNATURE, problem)
