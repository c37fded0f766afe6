"""Python's cyclic garbage collector, kept from trees that are being built."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def paused() -> Iterator[None]:
    """While a tree grows the collector looks through all of it again and again, and nothing in it
    is garbage: that takes several times as long as building it."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()
