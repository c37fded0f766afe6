"""Java classes under tests/repos/java-compare, built, and programs that compare their units."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from codeaug.builds import Prepared
from codeaug.builds.maven import BUILD
from codeaug.languages import find_units
from codeaug.model import Baseline, Comparison, Project, Unit
from codeaug.runners.resident import Residents, Text
from codeaug.sandbox import probe

REPO = Path(__file__).parent / "repos" / "java-compare"
SECONDS = 20.0


@dataclass(frozen=True)
class Bench:
    """The project, built, and programs that stay for it; units of one of its classes."""

    prepared: Prepared
    residents: Residents
    name: str

    @property
    def source(self) -> str:
        return (self.prepared.tree / self._file).read_text("utf-8")

    def compared(self, name: str, old: str, new: str, seconds: float = SECONDS) -> Comparison:
        """The unit against itself with `new` in the place of `old`."""
        first = self._unit(self.source, name)
        assert first.code.count(old) == 1
        changed = self.source.replace(first.code, first.code.replace(old, new))
        texts = [Text(text.encode(), self._unit(text, name)) for text in (self.source, changed)]
        with self.residents.of_unit(self.prepared, texts) as runner:
            assert runner.compile(texts[1].source).result.ok
            return runner.compare(texts[1].source, [_test(self.name)], seconds).result

    def _unit(self, source: str, name: str) -> Unit:
        found = find_units("java", source.encode(), self._file, "")
        return next(u for u in found if isinstance(u, Unit) and u.name == f"{self.name}.{name}")

    @property
    def _file(self) -> str:
        return f"src/main/java/org/acme/{self.name}.java"


def _test(name: str) -> str:
    return f"org.acme.{name}Test#works"


def built(home: Path) -> Prepared:
    """The project in a folder of its own, fetched, built and instrumented."""
    shutil.copytree(REPO, home / "tree", ignore=shutil.ignore_patterns("target"))
    project, sandbox, deps = Project("maven", "", ("java",)), probe(), home / "deps"
    deps.mkdir()
    with sandbox.workspace(home / "tree", deps=deps, scratch=home, overlay=False) as workspace:
        for step in (BUILD.fetch, BUILD.build, BUILD.instrument):
            for command in step(project):
                outcome = workspace.run(command)
                assert outcome.ok, outcome.out[-3000:] + outcome.err[-3000:]
    return Prepared(project, BUILD, home / "tree", deps, Baseline({}, {}, 0.0))


@contextmanager
def bench(name: str, prepared: Prepared) -> Iterator[Bench]:
    residents = Residents(probe(), prepared.tree.parent / "scratch")
    baseline = Baseline({_test(name): 0.1}, {}, 0.1)
    yield Bench(replace(prepared, baseline=baseline), residents, name)
    residents.close()
