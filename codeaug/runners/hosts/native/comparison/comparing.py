"""The unit of one file's unchanged text and of others, on the arguments that its tests pass."""

from __future__ import annotations

import os
import re
import secrets
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import product
from pathlib import Path

from ..coverage import to_ranges
from ..proof.tokens import tokens
from ..resident import schemata
from ..resident.executed import Executed, placed
from ..resident.making import Made, Maker
from ..resident.running import Runner
from ..resident.texts import Block, Text, together
from ..suites import Test
from ..wanted import cases_of
from . import writing
from .heads import Head, Unwritten, read_head
from .judging import FEWEST, STOPPED, Judge, Verdict
from .naming import constants, members
from .prelude import Prelude
from .shared import variables
from .telling import (
    asserted,
    comments,
    comments_of_members,
    of_either_sign,
    only_compared,
    read_bitwise,
)
from .words import sentence, witness

ENOUGH = 1000  # inputs
LEAST = 100  # of them from each test
LARGEST = 4_000_000  # characters of the project's headers that are looked at for members
HEADERS = frozenset((".h", ".hh", ".hpp", ".hxx", ".ipp", ".inl", ".tcc"))
Wanted = Sequence[tuple[Test, list[str]]]


@dataclass(frozen=True)
class Answer:
    inputs: int = 0
    difference: str = ""
    witness: str = ""
    problem: str = ""
    executed: str = ""
    executable: str = ""


