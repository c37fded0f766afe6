"""`codeaug hook`: what pre-commit and prek run. Nothing heavy is imported here."""

from __future__ import annotations

import functools
import json
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any

import click

from codeaug.cli.common import AS_JSON, DEBUG, say
from codeaug.errors import CodeaugError, UsageError
from codeaug.notices import printable

if TYPE_CHECKING:
    from codeaug.index import Change, Objects, Place
    from codeaug.notices import Notice

Function = Callable[..., Any]
Around = AbstractContextManager[tuple[list["Change"], "Objects"]]

_COLOURS = {"error": "red", "warning": "yellow", "note": "cyan"}
_NO_BLOCKING = ("settings", "dataset")  # these two hooks are there to stop a commit


@click.group()
def hook() -> None:
    """What pre-commit and prek run: reads the index, tells, and stops a commit or lets it be.

    What goes wrong in codeaug itself stops no commit, except with --strict.
    """


def _harmless(function: Function) -> Function:
    """A hook: with --strict, and without its own faults stopping a commit."""

    @functools.wraps(function)
    def run(*, strict: bool, debug: bool, **rest: Any) -> Any:
        try:
            return function(**rest)
        except (click.ClickException, click.exceptions.Exit):
            raise
        except Exception as error:
            if strict or debug:
                raise
            kind = "" if isinstance(error, CodeaugError) else f"{type(error).__name__}: "
            say(f"codeaug looked at nothing, and stops nothing: {kind}{_plain(str(error))}")

    strict = click.option("--strict", is_flag=True, help="Fail when codeaug itself fails.")
    return strict(DEBUG(run))


def _refs(function: Function) -> Function:
    old = click.option(
        "--from-ref", envvar="PRE_COMMIT_FROM_REF", metavar="REF", help="Instead of the index: what"
        " TO_REF has that the commit where it parted from this one had not.",
    )  # fmt: skip
    new = click.option(
        "--to-ref", envvar="PRE_COMMIT_TO_REF", metavar="REF", help="See --from-ref."
    )
    every = click.option("--all", "everything", is_flag=True, help="All of the index, as if new.")
    return every(old(new(function)))


@hook.command("check")
@click.argument("files", nargs=-1)
@_refs
@AS_JSON
@_harmless
def hook_check(files: Sequence[str], as_json: bool, **refs: Any) -> None:
    """Look at staged Java, C++ and Python (only FILES, if given).

    Tells code that no longer parses, secrets, marks of what stays here, and functions whose
    approved variants become stale. The setting `block` says which of these stop the commit.
    """
    from codeaug.hook.files import some_code
    from codeaug.index import place

    where = place(os.environ)
    only = [_from_top(where, name) for name in files]
    with _around(where, **refs) as (changes, objects):
        if not some_code(changes):  # the rest need not even be imported
            _tell((), (), as_json, "codeaug-check")
            return
        from codeaug.hook.check import check
        from codeaug.hook.staged import settings_that_hold

        settings = settings_that_hold(objects)
        checked = check(changes, objects, settings, where.top, only)
    for path in checked.lost:
        say(f"{_plain(path)}: codeaug gave up on this file, and lets it be")
    _tell(checked.notices, settings.block, as_json, "codeaug-check")


@hook.command("config")
@click.argument("files", nargs=-1)
@_refs
@AS_JSON
@_harmless
def hook_config(files: Sequence[str], as_json: bool, **refs: Any) -> None:
    """Validate the staged codeaug.toml and [tool.codeaug]; FILES do not matter."""
    from codeaug.hook.staged import wrong_setting
    from codeaug.index import place

    with _around(place(os.environ), **refs) as (_, objects):
        found = wrong_setting(objects)
    _tell(found, _NO_BLOCKING, as_json, "codeaug-config")


