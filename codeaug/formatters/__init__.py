"""How a repository wants its code laid out: by its own settings, and by its own formatter.

One module a tool reads the tool's settings and gives a `Style`; `clang_format` and `ruff` also run
it. Settings come with the repository and are not trusted: a formatter gets the values that are
known here as arguments, reads no file, and has limited time. What a formatter changes beyond
layout is not taken, nor any line that an edit did not touch (`hunks`).

A formatter that is missing, or that does not take the settings (an option that is newer than it),
is not asked: `Styles.problems` says so once a repository, and all else goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import islice
from pathlib import PurePosixPath

from codeaug.formatters import clang_format, editorconfig, flake8, java, ruff
from codeaug.formatters.hunks import TOOLS, laid_out
from codeaug.formatters.style import Style, Unformatted, first_of

__all__ = ["TOOLS", "Style", "Styles", "laid_out"]

MOST_BYTES = 100_000
MOST_FILES = 500
_NAMES = {
    editorconfig.NAME,
    *clang_format.NAMES,
    *ruff.NAMES,
    *flake8.NAMES,
    *java.BUILDS,
}


@dataclass(frozen=True, eq=False)
class Styles:
    """What the settings files of a repository say about its others; `files` maps paths to texts."""

    files: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, paths: Iterable[str], read: Callable[[str], bytes]) -> Styles:
        """Of the files that are settings of a known tool; the others of `paths` are not read."""
        named = [path for path in sorted(paths) if _is_settings(path)]
        texts = ((path, read(path)) for path in named[:MOST_FILES])
        return cls({p: t.decode("utf-8", "replace") for p, t in texts if len(t) <= MOST_BYTES})

    def of(self, language: str, path: str) -> Style:
        """What they say about a file of a language, without a formatter that cannot be asked."""
        style = self._whole(language, path)
        return replace(style, tool="", options=()) if self._problem(style) else style

    def problems(self, language: str, paths: Iterable[str]) -> list[str]:
        """Why a formatter that the repository has for these files is not asked, one sentence a
        reason."""
        styles = {self._whole(language, path) for path in paths}
        reasons = {style.unusable or self._problem(style) for style in styles}
        return sorted(reasons - {""})

    def _problem(self, style: Style) -> str:
        """Why the formatter does not take these settings, or "". It is tried once."""
        if style.tool and style not in self._tried:
            try:
                TOOLS[style.tool](b"\n", [range(1, 2)], style.options)
                self._tried[style] = ""
            except Unformatted as error:
                self._tried[style] = str(error)
        return self._tried.get(style, "")

    @cached_property
    def _tried(self) -> dict[Style, str]:
        return {}

    @cached_property
    def _known(self) -> dict[tuple[str, str], Style]:
        return {}

    def _whole(self, language: str, path: str) -> Style:
        if not self.files:
            return Style()
        if (language, path) not in self._known:
            self._known[language, path] = first_of(self._said(language, path))
        return self._known[language, path]

    def _said(self, language: str, path: str) -> Iterator[Style]:
        """By each tool, the one that has the last word first, and by the nearest file first."""
        if language == "python":
            for file, text in self._above(path, ruff.NAMES):
                yield ruff.style(PurePosixPath(file).name, text)
            yield from (flake8.style(text) for _, text in self._above(path, flake8.NAMES))
        if language == "java":
            yield from (java.of_build(text) for _, text in self._above(path, java.BUILDS))
        if language in clang_format.LANGUAGES:
            nearest = islice(self._above(path, clang_format.NAMES), 1)
            yield from (clang_format.style(language, text) for _, text in nearest)
        if language == "java":
            yield self._checkstyle
        yield editorconfig.style(path, self._above(path, (editorconfig.NAME,)))

    def _above(self, path: str, names: Sequence[str]) -> Iterator[tuple[str, str]]:
        """The files of these names with their texts, from the folder of `path` upwards."""
        for folder in PurePosixPath(path).parents:
            for name in names:
                file = str(folder / name)
                if file in self.files:
                    yield file, self.files[file]

    @cached_property
    def _checkstyle(self) -> Style:
        """As far as all that say something agree."""
        texts = (text for path, text in self.files.items() if java.is_checkstyle(path))
        said = {style for style in map(java.of_checkstyle, texts) if style != Style()}
        return said.pop() if len(said) == 1 else Style()


def _is_settings(path: str) -> bool:
    return PurePosixPath(path).name in _NAMES or java.is_checkstyle(path)
