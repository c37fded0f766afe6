"""Which build files of a repository are projects of its own."""

from __future__ import annotations

from collections.abc import Iterable

from codeaug.builds import Tree

_CPP = (".cpp", ".cc", ".cxx", ".c++", ".hpp", ".hh", ".hxx", ".h++", ".ipp", ".C")

_FOREIGN = frozenset(
    {
        "vendor", "vendored", "third_party", "third-party", "thirdparty", "3rdparty", "external",
        "externals", "extern", "deps", "subprojects", "submodules", "node_modules", "fixtures",
        "testdata", "test-data", "test_data", "debian", "_deps",
    }
)  # fmt: skip


def is_foreign(path: str) -> bool:
    """Whether a build file lies in a folder of other people's code, or of a test's input."""
    return any(part.lower() in _FOREIGN for part in path.split("/")[:-1])


def has_cpp(tree: Tree, root: str) -> bool:
    """Whether C++ files lie at or below `root`."""
    return any(p.endswith(_CPP) and (not root or p.startswith(root + "/")) for p in tree.paths)


def outermost(roots: Iterable[str]) -> list[str]:
    """The roots that lie in no other root, in order."""
    kept: list[str] = []
    for root in sorted(set(roots), key=lambda root: (root.count("/") if root else -1, root)):
        if not any(not top or root.startswith(top + "/") for top in kept):
            kept.append(root)
    return kept