@hook.command("dataset")
@click.argument("files", nargs=-1)
@_refs
@AS_JSON
@_harmless
def hook_dataset(files: Sequence[str], as_json: bool, **refs: Any) -> None:
    """Compare manifests and files of staged datasets; FILES do not matter."""
    from codeaug.hook.datasets import check_datasets
    from codeaug.index import place

    with _around(place(os.environ), **refs) as (changes, objects):
        found = check_datasets(changes, objects)
    _tell(found, _NO_BLOCKING, as_json, "codeaug-dataset")


@hook.command("enqueue")
@AS_JSON
@DEBUG
def hook_enqueue(as_json: bool, debug: bool) -> None:
    """Append pointers to the functions that HEAD changes to codeaug/queue.jsonl in the git folder.

    Never fails.
    """
    from codeaug.hook.queue import append, pointers, queue_file
    from codeaug.hook.staged import settings_that_hold
    from codeaug.index import committed, place

    number = 0
    try:
        where = place(os.environ)
        with committed(where) as (commit, changes, objects):
            found = pointers(commit, changes, objects, settings_that_hold(objects))
        number = append(queue_file(where.common), found)
        if number < len(found):
            say("the queue is full, nothing was put there: let somebody take from it")
    except Exception as error:
        if debug:
            raise
        say(f"nothing was queued: {_plain(str(error))}")
    if as_json:
        _print({"queued": number})


# --- what they share ------------------------------------------------------------------------------


def _around(where: Place, from_ref: str | None, to_ref: str | None, everything: bool) -> Around:
    """The changes that are to be looked at. Raises UsageError."""
    from codeaug import index

    if everything:
        return index.everything(where)
    if from_ref and to_ref:
        return index.ranged(where, from_ref, to_ref)
    if from_ref or to_ref:
        raise UsageError("give both --from-ref and --to-ref, or neither.")
    return index.staged(where)


def _from_top(where: Place, name: str) -> str:
    """A name as git has it, from one that counts from the current folder."""
    start = where.top or os.curdir
    return os.path.relpath(name, start) if os.path.isabs(name) else os.path.normpath(
        where.prefix + name
    )  # fmt: skip


def _tell(found: Iterable[Notice], block: Sequence[str], as_json: bool, hook_id: str) -> None:
    """One line a notice, and what to do; exits 1 when one of them stops the commit."""
    notices = list(found)
    stopped = any(notice.rule.id in block for notice in notices)
    if as_json:
        _print({"stopped": stopped, "notices": [_document(one, block) for one in notices]})
    for notice in () if as_json else notices:
        click.echo(_line(notice))
    if notices and not as_json:
        click.echo(_advice(stopped, hook_id))
    if stopped:
        click.get_current_context().exit(1)


def _line(notice: Notice) -> str:
    rule = notice.rule
    level = str(rule.level)
    shown = level if "NO_COLOR" in os.environ else click.style(level, fg=_COLOURS[level])
    place = f"{_plain(notice.path)}:{notice.line}" if notice.line else _plain(notice.path)
    return f"{place}: {shown}: {_plain(notice.message)} [{rule.id}]"


def _advice(stopped: bool, hook_id: str) -> str:
    if not stopped:
        return "codeaug: nothing here stops the commit."
    return f"codeaug: mend and stage it again; `SKIP={hook_id} git commit` goes past this."


def _document(notice: Notice, block: Sequence[str]) -> dict[str, Any]:
    return {
        "rule": notice.rule.id,
        "level": str(notice.rule.level),
        "path": notice.path,
        "line": notice.line,
        "end_line": notice.end_line,
        "unit": notice.unit,
        "message": notice.message,
        "help": notice.rule.help,
        "fingerprint": notice.fingerprint,
        "stops": notice.rule.id in block,
    }


def _print(document: dict[str, Any]) -> None:
    """ASCII alone: a file's name may be no text."""
    click.echo(json.dumps(document, separators=(",", ":")))


def _plain(text: str) -> str:
    """A name or message on one line, without what a terminal would obey."""
    encoding = sys.stdout.encoding or "utf-8"
    return printable(text).encode(encoding, "backslashreplace").decode(encoding)
