"""The known set: rewrites that are right and rewrites that are wrong, judged by `codeaug check`.

`benchmarks/pairs/<language>/` is a small project with realistic but imperfect tests, and
`benchmarks/pairs/<language>.jsonl` holds rewrites of its functions in the format of
`codeaug check`, each with `right` (equal on the whole documented domain, or different on the input
that `note` names), `kind` and `note`. Everything is written for this purpose. `--set` takes another
folder of that form, such as one that nobody has tuned the checks on.

    python benchmarks/pairs.py [--languages python,java,cpp] [--set FOLDER] [--sample N] [--jobs N]
                               [--json FILE]

Exits 1 when more than 1 % of the wrong rewrites are accepted, or more than 3 % of the right ones
of units with an oracle are refused. A right rewrite of a unit without an oracle that is refused is
no fault: nothing could judge it.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from codeaug.executors.local import Local
from codeaug.languages import resolve
from codeaug.pipeline import open_session
from codeaug.pipeline.given import check, read_given
from codeaug.report.terminal import Progress
from codeaug.repository import open_repository
from codeaug.settings import load_settings

KNOWN = Path(__file__).parent / "pairs"
LANGUAGES = ("python", "java", "cpp")
WRONG_ACCEPTED, RIGHT_REFUSED = 0.01, 0.03
LEFTOVERS = (".codeaug", "target", "build", "__pycache__", ".pytest_cache")


@dataclass(frozen=True, slots=True)
class Judged:
    """One rewrite of the set with what codeaug says of it.

    `oracle`: whether any test executes the unit. `check`: the one that decided against it, or the
    rung where it is accepted. `tests`: what the project's own tests alone say ("" without a run).
    """

    language: str
    path: str
    unit: str
    right: bool
    kind: str
    note: str
    oracle: bool
    verdict: str
    accepted: bool
    check: str
    detail: str
    tests: str
    code: str


def main() -> None:
    """Prints a table a language, then each wrong one accepted and each right one refused."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--languages", default=",".join(LANGUAGES))
    arguments.add_argument("--set", type=Path, default=KNOWN, metavar="FOLDER")
    arguments.add_argument("--sample", type=int, default=0, help="rewrites a language; 0: all")
    arguments.add_argument("--jobs", type=int, help="workers; default: the setting's")
    arguments.add_argument("--json", type=Path, help="file for every judged rewrite, one a line")
    chosen = arguments.parse_args()
    judged: list[Judged] = []
    for language in chosen.languages.split(","):
        if language not in LANGUAGES:
            arguments.error(f"no language {language!r}: {', '.join(LANGUAGES)}")
        found = list(measure(chosen.set, language, chosen.sample, chosen.jobs))
        judged += found
        print("\n".join(table(language, found)), flush=True)
        if chosen.json:
            lines = (json.dumps(asdict(each), ensure_ascii=False) + "\n" for each in judged)
            chosen.json.write_text("".join(lines), encoding="utf-8")
    sys.exit(too_bad(judged))


def measure(of: Path, language: str, sample: int, jobs: int | None) -> Iterator[Judged]:
    """Every rewrite of a language, judged in a scratch store with the default settings."""
    rows = read(of, language, sample)
    with tempfile.TemporaryDirectory(prefix="codeaug-pairs-") as scratch:
        folder, work = Path(scratch, language), Path(scratch, "work")
        shutil.copytree(of / language, folder, ignore=shutil.ignore_patterns(*LEFTOVERS))
        session = open_session(
            open_repository(str(folder), work),
            (settings := load_settings(folder, {"jobs": jobs}).settings),
            f"sqlite:///{Path(scratch, 'codeaug.db')}",
            work,
            Progress(quiet=False),
            Local(settings.jobs),
        )
        given = read_given(json.dumps(row).encode() for row in rows)
        for row, answer in zip(rows, check(session, given), strict=True):
            unit = resolve(session.units_in(row["path"]), row["path"], row["unit"])
            oracle = session.store.oracle(unit.id, session.commit)
            yield joined(language, row, answer, oracle is not None and bool(oracle.tests))


