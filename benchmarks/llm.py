"""What asking a model costs beside the model, and what the pipeline makes of scripted replies.

python benchmarks/llm.py load [--calls N] [--width N]
python benchmarks/llm.py yield [--limit UNITS] [--projects NAME ...]
"""

from __future__ import annotations

import argparse
import sys

from corpora import CORPORA
from llm_load import load
from llm_yield import PROJECTS, yields


def main() -> None:
    """Prints tables; exits 1 when a target is missed, or when an injected fault is accepted."""
    arguments = argparse.ArgumentParser(description=__doc__)
    verbs = arguments.add_subparsers(dest="verb", required=True)
    loading = verbs.add_parser("load")
    loading.add_argument("--calls", type=int, default=2000)
    loading.add_argument("--width", type=int, default=100, help="calls under way at once")
    yielding = verbs.add_parser("yield")
    yielding.add_argument("--limit", type=int, default=12, help="units a project")
    yielding.add_argument("--projects", nargs="+", default=PROJECTS, choices=CORPORA)
    chosen = arguments.parse_args()
    if chosen.verb == "load":
        sys.exit(not load(chosen.calls, chosen.width))
    sys.exit(not yields(chosen.projects, chosen.limit))


if __name__ == "__main__":
    main()
