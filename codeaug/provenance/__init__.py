"""One file per document of an export: all of them projections of one lineage graph.

The graph is the manifest and the files in `lineage/`: units of repositories at commits, variants
with how they were made, what evidence they reached and who decided, and the rows made of them. A
document is a module with a `NAME`, `write(dossier, file)`, which gives equal bytes for an equal
graph, and `check(dossier, path)`, which reads the document again and says in a sentence each what
breaks its schema or disagrees with the graph. As `check` compares with what `write` would write
today, nothing can be edited in one place only. A document holds no clock, no chance and no name of
a reviewer but a pseudonym.
"""

from __future__ import annotations

from collections.abc import Mapping

from codeaug.provenance import (
    attestations,
    card,
    croissant,
    data_provenance,
    eu_summary,
    spdx,
)
from codeaug.provenance.comparison import Document
from codeaug.provenance.dossier import Dossier

__all__ = ["DOCUMENTS", "Document", "Dossier"]

_MODULES: tuple[Document, ...] = (
    card,
    croissant,
    spdx,
    data_provenance,
    attestations,
    eu_summary,
)
DOCUMENTS: Mapping[str, Document] = {module.NAME: module for module in _MODULES}
"""All documents by file name, in the order in which they are written."""
