"""Isolation for everything that comes from a repository or a model; see docs/sandbox.md.

    sandbox = probe()
    with sandbox.workspace(tree, deps=deps, scratch=scratch, overlay=True) as workspace:
        workspace.write("src/a.py", changed)
        outcome = workspace.run(Command(("pytest",)))
        workspace.harvest.read("report.xml")

No isolation is an error, never a fallback; `Sandbox.level` belongs in each finding.
"""

from __future__ import annotations

from codeaug.sandbox.conversation import Conversation, Gone
from codeaug.sandbox.limits import Limits
from codeaug.sandbox.probing import probe
from codeaug.sandbox.workspace import Sandbox, Workspace

__all__ = ["Conversation", "Gone", "Limits", "Sandbox", "Workspace", "probe"]
