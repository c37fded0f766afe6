"""Which files may leave the machine: by path, owner, licence and marks."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from codeaug.egress import Policy, codeowners
from codeaug.errors import UsageError


@pytest.mark.parametrize(
    ("pattern", "path", "kept"),
    [
        ("src/crypto/", "src/crypto/aes.py", True),
        ("src/crypto/", "src/cryptography.py", False),
        ("*.cpp", "a/b.cpp", True),
        ("/secret.py", "a/secret.py", False),
        ("**/internal/**", "a/internal/b/C.java", True),
    ],
)
def test_files_are_kept_by_gitignore_patterns(pattern: str, path: str, kept: bool) -> None:
    reason = Policy(never_send=(pattern,)).refusal(path, b"")
    assert reason == (f"{path} is among never_send ({pattern!r})" if kept else "")


@pytest.mark.parametrize("pattern", ["./src/", "../other/", "src\\secret", "!./src/"])
def test_a_pattern_that_can_match_nothing_is_refused(pattern: str) -> None:
    with pytest.raises(UsageError, match="matches nothing"):
        Policy(never_send=(pattern,)).refusal("src/a.py", b"")


def test_the_users_own_later_pattern_can_let_a_file_go_again() -> None:
    policy = Policy(never_send=("/*", "!/open/"))
    assert policy.refusal("src/a.py", b"") == "src/a.py is among never_send ('/*')"
    assert policy.refusal("open/a.py", b"") == ""


@pytest.mark.parametrize(
    "patterns",
    [
        ("!src/a.py", "src/"),
        ("src/", "!src/a.py"),
        ("src", "!src/a.py"),
        ("*.py", "!src/a.py", "src/"),
    ],
)
def test_nothing_of_a_folder_that_stays_here_goes_again(patterns: tuple[str, ...]) -> None:
    assert "among never_send ('src" in Policy(never_send=patterns).refusal("src/a.py", b"")


def test_what_stays_is_told_with_its_own_pattern() -> None:
    policy = Policy(never_send=("# a note", "", " ", "src/**"))
    assert policy.refusal("src/a.py", b"") == "src/a.py is among never_send ('src/**')"


@pytest.mark.parametrize(
    "tag", [b"spdx-license-identifier: GPL-3.0", b"SPDX-License-Identifier : GPL-2.0"]
)
def test_a_tag_is_read_however_it_is_written(tag: bytes) -> None:
    assert "is licensed GPL" in Policy(never_send_licenses=("GPL",)).refusal("a.py", b"# " + tag)


def test_a_pattern_that_cannot_be_read_is_a_sentence() -> None:
    with pytest.raises(UsageError, match="never_send: "):
        Policy(never_send=("!",)).refusal("a.py", b"")


CODEOWNERS = """\
# who owns what
*                @everyone
/src/            @core  # the core
/src/crypto/*.py @crypto-team @Security
/src/open/
/src/a\\ b.py    @security
/docs/*          @writers
/tools           @tools

[Payments][2] @payments
billing/
billing/docs/ @writers
!billing/docs/open.py

^[payments]
special.cpp @cards
"""


def owned(path: str, *owners: str, text: str = CODEOWNERS) -> str:
    return Policy(never_send_owners=owners, codeowners=(text,)).refusal(path, b"")


@pytest.mark.parametrize(
    ("path", "owner", "line"),
    [
        ("src/crypto/aes.py", "@Security", 4),
        ("src/crypto/deep/aes.py", "@core", 3),
        ("src/a b.py", "@security", 6),
        ("README.py", "@everyone", 2),
        ("billing/pay.java", "@payments", 11),
        ("a/billing/pay.java", "@payments", 11),
        ("billing/docs/open.py", "@writers", 12),
        ("billing/special.cpp", "@cards", 16),
        ("docs/a.py", "@writers", 7),
        ("docs/deep/a.py", "@everyone", 2),
        ("tools/a.py", "@tools", 8),
    ],
)
def test_a_file_is_kept_by_its_owner_with_the_line_that_says_so(
    path: str, owner: str, line: int
) -> None:
    reason = owned(path, owner)
    assert reason == f"{path} is owned by {owner} (CODEOWNERS line {line})"


@pytest.mark.parametrize(
    ("path", "owner"),
    [
        ("src/a.py", "@everyone"),
        ("src/open/a.cpp", "@core"),
        ("docs/deep/a.py", "@writers"),
        ("src/crypto/deep/aes.py", "@security"),
        ("billing/docs/open.py", "@payments"),
    ],
)
def test_the_last_line_that_matches_decides_who_owns_a_file(path: str, owner: str) -> None:
    assert owned(path, owner) == ""


def test_owners_are_the_same_in_capitals() -> None:
    assert (
        owned("src/a b.py", "@SECURITY") == "src/a b.py is owned by @security (CODEOWNERS line 6)"
    )


@pytest.mark.parametrize(
    ("paths", "read"),
    [
        ([".github/CODEOWNERS", "CODEOWNERS"], [".github/CODEOWNERS", "CODEOWNERS"]),
        ([".gitlab/CODEOWNERS", "CODEOWNERS"], ["CODEOWNERS"]),
        ([".gitlab/CODEOWNERS", ".github/CODEOWNERS"],
         [".github/CODEOWNERS", ".gitlab/CODEOWNERS"]),
        (["docs/CODEOWNERS"], ["docs/CODEOWNERS"]),
        (["src/CODEOWNERS"], []),
    ],
)  # fmt: skip
def test_github_and_gitlab_each_read_the_first_file_that_they_look_for(
    paths: list[str], read: list[str]
) -> None:
    assert codeowners(paths) == read


def test_a_file_is_owned_by_whom_any_of_the_files_names() -> None:
    policy = Policy(never_send_owners=("@b",), codeowners=("* @a", "* @b"))
    assert "owned by @b" in policy.refusal("x.py", b"")


def test_where_github_and_gitlab_differ_a_file_has_the_owners_of_both() -> None:
    text = "* @core\ntools @tools\nsub/x.py @x\n"
    assert owned("tools/a.py", "@tools", text=text)  # GitHub: a folder's name is for its files
    assert owned("tools/a.py", "@core", text=text)  # GitLab: `tools` is a file
    assert owned("a/sub/x.py", "@x", text=text)  # GitLab: at any depth
    assert owned("a/sub/x.py", "@core", text=text)  # GitHub: from the root on


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("# SPDX-License-Identifier: GPL-3.0-only", "licensed GPL-3.0-only (line 1)"),
        ("// SPDX-License-Identifier: (MIT OR GPL-2.0-or-later)", "licensed GPL-2.0-or-later"),
        ("/* SPDX-License-Identifier: GPL-2.0+ */", "licensed GPL-2.0+ (line 1)"),
        ("#\n# SPDX-License-Identifier: gpl-3.0", "licensed GPL-3.0 (line 2)"),
        ("// SPDX-License-Identifier: MIT\n// SPDX-License-Identifier: GPL-2.0-only", "(line 2)"),
        (
            "/* SPDX-License-Identifier: GPL-2.0-only WITH Classpath-exception-2.0 */",
            "licensed GPL-2.0-only (line 1)",
        ),
        ("x = 1\n" * 3000 + "# SPDX-License-Identifier: GPL-3.0-only", "(line 3001)"),
        ("# under the terms of the GNU General Public License as", "licensed GPL (line 1)"),
        ("/*\n * under the GNU\n * General Public\n * License\n */", "licensed GPL (line 2)"),
        ("/* SPDX-License-Identifier: Apache-2.0 */", ""),
        ("# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception", ""),
        ("# SPDX-License-Identifier: LGPL-3.0-only", ""),
        ("# SPDX-License-Identifier: LicenseRef-Ours", ""),
        ("# under the terms of the GNU Lesser General Public License", ""),
        ("# no licence at all", ""),
    ],
)
def test_a_file_is_kept_by_its_licence(head: str, said: str) -> None:
    policy = Policy(never_send_licenses=("GPL-3.0", "GPL-2.0"))
    reason = policy.refusal("a.py", head.encode() + b"\n")
    assert said in reason
    assert bool(reason) is bool(said)


