"""A store with real functions in three languages, for the tests of review, export and the pages."""

from __future__ import annotations

from codeaug.model import (
    Evidence,
    Finding,
    Oracle,
    Origin,
    Repository,
    Rung,
    ScannedFile,
    SourceFile,
    Span,
    Unit,
    Variant,
    Verdict,
    up_to,
)
from codeaug.store import Store

COMMIT = "4f1d3c2b5a69788796a5b4c3d2e1f00112233445"

JAVA = """\
public static String abbreviate(final String text, final int width) {
        if (text == null) {
            return null;
        }
        // an ellipsis needs room
        if (width < 4 || text.length() <= width) {
            return text;
        }
        return text.substring(0, width - 3) + "...";
    }"""
JAVA_GUARD = """\
public static String abbreviate(final String text, final int width) {
        if (text == null) {
            return null;
        }
        // an ellipsis needs room
        if (!(width < 4 || text.length() <= width)) {
            return text.substring(0, width - 3) + "...";
        } else {
            return text;
        }
    }"""
CPP = """\
int Clock::minutes_until(const Clock& other) const {
    const int difference = other.total() - total();
    return difference < 0 ? difference + 1440 : difference;
}"""
CPP_IF = """\
int Clock::minutes_until(const Clock& other) const {
    const int difference = other.total() - total();
    if (difference < 0) {
        return difference + 1440;
    }
    return difference;
}"""
PYTHON = """\
def partition(items, accepts):
    \"\"\"Those that are accepted, and the others.\"\"\"
    yes, no = [], []
    for item in items:
        if accepts(item):
            yes.append(item)
        else:
            no.append(item)
    return yes, no"""
PYTHON_NAMES = PYTHON.replace("yes", "kept").replace("no)", "rest)").replace(
    "no.append", "rest.append"
).replace(", no", ", rest")  # fmt: skip
PYTHON_SPACE = PYTHON.replace("yes, no = [], []", "yes, no = [],  []")


def unit(language: str, path: str, name: str, parameters: str, code: str, line: int) -> Unit:
    end = line + code.count("\n")
    span = Span(1000, 1000 + len(code.encode()))
    return Unit(path, language, name, parameters, span, span, line, line + 1, end, "9" * 40, code)


UNITS = {
    "java": unit(
        "java", "src/main/java/org/acme/Words.java", "Words.abbreviate", "(String,int)", JAVA, 41
    ),
    "cpp": unit("cpp", "src/clock.cpp", "acme::Clock::minutes_until", "(Clock) const", CPP, 17),
    "python": unit("python", "acme/lists.py", "partition", "", PYTHON, 8),
}
VARIANTS = {
    "java": Variant(UNITS["java"].id, JAVA_GUARD, Origin("rules", ("if-else-inversion",), 11)),
    "cpp": Variant(UNITS["cpp"].id, CPP_IF, Origin("rules", ("ternary-to-if",), 12)),
    "python": Variant(UNITS["python"].id, PYTHON_NAMES, Origin("rules", ("rename-local",), 13)),
    "space": Variant(UNITS["python"].id, PYTHON_SPACE, Origin("llm", model="acme-1")),
    "failed": Variant(UNITS["cpp"].id, CPP.replace("< 0", "> 0"), Origin("rules", ("flip",))),
}


def evidence(variant: Variant, rung: Rung = Rung.TESTED, *, failed: bool = False) -> Evidence:
    verdict = Verdict.FAILED if failed else Verdict.PASSED
    findings = (
        Finding("parsed", Verdict.PASSED, "", 0.01),
        Finding("signature", Verdict.PASSED, "unchanged", 0.01),
        Finding("compiled", Verdict.PASSED, "no new diagnostic", 1.31, "javac -Xlint:all", 0),
        Finding(
            "tested", verdict, "14 of 14 tests", 2.5, "mvn -o test", int(failed), "Tests run: 14"
        ),
    )
    figures = (("tests", "14"), ("lines executed", "6 of 6"))
    environment = (("sandbox", "bubblewrap, no network"), ("java", "17.0.12"))
    return Evidence(
        variant.id,
        COMMIT,
        findings if failed or rung >= Rung.TESTED else findings[:3],
        up_to(rung),
        figures,
        environment,
    )


def seed(store: Store) -> None:
    """Three tested variants, one that is only compiled and one that failed."""
    with store.writing():
        _seed(store)


def _seed(store: Store) -> None:
    store.put_repository(Repository("git@host:team/acme.git", "/clones/a", COMMIT, "Apache-2.0"))
    files = [SourceFile(u.path, u.language, u.blob, 100) for u in UNITS.values()]
    found = zip(files, UNITS.values(), strict=True)
    store.put_scan("v1", [ScannedFile(file, (unit.facts,), ()) for file, unit in found])
    store.put_tree(COMMIT, "v1", [(f.path, f.language, f.blob) for f in files])
    tests = tuple(f"org.acme.WordsTest#abbreviates{n}" for n in range(14))
    store.put_oracles([Oracle(u.id, COMMIT, tests, (3, 4)) for u in UNITS.values()])
    store.put_variants(VARIANTS.values())
    for name in ("java", "cpp", "python"):
        store.put_evidence(evidence(VARIANTS[name]))
    store.put_evidence(evidence(VARIANTS["space"], Rung.COMPILED))
    store.put_evidence(evidence(VARIANTS["failed"], Rung.COMPILED, failed=True))
