"""One function per verb. Results go to standard output, everything else to standard error.

Exit codes: 0 done; 1 a gate failed; 2 usage or configuration; 3 something needed is missing;
4 model unavailable or budget spent; 5 no sandbox; 70 a bug in codeaug; 130 interrupted.
"""

from __future__ import annotations

import errno
import json
import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from codeaug import __version__
from codeaug.errors import (
    BrokenBaseline,
    CodeaugError,
    GateFailed,
    MissingTool,
    OutOfSpace,
    UsageError,
)
from codeaug.settings import Loaded, json_schema, load_settings

if TYPE_CHECKING:
    from codeaug.pipeline import Session

Function = Callable[..., Any]


def main(args: list[str] | None = None) -> None:
    """Run a verb and turn what went wrong into one sentence and an exit code."""
    debug = "--debug" in (sys.argv[1:] if args is None else args)
    try:
        code = codeaug.main(args=args, prog_name="codeaug", standalone_mode=False)
        _leave(code if isinstance(code, int) else 0)
    except click.exceptions.Exit as ended:
        _leave(ended.exit_code)
    except click.ClickException as error:
        error.show()
        _leave(2)
    except (KeyboardInterrupt, click.Abort):
        _say("Interrupted: everything finished is kept; the same command goes on from there.")
        _leave(130)
    except Exception as error:
        if debug:
            raise
        _leave(_explain_error(error))