@pytest.mark.parametrize(
    ("kept", "name", "stays"),
    [
        ("GPL", "GPL-2.0-only", True),
        ("GPL", "AGPL-3.0-only", False),
        ("AGPL-3.0-or-later", "AGPL-3.0-or-later", True),
        ("GPL-3.0-only", "GPL-3.0-or-later", False),
        ("GPL-3.0-only", "GPL-3.0", True),
        ("gpl-2.0-or-later", "GPL-2.0+", True),
        ("MIT", "MIT-0", True),
    ],
)
def test_a_licence_stays_in_all_its_spellings(kept: str, name: str, stays: bool) -> None:
    source = f"# SPDX-License-Identifier: {name}\n".encode()
    assert bool(Policy(never_send_licenses=(kept,)).refusal("a.py", source)) is stays


@pytest.mark.parametrize("expression", ["", "MIT AND", "Our own", "see LICENSE", "MIT/X11", "(MIT"])
def test_a_licence_that_cannot_be_read_keeps_the_file_if_any_licence_does(expression: str) -> None:
    source = f"# SPDX-License-Identifier: {expression}\n".encode()
    reason = Policy(never_send_licenses=("GPL",)).refusal("a.py", source)
    assert reason == "a.py has a licence that cannot be read (line 1)"
    assert Policy().refusal("a.py", source) == ""


