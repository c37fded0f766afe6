"""Whether the rules engine's variants make a model better at code of a real project a language.

Runs codeaug on each project (a run that was stopped goes on), then `codeaug gain` on what reached
the rung `tested`. Tables go to standard error, one line of JSON a project to standard output. Exits
0 whichever way it comes out.

    python benchmarks/gain.py [--project NAME]... [--limit N] [--seeds N] [--model M]
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from typing import Any

from corpora import CORPORA, fetch

from codeaug.report.gain import show_gain

PROJECTS = ("toolz", "commons-csv", "tinyxml2")
CODEAUG = [sys.executable, "-m", "codeaug"]
RUNG = "tested"


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--project", action="append", choices=sorted(CORPORA))
    arguments.add_argument("--limit", default="100", help="functions to make variants for")
    arguments.add_argument("--seeds", default="5")
    arguments.add_argument("--model", default="", help="as of codeaug gain")
    given = arguments.parse_args()
    for name in given.project or PROJECTS:
        corpus = CORPORA[name]
        print(f"\n== {name} {corpus.version} ({corpus.language})", file=sys.stderr)
        folder = str(fetch(name))
        _codeaug("run", folder, "--limit", given.limit, "--languages", corpus.language)
        started = time.monotonic()
        asked = ("--accept-rung", RUNG, "--seeds", given.seeds, "--model", given.model)
        document = _codeaug("gain", folder, *asked)
        seconds = round(time.monotonic() - started)
        show_gain(document)
        print(f"{seconds} s", file=sys.stderr)
        print(json.dumps({"project": name, "seconds": seconds, **document}), flush=True)


def _codeaug(*words: str) -> dict[str, Any]:
    """What a verb says as JSON. One injected fault a function is enough here: the rung that counts
    asks for none."""
    done = subprocess.run(
        [*CODEAUG, *words, "--json"],
        stdout=subprocess.PIPE,
        env=os.environ | {"CODEAUG_FAULTS": "1"},
        check=False,
    )
    if done.returncode:
        sys.exit(f"codeaug {words[0]} ended with exit code {done.returncode}")
    document: dict[str, Any] = json.loads(done.stdout)
    return document


if __name__ == "__main__":
    main()
