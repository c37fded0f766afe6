"""Before code of the project runs: from here on nothing of ours can be imported."""

from __future__ import annotations

import os
import sys
import types

_kept: list[types.ModuleType] = []  # a module nobody holds loses its globals


def leave_host(root: str) -> None:
    """As `python -m pytest` in the project's root."""
    os.chdir(root)
    sys.path[0] = root
    for name in [name for name in sys.modules if name.split(".")[0] == "pyhost"]:
        _kept.append(sys.modules.pop(name))
    _kept.append(sys.modules["__main__"])
    sys.modules["__main__"] = types.ModuleType("__main__")
