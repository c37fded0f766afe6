"""Export of very many samples: seconds and memory, whole and after being killed half-way.

A store is filled with functions of random words in three languages, four variants each, their
evidence and approvals, as a run and people would leave it (this is not measured). The export then
runs as a program of its own. With --kill it is killed (kill -9) when half of the rows are there,
and run again: both exports must be the same, byte by byte.

    python benchmarks/export.py [--samples N] [--format F] [--kill] [--store FILE]

Targets: 1,000,000 samples in 600 s and 1 GiB, of all processes together.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from codeaug.model import (
    Origin,
    Repository,
    Rung,
    ScannedFile,
    SourceFile,
    Span,
    Unit,
    Variant,
    up_to,
)
from codeaug.store import Store, tables
from codeaug.store.evidence import bits
from codeaug.store.rows import add_plain, chunks, put_texts

COMMIT = "c" * 40
VARIANTS, FILE = 4, 10
CHECKS = ("parsed", "signature", "comments", "capability", "compiled", "tested")
TRANSFORMS = ("rename-local", "invert-if", "guard-clause", "ternary-to-if", "nested-conditions")
OPEN = {
    "dataset_max_synthetic_share": 1.0, "dataset_max_transform_share": 1.0,
    "dataset_max_generator_share": 1.0, "dataset_tasks": ("rewrite",),
}  # fmt: skip
EXPORT = """
import os
import sys
from pathlib import Path
from codeaug.dataset import Override, export, recipe_of
from codeaug.settings import Settings
from codeaug.store import Store
with Store.open(sys.argv[1], create=False) as store:
    recipe = recipe_of(Settings(**{settings}), sys.argv[2])
    export(store, recipe, Path(sys.argv[3]), override=Override("a benchmark", "nobody"))
used = os.times()
print(used.user + used.system, used.children_user + used.children_system)
"""


def word(rng: random.Random) -> str:
    return "".join(rng.choices("abcdefghijklmnopqrstuvwxyz", k=rng.randint(4, 9)))


def function(rng: random.Random, language: str, name: str) -> tuple[str, list[str]]:
    """A function of about 25 lines and four others that say something like it."""
    words = [word(rng) for _ in range(30)]

    def text(order: int) -> str:
        body = []
        for at in range(0, 20, 2):
            a, b = words[at], words[(at + order) % 29 + 1]
            if language == "python":
                body.append(f"    {a} = {b}({words[at + 1]}, {order + at})")
                body.append(f"    if {a} > {order}: {a} = {words[at + 1]}.{b}")
            else:
                body.append(f"    int {a} = {b}({words[at + 1]}, {order + at});")
                body.append(f"    if ({a} > {order}) {{ {a} = {words[at + 1]}.{b}; }}")
        if language == "python":
            return "\n".join([f"def {name}({words[1]}):", *body, f"    return {words[0]}"])
        return "\n".join([f"int {name}(int {words[1]}) {{", *body, f"    return {words[0]};", "}"])

    return text(0), [text(order) for order in range(1, VARIANTS + 1)]


def files(samples: int) -> Iterator[tuple[ScannedFile, list[list[str]]]]:
    rng = random.Random(0)
    suffix = {"python": "py", "java": "java", "cpp": "cpp"}
    for number in range(samples // VARIANTS // FILE):
        language = ("python", "java", "cpp")[number % 3]
        path = f"src/part{number % 100}/file{number}.{suffix[language]}"
        facts, made, at = [], [], 0
        for place in range(FILE):
            name = f"{word(rng)}_{place}"
            code, variants = function(rng, language, name)
            span = Span(at, at + len(code))
            at += len(code) + 1
            body = 2 if language == "python" else 1
            unit = Unit(path, language, name, "", span, span, 1, body, 25, f"{number:040d}", code)
            facts.append(unit.facts)
            made.append(variants)
        yield ScannedFile(SourceFile(path, language, f"{number:040d}", at), tuple(facts), ()), made


def fill(store: Store, samples: int) -> None:
    """What a run and people leave."""
    store.put_repository(Repository("https://example.org/acme.git", "", COMMIT, "Apache-2.0"))
    keys = []
    ids = iter(range(1, samples + 1))
    for some in chunks(files(samples), 200):
        store.put_scan("v1", [scanned for scanned, _ in some])
        with store.writing() as connection:
            (log,) = put_texts(connection, ["ok"])
            rows: dict[str, list[tuple[object, ...]]] = {}
            for scanned, made in some:
                file = scanned.file
                keys.append((file.path, file.language, file.blob))
                for unit, codes in zip(scanned.units, made, strict=True):
                    for order, code in enumerate(codes):
                        one(rows, next(ids), unit, code, order, log)
            add_plain(connection, tables.variant, rows["variant"])
            add_plain(connection, tables.evidence, rows["evidence"])
            add_plain(connection, tables.finding, rows["finding"])
            add_plain(connection, tables.decision, rows["decision"])
    store.put_tree(COMMIT, "v1", keys)


def one(
    rows: dict[str, list[tuple[object, ...]]], seq: int, unit: Unit, code: str, order: int, log: str
) -> None:
    recipe = (TRANSFORMS[(seq + order) % len(TRANSFORMS)],)
    variant = Variant(unit.id, code, Origin("rules", recipe, seq))
    rows.setdefault("variant", []).append(
        (variant.id, unit.id, code, "rules", json.dumps(recipe), seq, "", "", "")
    )
    parameters = json.dumps([["tests", "14"], ["faults", "5 of 6"]])
    environment = json.dumps([["sandbox", "bubblewrap"]])
    rows.setdefault("evidence", []).append(
        (variant.id, COMMIT, "k", int(Rung.TESTED), bits(up_to(Rung.TESTED)), "passed",
         parameters, environment)
    )  # fmt: skip
    for ordinal, check in enumerate(CHECKS):
        rows.setdefault("finding", []).append(
            (seq, ordinal, check, "passed", "", 0.1, "", None, log)
        )
    rows.setdefault("decision", []).append(
        (f"ann\n{seq}", variant.id, f"ann{seq % 7}", "approved", "", "",
         "2026-01-02T03:04:05+00:00", 4, 0, 1)
    )  # fmt: skip


@dataclass(frozen=True)
class Measured:
    """Of an export: seconds, also those of processors, of itself and of the processes that it
    waited for; the peak of the memory of all of them together, in MiB; its exit code."""

    seconds: float
    own: float
    others: float
    memory: float
    code: int


def exported(db: Path, format: str, out: Path, kill_at: int = 0) -> Measured:
    """An export, killed when so many bytes are written."""
    command = [sys.executable, "-c", EXPORT.format(settings=OPEN), str(db), format, str(out)]
    started = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    partial = out.parent / f".{out.name}.partial" / "new"
    most = 0.0
    while process.poll() is None:
        most = max(most, memory(process.pid))
        if kill_at and sum(path.stat().st_size for path in partial.glob("train*")) > kill_at:
            process.send_signal(signal.SIGKILL)
            break
        time.sleep(0.2)
    told, _ = process.communicate()
    seconds = time.monotonic() - started
    own, others = map(float, told.split() or (0, 0))
    return Measured(seconds, own, others, most, process.returncode)


def memory(pid: int) -> float:
    """The resident memory of a process and all that came from it, in MiB; what they share counts
    for each."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:  # it has ended
        return 0.0
    return pages * resource.getpagesize() / 2**20 + sum(memory(int(child)) for child in children)


