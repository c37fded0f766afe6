"""Files that are read or executed in another's place, by a library that is preloaded (`swap.c`)."""

from __future__ import annotations

import itertools
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ..programs import run
from .affected import Unready

SOURCE = Path(__file__).with_name("swap.c")


@dataclass
class Swaps:
    """The library, built in `folder`, and an environment for each swap."""

    folder: Path
    numbers: itertools.count[int] = field(default_factory=itertools.count)

    def __post_init__(self) -> None:
        self.library = self.folder / "swap.so"
        compiler = next(filter(None, map(shutil.which, ("gcc", "cc", "g++"))), "gcc")
        args = [compiler, "-x", "c", "-O1", "-fPIC", "-shared", "-w", "-o", str(self.library)]
        ended = run([*args, str(SOURCE), "-ldl"], str(self.folder), {})
        if ended.exit_code:
            raise Unready(f"our library is not compiled: {ended.output[-300:]!r}")

    def swap(self, others: Mapping[str, str], env: Mapping[str, str]) -> Swap:
        """The environment `env` in which each path of `others` is the file that it names there."""
        number = next(self.numbers)
        listed, seen = self.folder / f"{number}.list", self.folder / f"{number}.seen"
        listed.write_text("".join(f"{path}\n{other}\n" for path, other in others.items()))
        before = env.get("LD_PRELOAD", os.environ.get("LD_PRELOAD", ""))
        added = {
            "LD_PRELOAD": f"{self.library} {before}".strip(),
            "CODEAUG_SWAP": str(listed),
            "CODEAUG_SWAPPED": str(seen),
        }
        return Swap({**env, **added}, listed, seen)


@dataclass(frozen=True)
class Swap:
    """An environment, and whether anything was swapped in it."""

    env: Mapping[str, str]
    listed: Path
    seen: Path

    @property
    def happened(self) -> bool:
        return self.seen.exists()

    def forget(self) -> None:
        """Remove our own files of it."""
        self.listed.unlink(missing_ok=True)
        self.seen.unlink(missing_ok=True)
