"""A small export folder made by hand: three languages, both engines, near misses, an override."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from codeaug.model import content_id
from codeaug.provenance import DOCUMENTS, Dossier

Record = dict[str, Any]

ANNA, BORIS = "reviewer-0123456789ab", "reviewer-ba9876543210"
REPOSITORIES = {
    "shop": ("1" * 40, "Apache-2.0"),
    "engine": ("2" * 40, "MIT"),
}
UNITS = (
    ("shop", "python", "shop.py", "Shop.price", "def price(a):\n    return 2 * a\n", "train"),
    ("shop", "java", "Cart.java", "Cart.sum(int)", "int sum(int a) { return a + 1; }", "train"),
    (
        "engine",
        "cpp",
        "a.cpp",
        "ns::half(int)",
        'int half(int a)\r\n{ return a / 2; } // "½"',
        "train",
    ),
    ("engine", "python", "b.py", "clamp", "def clamp(a):\n    return max(a, 0)\n", "validation"),
    ("shop", "java", "Name.java", "Name.of(String)", "String of(String s) { return s; }", "test"),
)
"""Repository, language, path, name, code, split."""
VARIANTS = (
    (0, "def price(a):\n    return a * 2\n", "rules", "commute", "proved", "passed"),
    (0, "def price(amount):\n    return 2 * amount\n", "llm", "", "guarded", "passed"),
    (1, "int sum(int a) { return 1 + a; }", "rules", "commute", "compared", "passed"),
    (2, "int half(int a)\r\n{ return a >> 1; }", "llm", "", "compiled", "failed"),
    (2, "int half(int a)\r\n{ return (a / 2); }", "rules", "brackets", "compiled", "unknown"),
)
"""Unit, code, engine, transform, rung, verdict; what failed is kept as a near miss."""


def export(folder: Path, **changes: Any) -> Dossier:
    """Data, lineage and manifest in `folder`, without documents; `changes` are to the manifest."""
    units, variants = [_unit(*unit) for unit in UNITS], [_variant(*v) for v in VARIANTS]
    (folder / "lineage").mkdir(parents=True)
    files, rows = [], []
    for split in ("train", "validation", "test"):
        file, of_file = _data(folder, split, units, variants)
        files.append(file)
        rows += of_file
    left_out = [{"unit": units[4]["id"], "variant": "", "why": "a check failed"}] * 3
    for name, records in (
        ("units", units),
        ("variants", variants),
        ("rows", rows),
        ("left_out", left_out),
    ):
        _lines(folder / "lineage" / f"{name}.jsonl", records)
    manifest = _manifest(files, units, variants, rows) | changes
    _save(folder, manifest)
    return Dossier(folder, manifest)


def document(dossier: Dossier) -> None:
    """Every document, and the manifest that names them."""
    listed = []
    for name, module in DOCUMENTS.items():
        with (dossier.folder / name).open("wb") as file:
            module.write(dossier, file)
        listed.append(described(dossier.folder / name))
    _save(dossier.folder, {**dossier.manifest, "documents": listed})


def described(path: Path) -> Record:
    data = path.read_bytes()
    return {"name": path.name, "sha256": digest(data), "bytes": len(data)}


def problems(folder: Path) -> Iterator[str]:
    """What all documents' checks say of a folder as it lies there now."""
    dossier = Dossier.read(folder)
    for name, module in DOCUMENTS.items():
        yield from module.check(dossier, folder / name)


def edit_json(path: Path, change: Callable[[Any], object]) -> None:
    """The document with a change, in the layout in which it was written."""
    document = json.loads(path.read_bytes())
    change(document)
    path.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def edit_lines(path: Path, number: int, change: Callable[[Any], object]) -> None:
    lines = path.read_text("utf-8").split("\n")
    record = json.loads(lines[number])
    change(record)
    lines[number] = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
    path.write_text("\n".join(lines), encoding="utf-8", newline="\n")


def digest(data: str | bytes) -> str:
    return hashlib.sha256(data.encode() if isinstance(data, str) else data).hexdigest()


def _unit(repository: str, language: str, path: str, name: str, code: str, split: str) -> Record:
    commit, license = REPOSITORIES[repository]
    return {
        "id": content_id(language, path, name, "", code),
        "repository": repository,
        "commit": commit,
        "license": license,
        "path": path,
        "name": name,
        "language": language,
        "line": 1,
        "blob": "3" * 40,
        "sha256": digest(code),
        "split": split,
        "tokens": len(code.split()),
        "description": "",
    }


def _variant(unit: int, code: str, engine: str, transform: str, rung: str, verdict: str) -> Record:
    of = _unit(*UNITS[unit])
    accepted = verdict != "failed"
    return {
        "id": content_id(of["id"], code),
        "unit": of["id"],
        "sha256": digest(code),
        "use": "train" if accepted else "contrast",
        "origin": {
            "engine": engine,
            "recipe": [transform] if transform else [],
            "seed": 0,
            "model": "acme/coder-7b" if engine == "llm" else "",
            "prompt": "rewrite" if engine == "llm" else "",
            "parent": "",
        },
        "depth": {"llm": int(engine == "llm"), "rule": int(engine == "rules")},
        "rung": rung,
        "verdict": verdict,
        "parameters": {"tests": "3", "faults caught": "2 of 2"},
        "environment": {"python": "3.11"},
        "checks": {"parsed": "passed", "compiled": "passed", "tested": verdict},
        "accepted_by": "review" if accepted else "",
        "decisions": [_decision(ANNA, True), _decision(BORIS, rung != "compiled")]
        if accepted
        else [],
        "why": "" if accepted else "it rounds down where the original rounds to zero: half(-1)",
    }


