"""Prints docs/transforms.md."""

from __future__ import annotations

from codeaug.transforms.page import page

print(page(), end="")
