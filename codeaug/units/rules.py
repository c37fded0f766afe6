"""The repository's own words about paths: `.codeaugignore` and linguist attributes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from codeaug.git import RepositoryTree
from codeaug.languages import is_vendored
from codeaug.model import SkipReason

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

IGNORE_FILE = ".codeaugignore"


@dataclass(frozen=True, slots=True)
class PathRules:
    """The repository's own words about paths: each pattern list with the folder it counts in."""

    ignored: tuple[tuple[str, GitIgnoreSpec], ...]
    generated: tuple[tuple[str, GitIgnoreSpec], ...]
    vendored: tuple[tuple[str, GitIgnoreSpec], ...]

    def reason(self, path: str) -> SkipReason | None:
        if _matches(self.ignored, path):
            return SkipReason.IGNORED
        if _matches(self.vendored, path) or is_vendored(path):
            return SkipReason.VENDORED
        return SkipReason.GENERATED if _matches(self.generated, path) else None


def path_rules(tree: RepositoryTree) -> PathRules:
    """The `.codeaugignore` files and the linguist attributes of a repository."""
    from pathspec import GitIgnoreSpec

    texts = {path: tree.read(path).decode("utf-8", "replace") for path in rule_files(tree)}
    ignore = {path: text for path, text in texts.items() if path.endswith(IGNORE_FILE)}
    attributes = {path: text for path, text in texts.items() if path not in ignore}
    return PathRules(
        tuple((_folder(p), GitIgnoreSpec.from_lines(t.splitlines())) for p, t in ignore.items()),
        *(
            tuple(
                (_folder(p), GitIgnoreSpec.from_lines(_with_attribute(t, name)))
                for p, t in attributes.items()
            )
            for name in ("linguist-generated", "linguist-vendored")
        ),
    )


def rule_files(tree: RepositoryTree) -> list[str]:
    names = (IGNORE_FILE, ".gitattributes")
    return sorted(path for path in tree.paths if path.rsplit("/", 1)[-1] in names)


def _folder(path: str) -> str:
    return path[: path.rfind("/") + 1]


def _matches(rules: Sequence[tuple[str, GitIgnoreSpec]], path: str) -> bool:
    return any(
        path.startswith(folder) and spec.match_file(path[len(folder) :]) for folder, spec in rules
    )


def _with_attribute(text: str, name: str) -> list[str]:
    """The patterns of a `.gitattributes` that set or unset an attribute, as ignore patterns."""
    patterns = []
    for line in text.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        pattern, *words = line.split()
        for word in words:
            if word in (name, f"{name}=true"):
                patterns.append(pattern)
            elif word in (f"-{name}", f"!{name}", f"{name}=false"):
                patterns.append("!" + pattern)
    return patterns
