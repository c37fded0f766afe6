"""A good export of some fifty functions, and tools to forge it: bluntly, or with great care."""

from __future__ import annotations

import hashlib
import json
import random
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

from codeaug.checks import STATIC
from codeaug.dataset import Override, export, recipe_of
from codeaug.dataset.lengths import ruler
from codeaug.dataset.planning import SPLITS
from codeaug.dataset.verification import counts, graph, mixing
from codeaug.dataset.verification.corpus import Corpus
from codeaug.dataset.verification.findings import Findings
from codeaug.dataset.verification.lines import Lines
from codeaug.dataset.verification.rows import Walk
from codeaug.formats import of_name
from codeaug.model import (
    Decision,
    Evidence,
    Finding,
    Origin,
    Repository,
    Rung,
    ScannedFile,
    SourceFile,
    Span,
    Unit,
    Variant,
    Verdict,
    Word,
    up_to,
)
from codeaug.provenance import DOCUMENTS, Dossier
from codeaug.settings import Settings
from codeaug.store import Store

Record = dict[str, Any]

COMMIT = "4f1d3c2b5a69788796a5b4c3d2e1f00112233445"
NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
TASKS = ("rewrite", "completion", "equivalence")
_SUFFIX = {"python": "py", "java": "java", "cpp": "cpp"}


def _word(rng: random.Random) -> str:
    return "".join(rng.choices("abcdefghijklmnopqrstuvwxyz", k=rng.randint(4, 9)))


def unit_of(number: int) -> Unit:
    """A function like no other of these, in a file of its own."""
    rng = random.Random(number)
    language = ("python", "java", "cpp")[number % 3]
    words = [_word(rng) for _ in range(12)]
    if language == "python":
        body = [f"    {a} = {b}({a}, {number})" for a, b in pairwise(words)]
        lines = [f"def {words[0]}({words[1]}):", *body, f"    return {words[2]}"]
    else:
        body = [f"    {a} = {b}({a}, {number});" for a, b in pairwise(words)]
        lines = [f"int {words[0]}(int {words[1]}) {{", *body, f"    return {words[2]};", "}"]
    code = "\n".join(lines)
    span, path = Span(0, len(code)), f"src/part{number}.{_SUFFIX[language]}"
    parameters = "" if language == "python" else "(int)"
    blob, body = f"{number:040d}", 2 if language == "python" else 1
    return Unit(
        *(path, language, words[0], parameters, span, span, 1, body, len(lines), blob), code
    )


UNITS = [unit_of(number) for number in range(48)]


def _variant(number: int, engine: str, *recipe: str, model: str = "", salt: str = "") -> Variant:
    """The last line of the function said otherwise."""
    unit = UNITS[number]
    head, _, last = unit.code.rpartition("return ")
    code = f"{head}return {salt}{last}"
    return Variant(unit.id, code, Origin(engine, recipe, number, model))


VARIANTS = [
    _variant(0, "rules", "invert-if", salt="0 + "),
    _variant(1, "rules", "guard-clause", salt="0 + "),
    _variant(2, "rules", "rename-local", salt="0 + "),
    _variant(3, "llm", model="acme-1", salt="0 + "),
    _variant(4, "llm", model="acme-1", salt="1 * "),
]
MISS = _variant(0, "rules", "flip", salt="1 + ")
"""A near miss: a comparison saw that it behaves otherwise."""
WEAK = _variant(6, "rules", "flip", salt="2 - 2 + ")
"""Approved, but a check failed since: it is left out."""


def evidence(variant: Variant, failed: str = "") -> Evidence:
    static = [check.__name__ for check in STATIC]
    findings = [Finding(check, Verdict.PASSED) for check in (*static, "compiled", "tested")]
    if failed:
        findings.append(Finding("compared", Verdict.FAILED, failed))
    return Evidence(variant.id, COMMIT, tuple(findings), up_to(Rung.TESTED), (("tests", "14"),))


def fill(store: Store) -> None:
    store.put_repository(Repository("https://example.org/acme.git", "", COMMIT, "Apache-2.0"))
    files = [SourceFile(u.path, u.language, u.blob, len(u.code)) for u in UNITS]
    found = zip(files, UNITS, strict=True)
    store.put_scan("v1", [ScannedFile(file, (unit.facts,), ()) for file, unit in found])
    store.put_tree(COMMIT, "v1", [(f.path, f.language, f.blob) for f in files])
    store.put_variants([*VARIANTS, MISS, WEAK])
    for variant in VARIANTS:
        store.put_evidence(evidence(variant))
    store.put_evidence(evidence(MISS, "on (3) 4 instead of 3"))
    store.put_evidence(evidence(WEAK, "on (2) 1 instead of 2"))
    for variant in (*VARIANTS[:4], WEAK):
        for reviewer in ("ann", "bob"):
            decision = Decision(variant.id, reviewer, Word.APPROVED, NOW)
            assert store.put_decision(decision, f"{variant.id} {reviewer}")


def exported(
    store: Store,
    out: Path,
    format: str = "openai-chat",
    *,
    lifted: bool = False,
    accept_rung: str | None = "tested",
    **settings: Any,
) -> Record:
    chosen: Record = {
        "dataset_tasks": TASKS, "dataset_validation": 0.1, "dataset_test": 0.1
    }  # fmt: skip
    recipe = recipe_of(Settings(**chosen | settings), format, accept_rung)
    return export(store, recipe, out, override=Override("a trial", "ann") if lifted else None)


