"""Short work in the store, done on the thread that answers all."""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from starlette.concurrency import run_in_threadpool

from codeaug.errors import Busy
from codeaug.store import Store

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


async def soon(
    store: Store,
    work: Callable[Arguments, Result],
    *arguments: Arguments.args,
    **named: Arguments.kwargs,
) -> Result:
    """Does the work, one transaction, here: that takes a millisecond or two, less than handing it
    to another thread, and threads beside each other would wait at every statement for the
    interpreter while they keep the store from others. Where others write for longer it begins again
    in a thread of its own, which may wait."""
    try:
        with store.hasty():
            return work(*arguments, **named)
    except Busy:
        return await run_in_threadpool(work, *arguments, **named)
