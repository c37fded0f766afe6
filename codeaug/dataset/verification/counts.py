"""Every number of the manifest, counted anew from rows and lineage."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from codeaug.agreement import agreement
from codeaug.dataset.planning import SPLITS
from codeaug.dataset.verification import findings as names
from codeaug.dataset.verification.findings import Findings
from codeaug.dataset.verification.graph import Graph
from codeaug.dataset.verification.lines import Lines
from codeaug.dataset.verification.rows import Walk
from codeaug.dataset.writing import CAPTION
from codeaug.provenance.comparison import differences

Record = dict[str, Any]


def look(
    manifest: Mapping[str, Any],
    graph: Graph,
    lines: Lines,
    walk: Walk,
    left_out: Counter[str],
    found: Findings,
) -> None:
    wanted = {
        "counts": _counts(graph, lines),
        "repositories": _repositories(graph),
        "generators": _generators(graph, lines),
        "reviewers": _reviewers(graph),
        "left_out": dict(sorted(left_out.items())),
    }
    told = {name: manifest[name] for name in wanted}
    told["counts"] = {name: told["counts"].get(name) for name in wanted["counts"]}
    found.saw(names.COUNTS, f"{sum(lines.rows.values()):,} rows")
    for problem in differences(told, wanted):
        found.wrong(names.COUNTS, problem.replace("manifest and lineage give", "there are"))
    for problem in (*_files(manifest, walk), *_date(manifest, graph)):
        found.wrong(names.COUNTS, problem)
    for problem in _tokens(manifest, graph, lines, walk):
        found.wrong(names.TOKENS, problem)


def _counts(graph: Graph, lines: Lines) -> Record:
    counts = graph.counts
    plain = {
        name: dict(sorted(counts.get(name, Counter()).items()))
        for name in ("languages", "rungs", "accepted_by", "engines", "transforms")
    }
    return {
        "rows": {split: lines.rows[split] for split in SPLITS},
        "units": {split: counts.get("units", Counter())[split] for split in SPLITS},
        "variants": counts.get("engines", Counter()).total(),
        "robustness": counts.get("robustness", Counter()).total(),
        "contrasts": counts.get("contrast", Counter()).total(),
        "ancestors": counts.get("ancestor", Counter()).total(),
        "captions": dict(sorted(counts.get("captions", Counter()).items())),
        "unwritten": dict(sorted(lines.balance.reasons.items())),
        "tasks": dict(sorted(lines.tasks.items())),
        **plain,
    }


def _repositories(graph: Graph) -> list[Record]:
    units = graph.counts.get("repository units", Counter())
    variants = graph.counts.get("repository variants", Counter())
    return [
        {"name": name, "commit": commit, "license": license}
        | {"units": number, "variants": variants[name, commit, license]}
        for (name, commit, license), number in sorted(units.items())
    ]


def _generators(graph: Graph, lines: Lines) -> list[Record]:
    tokens: Counter[tuple[str, str]] = Counter()
    for (kind, _), number in lines.by_mix.items():
        _, engine, model, _ = graph.kinds.all[kind]
        tokens[engine, model] += number
    for (model, _), number in lines.by_caption.items():
        tokens[CAPTION, model] += number
    made = graph.counts.get("generators", Counter())
    captions = {(CAPTION, model) for model in graph.counts.get("captions", Counter())}
    return [
        {"engine": engine, "model": model, "variants": made[engine, model]}
        | {"tokens": tokens[engine, model]}
        for engine, model in sorted({*made, *captions})
    ]


def _reviewers(graph: Graph) -> Record:
    votes, people = graph.counts.get("votes", Counter()), graph.counts.get("reviewers", Counter())
    found = agreement({vote: number for vote, number in votes.items() if sum(vote)})
    told = {"raw": found.raw, "alpha": found.alpha, "ac1": found.ac1}
    figures = {name: round(one.value, 4) for name, one in told.items() if one is not None}
    return {
        "people": len(people),
        "decisions": people.total(),
        "approved": sum(yes * number for (yes, _), number in votes.items()),
        "agreement": figures or None,
    }


def _files(manifest: Mapping[str, Any], walk: Walk) -> Iterator[str]:
    for file in manifest["files"]:
        if (rows := walk.by_file[file["name"]]) != file["rows"]:
            yield f"{file['name']} has {rows:,} rows, the manifest says {file['rows']:,}"


def _date(manifest: Mapping[str, Any], graph: Graph) -> Iterator[str]:
    """The day of the newest decision, where there is one."""
    if graph.newest and graph.newest[:10] != manifest["date"]:
        yield f"date is {manifest['date']}, the newest decision is of {graph.newest[:10]}"


def _tokens(manifest: Mapping[str, Any], graph: Graph, lines: Lines, walk: Walk) -> Iterator[str]:
    told, made = manifest["tokens"], lines.by_mix.total() + lines.by_caption.total()
    for name, number in (("human", lines.human), ("synthetic", made)):
        if told[name] != number:
            yield f"tokens.{name} is {told[name]:,}, the lineage gives {number:,}"
    whole = walk.remade == sum(walk.rows.values())
    if walk.longest and whole and told["longest"] != walk.longest:
        yield f"tokens.longest is {told['longest']:,}, the rows give {walk.longest:,}"
    if walk.lengths and whole:
        lengths = {
            task: {str(most): number for most, number in sorted(own.items())}
            for task, own in walk.lengths.items()
        }
        for problem in differences(told["lengths"], lengths, "tokens.lengths"):
            yield problem.replace("manifest and lineage give", "the rows give")
    wrong = (n for n, one in enumerate(graph.unit_tokens) if one != lines.unit_tokens[n])
    for number in wrong:
        unit = graph.unit_name[number]
        told_, rows = graph.unit_tokens[number], lines.unit_tokens[number]
        yield f"unit {unit} has {told_:,} tokens in the lineage, its rows have {rows:,}"
