"""The verbs about datasets."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from codeaug.cli.common import (
    AS_JSON,
    DEBUG,
    REPO,
    STORE,
    actor,
    flags_of,
    folder_of,
    load,
    print_json,
    store_url,
)
from codeaug.errors import GateFailed, UsageError


@click.command()
@REPO
@STORE
@click.option("--format", "name", metavar="FORMAT", help="What is written: see --formats.")
@click.option("--out", type=click.Path(path_type=Path), help="Folder to write.")
@click.option(
    "--accept-rung",
    metavar="RUNG",
    help="Accept by evidence alone from this rung; each variant says so.",
)
@click.option(
    "--tasks",
    "dataset_tasks",
    metavar="T,T",
    callback=lambda c, p, v: None if v is None else tuple(v.split(",")),
    help="What rows ask a model to do; else the setting dataset.tasks.",
)
@click.option(
    "--robustness",
    "dataset_robustness",
    is_flag=True,
    default=None,
    help="Keep variants that were made for robustness (tier R), each with a tag.",
)
@click.option(
    "--override-mix", metavar="REASON", help="Lift the mix policy; the card tells the reason."
)
@click.option("--curator", metavar="NAME", help="Who lifts it; default: who you are here.")
@click.option(
    "--sign", type=click.Path(path_type=Path), metavar="KEY", help="Sign with a private key (PEM)."
)
@click.option(
    "--diff",
    "old",
    type=click.Path(path_type=Path),
    metavar="OLD",
    help="Compare the export at --out with an older one: what came, what went, and why.",
)
@click.option("--formats", "listed", is_flag=True, help="List the formats.")
@AS_JSON
@DEBUG
def export(
    repo: str,
    name: str | None,
    out: Path | None,
    accept_rung: str | None,
    override_mix: str | None,
    curator: str | None,
    sign: Path | None,
    old: Path | None,
    listed: bool,
    as_json: bool,
    debug: bool,
    **flags: Any,
) -> None:
    """Write what was approved as a dataset: rows, splits, lineage, its documents.

    With --diff OLD nothing is written unless --format is given, too.
    """
    if listed:
        _list_formats(as_json)
        return
    if out is None or (name is None and old is None):
        raise UsageError("give --format FORMAT and --out DIR; --formats lists the formats.")
    document: dict[str, Any] = {}
    if name is not None:
        by = curator or actor()
        document = _exported(repo, name, out, accept_rung, (override_mix, by), sign, flags)
    if old is not None:
        from codeaug.dataset.difference import difference

        document["difference"] = difference(old, out)
    if as_json:
        print_json(document)
    else:
        _tell(document, out)


@click.command("verify-export")
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option(
    "--key",
    type=click.Path(path_type=Path),
    metavar="PUBLIC",
    help="Check the signature with this public key (PEM).",
)
@click.option(
    "--tokenizer",
    default="",
    metavar="PATH",
    help="Tokenizer of the target (folder or file), where tokens were counted by one.",
)
@click.option("--no-loaders", is_flag=True, help="Leave the training stacks' own loaders out.")
@AS_JSON
@DEBUG
def verify_export(
    folder: Path, key: Path | None, tokenizer: str, no_loaders: bool, as_json: bool, debug: bool
) -> None:
    """Check an export offline, without the store that it was made of.

    Every digest, row, count, share, leak and document is made anew and compared. Exit code 0 when
    no check failed, 1 when one did, 2 when DIR is no export.
    """
    from codeaug.dataset.verification import verify
    from codeaug.model import Verdict
    from codeaug.report.datasets import show_verification
    from codeaug.report.terminal import Progress

    stage = Progress(quiet=as_json).stage
    found = verify(folder, key=key, tokenizer=tokenizer, loaders=not no_loaders, stage=stage)
    if as_json:
        print_json({"folder": str(folder), "findings": [one.document() for one in found]})
    else:
        show_verification([one.document() for one in found])
    failed = [one.check for one in found if one.verdict is Verdict.FAILED]
    if failed:
        raise GateFailed(f"{folder} is not what it says: {', '.join(failed)}.")


def _exported(
    repo: str,
    name: str,
    out: Path,
    accept_rung: str | None,
    override: tuple[str | None, str],
    sign: Path | None,
    flags: dict[str, Any],
) -> dict[str, Any]:
    from codeaug.dataset import Override, recipe_of, require_curator
    from codeaug.dataset import export as written
    from codeaug.home import require_inside
    from codeaug.report.terminal import Progress
    from codeaug.store import Store

    loaded = load(repo, flags_of(**flags))
    store = Store.open(store_url(repo, loaded), create=False)
    require_inside(out, folder_of(repo))
    reason, by = override
    if reason is not None:
        require_curator(store, by)
    recipe = recipe_of(loaded.settings, name, accept_rung)
    lifted = None if reason is None else Override(reason, by)
    stage = Progress().stage
    manifest = written(store, recipe, out, override=lifted, key_file=sign, stage=stage)
    rows = sum(manifest["counts"]["rows"].values())
    detail = {"override": reason, "curator": by} if reason is not None else {}
    store.audit.write(actor(), "exported", str(out), format=name, rows=rows, **detail)
    return {**manifest, "folder": str(out.resolve()), "rows": rows}


def _tell(document: dict[str, Any], out: Path) -> None:
    from codeaug.report.datasets import show_difference, show_export

    if "kind" in document:
        show_export(document, out)
    if "difference" in document:
        show_difference(document["difference"])


def _list_formats(as_json: bool) -> None:
    from codeaug.formats import formats

    if as_json:
        print_json({name: one.help for name, one in formats().items()})
        return
    for name, one in formats().items():
        click.echo(f"{name:24} {one.help}")
