from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from codeaug.errors import RepositoryError
from codeaug.git import (
    blobs,
    clone,
    contents,
    entries,
    export,
    is_git,
    is_remote,
    merge_base,
    store_folder,
    tracks,
)
from tests.conftest import git


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "source"
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    (folder / "a.py").write_bytes(b"x = 1\r\n")
    (folder / "run.sh").write_text("#!/bin/sh\n")
    (folder / "run.sh").chmod(0o755)
    (folder / "odd name\n.py").write_text("y = 2\n")
    (folder / "link.py").symlink_to("a.py")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "First")
    return folder


def test_clone_holds_the_commit_of_head_and_follows_it(source: Path, tmp_path: Path) -> None:
    own = tmp_path / "work" / "own.git"
    first = clone(str(source), own)
    assert first == git(source, "rev-parse", "HEAD")
    (source / "b.py").write_text("z = 3\n")
    git(source, "add", "-A")
    git(source, "commit", "-qm", "Second")
    second = clone(str(source), own)
    assert second == git(source, "rev-parse", "HEAD")
    assert "b.py" in [entry.path for entry in entries(own, second)]
    assert "b.py" not in [entry.path for entry in entries(own, first)]


def test_local_objects_are_handed_over_without_compressing_them(
    source: Path, tmp_path: Path
) -> None:
    for number in range(120):  # git takes fewer objects one by one
        (source / f"m{number}.py").write_text(f"# {number}\n" + "x = 1\n" * 500)
    git(source, "add", "-A")
    git(source, "commit", "-qm", "Second")
    clone(str(source), tmp_path / "own.git")
    (pack,) = tmp_path.glob("own.git/objects/pack/*.pack")
    assert pack.stat().st_size > 120 * 3000


