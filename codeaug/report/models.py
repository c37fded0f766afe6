"""What a person sees of models in the terminal: the plan, the outcome, what left the machine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from codeaug.model import Sent
from codeaug.report.terminal import line, table

COLUMNS = ("when", "endpoint", "model", "purpose", "bytes", "sha-256", "policy", "outcome")


def show_plan(document: Mapping[str, Any]) -> None:
    """Calls, tokens, cost and time before anything is spent."""
    likely, most = document["likely"], document["most"]
    rows = [
        ("calls", likely["calls"], most["calls"]),
        ("prompt tokens", likely["prompt_tokens"], most["prompt_tokens"]),
        ("reply tokens", likely["reply_tokens"], most["reply_tokens"]),
    ]
    table(f"{document['units']} units would be sent", ("", "likely", "at most"), rows)
    prices = [
        (
            found["model"],
            _usd(found["likely_usd"]),
            _usd(found["most_usd"]),
            *((_usd(found["batch_usd"]),) if "batch_usd" in found else ()),
            f"{found['seconds']:.0f} s" + ("" if found["seconds_measured"] else " (assumed)"),
        )
        for found in document["models"]
    ]
    batch = ("likely with --batch",) if any("batch_usd" in m for m in document["models"]) else ()
    table("", ("model", "likely", "at most", *batch, "time"), prices)
    say = line
    if document["refused"]:
        say(f"{document['refused']} may not leave: codeaug explain says why")
    budget = f" of a budget of {_usd(document['budget_usd'])}" if document["budget_usd"] else ""
    say(f"{_usd(document['spent_usd'])} are spent{budget}; nothing was sent")


def show_model(document: Mapping[str, Any]) -> None:
    """What asking a model came to."""
    say = line
    tokens = f"{document['prompt_tokens']} prompt and {document['reply_tokens']} reply tokens"
    cost = _usd(document["cost_usd"])
    say(f"{document['name']}: {document['replies']} replies, {tokens}, {cost}")
    kinds = ", ".join(f"{count} {kind}" for kind, count in document["kinds"].items())
    if kinds:
        say(f"replies: {kinds}")
    if document["batches"]:
        jobs = f"{document['batches']} jobs are under way at the batch endpoint"
        say(f"{jobs}: run the same command again when they are done")
    if document["units_left"]:
        say(f"{document['units_left']} units wait for replies")


def show_captions(document: Mapping[str, Any]) -> None:
    """What asking for captions came to."""
    say = line
    say(
        f"{document['model']}: {document['made']} new captions, {_usd(document['spent_usd'])} spent"
    )
    kinds = ", ".join(f"{count} {kind}" for kind, count in document["kinds"].items())
    if kinds:
        say(f"replies: {kinds}")
    left_out = ", ".join(f"{count} {why}" for why, count in document["left_out"].items())
    say(f"not asked about: {left_out or 'none'}")
    if document["units_left"]:
        say(f"{document['units_left']} units wait for replies")
    if document["captions"]["waiting"]:
        say(f"{document['captions']['waiting']} wait for a person: codeaug review captions")


def show_bytes(request: Mapping[str, Any]) -> None:
    """One request as it would leave."""
    say = line
    place = f"{request['path']}::{request['unit']}"
    if request["refused"]:
        say(f"{place}: kept here: {request['refused']}")
        return
    say(f"{place} -> {request['endpoint']}")
    print(request["body"])


def show_ledger(lines: Sequence[Sent]) -> None:
    """Every request, in order."""
    rows = [
        (
            f"{sent.made_at:%Y-%m-%d %H:%M:%S}",
            sent.endpoint,
            sent.model,
            sent.purpose,
            sent.size,
            sent.digest[:16],
            sent.policy[:8],
            sent.outcome or "under way",
        )
        for sent in lines
    ]
    table(f"{len(lines)} requests left this machine", COLUMNS, rows)


def ledger_row(line: Sent) -> dict[str, Any]:
    """A line of the ledger as JSON."""
    return asdict(line) | {"made_at": line.made_at.isoformat(), "most": line.most / 1e9}


def _usd(amount: float | None) -> str:
    if amount is None:
        return "price unknown"
    return f"${amount:.2f}" if amount == 0 or amount >= 1 else f"${amount:.4f}"
