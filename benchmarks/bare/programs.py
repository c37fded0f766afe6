"""Runs built test programs again and again: `python3 programs.py JOBS OUT FOLDER SECONDS`.

Runs in the sandbox. FOLDER is CMake's build directory without instrumentation; JOBS holds one job
a line, test ids between tabs. The program is started as ctest would start it, without ctest.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from typing import Any

LEAST = 3
SEPARATOR = "::"

Call = tuple[list[str], str, dict[str, str]]


def calls(entries: dict[str, Any], folder: str, tests: list[str]) -> list[Call]:
    """Command, folder and environment of each program; GoogleTest runs the chosen cases alone."""
    wanted: dict[str, list[str]] = {}
    for test in tests:
        name = max((n for n in entries if test == n or test.startswith(n + SEPARATOR)), key=len)
        wanted.setdefault(name, []).append(test[len(name) + len(SEPARATOR) :])
    found = []
    for name, cases in wanted.items():
        properties = {p["name"]: p["value"] for p in entries[name].get("properties", ())}
        whole = any(not case or case.startswith("output=") for case in cases)
        own = dict(pair.split("=", 1) for pair in properties.get("ENVIRONMENT", ()))
        chosen = {} if whole else {"GTEST_FILTER": ":".join(cases)}
        place = properties.get("WORKING_DIRECTORY", folder)
        found.append((entries[name]["command"], place, {**os.environ, **own, **chosen}))
    return found


def repeated(found: list[Call], seconds: float) -> float:
    """The median of the seconds of each run; the first one, which warms up, does not count."""
    taken: list[float] = []
    began = time.perf_counter()
    while len(taken) <= LEAST or time.perf_counter() - began < seconds:
        started = time.perf_counter()
        for command, folder, env in found:
            subprocess.run(command, cwd=folder, env=env, stdin=subprocess.DEVNULL,
                           stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # fmt: skip
        taken.append(time.perf_counter() - started)
    return statistics.median(taken[1:])


def main() -> None:
    place, out, folder, seconds = sys.argv[1:]
    shown = subprocess.run(
        ["ctest", "--show-only=json-v1"], cwd=folder, check=True, capture_output=True, text=True
    )
    listed = json.loads(shown.stdout[shown.stdout.index("{") :])["tests"]
    entries = {entry["name"]: entry for entry in listed}
    with open(place, encoding="utf-8") as file:
        jobs = [line.rstrip("\n").split("\t") for line in file]
    medians = [repeated(calls(entries, folder, job), float(seconds)) for job in jobs]
    with open(out, "w", encoding="utf-8") as file:
        file.write("\n".join(map(str, medians)))


if __name__ == "__main__":
    main()
