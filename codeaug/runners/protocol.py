"""What a resident program is told about texts, and what its answers say."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from codeaug.builds import Harvest
from codeaug.builds.ranges import from_ranges
from codeaug.model import Comparison, Exploration, Outcome, Proof, Unit


@dataclass(frozen=True, slots=True)
class Text:
    """A text of the file, with the unit as it stands there."""

    source: bytes
    unit: Unit


def described(units: Sequence[Sequence[Text]]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for texts in units:
        first = len(found)
        found += [{**_place(text), "first": first} for text in texts]
    return found


def _place(text: Text) -> dict[str, Any]:
    unit = text.unit
    return {
        "text": text.source.decode("utf-8"),
        "name": unit.name,
        "parameters": unit.parameters,
        "span": [unit.span.start, unit.span.end],
        "body": [unit.body.start, unit.body.end],
        "lines": [unit.line, unit.end_line],
    }


def proof(outcomes: Sequence[Outcome], _: Harvest) -> Proof:
    found = json.loads(outcomes[0].report)
    return Proof(bool(found["proved"]), str(found["method"]), str(found["detail"]))


def comparison(outcomes: Sequence[Outcome], _: Harvest) -> Comparison:
    if outcomes[0].limit:
        return Comparison(0, problem=f"stopped by the limit on {outcomes[0].limit}")
    found = json.loads(outcomes[0].report)
    return Comparison(
        int(found["inputs"]),
        str(found["difference"]),
        str(found["witness"]),
        str(found["problem"]),
        from_ranges(str(found.get("executed", ""))),
        from_ranges(str(found.get("executable", ""))),
    )


def exploration(outcomes: Sequence[Outcome], _: Harvest) -> Exploration:
    if outcomes[0].limit:
        return Exploration(problem=f"stopped by the limit on {outcomes[0].limit}")
    found = json.loads(outcomes[0].report)
    return Exploration(
        str(found["difference"]),
        str(found["witness"]),
        str(found["problem"]),
        int(found["paths"]),
        bool(found["exhausted"]),
        int(found["suspects"]),
    )
