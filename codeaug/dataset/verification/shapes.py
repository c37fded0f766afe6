"""What manifest and lineage must look like, checked fast enough for a million lines.

A shape is a type, a pattern that a text must match as a whole, a set of values, a dictionary of
fields (no others), or one of the three kinds below.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from typing import Any

from codeaug.dataset.lineage import DOCUMENTATION
from codeaug.dataset.planning import SPLITS
from codeaug.dataset.recipe import Policy
from codeaug.model import RejectReason, Rung, Verdict


@dataclass(frozen=True, slots=True)
class Each:
    """A list."""

    of: Any


@dataclass(frozen=True, slots=True)
class Table:
    """An object of any keys."""

    of: Any


@dataclass(frozen=True, slots=True)
class Maybe:
    """Or null, or not there."""

    of: Any


@dataclass(frozen=True, slots=True)
class Either:
    """A text of a set, or an object."""

    texts: frozenset[str]
    fields: dict[str, Any]


class Number:
    """An integer or a fraction."""


def misfit(value: Any, shape: Any, where: str = "") -> str:
    """Where a value is not of the shape; "" when it is."""
    if isinstance(shape, dict):
        if not isinstance(value, dict):
            return f"{where or 'it'} is no object"
        if unknown := sorted(value.keys() - shape.keys()):
            return f"{where or 'it'} holds {_told(unknown[0])}, which codeaug does not write"
        for name, inner in shape.items():
            if found := misfit(value.get(name), inner, f"{where}.{name}" if where else name):
                return found
        return ""
    if isinstance(shape, Either):
        return misfit(value, shape.fields if isinstance(value, dict) else shape.texts, where)
    if isinstance(shape, Maybe):
        return misfit(value, shape.of, where) if value is not None else ""
    if isinstance(shape, Each):
        return _each(value, shape, where)
    if isinstance(shape, Table):
        return _table(value, shape, where)
    return "" if _plain(value, shape) else f"{where or 'it'} is {_told(value)}"


def _each(value: Any, shape: Each, where: str) -> str:
    if not isinstance(value, list):
        return f"{where} is no list"
    for number, one in enumerate(value):
        if found := misfit(one, shape.of, f"{where}[{number}]"):
            return found
    return ""


def _table(value: Any, shape: Table, where: str) -> str:
    if not isinstance(value, dict):
        return f"{where} is no object"
    for name, one in value.items():
        if found := misfit(one, shape.of, f"{where}.{name}"):
            return found
    return ""


def _plain(value: Any, shape: Any) -> bool:
    if isinstance(shape, re.Pattern):
        return isinstance(value, str) and shape.fullmatch(value) is not None
    if isinstance(shape, frozenset):
        return isinstance(value, str) and value in shape
    if shape is int:
        return isinstance(value, int) and not isinstance(value, bool) and value >= 0
    if shape is Number:
        return isinstance(value, int | float) and not isinstance(value, bool)
    return isinstance(value, shape)


def _told(value: Any) -> str:
    text = repr(value)
    return "missing" if value is None else text if len(text) <= 60 else f"{text[:60]}…"


_ID, _ID_OR_NONE = re.compile(r"[0-9a-f]{20}"), re.compile(r"(?:[0-9a-f]{20})?")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T[\d:.]+(?:[+-]\d{2}:\d{2}|Z)?")
_NAMED = re.compile(r"[\s\S]+")
REVIEWER, PERSON = re.compile(r"reviewer-[0-9a-f]{12}"), re.compile(r"person-[0-9a-f]{12}")
_SPLIT = frozenset(SPLITS)
_VERDICT = frozenset(Verdict)

UNIT = {
    "id": _ID, "repository": _NAMED, "commit": _COMMIT, "license": str, "licenses": Each(str),
    "path": _NAMED, "name": _NAMED, "language": _NAMED, "line": int, "body_line": int,
    "blob": _COMMIT, "sha256": _SHA256, "split": _SPLIT, "tokens": int,
    "description": Either(
        frozenset({"", DOCUMENTATION}), {"caption": _ID, "model": _NAMED, "reviewer": REVIEWER}
    ),
}  # fmt: skip
_ORIGIN = {
    "engine": _NAMED, "recipe": Each(_NAMED), "seed": Number, "model": str, "prompt": str,
    "parent": _ID_OR_NONE,
}  # fmt: skip
_DECISION = {
    "reviewer": str,
    "approved": bool,
    "reason": frozenset({"", *RejectReason}),
    "made_at": _MOMENT,
}
VARIANT = {
    "id": _ID, "unit": _ID, "sha256": _SHA256, "use": frozenset({"train", "contrast", "ancestor"}),
    "made_of": Maybe(_ID), "robustness": Maybe(bool), "origin": _ORIGIN,
    "depth": {"llm": int, "rule": int},
    "commit": str, "rung": frozenset(rung.label for rung in Rung), "verdict": _VERDICT,
    "parameters": Table(str), "environment": Table(str), "checks": Table(_VERDICT),
    "accepted_by": frozenset({"review", "evidence", ""}), "decisions": Each(_DECISION), "why": str,
}  # fmt: skip
ROW = {
    "file": _SPLIT, "row": int, "sha256": _SHA256, "task": _NAMED, "unit": _ID,
    "variant": _ID_OR_NONE, "against": _ID_OR_NONE, "number": int, "tokens": int,
    "robustness": Maybe(bool),
}  # fmt: skip
LEFT_OUT = {"unit": _ID, "variant": _ID_OR_NONE, "task": str, "why": _NAMED}

_BY_SPLIT = dict.fromkeys(SPLITS, int)
_SHARES = Table(Number)
_FIGURES = {
    "synthetic_share": Number, "per_unit": int, "transforms": _SHARES, "generators": _SHARES,
    "repositories": _SHARES, "real_units": int, "diversity": Number, "tail": Number,
}  # fmt: skip
_OVERRIDE = {"reason": str, "by": str, "loosened": Table(Number)}
DOCUMENT = {
    "kind": str, "version": int, "codeaug": _NAMED, "name": _NAMED, "date": _DATE,
    "settings": {
        "format": _NAMED, "tasks": Each(_NAMED), "accept_rung": Maybe(_NAMED), "seed": Number,
        "similarity": Number, "tokenizer": str, "max_length": int, "fim_family": str,
        "by_module": bool, "validation": Number, "test": Number, "licenses": Each(str),
        "skip": Each(str), "personal_data": bool, "robustness": bool, "target_model": str,
        "benchmarks": Each(str),
        **{field.name: Number for field in fields(Policy)},
    },
    "files": Each(
        {"name": _NAMED, "split": _SPLIT, "sha256": _SHA256, "bytes": int, "rows": int}
    ),
    "documents": Each({"name": _NAMED, "sha256": _SHA256, "bytes": int}),
    "counts": {
        "rows": _BY_SPLIT, "units": _BY_SPLIT, "variants": int, "robustness": int,
        "contrasts": int, "ancestors": int, "captions": Table(int), "unwritten": Table(int),
        **dict.fromkeys(
            ("tasks", "languages", "rungs", "accepted_by", "engines", "transforms"), Table(int)
        ),
    },
    "tokens": {
        "counter": _NAMED, "human": int, "synthetic": int, "longest": int,
        "lengths": Table(Table(int)),
    },
    "repositories": Each(
        {"name": _NAMED, "commit": _COMMIT, "license": str, "units": int, "variants": int}
    ),
    "generators": Each({"engine": _NAMED, "model": str, "variants": int, "tokens": int}),
    "mix": {
        "policy": Table(Number), "figures": _FIGURES, "override": Maybe(_OVERRIDE),
        "dropped": Table(int), "novelty": Table(int),
    },
    "reviewers": {
        "people": int, "decisions": int, "approved": int, "agreement": Maybe(Table(Number)),
    },
    "left_out": Table(int),
    "leakage": {
        "normalised": int, "benchmarks": int, "similar": int, "names": int, "threshold": Number,
        "texts": int,
    },
}  # fmt: skip
"""The manifest."""
