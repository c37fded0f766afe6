"""Cards for other annotation tools, and what people said in them.

A tool is a module with `NAME`, `FILE` (the file of its cards, in a folder), `files` (what else
belongs into that folder), `name_of` (what it calls a person unless told otherwise), `is_name`
(whether it can call somebody that), `document` (a card as JSON) and `said` (what people said in
such a file). What a tool has no field for stands in our own part of a card (`own`), so that nothing
is lost on the way there and back. Gold items never leave.
"""

from __future__ import annotations

from codeaug.interchange.leaving import export
from codeaug.interchange.returning import bring
from codeaug.interchange.tools import TOOLS

__all__ = ["TOOLS", "bring", "export"]
