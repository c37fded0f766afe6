"""`spdx.json`: SPDX 3.0.1 with the profiles for datasets and for AI.

The dataset is a package that contains the data files and descends from the repositories, which are
packages too. Beside it stands a package for the model that somebody may train on it: a fragment to
be filled in, so that the trainer's own document can be put together with this one.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote

from codeaug.provenance import comparison, licenses, prose
from codeaug.provenance.dossier import Dossier, Record

NAME = "spdx.json"

CONTEXT = "https://spdx.org/rdf/3.0.1/spdx-context.jsonld"
_CREATION = "_:creationinfo"
_TO_FILL_IN = "NOASSERTION"
_NO_PLACE = "urn:codeaug:no-download-location"


def write(dossier: Dossier, file: BinaryIO) -> None:
    file.write(comparison.encoded(document(dossier)))


def check(dossier: Dossier, path: Path) -> Iterator[str]:
    return comparison.guarded(
        NAME, dossier, lambda: comparison.json_problems(path, document(dossier), "spdx")
    )


def document(dossier: Dossier) -> Record:
    elements = [
        *_agents(dossier),
        *_licenses(dossier),
        _dataset(dossier),
        *(_file(dossier, file) for file in dossier.files),
        *(_repository(dossier, repository) for repository in dossier.repositories),
        _model(dossier),
        *_relations(dossier),
    ]
    head = _element(dossier, "SpdxDocument", "document", f"SPDX of {dossier.name}") | {
        "profileConformance": ["core", "software", "simpleLicensing", "dataset", "ai"],
        "dataLicense": _id(dossier, "license-of-this-document"),
        "rootElement": [_id(dossier, "dataset")],
        "element": [element["spdxId"] for element in elements],
    }
    creation = {
        "type": "CreationInfo",
        "@id": _CREATION,
        "specVersion": "3.0.1",
        "created": dossier.moment,
        "createdBy": [_id(dossier, "codeaug")],
    }
    return {"@context": CONTEXT, "@graph": [creation, head, *elements]}


def _id(dossier: Dossier, *parts: str) -> str:
    """An address under the namespace of this very dataset."""
    return f"{dossier.identifier}#{'/'.join(quote(part, safe='') for part in parts)}"


def _element(dossier: Dossier, kind: str, part: str, name: str) -> Record:
    return {
        "type": kind,
        "spdxId": _id(dossier, *part.split("/", 1)),
        "creationInfo": _CREATION,
        "name": name,
    }


def _agents(dossier: Dossier) -> Iterator[Record]:
    yield _element(dossier, "SoftwareAgent", "codeaug", f"codeaug {dossier.version}")
    yield _element(dossier, "Organization", "owner", prose.owner(dossier))
    for reviewer in dossier.reviewers:
        yield _element(dossier, "Person", f"person/{reviewer.pseudonym}", reviewer.pseudonym) | {
            "comment": f"A reviewer by pseudonym: {prose.many(reviewer.decisions, 'decision')}."
        }


# --- packages and files ---------------------------------------------------------------------------


def _dataset(dossier: Dossier) -> Record:
    counts = dossier.manifest["counts"]
    return _element(dossier, "dataset_DatasetPackage", "dataset", dossier.name) | {
        "description": prose.description(dossier),
        "comment": " ".join(prose.overridden(dossier)) or "The mix policy was not overridden.",
        "builtTime": dossier.moment,
        "releaseTime": dossier.moment,
        "originatedBy": [_id(dossier, "owner")],
        "verifiedUsing": [_hash(dossier.digest)],
        "software_packageVersion": dossier.release,
        "software_downloadLocation": _NO_PLACE,
        "software_primaryPurpose": "data",
        "dataset_datasetType": ["text", "structured"],
        "dataset_datasetSize": dossier.rows_of_all,
        "dataset_dataCollectionProcess": prose.collection(),
        "dataset_dataPreprocessing": [
            prose.manipulation(dossier),
            *prose.preprocessing(dossier),
        ],
        "dataset_intendedUse": prose.PURPOSE,
        "dataset_knownBias": prose.limitations(dossier),
        "dataset_anonymizationMethodUsed": ["keyed pseudonyms of reviewers"],
        "dataset_hasSensitivePersonalInformation": "noAssertion",
        "dataset_datasetUpdateMechanism": "Made again from the store as a new release.",
        "dataset_datasetNoise": f"{prose.many(counts['variants'], 'variant')} by rung of evidence: "
        + ", ".join(f"{rung} {n}" for rung, n in sorted(counts["rungs"].items())),
    }


def _file(dossier: Dossier, file: Record) -> Record:
    return _element(dossier, "software_File", f"file/{file['name']}", file["name"]) | {
        "description": f"Split {file['split']}: {prose.many(file['rows'], 'row')}",
        "comment": f"{file['bytes']} bytes",
        "verifiedUsing": [_hash(file["sha256"])],
        "software_primaryPurpose": "data",
    }


def _repository(dossier: Dossier, repository: Record) -> Record:
    return _element(dossier, "software_Package", _part(repository), repository["name"]) | {
        "description": f"{prose.many(repository['units'], 'function')}, "
        f"{prose.many(repository['variants'], 'variant')}",
        "software_packageVersion": repository["commit"],
        "software_primaryPurpose": "source",
        "software_copyrightText": _TO_FILL_IN,
    }


def _part(repository: Record) -> str:
    return f"repository/{repository['name']}@{repository['commit']}"


def _model(dossier: Dossier) -> Record:
    target = dossier.manifest["settings"].get("target_model") or "a model"
    return _element(
        dossier, "ai_AIPackage", "model", f"{target}, to be tuned on {dossier.name}"
    ) | {
        "comment": "A fragment for whoever trains: nothing was trained when this was written. Put "
        "name, version, place, supplier and time of the model here.",
        "releaseTime": dossier.moment,
        "suppliedBy": _id(dossier, "owner"),
        "software_packageVersion": _TO_FILL_IN,
        "software_downloadLocation": _NO_PLACE,
        "software_primaryPurpose": "model",
    }


def _hash(digest: str) -> Record:
    return {"type": "Hash", "algorithm": "sha256", "hashValue": digest}


# --- licences and relations -----------------------------------------------------------------------


def _licenses(dossier: Dossier) -> Iterator[Record]:
    """An element for each licence that something is related to."""
    texts = {license or _TO_FILL_IN for license in dossier.licenses}
    for text in sorted(texts | {licenses.expression(dossier.licenses), _TO_FILL_IN}):
        yield _license(dossier, f"license/{text}", text)
    yield _license(dossier, "license-of-this-document", "CC0-1.0")


def _license(dossier: Dossier, part: str, text: str) -> Record:
    return _element(dossier, "simplelicensing_LicenseExpression", part, text) | {
        "simplelicensing_licenseExpression": text
    }


def _relations(dossier: Dossier) -> Iterator[Record]:
    whole = licenses.expression(dossier.licenses)
    sources = [_part(repository) for repository in dossier.repositories]
    files = [f"file/{file['name']}" for file in dossier.files]
    yield from _licensed(dossier, "dataset", whole)
    for repository in dossier.repositories:
        yield from _licensed(dossier, _part(repository), repository["license"] or _TO_FILL_IN)
    yield from _licensed(dossier, "model", _TO_FILL_IN)
    yield _relation(dossier, "dataset", "contains", files)
    yield _relation(dossier, "dataset", "descendantOf", sources)
    yield _relation(dossier, "codeaug", "generates", ["dataset"])
    yield _relation(dossier, "model", "trainedOn", ["dataset"])


def _licensed(dossier: Dossier, part: str, text: str) -> Iterator[Record]:
    """What is declared is what is concluded: nobody looked further than codeaug did."""
    yield _relation(dossier, part, "hasDeclaredLicense", [f"license/{text}"])
    yield _relation(dossier, part, "hasConcludedLicense", [f"license/{text}"])


def _relation(dossier: Dossier, start: str, kind: str, ends: list[str]) -> Record:
    return {
        "type": "Relationship",
        "spdxId": _id(dossier, "relationship", start, kind),
        "creationInfo": _CREATION,
        "from": _id(dossier, *start.split("/", 1)),
        "relationshipType": kind,
        "to": [_id(dossier, *end.split("/", 1)) for end in ends],
        "completeness": "complete" if ends else "noAssertion",
    }
