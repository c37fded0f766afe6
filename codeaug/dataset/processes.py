"""Long work in two processes, its results in order."""

from __future__ import annotations

import os
import pickle
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from typing import IO, Any, TypeVar

from codeaug.command import conversation
from codeaug.store.rows import chunks

Item = TypeVar("Item")
Result = TypeVar("Result")
_SECOND = "from codeaug.dataset.processes import serve; serve()"


def in_two(
    work: Callable[[Item], Result],
    begin: Callable[[], AbstractContextManager[Callable[[Item], Result]]],
    items: Iterable[Item],
) -> Iterator[Result]:
    """The result of each item; every other one is worked out by a second process, where there is a
    processor for it. `begin` opens the same work over there, so it has to be sent.

    It is a program of its own: a copy of us would hold all that we hold, and the threads of
    libraries do not live on in a copy. What it cannot do we do ourselves, and so all the rest when
    it died: an error is told as if it had never been there.
    """
    if len(os.sched_getaffinity(0)) < 2:
        yield from map(work, items)
        return
    # -P: no module that lies in the folder that we stand in.
    with conversation([sys.executable, "-P", "-c", _SECOND]) as (questions, answers):
        _ask(questions, [begin])
        for mine, *others in chunks(items, 2):
            _ask(questions, others)
            yield work(mine)
            for other in others:
                found: list[Result] = _found(answers)
                yield found[0] if found else work(other)


def _ask(questions: IO[bytes], others: Iterable[object]) -> None:
    try:
        for other in others:
            pickle.dump(other, questions)
        questions.flush()
    except BrokenPipeError:  # it has died, which its answer will tell
        return


def _found(answers: IO[bytes]) -> list[Any]:
    """What it found; nothing where it has died."""
    try:
        return [pickle.load(answers)]
    except (EOFError, pickle.UnpicklingError):
        return []


def serve() -> None:
    """Is the second process: works until nobody asks any more. An error ends it, since whoever
    asked meets the same one."""
    questions = sys.stdin.buffer
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what libraries print is no answer
    begin = pickle.load(questions)
    with begin() as work:
        while True:
            try:
                item = pickle.load(questions)
            except EOFError:
                return
            pickle.dump(work(item), answers)
            answers.flush()
