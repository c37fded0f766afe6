"""What one store tells another about a variant: everything by which people decide about it.

A document's id is a hash of its whole content, made anew by whoever receives it. The first 20
digits are the variant's own id.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from codeaug.model import Evidence, Oracle, Repository, Rung, Unit, Variant, content_id
from codeaug.store import Store, chunks

AT_ONCE = 20
"""Samples in one transaction: nobody who decides meanwhile waits for long."""


@dataclass(frozen=True, slots=True)
class Proven:
    """A variant with its function, its evidence and where it all came from. `no_train`: a mark
    keeps the function out of datasets."""

    repository: Repository
    unit: Unit
    oracle: Oracle | None
    variant: Variant
    evidence: Evidence
    no_train: bool = False

    @property
    def id(self) -> str:
        content = json.dumps(_content(self), sort_keys=True)
        return self.variant.id + content_id(content)


@dataclass(frozen=True, slots=True)
class Received:
    """How many samples were new, known already, and put into the queue."""

    added: int
    known: int
    queued: int


def proven(store: Store, commit: str, variant_id: str) -> Proven | None:
    """What the store knows of a variant by the evidence that stands at a commit; None when that is
    not all of it."""
    variant, evidence = store.variant(variant_id), store.evidence(variant_id, commit)
    if variant is None or evidence is None:
        return None
    repository, unit = store.repository(evidence.commit), store.unit_of(variant_id, evidence.commit)
    if repository is None or unit is None:
        return None
    oracle = store.oracle(unit.id, evidence.commit)
    marked = store.is_no_train(unit.id, evidence.commit)
    return Proven(repository, unit, oracle, variant, evidence, marked)


def document(sample: Proven) -> dict[str, Any]:
    """A sample as it travels: JSON, with its id."""
    return {"id": sample.id, **_content(sample)}


def _content(sample: Proven) -> dict[str, Any]:
    repository, unit, evidence = sample.repository, sample.unit, sample.evidence
    return {
        **({"no_train": True} if sample.no_train else {}),  # what has none keeps its id
        "repository": {
            "address": _without_password(repository.address),
            "commit": repository.commit,
            "license": repository.license,
        },
        "unit": asdict(unit),
        "oracle": _oracle(sample.oracle) if sample.oracle else None,
        "variant": {"code": sample.variant.code, **asdict(sample.variant.origin)},
        "evidence": {
            "findings": [
                asdict(one) | {"seconds": float(one.seconds)} for one in evidence.findings
            ],
            "holds": [rung.label for rung in Rung if rung in evidence.holds],
            "parameters": [list(pair) for pair in evidence.parameters],
            "environment": [list(pair) for pair in evidence.environment],
        },
    }


def _oracle(oracle: Oracle) -> dict[str, Any]:
    return {"tests": list(oracle.tests), "lines": list(oracle.lines), "reason": oracle.reason}


def _without_password(address: str) -> str:
    """An address may hold the key with which it was cloned."""
    if "://" not in address:
        return address
    parts = urlsplit(address)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def receive(
    store: Store, samples: Sequence[Proven], actor: str, queue: Callable[[Sequence[str]], int]
) -> Received:
    """Keeps samples that somebody pushed; `queue` puts those of the variants into the queue that
    belong there. What is known already stays as it is."""
    added = queued = 0
    known = set(store.known_samples(sample.id for sample in samples))
    fresh = {sample.id: sample for sample in samples if sample.id not in known}
    for some in chunks(fresh.values(), AT_ONCE):
        with store.writing():
            for sample in some:
                _put(store, sample, actor)
            queued += queue([sample.variant.id for sample in some])
            _tell(store, some, actor)
        added += len(some)
    return Received(added, len(samples) - added, queued)


def _put(store: Store, sample: Proven, actor: str) -> None:
    store.put_pushed(sample.repository, sample.unit, no_train=sample.no_train)
    if sample.oracle:
        store.put_oracles([sample.oracle])
    store.put_variants([sample.variant])
    came = (("pushed by", actor), ("pushed at", datetime.now(UTC).isoformat(timespec="seconds")))
    evidence = replace(sample.evidence, environment=(*sample.evidence.environment, *came))
    store.put_evidence(evidence, sample.id)


def _tell(store: Store, samples: Iterable[Proven], actor: str) -> None:
    by_place: dict[tuple[str, str], list[str]] = {}
    for sample in samples:
        place = sample.repository.address, sample.repository.commit
        by_place.setdefault(place, []).append(sample.id)
    for (address, commit), ids in by_place.items():
        store.audit.write(actor, "samples pushed", commit, repository=address, samples=ids)
