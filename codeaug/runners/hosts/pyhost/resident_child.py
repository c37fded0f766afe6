"""A process of one run: it has the changed text in its memory, runs the tests, and ends."""

from __future__ import annotations

import os
from typing import Any, NamedTuple

from . import resident_processes as processes
from .channel import Send, reporter
from .resident_imports import serve_text, show_text
from .resident_lines import Hits
from .resident_swap import Unit, Unready
from .resident_text import Text, header, parsed, read, unit_node
from .resident_watch import watch

REPO = "/repo"


class Job(NamedTuple):
    """What a child is to run: these tests in this order."""

    send: Send
    tests: list[str]
    lines: Hits

    def finish(self) -> None:
        """Say which lines ran, and end without the exit handlers, as a cold run does."""
        problem = self.lines.stop()
        self.send(hits=sorted(self.lines.lines))
        self.send(measured=True, problem=problem)
        os._exit(0)


def begin(request: dict[str, Any], unit: Unit | None, report: int) -> Job:
    """Put the text in place, by a swap into the loaded `unit` or for the imports that come."""
    os.setsid()
    processes.limit_processor(request["seconds"])
    processes.close_to_others(False)
    send = reporter(request["token"].encode("ascii"), report)
    text, hits, path = read(request["text"]), Hits(), request["path"]
    try:
        if unit is None:
            _serve(path, text, hits)
        else:
            _swap(unit, text, request["short"].encode("utf-8"), hits, path)
    except Unready as why:
        send(note="import", why=str(why))
        os._exit(0)
    _watch(request["token"].encode("ascii"), report, path)
    return Job(send, request["tests"], hits)


def _watch(token: bytes, report: int, path: str) -> None:
    """Forks of the tests are seen as well. A run that will not count is not run on."""
    send, end = reporter(token, report, by_forks=True), os._exit

    def cold(why: str) -> None:
        send(note="cold", why=why)
        end(0)

    watch(path, REPO, cold, lambda: send(note="wrote", why=""))


def _swap(unit: Unit, text: Text, short: bytes, hits: Hits, path: str) -> None:
    try:
        tree = parsed(short)
        node = unit_node(tree, text)
        if node is None or header(node) != unit.header:
            raise Unready("the unit's signature or decorators are others")
        code = hits.compiled(tree, node, unit.file)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise Unready(f"{type(error).__name__}: {error}") from error
    unit.swap(hits.unit(code, node))
    unit.functions, unit.holders = [], []
    show_text(unit.file, text.source)


def _serve(path: str, text: Text, hits: Hits) -> None:
    def compiled(file: str) -> Any:
        tree = parsed_aloud(text.source, file)
        node = unit_node(tree, text)
        return hits.compiled(tree, node, file)

    serve_text(path, text.source, compiled)


def parsed_aloud(source: bytes, file: str) -> Any:
    """As `parsed`, with the file's name in the error that an importer sees."""
    try:
        return parsed(source)
    except SyntaxError as error:
        error.filename = file
        raise