def read(of: Path, language: str, sample: int) -> list[dict[str, Any]]:
    """The set of a language, or a sample of it that is the same each time."""
    text = (of / f"{language}.jsonl").read_text(encoding="utf-8")
    rows = [json.loads(line) for line in text.splitlines()]
    return random.Random(0).sample(rows, sample) if 0 < sample < len(rows) else rows


def joined(language: str, row: dict[str, Any], answer: dict[str, Any], oracle: bool) -> Judged:
    findings = {finding["check"]: finding for finding in answer["findings"]}
    tests = findings.get("tested", {})
    decided, detail = decision(answer, findings)
    return Judged(
        language,
        row["path"],
        row["unit"],
        row["right"],
        row["kind"],
        row["note"],
        oracle=oracle,
        verdict=answer["verdict"],
        accepted=answer["accepted"],
        check=decided,
        detail=detail,
        tests=tests.get("verdict", ""),
        code=row["code"],
    )


def decision(answer: dict[str, Any], findings: dict[str, dict[str, Any]]) -> tuple[str, str]:
    """The check that spoke against the rewrite and its words; the rung where none did."""
    if answer["accepted"]:
        return answer["rung"], findings.get(answer["rung"], {}).get("detail", "")
    for wanted in ("failed", "unknown"):
        for name, finding in findings.items():
            passing = wanted == "unknown" and name in ("proved", "compared")
            if finding["verdict"] == wanted and not passing:
                return name, finding["detail"]
    return answer["rung"], "below the bar"


def table(language: str, judged: Sequence[Judged]) -> list[str]:
    """Counts by outcome and check, then what was let through and what was refused."""
    right = [each for each in judged if each.right]
    wrong = [each for each in judged if not each.right]
    passed = sum(each.tests == "passed" for each in wrong)
    lines = [
        f"\n{language}: {len(right)} right, {len(wrong)} wrong;"
        f" the project's own tests pass {passed} of the wrong ones with every changed line run",
        f"{'':<26}{'all':>6}  by check",
    ]
    for name, some in (
        ("right accepted", [r for r in right if r.accepted]),
        ("right refused, oracle", [r for r in right if not r.accepted and r.oracle]),
        ("right refused, no oracle", [r for r in right if not r.accepted and not r.oracle]),
        ("  of these failed", [r for r in right if r.verdict == "failed"]),
        ("wrong accepted", [w for w in wrong if w.accepted]),
        ("wrong failed", [w for w in wrong if w.verdict == "failed"]),
        ("wrong unknown", [w for w in wrong if w.verdict == "unknown"]),
        ("wrong below the bar", [w for w in wrong if w.verdict == "passed" and not w.accepted]),
    ):
        checks = Counter(each.check for each in some).most_common()
        told = ", ".join(f"{check} {count}" for check, count in checks)
        lines.append(f"{name:<26}{len(some):>6}  {told}")
    lines += [shown("wrong, accepted", each) for each in wrong if each.accepted]
    lines += [shown("right, failed", each) for each in right if each.verdict == "failed"]
    lines += [
        shown(f"right, {each.verdict}", each)
        for each in right
        if not each.accepted and each.verdict != "failed" and each.oracle
    ]
    return lines


def shown(title: str, each: Judged) -> str:
    where = f"{each.path}::{each.unit}"
    return f"- {title} ({each.check}): {where} [{each.kind}] {each.note}\n    {each.detail[:300]}"


def too_bad(judged: Sequence[Judged]) -> bool:
    """Whether a gate does not hold in one of the languages."""
    bad = False
    for language in dict.fromkeys(each.language for each in judged):
        mine = [each for each in judged if each.language == language]
        wrong = [each for each in mine if not each.right]
        right = [each for each in mine if each.right and each.oracle]
        accepted = sum(each.accepted for each in wrong)
        refused = sum(not each.accepted for each in right)
        for what, count, whole, limit in (
            ("wrong accepted", accepted, len(wrong), WRONG_ACCEPTED),
            ("right refused where an oracle exists", refused, len(right), RIGHT_REFUSED),
        ):
            share = count / whole if whole else 0.0
            word = "above" if share > limit else "within"
            print(f"{language}: {what}: {count} of {whole} ({share:.1%}), {word} {limit:.0%}")
            bad = bad or share > limit
    return bad


if __name__ == "__main__":
    main()
