"""Which files may leave, and which texts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from codeaug.egress.owners import Rule, owners_of, rules
from codeaug.egress.secrets import secrets
from codeaug.errors import UsageError
from codeaug.model import content_id

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

VERSION = "1"
HEAD = 4096
_MARK = re.compile(rb"(?:#|//|/\*|\*)[^\n]*codeaug:\s*no-(?:send|train)\b")
_SPDX = re.compile(r"SPDX-License-Identifier:\s*([^\n*]+)")
_TEXTS = {
    "AGPL-3.0": re.compile(r"GNU\s+Affero\s+General\s+Public\s+License", re.IGNORECASE),
    "LGPL": re.compile(r"GNU\s+(?:Lesser|Library)\s+General\s+Public\s+License", re.IGNORECASE),
    "GPL": re.compile(r"GNU\s+General\s+Public\s+License", re.IGNORECASE),
    "MPL-2.0": re.compile(r"Mozilla\s+Public\s+License", re.IGNORECASE),
    "Apache-2.0": re.compile(r"Licensed\s+under\s+the\s+Apache\s+License", re.IGNORECASE),
}


@dataclass(frozen=True)
class Policy:
    """What the settings keep here: paths, licences and owners; marks and secrets always.

    `codeowners` is the text of the repository's file, "" when it has none. An owner may be written
    as in the file, a licence as an SPDX identifier or its beginning (`GPL`).
    """

    endpoints: tuple[str, ...] = ()
    never_send: tuple[str, ...] = ()
    never_send_licenses: tuple[str, ...] = ()
    never_send_owners: tuple[str, ...] = ()
    codeowners: str = ""

    @cached_property
    def id(self) -> str:
        """Stands for the whole policy in the ledger."""
        lists = (self.endpoints, self.never_send, self.never_send_licenses, self.never_send_owners)
        return content_id(VERSION, *map(repr, lists), self.codeowners)

    def refusal(self, path: str, source: bytes) -> str:
        """Why nothing of a file may leave, as a short sentence; "" when it may."""
        return (
            self._by_path(path)
            or self._by_owner(path)
            or self._by_license(source)
            or ("the file is marked codeaug: no-send or no-train" if _MARK.search(source) else "")
        )

    def secret(self, text: str) -> str:
        """Why a text may not leave: the first secret in it; "" when there is none."""
        found = secrets(text)
        return f"line {found[0].line} of what would be sent holds {found[0].kind}" if found else ""

    def _by_path(self, path: str) -> str:
        if not self.never_send:
            return ""
        hit = self._spec.check_file(path)
        if not hit.include or hit.index is None:
            return ""
        return f"{path} is among never_send ({self.never_send[hit.index]!r})"

    @cached_property
    def _spec(self) -> GitIgnoreSpec:
        from pathspec import GitIgnoreSpec

        try:
            return GitIgnoreSpec.from_lines(self.never_send)
        except ValueError as error:
            raise UsageError(f"never_send: {error}.") from error

    def _by_owner(self, path: str) -> str:
        kept = {owner.lower() for owner in self.never_send_owners}
        for owner, line in owners_of(path, self._rules) if kept else ():
            if owner.lower() in kept:
                return f"{path} is owned by {owner} (line {line} of CODEOWNERS)"
        return ""

    @cached_property
    def _rules(self) -> list[Rule]:
        return rules(self.codeowners)

    def _by_license(self, source: bytes) -> str:
        """A licence that is named by its identifier, or by the words of its header."""
        if not self.never_send_licenses:
            return ""
        head = source[:HEAD].decode("utf-8", "replace")
        named = _SPDX.search(head)
        if named is not None:
            names = re.findall(r"[A-Za-z0-9][A-Za-z0-9.+-]*", named[1])
        else:
            names = [name for name, text in _TEXTS.items() if text.search(head)]
        for name in names:
            if any(_same(name, kept) for kept in self.never_send_licenses):
                return f"the file's licence is {name}"
        return ""


def _same(name: str, kept: str) -> bool:
    """Whether a licence is the one that stays here: `GPL-3.0-only` is `GPL-3.0`, and `GPL`; a
    header that says only `GPL` is any of them."""
    one, other = name.lower(), kept.lower()
    return one == other or one.startswith(f"{other}-") or other.startswith(f"{one}-")
