"""The head of a dataset's README.md, by which the Hugging Face hub and `datasets` find its rows.

Without it they take every file that they can read for one of a split, the lineage too.
"""

from __future__ import annotations

import json

from codeaug.formats import Facts, Format


def front_matter(format: Format, facts: Facts) -> str:
    """YAML, without the lines around it: which files each split has; of a table which types."""
    lines = ["configs:", "- config_name: default", "  data_files:"]
    for split, files in facts.splits.items():
        lines += [f"  - split: {split}", f"    path: {json.dumps(list(files))}"]
    if format.columns:
        lines += ["dataset_info:", "  features:"]
    for name, kind in format.columns:
        lines += [f"  - name: {name}", f"    dtype: {kind}"]
    return "\n".join(lines) + "\n"
