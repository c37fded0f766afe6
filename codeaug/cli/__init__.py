"""One function per verb. Results go to standard output, everything else to standard error.

Exit codes: 0 done; 1 a gate failed; 2 usage or configuration; 3 something needed is missing;
4 model or receiver unavailable, or budget spent; 5 no sandbox; 70 a bug in codeaug;
130 interrupted.
"""

from __future__ import annotations

import errno
import os
import sys

import click

from codeaug.cli.common import say
from codeaug.errors import BrokenBaseline, CodeaugError, MissingTool, OutOfSpace, UsageError
from codeaug.notices import printable


def main(args: list[str] | None = None) -> None:
    """Run a verb and turn what went wrong into one sentence and an exit code."""
    # Workers are started by `python -c`, which looks for modules in the checkout first.
    os.environ["PYTHONSAFEPATH"] = "1"
    words = sys.argv[1:] if args is None else args
    debug = "--debug" in words
    try:
        code = _run(words)
        _leave(code if isinstance(code, int) else 0)
    except click.exceptions.Exit as ended:
        _leave(ended.exit_code)
    except click.ClickException as error:
        error.show()
        _leave(2)
    except (KeyboardInterrupt, click.Abort):
        say("Interrupted: everything finished is kept; the same command goes on from there.")
        _leave(130)
    except Exception as error:
        if debug:
            raise
        _leave(_explain_error(error))


def _run(words: list[str]) -> object:
    """Everybody waits for a hook at each commit: it does not wait for the other verbs."""
    if words[:1] == ["hook"]:
        from codeaug.cli.hook import hook

        return hook.main(words[1:], prog_name="codeaug hook", standalone_mode=False)
    from codeaug.cli.verbs import codeaug

    return codeaug.main(words, prog_name="codeaug", standalone_mode=False)


def _explain_error(error: Exception) -> int:
    """One sentence on standard error; the exit code that belongs to it."""
    if isinstance(error, BrokenBaseline) and error.log:
        say(error.log.rstrip() + "\n")
    if isinstance(error, CodeaugError):
        say(f"Error: {printable(str(error))}")
        return error.exit_code
    if isinstance(error, ImportError) and error.name:
        say(f"Error: the package {error.name} is missing: pip install 'codeaug[all]'.")
        return MissingTool.exit_code
    if isinstance(error, BrokenPipeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        say("Error: the disk is full; what was finished is kept. Free some space and run again.")
        return OutOfSpace.exit_code
    if isinstance(error, OSError) and error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        say(f"Error: cannot write to {error.filename}: give another place with --store.")
        return UsageError.exit_code
    if isinstance(error, PermissionError | IsADirectoryError | FileNotFoundError):
        say(f"Error: {error.strerror}: {error.filename}.")
        return UsageError.exit_code
    what = f"{type(error).__name__}: {printable(str(error))}"
    say(f"This is a bug in codeaug: {what} (--debug shows where).")
    return CodeaugError.exit_code


def _leave(code: int) -> None:
    """Threads that still wait for a sandbox must not keep a finished program alive."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)
