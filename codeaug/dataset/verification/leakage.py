"""Whether splits share texts: by the rows' own texts, and by what the export says of itself."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from codeaug.dataset import LEAKAGE
from codeaug.dataset.verification import findings as names
from codeaug.dataset.verification.corpus import Corpus
from codeaug.dataset.verification.findings import Findings
from codeaug.provenance.comparison import differences


def look(
    folder: Path, manifest: Mapping[str, Any], there: set[str], corpus: Corpus, found: Findings
) -> None:
    threshold = manifest["settings"]["similarity"]
    found.saw(names.LEAKAGE, f"{corpus.size:,} texts")
    told = manifest["leakage"]
    for kind, where in corpus.shared():
        found.wrong(names.LEAKAGE, f"{where} hold the same text ({kind})")
    if similar := corpus.similar(threshold):
        pairs = "pair" if similar == 1 else "pairs"
        found.wrong(names.LEAKAGE, f"{similar:,} {pairs} of near-duplicates are in two splits")
    for kind in ("exact", "normalised", "similar", "benchmarks"):
        if told.get(kind):
            found.wrong(names.LEAKAGE, f"the manifest tells of leakage: {kind} {told[kind]}")
    if told.get("threshold", threshold) != threshold:
        found.wrong(names.LEAKAGE, f"leakage.threshold is not settings.similarity = {threshold}")
    if LEAKAGE not in there:
        found.wrong(names.LEAKAGE, f"{LEAKAGE} is missing")
        return
    try:
        report = json.loads((folder / LEAKAGE).read_bytes())
    except (ValueError, RecursionError):
        found.wrong(names.LEAKAGE, f"{LEAKAGE} is no JSON")
        return
    for problem in differences(report, told):
        problem = problem.replace("manifest and lineage give", "the manifest says")
        found.wrong(names.LEAKAGE, f"{LEAKAGE}: {problem}")
