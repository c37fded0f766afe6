"""What licences are called in each standard. The manifest has SPDX ids, "" for none known."""

from __future__ import annotations

import re
from collections.abc import Sequence

NO_ASSERTION = "NOASSERTION"

_HUB = frozenset(
    (
        *("agpl-3.0", "apache-2.0", "artistic-2.0", "bsd-2-clause", "bsd-3-clause", "bsl-1.0"),
        *("cc-by-4.0", "cc-by-sa-4.0", "cc0-1.0", "ecl-2.0", "epl-1.0", "epl-2.0", "eupl-1.1"),
        *("eupl-1.2", "gpl-2.0", "gpl-3.0", "isc", "lgpl-2.1", "lgpl-3.0", "mit", "mpl-2.0"),
        *("ms-pl", "ncsa", "osl-3.0", "postgresql", "unlicense", "wtfpl", "zlib"),
    )
)
"""Licences that the Hugging Face hub has a word for."""

_SIMPLE = re.compile(r"[A-Za-z0-9.+-]+")


def expression(licenses: Sequence[str]) -> str:
    """The licence of a whole that holds parts under each of these: an SPDX expression."""
    if not licenses or "" in licenses:
        return NO_ASSERTION
    known = sorted(set(licenses))
    if len(known) == 1:
        return known[0]
    return " AND ".join(text if _SIMPLE.fullmatch(text) else f"({text})" for text in known)


def told(license: str) -> str:
    """For people."""
    return license or "no licence known"


def address(license: str) -> str:
    """Where a licence can be read; what it is called where that is not known."""
    if not license:
        return NO_ASSERTION
    if _SIMPLE.fullmatch(license) and not license.startswith("LicenseRef-"):
        return f"https://spdx.org/licenses/{license}.html"
    return license


def hub(license: str) -> str:
    """The hub's word, `other` where it has none."""
    short = license.lower().removesuffix("-only").removesuffix("-or-later")
    return short if short in _HUB else "other"
