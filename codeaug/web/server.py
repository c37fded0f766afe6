"""Serving the pages until the user interrupts."""

from __future__ import annotations

import socket
import sys
from collections.abc import Callable

import uvicorn

from codeaug.errors import UsageError
from codeaug.model import Rung
from codeaug.store import Store
from codeaug.web.app import app


def serve(
    url: str,
    *,
    reviewer: str,
    bar: Rung,
    overlap: int = 1,
    host: str = "127.0.0.1",
    port: int = 8765,
    ready: Callable[[str], None] = lambda address: print(f"Review: {address}", file=sys.stderr),
) -> None:
    """Serves the pages of the store at `url`; calls `ready` with their address.

    Port 0 takes any free one. Ends by KeyboardInterrupt. Raises UsageError when the place is
    taken, StoreError when there is no store.
    """
    with Store.open(url, create=False) as store, _listen(host, port) as listener:
        name = f"[{host}]" if ":" in host else host
        ready(f"http://{name}:{listener.getsockname()[1]}/")
        pages = app(store, reviewer=reviewer, bar=bar, overlap=overlap, host=host)
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
