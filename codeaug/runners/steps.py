"""Run a build's steps in a workspace, and read what they did."""

from __future__ import annotations

from typing import Protocol

from codeaug.builds import Harvest, Result, Step
from codeaug.model import Command, Outcome


class Workspace(Protocol):
    """A private copy of a tree, inside the sandbox."""

    def run(self, command: Command) -> Outcome: ...

    def write(self, path: str, data: bytes) -> None: ...

    @property
    def harvest(self) -> Harvest: ...


def perform(workspace: Workspace, step: Step[Result]) -> tuple[Result, list[Outcome]]:
    """Run a step's commands, stopping at the first that fails, and read what they did."""
    outcomes: list[Outcome] = []
    for command in step.commands:
        outcomes.append(workspace.run(command))
        if not outcomes[-1].ok:
            break
    return step.read(outcomes, workspace.harvest), outcomes
