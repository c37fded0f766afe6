"""The virtual environment: what the project and its tests need, and the project from /repo.

The project is built as a wheel from a copy, so that the tree stays clean, and installed with its
dependencies. Then its own files leave the environment again, which finds /repo's instead. What
only the wheel has (extensions, version files) is kept aside for `prepare`.
"""

from __future__ import annotations

import email
import glob
import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections import Counter
from collections.abc import Mapping, Sequence
from email.message import Message
from typing import Any

from . import requirements, settings

VENV = "/deps/venv"
SOURCE = "/deps/source"
WHEELS = "/deps/wheels"
GENERATED = "/deps/generated"
FACTS = "/deps/project.json"
PACKAGING = ("pyproject.toml", "setup.py", "setup.cfg")
VERSIONS = {  # where the version comes from git's tags, which are not here
    "SETUPTOOLS_SCM_PRETEND_VERSION": "0.0.1",
    "PBR_VERSION": "0.0.1",
    "PDM_BUILD_SCM_VERSION": "0.0.1",
    "POETRY_DYNAMIC_VERSIONING_BYPASS": "0.0.1",
    "UV_DYNAMIC_VERSIONING_BYPASS": "0.0.1",
}


def fetch(job: dict[str, Any]) -> int:
    """Make the environment; 0, or 1 when what the project needs cannot be had."""
    for folder in (VENV, SOURCE, WHEELS, GENERATED):
        shutil.rmtree(folder, ignore_errors=True)
    if not _make_venv(job["pythons"], job["root"]):
        return 1
    _copy()
    inside = os.path.normpath(os.path.join(SOURCE, os.path.relpath(job["root"], "/repo")))
    wheels = _wheels(inside)
    code = _install(job, inside, list(wheels.values()))
    facts = _link(inside, wheels) if code == 0 else {}
    with open(FACTS, "w", encoding="utf-8") as file:
        json.dump(facts, file)
    for folder in (SOURCE, WHEELS):
        shutil.rmtree(folder, ignore_errors=True)
    return code


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _make_venv(pythons: Sequence[str], root: str) -> bool:
    """With the first interpreter that the project admits."""
    for python in pythons:
        made = subprocess.run([python, "-m", "venv", VENV], check=False)
        if made.returncode:
            say(f"{python} makes no virtual environment: is python3-venv installed?")
        elif _admitted(root):
            return True
        shutil.rmtree(VENV, ignore_errors=True)
    say(f"the project admits none of {', '.join(pythons)}: set python in [build.pytest]")
    return False


def _admitted(root: str) -> bool:
    table = settings.load_toml(os.path.join(root, "pyproject.toml"))
    wanted = table.get("project", {}).get("requires-python")
    if not wanted:
        return True
    code = (
        "import sys; from pip._vendor.packaging.specifiers import SpecifierSet as S;"
        "sys.exit('%d.%d.%d' % sys.version_info[:3] not in S(sys.argv[1]))"
    )
    ended = subprocess.run([VENV + "/bin/python", "-c", code, wanted], check=False)
    return ended.returncode == 0


def _copy() -> None:
    """A copy to build from: building leaves files behind."""
    shutil.copytree(
        "/repo", SOURCE, symlinks=True, ignore=shutil.ignore_patterns(".git", "__pycache__")
    )


