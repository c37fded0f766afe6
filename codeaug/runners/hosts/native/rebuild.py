"""Compile one changed file by the project's own build tool, and know that it was compiled.

GCC writes a notes file (.gcno) with every object that it compiles; the notes name the source files
of the object's functions. Those that name the changed file are set aside before the build, with
their objects: each must come back, else something old would be tested.
"""

from __future__ import annotations

import json
import os
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence, Set
from pathlib import Path

from .programs import run
from .spare import Compilation, looked_at, read_compilations
from .targets import Needed, needed, read_targets

ASIDE = ".before"
_OBJECTS = (".o", ".obj", ".lo")
_SOURCES = (".c", ".cc", ".cpp", ".cxx", ".c++", ".C")
# the compiler's words, the same on every machine and without colours
PLAIN = {"LC_ALL": "C", "GCC_COLORS": "", "CLICOLOR": "0", "TERM": "dumb", "NINJA_STATUS": ""}

Build = tuple[Sequence[str], str, bool]
"""A command, the folder in which it runs, and whether it runs tests besides."""


def notes_of(objects: Path, includes: Path, paths: Sequence[str]) -> list[Path]:
    """The notes files below `objects`, set aside or not, of objects with code of `paths`.

    Code that the optimiser folded is not in the notes: so what includes `paths` counts too.
    """
    wanted = {os.path.realpath(f"/repo/{path}") for path in paths}
    names = {os.path.basename(path) for path in paths}
    # a build may compile copies: those are known by their names
    return _noting(objects, includes, wanted) or _noting(objects, includes, names)


def _noting(objects: Path, includes: Path, files: Set[str]) -> list[Path]:
    """The notes files that name one of `files`, paths or names, or a source that includes one."""
    files = files | _including(objects, includes, files)
    alone = b"|".join(re.escape(os.path.basename(file).encode()) for file in files)
    ending = re.compile(rb"(?<![^\0/])(?:" + alone + rb")(?=\0)")
    notes = (note for pattern in ("*.gcno", "*.gcno" + ASIDE) for note in objects.rglob(pattern))
    return sorted(
        {
            Path(str(note).removesuffix(ASIDE))
            for note in notes
            for name in _names(note.read_bytes(), ending)
            if _is_one(name, files)
        }
    )


def _names(data: bytes, ending: re.Pattern[bytes]) -> Iterator[str]:
    """The names in a notes file, each behind a zero byte, that end so."""
    for found in ending.finditer(data):
        start = data.rfind(b"\0", 0, found.start()) + 1
        yield data[start : found.end()].decode(errors="replace")


def _is_one(name: str, files: Set[str]) -> bool:
    """Whether a file as the compiler names it may be one of `files`, which are paths or names.

    Two sources may have one name, as `src/a.cpp` and `tests/a.cpp`; headers are copied by builds.
    """
    alone = os.path.basename(name)
    if name.endswith(_SOURCES) and os.path.isabs(name) and os.path.exists(name):
        return not files.isdisjoint((os.path.realpath(name), alone))
    return any(os.path.basename(file) == alone for file in files)


def _including(objects: Path, includes: Path, files: Set[str]) -> set[str]:
    """The source files that include one of `files`, as the compiler noted it."""
    found = set()
    for file in [includes, *objects.rglob("*.d")]:
        text = file.read_text(errors="replace") if file.is_file() else ""
        for rule in text.replace("\\\n", " ").splitlines():
            read = rule.partition(":")[2].split()
            if any(_is_one(name, files) for name in read):
                own = read[0]
                found.add(os.path.realpath(own) if os.path.isabs(own) else os.path.basename(own))
    return found


def rebuild(
    objects: Path,
    includes: Path,
    state: Path,
    path: str,
    builds: Sequence[Build],
    env: Mapping[str, str],
    choose: Sequence[str] = (),
) -> tuple[str, str]:
    """Compile /repo/`path` again wherever it is used: what went wrong ("" if nothing) and the log.

    `builds` are tried in order until all objects are there. `choose` is a command of CMake's that
    makes the targets named after it. While `state` exists the programs are not those of the present
    sources.
    """
    paths = sorted({path, *_unsettled(state)})
    notes = notes_of(objects, includes, paths)
    if not notes:
        return f"no target of this build compiles {path}", ""
    state.write_text(json.dumps(paths))
    for changed in paths:
        os.utime(os.path.join("/repo", changed))
    for note in notes:
        _set_aside(note)
    known = read_compilations(objects) if choose else {}
    part = needed(read_targets(objects), notes) if known.keys() >= set(notes) else None
    env = {**env, **PLAIN}
    if part:
        build = ([*choose, *part.targets], str(objects), False)
        problem, log = _build_part(notes, part, known, build, env)
    else:
        problem, log = _build(notes, builds, env)
    if not problem:
        state.write_text(json.dumps({"built": path}))
    return problem, log


def is_built(state: Path, path: str) -> bool:
    """Whether the programs were built after `path` was last changed, and by us."""
    try:
        told = json.loads(state.read_text())
    except FileNotFoundError:
        return False
    return isinstance(told, dict) and told["built"] == path


def _unsettled(state: Path) -> list[str]:
    """Files that an earlier variant changed: they may be the original again, unknown to make."""
    try:
        told = json.loads(state.read_text())
    except FileNotFoundError:
        return []
    paths = [told["built"]] if isinstance(told, dict) else list(told)
    return [path for path in paths if os.path.exists(os.path.join("/repo", path))]


def _set_aside(note: Path) -> None:
    if note.exists():
        os.replace(note, str(note) + ASIDE)
    for suffix in (".gcda", *_OBJECTS):
        note.with_suffix(suffix).unlink(missing_ok=True)


def _build(
    notes: Sequence[Path], builds: Sequence[Build], env: Mapping[str, str]
) -> tuple[str, str]:
    log = ""
    for args, folder, runs_tests in builds:
        with tempfile.TemporaryDirectory() as nowhere:
            ended = run(args, folder, {**env, "GCOV_PREFIX": nowhere})
        log += ended.output.decode(errors="replace")
        missing = [note for note in notes if not note.exists()]
        if ended.exit_code != 0 and (missing or not runs_tests):
            return f"the build ended with exit code {ended.exit_code}", log
        if not missing:
            for note in notes:
                Path(str(note) + ASIDE).unlink()
            return "", log
    return f"the build did not compile {missing[0].stem} again", log


def _build_part(
    notes: Sequence[Path],
    part: Needed,
    known: Mapping[Path, Compilation],
    build: Build,
    env: Mapping[str, str],
) -> tuple[str, str]:
    """Make all that may run; of the spare objects only what the compiler says, and no archive."""
    made = [note for note in notes if note not in part.spare]
    for archive in part.stale:
        archive.unlink(missing_ok=True)
    spare = [known[note] for note in part.spare]
    with looked_at(spare, [known[note] for note in made], env) as looks:
        problem, log = _build(made, [build], env)
    for ended in looks:
        log += ended.output.decode(errors="replace")
        if ended.exit_code != 0:
            problem = problem or f"the compiler ended with exit code {ended.exit_code}"
    return problem, log
