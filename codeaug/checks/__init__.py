"""What judges a variant: one function each, cheap to dear.

A check is `(Trial) -> Finding`. It never raises for a bad variant: a fault of the variant is a
`FAILED` finding, something that cannot be found out is `UNKNOWN` with the reason. `CHECKS` lists
them in order; those before the first dynamic one all run, so that a person sees every static fault
at once, and a failure there spares the dear ones. Of the dynamic ones, the first that fails is the
last; `compiled` and `tested` must pass for those after them to say anything. Third parties add one
through the entry-point group `codeaug.checks`.
"""

from __future__ import annotations

from collections.abc import Callable, Set
from functools import cache
from importlib.metadata import entry_points
from pathlib import Path

from codeaug.bundled import bundled
from codeaug.checks.capability import capability
from codeaug.checks.comments import comments
from codeaug.checks.compared import compared
from codeaug.checks.compiled import compiled
from codeaug.checks.crosshair import crosshair
from codeaug.checks.guarded import guarded
from codeaug.checks.parsed import parsed
from codeaug.checks.proved import proved
from codeaug.checks.signature import signature
from codeaug.checks.tested import tested
from codeaug.checks.trial import Trial
from codeaug.model import Finding, Rung, content_id

Check = Callable[[Trial], Finding]

# What decides, in this package and inside the sandbox, and what is known of the languages.
SOURCES = (".py", ".java", ".c", ".h", ".cmake", ".toml", ".txt", ".scm")

STATIC: tuple[Check, ...] = (parsed, signature, comments, capability)
DYNAMIC: tuple[Check, ...] = (proved, compiled, tested, guarded, compared, crosshair)

_LADDER = {
    "parsed": Rung.PARSED,
    "compiled": Rung.COMPILED,
    "tested": Rung.TESTED,
    "guarded": Rung.GUARDED,
}


def rungs(passed: Set[str]) -> frozenset[Rung]:
    """Every rung that is held by the checks that passed: none without all static checks."""
    if not passed >= {check.__name__ for check in STATIC}:
        return frozenset()
    held = set()
    for check, rung in _LADDER.items():
        if check not in passed:
            break
        held.add(rung)
    if "compared" in passed and Rung.COMPILED in held:
        held.add(Rung.COMPARED)
    if "proved" in passed and Rung.COMPILED in held:
        held.add(Rung.PROVED)
    return frozenset(held)


@cache
def fingerprint() -> str:
    """Changes with the code of the checks and of all that they rest on: evidence is then redone."""
    package = Path(__file__).parent.parent
    own = (package / name for name in ("checks", "predicates", "languages", "builds", "runners"))
    folders = (*own, bundled("grammars"))
    files = [path for folder in folders for path in sorted(folder.rglob("*"))]
    files = [path for path in (*files, package / "syntax.py") if path.suffix in SOURCES]
    return content_id(*(path.read_bytes() for path in files))


def static_checks() -> tuple[Check, ...]:
    """Ours, then those of installed packages; they see no workspace."""
    return STATIC + tuple(point.load() for point in entry_points(group="codeaug.checks"))


__all__ = ["DYNAMIC", "STATIC", "Check", "Trial", "fingerprint", "rungs", "static_checks"]
