"""Which licences a file says it is under."""

from __future__ import annotations

import re
from collections.abc import Iterator

from codeaug.errors import MissingTool

HEAD = 8192
"""Bytes of a file in which a licence's own words are looked for; tags count anywhere."""
_TAG = re.compile(r"SPDX-License-Identifier[ \t]*:[ \t]*(?P<expression>[^\r\n]*)", re.IGNORECASE)
_END = re.compile(r"\s*(?:\*+/|-->|\"{3}|'{3}|[\"'`;,]).*$")
_WORDS = {
    "AGPL": re.compile(r"GNU Affero General Public Licen[cs]e", re.IGNORECASE),
    "LGPL": re.compile(r"GNU (?:Lesser|Library) General Public Licen[cs]e", re.IGNORECASE),
    "GPL": re.compile(r"GNU General Public Licen[cs]e", re.IGNORECASE),
    "MPL": re.compile(r"Mozilla Public Licen[cs]e", re.IGNORECASE),
    "EPL": re.compile(r"Eclipse Public Licen[cs]e", re.IGNORECASE),
    "Apache": re.compile(r"Licensed under the Apache Licen[cs]e", re.IGNORECASE),
}


def license_names(source: bytes) -> Iterator[tuple[str, int]]:
    """Each SPDX identifier, with its line (from 1); "" for an expression that cannot be read.

    For a licence's own words, which say the version in too many ways, the family's name.
    """
    text = source.decode("utf-8", "replace")
    for match in _TAG.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        yield from ((name, line) for name in _identifiers(_END.sub("", match["expression"])))
    head = text[:HEAD]
    # A comment's frame stands between the words: equally many blanks, so that places stay.
    plain = re.sub(r"[*#/;!%\r\n\t-]", " ", head)
    for name, words in _WORDS.items():
        if found := re.search(words.pattern.replace(" ", r"\s+"), plain, words.flags):
            yield name, head.count("\n", 0, found.start()) + 1


def _identifiers(expression: str) -> list[str]:
    try:
        from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression
    except ImportError as error:
        raise MissingTool(
            "packaging is not installed, so no licence can be read: pip install 'codeaug[llm]'."
        ) from error
    try:
        canonical = canonicalize_license_expression(expression.strip())
    except InvalidLicenseExpression:
        return [""]
    without = re.sub(r" WITH \S+", "", canonical)
    return re.findall(r"(?!(?:AND|OR)\b)[A-Za-z0-9][A-Za-z0-9.+-]*", without)


def is_same(name: str, kept: str) -> bool:
    """Whether a licence is one that stays here. `GPL-3.0` is it with and without later versions,
    and so is `GPL` any version; a file that says only `GPL` is any of them."""
    one, other = _versioned(name), _versioned(kept)
    return one == other or one.startswith(f"{other}-") or other.startswith(f"{one}-")


def _versioned(name: str) -> str:
    lower = name.lower()
    return f"{lower[:-1]}-or-later" if lower.endswith("+") else lower
