"""The cache of dependencies: verified when it is read, and never a way out of its folder."""

from __future__ import annotations

import hashlib
import io
import json
import os
import tarfile
from pathlib import Path

import pytest

from codeaug.ci.cache import require_own, restore, save
from codeaug.errors import UsageError
from tests.conftest import git

KEY = "a1b2c3"


@pytest.fixture
def deps(tmp_path: Path) -> Path:
    folder = tmp_path / "deps" / KEY
    (folder / "lib").mkdir(parents=True)
    (folder / "lib" / "run").write_bytes(b"#!\x00")
    (folder / "lib" / "run").chmod(0o755)
    (folder / "lib" / "twin").hardlink_to(folder / "lib" / "run")
    (folder / "python").symlink_to("/usr/bin/python3")
    (folder / ".fetched").touch()
    return tmp_path / "deps"


def test_what_is_saved_comes_back_as_it_was(deps: Path, tmp_path: Path) -> None:
    save(tmp_path / "cache", deps, {KEY})
    assert restore(tmp_path / "cache", tmp_path / "new") == []
    back = tmp_path / "new" / KEY
    assert (back / "lib" / "run").read_bytes() == (back / "lib" / "twin").read_bytes() == b"#!\x00"
    assert os.access(back / "lib" / "run", os.X_OK)
    assert os.readlink(back / "python") == "/usr/bin/python3"
    assert [path.name for path in (tmp_path / "new").iterdir()] == [KEY]


def test_what_is_there_already_is_not_touched(deps: Path, tmp_path: Path) -> None:
    save(tmp_path / "cache", deps, {KEY})
    (deps / KEY / "lib" / "run").write_bytes(b"own")
    assert restore(tmp_path / "cache", deps) == []
    assert (deps / KEY / "lib" / "run").read_bytes() == b"own"


def test_only_what_was_used_is_kept(deps: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    save(cache, deps, {KEY})
    (deps / "other").mkdir()
    (deps / "other" / ".fetched").touch()
    save(cache, deps, {"other"})
    assert sorted(path.name for path in cache.iterdir()) == ["other.json", "other.tar"]


def test_what_was_not_fetched_to_its_end_is_not_kept(deps: Path, tmp_path: Path) -> None:
    (deps / KEY / ".fetched").unlink()
    save(tmp_path / "cache", deps, {KEY})
    assert list((tmp_path / "cache").iterdir()) == []


def test_files_of_others_stay(deps: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    cache.mkdir()
    texts = {"package.json": "{}", "ab.json": '{"format": 1, "key": "ac"}', "ab.tar": "precious"}
    for name, text in texts.items():
        (cache / name).write_text(text)
    save(cache, deps, {KEY})
    assert {name: (cache / name).read_text() for name in texts} == texts


def test_a_cache_that_came_with_the_repository_is_refused(deps: Path, tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    cache = tmp_path / "cache"
    save(cache, deps, {KEY})
    require_own(cache)
    git(tmp_path, "add", "-f", "cache")
    with pytest.raises(UsageError, match="git tracks files"):
        require_own(cache)
    (tmp_path / "link").symlink_to(deps)
    with pytest.raises(UsageError, match="is a link"):
        require_own(tmp_path / "link")


def test_nobody_waits_at_a_pipe(deps: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    save(cache, deps, {KEY})
    for name in (f"{KEY}.tar", "ab.json"):
        (cache / name).unlink(missing_ok=True)
        os.mkfifo(cache / name)
    first, second = restore(cache, tmp_path / "new")
    assert "is no plain file" in first
    assert "is no plain file" in second
    save(cache, deps, set())
    assert (cache / "ab.json").exists()


def test_an_archive_that_was_changed_is_ignored(deps: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    save(cache, deps, {KEY})
    data = (cache / f"{KEY}.tar").read_bytes()
    (cache / f"{KEY}.tar").write_bytes(data.replace(b"#!\x00", b"#!\x01"))
    (said,) = restore(cache, tmp_path / "new")
    assert said == f"the cache's entry '{KEY}' is ignored: its digest is another"
    assert list((tmp_path / "new").iterdir()) == []


def test_an_entry_under_another_key_is_ignored(deps: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    save(cache, deps, {KEY})
    for suffix in ("tar", "json"):
        (cache / f"{KEY}.{suffix}").rename(cache / f"ffff.{suffix}")
    (said,) = restore(cache, tmp_path / "new")
    assert said.endswith("it was made for another key")


@pytest.mark.parametrize(
    "line", [b"", b"[]", b'{"format": 9}', b"\xff", b'{"key": 1}', b"[" * 3000]
)
def test_a_line_that_says_nothing_is_ignored(line: bytes, tmp_path: Path) -> None:
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / f"{KEY}.json").write_bytes(line)
    assert len(restore(tmp_path / "cache", tmp_path / "new")) == 1


def test_a_cache_that_is_not_there_is_empty(tmp_path: Path) -> None:
    assert restore(tmp_path / "cache", tmp_path / "new") == []


# --- by somebody who can make digests, too --------------------------------------------------------


def link(name: str, target: str, kind: bytes = tarfile.SYMTYPE) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, target
    return info


def folder(name: str) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type = tarfile.DIRTYPE
    return info


def pipe(name: str) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type = tarfile.FIFOTYPE
    return info


def plain(name: str) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.size = 5
    return info


ATTACKS = {
    "a place above": [plain("../caught")],
    "an absolute place": [plain("/tmp/caught")],
    "a file behind a link": [link("way", ".."), plain("way/caught")],
    "a link behind a link": [link("l", "/nowhere/x"), link("l/evil", "/etc")],
    "a link behind a link that leads to a folder": [
        link("l", "../../.."),
        link("l/caught", "/etc"),
    ],
    "a link in front of a link": [link("l/caught", "/etc"), link("l", "../../..")],
    "a link twice": [link("l", "/etc"), link("l", "/usr")],
    "a link in place of a file": [plain("caught"), link("caught", "../caught")],
    "a file twice": [plain("caught"), plain("caught")],
    "a hard link": [link("x", "/etc/passwd", tarfile.LNKTYPE)],
    "a pipe": [pipe("x")],
    "a folder behind a link": [link("l", "../../.."), folder("l/caught")],
}


@pytest.mark.parametrize("members", ATTACKS.values(), ids=ATTACKS)
def test_an_entry_writes_only_into_its_own_folder(
    members: list[tarfile.TarInfo], tmp_path: Path
) -> None:
    cache, new = tmp_path / "cache", tmp_path / "deep" / "new"
    cache.mkdir()
    with tarfile.open(cache / f"{KEY}.tar", "w") as tar:
        tar.addfile(tarfile.TarInfo(".fetched"))
        for member in members:
            tar.addfile(member, io.BytesIO(b"evil\n") if member.isreg() else None)
    digest = hashlib.sha256((cache / f"{KEY}.tar").read_bytes()).hexdigest()
    line = {"format": 1, "key": KEY, "sha256": digest}
    (cache / f"{KEY}.json").write_text(json.dumps(line))
    said = restore(cache, new)
    outside = [path for path in tmp_path.rglob("caught*") if new / KEY not in path.parents]
    assert outside == []
    assert said, "it was taken"
    assert not (new / KEY).exists()


def test_a_key_that_is_a_way_out_is_ignored(deps: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    save(cache, deps, {KEY})
    (cache / f"{KEY}.json").rename(cache / "..json")
    assert (
        restore(cache, tmp_path / "new")
        == ["the cache's entry '..json' is ignored: its key is no key"]
        or not (tmp_path / "new").exists()
    )
