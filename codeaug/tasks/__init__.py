"""One file per task: what a row of a dataset asks a model to do.

A task is a module with a value `TASK`: its name, a line of help, a function from a family (a
unit and what was made of it) to examples, in an order that follows from the family alone, and one
that says of which texts these are, so that a row that is not there is missed. Every choice comes
from `choice`, a generator seeded by the text itself, so equal stores make equal rows. What an
example looks like on paper is the formats' business.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from codeaug.model import Family, content_id

LANGUAGES = {"java": "Java", "cpp": "C++", "python": "Python"}


@dataclass(frozen=True, slots=True)
class Pair:
    """A request in words and its answer; the loss is on the answer."""

    prompt: str
    completion: str


@dataclass(frozen=True, slots=True)
class Infilling:
    """Code with a gap; the loss is on the middle. Without a suffix it is completion."""

    language: str
    prefix: str
    middle: str
    suffix: str


@dataclass(frozen=True, slots=True)
class Preference:
    """A request with the better and the worse answer."""

    prompt: str
    chosen: str
    rejected: str


@dataclass(frozen=True, slots=True)
class Judged:
    """A request with one answer, good or bad."""

    prompt: str
    completion: str
    good: bool


Content = Pair | Infilling | Preference | Judged


@dataclass(frozen=True, slots=True)
class Example:
    """One row. `variant` is the id of the variant whose text is trained on, "" for the unit's own
    text; `against` that of what it is compared with. `number` tells examples of one text apart."""

    task: str
    unit: str
    content: Content
    variant: str = ""
    against: str = ""
    number: int = 0

    @property
    def id(self) -> str:
        return content_id(self.task, self.unit, self.variant, self.against, str(self.number))

    @property
    def trained(self) -> str:
        """The text that the loss is on; of a preference that which is preferred."""
        match self.content:
            case Pair(completion=text) | Judged(completion=text):
                return text
            case Infilling(middle=text) | Preference(chosen=text):
                return text


@dataclass(frozen=True, slots=True)
class Outline:
    """A family without its texts: the ids of its variants and near misses, and those of the near
    misses whose difference was seen."""

    described: bool
    variants: Sequence[str]
    misses: Sequence[str] = ()
    differing: Sequence[str] = ()

    @property
    def texts(self) -> list[str]:
        """The unit's own, and those of its variants."""
        return ["", *self.variants]


@dataclass(frozen=True, slots=True)
class Task:
    """What a row asks for; `shape` is the kind of its examples' contents. `of` says of which texts
    of a family there is one example each, "" for the unit's own; where `may_lack`, a text may have
    nothing to ask about."""

    name: str
    help: str
    shape: type[Content]
    examples: Callable[[Family, int], Iterator[Example]]
    of: Callable[[Outline], Iterable[str]]
    may_lack: bool = False


def choice(seed: int, *parts: str) -> random.Random:
    """A generator of random numbers that follows from a seed and a text."""
    return random.Random(content_id(str(seed), *parts))


def named() -> Mapping[str, Task]:
    """All tasks by name, in the order in which they are told."""
    from codeaug.tasks import (
        completion,
        description,
        equivalence,
        implementation,
        infilling,
        judgement,
        preference,
        rewrite,
    )

    modules = (
        *(rewrite, completion, infilling, implementation, description),
        *(equivalence, preference, judgement),
    )
    return {module.TASK.name: module.TASK for module in modules}
