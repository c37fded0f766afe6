"""A real gateway that speaks the OpenAI protocol: LiteLLM's proxy with mock replies, on loopback.

Installs `litellm[proxy]` into an environment of its own (760 MB), starts it, and lets codeaug run
against it on a tiny repository: what was taken, and whether our count of tokens is the gateway's.

    python benchmarks/litellm_proxy.py [--home DIR]
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parent.parent
PORT = 4017
KEY = "sk-loopback-only"
REPLY = (
    '```python\ndef grade(score):\n    """The grade for a score."""\n    # no score, no grade\n'
    '    if score is not None:\n        if score > 10:\n            return "good"\n'
    '        return "bad"\n    return "none"\n```'
)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--home", type=Path, help="keeps the gateway for the next time")
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="codeaug-bench-") as scratch:
        home = given.home or Path(scratch) / "gateway"
        with gateway(installed(home), Path(scratch)) as url:
            for key, model in ((KEY, "mock"), (KEY, "no-such-model"), ("sk-wrong", "mock")):
                show(Path(scratch), url, key, model)


def installed(home: Path) -> Path:
    """The gateway's program."""
    program = home / "bin" / "litellm"
    if not program.exists():
        venv.create(home, with_pip=True)
        pip = [str(home / "bin" / "python"), "-m", "pip", "install", "-q", "litellm[proxy]"]
        subprocess.run(pip, check=True)
    return program


@contextmanager
def gateway(program: Path, scratch: Path) -> Iterator[str]:
    config = scratch / "litellm.yaml"
    model = {"model": "openai/mock", "api_key": "none", "mock_response": REPLY}
    config.write_text(json.dumps({"model_list": [{"model_name": "mock", "litellm_params": model}]}))
    environ = os.environ | {"LITELLM_MASTER_KEY": KEY, "LITELLM_LOCAL_MODEL_COST_MAP": "True"}
    command = [str(program), "--config", str(config), "--host", "127.0.0.1", "--port", str(PORT)]
    log = (scratch / "gateway.log").open("wb")
    with subprocess.Popen([*command, "--telemetry", "False"], env=environ, stdout=log,
                          stderr=subprocess.STDOUT) as process:  # fmt: skip
        try:
            wait_for(f"http://127.0.0.1:{PORT}/health/liveliness", process)
            yield f"http://127.0.0.1:{PORT}/v1"
        finally:
            process.terminate()


def wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(240):
        try:
            urllib.request.urlopen(url, timeout=2).close()
            return
        except OSError:
            if process.poll() is not None:
                sys.exit("the gateway did not start")
            time.sleep(0.5)
    sys.exit("the gateway does not answer")


def show(scratch: Path, url: str, key: str, model: str) -> None:
    folder = scratch / f"{model}-{key}"
    shutil.copytree(ROOT / "tests" / "repos" / "journey-python", folder)
    command = [sys.executable, "-m", "codeaug", "run", str(folder), "--engine", "llm", "--json"]
    command += ["--model", f"openai:{model}", "--base-url", url]
    done = subprocess.run(command, env=os.environ | {"OPENAI_API_KEY": key}, text=True,
                          capture_output=True, check=False)  # fmt: skip
    print(f"{model} with {'the' if key == KEY else 'a wrong'} key: exit code {done.returncode}")
    print("   ", done.stderr.strip().splitlines()[-1] if done.returncode else "")
    document = json.loads(done.stdout)
    found = document["model"]
    print(f"    {document['queued']} variants queued, {found['replies']} replies, "
          f"{found['prompt_tokens']} and {found['reply_tokens']} tokens, "
          f"units left {found['units_left']}, {found['kinds']}")  # fmt: skip


if __name__ == "__main__":
    main()
