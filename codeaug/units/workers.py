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
from typing import TYPE_CHECKING, Any

from codeaug.git import contents
from codeaug.languages import find_units_once, is_generated, is_test, no_train
from codeaug.model import Facts, ScannedFile, Skip, SkipReason, SourceFile, Unit

if TYPE_CHECKING:
    from pebble import ProcessPool

BATCH_BYTES = 1_000_000
WORKER_MEMORY = 3 << 30  # bytes of address space
_BINARY_HEAD = 8000

Text = tuple[SourceFile, bytes]
"""A file with what is in it."""
Answer = tuple[list[Facts], list[tuple[str, str, str]], frozenset[int]]
"""What a worker found in a file; of a Skip the reason, the name and the detail; which units a mark
keeps out of datasets."""


def find_in_file(path: str, language: str, blob: str, source: bytes) -> list[Unit | Skip]:
    """The units of one file, or one Skip without a name for the whole file. Pure."""
    reason = _unfit(path, language, source)
    if reason:
        return [Skip(path, language, reason)]
    return find_units_once(language, source, path, blob)


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


def find_in_workers(git_dir: str, files: Sequence[SourceFile], jobs: int) -> Iterator[ScannedFile]:
    """What is in each file, in order; at most a few batches are under way or waiting."""
    from pebble import ProcessPool

    # No more than there are batches: one that still starts when all is done prints a traceback.
    most = 1 + sum(file.size for file in files) // BATCH_BYTES
    pool = ProcessPool(
        max_workers=max(1, min(jobs, len(files), most)),
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


def _collect(pool: ProcessPool, waiting: deque[_Asked]) -> Iterator[ScannedFile]:
    """The first answer; a batch that has none is asked again in two halves."""
    from pebble import ProcessExpired

    asked = waiting.popleft()
    try:
        answers = asked.answer.result()
    except (OutOfTime, ProcessExpired, MemoryError) as error:
        if len(asked.batch) == 1:
            yield _dead(asked.batch[0][0], error)
            return
        half = len(asked.batch) // 2
        halves = [_ask(pool, asked.batch[:half]), _ask(pool, asked.batch[half:])]
        waiting.extendleft(reversed(halves))
        return
    for (file, _), answer in zip(asked.batch, answers, strict=True):
        yield _scanned(file, answer)


def _patience(batch: Sequence[Text]) -> float:
    """Seconds for a batch: a hundred times what parsing takes on a machine of today."""
    return 30 + sum(file.size for file, _ in batch) / 100_000


def _dead(file: SourceFile, error: BaseException) -> ScannedFile:
    detail = "took too long" if isinstance(error, TimeoutError) else "crashed or needed much memory"
    skip = Skip(file.path, file.language, SkipReason.PARSER_DIED, detail=detail)
    return ScannedFile(file, (), (skip,))


def _scanned(file: SourceFile, answer: Answer) -> ScannedFile:
    facts, skips, kept_out = answer
    made = (Skip(file.path, file.language, SkipReason(why), *what) for why, *what in skips)
    return ScannedFile(file, tuple(facts), tuple(made), kept_out)


# --- in a worker ----------------------------------------------------------------------------------


def _begin_worker() -> None:
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = WORKER_MEMORY if hard == resource.RLIM_INFINITY else min(WORKER_MEMORY, hard)
    resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # Nothing here makes cycles; looking for them costs a tenth of the time.
    gc.disable()


def _scan_batch(request: Sequence[tuple[str, str, str, bytes]]) -> list[Answer]:
    return [_answer(find_in_file(*file), file[-1]) for file in request]


def _answer(found: Sequence[Unit | Skip], source: bytes) -> Answer:
    facts = [item.facts for item in found if isinstance(item, Unit)]
    skips = [(s.reason.value, s.name, s.detail) for s in found if isinstance(s, Skip)]
    return facts, skips, no_train(found, source)