def _decision(reviewer: str, approved: bool) -> Record:
    reason = "" if approved else "unnatural"
    made_at = "2026-01-01T10:00:00+00:00"
    return {"reviewer": reviewer, "approved": approved, "reason": reason, "made_at": made_at}


def _data(
    folder: Path, split: str, units: list[Record], variants: list[Record]
) -> tuple[Record, list[Record]]:
    """The file of a split, and the lineage of its rows."""
    lines, rows = [], []
    for unit, (*_, code, _split) in zip(units, UNITS, strict=True):
        if unit["split"] != split:
            continue
        texts = [("completion", "", code)]
        texts += [
            ("rewrite", variant["id"], text[1])
            for variant, text in zip(variants, VARIANTS, strict=True)
            if variant["unit"] == unit["id"] and variant["use"] == "train"
        ]
        for task, variant, text in texts:
            messages = [
                {"role": "user", "content": f"{task}: {code}"},
                {"role": "assistant", "content": text},
            ]
            row = json.dumps({"messages": messages}, ensure_ascii=False, separators=(",", ":"))
            lines.append(row)
            rows.append(
                {
                    "file": f"{split}.jsonl",
                    "row": len(lines),
                    "sha256": digest(row),
                    "task": task,
                    "unit": unit["id"],
                    "variant": variant,
                    "against": "",
                    "number": 0,
                    "tokens": len(row.split()),
                }
            )
    data = "".join(f"{line}\n" for line in lines).encode()
    (folder / f"{split}.jsonl").write_bytes(data)
    file = {"name": f"{split}.jsonl", "split": split, "sha256": digest(data), "bytes": len(data)}
    return file | {"rows": len(lines)}, rows


def _manifest(
    files: list[Record], units: list[Record], variants: list[Record], rows: list[Record]
) -> Record:
    trained = [variant for variant in variants if variant["use"] == "train"]
    decisions = [decision for variant in variants for decision in variant["decisions"]]
    place = {unit["id"]: unit["repository"] for unit in units}
    return {
        "kind": "codeaug dataset",
        "version": 2,
        "codeaug": "0.1.0",
        "name": "acme",
        "date": "2026-01-02",
        "settings": {
            "format": "openai-chat",
            "tasks": ["rewrite", "completion"],
            "accept_rung": None,
            "seed": 0,
            "personal_data": False,
            "robustness": False,
            "target_model": "",
        },
        "files": files,
        "documents": [],
        "counts": {
            "rows": {file["split"]: file["rows"] for file in files},
            "units": count(unit["split"] for unit in units),
            "variants": len(trained),
            "robustness": 0,
            "captions": {},
            "tasks": count(row["task"] for row in rows),
            "languages": count(unit["language"] for unit in units),
            "rungs": count(variant["rung"] for variant in trained),
            "accepted_by": count(variant["accepted_by"] for variant in trained),
            "engines": count(variant["origin"]["engine"] for variant in trained),
            "transforms": count(step for v in trained for step in v["origin"]["recipe"]),
        },
        "tokens": {"counter": "words", "human": 40, "synthetic": 21, "longest": 19},
        "repositories": [
            {
                "name": name,
                "commit": commit,
                "license": license,
                "units": sum(unit["repository"] == name for unit in units),
                "variants": sum(place[variant["unit"]] == name for variant in trained),
            }
            for name, (commit, license) in REPOSITORIES.items()
        ],
        "generators": [
            {"engine": "rules", "model": "", "variants": 3, "tokens": 14},
            {"engine": "llm", "model": "acme/coder-7b", "variants": 1, "tokens": 7},
        ],
        "mix": {
            "policy": {"max_synthetic_share": 0.5, "max_per_unit": 4, "min_real_units": 3},
            "figures": {
                "synthetic_share": 0.344,
                "transforms": {"commute": 0.2, "brackets": 0.1},
                "generators": {"rules": 0.23, "llm": 0.11},
                "repositories": {"shop": 0.6, "engine": 0.4},
                "real_units": 5,
                "diversity": 1.0,
                "tail": 1.0,
            },
            "override": {
                "reason": "a trial run | with few functions",
                "by": "person-0123456789ab",
                "loosened": {"max_synthetic_share": 0.5},
            },
            "dropped": {"share of transform": 3},
        },
        "left_out": {"a check failed": 3},
        "leakage": {"exact": 0, "normalised": 0, "similar": 0, "benchmarks": 0},
        "reviewers": {
            "people": 2,
            "decisions": len(decisions),
            "approved": sum(decision["approved"] for decision in decisions),
            "agreement": {"raw": 0.75, "alpha": 0.31},
        },
    }


def count(values: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(values).items()))


def _lines(path: Path, records: Iterable[Record]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for record in records:
            file.write(json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n")


def _save(folder: Path, manifest: Mapping[str, Any]) -> None:
    (folder / "manifest.json").write_text(
        json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )
