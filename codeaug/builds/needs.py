"""What a project's own files say that it needs: how new a JDK, a CMake, a Python."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree

from codeaug.builds import Tree
from codeaug.builds.maven_poms import parse
from codeaug.model import Project

Version = tuple[int, ...]

_CMAKE = re.compile(rb"cmake_minimum_required\s*\(\s*VERSION\s+(\d+(?:\.\d+)*)", re.I)
_PYTHON = re.compile(rb"^\s*requires-python\s*=\s*[\"'][^\"'\n]*>=\s*(\d+(?:\.\d+)*)", re.M)
_JAVA = ("maven.compiler.release", "maven.compiler.source", "maven.compiler.target")
_PLUGIN = ("release", "source", "target")


@dataclass(frozen=True, slots=True)
class Need:
    """A program of at least a version, and the file that says so."""

    program: str
    least: Version
    file: str


def needs(tree: Tree, project: Project) -> Iterator[Need]:
    """What the files of the project's root say; nothing where they say nothing that is plain."""
    paths = set(tree.paths)
    for name, pattern, program in (
        ("CMakeLists.txt", _CMAKE, "cmake"),
        ("pyproject.toml", _PYTHON, "python"),
    ):
        path = posixpath.join(project.root, name)
        if path in paths and (found := pattern.search(tree.read(path))):
            yield Need(program, version(found[1].decode()), path)
    if "java" in project.languages:
        yield from _java(tree, project)


def _java(tree: Tree, project: Project) -> Iterator[Need]:
    """The newest that any POM below the project's root asks for."""
    prefix = project.root + "/" if project.root else ""
    asked = [
        (number, path)
        for path in tree.paths
        if path.startswith(prefix) and posixpath.basename(path) == "pom.xml"
        for number in _of_pom(parse(tree, path))
    ]
    if asked:
        number, path = max(asked)
        yield Need("javac", (number,), path)


def _of_pom(pom: ElementTree.Element | None) -> Iterator[int]:
    if pom is None:
        return
    properties = {e.tag: (e.text or "").strip() for e in pom.findall("./properties/*")}
    words = [properties.get(name, "") for name in _JAVA]
    for plugin in pom.findall("./build//plugin"):
        if (plugin.findtext("artifactId") or "").strip() == "maven-compiler-plugin":
            words += [(plugin.findtext(f"./configuration/{n}") or "").strip() for n in _PLUGIN]
    for word in words:
        if inner := re.fullmatch(r"\$\{([^}]+)\}", word):
            word = properties.get(inner[1], "")
        if found := re.fullmatch(r"(?:1\.)?(\d+)", word):
            yield int(found[1])


def version(text: str) -> Version:
    """The first number with dots in a text, or an empty one."""
    found = re.search(r"\d+(?:\.\d+)*", text)
    return tuple(map(int, found[0].split("."))) if found else ()
