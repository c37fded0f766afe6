"""One thing that was looked at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from codeaug.errors import CodeaugError, MissingTool, NoSandbox


@dataclass(frozen=True, slots=True)
class Line:
    """`fix` is the command that mends what is wrong, or what somebody may want to do about what is
    not; empty when there is nothing to do. `error` gives the exit code when it is not `ok`."""

    name: str
    ok: bool
    detail: str
    fix: str = ""
    error: type[CodeaugError] = MissingTool

    @property
    def word(self) -> str:
        if not self.ok:
            return "missing"
        return "note" if self.fix else "ok"


def first_error(lines: Sequence[Line]) -> CodeaugError | None:
    """The error that the exit code follows from: a missing tool before all, a sandbox last."""
    wrong = [line for line in lines if not line.ok]
    wrong.sort(key=lambda line: (line.error is not MissingTool, line.error is NoSandbox))
    if not wrong:
        return None
    kind = wrong[0].error
    alike = [line for line in wrong if line.error is kind]
    return kind(", ".join(f"{line.name}: {line.detail} ({line.fix})" for line in alike))
