"""The store, and the disk that it and all work lie on."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from codeaug.doctor.line import Line
from codeaug.errors import CodeaugError, OutOfSpace, StoreError

LEAST_FREE = 1 << 30
_SKEW = 2.0  # seconds by which a disk's clock may differ: builds compare times


def lines(url: str) -> Iterator[Line]:
    """Of the store with this URL."""
    if "://" not in url or url.startswith("sqlite:///"):
        yield from _folder(Path(url.removeprefix("sqlite:///")).absolute().parent)
    yield _store(url)


def _folder(folder: Path) -> Iterator[Line]:
    """The folder, or the one in which it will be made: it is really written to."""
    place = next(p for p in (folder, *folder.parents) if p.exists())
    try:
        with tempfile.NamedTemporaryFile(dir=place, prefix=".codeaug-") as file:
            skew = abs(Path(file.name).stat().st_mtime - time.time())
    except OSError as error:
        detail = f"{place} cannot be written to: {error.strerror}"
        fix = "give another place: --store PATH, or CODEAUG_STORE"
        yield Line("store's folder", False, detail, fix, StoreError)
        return
    free = shutil.disk_usage(place).free
    if free < LEAST_FREE:
        detail = f"{free >> 20} MiB free in {place}: builds need {LEAST_FREE >> 20} at least"
        yield Line("store's folder", False, detail, "free some space, or --store PATH", OutOfSpace)
    else:
        yield Line("store's folder", True, f"{place}, {free >> 30} GiB free")
    if skew > _SKEW:
        detail = f"the clock of {place} differs from this machine's by {skew:.0f} s"
        yield Line("clock", True, detail, "set both by NTP, or --store PATH on a local disk")


def _store(url: str) -> Line:
    from codeaug.store.looking import look

    try:
        found = look(url)
    except CodeaugError as error:
        return Line("store", False, str(error), "give another: --store URL", type(error))
    if not found.revision:
        return Line("store", True, f"{found.place}: none yet, the first run makes it")
    if found.revision != found.known:
        detail = f"{found.place}, schema {found.revision}: this codeaug makes it {found.known}"
        return Line("store", True, detail, "keep a copy of it first, if older codeaugs use it too")
    return Line("store", True, f"{found.place}, schema {found.revision}")
