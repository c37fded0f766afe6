"""`codeaug ci`: a change's functions in a CI job, and reports for whoever reads them."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from codeaug.cli.common import (
    AS_JSON,
    MODEL,
    REPO,
    WHERE,
    flags_of,
    folder_of,
    print_json,
    say,
    session_of,
)
from codeaug.errors import BrokenBaseline, CodeaugError, UsageError
from codeaug.notices import RULES, Level, printable

if TYPE_CHECKING:
    from codeaug.ci.platforms import Job
    from codeaug.pipeline import Session
    from codeaug.pipeline.changes import Report

_KEPT = frozenset({UsageError.exit_code, CodeaugError.exit_code})
_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command()
@REPO
@click.option("--base", metavar="REV", help="What to compare with; else what the CI says.")
@click.option("--sarif", type=_FILE, metavar="FILE", help="Write SARIF 2.1.0.")
@click.option("--junit", type=_FILE, metavar="FILE", help="Write JUnit XML.")
@click.option("--code-quality", type=_FILE, metavar="FILE", help="Write GitLab's Code Quality.")
@click.option("--summary", type=_FILE, metavar="FILE", help="Write a summary in Markdown.")
@click.option("--github", is_flag=True, help="Print annotations; append to GitHub's step summary.")
@click.option(
    "--fail-on",
    type=click.Choice([*(level.value for level in Level), *RULES]),
    multiple=True,
    help="Exit 1 on such a notice (a level: or a graver one); may be repeated.",
)
@click.option("--soft-fail", is_flag=True, help="Exit 0 all the same, except 2 and 70.")
@click.option(
    "--generate",
    "when",
    type=click.Choice(["never", "protected", "always"]),
    default="never",
    show_default=True,
    help="Ask your settings' model about the changed functions; never for a fork's change.",
)
@click.option(
    "--cache",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Keep fetched dependencies there.",
)
@WHERE
@click.option("--engine", metavar="NAME", help="Engine for --generate: llm.")
@click.option("--per-unit", type=click.IntRange(min=1), metavar="N", help="Variants a unit.")
@click.option(
    "--limit", type=click.IntRange(min=0), metavar="N", help="Functions to measure, at most."
)
@MODEL
@click.option(
    "--budget",
    type=click.FloatRange(min=0, min_open=True),
    metavar="USD",
    help="For all replies.",
)
@click.option("--push", metavar="URL", help="Send what reaches the bar to that review server.")
@AS_JSON
def ci(
    repo: str,
    base: str | None,
    github: bool,
    fail_on: tuple[str, ...],
    soft_fail: bool,
    when: str,
    cache: Path | None,
    as_json: bool,
    debug: bool,
    **given: Any,
) -> None:
    """Look at the functions that a change touches: tests, injected faults, variants, secrets.

    Compares HEAD with where it left --base, or the branch that the CI's own variables name. Exits
    0 unless --fail-on names what was found, or the job could not be done.
    """
    from codeaug.ci import gate
    from codeaug.ci.platforms import job_of

    files = {name: given.pop(name) for name in ("sarif", "junit", "code_quality", "summary")}
    if github and as_json:
        raise UsageError("--github and --json both print on standard output: give one.")
    try:
        _require_git(folder_of(repo))
        _require_places(files, folder_of(repo))
        job = job_of(os.environ)
        session = session_of(repo, flags_of(**given))
        report = _report(session, job, base, when, cache)
        _write(report, files, folder_of(repo), github)
        _show(report, github, as_json)
        if report.trouble is not None:
            raise _without_log(report.trouble)
        gate.check(report.notices, fail_on)
    except CodeaugError as error:
        if not soft_fail or error.exit_code in _KEPT:
            raise
        say(f"Error: {printable(str(error))} (exit code 0 by --soft-fail, else {error.exit_code})")


def _report(session: Session, job: Job, base: str | None, when: str, cache: Path | None) -> Report:
    from codeaug.ci import cache as caches
    from codeaug.pipeline import changes, pushing

    if cache:
        caches.require_own(cache)
    deps = session.work / "deps"
    if job.is_foreign and session.settings.push:
        say("nothing is pushed: the change comes from a fork")
        session.settings = replace(session.settings, push="")
    if session.settings.push:
        pushing.check(session)
    for sentence in caches.restore(cache, deps) if cache else ():
        say(sentence)
    bases = (base,) if base else job.bases
    report = changes.check(session, bases, ask=_asks(session, job, when))
    used = {Path(known["deps"]).name for known in session.store.baselines(session.commit)}
    if cache and used:
        caches.save(cache, deps, used)
    return report


def _asks(session: Session, job: Job, when: str) -> bool:
    """Whether the model is asked: the settings name one, and it is wanted here."""
    if when == "never":
        return False
    if session.settings.engine != "llm":
        raise UsageError("--generate needs a model: --engine llm --model PROVIDER:NAME.")
    if job.is_foreign:
        say("no model is asked: the change comes from a fork")
        return False
    if when == "protected" and not job.is_protected:
        say("no model is asked: this is no protected and no default branch")
        return False
    from codeaug.pipeline import desk

    desk.check(session.settings)
    return True


def _require_git(folder: Path | None) -> None:
    """Raises UsageError for a folder that is no repository, with the one in which it lies."""
    from codeaug import git

    if folder is None or git.is_git(folder):
        return
    top = next((above for above in folder.parents if git.is_git(above)), None)
    mend = f"name {top}, in which it lies" if top else "name a clone"
    raise UsageError(f"{folder} is no git repository, so there is nothing to compare: {mend}.")


def _require_places(files: dict[str, Path | None], root: Path | None) -> None:
    """Raises UsageError, before anything is done, where a report cannot be written."""
    from codeaug.home import require_inside

    for path in files.values():
        if path is None:
            continue
        require_inside(path, root)
        if not os.access(path if path.exists() else path.parent, os.W_OK):
            raise UsageError(f"{path} cannot be written: make {path.parent}, or give another FILE.")


def _write(report: Report, files: dict[str, Path | None], root: Path | None, github: bool) -> None:
    """Every report that was asked for. Raises UsageError for a file that cannot be written."""
    from codeaug.ci.reports import code_quality, junit, markdown, sarif
    from codeaug.home import put

    renderings = {
        "sarif": sarif.render,
        "junit": junit.render,
        "code_quality": code_quality.render,
        "summary": markdown.render,
    }
    for name, path in files.items():
        if path is not None:
            try:
                put(path, renderings[name](report), root)
            except OSError as error:
                raise UsageError(f"{path} cannot be written: {error.strerror}.") from error
    step = os.environ.get("GITHUB_STEP_SUMMARY") if github else None
    if step:
        taken = Path(step).stat().st_size if Path(step).exists() else 0
        with suppress(OSError), open(step, "a", encoding="utf-8") as file:
            file.write(markdown.render(report, markdown.MOST_BYTES - taken))


def _show(report: Report, github: bool, as_json: bool) -> None:
    from codeaug.ci.reports import document
    from codeaug.ci.reports import github as annotations
    from codeaug.report.tables import show_changes

    if as_json:
        print_json(document.document(report))
    elif github:
        click.echo(annotations.render(report), nl=False)
    else:
        show_changes(document.document(report))


def _without_log(error: CodeaugError) -> CodeaugError:
    """What the tests printed stays out of a CI's log: it quotes source."""
    return BrokenBaseline(str(error)) if isinstance(error, BrokenBaseline) else error
