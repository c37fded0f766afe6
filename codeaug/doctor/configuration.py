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
    if settings.transforms:
        yield _own_transforms(settings)
    known = [build.name for build in load()]
    for name, _ in settings.build:
        if name not in known:
            hint = did_you_mean(name, known) or f": there are {', '.join(known)}"
            detail = f"no build is called {name!r}{hint}"
            yield Line(f"[build.{name}]", False, detail, "mend the table's name", UsageError)


def _own_transforms(settings: Settings) -> Line:
    from codeaug.patterns import transforms_of

    try:
        found = transforms_of(settings.transforms)
    except UsageError as error:
        return Line("[[transforms]]", False, str(error), "codeaug transforms test", UsageError)
    return Line("[[transforms]]", True, f"{len(found)} of your own, and they can be read")
