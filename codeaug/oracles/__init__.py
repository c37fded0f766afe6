"""Unit -> Oracle: what the repository's tests can tell about it, found out before anything is made.

`projects`   which builds there are, and which of them holds a unit
`baseline`   the unchanged project is built and tested twice, once under coverage
`stability`  its tests run again in other orders: what does not always pass is quarantined by name
`covering`   a unit's oracle: the stable tests that execute its body
`strength`   which faults, injected into the unit, these tests catch
`context`    what all this depends on: when it changes, it is found out again
"""

from __future__ import annotations

from codeaug.oracles.baseline import home, prepare
from codeaug.oracles.context import NO_MATTER, Contexts
from codeaug.oracles.covering import oracles
from codeaug.oracles.facts import FileFacts, facts_of
from codeaug.oracles.projects import detect, missing_tools, project_of
from codeaug.oracles.stability import unstable
from codeaug.oracles.strength import fingerprint, measure

__all__ = [
    "NO_MATTER",
    "Contexts",
    "FileFacts",
    "detect",
    "facts_of",
    "fingerprint",
    "home",
    "measure",
    "missing_tools",
    "oracles",
    "prepare",
    "project_of",
    "unstable",
]