def test_a_file_that_names_no_licence_is_under_the_repositorys() -> None:
    policy = Policy(never_send_licenses=("GPL",), license="GPL-3.0")
    assert policy.refusal("a.py", b"") == "a.py is licensed GPL-3.0, as the repository is"
    assert policy.refusal("a.py", b"# SPDX-License-Identifier: MIT\n") == ""


@pytest.mark.parametrize("mark", ["no-send", "no-train"])
@pytest.mark.parametrize("comment", ["# codeaug: ", "// codeaug:", "/* codeaug: ", '"""codeaug: '])
def test_a_marked_file_stays_here_whatever_the_settings(mark: str, comment: str) -> None:
    reason = Policy().refusal("a.cpp", f"\n{comment}{mark}\nint f();\n".encode())
    assert reason == f"a.cpp is marked codeaug: {mark} (line 2)"


def test_a_text_with_a_secret_stays_here_whatever_the_settings() -> None:
    text = 'def f():\n    key = "gh' + "p_" + "aB3dE" * 8 + '"\n'
    assert Policy().refusal("a.py", b"", text) == "line 2 holds a GitHub token"
    assert Policy().refusal("a.py", b"", "def f():\n    return 1\n") == ""


def test_a_file_that_is_not_utf_8_is_judged_all_the_same() -> None:
    source = b"// caf\xe9\n// SPDX-License-Identifier: GPL-3.0-only\n// codeaug: no-send\n"
    assert "line 2" in Policy(never_send_licenses=("GPL",)).refusal("a.cpp", source)
    assert "line 3" in Policy().refusal("a.cpp", source)


def test_the_policy_has_an_id_that_changes_with_each_part_of_it() -> None:
    parts = {
        "endpoints": ("http://a",), "never_send": ("a",), "never_send_licenses": ("a",),
        "never_send_owners": ("a",), "codeowners": ("a",), "license": "a",
    }  # fmt: skip
    ids = {Policy().id, *(Policy(**{name: value}).id for name, value in parts.items())}
    assert len(ids) == len(parts) + 1
    assert Policy(never_send=("a",)).id in ids


def test_the_page_on_egress_names_only_tests_that_exist() -> None:
    root = Path(__file__).parent
    named = set(re.findall(r"`(test_\w+)`", (root.parent / "docs" / "egress.md").read_text()))
    known = "".join(file.read_text() for file in root.glob("test_*.py"))
    assert named
    assert named <= set(re.findall(r"def (test_\w+)", known))
