"""Serving the pages until the user interrupts."""

from __future__ import annotations

import socket
from collections.abc import Callable

import uvicorn

from codeaug.errors import UsageError
from codeaug.model import Rung
from codeaug.store import Store
from codeaug.web.app import app


def serve(
    store: Store,
    *,
    reviewer: str,
    bar: Rung,
    commit: str | None = None,
    host: str = "127.0.0.1",
    port: int = 8765,
    ready: Callable[[str], None] = lambda address: None,
) -> None:
    """Serves the review page; calls `ready` with its address. Port 0 takes any free one.

    Returns when interrupted. Raises UsageError when the place is taken.
    """
    listener = _listen(host, port)
    with listener:
        name = f"[{host}]" if ":" in host else host
        ready(f"http://{name}:{listener.getsockname()[1]}/")
        pages = app(store, reviewer=reviewer, bar=bar, commit=commit, host=host)
        config = uvicorn.Config(pages, log_level="warning", server_header=False)
        uvicorn.Server(config).run(sockets=[listener])


def _listen(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server(
            (host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET
        )
    except (OSError, OverflowError) as error:
        raise UsageError(
            f"cannot listen on {host} port {port} ({error}): give another with --port or --host"
        ) from error
