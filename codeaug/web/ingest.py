"""Taking in what another codeaug proved: its samples, once each."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field, PlainValidator, WithJsonSchema
from starlette.exceptions import HTTPException

from codeaug import samples
from codeaug.model import (
    Evidence,
    Finding,
    Oracle,
    Origin,
    Repository,
    Rung,
    Span,
    Unit,
    Variant,
    Verdict,
)
from codeaug.people import Permission
from codeaug.web.access import Calling, needs
from codeaug.web.pages import Pages

MOST = 1000
"""Samples in one request."""


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("must be a text")
    return value


# Any text that a store keeps: pydantic's own refuses the names of files that are not UTF-8.
Text = Annotated[str, PlainValidator(_text), WithJsonSchema({"type": "string"})]
Number = Annotated[int, Field(strict=True, ge=0, lt=1 << 31)]
Pair = tuple[Text, Text]
SampleId = Annotated[str, Field(pattern="^[0-9a-f]{40}$")]
RungName = Literal["parsed", "compiled", "tested", "guarded", "compared", "proved"]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class RepositoryIn(_Body):
    address: Text
    commit: Annotated[str, Field(pattern="^[0-9a-f]{40,64}$")]
    license: Text


class SpanIn(_Body):
    start: Number
    end: Number

    def record(self) -> Span:
        return Span(self.start, self.end)


class UnitIn(_Body):
    path: Text
    language: Annotated[str, Field(pattern="^[a-z0-9_+-]{1,40}$")]
    name: Text
    parameters: Text
    span: SpanIn
    body: SpanIn
    line: Number
    body_line: Number
    end_line: Number
    blob: Annotated[str, Field(pattern="^[0-9a-f]{40,64}$")]
    code: Text

    def record(self) -> Unit:
        names = ("path", "language", "name", "parameters", "line", "body_line", "end_line")
        kept = {name: getattr(self, name) for name in (*names, "blob", "code")}
        return Unit(span=self.span.record(), body=self.body.record(), **kept)


class OracleIn(_Body):
    tests: list[Text]
    lines: list[Number]
    reason: Text


class VariantIn(_Body):
    code: Text
    engine: Text
    recipe: list[Text]
    seed: Annotated[int, Field(strict=True, ge=0, lt=1 << 63)]
    model: Text
    prompt: Text
    parent: Annotated[str, Field(pattern="^([0-9a-f]{20})?$")]

    def record(self, unit: Unit) -> Variant:
        made = (self.engine, tuple(self.recipe), self.seed, self.model, self.prompt, self.parent)
        return Variant(unit.id, self.code, Origin(*made))


class FindingIn(_Body):
    check: Text
    verdict: Verdict
    detail: Text
    seconds: Annotated[float, Field(ge=0, allow_inf_nan=False)]
    command: Text
    exit_code: Annotated[int, Field(strict=True, ge=-(1 << 31), lt=1 << 31)] | None
    log: Text

    def record(self) -> Finding:
        said = (self.check, self.verdict, self.detail, self.seconds)
        return Finding(*said, self.command, self.exit_code, self.log)


class EvidenceIn(_Body):
    findings: list[FindingIn]
    holds: list[RungName]
    parameters: list[Pair]
    environment: list[Pair]

    def record(self, variant: Variant, commit: str) -> Evidence:
        findings = tuple(one.record() for one in self.findings)
        holds = frozenset(Rung[name.upper()] for name in self.holds)
        figures = (tuple(self.parameters), tuple(self.environment))
        return Evidence(variant.id, commit, findings, holds, *figures)


class SampleIn(_Body):
    """A variant with its function, evidence and origin. `id` is a hash of all of it, as
    `codeaug run --push` makes it; `no_train` is told of functions that a mark keeps out of
    datasets."""

    id: SampleId
    repository: RepositoryIn
    unit: UnitIn
    oracle: OracleIn | None
    variant: VariantIn
    evidence: EvidenceIn
    no_train: bool = False

    def record(self) -> samples.Proven:
        """Raises HTTPException when the content is not what its id says."""
        commit, unit = self.repository.commit, self.unit.record()
        if unit.path.startswith("/") or ".." in unit.path.split("/"):
            raise HTTPException(400, f"The sample {self.id} has a path that leads elsewhere.")
        variant = self.variant.record(unit)
        told = self.oracle
        oracle = (
            Oracle(unit.id, commit, tuple(told.tests), tuple(told.lines), told.reason)
            if told
            else None
        )
        origin = Repository(self.repository.address, "", commit, self.repository.license)
        evidence = self.evidence.record(variant, commit)
        found = samples.Proven(origin, unit, oracle, variant, evidence, self.no_train)
        if found.id != self.id:
            raise HTTPException(400, f"The sample {self.id} is not what its id says it is.")
        return found


class SamplesIn(_Body):
    samples: Annotated[list[SampleIn], Field(max_length=MOST)]


class IdsIn(_Body):
    ids: Annotated[list[SampleId], Field(max_length=MOST)]


class Known(BaseModel):
    """Those of the ids whose samples are here already."""

    known: list[str]


class Taken(BaseModel):
    """How many samples were new, were known already, and came into the queue."""

    added: int
    known: int
    queued: int


def add_ingest(api: APIRouter, pages: Pages) -> None:
    """Adds what a push needs."""
    store = pages.store

    @api.post("/samples/known")
    @needs(Permission.INGEST)
    def known(body: IdsIn) -> Known:
        return Known(known=store.known_samples(body.ids))

    @api.post("/samples")
    @needs(Permission.INGEST)
    def take_in(caller: Calling, body: SamplesIn) -> Taken:
        """Keeps samples, and wants votes of those that reach the bar here. What was sent before
        counts once."""
        records = [one.record() for one in body.samples]
        found = samples.receive(store, records, caller.name, pages.queue)
        return Taken(added=found.added, known=found.known, queued=found.queued)