def same(one: Path, other: Path) -> bool:
    names = [sorted(p.relative_to(f).as_posix() for f in (folder,) for p in f.rglob("*"))
             for folder in (one, other)]  # fmt: skip
    return names[0] == names[1] and all(
        (one / name).read_bytes() == (other / name).read_bytes()
        for name in names[0]
        if (one / name).is_file()
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--samples", type=int, default=1_000_000)
    parser.add_argument("--format", default="openai-chat")
    parser.add_argument("--kill", action="store_true")
    parser.add_argument("--store", type=Path, help="kept, and used again when it is there")
    options = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with tempfile.TemporaryDirectory(prefix="codeaug-export-") as folder:
        db = options.store or Path(folder, "codeaug.db")
        if not db.exists():
            started = time.monotonic()
            with Store.open(str(db)) as store:
                fill(store, options.samples)
            print(f"filled in {time.monotonic() - started:.0f} s, {db.stat().st_size >> 20} MiB")
        whole = exported(db, options.format, Path(folder, "whole"))
        if whole.code:
            sys.exit(f"the export ended with {whole.code}")
        manifest = json.loads(Path(folder, "whole", "manifest.json").read_bytes())
        size = sum(p.stat().st_size for p in Path(folder, "whole").rglob("*") if p.is_file())
        samples = f"{manifest['counts']['variants']:,} of {options.samples:,} samples"
        print(f"{samples}, {size >> 20} MiB: {whole.seconds:.0f} s "
              f"({whole.own:.0f} s and {whole.others:.0f} s of a processor), "
              f"{whole.memory:.0f} MiB at most")  # fmt: skip
        if options.kill:
            half = sum(f["bytes"] for f in manifest["files"] if f["split"] == "train") // 2
            first = exported(db, options.format, Path(folder, "killed"), half)
            then = exported(db, options.format, Path(folder, "killed"))
            equal = same(Path(folder, "whole"), Path(folder, "killed"))
            print(f"killed after {first.seconds:.0f} s, gone on in {then.seconds:.0f} s: "
                  f"{'the same bytes' if equal else 'NOT THE SAME'}")  # fmt: skip
            if not equal:
                sys.exit(1)


if __name__ == "__main__":
    main()
