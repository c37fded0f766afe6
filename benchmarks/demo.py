"""The main job on one real project a language; `make demo` runs it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from typing import Any

from corpora import CORPORA, HOME, fetch

PROJECTS = ("cachetools", "commons-csv", "tinyxml2")
LIMIT = "8"
RUNGS = ("tested", "guarded", "compared", "proved")  # the strongest that a variant reaches
CODEAUG = [sys.executable, "-m", "codeaug"]


def main() -> None:
    """Runs each project, then shows one table and what to do next. Exits 1 when a run fails."""
    rows = []
    for name in PROJECTS:
        folder = fetch(name)
        language = CORPORA[name].language
        print(f"\n== {name} {CORPORA[name].version} ({language})", file=sys.stderr)
        started = time.monotonic()
        done = subprocess.run(
            [*CODEAUG, "run", str(folder), "--limit", LIMIT, "--languages", language, "--json"],
            stdout=subprocess.PIPE,
            check=False,
        )
        if done.returncode:
            sys.exit(f"codeaug run ended with exit code {done.returncode}")
        rows.append((name, time.monotonic() - started, json.loads(done.stdout)))
    show(rows)


def show(rows: list[tuple[str, float, dict[str, Any]]]) -> None:
    """One line a language, the pages' commands, and a plain statement when something is missing."""
    columns = (
        *("language", "project", "units", "oracle", "variants", "failed", "unknown"),
        *(*RUNGS, "seconds"),
    )
    lines, reached = [columns], []
    for name, seconds, document in rows:
        language = CORPORA[name].language
        found = next(item for item in document["languages"] if item["language"] == language)
        counts = [found["rungs"].get(rung, 0) for rung in RUNGS]
        lines.append((
            language, name, found["units"], found["with_oracle"], found["variants"],
            found["verdicts"].get("failed", 0), found["verdicts"].get("unknown", 0),
            *counts, f"{seconds:.0f}",
        ))  # fmt: skip
        reached.append(sum(counts))
    widths = [max(len(str(line[i])) for line in lines) for i in range(len(columns))]
    print()
    for line in lines:
        print("  ".join(str(cell).rjust(width) for cell, width in zip(line, widths, strict=True)))
    print("\nLook at the variants and decide (one page a pair, keys on the buttons):")
    for name in PROJECTS:
        folder = os.path.relpath(HOME / f"{name}-{CORPORA[name].version}")
        print(f"  {os.path.relpath(sys.executable)} -m codeaug review {folder}")
    if not all(reached):
        sys.exit("a language shows no tested variant")


if __name__ == "__main__":
    main()
