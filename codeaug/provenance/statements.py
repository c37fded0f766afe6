"""What in-toto statements must have: the public library looks at the envelope, never at what a
predicate says, so a result `BOGUS` passes there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

STATEMENT = "https://in-toto.io/Statement/v1"
PROVENANCE = "https://slsa.dev/provenance/v1"
TEST_RESULT = "https://in-toto.io/attestation/test-result/v0.1"

RESULTS = ("PASSED", "WARNED", "FAILED")
_TESTS = ("passedTests", "warnedTests", "failedTests")
_LENGTHS = {"sha256": (64,), "gitCommit": (40, 64), "sha1": (40,)}
_HEX = re.compile(r"[0-9a-f]+")


def violations(statement: Any) -> list[str]:
    """Where a statement, or the predicate of a kind that we write, breaks its schema."""
    if not isinstance(statement, dict):
        return ["a statement is an object"]
    found = list(_enveloped(statement))
    predicate = statement.get("predicate")
    if not isinstance(predicate, dict) or not predicate:
        return [*found, "predicate is missing"]
    match statement.get("predicateType"):
        case str(kind) if kind == TEST_RESULT:
            found += _test_result(predicate)
        case str(kind) if kind == PROVENANCE:
            found += _provenance(predicate)
        case other:
            found.append(f"predicateType {other!r} is none that codeaug writes")
    return found


def _enveloped(statement: dict[str, Any]) -> Iterator[str]:
    if statement.get("_type") != STATEMENT:
        yield f"_type must be {STATEMENT}"
    subject = statement.get("subject")
    if not isinstance(subject, list) or not subject:
        yield "subject is missing"
        return
    for number, entry in enumerate(subject):
        yield from _descriptor(entry, f"subject[{number}]", digest=True)
    names = [entry.get("name") for entry in subject if isinstance(entry, dict)]
    if len(set(map(str, names))) != len(names):
        yield "subject: a name stands there twice"


def _descriptor(entry: Any, where: str, *, digest: bool = False) -> Iterator[str]:
    """A ResourceDescriptor: of uri, digest and content it has at least one."""
    if not isinstance(entry, dict):
        yield f"{where} is no object"
        return
    if not any(entry.get(name) for name in ("uri", "digest", "content")):
        yield f"{where} has neither uri nor digest nor content"
    digests = entry.get("digest")
    if digest and not digests:
        yield f"{where}.digest is missing"
    if isinstance(digests, dict):
        for kind, value in digests.items():
            lengths = _LENGTHS.get(kind)
            right = isinstance(value, str) and _HEX.fullmatch(value)
            if not right or (lengths and len(value) not in lengths):
                yield f"{where}.digest.{kind} is no {kind}"
    elif digests is not None:
        yield f"{where}.digest is no object"


def _test_result(predicate: dict[str, Any]) -> Iterator[str]:
    result = predicate.get("result")
    if result not in RESULTS:
        yield f"result {result!r} is none of {', '.join(RESULTS)}"
    configuration = predicate.get("configuration")
    if not isinstance(configuration, list) or not configuration:
        yield "configuration is missing"
    else:
        for number, entry in enumerate(configuration):
            yield from _descriptor(entry, f"configuration[{number}]")
    for name in _TESTS:
        tests = predicate.get(name, [])
        if not isinstance(tests, list) or not all(isinstance(test, str) for test in tests):
            yield f"{name} is no list of names"
    if predicate.get("failedTests") and result != "FAILED":
        yield f"result is {result} although {', '.join(map(str, predicate['failedTests']))} failed"


def _provenance(predicate: dict[str, Any]) -> Iterator[str]:
    build, run = predicate.get("buildDefinition"), predicate.get("runDetails")
    if not isinstance(build, dict):
        yield "buildDefinition is missing"
    else:
        if not isinstance(build.get("buildType"), str):
            yield "buildDefinition.buildType is missing"
        if not isinstance(build.get("externalParameters"), dict):
            yield "buildDefinition.externalParameters is missing"
        yield from _descriptors(build, "buildDefinition", "resolvedDependencies")
    if not isinstance(run, dict):
        yield "runDetails is missing"
        return
    builder = run.get("builder")
    if not isinstance(builder, dict) or not isinstance(builder.get("id"), str):
        yield "runDetails.builder.id is missing"
    yield from _descriptors(run, "runDetails", "byproducts")


def _descriptors(holder: dict[str, Any], where: str, name: str) -> Iterator[str]:
    entries = holder.get(name, [])
    if not isinstance(entries, list):
        yield f"{where}.{name} is no list"
        return
    for number, entry in enumerate(entries):
        yield from _descriptor(entry, f"{where}.{name}[{number}]")
