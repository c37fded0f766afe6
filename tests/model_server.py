"""A real HTTP server that speaks OpenAI's protocol, with scripted replies and faults.

In the process of a test:

    with ModelServer(lambda request: Reply("return a + b")) as server:
        client = OpenAI(base_url=server.base_url, api_key="any")

or in one of its own, which outlives a client that is killed:

    python tests/model_server.py --script tests.model_server:echo --log log.jsonl

It prints {"base_url": …} as its first line, and ends at SIGTERM or SIGINT. What is charged, and how
tokens are counted: model_api/ledger.py. Replies and faults: model_api/script.py.
"""

from __future__ import annotations

import argparse
import asyncio
import importlib
import json
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path

from tests.model_api.completions import Completions
from tests.model_api.ledger import Entry, Ledger, Price, Totals, totals
from tests.model_api.script import Reply, Request, Script
from tests.model_api.service import Service
from tests.model_api.tuning import Tunes, Tuning

BACKLOG = 1024  # clients that come at once; one that finds no place comes again after a second
MODELS = {"test-model": Price(Decimal("0.15"), Decimal("0.60"))}


class ModelServer:
    """Serves from `with` to its end; what `reply` raises is raised there."""

    def __init__(
        self,
        reply: Script,
        *,
        key: str = "",
        models: Mapping[str, Price] = MODELS,
        polls: int = 2,  # that complete a batch
        log_file: Path | None = None,  # appended to
        port: int = 0,
        tunes: Tunes | None = None,
    ) -> None:
        self._ledger = Ledger(log_file)
        done = Completions(reply, models)
        self._service = Service(done, self._ledger, key, polls, tunes or Tunes())
        self._port = port
        self._started = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._run()), daemon=True)

    def __enter__(self) -> ModelServer:
        self._socket = socket.create_server(("127.0.0.1", self._port), backlog=BACKLOG)
        self.port: int = self._socket.getsockname()[1]
        self.base_url = f"http://127.0.0.1:{self.port}/v1"
        self._thread.start()
        self._started.wait()
        return self

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        self._loop.call_soon_threadsafe(self._ended.set)
        self._thread.join()
        self._ledger.close()
        if self._service.failures and error is None:
            raise self._service.failures[0]

    @property
    def tuning(self) -> Tuning:
        """The fine-tuning jobs; `tunes` may be set while it serves."""
        return self._service.tuning

    @property
    def log(self) -> list[Entry]:
        return self._ledger.copy()

    def totals(self) -> Totals:
        return totals(self.log)

    async def _run(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._ended = asyncio.Event()
        server = await asyncio.start_server(self._service.serve, sock=self._socket, backlog=BACKLOG)
        self._started.set()
        await self._ended.wait()
        server.close()


@contextmanager
def model_server_process(script: str, log: Path, *options: str) -> Iterator[str]:
    """The base URL of a server in a process of its own; `script` is `module:function`."""
    command = [sys.executable, __file__, "--script", script, "--log", str(log), *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            yield json.loads(process.stdout.readline())["base_url"]
        finally:
            process.terminate()


def echo(request: Request) -> Reply:
    """The simplest script: says what it was asked."""
    return Reply(request.prompt)


def priced(text: str) -> tuple[str, Price]:
    name, prompt, completion = text.rsplit(":", 2)
    return name, Price(Decimal(prompt), Decimal(completion))


def loaded(text: str) -> Script:
    module, _, name = text.partition(":")
    script: Script = getattr(importlib.import_module(module), name)
    return script


def main() -> None:
    parser = argparse.ArgumentParser(description="Serves scripted replies as OpenAI would.")
    parser.add_argument("--script", type=loaded, required=True, metavar="MODULE:FUNCTION")
    parser.add_argument("--log", type=Path, required=True)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--key", default="")
    parser.add_argument("--polls", type=int, default=2)
    parser.add_argument("--model", type=priced, action="append", metavar="NAME:PROMPT:COMPLETION")
    args = parser.parse_args()
    # Blocked before the server's thread starts, which inherits it, so that only sigwait sees them.
    ends = {signal.SIGINT, signal.SIGTERM}
    signal.pthread_sigmask(signal.SIG_BLOCK, ends)
    with ModelServer(
        args.script,
        key=args.key,
        models=dict(args.model) if args.model else MODELS,
        polls=args.polls,
        log_file=args.log,
        port=args.port,
    ) as server:
        print(json.dumps({"base_url": server.base_url, "port": server.port}), flush=True)
        signal.sigwait(ends)


if __name__ == "__main__":
    main()
