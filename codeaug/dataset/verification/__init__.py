"""An export -> findings: whether all that it says of itself is so, offline and without its store.

Everything is counted and made anew: digests, rows from the texts that the lineage names, every
number of the manifest, the mix, leaks between splits, each document, and last the stacks' own
loaders where they are installed. What cannot be looked at is unknown, never passed. See
docs/verify-export.md.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from codeaug.dataset import Stage, lineage, unseen
from codeaug.dataset.lengths import Ruler, ruler
from codeaug.dataset.planning import SPLITS
from codeaug.dataset.verification import counts, files, graph, leakage, mixing, papers, shapes
from codeaug.dataset.verification import findings as names
from codeaug.dataset.verification.balance import Balance
from codeaug.dataset.verification.corpus import Corpus
from codeaug.dataset.verification.findings import Finding, Findings
from codeaug.dataset.verification.lines import Lines
from codeaug.dataset.verification.rows import Walk
from codeaug.formats import of_name

__all__ = ["Finding", "verify"]


def verify(
    folder: Path,
    *,
    key: Path | None = None,
    tokenizer: str = "",
    loaders: bool = True,
    stage: Stage = unseen,
) -> list[Finding]:
    """One finding a check. `key` is a public key; `tokenizer` that of the target, where it lies
    elsewhere than the export says. Raises UsageError for what is no export; MissingTool."""
    found = Findings()
    manifest = files.manifest_of(folder, found)
    if found.failed(names.MANIFEST):
        return found.all()
    listed = len(manifest["files"]) + len(manifest["documents"])
    with stage("files", listed) as advance:
        there = files.look(folder, manifest, found, advance)
    with tempfile.TemporaryDirectory(prefix="codeaug-") as own:
        _content(folder, manifest, there, tokenizer, Path(own), found, stage)
    with stage("documents", 0):
        papers.look(folder, manifest, there, found)
    papers.signature(folder, key, found)
    if loaders:
        from codeaug.dataset.verification import consumers

        consumers.look(folder, manifest, tokenizer, found, stage)
    return found.all()


def _content(
    folder: Path,
    manifest: Mapping[str, Any],
    there: set[str],
    tokenizer: str,
    own: Path,
    found: Findings,
    stage: Stage,
) -> None:
    settings, form = manifest["settings"], of_name(manifest["settings"]["format"])
    with stage("lineage", 0):
        known = graph.read(folder, there, settings, found)
        lines = Lines(known, settings, found)
        lines.look(graph.records(folder, there, lineage.ROWS, shapes.ROW, found))
        lines.tell_twice()
        left_out = _left_out(folder, there, known, lines.balance, found)
        lines.balance.tell()
    for check in _OF_ROWS:
        found.saw(check)
    corpus = Corpus(own, len(known.units) + len(known.variants))
    ruler_ = _ruler(manifest, tokenizer, found)
    unwritten = lines.balance.left_out
    walk = Walk(folder, manifest, form, known, ruler_, corpus, found, unwritten)
    by_split = {
        split: [one["name"] for one in manifest["files"] if one["split"] == split]
        for split in SPLITS
    }
    with stage("rows", sum(lines.rows.values())) as advance:
        walk.look(by_split, there, advance)
    counts.look(manifest, known, lines, walk, left_out, found)
    mixing.look(manifest, known, lines, corpus, found)
    with stage("leakage", 0):
        leakage.look(folder, manifest, there, corpus, found)
        leakage.carried(known, corpus, found)
    papers.configuration(folder, manifest, form, there, found)


_OF_ROWS = (
    *(names.ROWS, names.SCHEMA, names.TEXTS, names.UNICODE, names.CONTROL, names.LENGTH),
    *(names.TOKENS, names.SPLITS, names.EVIDENCE, names.DECISIONS, names.DEPTH),
)


def _left_out(
    folder: Path, there: set[str], known: graph.Graph, balance: Balance, found: Findings
) -> Counter[str]:
    """By reason; what was left out is not in the dataset."""
    reasons: Counter[str] = Counter()
    for line in _lines(folder, there, found):
        if line["task"]:
            balance.unwritten(line)
            continue
        reasons[line["why"]] += 1
        names_of = known.variants if line["variant"] else known.units
        what = line["variant"] or line["unit"]
        number = names_of.get(bytes.fromhex(what))
        # A variant that was left out may be there as a near miss, or as that of which another was
        # made.
        if number is not None and (not line["variant"] or known.kind(number)[0] == "train"):
            found.wrong(names.LINEAGE, f"{what} was left out ({line['why']}), and is there")
    return reasons


def _lines(folder: Path, there: set[str], found: Findings) -> Iterator[dict[str, Any]]:
    yield from graph.records(folder, there, lineage.LEFT_OUT, shapes.LEFT_OUT, found)


def _ruler(manifest: Mapping[str, Any], tokenizer: str, found: Findings) -> Ruler | None:
    """What the export counted by; None where that is not at hand: an export tells its name only."""
    wanted = manifest["settings"]["tokenizer"]
    if wanted and not tokenizer:
        for check in (names.TOKENS, names.LENGTH, names.CONTROL):
            found.unknown(check, f"the tokenizer {wanted} is not here: give it by --tokenizer")
        return None
    known = ruler(tokenizer if wanted else "")
    if known.name != (counter := manifest["tokens"]["counter"]):
        found.wrong(names.TOKENS, f"tokens were counted by {counter}, not by {known.name}")
    return known
