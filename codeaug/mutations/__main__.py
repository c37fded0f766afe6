"""Prints docs/mutations.md."""

from __future__ import annotations

from codeaug.mutations import page

print(page(), end="")
