"""What codeaug tells about a place in the code: one record for every reader and format."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from codeaug.model import content_id


def printable(text: str) -> str:
    """A name or message on one line, without what a terminal, a log or a reader's eye would obey:
    such as line ends, escapes, marks of direction. They are shown as Python writes them."""
    return "".join(one if one.isprintable() else ascii(one)[1:-1] for one in text)


class Level(StrEnum):
    """As SARIF names them (2.1.0, 3.27.10)."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Rule:
    """A kind of notice. `help` says what a person can do about it."""

    id: str
    level: Level
    summary: str
    help: str


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing to tell about lines `line` to `end_line` (from 1; 0: the whole file) of `path`.

    `unit` is the qualified name of the function that it is about, or empty.
    """

    rule: Rule
    path: str
    message: str
    line: int = 0
    end_line: int = 0
    unit: str = ""

    @property
    def fingerprint(self) -> str:
        """Stays while lines move: of the rule, the path, the unit and what is said."""
        return content_id(self.rule.id, self.path, self.unit, self.message)


RULES = {
    rule.id: rule
    for rule in (
        Rule(
            "unparseable",
            Level.ERROR,
            "Code that cannot be parsed",
            "Mend the syntax error: no variant can be made of code that does not parse.",
        ),
        Rule(
            "unparsed",
            Level.WARNING,
            "C++ code that can be parsed no more, perhaps for a macro",
            "If it compiles, leave it: codeaug passes over what it cannot parse.",
        ),
        Rule(
            "secret",
            Level.ERROR,
            "What looks like a secret",
            "Take it out of the code and out of the history, and replace it where it is used.",
        ),
        Rule(
            "policy-mark",
            Level.WARNING,
            "Code that is marked to stay here",
            "Nothing of this file is sent to a model or exported while the mark stands.",
        ),
        Rule(
            "stale",
            Level.WARNING,
            "Approved variants that this change makes stale",
            "`codeaug run` makes variants of the new text; the old ones stay with their commit.",
        ),
        Rule(
            "settings",
            Level.ERROR,
            "A setting that is wrong",
            "`codeaug config validate` says what is allowed there.",
        ),
        Rule(
            "settings-changed",
            Level.WARNING,
            "Settings that the change is judged by, and changes itself",
            "See whether something is left out that should be looked at; else leave it.",
        ),
        Rule(
            "dataset",
            Level.ERROR,
            "A dataset whose manifest and files disagree",
            "Export it anew by `codeaug export`, and commit all of its files together.",
        ),
        Rule(
            "no-oracle",
            Level.WARNING,
            "A changed function that no test executes",
            "Write a test that executes it: until then no variant of it can be believed.",
        ),
        Rule(
            "weak-oracle",
            Level.WARNING,
            "A changed function whose tests miss injected faults",
            "Let a test check what is named: the fault described there went unnoticed.",
        ),
        Rule(
            "diverges",
            Level.ERROR,
            "A variant that behaves differently",
            "The variant is kept out of the queue; `codeaug explain` shows the witness.",
        ),
        Rule(
            "broken-baseline",
            Level.ERROR,
            "A project that does not build or pass before any change",
            "Make the unchanged project build and its tests pass, or name them in `ignore_tests`.",
        ),
    )
}
