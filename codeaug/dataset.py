"""What was approved -> Samples, and Samples -> files with their provenance.

A sample needs a person's approval, or the user's word that evidence of some rung is enough; which
of the two stands in every row of the manifest. A variant that some check failed in its newest
evidence, or that anybody rejected, is never a sample.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

from codeaug.errors import CodeaugError, OutOfSpace, UsageError
from codeaug.formats import FORMATS
from codeaug.model import Decision, Rung, Sample, Verdict
from codeaug.store import Store

DATA = "train.jsonl"
MANIFEST = "manifest.json"
_KIND = "codeaug dataset"
_NO_SPACE = (28, 122)  # ENOSPC, EDQUOT


# --- samples --------------------------------------------------------------------------------------


def samples(store: Store, accept_rung: Rung | None = None) -> tuple[list[Sample], dict[str, int]]:
    """All samples by path, function and variant, and why approved variants were left out.

    With `accept_rung` variants of that rung or above need no approval, but no rejection either.
    """
    ids = dict.fromkeys(store.approved(), "review")
    if accept_rung is not None:
        for variant_id in store.accepted_by_evidence(accept_rung):
            ids.setdefault(variant_id, "evidence")
    found: list[Sample] = []
    left_out: Counter[str] = Counter()
    for variant_id, accepted_by in ids.items():
        sample = _sample(store, variant_id, accepted_by)
        if isinstance(sample, Sample):
            found.append(sample)
        else:
            left_out[sample] += 1
    return sorted(found, key=_place), dict(left_out)


def _sample(store: Store, variant_id: str, accepted_by: str) -> Sample | str:
    """The sample, or the reason why this variant is none."""
    variant, evidence = store.variant(variant_id), store.evidence(variant_id)
    if variant is None or evidence is None:
        return "no evidence"
    if evidence.verdict is Verdict.FAILED:
        return "a check failed"
    if evidence.rung < Rung.PARSED:
        return "no rung reached"
    unit = store.unit_of(variant_id, evidence.commit) or store.unit(variant.unit_id)
    if unit is None:
        return "unknown function"
    if store.gold.holds(variant.origin.parent):  # what it was made of is nobody's to know
        variant = replace(variant, origin=replace(variant.origin, parent=""))
    return Sample(unit, variant, evidence, tuple(store.decisions(variant_id)), accepted_by)


def _place(sample: Sample) -> tuple[str, str, str, str]:
    unit = sample.unit
    return unit.path, unit.qualified_name, sample.evidence.commit, sample.variant.id


# --- files ----------------------------------------------------------------------------------------


def export(store: Store, name: str, out: Path, accept_rung: str | None = None) -> dict[str, Any]:
    """Writes `train.jsonl` and `manifest.json` to the folder `out`, both or none.

    Equal samples make equal bytes. An older export of ours is replaced; any other folder that is
    not empty is refused. Returns the manifest without its rows and with the number of them.
    Raises UsageError, also when there is no sample; StoreError; OutOfSpace.
    """
    if name not in FORMATS:
        raise UsageError(f"no format {name!r}: there are {', '.join(FORMATS)}")
    bar = None if accept_rung is None else _rung(accept_rung)
    out = out.resolve()
    _refuse_foreign(out)
    chosen, left_out = samples(store, bar)
    if not chosen:
        raise UsageError(_nothing(bar, left_out))
    data = b"".join(_line(row) for row in FORMATS[name](chosen))
    manifest = _manifest(store, chosen, name, bar, left_out, data)
    _write(out, {DATA: data, MANIFEST: _pretty(manifest)})
    return {**manifest, "folder": str(out), "rows": len(chosen)}


def _rung(label: str) -> Rung:
    known = {rung.label: rung for rung in Rung if rung > Rung.NONE}
    if label not in known:
        raise UsageError(f"no rung {label!r}: there are {', '.join(known)}")
    return known[label]


def _line(row: dict[str, Any]) -> bytes:
    return json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _pretty(document: dict[str, Any]) -> bytes:
    return json.dumps(document, ensure_ascii=False, indent=1).encode() + b"\n"


def _nothing(accept_rung: Rung | None, left_out: dict[str, int]) -> str:
    if left_out:
        reasons = ", ".join(f"{reason}: {n}" for reason, n in left_out.items())
        return f"no sample to export, nothing was written: approved but left out ({reasons})"
    if accept_rung is not None:
        return (
            f"no variant reaches the rung {accept_rung.label}, nothing was written: "
            "run `codeaug run` first or accept a lower rung"
        )
    return (
        "no variant is approved, nothing was written: approve some with `codeaug review`, "
        "or accept by evidence alone with --accept-rung RUNG"
    )


def _refuse_foreign(out: Path) -> None:
    if not out.exists():
        return
    if not out.is_dir():
        raise UsageError(f"{out} is a file: give a folder with --out")
    if any(out.iterdir()) and not _is_ours(out):
        raise UsageError(f"{out} holds other files than a dataset of codeaug: give another --out")


def _is_ours(out: Path) -> bool:
    """Whether the folder holds an export and nothing else that a new one would delete."""
    if not {path.name for path in out.iterdir()} <= {DATA, MANIFEST}:
        return False
    try:
        return bool(json.loads((out / MANIFEST).read_bytes())["kind"] == _KIND)
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _write(out: Path, files: dict[str, bytes]) -> None:
    """All files or none: they are written beside the folder, which then changes place."""
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{out.name}-", dir=out.parent) as beside:
            fresh = Path(beside) / "new"
            fresh.mkdir()
            for name, data in files.items():
                _write_file(fresh / name, data)
            if out.exists():
                out.rename(Path(beside) / "old")
            fresh.rename(out)
    except OSError as error:
        raise _cannot_write(out, error) from error


def _write_file(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _cannot_write(out: Path, error: OSError) -> CodeaugError:
    if error.errno in _NO_SPACE:
        return OutOfSpace(f"no space left for {out}: nothing was written, free some and run again")
    return UsageError(f"cannot write to {out} ({error.strerror}): give another folder with --out")


# --- the manifest ---------------------------------------------------------------------------------


def _manifest(
    store: Store,
    chosen: Sequence[Sample],
    name: str,
    accept_rung: Rung | None,
    left_out: dict[str, int],
    data: bytes,
) -> dict[str, Any]:
    return {
        "kind": _KIND,
        "codeaug": version("codeaug"),
        "settings": {
            "format": name,
            "accept_rung": accept_rung.label if accept_rung is not None else None,
        },
        "files": [_file(DATA, data, len(chosen))],
        "counts": _counts(chosen),
        "left_out": left_out,
        "rows": list(_rows(store, chosen)),
    }


def _file(name: str, data: bytes, rows: int) -> dict[str, Any]:
    digest = hashlib.sha256(data).hexdigest()
    return {"name": name, "sha256": digest, "bytes": len(data), "rows": rows}


def _counts(chosen: Sequence[Sample]) -> dict[str, Any]:
    return {
        "samples": len(chosen),
        "units": len({sample.unit.id for sample in chosen}),
        "languages": _count(sample.unit.language for sample in chosen),
        "rungs": _count(sample.evidence.rung.label for sample in chosen),
        "accepted_by": _count(sample.accepted_by for sample in chosen),
        "engines": _count(sample.variant.origin.engine for sample in chosen),
        "transforms": _count(step for sample in chosen for step in sample.variant.origin.recipe),
    }


def _count(values: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(values).items()))


def _rows(store: Store, chosen: Sequence[Sample]) -> Iterator[dict[str, Any]]:
    key = store.secret("reviewer pseudonyms")
    repositories = {
        commit: store.repository(commit) for commit in {s.evidence.commit for s in chosen}
    }
    for number, sample in enumerate(chosen, start=1):
        repository = repositories[sample.evidence.commit]
        yield {
            "row": number,
            "unit": sample.unit.id,
            "variant": sample.variant.id,
            "repository": repository.name if repository else "",
            "commit": sample.evidence.commit,
            "license": repository.license if repository else "",
            "path": sample.unit.path,
            "name": sample.unit.qualified_name,
            "language": sample.unit.language,
            **_proof(sample, key),
        }


def _proof(sample: Sample, key: bytes) -> dict[str, Any]:
    origin, evidence = sample.variant.origin, sample.evidence
    return {
        "origin": {
            "engine": origin.engine,
            "recipe": list(origin.recipe),
            "seed": origin.seed,
            "model": origin.model,
            "prompt": origin.prompt,
            "parent": origin.parent,
        },
        "rung": evidence.rung.label,
        "verdict": evidence.verdict.value,
        "parameters": dict(evidence.parameters),
        "environment": dict(evidence.environment),
        "checks": {finding.check: finding.verdict.value for finding in evidence.findings},
        "accepted_by": sample.accepted_by,
        "decisions": [_decision(decision, key) for decision in sample.decisions],
    }


def _decision(decision: Decision, key: bytes) -> dict[str, Any]:
    """A comment stays behind: it is free text that may name people."""
    pseudonym = hmac.new(key, decision.reviewer.encode(), hashlib.sha256).hexdigest()[:12]
    return {
        "reviewer": f"reviewer-{pseudonym}",
        "approved": decision.approved,
        "reason": decision.reason,
        "made_at": decision.made_at.isoformat(),
    }
