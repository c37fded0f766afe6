from __future__ import annotations

import os
from pathlib import Path

import pytest

from codeaug.errors import RepositoryError
from codeaug.oracles.baseline import _build_files
from codeaug.repository import RepositoryTree, open_repository, source_files
from tests.conftest import git

APACHE = "                 Apache License\n           Version 2.0, January 2004\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    folder.mkdir()
    for name in ("a.py", "B.java", "c.hpp", "d.c", "notes.txt"):
        (folder / name).write_text(f"{name}\n")
    (folder / "link.py").symlink_to("a.py")
    (folder / "LICENSE").write_text(APACHE)
    return folder


def test_source_files_are_the_regular_files_of_known_languages(
    folder: Path, tmp_path: Path
) -> None:
    repository = open_repository(str(folder), tmp_path / "work")
    found = source_files(repository)
    assert [(file.path, file.language) for file in found] == [
        ("B.java", "java"),
        ("a.py", "python"),
        ("c.hpp", "cpp"),
    ]
    assert found[1].size == 5
    assert repository.license == "Apache-2.0"
    assert repository.name == "project"


def test_folder_and_git_repository_give_the_same_files(folder: Path, tmp_path: Path) -> None:
    plain = open_repository(str(folder), tmp_path / "work")
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "Everything")
    cloned = open_repository(str(folder), tmp_path / "work")
    assert source_files(plain) == source_files(cloned)
    assert cloned.commit == git(folder, "rev-parse", "HEAD")
    (folder / "a.py").write_text("not committed\n")
    assert open_repository(str(folder), tmp_path / "work").commit == cloned.commit


def test_tree_reads_files_and_no_links(folder: Path, tmp_path: Path) -> None:
    tree = RepositoryTree(open_repository(str(folder), tmp_path / "work"))
    assert tree.read("notes.txt") == b"notes.txt\n"
    assert "link.py" not in tree.paths
    with pytest.raises(KeyError):
        tree.read("link.py")


@pytest.mark.parametrize(
    ("text", "license"),
    [
        ("Permission is hereby granted, free of charge, to any person\nobtaining a copy", "MIT"),
        ("GNU LESSER GENERAL PUBLIC LICENSE\n   Version 2.1", "LGPL-2.1"),
        ("All rights are ours.", ""),
    ],
)
def test_license_is_guessed_from_its_own_words(tmp_path: Path, text: str, license: str) -> None:
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "COPYING.txt").write_text(text)
    assert open_repository(str(tmp_path / "x"), tmp_path / "work").license == license


def test_license_comes_from_the_manifest_when_there_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "pyproject.toml").write_text('[project]\nlicense = "BSD-3-Clause"\n')
    assert open_repository(str(tmp_path / "x"), tmp_path / "work").license == "BSD-3-Clause"


def test_bad_addresses_get_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "empty").mkdir()
    wrong = {
        str(tmp_path / "none"): "does not exist",
        str(tmp_path / "file"): "is a file",
        str(tmp_path / "empty"): "holds no files",
        "ext::sh -c true": "is no address that codeaug takes",
        "http://host/a": "is no address that codeaug takes",
    }
    for address, sentence in wrong.items():
        with pytest.raises(RepositoryError, match=sentence) as caught:
            open_repository(address, tmp_path / "work")
        assert "\n" not in str(caught.value)


def test_server_that_does_not_answer_gives_gits_own_word(tmp_path: Path) -> None:
    with pytest.raises(RepositoryError, match=r"https://localhost:1/a\.git cannot be read: .+"):
        open_repository("https://localhost:1/a.git", tmp_path / "work")


def test_unreadable_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "closed").mkdir(mode=0)
    if os.access(tmp_path / "closed", os.R_OK):
        # The superuser reads everything: what is closed to it is a broken link.
        (tmp_path / "loop").symlink_to("loop")
        with pytest.raises(RepositoryError, match="does not exist"):
            open_repository(str(tmp_path / "loop"), tmp_path / "work")
    else:
        with pytest.raises(RepositoryError, match="cannot be read"):
            open_repository(str(tmp_path / "closed"), tmp_path / "work")


def test_dependencies_follow_from_build_files_also_under_names_that_are_no_text(
    tmp_path: Path,
) -> None:
    odd = os.path.join(os.fsencode(tmp_path), b"\xff")
    os.mkdir(odd)
    Path(os.fsdecode(odd), "pyproject.toml").write_text("[project]\n")
    assert list(_build_files(tmp_path)) == [b"\xff/pyproject.toml", b"[project]\n"]