def _explain_error(error: Exception) -> int:
    """One sentence on standard error; the exit code that belongs to it."""
    if isinstance(error, BrokenBaseline) and error.log:
        _say(error.log.rstrip() + "\n")
    if isinstance(error, CodeaugError):
        _say(f"Error: {error}")
        return error.exit_code
    if isinstance(error, ImportError) and error.name:
        _say(f"Error: the package {error.name} is missing: pip install 'codeaug[all]'.")
        return MissingTool.exit_code
    if isinstance(error, BrokenPipeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        _say("Error: the disk is full; what was finished is kept. Free some space and run again.")
        return OutOfSpace.exit_code
    if isinstance(error, PermissionError | IsADirectoryError | FileNotFoundError):
        _say(f"Error: {error.strerror}: {error.filename}.")
        return UsageError.exit_code
    _say(f"This is a bug in codeaug: {type(error).__name__}: {error} (--debug shows where).")
    return CodeaugError.exit_code


def _say(text: str) -> None:
    click.echo(text, err=True)


def _leave(code: int) -> None:
    """Threads that still wait for a sandbox must not keep a finished program alive."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def _print_json(document: Any) -> None:
    click.echo(json.dumps(document, ensure_ascii=False, separators=(",", ":")))


def _options(*options: Function) -> Callable[[Function], Function]:
    def decorate(function: Function) -> Function:
        for option in reversed(options):
            function = option(function)
        return function

    return decorate


REPO = click.argument("repo", default=".")
AS_JSON = click.option(
    "--json", "as_json", is_flag=True, help="One JSON document on standard output."
)
STORE = click.option("--store", metavar="URL", help="Store; default .codeaug/codeaug.db in REPO.")
DEBUG = click.option("--debug", is_flag=True, help="Show the traceback of an error.")
WHERE = _options(
    STORE,
    click.option("--languages", metavar="L,L", callback=lambda c, p, v: _listed(v),
                 help="python, java, cpp."),
    click.option("--paths", metavar="PATTERN", multiple=True, callback=lambda c, p, v: v or None,
                 help="Gitignore-style pattern of files to look at; may be repeated."),
    click.option("--jobs", type=click.IntRange(min=1), metavar="N", help="Workers."),
    DEBUG,
)  # fmt: skip


def _listed(text: str | None) -> tuple[str, ...] | None:
    return None if text is None else tuple(item.strip() for item in text.split(",") if item.strip())


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="codeaug")
def codeaug() -> None:
    """Variants of a codebase's own functions, each with its proof.

    `codeaug run REPO` does the whole job; `codeaug doctor` says what this machine lacks.
    """


# --- what the verbs share -------------------------------------------------------------------------


def _home(repo: str) -> Path:
    """Where codeaug keeps what belongs to `repo`: in it, or in this folder for an address."""
    if Path(repo).is_dir():
        return Path(repo).resolve() / ".codeaug"
    name = repo.rstrip("/").removesuffix(".git").replace(":", "/").rsplit("/", 1)[-1]
    return Path.cwd() / ".codeaug" / (name or "repository")


def _load(repo: str, flags: dict[str, Any]) -> Loaded:
    return load_settings(Path(repo).resolve() if Path(repo).is_dir() else None, flags)


def _store_url(repo: str, loaded: Loaded) -> str:
    return loaded.settings.store or f"sqlite:///{_home(repo) / 'codeaug.db'}"


def _work(repo: str, store_url: str) -> Path:
    """Clones, prepared projects and scratch lie beside a SQLite store, else in the repository."""
    if store_url.startswith("sqlite:///"):
        return Path(store_url.removeprefix("sqlite:///")).resolve().parent / "work"
    return _home(repo) / "work"


def _session(repo: str, loaded: Loaded, quiet: bool = False) -> Session:
    from codeaug.executors.local import Local
    from codeaug.pipeline import open_session
    from codeaug.report.terminal import Progress
    from codeaug.store import Store

    url = _store_url(repo, loaded)
    store = Store.open(url)
    progress, executor = Progress(quiet), Local(loaded.settings.jobs)
    return open_session(repo, loaded.settings, store, _work(repo, url), progress, executor)


def _flags(**flags: Any) -> dict[str, Any]:
    return {name: value for name, value in flags.items() if value is not None}


# --- verbs ----------------------------------------------------------------------------------------


@codeaug.command()
@REPO
@AS_JSON
@DEBUG
def init(repo: str, as_json: bool, debug: bool) -> None:
    """Write a commented codeaug.toml for REPO; nothing is ever overwritten."""
    from codeaug.pipeline.beginning import begin

    document = begin(Path(repo))
    if as_json:
        _print_json(document)
    else:
        _say(f"wrote {document['written']}")
        for project in document["projects"]:
            where, languages = project["root"] or ".", ", ".join(project["languages"])
            _say(f"  {project['build']} in {where}: {languages}")
        _say(f"next: codeaug doctor {repo}; codeaug run {repo}")


@codeaug.command()
@click.argument("repo", required=False)
@click.option("--attack", is_flag=True, help="Run the escape attempts and show each one refused.")
@AS_JSON
@DEBUG
def doctor(repo: str | None, attack: bool, as_json: bool, debug: bool) -> None:
    """Say what this machine (and REPO's builds) needs, and the command that mends it.

    Exits 3 when a tool is missing, 5 when there is no sandbox, 1 when an attack succeeded.
    """
    from codeaug import doctor as doctors
    from codeaug.pipeline.beginning import projects_of

    lines = list(doctors.examine(projects_of(repo) if repo else None))
    error = doctors.first_error(lines)
    attempts = []
    if attack and error is None:
        import tempfile

        with tempfile.TemporaryDirectory(prefix="codeaug-attack-") as scratch:
            attempts = list(_shown(doctors.attack(Path(scratch)), as_json))
    if as_json:
        keys = ("name", "ok", "detail", "fix")
        table = [{key: getattr(line, key) for key in keys} for line in [*lines, *attempts]]
        _print_json({"ok": all(line.ok for line in [*lines, *attempts]), "lines": table})
    else:
        for line in lines:
            click.echo(_doctor_line(line))
    if error is not None:
        raise error
    if not all(line.ok for line in attempts):
        raise GateFailed("an attack on the sandbox succeeded: nothing generated should run here.")


def _shown(lines: Iterable[Any], as_json: bool) -> Iterable[Any]:
    for line in lines:
        if not as_json:
            click.echo(_doctor_line(line, "refused", "SUCCEEDED"))
        yield line


def _doctor_line(line: Any, good: str = "ok", bad: str = "missing") -> str:
    mark = click.style(good, fg="green") if line.ok else click.style(bad, fg="red", bold=True)
    return f"{mark:<20} {line.name}: {line.detail}" + (f"  ->  {line.fix}" if line.fix else "")


@codeaug.command()
@REPO
@WHERE
@AS_JSON
def scan(repo: str, as_json: bool, debug: bool, **flags: Any) -> None:
    """Parse REPO into units; count what is skipped, and why."""
    from codeaug.pipeline import scan as scanned
    from codeaug.report.tables import show_scan

    session = _session(repo, _load(repo, _flags(**flags)))
    with session.store.exclusive():
        summaries = scanned(session)
    if as_json:
        keys = ("language", "files", "units", "skipped")
        languages = [{key: getattr(s, key) for key in keys} for s in summaries]
        _print_json({"repository": repo, "commit": session.commit, "languages": languages})
    else:
        show_scan(session.repository, summaries)


@codeaug.command()
@REPO
@WHERE
@click.option("--engine", metavar="NAME", help="Engine that proposes variants: rules.")
@click.option("--per-unit", type=click.IntRange(min=1), metavar="N", help="Variants a unit.")
@click.option("--limit", type=click.IntRange(min=0), metavar="N", help="Units, at most.")
@click.option("--seed", type=click.IntRange(min=0), metavar="N", help="Seed of every choice.")
@AS_JSON
def run(repo: str, as_json: bool, debug: bool, **flags: Any) -> None:
    """Scan REPO, measure its tests, make variants, check them and queue what passed.

    REPO is a path or a git address. A run that was stopped goes on where it was.
    """
    from codeaug.pipeline import run as whole
    from codeaug.report.tables import show_run

    session = _session(repo, _load(repo, _flags(**flags)))
    document = whole(session)
    if as_json:
        _print_json(document)
    else:
        show_run(document, repo)


@codeaug.command()
@REPO
@click.option(
    "--variants",
    "file",
    type=click.File("rb"),
    required=True,
    metavar="FILE",
    help='JSON lines {"path", "unit", "code"}; - for standard input.',
)
@WHERE
@click.option(
    "--fail-on",
    type=click.Choice(["failed", "unknown"]),
    help="Exit 1 when such a verdict occurs (unknown: either).",
)
@AS_JSON
def check(
    repo: str, file: Any, fail_on: str | None, as_json: bool, debug: bool, **flags: Any
) -> None:
    """Judge variants made by anybody: one verdict a line, in order."""
    from codeaug.pipeline.given import check as judged
    from codeaug.pipeline.given import read_given
    from codeaug.report.tables import verdict_line

    given = read_given(file)
    session = _session(repo, _load(repo, _flags(**flags)))
    bad = {"failed": {"failed"}, "unknown": {"failed", "unknown"}}.get(fail_on or "", set())
    hits = 0
    for answer in judged(session, given):
        hits += answer["verdict"] in bad
        if as_json:
            _print_json(answer)
        else:
            colour = {"passed": "green", "failed": "red"}.get(answer["verdict"], "yellow")
            click.secho(verdict_line(answer), fg=colour)
    if hits:
        raise GateFailed(f"{hits} of {len(given)} variants are {fail_on}.")


@codeaug.command()
@REPO
@STORE
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8765, show_default=True, help="Port to listen on.")
@click.option("--reviewer", help="Your name; default: the user's.")
@DEBUG
def review(
    repo: str, host: str, port: int, reviewer: str | None, debug: bool, **flags: Any
) -> None:
    """Serve the review page: pairs side by side, with their evidence."""
    import getpass

    from codeaug.web import serve

    loaded = _load(repo, _flags(**flags))
    serve(
        _store_url(repo, loaded), host=host, port=port, bar=loaded.settings.bar_rung,
        reviewer=reviewer or getpass.getuser(),
    )  # fmt: skip


@codeaug.command()
@REPO
@STORE
@click.option(
    "--format", "name", required=True, metavar="FORMAT", help="openai-chat or prompt-completion."
)
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Folder to write.")
@click.option(
    "--accept-rung",
    metavar="RUNG",
    help="Accept by evidence alone from this rung; each row says so.",
)
@AS_JSON
@DEBUG
def export(
    repo: str,
    name: str,
    out: Path,
    accept_rung: str | None,
    as_json: bool,
    debug: bool,
    **flags: Any,
) -> None:
    """Write approved samples as JSONL with a manifest."""
    from codeaug.dataset import export as exported
    from codeaug.store import Store

    loaded = _load(repo, _flags(**flags))
    store = Store.open(_store_url(repo, loaded), create=False)
    document = exported(store, name, out, accept_rung)
    if as_json:
        _print_json(document)
    else:
        _say(f"wrote {document['rows']} samples to {out}")


@codeaug.command()
@click.argument("words", metavar="ID")
@click.argument("repo", default=".")
@STORE
@AS_JSON
@DEBUG
def explain(words: str, repo: str, as_json: bool, debug: bool, **flags: Any) -> None:
    """Tell the whole story of a unit or variant: ID is the beginning of an id, or path::name."""
    from codeaug.report.story import as_text, story
    from codeaug.store import Store

    loaded = _load(repo, _flags(**flags))
    document = story(Store.open(_store_url(repo, loaded), create=False), words)
    if as_json:
        _print_json(document)
    else:
        for line in as_text(document):
            click.echo(line)


@codeaug.group()
def config() -> None:
    """Show or validate settings."""


@config.command("show")
@REPO
@click.option("--origin", is_flag=True, help="Say where each value came from.")
@AS_JSON
@DEBUG
def config_show(repo: str, origin: bool, as_json: bool, debug: bool) -> None:
    """Show every setting that holds for REPO."""
    from dataclasses import fields

    loaded = _load(repo, {})
    values = {f.name: getattr(loaded.settings, f.name) for f in fields(loaded.settings)}
    if as_json:
        origins = loaded.origins
        _print_json({n: {"value": v, "origin": origins[n]} for n, v in values.items()})
        return
    for setting, value in values.items():
        shown = json.dumps(value, ensure_ascii=False)
        click.echo(f"{setting} = {shown}" + (f"  # {loaded.origins[setting]}" if origin else ""))


@config.command("validate")
@REPO
@AS_JSON
@DEBUG
def config_validate(repo: str, as_json: bool, debug: bool) -> None:
    """Exit 2 with one sentence when a setting of REPO is wrong."""
    _load(repo, {})
    if as_json:
        _print_json({"valid": True})
    else:
        _say("the settings are valid")


@config.command("schema")
@DEBUG
def config_schema(debug: bool) -> None:
    """Print the JSON Schema of codeaug.toml."""
    click.echo(json.dumps(json_schema(), indent=2))
