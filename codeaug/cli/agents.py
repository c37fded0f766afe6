"""`codeaug mcp`: what a coding agent talks to."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from codeaug.cli.common import DEBUG, REPO, STORE, flags_of, folder_of, load
from codeaug.errors import UsageError


@click.command()
@REPO
@STORE
@DEBUG
def mcp(repo: str, debug: bool, **flags: Any) -> None:
    """Serve check, oracle and explain to a coding agent, by MCP over standard input and output.

    The repository is the one that is named here, and no other.
    """
    from codeaug.mcp import serve

    folder = folder_of(repo)
    if folder is None:
        raise UsageError(f"{repo} is no folder: name the one in which the agent works.")
    loaded = load(repo, flags_of(**flags))
    store = [f"--store={flags['store']}"] if flags["store"] else []
    profile = [f"--profile={loaded.profile}"] if loaded.profile else []
    serve(Path(folder), [*store, *profile])
