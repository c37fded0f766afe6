"""What is bundled is found from a checkout and from a wheel; the core installs thin."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from codeaug.bundled import bundled

ROOT = Path(__file__).parent.parent
EDITOR = ROOT / "codeaug/web/editor"
STATIC = ROOT / "codeaug/web/static"
MIT = ("Copyright", "Permission is hereby granted, free of charge", 'PROVIDED "AS IS"')
SCAN = """
import json, sys
from pathlib import Path
from codeaug.bundled import bundled
from codeaug.languages import find_units
assert bundled("grammars", "java", "units.scm").is_relative_to(Path(sys.argv[1]))
units = find_units("java", b"class A { int f(int x) { return x; } }", "A.java", "")
print(units[0].name)
"""


def test_bundled_files_are_found_in_the_checkout() -> None:
    assert bundled("grammars", "cpp", "units.scm").is_file()
    with pytest.raises(FileNotFoundError, match="reinstall codeaug"):
        bundled("grammars", "cobol")


@pytest.mark.slow
def test_a_wheel_holds_everything_and_works_alone(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation",
         "-w", str(tmp_path), str(ROOT)],
        check=True,
    )  # fmt: skip
    (wheel,) = tmp_path.glob("codeaug-*.whl")
    unpacked = tmp_path / "unpacked"
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        archive.extractall(unpacked)
    assert {name.split("/")[0].split("-")[0] for name in names} == {"codeaug"}
    for part in ("_bundled/templates/review/", "_bundled/templates/dataset/",
                 "provenance/schemas/", "runners/hosts/java/", "runners/hosts/pyhost/",
                 "runners/hosts/native/", "store/migrations/", "web/static/"):  # fmt: skip
        assert any(name.startswith(f"codeaug/{part}") for name in names), part
    assert "codeaug/web/static/editor.licences.txt" in names
    for schema in ("codeaug", "codeaug-own"):
        assert f"codeaug/settings/{schema}.schema.json" in names
    assert not any(name.startswith("codeaug/web/editor/") for name in names)
    done = subprocess.run(
        [sys.executable, "-c", SCAN, str(unpacked)],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(unpacked)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "A.f"


def test_the_lock_pins_every_dependency_with_hashes() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    lock = (ROOT / "requirements.lock").read_text().lower()
    extras = project["optional-dependencies"]
    wanted = [*project["dependencies"], *extras["run"], *extras["review"], *extras["dev"]]
    for requirement in wanted:
        name = requirement.split(">")[0].split("[")[0].split("=")[0].strip()
        assert name == "codeaug" or f"\n{name}==" in f"\n{lock}", name
    assert lock.count("--hash=sha256:") > 50


def test_the_editor_that_is_served_is_the_one_that_was_built() -> None:
    digest, name = (EDITOR / "editor.sha256").read_text().split()
    assert hashlib.sha256((STATIC / name).read_bytes()).hexdigest() == digest


def test_the_editor_is_pinned_exactly_and_comes_with_all_licences() -> None:
    lock = json.loads((EDITOR / "package-lock.json").read_text())["packages"]
    wanted = json.loads((EDITOR / "package.json").read_text())["devDependencies"]
    assert lock.pop("")["devDependencies"] == wanted
    assert {name: lock[f"node_modules/{name}"]["version"] for name in wanted} == wanted
    assert wanted["codemirror"] == "6.0.2"
    assert all(package["integrity"].startswith("sha512-") for package in lock.values())
    parts = (STATIC / "editor.licences.txt").read_text().split("\n" + "-" * 80 + "\n")
    for path, package in lock.items():
        assert package["license"] == "MIT", path
        name = f"{path.removeprefix('node_modules/')} {package['version']} (MIT)"
        (part,) = (part for part in parts if name in part.splitlines())
        assert all(words in part for words in MIT), name
