"""`codeaug init --ci`: the files that run the job, for one CI."""

from __future__ import annotations

import os
from pathlib import Path

from codeaug import __version__
from codeaug.bundled import bundled
from codeaug.errors import UsageError

NEXT = {
    "github": "set `requirement` in .github/workflows/codeaug.yml: what pip installs",
    "gitlab": "include it in .gitlab-ci.yml, with the input `requirement`: what pip installs",
    "jenkins": "set CODEAUG_REQUIREMENT in it: what pip installs; name it in a pipeline",
}
"""What is still to be done by hand, for each."""

PLACES = {
    "github": {
        "workflow.yml": ".github/workflows/codeaug.yml",
        "action.yml": ".github/actions/codeaug/action.yml",
    },
    "gitlab": {"codeaug.yml": ".gitlab/codeaug.yml"},
    "jenkins": {"Jenkinsfile": "Jenkinsfile.codeaug"},
}


def write(root: Path, ci: str) -> list[Path]:
    """Write the files for a CI below `root`; those that were written. Raises UsageError, and writes
    none, when one of them is there."""
    if not root.is_dir():
        raise UsageError(f"{root} is no folder.")
    texts = {
        root / place: _dated(bundled("templates", "ci", ci, name).read_text(encoding="utf-8"))
        for name, place in PLACES[ci].items()
    }
    top = root.resolve()
    for target in texts:
        if target.exists() or target.is_symlink():
            raise UsageError(f"{target} is there already and stays as it is.")
        if any(os.path.lexists(above) and not above.is_dir() for above in target.parents):
            raise UsageError(f"{target.parent} cannot be made: a file is in its way.")
        if not target.parent.resolve().is_relative_to(top):
            raise UsageError(f"{target.parent} leads out of {root}: nothing was written.")
    for target, text in texts.items():
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("x", encoding="utf-8") as file:
            file.write(text)
    return list(texts)


def _dated(text: str) -> str:
    """With the version that writes it, where it says what pip could install."""
    return text.replace("codeaug[ci]", f"codeaug[ci]=={__version__}")
