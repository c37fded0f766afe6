"""Which POMs of a tree are projects: the tops of multi-module builds, and POMs on their own."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping, Sequence
from xml.etree import ElementTree

from codeaug.builds import Tree
from codeaug.model import Project

# Folders whose POMs belong to somebody else, or to a test.
_FOREIGN = frozenset(
    (
        *("src", "target", "vendor", "vendored", "third_party", "third-party", "thirdparty"),
        *("external", "node_modules", "testdata", "test-data", "fixtures", "archetype-resources"),
        *("it", "its", "test", "tests", "testing"),
    )
)


def detect(tree: Tree, options: Mapping[str, str]) -> Sequence[Project]:
    """A Project for each Maven build that has Java sources; modules belong to their top."""
    poms = {p: parse(tree, p) for p in tree.paths if posixpath.basename(p) == "pom.xml"}
    modules = {path: _modules(path, pom, poms) for path, pom in poms.items()}
    inner = {module for found in modules.values() for module in found}
    projects = (
        _project(tree, top, _reachable(top, modules), poms)
        for top in poms
        if top not in inner and not _FOREIGN & set(top.split("/")[:-1])
    )
    return sorted((p for p in projects if p is not None), key=lambda project: project.root)


def parse(tree: Tree, path: str) -> ElementTree.Element | None:
    """The POM's root element, or None where it is no XML: Maven will say why."""
    try:
        root = ElementTree.fromstring(tree.read(path))
    except (ElementTree.ParseError, ValueError, LookupError):
        return None
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
    return root


def _modules(
    path: str, pom: ElementTree.Element | None, poms: Mapping[str, object]
) -> tuple[str, ...]:
    """POMs that this one names as modules, in any profile, and that are in the tree."""
    if pom is None:
        return ()
    named = (element.text or "" for element in pom.iter("module"))
    folder = posixpath.dirname(path)
    places = (posixpath.normpath(posixpath.join(folder, name.strip())) for name in named)
    files = (p if p.endswith(".xml") else posixpath.join(p, "pom.xml").lstrip("./") for p in places)
    return tuple(file for file in files if file in poms and file != path)


def _reachable(top: str, modules: Mapping[str, Sequence[str]]) -> list[str]:
    found, waiting = [], [top]
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.append(path)
            waiting += modules[path]
    return found


def _project(
    tree: Tree,
    top: str,
    members: Sequence[str],
    poms: Mapping[str, ElementTree.Element | None],
) -> Project | None:
    folders = [posixpath.dirname(path) for path in members]
    root = posixpath.commonpath(folders) if all(folders) else ""
    if not any(path.endswith(".java") and _below(path, folders) for path in tree.paths):
        return None
    options = {"pom": posixpath.relpath(top, root or "."), "goals": "test"}
    if any(_uses_failsafe(pom) for path, pom in poms.items() if path in members):
        options["goals"] = "verify"
    return Project("maven", root, ("java",), tuple(options.items()))


def _below(path: str, folders: Iterable[str]) -> bool:
    return any(not folder or path.startswith(f"{folder}/") for folder in folders)


def _uses_failsafe(pom: ElementTree.Element | None) -> bool:
    """Whether the POM (or a profile in it) binds Failsafe, not only manages its version."""
    if pom is None:
        return False
    plugins = (build.findall("plugins/plugin") for build in pom.iter("build"))
    return any(
        plugin.findtext("artifactId") == "maven-failsafe-plugin"
        and plugin.find("executions") is not None
        for found in plugins
        for plugin in found
    )
