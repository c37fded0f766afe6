"""Programs that load a dataset by a training stack's own code; `codeaug.formats.loading` runs them.

A program is a module with a function `load(request) -> Tally`. What is trained on is compared with
what the format's `read` says of the row, as written: the answer, and behind it only tokens that end
it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from codeaug.formats import Format, Row, of_name
from codeaug.formats.containers import read_rows
from codeaug.formats.fim import FAMILIES
from codeaug.tasks import Content, Infilling, Judged, Pair, Preference

_SHOWN = 3  # mismatches that are told
_WIDTH = 60


@dataclass
class Tally:
    """What came of the rows."""

    rows_in: int = 0
    rows_kept: int = 0
    truncated: int = 0
    mismatched: int = 0
    notes: list[str] = field(default_factory=list)

    def mismatch(self, split: str, number: int, wanted: str, found: str) -> None:
        self.mismatched += 1
        if self.mismatched <= _SHOWN:
            self.notes.append(f"{split} row {number}: {_difference(wanted, found)}")

    def answer(self) -> dict[str, Any]:
        told = {"rows_in": self.rows_in, "rows_kept": self.rows_kept}
        told |= {"truncated": self.truncated, "mismatched": self.mismatched}
        return {**told, "detail": "; ".join(dict.fromkeys(self.notes))}


def _difference(wanted: str, found: str) -> str:
    """The two texts from the place where they part."""
    pairs = zip(wanted, found, strict=False)
    at = next((i for i, (a, b) in enumerate(pairs) if a != b), min(len(wanted), len(found)))
    start = max(0, at - 10)
    end = start + _WIDTH
    return f"{wanted[start:end]!r} became {found[start:end]!r}"


@dataclass(frozen=True)
class Request:
    folder: Path
    format: Format
    fim_family: str
    tokenizer: str
    files: tuple[tuple[str, str], ...]
    counts: Mapping[str, int]
    """Of each split the rows that the manifest tells."""

    @classmethod
    def of(cls, told: dict[str, Any]) -> Request:
        files = tuple((split, name) for split, name in told["files"])
        format = of_name(told["format"])
        folder, tokenizer = Path(told["folder"]), told["tokenizer"]
        return cls(folder, format, told["fim_family"], tokenizer, files, told["rows"])

    @cached_property
    def splits(self) -> dict[str, list[str]]:
        """The full paths of each split's files."""
        found: dict[str, list[str]] = {}
        for split, name in self.files:
            found.setdefault(split, []).append(str(self.folder / name))
        return found

    def rows(self, split: str) -> Iterator[Row]:
        """As we read them ourselves."""
        return read_rows(self.format.container, map(Path, self.splits[split]))

    def configured(self, file: str, pattern: str) -> int:
        """A number in the training configuration; 0 where lengths cannot be told, or none is."""
        path = self.folder / "training" / file
        if not self.tokenizer or not path.is_file():
            return 0
        found = re.search(pattern, path.read_text(encoding="utf-8"))
        return int(found[1]) if found else 0

    @cached_property
    def toy_tokens(self) -> tuple[str, ...]:
        family = FAMILIES.get(self.fim_family)
        return family.tokens if family else ()

    def tokens(self, tally: Tally, templated: bool = True) -> Any:
        """The tokenizer of the target, or a toy."""
        from codeaug.formats.consumers import tokens

        if not self.tokenizer:
            tally.notes.append("with a tokenizer of single bytes: lengths were not looked at")
            return tokens.toy(self.toy_tokens)
        found = tokens.of(self.tokenizer)
        if templated and not found.chat_template:
            found.chat_template = tokens.CHATML
            tally.notes.append("the tokenizer has no chat template: ChatML was taken")
        return found


def texts(content: Content) -> tuple[str, tuple[str, ...]]:
    """The prompt and the answers of what a row says."""
    match content:
        case Pair(prompt, completion):
            return prompt, (completion,)
        case Judged(prompt, completion, _):
            return prompt, (completion,)
        case Preference(prompt, chosen, rejected):
            return prompt, (chosen, rejected)
        case Infilling(_, prefix, middle, _):
            return prefix, (middle,)


def ending(tokenizer: Any) -> Callable[[str, str], bool]:
    """Whether a text is an answer with nothing behind it but special tokens and white space."""
    special = sorted({*tokenizer.all_special_tokens, *tokenizer.get_added_vocab()}, key=len)
    marks = re.compile("|".join(map(re.escape, reversed(special))) or r"(?!)")

    def ends(found: str, wanted: str) -> bool:
        return found.startswith(wanted) and not marks.sub("", found[len(wanted) :]).strip()

    return ends


def decoded(tokenizer: Any, ids: list[int]) -> str:
    return str(tokenizer.decode(ids, skip_special_tokens=False, clean_up_tokenization_spaces=False))
