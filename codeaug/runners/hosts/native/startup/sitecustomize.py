"""Started by every Python that has this folder in PYTHONPATH: which lines of /repo it executed.

Written to $CODEAUG_LINES at exit; a process that ends by os._exit or a signal leaves nothing.
"""

from __future__ import annotations

import atexit
import json
import os
import sys
import threading
from types import CodeType, FrameType
from typing import Any

REPO = "/repo/"
lines: dict[str, set[int]] = {}


def _trace(frame: FrameType, event: str, arg: Any) -> Any:
    name = os.path.abspath(frame.f_code.co_filename)
    if not name.startswith(REPO):
        return None
    seen = lines.setdefault(name, set())

    def local(frame: FrameType, event: str, arg: Any) -> Any:
        if event == "line":
            seen.add(frame.f_lineno)
        return local

    return local


def _monitor(code: CodeType, line: int) -> Any:
    name = os.path.abspath(code.co_filename)
    if name.startswith(REPO):
        lines.setdefault(name, set()).add(line)
    return sys.monitoring.DISABLE  # type: ignore[attr-defined,unused-ignore]  # 3.12


def _write(folder: str) -> None:
    path = os.path.join(folder, f"{os.getpid()}.lines")
    with open(path, "w", encoding="utf-8") as file:
        json.dump({name: sorted(found) for name, found in lines.items()}, file)


def _start(folder: str) -> None:
    if sys.version_info >= (3, 12):
        watch = sys.monitoring
        watch.use_tool_id(4, "codeaug")
        watch.register_callback(4, watch.events.LINE, _monitor)
        watch.set_events(4, watch.events.LINE)
    else:
        sys.settrace(_trace)
        threading.settrace(_trace)
    atexit.register(_write, folder)


if os.environ.get("CODEAUG_LINES"):
    _start(os.environ["CODEAUG_LINES"])
