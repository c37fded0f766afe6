"""The tables that end `codeaug gain`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from codeaug.report.terminal import line, table

_TITLES = ("loss (nats)", "exact (%)", "similarity (%)")
_METRICS = ("loss", "exact", "similarity")
_KEYS = {"loss": "loss_nats"}


def show_gain(document: Mapping[str, Any]) -> None:
    """Each arm's figures, then what the variants made of them, with 95 % intervals."""
    counts = document["counts"]
    told = (
        f"{counts['train']} functions to train on, {counts['variants']} variants of them, "
        f"{counts['held_out']} functions held out"
    )
    if document["problem"]:
        line(f"{told}: {document['problem']}")
        return
    rows = [
        (
            arm["arm"],
            f"{arm['tokens']:,}",
            f"{arm['loss_bits']['value']:.2f}",
            *(_figure(arm, metric) for metric in _METRICS),
        )
        for arm in document["arms"]
    ]
    title = f"{document['model']}, {document['seeds']} seeds"
    table(title, ("trained on", "tokens", "bits", *_TITLES), rows)
    rows = [
        (_short(one), *(_figure(one, metric, "+") for metric in _METRICS))
        for one in document["margins"]
    ]
    table("differences, 95 % intervals", ("of", *_TITLES), rows)
    line(told)
    if counts["leaked"]:
        line(f"{counts['leaked']} variants are left out: they have names of held-out functions")
    if counts["unread"]:
        line(f"{counts['unread']} texts could not be read and are left out")
    for one in document["margins"]:
        words = ", ".join(f"{metric} {one['words'][metric]}" for metric in _METRICS)
        line(f"{one['arm']} against {one['than']}: {words}")


def _figure(one: Mapping[str, Any], metric: str, sign: str = "") -> str:
    found = one[_KEYS.get(metric, metric)]
    scale, digits = (1, 3) if metric == "loss" else (100, 1)
    value, low, high = (
        f"{scale * found[name]:{sign}.{digits}f}" for name in ("value", "low", "high")
    )
    return f"{value} [{low}, {high}]"


def _short(one: Mapping[str, Any]) -> str:
    """`variants - human`."""
    arm, than = (one[key].removeprefix("human + ").removesuffix(" only") for key in ("arm", "than"))
    return f"{arm} - {than}"
