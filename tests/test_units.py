from __future__ import annotations

from multiprocessing import active_children
from pathlib import Path

import pytest

from codeaug.model import ScannedFile, SkipReason
from codeaug.repository import RepositoryTree, open_repository, source_files
from codeaug.settings import Settings
from codeaug.units import find_all, find_in_file, fingerprint, selected, workers


def scan(folder: Path, **settings: object) -> dict[str, ScannedFile]:
    repository = open_repository(str(folder), folder.parent / "work")
    wanted = Settings(jobs=2, **settings)  # type: ignore[arg-type]
    found = find_all(repository, selected(source_files(repository), wanted), wanted)
    return {item.file.path: item for item in found}


def write(folder: Path, files: dict[str, str | bytes]) -> Path:
    for name, text in files.items():
        path = folder / "project" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder / "project"


PY = "def f(a):\n    return a\n"


def test_every_file_gives_its_units_or_one_reason(tmp_path: Path) -> None:
    folder = write(
        tmp_path,
        {
            "a.py": PY,
            "A.java": "class A { int f() { return 1; } }",
            "a.cpp": "int f() { return 1; }",
            "test_a.py": PY,
            "b_pb2.py": PY,
            "vendor/a.py": PY,
            "gen/a.py": PY,
            "old/a.py": PY,
            "old/keep.py": PY,
            "sub/.codeaugignore": "c.py\n",
            "sub/c.py": PY,
            "c.py": PY,
            "latin.py": "s = 'é'\n".encode("latin-1") + PY.encode(),
            "binary.py": b"\0" * 100,
            "large.py": "# x\n" * 5000 + PY,
            "deep.py": "x = " + "(" * 5000 + ")" * 5000 + "\n",
            "marked.py": f"# codeaug: skip\n\n{PY}",
            "none.py": "",
            ".codeaugignore": "/old/*\n!/old/keep.py\n",
            ".gitattributes": "# what a program wrote\n\n"
            "gen/** linguist-generated=true\nother -linguist-generated\n",
        },
    )
    found = scan(folder, max_file_kib=16)
    reasons = {path: item.skips[0].reason for path, item in found.items() if item.skips}
    assert reasons == {
        "test_a.py": SkipReason.TEST,
        "b_pb2.py": SkipReason.GENERATED,
        "vendor/a.py": SkipReason.VENDORED,
        "gen/a.py": SkipReason.GENERATED,
        "old/a.py": SkipReason.IGNORED,
        "sub/c.py": SkipReason.IGNORED,
        "latin.py": SkipReason.NOT_UTF8,
        "binary.py": SkipReason.BINARY,
        "large.py": SkipReason.TOO_LARGE,
        "deep.py": SkipReason.TOO_DEEP,
        "marked.py": SkipReason.MARKED,
    }
    units = {path: [unit.name for unit in item.units] for path, item in found.items() if item.units}
    assert units == {
        **{"a.py": ["f"], "A.java": ["A.f"], "a.cpp": ["f"]},
        **{"c.py": ["f"], "old/keep.py": ["f"]},
    }


def test_a_mark_that_keeps_units_out_of_datasets_is_told_by_the_scan(tmp_path: Path) -> None:
    marked = f"# codeaug: no-train\n{PY}\n\ndef g():\n    return 1\n"
    folder = write(tmp_path, {"a.py": marked, "b.py": PY})
    found = scan(folder)
    assert [unit.name for unit in found["a.py"].units] == ["f", "g"]
    assert found["a.py"].no_train == {found["a.py"].units[0].span.start}
    assert found["b.py"].no_train == frozenset()


def test_units_from_workers_are_those_that_one_process_finds(tmp_path: Path) -> None:
    folder = write(tmp_path, {f"m{i}.py": PY + f"\n\ndef g{i}(): ...\n" for i in range(30)})
    for path, item in scan(folder).items():
        source = (folder / path).read_bytes()
        alone = find_in_file(path, "python", item.file.blob, source)
        assert [*item.units, *item.skips] == alone


def test_settings_choose_languages_and_paths(tmp_path: Path) -> None:
    folder = write(tmp_path, {"a.py": PY, "x/b.py": PY, "x/c.py": PY, "A.java": "class A { }"})
    assert set(scan(folder, languages=("java",))) == {"A.java"}
    assert set(scan(folder, paths=("x/",))) == {"x/b.py", "x/c.py"}
    assert set(scan(folder, paths=("*.py",), skip=("x/c.py",))) == {"a.py", "x/b.py"}


@pytest.mark.slow
def test_file_that_kills_its_worker_is_skipped_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Memory for a worker is cut so far that one file, and only it, cannot be parsed."""
    monkeypatch.setattr(workers, "_begin_worker", _begin_small_worker)
    large = "x = [" + "1, " * 2_000_000 + "]\n" + PY
    folder = write(tmp_path, {**{f"m{i}.py": PY for i in range(8)}, "large.py": large})
    found = scan(folder, max_file_kib=20_000)
    assert found["large.py"].skips[0].reason is SkipReason.PARSER_DIED
    assert all(len(item.units) == 1 for path, item in found.items() if path != "large.py")


def _begin_small_worker() -> None:
    workers.WORKER_MEMORY = 260_000_000
    workers._begin_worker()


def test_file_that_takes_too_long_is_skipped_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The patience with one file is none: the time limit is real, the file is harmless."""
    monkeypatch.setattr(
        workers, "_patience", lambda batch: 0.01 if any("slow" in f.path for f, _ in batch) else 60
    )
    folder = write(tmp_path, {"a.py": PY, "slow.py": PY * 20_000, "z.py": PY})
    found = scan(folder)
    assert found["slow.py"].skips[0].reason is SkipReason.PARSER_DIED
    assert found["slow.py"].skips[0].detail == "took too long"
    assert len(found["a.py"].units) == len(found["z.py"].units) == 1


def test_scan_that_is_given_up_ends_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Texts that no worker has taken yet fill the pipe to the workers: nobody waits for it."""
    monkeypatch.setattr(workers, "BATCH_BYTES", 100_000)
    folder = write(tmp_path, {f"m{i}.py": f"# {i}\n" + PY * 20_000 for i in range(8)})
    repository = open_repository(str(folder), tmp_path / "work")
    found = find_all(repository, source_files(repository), Settings(jobs=2))
    assert next(found).file.path == "m0.py"
    found.close()  # type: ignore[attr-defined]
    assert not [child for child in active_children() if "pebble" in child.name]


def test_fingerprint_changes_with_what_the_repository_ignores(tmp_path: Path) -> None:
    folder = write(tmp_path, {"a.py": PY})
    before = RepositoryTree(open_repository(str(folder), tmp_path / "work"))
    assert fingerprint(before) == fingerprint()
    write(tmp_path, {".codeaugignore": "a.py\n"})
    after = RepositoryTree(open_repository(str(folder), tmp_path / "work"))
    assert fingerprint(after) != fingerprint(before)