def _pip(*args: str, env: dict[str, str] | None = None, cwd: str = SOURCE) -> bool:
    command = [VENV + "/bin/python", "-m", "pip", *args]
    quiet = {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1", "PIP_NO_CACHE_DIR": "1"}
    say("$ pip " + " ".join(args))
    ended = subprocess.run(
        command, cwd=cwd, env={**os.environ, **quiet, **(env or {})}, check=False
    )
    return ended.returncode == 0


def _wheels(source: str) -> dict[str, str]:
    """The project as a wheel, by its folder, and those of the same repository that it needs.

    Nobody else's package of such a name is ever fetched instead. {} when it is no package.
    """
    local = requirements.packages(SOURCE)
    todo = [source]
    wheels: dict[str, str] = {}
    while todo:
        folder = todo.pop()
        wheel = _wheel(folder, f"{WHEELS}/{len(wheels)}")
        if wheel:
            wheels[folder] = wheel
            needed = requirements.names(_metadata(wheel).get_all("Requires-Dist") or [])
            todo += [local[n] for n in needed if n in local and local[n] not in (*wheels, *todo)]
    return wheels if source in wheels else {}


def _wheel(source: str, target: str) -> str:
    """A package as a wheel in `target`; "" when it is no package or cannot be built."""
    if not any(os.path.exists(os.path.join(source, name)) for name in PACKAGING):
        return ""
    build = ("wheel", "-q", "--no-deps", "--use-pep517", "-w", target, source)
    if not (_pip(*build) or _pip(*build, env=VERSIONS)):
        say(
            "warning: the project does not build as a package: its tests run from its sources alone"
        )
        return ""
    return next(iter(glob.glob(target + "/*.whl")), "")


def _metadata(wheel: str) -> Message:
    with zipfile.ZipFile(wheel) as archive:
        name = next(n for n in archive.namelist() if n.endswith(".dist-info/METADATA"))
        return email.message_from_bytes(archive.read(name))


def _install(job: dict[str, Any], source: str, wheels: Sequence[str]) -> int:
    """Everything at once, which resolves best; else what is needed, then the rest one by one."""
    wheel = wheels[0] if wheels else ""
    extras = _metadata(wheel).get_all("Provides-Extra") or [] if wheel else []
    wanted = requirements.for_tests(source, extras)
    wanted.extras += job["extras"]
    wanted.requirements += job["requirements"]
    wanted.files += [os.path.join(source, file) for file in job["files"]]
    project = list(wheels)
    if not wheel:
        own = requirements.runtime(source)
        project = own.requirements + [word for file in own.files for word in ("-r", file)]
    tools = ["pytest", "coverage", *settings.plugins(job["root"])]
    pieces = [[wheel + "[" + e + "]"] for e in wanted.extras if wheel]
    pieces += [["-r", file] for file in wanted.files] + [[text] for text in wanted.requirements]
    everything = [word for piece in pieces for word in piece]
    if pieces and _pip("install", "-q", *project, *everything, *tools, cwd=source):
        return 0
    if not _pip("install", "-q", *project, "pytest", "coverage", cwd=source):
        return 1
    for piece in [*pieces, *([tool] for tool in tools[2:])]:
        if not _pip("install", "-q", *piece, cwd=source):
            say(f"warning: could not install {' '.join(piece)}; going on without")
    return 0


def _site_packages() -> str:
    code = "import sysconfig; print(sysconfig.get_path('purelib'))"
    return subprocess.check_output([VENV + "/bin/python", "-c", code], text=True).strip()


def _link(source: str, wheels: Mapping[str, str]) -> dict[str, Any]:
    """Let /repo's files be the ones that are imported; what is known of the packages."""
    site = _site_packages()
    paths: list[str] = []
    packages: list[str] = []
    for folder, wheel in wheels.items():
        homes = _replace_installed(wheel, folder, site)
        paths += [os.path.join(folder, base) for base in homes.values()]
        packages += sorted(homes)
    if not wheels:
        paths = [path for path in (source + "/src", source) if os.path.isdir(path)]
    with open(os.path.join(site, "_project_sources.pth"), "w", encoding="utf-8") as file:
        for path in dict.fromkeys(paths):
            file.write(
                os.path.normpath(os.path.join("/repo", os.path.relpath(path, SOURCE))) + "\n"
            )
    return {"packages": [p for p in packages if p.isidentifier()]}


def _replace_installed(wheel: str, source: str, site: str) -> dict[str, str]:
    """Take a package's files out of the environment; its top-level names with their folders."""
    with zipfile.ZipFile(wheel) as archive:
        names = [n for n in archive.namelist() if ".dist-info/" not in n and ".data/" not in n]
        homes = _homes(source, names)
        for name in names:
            base = homes.get(_top(name))
            if base is not None and not name.endswith("/"):
                _move_out(archive, name, os.path.join(source, base), site)
    for top in {_top(n) for n in names} - set(homes):
        say(f"warning: {top} is not found among the project's sources: it is run as installed")
    return homes


def _top(name: str) -> str:
    top = name.split("/", 1)[0]
    return top[:-3] if "/" not in name and top.endswith(".py") else top


def _homes(source: str, names: Sequence[str]) -> dict[str, str]:
    """For each top-level package the folder of the project that holds it."""
    by_name: dict[str, list[str]] = {}
    for folder, folders, files in os.walk(source):
        folders[:] = sorted(f for f in folders if f not in ("build", ".tox", "node_modules"))
        for file in files:
            if file.endswith(".py"):
                path = os.path.relpath(os.path.join(folder, file), source)
                by_name.setdefault(file, []).append(path)
    votes: dict[str, Counter[str]] = {}
    for name in names:
        for path in by_name.get(name.rsplit("/", 1)[-1], []):
            if path == name or path.endswith("/" + name):
                base = path[: len(path) - len(name)].rstrip("/")
                votes.setdefault(_top(name), Counter())[base] += 1
    return {top: min(count, key=lambda b: _rank(b, count)) for top, count in votes.items()}


def _rank(base: str, count: Counter[str]) -> tuple[int, int, str]:
    return -count[base], len(base.split("/")) if base else 0, base


def _move_out(archive: zipfile.ZipFile, name: str, home: str, site: str) -> None:
    """Remove one installed file; keep it aside when the sources do not have it."""
    installed = os.path.join(site, name)
    if os.path.exists(installed):
        os.remove(installed)
    folder = os.path.dirname(installed)
    while folder != site and os.path.isdir(folder) and set(os.listdir(folder)) <= {"__pycache__"}:
        shutil.rmtree(folder)
        folder = os.path.dirname(folder)
    if not os.path.exists(os.path.join(home, name)):
        target = os.path.join(GENERATED, os.path.relpath(home, SOURCE), name)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        with archive.open(name) as data, open(target, "wb") as out:
            shutil.copyfileobj(data, out)
