"""A file's text instead of the one that lies on the disk, for whoever imports it from here on."""

from __future__ import annotations

import linecache
import os
from collections.abc import Callable
from importlib.machinery import SourceFileLoader
from types import CodeType
from typing import Any


def serve_text(path: str, source: bytes, compiled: Callable[[str], CodeType]) -> None:
    """Every import of `path` gets the module `compiled(file name)`, its loader reads `source`."""
    real: dict[str, str] = {}
    get_code, get_data = SourceFileLoader.get_code, SourceFileLoader.get_data

    def is_ours(name: str) -> bool:
        if name not in real:
            real[name] = os.path.realpath(name)
        return real[name] == path

    def code(self: Any, fullname: str) -> Any:
        return compiled(self.path) if is_ours(self.path) else get_code(self, fullname)

    def data(self: Any, name: str) -> bytes:
        return source if is_ours(name) else get_data(self, name)

    patched: Any = SourceFileLoader
    patched.get_code, patched.get_data = code, data
    show_text(path, source)


def show_text(path: str, source: bytes) -> None:
    """Whoever looks up source lines (tracebacks, `inspect`) sees `source`."""
    lines = source.decode("utf-8").splitlines(keepends=True)
    linecache.cache[path] = (len(source), None, lines, path)
