"""Files to killable worker processes, in batches; what they found comes back in order.

One git process gives all texts: a worker knows nothing but the bytes that it is sent.
"""

from __future__ import annotations

import gc
import multiprocessing
import resource
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import TimeoutError as OutOfTime
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from pebble import ProcessExpired, ProcessPool

from codeaug.git import contents
from codeaug.languages import find_units, is_generated, is_test
from codeaug.model import Skip, SkipReason, SourceFile, Span, Unit

BATCH_BYTES = 1_000_000
WORKER_MEMORY = 3 << 30  # bytes of address space
_BINARY_HEAD = 8000

Row = tuple[Any, ...]
"""A Unit's or Skip's fields without path, language and blob: they are known to both sides."""
Text = tuple[SourceFile, bytes]
"""A file with what is in it."""


@dataclass(frozen=True, slots=True)
class FoundInFile:
    """What became of one file."""

    file: SourceFile
    units: tuple[Unit, ...]
    skips: tuple[Skip, ...]


def find_in_file(path: str, language: str, blob: str, source: bytes) -> list[Unit | Skip]:
    """The units of one file, or one Skip without a name for the whole file. Pure."""
    reason = _unfit(path, language, source)
    if reason:
        return [Skip(path, language, reason)]
    return find_units(language, source, path, blob)


def _unfit(path: str, language: str, source: bytes) -> SkipReason | None:
    if b"\0" in source[:_BINARY_HEAD]:
        return SkipReason.BINARY
    if not _is_utf8(source):
        return SkipReason.NOT_UTF8
    if is_generated(path, source):
        return SkipReason.GENERATED
    return SkipReason.TEST if is_test(language, path, source) else None


def _is_utf8(source: bytes) -> bool:
    if source.isascii():  # in a tenth of the time
        return True
    try:
        source.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _batches(texts: Iterable[Text]) -> Iterator[list[Text]]:
    batch: list[Text] = []
    size = 0
    for text in texts:
        batch.append(text)
        size += len(text[1])
        if size >= BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def find_in_workers(git_dir: str, files: Sequence[SourceFile], jobs: int) -> Iterator[FoundInFile]:
    """What is in each file, in order; at most a few batches are under way or waiting."""
    pool = ProcessPool(
        max_workers=max(1, min(jobs, len(files))),
        context=multiprocessing.get_context("spawn"),
        initializer=_begin_worker,
    )
    waiting: deque[_Asked] = deque()
    try:
        with closing(contents(git_dir, [file.blob for file in files])) as sources:
            batches = _batches(zip(files, sources, strict=True))
            while True:
                while len(waiting) < jobs * 2 + 1 and (batch := next(batches, None)):
                    waiting.append(_ask(pool, batch))
                if not waiting:
                    return
                yield from _collect(pool, waiting)
    finally:
        pool.stop()
        pool.join()


@dataclass(frozen=True, slots=True)
class _Asked:
    batch: list[Text]
    answer: Any


def _ask(pool: ProcessPool, batch: list[Text]) -> _Asked:
    request = [(file.path, file.language, file.blob, source) for file, source in batch]
    return _Asked(batch, pool.schedule(_scan_batch, args=(request,), timeout=_patience(batch)))


def _collect(pool: ProcessPool, waiting: deque[_Asked]) -> Iterator[FoundInFile]:
    """The first answer; a batch that has none is asked again in two halves."""
    asked = waiting.popleft()
    try:
        rows = asked.answer.result()
    except (OutOfTime, ProcessExpired, MemoryError) as error:
        if len(asked.batch) == 1:
            yield _dead(asked.batch[0][0], error)
            return
        half = len(asked.batch) // 2
        halves = [_ask(pool, asked.batch[:half]), _ask(pool, asked.batch[half:])]
        waiting.extendleft(reversed(halves))
        return
    for (file, _), found in zip(asked.batch, rows, strict=True):
        yield _found(file, found)


def _patience(batch: Sequence[Text]) -> float:
    """Seconds for a batch: a hundred times what parsing takes on a machine of today."""
    return 30 + sum(file.size for file, _ in batch) / 100_000


def _dead(file: SourceFile, error: BaseException) -> FoundInFile:
    detail = "took too long" if isinstance(error, TimeoutError) else "crashed or needed much memory"
    skip = Skip(file.path, file.language, SkipReason.PARSER_DIED, detail=detail)
    return FoundInFile(file, (), (skip,))


def _found(file: SourceFile, rows: Sequence[Row]) -> FoundInFile:
    units, skips = [], []
    for row in rows:
        if len(row) == 3:
            skips.append(Skip(file.path, file.language, SkipReason(row[0]), row[1], row[2]))
            continue
        name, parameters, start, end, body, body_end, line, body_line, end_line, code = row
        units.append(
            Unit(
                path=file.path,
                language=file.language,
                name=name,
                parameters=parameters,
                span=Span(start, end),
                body=Span(body, body_end),
                line=line,
                body_line=body_line,
                end_line=end_line,
                blob=file.blob,
                code=code,
            )
        )
    return FoundInFile(file, tuple(units), tuple(skips))


# --- in a worker ----------------------------------------------------------------------------------


def _begin_worker() -> None:
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = WORKER_MEMORY if hard == resource.RLIM_INFINITY else min(WORKER_MEMORY, hard)
    resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # Nothing here makes cycles; looking for them costs a tenth of the time.
    gc.disable()


def _scan_batch(request: Sequence[tuple[str, str, str, bytes]]) -> list[list[Row]]:
    return [[_row(item) for item in find_in_file(*file)] for file in request]


def _row(item: Unit | Skip) -> Row:
    if isinstance(item, Skip):
        return item.reason.value, item.name, item.detail
    return (
        *(item.name, item.parameters, item.span.start, item.span.end),
        *(item.body.start, item.body.end, item.line, item.body_line, item.end_line, item.code),
    )
