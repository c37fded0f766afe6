"""Whether splits share texts: by the rows' own texts, and by what the export says of itself."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from codeaug.dataset import LEAKAGE
from codeaug.dataset.splits import TRAIN
from codeaug.dataset.verification import findings as names
from codeaug.dataset.verification.corpus import Corpus
from codeaug.dataset.verification.findings import Findings
from codeaug.dataset.verification.graph import Graph
from codeaug.dataset.vocabulary import CARRIES, Side
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
    for kind in ("exact", "normalised", "similar", "benchmarks", "names"):
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


def carried(graph: Graph, corpus: Corpus, found: Findings) -> None:
    """Names of held-out functions in what was made to train on; without all that people wrote to
    train on, nobody can tell which these are."""
    units, train = len(graph.units), graph.counts.get("units", Counter())[TRAIN]
    seen, made = corpus.on(Side.TRAINED), corpus.on(Side.MADE)
    found.saw(names.CARRIED, f"{made:,} variants")
    if seen == train:
        for variant in corpus.carrying():
            found.wrong(names.CARRIED, f"variant {graph.id_of(variant)} {CARRIES}")
    missing = units - seen - corpus.on(Side.HELD_OUT) + len(graph.variants) - made
    if missing:
        found.unknown(names.CARRIED, f"{missing:,} texts stand in no row: their names are unknown")
