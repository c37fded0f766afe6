"""The search for secrets on real code: `python benchmarks/egress.py [FOLDER ...]`.

Every unit of seven open-source projects (or of FOLDERs) is searched as it would be before it is
sent. It prints each hit, to be judged by a person (published code holds next to no secret, so most
hits are false), and MB/s of CPU time: of the first search alone, and of the whole of it.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from corpora import fetch

from codeaug.egress import secrets
from codeaug.egress.forms import is_suspect
from codeaug.languages import find_units, language_of
from codeaug.model import Unit

PROJECTS = (
    *("cachetools", "toolz", "boltons"),
    *("commons-csv", "commons-cli"),
    *("tinyxml2", "libjsoncpp"),
)


def main(names: Sequence[str]) -> int:
    folders = [Path(name) for name in names] or [fetch(name) for name in PROJECTS]
    units = [unit for folder in folders for unit in units_of(folder)]
    texts = [unit.code for unit in units]
    size = sum(len(text.encode("utf-8", "surrogatepass")) for text in texts) / 1e6
    hits = 0
    for unit in units:
        for secret in secrets(unit.code):
            hits += 1
            print(f"{unit.path}:{unit.line + secret.line - 1}: {secret.kind}")
    print(f"{len(units)} units, {size:.2f} MB, {hits} hits")
    print(f"first search: {size / cpu(is_suspect, texts):.1f} MB/s")
    print(f"whole search: {size / cpu(secrets, texts):.1f} MB/s")
    return 0


def units_of(folder: Path) -> Iterator[Unit]:
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        language = language_of(path.name)
        if language is None:
            continue
        data = path.read_bytes()
        if len(data) <= 1024 * 1024:
            found = find_units(language, data, str(path.relative_to(folder.parent)), "")
            yield from (unit for unit in found if isinstance(unit, Unit))


def cpu(work: Callable[[str], object], texts: Sequence[str], times: int = 5) -> float:
    """CPU seconds of one pass, the least of some."""
    passes = []
    for _ in range(times):
        start = time.process_time()
        for text in texts:
            work(text)
        passes.append(time.process_time() - start)
    return min(passes)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
