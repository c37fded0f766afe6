"""One function per verb."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from codeaug import __version__
from codeaug.cli.agents import mcp
from codeaug.cli.captions import caption
from codeaug.cli.ci import ci
from codeaug.cli.common import (
    AS_JSON,
    DEBUG,
    MAKING,
    REPO,
    STORE,
    WHERE,
    flags_of,
    load,
    print_json,
    say,
    session_of,
    store_url,
)
from codeaug.cli.dataset import export, verify_export
from codeaug.cli.doctor import doctor
from codeaug.cli.gain import gain
from codeaug.cli.hook import hook
from codeaug.cli.releases import finetune, forget
from codeaug.cli.review import review
from codeaug.cli.settings import config
from codeaug.cli.transforms import transforms
from codeaug.errors import GateFailed, ModelUnavailable, ReceiverUnavailable, UsageError


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="codeaug")
def codeaug() -> None:
    """Variants of a codebase's own functions, each with its proof.

    `codeaug run REPO` does the whole job; `codeaug doctor` says what this machine lacks.
    """


@codeaug.command()
@REPO
@click.option(
    "--ci", type=click.Choice(["github", "gitlab", "jenkins"]), help="Write a CI's files instead."
)
@AS_JSON
@DEBUG
def init(repo: str, ci: str | None, as_json: bool, debug: bool) -> None:
    """Write a commented codeaug.toml for REPO; nothing is ever overwritten."""
    if ci:
        from codeaug.ci import templates

        written = [str(path) for path in templates.write(Path(repo), ci)]
        if as_json:
            print_json({"written": written})
        else:
            say("wrote " + ", ".join(written))
            say(f"next: {templates.NEXT[ci]}")
        return
    from codeaug.pipeline.beginning import begin

    begun = begin(Path(repo))
    if as_json:
        print_json(begun.document())
        return
    say(f"wrote {begun.written}")
    for line in begun.told():
        say(f"  {line}")
    say(begun.found.empty or f"next: codeaug doctor {repo}; codeaug run {repo}")


@codeaug.command()
@REPO
@WHERE
@AS_JSON
def scan(repo: str, as_json: bool, debug: bool, **flags: Any) -> None:
    """Parse REPO into units; count what is skipped, and why."""
    from codeaug.pipeline import scan as scanned
    from codeaug.report.tables import show_scan

    session = session_of(repo, flags_of(**flags))
    with session.store.exclusive():
        summaries = scanned(session)
    if as_json:
        keys = ("language", "files", "units", "skipped")
        languages = [{key: getattr(s, key) for key in keys} for s in summaries]
        print_json({"repository": repo, "commit": session.commit, "languages": languages})
    else:
        show_scan(session.repository, summaries)


@codeaug.command()
@REPO
@WHERE
@AS_JSON
def status(repo: str, as_json: bool, debug: bool, **flags: Any) -> None:
    """Say which variants still speak of REPO as it is: fresh, stale or orphaned.

    Fresh: the function's text is there, wherever it was moved and however it is laid out. Stale:
    the function has another text now. Orphaned: it is gone, or marked `codeaug: skip`. Nothing is
    built or tested.
    """
    from codeaug.pipeline.status import status as found
    from codeaug.report.tables import show_status

    document = found(session_of(repo, flags_of(**flags)))
    print_json(document) if as_json else show_status(document)


@codeaug.command()
@REPO
@WHERE
@click.option("--limit", type=click.IntRange(min=0), metavar="N", help="Units, at most.")
@click.option("--of", default="", metavar="PATH[::NAME]", help="Only a file, or one unit of it.")
@click.option("--report", is_flag=True, help="List the units that are most worth a test.")
@AS_JSON
def oracle(repo: str, of: str, report: bool, as_json: bool, debug: bool, **flags: Any) -> None:
    """Say what REPO's tests can tell about each unit: who executes it, which faults they catch."""
    from codeaug.pipeline import measure
    from codeaug.report.tables import show_oracles, show_weak

    document = measure(session_of(repo, flags_of(**flags)), of)
    if as_json:
        print_json(document)
        return
    show_oracles(document)
    if report:
        show_weak(document)


@codeaug.command()
@REPO
@WHERE
@MAKING
@click.option("--push", metavar="URL", help="Send what reaches the bar to that review server.")
@AS_JSON
def run(
    repo: str, plan: bool, dry_run: bool, batch: bool, as_json: bool, debug: bool, **flags: Any
) -> None:
    """Scan REPO, measure its tests, make variants, check them and queue what passed.

    REPO is a path or a git address. A run that was stopped goes on where it was. The key for --push
    is in CODEAUG_PUSH_KEY.
    """
    from codeaug import pipeline

    session = _asking_session(repo, plan or dry_run or batch, flags_of(**flags))
    if plan or dry_run:
        _told_before(session, plan, as_json)
    else:
        _told_after(pipeline.run(session, batch), repo, as_json)


@codeaug.command()
@REPO
@WHERE
@MAKING
@AS_JSON
def generate(
    repo: str, plan: bool, dry_run: bool, batch: bool, as_json: bool, debug: bool, **flags: Any
) -> None:
    """As run, up to the variants: nothing is checked yet. `codeaug run` goes on from there."""
    from codeaug import pipeline

    session = _asking_session(repo, plan or dry_run or batch, flags_of(**flags))
    if plan or dry_run:
        _told_before(session, plan, as_json)
    else:
        _told_after(pipeline.generate(session, batch), repo, as_json)


