"""In a network of its own, where only loopback is: whom a run with a model talks to."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.test_journey import codeaug

pytestmark = pytest.mark.slow

# Every connection and every name that is looked up, by Python's own audit events.
LISTENER = """
import json, os, sys
def hear(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname"):
        address = arguments[1] if event == "socket.connect" else arguments[0]
        if isinstance(address, bytes):
            address = address.decode()
        with open(os.environ["HEARD"], "a") as file:
            file.write(json.dumps([event, address]) + "\\n")
sys.addaudithook(hear)
"""

DRIVER = """
import fcntl, os, socket, struct, subprocess, sys
from tests.model_server import ModelServer
from tests.shop_replies import shop

with socket.socket() as loopback:  # up, running
    fcntl.ioctl(loopback, 0x8914, struct.pack("16sh", b"lo", 0x41))
folder, model, heard = sys.argv[1:]
with ModelServer(shop, port=8947) as server:
    command = [sys.executable, "-m", "codeaug", "run", folder, "--engine", "llm", "--json"]
    command += ["--model", model, "--base-url", server.base_url, "--per-unit", "2"]
    done = subprocess.run(command, env=os.environ | {"HEARD": heard}, stdout=subprocess.PIPE)
    assert done.returncode == 0
    sys.stdout.buffer.write(done.stdout)
    assert server.log
"""


@pytest.mark.parametrize("model", ["openai:test-model", "deepseek:test-model"])
def test_a_run_with_a_model_connects_to_its_endpoint_and_to_nothing_else(
    model: str, judgeable_repository: Callable[[str], Path], tmp_path: Path
) -> None:
    folder, heard = judgeable_repository("journey-python"), tmp_path / "heard.jsonl"
    codeaug("oracle", folder, "--json")  # what the project's build fetches is fetched before
    (tmp_path / "listen").mkdir()
    (tmp_path / "listen" / "sitecustomize.py").write_text(LISTENER)
    elsewhere = "http://127.0.0.1:9"
    environ = os.environ | {
        "PYTHONPATH": f"{tmp_path / 'listen'}:{Path(__file__).parent.parent}",
        "HEARD": os.devnull,
        "OPENAI_API_KEY": "key",
        "LANGSMITH_TRACING": "true",
        "LANGSMITH_API_KEY": "key",
        **dict.fromkeys(("LANGSMITH_ENDPOINT", "OPENAI_BASE_URL", "OPENAI_API_BASE"), elsewhere),
        **dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy"), elsewhere),
        "OTEL_EXPORTER_OTLP_ENDPOINT": elsewhere,
    }
    command = ["unshare", "--map-root-user", "--net", sys.executable, "-c", DRIVER]
    done = subprocess.run(
        [*command, str(folder), model, str(heard)],
        env=environ, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["queued"] == 4
    told = [json.loads(line) for line in heard.read_text().splitlines()]
    connected = {tuple(address) for event, address in told if event == "socket.connect"
                 and isinstance(address, list)}  # fmt: skip
    assert {tuple(address[:2]) for address in connected} == {("127.0.0.1", 8947)}
    looked_up = {address for event, address in told if event != "socket.connect"}
    assert looked_up <= {"127.0.0.1"}
