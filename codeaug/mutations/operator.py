"""What a mutation operator is, and what it makes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from codeaug.model import Edit
from codeaug.mutations.body import Body


@dataclass(frozen=True, slots=True)
class Mutant:
    """A whole function with one fault. `line` is the fault's first line in the file, from 1.

    `code` fits `codeaug.languages.place`, as a variant's does. `description` says in a phrase what
    was done, `hint` what a test would have to check to notice it.
    """

    operator: str
    line: int
    code: str
    description: str
    hint: str


@dataclass(frozen=True, slots=True)
class Fault:
    """One way to break a unit: byte edits into its file, inside its span."""

    edits: tuple[Edit, ...]
    description: str
    hint: str

    @property
    def start(self) -> int:
        return min(edit.start for edit in self.edits)

    @property
    def end(self) -> int:
        return max(edit.end for edit in self.edits)


@dataclass(frozen=True, slots=True)
class Example:
    """A file of one unit and all that the operator makes of it, in order; nothing where empty."""

    language: str
    before: str
    after: tuple[str, ...] = ()
    why: str = ""


Find = Callable[[Body], Iterator[Fault]]


@dataclass(frozen=True, slots=True)
class Operator:
    """One kind of fault. `known_as` names it in the tools and papers of the field.

    `whole` says that it replaces the whole body, what lies nested in it included.
    """

    name: str
    title: str
    known_as: str
    find: Find
    examples: tuple[Example, ...]
    whole: bool = False

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages in which it makes anything, by its examples."""
        known = {example.language for example in self.examples if example.after}
        return tuple(name for name in ("python", "java", "cpp") if name in known)
