"""Whether the settings can be used."""

from __future__ import annotations

from collections.abc import Iterator

from codeaug.builds import load
from codeaug.doctor.line import Line
from codeaug.errors import UsageError
from codeaug.settings import Settings, did_you_mean


def lines(settings: Settings, problem: str) -> Iterator[Line]:
    if problem:
        yield Line("settings", False, problem, "codeaug config validate", UsageError)
        return
    yield Line("settings", True, "valid, and every profile")
    known = [build.name for build in load()]
    for name, _ in settings.build:
        if name not in known:
            hint = did_you_mean(name, known) or f": there are {', '.join(known)}"
            detail = f"no build is called {name!r}{hint}"
            yield Line(f"[build.{name}]", False, detail, "mend the table's name", UsageError)