# --- forging --------------------------------------------------------------------------------------


def digest(text: bytes) -> str:
    return hashlib.sha256(text).hexdigest()


def said(row: Any) -> bytes:
    return json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode(
        "utf-8", "surrogatepass"
    )


@dataclass(frozen=True)
class Forged:
    """An export that somebody edits. `seal` makes the digests right again, `retell` the documents
    before that: then only what they both follow from can show the fault."""

    folder: Path

    def copy(self, to: Path) -> Forged:
        shutil.copytree(self.folder, to, symlinks=True)
        return Forged(to)

    def manifest(self) -> Record:
        found: Record = json.loads((self.folder / "manifest.json").read_bytes())
        return found

    def put_manifest(self, document: Record) -> None:
        text = json.dumps(document, ensure_ascii=False, indent=1) + "\n"
        (self.folder / "manifest.json").write_text(text)

    def edit_manifest(self, change: Callable[[Record], None]) -> None:
        document = self.manifest()
        change(document)
        self.put_manifest(document)

    def lines(self, name: str) -> list[Record]:
        data = (self.folder / name).read_bytes()
        return [json.loads(line) for line in data.split(b"\n")[:-1]]

    def put(self, name: str, lines: list[Record]) -> None:
        (self.folder / name).write_bytes(b"".join(said(line) + b"\n" for line in lines))

    def edit(self, name: str, change: Callable[[list[Record]], None]) -> None:
        lines = self.lines(name)
        change(lines)
        self.put(name, lines)

    def replace(self, name: str, old: str, new: str) -> None:
        path = self.folder / name
        text = path.read_text()
        assert old in text, f"{old!r} is not in {name}"
        path.write_text(text.replace(old, new, 1))

    def put_row(self, split: str, number: int, row: Record) -> None:
        """A row with its right digest in the lineage."""
        self.edit(f"{split}.jsonl", lambda rows: rows.__setitem__(number, row))
        self.line_of(split, number, sha256=digest(said(row)))

    def line_of(self, split: str, number: int, **changes: Any) -> None:
        def change(lines: list[Record]) -> None:
            own = [line for line in lines if line["file"] == split]
            own[number].update(changes)

        self.edit("lineage/rows.jsonl", change)

    def seal(self) -> None:
        def change(document: Record) -> None:
            for entry in (*document["files"], *document["documents"]):
                if (path := self.folder / entry["name"]).is_file():
                    data = path.read_bytes()
                    entry.update(sha256=digest(data), bytes=len(data))

        self.edit_manifest(change)

    def recount(self) -> None:
        """Every number of manifest and lineage that follows from rows and lineage, by the code that
        looks for wrong ones."""
        found, lines = Findings(), self.lines("lineage/rows.jsonl")
        tokens: Counter[str] = Counter()
        for line in lines:
            tokens[line["unit"]] += 0 if line["variant"] else line["tokens"]
        self.edit(
            "lineage/units.jsonl",
            lambda units: [u.update(tokens=tokens[u["id"]]) for u in units] and None,
        )
        manifest = self.manifest()
        there = {p.relative_to(self.folder).as_posix() for p in self.folder.rglob("*.*")}
        known = graph.read(self.folder, there, manifest["settings"], found)
        told = Lines(known, manifest["settings"], found)
        told.look(iter(lines))
        left_out: Counter[str] = Counter()
        for line in self.lines("lineage/left_out.jsonl"):
            if line["task"]:
                told.balance.unwritten(line)
            else:
                left_out[line["why"]] += 1
        manifest["counts"] |= counts._counts(known, told)
        manifest["repositories"] = counts._repositories(known)
        manifest["generators"] = counts._generators(known, told)
        manifest["reviewers"] = counts._reviewers(known)
        manifest["left_out"] = dict(sorted(left_out.items()))
        manifest["mix"]["figures"] |= mixing._figures(known, told)
        manifest["tokens"] |= {
            "human": told.human, "synthetic": told.by_mix.total() + told.by_caption.total()
        }  # fmt: skip
        for file in manifest["files"]:
            file["rows"] = told.rows[file["split"]]
        walk = self._walk(manifest, known)
        manifest["tokens"]["longest"] = walk.longest
        manifest["tokens"]["lengths"] = {
            task: {str(most): number for most, number in sorted(own.items())}
            for task, own in walk.lengths.items()
        }
        self.put_manifest(manifest)

    def _walk(self, manifest: Record, known: graph.Graph) -> Walk:
        """Through all rows, of which nothing is held to be wrong."""
        form = of_name(manifest["settings"]["format"])
        files = {file["split"]: [file["name"]] for file in manifest["files"]}
        with tempfile.TemporaryDirectory() as folder:
            corpus = Corpus(Path(folder), 1000)
            walk = Walk(self.folder, manifest, form, known, ruler(""), corpus, Findings(), {})
            there = {name for own in files.values() for name in own}
            walk.look({split: files.get(split, []) for split in SPLITS}, there, lambda *_: None)
        return walk

    def retell(self) -> None:
        self.seal()
        dossier = Dossier(self.folder, self.manifest())
        for name, document in DOCUMENTS.items():
            with (self.folder / name).open("wb") as file:
                document.write(dossier, file)
        self.seal()
