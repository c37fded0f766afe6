"""The changed files that the hook looks at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from codeaug.index import Change, Objects
from codeaug.parsing import Changed
from codeaug.settings import Settings

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

# Those of `codeaug.languages`, which takes as long to import as all else together.
_SUFFIXES = {
    "python": (".py", ".pyw"),
    "java": (".java",),
    "cpp": (".h", ".hh", ".hpp", ".hxx", ".h++", ".cc", ".cpp", ".cxx", ".c++", ".ipp", ".inl",
            ".tpp"),
}  # fmt: skip
LANGUAGE = {suffix: name for name, suffixes in _SUFFIXES.items() for suffix in suffixes}
BATCH = 32_000_000
"""Bytes that are held at once, about."""
_BINARY_HEAD = 8000


def language_of(path: str) -> str:
    return LANGUAGE.get(PurePosixPath(path).suffix.lower(), "")


def some_code(changes: Iterable[Change]) -> bool:
    return any(language_of(path) for change in changes for path in (change.path, change.old_path))


def of_interest(
    changes: Iterable[Change], settings: Settings, only: Sequence[str] = ()
) -> list[Change]:
    """Changes to code that the settings let through; with `only` those of these paths."""
    language = _language_by(settings)
    found = [one for change in changes for one in _as_code(change, language)]
    return [change for change in found if not only or change.path in only]


def _language_by(settings: Settings) -> Callable[[str], str]:
    """The language of a path; none of one that the settings leave out."""
    wanted = unwanted = None
    if settings.paths or settings.skip:
        from pathspec import GitIgnoreSpec

        wanted = GitIgnoreSpec.from_lines(settings.paths or ("/**",))
        unwanted = GitIgnoreSpec.from_lines(settings.skip)

    def language(path: str) -> str:
        name = language_of(path)
        if not name or (settings.languages and name not in settings.languages):
            return ""
        if wanted and unwanted and (not wanted.match_file(path) or unwanted.match_file(path)):
            return ""
        return name

    return language


def _as_code(change: Change, language: Callable[[str], str]) -> list[Change]:
    """A file that is renamed to another language, or to what is not looked at, is gone from its
    own."""
    now = language(change.path)
    before = now if change.old_path == change.path else language(change.old_path)
    if before in ("", now):
        return [change] if now else []
    gone = Change(change.old_path, "", change.olds, change.old_path)
    new = Change(change.path, change.blob, (), change.path)
    return [gone, new] if now else [gone]


def batches(changes: Sequence[Change], objects: Objects, largest: int) -> Iterator[list[Changed]]:
    """The changed files with their texts, some at a time; without those that are too large, binary
    or not there."""
    batch: list[Changed] = []
    size = 0
    for first in range(0, len(changes), 50):
        for file in _texts(changes[first : first + 50], objects, largest):
            batch.append(file)
            size += len(file.text) + sum(map(len, file.olds))
        if size >= BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _texts(changes: Sequence[Change], objects: Objects, largest: int) -> Iterator[Changed]:
    wanted = [blob for change in changes for blob in (change.blob, *change.olds) if blob]
    texts = iter(objects.read(wanted, largest))
    for change in changes:
        text = next(texts) if change.blob else b""
        olds = [next(texts) for _ in change.olds]
        if text is not None and b"\0" not in text[:_BINARY_HEAD]:
            kept = tuple(old for old in olds if old is not None)
            yield Changed(change.path, language_of(change.path), text, kept, change.old_path)


def ignored(paths: Iterable[str], objects: Objects) -> frozenset[str]:
    """Those of the paths that the repository's own `.codeaugignore` files leave out."""
    specs: dict[str, GitIgnoreSpec | None] = {}

    def spec(folder: str) -> GitIgnoreSpec | None:
        if folder not in specs:
            text = objects.at(f"{folder}.codeaugignore")
            specs[folder] = None if text is None else _spec(text)
        return specs[folder]

    return frozenset(
        path
        for path in paths
        for folder in _folders(path)
        if (found := spec(folder)) and found.match_file(path[len(folder) :])
    )


def _spec(text: bytes) -> GitIgnoreSpec:
    from pathspec import GitIgnoreSpec

    return GitIgnoreSpec.from_lines(text.decode("utf-8", "replace").splitlines())


def _folders(path: str) -> list[str]:
    """The folders that a file lies in, from the top, which is ""."""
    parts = path.split("/")[:-1]
    return ["".join(f"{part}/" for part in parts[:n]) for n in range(len(parts) + 1)]
