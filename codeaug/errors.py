"""What a user can put right, and the exit code of each kind.

Every message is one sentence that says what happened and what to do.
"""

from __future__ import annotations


class CodeaugError(Exception):
    """Base of all errors that reach the user as one sentence. Never raised itself."""

    exit_code = 70


class GateFailed(CodeaugError):
    """A gate that the user asked for failed."""

    exit_code = 1


class UsageError(CodeaugError):
    """A wrong argument or setting, or an input that cannot be used as it is."""

    exit_code = 2


class RepositoryError(UsageError):
    """No such path, not a repository, empty, unreadable."""


class BrokenBaseline(UsageError):
    """The unchanged project does not build or pass its tests. `log` is the build's own word."""

    def __init__(self, message: str, log: str = "") -> None:
        super().__init__(message)
        self.log = log


class StoreError(UsageError):
    """The store cannot be opened, is of a newer version, or is in use."""


class Busy(StoreError):
    """Others write to the store for longer than one waits."""


class LateDecision(UsageError):
    """Somebody decided about a card that was not theirs (any more)."""


class Paused(UsageError):
    """A person gets no cards until somebody has looked into how they decide."""


class MissingTool(CodeaugError):
    """Something needed is not on this machine; the message says what installs it."""

    exit_code = 3


class OutOfSpace(CodeaugError):
    """The disk is full; what was finished is kept."""

    exit_code = 3


class ModelUnavailable(CodeaugError):
    """The model endpoint cannot be reached, or the budget is spent; partial results are saved."""

    exit_code = 4


class ReceiverUnavailable(CodeaugError):
    """Where samples are pushed to cannot be reached, or refuses them; all of them are kept here."""

    exit_code = 4


class Disagreement(CodeaugError):
    """The audit found that the resident runner and the cold one judge a variant differently."""


class NoSandbox(CodeaugError):
    """No isolation is available, so nothing generated is run."""

    exit_code = 5