def test_clone_that_was_killed_is_made_again(source: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.git"
    commit = clone(str(source), own)
    shutil.rmtree(own / "objects")
    assert clone(str(source), own) == commit
    assert len(entries(own, commit)) == 4


def test_clone_takes_bare_shallow_detached_worktree_and_sha256(
    source: Path, tmp_path: Path
) -> None:
    head = git(source, "rev-parse", "HEAD")
    git(tmp_path, "clone", "-q", "--bare", str(source), "bare.git")
    git(tmp_path, "clone", "-q", "--depth=1", f"file://{source}", "shallow")
    git(source, "worktree", "add", "-q", "--detach", str(tmp_path / "tree"))
    git(source, "checkout", "-q", "--detach")
    for number, name in enumerate(("bare.git", "shallow", "tree", "source")):
        assert is_git(tmp_path / name)
        assert clone(str(tmp_path / name), tmp_path / f"own{number}") == head
    git(tmp_path, "init", "-q", "--object-format=sha256", "long")
    (tmp_path / "long" / "a.py").write_text("x = 1\n")
    git(tmp_path / "long", "add", "-A")
    git(tmp_path / "long", "commit", "-qm", "First")
    commit = clone(str(tmp_path / "long"), tmp_path / "own-long")
    assert len(commit) == 64
    assert [entry.path for entry in entries(tmp_path / "own-long", commit)] == ["a.py"]


def test_hostile_configuration_hooks_and_attributes_run_nothing(
    source: Path, tmp_path: Path
) -> None:
    trap = f"touch {tmp_path}/caught"
    for key in (
        *("core.fsmonitor", "diff.external", "filter.x.smudge", "filter.x.clean", "core.pager"),
        *("uploadpack.packObjectsHook", "core.sshCommand", "core.gitProxy", "diff.x.textconv"),
        *("credential.helper", "core.editor", "filter.x.process", "core.alternateRefsCommand"),
    ):
        git(source, "config", key, trap)
    (source / ".git" / "hooks" / "post-checkout").write_text(f"#!/bin/sh\n{trap}\n")
    (source / ".git" / "hooks" / "post-checkout").chmod(0o755)
    (source / ".git" / "info" / "attributes").write_text("* filter=x diff=x\n")
    own = tmp_path / "own.git"
    commit = clone(str(source), own)
    export(own, commit, tmp_path / "out")
    assert not (tmp_path / "caught").exists()
    assert (tmp_path / "out" / "a.py").read_bytes() == b"x = 1\r\n"


@pytest.mark.parametrize("kind", ["config", "commondir", "config is a folder"])
def test_a_clone_that_somebody_else_made_runs_nothing(
    source: Path, tmp_path: Path, kind: str
) -> None:
    own = tmp_path / "own.git"
    commit = clone(str(source), own)
    trap = f'[core]\n\talternateRefsCommand = "touch {tmp_path}/caught; :"\n'
    (own / "objects" / "info" / "alternates").write_text(f"{source}/.git/objects\n")
    if kind == "config":
        (own / "config").write_text(trap)
    elif kind == "commondir":
        shutil.copytree(own, tmp_path / "other.git")
        (tmp_path / "other.git" / "config").write_text(trap)
        (own / "commondir").write_text(str(tmp_path / "other.git"))
    else:
        (own / "config").unlink()
        (own / "config").mkdir()
    git(source, "commit", "-qm", "Second", "--allow-empty")
    assert clone(str(source), own) == git(source, "rev-parse", "HEAD") != commit
    assert merge_base(str(source), own, git(source, "rev-parse", "HEAD"), "HEAD~1") == commit
    assert not (tmp_path / "caught").exists()
    assert "touch" not in (own / "config").read_text()
    assert not (own / "objects" / "info" / "alternates").exists()


def test_a_clone_with_a_link_in_it_is_made_again(source: Path, tmp_path: Path) -> None:
    own, victim = tmp_path / "own.git", tmp_path / "victim"
    clone(str(source), own)
    victim.mkdir()
    shutil.rmtree(own / "refs" / "codeaug")
    (own / "refs" / "codeaug").symlink_to(victim)
    git(source, "commit", "-qm", "Second", "--allow-empty")
    clone(str(source), own)
    assert list(victim.iterdir()) == []


def test_what_git_tracks_is_known_from_head_and_the_index(source: Path, tmp_path: Path) -> None:
    for name in ("staged", "committed", "neither"):
        (source / name).mkdir()
        (source / name / "x").touch()
    git(source, "add", "committed")
    git(source, "commit", "-qm", "Second")
    git(source, "rm", "-rq", "--cached", "committed")
    git(source, "add", "staged")
    known = {name: tracks(source / name) for name in ("staged", "committed", "neither")}
    assert known == {"staged": True, "committed": True, "neither": False}
    assert not tracks(tmp_path / "elsewhere")


def test_repository_of_another_user_is_read(source: Path, tmp_path: Path) -> None:
    if os.geteuid() == 0:
        for path in (source, *source.rglob("*")):
            os.chown(path, 12345, 12345, follow_symlinks=False)
    assert clone(str(source), tmp_path / "own.git")


def test_export_writes_every_byte_bit_and_link_despite_attributes(
    source: Path, tmp_path: Path
) -> None:
    (source / ".gitattributes").write_text(
        "*.py text eol=lf export-ignore\n*.sh ident export-subst working-tree-encoding=UTF-16\n"
    )
    (source / "run.sh").write_text("#!/bin/sh\n# $Id$ $Format:%H$\n")
    blob = git(source, "hash-object", "-w", "--no-filters", "run.sh")
    git(source, "add", ".gitattributes")
    git(source, "update-index", "--cacheinfo", f"100755,{blob},run.sh")
    git(source, "commit", "-qm", "Attributes")
    commit = clone(str(source), tmp_path / "own.git")
    out = tmp_path / "out"
    export(tmp_path / "own.git", commit, out)
    assert (out / "a.py").read_bytes() == b"x = 1\r\n"
    assert (out / "run.sh").read_text() == "#!/bin/sh\n# $Id$ $Format:%H$\n"
    assert os.access(out / "run.sh", os.X_OK)
    assert not os.access(out / "a.py", os.X_OK)
    assert os.readlink(out / "link.py") == "a.py"
    assert (out / "odd name\n.py").exists()


def test_export_writes_nothing_outside_of_its_folder(tmp_path: Path) -> None:
    folder = tmp_path / "evil"
    git(tmp_path, "init", "-q", "evil")
    (folder / "x").write_text("evil\n")
    blob = git(folder, "hash-object", "-w", "x")
    inner = _tree(folder, f"100644 blob {blob}\tcaught")
    outer = _tree(folder, f"040000 tree {inner}\t..\n040000 tree {inner}\t.git")
    commit = git(folder, "commit-tree", "-m", "Evil", outer)
    git(folder, "update-ref", "HEAD", commit)
    out = tmp_path / "deep" / "out"
    export(tmp_path / "evil" / ".git", commit, out)
    assert not list(tmp_path.rglob("caught"))


def _tree(folder: Path, lines: str) -> str:
    """A tree object as no honest git writes it."""
    raw = b""
    for line in lines.split("\n"):
        facts, name = line.split("\t")
        mode, _, blob = facts.split()
        raw += mode.lstrip("0").encode() + b" " + name.encode() + b"\0" + bytes.fromhex(blob)
    (folder / "raw").write_bytes(raw)
    return git(folder, "hash-object", "-w", "--literally", "-t", "tree", "raw")


def test_submodules_are_listed_but_never_followed(source: Path, tmp_path: Path) -> None:
    head = git(source, "rev-parse", "HEAD")
    git(source, "update-index", "--add", "--cacheinfo", f"160000,{head},module")
    git(source, "commit", "-qm", "Submodule")
    commit = clone(str(source), tmp_path / "own.git")
    module = next(e for e in entries(tmp_path / "own.git", commit) if e.path == "module")
    assert not module.is_file
    export(tmp_path / "own.git", commit, tmp_path / "out")
    assert list((tmp_path / "out" / "module").iterdir()) == []


def test_plain_folder_becomes_a_tree_with_its_exact_bytes(tmp_path: Path) -> None:
    folder, own = tmp_path / "plain", tmp_path / "own.git"
    (folder / "sub").mkdir(parents=True)
    (folder / "sub" / "a.py").write_bytes(b"x = 1\r\n\xff")
    (folder / ".gitattributes").write_text("* text=auto eol=lf\n")
    (folder / "l").symlink_to("/etc/passwd")
    (folder / ".codeaug").mkdir()
    (folder / ".codeaug" / "codeaug.db").write_text("x")
    git(folder, "init", "-q", "nested")
    (folder / "nested" / "b.py").write_text("")
    git(folder / "nested", "config", "core.fsmonitor", f"touch {tmp_path}/caught")
    tree = store_folder(folder, own)
    found = {entry.path: entry for entry in entries(own, tree)}
    assert list(found) == [".gitattributes", "l", "sub/a.py"]
    with blobs(own) as read:
        assert read(found["sub/a.py"].blob) == b"x = 1\r\n\xff"
        assert read(found["l"].blob) == b"/etc/passwd"
    assert store_folder(folder, own) == tree
    (folder / "sub" / "a.py").write_text("x = 2\n")
    assert store_folder(folder, own) != tree
    assert not (tmp_path / "caught").exists()


def test_empty_repository_and_unreadable_remote_get_one_sentence(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "empty")
    with pytest.raises(RepositoryError, match="is an empty repository: commit something first"):
        clone(str(tmp_path / "empty"), tmp_path / "own.git")
    (tmp_path / "broken" / ".git").mkdir(parents=True)
    with pytest.raises(RepositoryError, match=r"cannot be read: .*not .*a git repository"):
        clone(str(tmp_path / "broken"), tmp_path / "own.git")
    assert not (tmp_path / "own.git").exists()


def test_contents_come_in_the_order_in_which_they_are_asked_for(tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(120):
        (folder / f"m{number}.py").write_text(f"{number}\n" * (number * 100))
    tree = store_folder(folder, tmp_path / "own.git")
    listed = entries(tmp_path / "own.git", tree)
    found = list(contents(tmp_path / "own.git", [entry.blob for entry in listed]))
    assert found == [(folder / entry.path).read_bytes() for entry in listed]
    with pytest.raises(KeyError):
        list(contents(tmp_path / "own.git", ["0" * 40]))


def test_unknown_blob_is_a_key_error(source: Path, tmp_path: Path) -> None:
    clone(str(source), tmp_path / "own.git")
    with blobs(tmp_path / "own.git") as read, pytest.raises(KeyError):
        read("0" * 40)


def test_only_https_ssh_and_scp_addresses_are_remote() -> None:
    for address in ("https://host/a.git", "ssh://git@host/a", "git@host:team/a.git"):
        assert is_remote(address)
    for address in ("ext::sh -c x", "/a/b", "a/b", "-x", "file:///a", "https://-x", "http://a/b"):
        assert not is_remote(address)
