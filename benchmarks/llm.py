"""What asking a model costs beside the model, and what the pipeline makes of scripted replies.

python benchmarks/llm.py load [--calls N] [--width N]
"""

from __future__ import annotations

import argparse
import sys

from llm_load import load


def main() -> None:
    """Prints one table; exits 1 when a target is missed."""
    arguments = argparse.ArgumentParser(description=__doc__)
    verbs = arguments.add_subparsers(dest="verb", required=True)
    loading = verbs.add_parser("load")
    loading.add_argument("--calls", type=int, default=2000)
    loading.add_argument("--width", type=int, default=100, help="calls under way at once")
    chosen = arguments.parse_args()
    sys.exit(not load(chosen.calls, chosen.width))


if __name__ == "__main__":
    main()
