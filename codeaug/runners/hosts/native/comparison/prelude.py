"""What every probe includes first, compiled once for all of them.

That takes as long as it saves in three of them, so it waits for the second. GCC takes what was
compiled only where nothing that matters is different, else the header itself.

Source: GCC's manual, "Using Precompiled Headers".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ..programs import run
from ..resident.making import flags_of
from ..resident.recipes import Recipe
from .writing import FLAGS

HEADER = Path(__file__).with_name("prelude.h")
SECONDS = 30.0
MOST = 3  # 70 MB each; kinds that differ in nothing that matters share one


@dataclass
class Prelude:
    """Its folder, in which the compiled ones lie beside a file that includes the header."""

    folder: Path
    _asked: Counter[tuple[str, ...]] = field(default_factory=Counter)

    def flags(self) -> list[str]:
        """What makes a compilation include it."""
        return ["-include", str(self._file)]

    @property
    def _file(self) -> Path:
        return self.folder / HEADER.name

    def prepare(self, recipe: Recipe, env: Mapping[str, str]) -> None:
        """To be called before a compilation as `recipe` says."""
        compiled = self._file.with_name(f"{HEADER.name}.gch")
        if not compiled.exists():
            compiled.mkdir(parents=True)
            self._file.write_text(f'#include "{HEADER}"\n')
        words = tuple(flags_of(recipe))
        self._asked[words] += 1
        number = sum(times > 1 for times in self._asked.values())
        if self._asked[words] == 2 and number <= MOST:
            place = compiled / str(number)
            args = [*words, *FLAGS, "-x", "c++-header", str(self._file)]
            if run([*args, "-o", str(place)], recipe.folder, env, seconds=SECONDS).exit_code:
                place.unlink(missing_ok=True)
            for note in compiled.glob("*.gcno"):  # the compiler would look into it, too
                note.unlink()
