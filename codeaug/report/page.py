"""`codeaug report`: one self-contained HTML file about a repository's tests and variants."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from codeaug.bundled import bundled
from codeaug.errors import UsageError
from codeaug.home import put
from codeaug.languages import TITLES
from codeaug.model import Repository, Rung
from codeaug.report import figures, releases
from codeaug.store import Store


def write(store: Store, repository: Repository, bar: Rung, target: Path, now: datetime) -> None:
    """Write the report on the repository's commit.

    Raises OSError when it cannot be written, UsageError when nothing is known of the commit yet.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    commit = repository.commit
    units = list(store.units(commit))
    if not units:
        raise UsageError("there is nothing to report on yet: run `codeaug run` first.")
    oracles, strengths = store.oracles(commit), store.strengths(commit)
    evidence, sites = store.told(commit), store.site_totals(commit)
    environment = Environment(
        loader=FileSystemLoader(bundled("templates", "report")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    html = environment.get_template("page.html").render(
        repository=repository,
        now=now,
        titles=TITLES,
        bar=bar.label,
        funnels=figures.funnels(units, oracles, strengths, evidence, bar),
        transforms=figures.transforms(evidence, sites, bar),
        losses=figures.losses(evidence, sites, bar),
        files=figures.blindness(units, oracles, strengths),
        weak=figures.weakest(units, strengths),
        spent=figures.spent(evidence),
        agreement=figures.agreement(evidence),
        slowest=figures.slowest(store, commit),
        datasets=releases.datasets(store),
        no_limit=releases.NO_LIMIT,
    )
    root = Path(repository.address)
    put(target, html, root if root.is_dir() else None)