@dataclass
class Comparing:
    """Texts of one file in one program that looks at the unit's calls. `path`: below /repo."""

    folder: Path
    path: str
    maker: Maker
    prelude: Prelude
    texts: Sequence[Text]
    made: Made | None = None
    blocks: dict[int, Block] = field(default_factory=dict)
    problem: str = ""
    head: Head | None = None
    slow: set[str] = field(default_factory=set)
    words: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    compared: frozenset[str] = frozenset()

    def prepare(self) -> None:
        """Make the program, once."""
        if self.made is not None or self.problem:
            return
        try:
            self._prepare()
        except Unwritten as why:
            self.problem = str(why)

    def _prepare(self) -> None:
        first = self.texts[0]
        self.blocks = together(self.texts)
        if not self.blocks:
            raise Unwritten("no other text can stand beside the unchanged one in one function")
        if _remembers(self.blocks[0]):
            raise Unwritten("it keeps variables from one call to the next")
        head = _text(first.source[first.span[0] : self.blocks[0].start])
        self.head = read_head(head, first.name)
        self.folder.mkdir(parents=True)
        header = self.folder / "probe.h"
        sources = list(_sources(Path("/repo"), Path(self.maker.path)))
        said = asserted(_text(self.blocks[0].code))
        self.words = f"{comments(self.head, sources)}\n{said}"
        self.fields = comments_of_members(sources)
        self.compared = only_compared(_text(self.blocks[0].code)) | of_either_sign(sources)
        blocks = [_text(block.code) for block in self.blocks.values()]
        bits = read_bitwise("\n".join(blocks))
        header.write_text(writing.header(members(sources), constants(blocks), self.fields, bits))
        shared = variables(_text(first.source[: first.span[0]]))
        known = [shared, []] if shared else [[]]
        for form in product((False, True), known, _forms(self.head, sources)):
            make = partial(self._make, header, *form)
            if found := schemata.narrowed(self.blocks, make, least=1):
                self.blocks, self.made = found
                return
        raise Unwritten("a call of the unit from within it does not compile")

    def _make(
        self,
        header: Path,
        plain: bool,
        shared: Sequence[str],
        member: bool,
        turn: int,
        blocks: Mapping[int, Block],
    ) -> Made:
        assert self.head is not None
        form = f"{'member' if member else 'free'}{len(shared)}{'plain' if plain else ''}"
        folder = self.folder / f"{form}-{turn}"
        folder.mkdir()
        texts = [_text(block.code) for block in self.blocks.values()]
        traits = writing.traits(self.head, texts, self.words)
        probe = writing.probe(self.head, member, traits, shared)
        main = writing.write(folder, self.texts[0], blocks, self.maker.path, probe, self.head)
        for use in self.maker.plan.compiles:
            if use.recipe.kind == "compile":
                self.prelude.prepare(use.recipe, self.maker.env)
        flags = [
            *self.prelude.flags(),
            *writing.flags(list(blocks), header),
            *(["-DCODEAUG_PLAIN_COPIES"] if plain else []),
        ]
        return self.maker.make(folder, main, flags)

    def compare(self, number: int, wanted: Wanted, runner: Runner, seconds: float,
                clean: Callable[[], None]) -> Answer:  # fmt: skip
        """To be called when it is prepared. Raises Unready."""
        if self.problem:
            return Answer(problem=self.problem)
        if number not in self.blocks:
            return Answer(problem="this text cannot stand beside the unchanged one")
        judge = Judge(self.words, self.fields, self.compared)
        deadline = time.monotonic() + seconds
        tests = [(test, ids) for test, ids in wanted if test.name not in self.slow]
        most = max(LEAST, ENOUGH // max(1, len(tests)))
        found = judge.verdict()
        for left, (test, ids) in zip(range(len(tests), 0, -1), tests, strict=True):
            # one slow test leaves time for the others
            until = deadline if left == 1 else (time.monotonic() + deadline) / 2
            is_late = self._run(judge, test, ids, number, runner, most, until, clean)
            found = judge.verdict()
            if is_late and not found.differences:
                self.slow.add(test.name)
            if found.differences or len(found.inputs) >= ENOUGH:
                break
        if len(found.inputs) < FEWEST and self.slow:
            found.stopped = STOPPED["late"]
        return self._answer(found, number)

    def _run(self, judge: Judge, test: Test, ids: list[str], number: int, runner: Runner,
             most: int, deadline: float, clean: Callable[[], None]) -> bool:  # fmt: skip
        """Whether the test had to be stopped."""
        assert self.made is not None
        folder, word = tempfile.mkdtemp(prefix="codeaug-compared-"), secrets.token_hex(16)
        report = os.path.join(folder, "report")
        Path(report).touch()
        probing = {
            "CODEAUG_PROBE": report,
            "CODEAUG_WORD": word,
            "CODEAUG_VARIANT": str(number or writing.ORIGINAL),
            "CODEAUG_UNTIL": str(deadline),
            "CODEAUG_MOST": str(most),
            "CODEAUG_COUNTED": f"{self.made.folder}/",
        }
        asked = replace(runner, env={**runner.env, **probing})
        cases, left = cases_of(test, ids), deadline - time.monotonic()
        try:
            _, _, stopped = asked.run(test, cases, self.made, 0, self.maker.plan.notes, left)
            text = Path(report).read_text(errors="replace")
            return judge.read(text, word, test.name, STOPPED["late"] if stopped else "")
        finally:
            shutil.rmtree(folder, ignore_errors=True)
            clean()

    def _answer(self, verdict: Verdict, number: int) -> Answer:
        assert self.head is not None
        found, unit = verdict.smallest, self.texts[0].name
        if found is not None:
            test = witness(unit, self.path, self.head, found)
            return Answer(len(verdict.inputs), sentence(unit, found), test)
        if verdict.problem:
            return Answer(problem=verdict.problem)
        executed, executable = self._lines(verdict.counts, number)
        return Answer(
            len(verdict.inputs),
            executed=to_ranges(executed),
            executable=to_ranges(executable),
        )

    def _lines(self, counts: Iterable[str], number: int) -> tuple[frozenset[int], frozenset[int]]:
        """The variant's lines that inputs which count executed, and those that are code."""
        assert self.made is not None
        lines = Executed(self.made.notes, self.maker.path, placed(number, self.blocks))
        for each in filter(None, counts):
            name, _, data = each.partition("\t")
            note = Path(name).with_suffix(".gcno")
            if note in self.made.notes:
                lines.add({note: bytes.fromhex(data)})
        return lines.found()


def _forms(head: Head, sources: Sequence[str]) -> list[bool]:
    """Whether the unit may be a member of a class with an object, most likely first."""
    if head.is_constructor:
        return [True]
    owner = rf"\b(?:class|struct|union)\s+(?:\w+\s+)*{head.scope}\b"
    is_class = bool(head.scope) and any(re.search(owner, source) for source in sources)
    return [True, False] if is_class else [False]


def _remembers(block: Block) -> bool:
    found = [token.text for token in tokens(_text(block.code))]
    return any(
        word in ("static", "thread_local")
        and not {"const", "constexpr"} & set(found[at + 1 : at + 3])
        for at, word in enumerate(found)
    )


def _sources(root: Path, own: Path) -> Iterator[str]:
    """The file itself, then the project's headers, those of a like name first."""
    yield own.read_text("utf-8", "surrogateescape")
    found = []
    for folder, folders, names in os.walk(root):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [Path(folder, n) for n in names if os.path.splitext(n)[1] in HEADERS]
    left = LARGEST
    for file in sorted(found, key=lambda file: (file.stem != own.stem, str(file))):
        if file != own and (left := left - file.stat().st_size) > 0:
            yield file.read_text("utf-8", "surrogateescape")


def _text(code: bytes) -> str:
    return code.decode("utf-8", "surrogateescape")
