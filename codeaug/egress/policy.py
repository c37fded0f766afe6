"""Which files may leave, and which texts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from codeaug.egress.forms import FORMS, SUSPECT
from codeaug.egress.licenses import is_same, license_names
from codeaug.egress.owners import Rule, owners_of, rules
from codeaug.egress.secrets import secrets
from codeaug.errors import UsageError
from codeaug.model import content_id

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

VERSION = "3"
"""To be raised with each change of what is refused that shows in no setting and no form."""
_MARK = re.compile(rb"codeaug:\s*(no-(?:send|train))\b", re.IGNORECASE)
_NO_PATH = re.compile(r"^!?\.{1,2}/|\\[\w/.]")  # as no path in git is written


@dataclass(frozen=True)
class Policy:
    """What the settings keep here: paths, licences and owners; marks and secrets always.

    `codeowners` are the texts of the repository's files, each of which counts; `license` the
    repository's own licence, for files that name none. An owner is written as in the file, a
    licence as an SPDX identifier or its beginning (`GPL`).
    """

    endpoints: tuple[str, ...] = ()
    never_send: tuple[str, ...] = ()
    never_send_licenses: tuple[str, ...] = ()
    never_send_owners: tuple[str, ...] = ()
    codeowners: tuple[str, ...] = ()
    license: str = ""

    @cached_property
    def id(self) -> str:
        """Stands for the whole policy in the ledger, the rules about secrets included."""
        lists = (self.endpoints, self.never_send, self.never_send_licenses, self.never_send_owners)
        forms = (*FORMS.values(), SUSPECT.pattern)
        return content_id(VERSION, *map(repr, lists), repr(self.codeowners), self.license, *forms)

    def refusal(self, path: str, source: bytes, text: str = "") -> str:
        """Why nothing of a file, or this text of it, may leave; "" when it may.

        Raises UsageError for a pattern that cannot be read, MissingTool without the extra `llm`.
        """
        return (
            self._by_path(path)
            or self._by_owner(path)
            or self._by_license(path, source)
            or self._by_mark(path, source)
            or self.secret(text)
        )

    def secret(self, text: str) -> str:
        """Why a text may not leave, from wherever it is: the first secret in it, or ""."""
        found = secrets(text)
        return f"line {found[0].line} holds {found[0].kind}" if found else ""

    def _by_path(self, path: str) -> str:
        """As git has it, what lies in a folder that stays here stays, whatever is said of it."""
        patterns = self._patterns
        for place in (*_folders(path), path) if patterns else ():
            hit = self._spec.check_file(place)
            if hit.include and hit.index is not None:
                return f"{path} is among never_send ({patterns[hit.index]!r})"
        return ""

    @property
    def _patterns(self) -> list[str]:
        return [pattern for pattern in self.never_send if pattern.strip()]

    @cached_property
    def _spec(self) -> GitIgnoreSpec:
        from pathspec import GitIgnoreSpec

        for pattern in self._patterns:
            if _NO_PATH.search(pattern):
                raise UsageError(
                    f"never_send {pattern!r} matches nothing: write it from the repository's top, "
                    "with /, as in src/secret/."
                )
        try:
            return GitIgnoreSpec.from_lines(self._patterns)
        except ValueError as error:
            raise UsageError(f"never_send: {error}.") from error

    def _by_owner(self, path: str) -> str:
        kept = {owner.lower() for owner in self.never_send_owners}
        for known in self._rules if kept else ():
            for owner, line in owners_of(path, known):
                if owner.lower() in kept:
                    return f"{path} is owned by {owner} (CODEOWNERS line {line})"
        return ""

    @cached_property
    def _rules(self) -> list[list[Rule]]:
        return [rules(text) for text in self.codeowners]

    def _by_license(self, path: str, source: bytes) -> str:
        if not self.never_send_licenses:
            return ""
        named = list(license_names(source))
        for name, line in named:
            if not name:
                return f"{path} has a licence that cannot be read (line {line})"
            if self._stays(name):
                return f"{path} is licensed {name} (line {line})"
        if not named and self.license and self._stays(self.license):
            return f"{path} is licensed {self.license}, as the repository is"
        return ""

    def _stays(self, name: str) -> bool:
        return any(is_same(name, kept) for kept in self.never_send_licenses)

    def _by_mark(self, path: str, source: bytes) -> str:
        if found := _MARK.search(source):
            line = source.count(b"\n", 0, found.start()) + 1
            return f"{path} is marked codeaug: {found[1].decode().lower()} (line {line})"
        return ""


def _folders(path: str) -> list[str]:
    """The folders that a file lies in, from the outermost."""
    parts = path.split("/")[:-1]
    return ["/".join(parts[: n + 1]) + "/" for n in range(len(parts))]
