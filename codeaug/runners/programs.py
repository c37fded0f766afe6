"""A resident program that runs in its workspace."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from codeaug.builds import Prepared
from codeaug.model import Command
from codeaug.runners import HandOver
from codeaug.sandbox import Conversation, Sandbox, Workspace


@dataclass
class Program:
    """One running resident program with its workspace."""

    conversation: Conversation
    workspace: Workspace
    stack: contextlib.ExitStack
    clean: frozenset[tuple[str, int, int]]

    @classmethod
    def start(
        cls, sandbox: Sandbox, scratch: Path, prepared: Prepared, command: Command
    ) -> Program:
        with contextlib.ExitStack() as stack:
            workspace = stack.enter_context(
                sandbox.workspace(prepared.tree, deps=prepared.deps, scratch=scratch, overlay=True)
            )
            conversation = stack.enter_context(workspace.converse(command))
            return cls(conversation, workspace, stack.pop_all(), workspace.changed_files())

    def ask(self, request: Mapping[str, Any], seconds: float) -> tuple[bytes, dict[str, Any]]:
        """Raises HandOver where the program gives up, and Gone where it ends."""
        answer, last = self.conversation.ask(request, seconds)
        if "cold" in last:
            raise HandOver(str(last["cold"]))
        return answer, last

    @property
    def is_clean(self) -> bool:
        return self.workspace.changed_files() == self.clean

    def close(self) -> None:
        self.stack.close()
