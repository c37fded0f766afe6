"""Where each row came from, as JSON lines: units, variants, rows, and what was left out.

Ids are hashes of content: whoever has the code can make them again. Reviewers go by pseudonyms.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from codeaug.dataset.families import Found, depth, for_robustness
from codeaug.model import Decision, NearMiss, RejectReason, Variant
from codeaug.provenance import pseudonyms
from codeaug.store.material import Told
from codeaug.tasks import Example

Line = dict[str, Any]

_REASONS = frozenset(RejectReason)

FOLDER = "lineage"
DOCUMENTATION = "documentation"
UNITS, VARIANTS, ROWS, LEFT_OUT = "units.jsonl", "variants.jsonl", "rows.jsonl", "left_out.jsonl"


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def unit_line(found: Found, split: str, tokens: int, key: bytes) -> Line:
    unit, origin = found.family.unit, found.known.repository
    return {
        "id": unit.id,
        "repository": origin.name,
        "commit": origin.commit,
        "license": origin.license,
        "licenses": list(found.licenses),
        "path": unit.path,
        "name": unit.qualified_name,
        "language": unit.language,
        "line": unit.line,
        "body_line": unit.body_line,
        "blob": unit.blob,
        "sha256": sha256(unit.code),
        "split": split,
        "tokens": tokens,
        "description": _described(found, key),
    }


def _described(found: Found, key: bytes) -> str | Line:
    """Whose the description is that rows are made of; "" where there is none."""
    described = found.description
    if not described.caption:
        return DOCUMENTATION if described.text else ""
    reviewer = pseudonyms.reviewer(key, described.reviewer)
    return {"caption": described.caption, "model": described.model, "reviewer": reviewer}


def variant_line(
    variant: Variant,
    unit_id: str,
    found: Found,
    accepted_by: str,
    miss: NearMiss | None,
    key: bytes,
) -> Line:
    """`use` is `train`, or `contrast` for a near miss; then `why` says what is wrong with it; or
    `ancestor` of what is there only because others were made of it.
    `robustness` is there, and true, where a transform of tier R had a part in it.
    `made_of` is there where the unit was another when the variant was made: the id is of that."""
    told: Told = found.told[variant.id]
    origin = variant.origin
    llm, rule = depth(variant, found.told) or (0, 0)
    return {
        "id": variant.id,
        "unit": unit_id,
        **({"made_of": variant.unit_id} if variant.unit_id != unit_id else {}),
        "sha256": sha256(variant.code),
        **_tag(for_robustness(variant, found.told)),
        "use": "contrast" if miss else "train" if accepted_by else "ancestor",
        "origin": {
            "engine": origin.engine,
            "recipe": list(origin.recipe),
            "seed": origin.seed,
            "model": origin.model,
            "prompt": origin.prompt,
            "parent": origin.parent,
        },
        "depth": {"llm": llm, "rule": rule},
        "commit": told.commit,
        "rung": told.rung.label,
        "verdict": told.verdict,
        "parameters": dict(told.parameters),
        "environment": dict(told.environment),
        "checks": {check: verdict for check, verdict, _ in told.checks},
        "accepted_by": accepted_by,
        "decisions": decisions(told.decisions, key),
        "why": miss.why if miss else "",
    }


def decisions(made: Sequence[Decision], key: bytes) -> list[Mapping[str, Any]]:
    """A comment stays behind: it is free text that may name people. So does a reason that is none
    of the closed list."""
    return [
        {
            "reviewer": pseudonyms.reviewer(key, one.reviewer),
            "approved": one.approved,
            "reason": one.reason if one.reason in _REASONS else "",
            "made_at": one.made_at.isoformat(),
        }
        for one in made
    ]


def left_out_line(unit: str, variant: str, why: str, task: str = "") -> Line:
    """With a task, of a row: unit and variant are there."""
    return {"unit": unit, "variant": variant, "task": task, "why": why}


def _tag(robustness: bool) -> Line:
    return {"robustness": True} if robustness else {}


def row_line(
    example: Example, file: str, row: int, digest: str, tokens: int, robustness: bool
) -> Line:
    """`row` counts from 1 in its file. `robustness` as that of its variants."""
    return {
        "file": file,
        "row": row,
        "sha256": digest,
        "task": example.task,
        "unit": example.unit,
        "variant": example.variant,
        "against": example.against,
        "number": example.number,
        "tokens": tokens,
        **_tag(robustness),
    }
