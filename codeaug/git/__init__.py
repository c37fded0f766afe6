"""Objects of our own bare clone. The only package that calls the git program.

A repository that somebody else made is only ever asked for its objects, over git's own transport:
its configuration, hooks, filters and attributes never take effect here.

`calling`   the one way to call git
`asking`    another's repository, such as the one in which a hook runs
`cloning`   our own clone; `folders` makes one of a plain folder
`history`   where a branch was left, what moved, when
`objects`   trees and blobs
"""

from codeaug.git.asking import (
    ask_here,
    distrusted,
    env_here,
    hooks,
    is_git,
    is_shallow,
    objects_here,
    tracks,
)
from codeaug.git.calling import HINT, is_remote
from codeaug.git.cloning import clone
from codeaug.git.folders import store_folder
from codeaug.git.history import day_of, merge_base, renamed
from codeaug.git.objects import (
    Entry,
    RepositoryTree,
    blobs,
    contents,
    entries,
    export,
    listing,
    submodules,
)

__all__ = [
    "HINT",
    "Entry",
    "RepositoryTree",
    "ask_here",
    "blobs",
    "clone",
    "contents",
    "day_of",
    "distrusted",
    "entries",
    "env_here",
    "export",
    "hooks",
    "is_git",
    "is_remote",
    "is_shallow",
    "listing",
    "merge_base",
    "objects_here",
    "renamed",
    "store_folder",
    "submodules",
    "tracks",
]
