"""What a person sees in the terminal: progress and tables. On standard error, never on output."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from codeaug.notices import printable

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress as RichProgress
    from rich.progress import TaskID

PLAIN_EVERY_SECONDS = 10.0


def console() -> Console:
    """Standard error, coloured on a terminal unless NO_COLOR is set."""
    from rich.console import Console

    # `openai:x:` is a name, no picture of an x.
    return Console(stderr=True, highlight=False, emoji=False, soft_wrap=not sys.stderr.isatty())


def line(text: str, style: str = "") -> None:
    """One line, whatever names are in it."""
    console().print(printable(text), markup=False, style=style or None)


@dataclass
class Stage:
    """One long piece of work that a person can watch."""

    name: str
    total: int | None
    done: int = 0
    shown: float = field(default_factory=time.monotonic)


class Progress:
    """Bars on a terminal; elsewhere plain lines: at the start, now and then, and at the end."""

    def __init__(self, quiet: bool = False) -> None:
        self._console = console()
        self._quiet = quiet
        self._bars: RichProgress | None = None

    def note(self, text: str) -> None:
        """One line that stays."""
        if not self._quiet:
            self._console.print(printable(text), markup=False)

    @contextmanager
    def stage(self, name: str, total: int | None = None) -> Iterator[Any]:
        """`advance(n, what)` moves on by n; `total` None when the amount is not known."""
        stage = Stage(name, total)
        if self._quiet:
            yield lambda n=1, what="": None
        elif self._console.is_terminal:
            with self._bar() as bars:
                task = bars.add_task(name, total=total)
                yield lambda n=1, what="": self._move(bars, task, name, n, what)
        else:
            self.note(f"{name} ...")
            yield lambda n=1, what="": self._line(stage, n)
            self.note(f"{name}: {stage.done} done" if stage.done else f"{name}: done")

    def _bar(self) -> RichProgress:
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            Progress,
            SpinnerColumn,
            TextColumn,
            TimeElapsedColumn,
        )

        return Progress(
            SpinnerColumn(),
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=self._console,
            transient=False,
        )

    def _move(self, bars: RichProgress, task: TaskID, name: str, n: int, what: str) -> None:
        bars.update(task, advance=n, description=printable(f"{name}: {what}" if what else name))

    def _line(self, stage: Stage, n: int) -> None:
        stage.done += n
        if time.monotonic() - stage.shown > PLAIN_EVERY_SECONDS:
            stage.shown = time.monotonic()
            of = f" of {stage.total}" if stage.total else ""
            self.note(f"{stage.name}: {stage.done}{of}")


def table(title: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """A table on standard error; the first column is text, the others are right-aligned."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    made = Table(
        title=printable(title),
        title_justify="left",
        title_style="bold",
        box=SIMPLE_HEAD,
        padding=(0, 1, 0, 0),
    )
    for number, column in enumerate(columns):
        made.add_column(column, justify="left" if number == 0 else "right")
    for row in rows:
        made.add_row(*(printable(str(cell)) for cell in row))
    console().print(made)
