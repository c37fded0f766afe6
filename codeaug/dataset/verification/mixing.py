"""The mix: its figures taken anew, and whether policy and a curator's word allow them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, fields
from typing import Any

import numpy

from codeaug.dataset import mix
from codeaug.dataset.planning import SPLITS
from codeaug.dataset.recipe import LIKEST, Policy
from codeaug.dataset.splits import TRAIN
from codeaug.dataset.verification import findings as names
from codeaug.dataset.verification import shapes
from codeaug.dataset.verification.corpus import Corpus
from codeaug.dataset.verification.findings import Findings
from codeaug.dataset.verification.graph import Graph
from codeaug.dataset.verification.lines import Lines
from codeaug.provenance.comparison import differences

_TRAIN = SPLITS.index(TRAIN)


def look(
    manifest: Mapping[str, Any], graph: Graph, lines: Lines, corpus: Corpus, found: Findings
) -> None:
    told = dict(manifest["mix"]["figures"])
    wanted = _figures(graph, lines)
    units, variants = wanted["real_units"], graph.counts.get("engines", Counter()).total()
    own, all_texts = corpus.counted
    found.saw(names.MIX, f"{units:,} functions and {variants:,} variants to train on")
    spread: dict[str, Any] = {name: told.pop(name) for name in ("diversity", "tail")}
    for problem in differences(told, wanted):
        found.wrong(names.MIX, problem.replace("manifest and lineage give", "there is"))
    if (own, all_texts) == (units, units + variants):
        found.saw(names.DIVERSITY, f"{all_texts:,} texts")
        spread["novelty"] = manifest["mix"]["novelty"]
        tenths = sorted(corpus.novelty.items())
        novelty = {f"{tenth / 10:g}": number for tenth, number in tenths}
        for problem in differences(spread, corpus.figures() | {"novelty": novelty}):
            found.wrong(names.DIVERSITY, problem.replace("manifest and lineage give", "there is"))
    else:
        missing = units + variants - all_texts
        found.unknown(names.DIVERSITY, f"{missing:,} texts stand in no row: taken as told")
    _policy(manifest, manifest["mix"]["figures"] | wanted, graph, found)


def _figures(graph: Graph, lines: Lines) -> dict[str, Any]:
    """As the planner takes them: shares are sums, so variants of one kind are one."""
    weighed = []
    for (kind, place), tokens in sorted(lines.by_mix.items()):
        _, engine, model, recipe = graph.kinds.all[kind]
        repository = graph.repositories.all[place][0]
        weighed.append(mix.Weighed(0, tokens, recipe, model or engine, repository, 0))
    by_repository: Counter[str] = Counter()
    human = 0
    for unit, split in enumerate(graph.unit_split):
        if split == _TRAIN:
            tokens = lines.unit_tokens[unit]
            human += tokens
            by_repository[graph.repositories.all[graph.unit_place[unit]][0]] += tokens
    real = sum(split == _TRAIN for split in graph.unit_split)
    captions = [
        mix.Weighed(0, tokens, (), model, graph.repositories.all[place][0], 0)
        for (model, place), tokens in sorted(lines.by_caption.items())
    ]
    return mix.figures(weighed, human, by_repository, real, captions) | {
        "per_unit": _per_unit(graph)
    }


def _per_unit(graph: Graph) -> int:
    of = numpy.frombuffer(graph.variant_unit, dtype=numpy.int32)
    kinds = numpy.frombuffer(graph.variant_kind, dtype=numpy.uint32)
    trained = [number for number, kind in enumerate(graph.kinds.all) if kind[0] == "train"]
    of = of[numpy.isin(kinds, trained) & (of >= 0)] if len(of) else of
    return int(numpy.bincount(of).max()) if len(of) else 0


def _policy(
    manifest: Mapping[str, Any], figures: dict[str, Any], graph: Graph, found: Findings
) -> None:
    told, settings = manifest["mix"], manifest["settings"]
    found.saw(names.POLICY)
    known = {field.name for field in fields(Policy)}
    if told["policy"].keys() != known:
        found.wrong(names.POLICY, "mix.policy has not the settings of a policy")
        return
    policy = Policy(**told["policy"])
    for problem in (
        *differences({name: settings.get(name) for name in known}, asdict(policy), "settings"),
        *_override(told, policy),
        *_lax(manifest),
        *mix.unmet(figures, policy),
        *_dropped(manifest),
    ):
        found.wrong(names.POLICY, problem.replace("manifest and lineage give", "the policy says"))
    for number in _too_deep(graph, policy):
        found.wrong(names.DEPTH, f"variant {number} is deeper than the policy allows")


def _override(told: Mapping[str, Any], policy: Policy) -> Iterator[str]:
    loosened, override = policy.loosened(), told["override"]
    if loosened and override is None:
        settings = ", ".join(f"{name} = {value:g}" for name, value in loosened.items())
        yield f"{settings}: looser than the default, and no curator says why"
    if override is None:
        return
    if not loosened:
        yield "an override is told, and nothing is looser than the default"
    if override["loosened"] != loosened:
        yield f"the override tells {override['loosened']}, the policy is looser in {loosened}"
    if not override["reason"].strip():
        yield "the override has no reason"
    if not shapes.PERSON.fullmatch(override["by"]):
        yield f"the override is by {override['by']!r}, which is no pseudonym"


def _lax(manifest: Mapping[str, Any]) -> Iterator[str]:
    """What lets in what the defaults keep out, without a curator's word."""
    settings = manifest["settings"]
    if manifest["mix"]["override"] is not None:
        return
    if settings["similarity"] > LIKEST:
        yield f"similarity = {settings['similarity']:g}: above {LIKEST:g}, and no curator says why"
    if settings.get("personal_data"):
        yield "personal data was let in, and no curator says why"


def _dropped(manifest: Mapping[str, Any]) -> Iterator[str]:
    wanted = {why: n for why, n in manifest["left_out"].items() if why in mix.REASONS}
    if manifest["mix"]["dropped"] != wanted:
        yield f"mix.dropped is {manifest['mix']['dropped']}, left_out gives {wanted}"


def _too_deep(graph: Graph, policy: Policy) -> Iterator[str]:
    depths = numpy.frombuffer(graph.depths, dtype=numpy.uint16).reshape(-1, 2)
    deep = (depths[:, 0] > policy.max_llm_depth) | (depths[:, 1] > policy.max_rule_depth)
    wrong = set(numpy.flatnonzero(deep).tolist())
    if wrong:
        for name, number in graph.variants.items():
            if number in wrong and graph.kind(number)[0] == "train":
                llm, rule = depths[number]
                yield f"{name.hex()} ({llm} steps of models, {rule} of rules)"