def _asking_session(repo: str, by_model: bool, chosen: dict[str, Any]) -> Any:
    """The session; what only a model can do means the engine llm."""
    if by_model:
        chosen.setdefault("engine", "llm")
    session = session_of(repo, chosen)
    if by_model and session.settings.engine != "llm":
        raise UsageError("--plan, --dry-run and --batch are for the engine llm.")
    return session


def _told_before(session: Any, plan: bool, as_json: bool) -> None:
    """What would be asked: calls and cost, or every byte."""
    from codeaug import pipeline
    from codeaug.report.models import show_bytes, show_plan

    if plan:
        document = pipeline.plan(session)
        print_json(document) if as_json else show_plan(document)
        return
    for request in pipeline.shown(session):
        print_json(request) if as_json else show_bytes(request)


def _told_after(document: dict[str, Any], repo: str, as_json: bool) -> None:
    """What came of a run. Raises ModelUnavailable when the model was not asked everything,
    ReceiverUnavailable when not everything was pushed."""
    from codeaug.report.models import show_model
    from codeaug.report.tables import show_push, show_run

    print_json(document) if as_json else show_run(document, repo)
    if "model" in document and not as_json:
        show_model(document["model"])
    if "push" in document and not as_json:
        show_push(document["push"])
    if document.get("stopped"):
        raise ModelUnavailable(document["stopped"])
    if document.get("push", {}).get("problem"):
        raise ReceiverUnavailable(document["push"]["problem"])


@codeaug.command()
@REPO
@click.option(
    "--variants",
    "file",
    type=click.File("rb"),
    metavar="FILE",
    help='JSON lines {"path", "unit", "code"}; - for standard input.',
)
@click.option("--stdin", is_flag=True, help="One function from standard input: --path, --unit.")
@click.option("--path", metavar="FILE", help="File of that function.")
@click.option("--unit", metavar="NAME", help="Its qualified name.")
@WHERE
@click.option(
    "--fail-on",
    type=click.Choice(["failed", "unknown"]),
    help="Exit 1 when such a verdict occurs (unknown: either).",
)
@AS_JSON
def check(
    repo: str,
    file: Any,
    stdin: bool,
    path: str | None,
    unit: str | None,
    fail_on: str | None,
    as_json: bool,
    debug: bool,
    **flags: Any,
) -> None:
    """Judge variants made by anybody: one verdict a line, in order.

    With --stdin: the new text of one function, from an editor. What it is compared with is the
    function as it is in the last commit.
    """
    from codeaug.pipeline.given import check as judged
    from codeaug.pipeline.given import read_given, read_one
    from codeaug.report.tables import verdict_line

    if stdin != bool(path and unit) or stdin == bool(file):
        raise UsageError("give --variants FILE, or --stdin with --path FILE and --unit NAME.")
    given = [read_one(sys.stdin.buffer, path, unit)] if path and unit else read_given(file)
    session = session_of(repo, flags_of(**flags))
    bad = {"failed": {"failed"}, "unknown": {"failed", "unknown"}}.get(fail_on or "", set())
    hits = 0
    for answer in judged(session, given):
        hits += answer["verdict"] in bad
        if as_json:
            print_json(answer)
        else:
            colour = {"passed": "green", "failed": "red"}.get(answer["verdict"], "yellow")
            click.secho(verdict_line(answer), fg=colour)
    if hits:
        raise GateFailed(f"{hits} of {len(given)} variants are {fail_on}.")


@codeaug.command()
@REPO
@STORE
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("codeaug-report.html"),
    show_default=True,
    help="File to write.",
)
@DEBUG
def report(repo: str, out: Path, debug: bool, **flags: Any) -> None:
    """Write one HTML page: what is left at each step, blind tests, and released datasets."""
    from datetime import datetime

    from codeaug.report import page

    session = session_of(repo, flags_of(**flags))
    bar = session.settings.bar_rung
    try:
        page.write(session.store, session.repository, bar, out, datetime.now())
    except OSError as error:
        raise UsageError(f"{out} cannot be written: {error.strerror}") from error
    say(f"wrote {out}")


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

    loaded = load(repo, flags_of(**flags))
    document = story(Store.open(store_url(repo, loaded), create=False), words)
    if as_json:
        print_json(document)
    else:
        for line in as_text(document):
            click.echo(line)


@codeaug.command()
@REPO
@STORE
@AS_JSON
@DEBUG
def ledger(repo: str, as_json: bool, debug: bool, **flags: Any) -> None:
    """List what was sent to models: where, when, under which policy, by the hash of its bytes.

    With --json: one line of JSON for each request.
    """
    from codeaug.report.models import ledger_row, show_ledger
    from codeaug.store import Store

    loaded = load(repo, flags_of(**flags))
    lines = Store.open(store_url(repo, loaded), create=False).ledger()
    if as_json:
        for line in lines:
            print_json(ledger_row(line))
    else:
        show_ledger(lines)


codeaug.add_command(caption)
codeaug.add_command(ci)
codeaug.add_command(config)
codeaug.add_command(doctor)
codeaug.add_command(export)
codeaug.add_command(finetune)
codeaug.add_command(forget)
codeaug.add_command(gain)
codeaug.add_command(mcp)
codeaug.add_command(hook)
codeaug.add_command(review)
codeaug.add_command(transforms)
codeaug.add_command(verify_export)
