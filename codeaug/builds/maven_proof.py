"""Proofs by bytecode for what Maven builds: our prover's sources, its jars, and one run of it.

The prover reads class files with ASM, in the version that JaCoCo brings: nothing more is fetched.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from codeaug.model import Command, Outcome

ASM = "9.8"  # what JaCoCo's core of the version in maven.py depends on
PROGRAMS = (
    *("Unknown", "Proof", "Reference", "Term", "Terms", "Condition", "Known", "Operation", "Body"),
    *(
        "Signature",
        "Stack",
        "Stop",
        "Side",
        "Events",
        "State",
        "General",
        "Classes",
        "Shape",
        "Pairs",
    ),
    *("Identity", "Simulation", "Renaming", "Prover", "Memory", "Prove"),
)


@dataclass(frozen=True, slots=True)
class Request:
    """Changed texts of one file, all of which change the same unit (its qualified name)."""

    path: str
    unit: str
    original: str
    changed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Proof:
    """The prover's word on one changed text. Not `proved` is unknown, with the reason in `detail`.

    `method` is `identical` or `lock-step`; `compiling` and
    `proving` are milliseconds of processor time that javac and the prover took.
    """

    proved: bool
    method: str
    detail: str
    compiling: float = 0.0
    proving: float = 0.0


def jars(repository: str) -> str:
    """The class path of the prover, in a local Maven repository that `fetch` has filled."""
    names = ("asm", "asm-tree", "asm-commons")
    return ":".join(f"{repository}/org/ow2/asm/{n}/{ASM}/{n}-{ASM}.jar" for n in names)


def prove(
    folder: str, repository: str, jvm: str, requests: Iterable[Request], seconds: float = 600
) -> Command:
    """One JVM that answers all requests; `folder` is where facts.txt and host.jar are."""
    path = f"{folder}/host.jar:{jars(repository)}"
    return Command(
        ("java", *jvm.split(), "-cp", path, "codeaug.proof.Prove", f"{folder}/facts.txt", "/repo"),
        stdin="".join(map(_framed, requests)),
        seconds=seconds,
    )


def _framed(request: Request) -> str:
    texts = (request.original, *request.changed)
    lengths = (str(len(text.encode())) for text in texts)
    return "\t".join((request.path, request.unit, *lengths)) + "\n" + "".join(texts)


def read(outcome: Outcome, asked: Sequence[Request]) -> list[tuple[Proof, ...]]:
    """Proofs in the order of the requests; what has no answer is unknown."""
    lines = [json.loads(line) for line in outcome.report.splitlines()]
    answers = [line["proofs"] for line in lines if "proofs" in line]
    silent = Proof(False, "", f"the prover stopped: {outcome.err.strip()[-200:]}")
    return [
        tuple(Proof(**proof) for proof in answers[i])
        if i < len(answers)
        else (silent,) * len(request.changed)
        for i, request in enumerate(asked)
    ]
