"""What the scripted models of the benchmarks say; the model server loads it by name."""

from __future__ import annotations

from tests.model_api.script import Reply, Request

SECONDS = 1.0
CODE = "    total = [value for value in values if value is not None]\n" * 30


def slow(request: Request) -> Reply:
    """A reply of the usual size, after a second."""
    return Reply(f"```python\ndef f(values):\n{CODE}    return total\n```\n", after=SECONDS)
