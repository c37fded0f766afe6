"""Contents as the texts of a prompt and its answer, and the parts of rows that several share."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from codeaug.formats.fim import Sentinels
from codeaug.formats.instructing import instructed
from codeaug.tasks import Content, Infilling, Judged, Pair, Preference

Message = dict[str, str]
Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
FLAG: Schema = {"type": "boolean"}
_APART = "\n\n"  # between prompt and answer where no template stands between them


def spoken(content: Content) -> Pair:
    """For models that are talked to: code with a gap becomes a request in words."""
    if isinstance(content, Infilling):
        return instructed(content)
    assert isinstance(content, Pair)
    return content


def plain(content: Content, sentinels: Sentinels) -> Pair:
    """For models that go on with a text: code with a gap becomes the family's sentinels."""
    if isinstance(content, Infilling):
        return sentinels.pair(content)
    assert isinstance(content, Pair)
    return Pair(content.prompt + _APART, content.completion)


def user(text: str) -> Message:
    return {"role": "user", "content": text}


def assistant(text: str) -> Message:
    return {"role": "assistant", "content": text}


def preference(content: Content) -> Preference:
    assert isinstance(content, Preference)
    return content


def judged(content: Content) -> Judged:
    assert isinstance(content, Judged)
    return content


# --- schemas --------------------------------------------------------------------------------------


def record(**fields: Schema) -> Schema:
    """An object with just these fields."""
    return {
        "type": "object",
        "properties": fields,
        "required": list(fields),
        "additionalProperties": False,
    }


def message(role: str, tag: str = "role", text: str = "content") -> Schema:
    return record(**{tag: {"const": role}, text: TEXT})


def exactly(*items: Schema) -> Schema:
    """A list of just these items."""
    return {"type": "array", "prefixItems": list(items), "items": False, "minItems": len(items)}


# --- files beside the rows ------------------------------------------------------------------------


def yaml(comment: str, values: Mapping[str, Any]) -> bytes:
    """Values as YAML, each written as JSON, which is YAML too."""
    lines = [f"# {text}" for text in comment.splitlines()]
    for key, value in values.items():
        # PyYAML takes 1e-05 for a text: a number needs a point.
        text = f"{value:.1e}" if isinstance(value, float) else json.dumps(value, ensure_ascii=False)
        lines.append(f"{key}: {text}")
    return ("\n".join(lines) + "\n").encode()


def pretty(document: Any) -> bytes:
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()
