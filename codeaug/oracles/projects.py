"""Which projects a repository holds, and which of them a unit belongs to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from codeaug.builds import Build, Tree, load
from codeaug.command import which
from codeaug.model import Project, Unit
from codeaug.settings import Settings


def detect(tree: Tree, settings: Settings) -> list[tuple[Project, Build]]:
    """The projects of a repository with the build of each; a root belongs to the first that fits.

    The user's `[build.<name>]` tables are merged into the project's options.
    """
    found: dict[tuple[str, str], tuple[Project, Build]] = {}
    for build in load():
        for project in build.detect(tree, settings.build_options(build.name)):
            options = dict(project.options) | settings.build_options(build.name)
            merged = replace(project, options=tuple(sorted(options.items())))
            for language in project.languages:
                found.setdefault((project.root, language), (merged, build))
    return list({project.id: (project, build) for project, build in found.values()}.values())


def project_of(unit: Unit, projects: Iterable[Project]) -> Project | None:
    """The project with the deepest root that holds the unit and compiles its language."""
    holding = [
        project
        for project in projects
        if unit.language in project.languages
        and (not project.root or unit.path.startswith(project.root + "/"))
    ]
    return max(holding, key=lambda project: len(project.root), default=None)


def missing_tools(build: Build, project: Project) -> list[tuple[str, str]]:
    """Programs that the build needs and this machine lacks, with what installs them."""
    return [(t.program, t.hint) for t in build.tools(project) if which(t.program) is None]
