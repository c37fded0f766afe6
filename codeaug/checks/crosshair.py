"""CrossHair looks for an input on which original and variant differ: opt-in, for typed Python.

It only ever speaks against a variant, and only where both texts, really run, differ. That it found
nothing is a note that holds no rung: it runs the variant in its own process, and its paths are
those of its own models of Python's types.
"""

from __future__ import annotations

from codeaug.checks.trial import Trial
from codeaug.model import Exploration, Finding, Verdict


def crosshair(trial: Trial) -> Finding:
    bench = trial.bench
    if bench is None or trial.changed is None:
        return Finding("crosshair", Verdict.UNKNOWN, "no build of this repository runs the unit")
    tests = trial.oracle.tests if trial.oracle else ()
    ran = bench.runner.explore(trial.changed, tests, bench.crosshair)
    found = ran.result
    verdict = Verdict.FAILED if found.difference else Verdict.UNKNOWN
    detail = found.difference or _note(found)
    return Finding(
        "crosshair", verdict, detail[:1000], ran.seconds, ran.command, None, found.witness
    )


def _note(found: Exploration) -> str:
    if found.problem:
        return f"not explored: {found.problem}"
    if found.suspects:
        return f"{found.suspects} suspected inputs, but no difference that counts when they are run"
    whole = "all paths exhausted" if found.exhausted else "not all paths could be followed"
    return f"no counterexample: {whole} ({found.paths})"
