"""`python -m codeaug.formats.consumers NAME`: a request as JSON in, what came of it as JSON out."""

from __future__ import annotations

import contextlib
import json
import sys
from importlib import import_module

from codeaug.formats.consumers import Request

if __name__ == "__main__":
    request = Request.of(json.load(sys.stdin))
    with contextlib.redirect_stdout(sys.stderr):  # stacks talk
        tally = import_module(f"codeaug.formats.consumers.{sys.argv[1]}").load(request)
    print("\n" + json.dumps(tally.answer()))
