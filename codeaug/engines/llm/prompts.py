"""The words of every request: templates and strategies of `templates/prompts/`, versioned by hash.

What comes from the repository stands between lines that begin with a mark. The mark is random, made
of a key that never leaves the store, so that no comment can end the data; and the same each time,
so that the same request is paid once.
"""

from __future__ import annotations

import hashlib
import hmac
import random
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from codeaug.bundled import bundled
from codeaug.engines.llm.call import Message
from codeaug.engines.llm.context import Part
from codeaug.languages import LANGUAGES
from codeaug.model import Unit, content_id

if TYPE_CHECKING:
    from jinja2 import Environment

_CAPTION = "caption.md.j2"
FENCES = {"python": "```python", "java": "```java", "cpp": "```cpp"}
TEMPERATURES = (0.4, 0.8, 1.0)
_OPPOSITE = {"modernise-idiom": "age-idiom", "age-idiom": "modernise-idiom"}


@dataclass(frozen=True, slots=True)
class Strategy:
    """One way to rewrite that a model can be asked for."""

    name: str
    title: str
    ask: str


@cache
def strategies() -> tuple[Strategy, ...]:
    """The catalogue, in its file's order."""
    document = tomllib.loads((_folder() / "strategies.toml").read_text(encoding="utf-8"))
    return tuple(
        Strategy(name, table["title"], table["ask"])
        for name, table in document.items()
        if isinstance(table, dict)
    )


@cache
def version() -> str:
    """Changes with every template and strategy for variants; part of a variant's origin."""
    parts = (path for path in sorted(_folder().iterdir()) if path.name != _CAPTION)
    return content_id(*(path.read_bytes() for path in parts))


@cache
def caption_version() -> str:
    """Changes with the template for captions; part of each caption."""
    return content_id((_folder() / _CAPTION).read_bytes())


def chosen(unit_id: str, sample: int, seed: int) -> tuple[Strategy, ...]:
    """One to three strategies for a sample, each once before any comes again."""
    order = list(strategies())
    random.Random(content_id(unit_id, str(seed))).shuffle(order)
    number = 1 + min(2, sample // len(order) + sample % 3 // 2)
    taken: list[Strategy] = []
    for step in range(number):
        strategy = order[(sample + step) % len(order)]
        if all(_OPPOSITE.get(strategy.name) != other.name for other in taken):
            taken.append(strategy)
    return tuple(taken)


def rewrite(
    unit: Unit, asked: Sequence[Strategy], context: Sequence[Part], sample: int, secret: bytes
) -> tuple[Message, ...]:
    """The messages that ask for one variant of a unit."""
    mark = _mark(secret, unit.id, str(sample), *(s.name for s in asked))
    known = {"mark": mark, "fence": FENCES[unit.language], "title": LANGUAGES[unit.language].title}
    user = _rendered(
        "rewrite.md.j2",
        **known,
        strategies=asked,
        context=[part for part in context if mark not in part.text],
        path=unit.path,
        code=unit.code,
    )
    return (Message("system", _rendered("system.md.j2", **known)), Message("user", user))


def repair(
    before: Sequence[Message], unit: Unit, code: str, problem: str, detail: str, secret: bytes
) -> tuple[Message, ...]:
    """The conversation `before`, the rewrite that it gave, and what is wrong with that."""
    mark = _mark(secret, unit.id, code)
    fence = FENCES[unit.language]
    text = _rendered("repair.md.j2", mark=mark, fence=fence, problem=problem, detail=detail)
    given = Message("assistant", f"{fence}\n{code}\n```")
    return (*before, given, Message("user", text))


def naturalness(unit: Unit, code: str, secret: bytes) -> tuple[Message, ...]:
    """The messages that ask how natural a variant reads."""
    text = _rendered(
        "naturalness.md.j2",
        mark=_mark(secret, unit.id, code, "naturalness"),
        title=LANGUAGES[unit.language].title,
        original=unit.code,
        code=code,
    )
    return (Message("user", text),)


def caption(unit: Unit, code: str, secret: bytes) -> tuple[Message, ...]:
    """The messages that ask what a unit with this code does."""
    text = _rendered(
        _CAPTION,
        mark=_mark(secret, unit.id, code, "caption"),
        title=LANGUAGES[unit.language].title,
        name=unit.qualified_name,
        code=code,
    )
    return (Message("user", text),)


def _mark(secret: bytes, *parts: str) -> str:
    digest = hmac.new(secret, "\0".join(parts).encode("utf-8", "surrogatepass"), hashlib.sha256)
    return f"<<{digest.hexdigest()[:12]}>>"


def _rendered(name: str, /, **values: object) -> str:
    return _environment().get_template(name).render(**values)


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    # Text for a model, not for a browser: nothing is escaped.
    return Environment(
        loader=FileSystemLoader(_folder()),
        undefined=StrictUndefined,
        autoescape=False,
        keep_trailing_newline=False,
    )


def _folder() -> Path:
    return bundled("templates", "prompts")
