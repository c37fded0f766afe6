"""Compile one file and report what Python's compiler says of it."""

from __future__ import annotations

import warnings

from .channel import Send


def check(send: Send, path: str) -> None:
    """Messages are `kind: text`, without place; `log` has the places."""
    with open(path, "rb") as file:
        ok, messages, log = words(file.read(), path)
    send(compiled=ok, messages=messages, log="\n".join(log))


def words(source: bytes, path: str) -> tuple[bool, list[str], list[str]]:
    """Whether a file's text compiles, the compiler's messages, and the same with their places."""
    messages, log, ok = [], [], True
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            compile(source, path, "exec", dont_inherit=True)
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            ok = False
            text = error.msg if isinstance(error, SyntaxError) else str(error)
            messages.append(f"{type(error).__name__}: {text}")
            log.append(f"{path}:{getattr(error, 'lineno', 0)}: {messages[-1]}")
    for warning in caught:
        messages.append(f"{warning.category.__name__}: {warning.message}")
        log.append(f"{path}:{warning.lineno}: {messages[-1]}")
    return ok, messages, log
