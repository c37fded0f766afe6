"""`croissant.json`: Croissant 1.1 with its responsible-AI vocabulary and PROV-O.

Written by hand as JSON-LD. The reference library accepts documents without licence, name or date;
our schema of it does not. `rai:dataAnnotationProtocol` is what the specification's table and the
library call what its prose calls `rai:annotationProtocol`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import quote

from codeaug.errors import UsageError
from codeaug.provenance import comparison, licenses, prose
from codeaug.provenance.dossier import SPLITS, Dossier, Record

NAME = "croissant.json"

_TERMS = (
    *("annotation", "arrayShape", "citeAs", "column", "containedIn", "equivalentProperty"),
    *("excludes", "extract", "field", "fileProperty", "fileObject", "fileSet", "format"),
    *("includes", "isArray", "isLiveDataset", "jsonPath", "key", "md5", "parentField", "path"),
    *("readLines", "recordSet", "references", "regex", "repeated", "replace", "samplingRate"),
    *("sdVersion", "separator", "source", "subField", "transform", "unArchive"),
)  # not `value`, which the reference library looks for at schema.org only
CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "sc": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "dct": "http://purl.org/dc/terms/",
    "prov": "http://www.w3.org/ns/prov#",
    "conformsTo": "dct:conformsTo",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "examples": {"@id": "cr:examples", "@type": "@json"},
    **{term: f"cr:{term}" for term in _TERMS},
}
_CONFORMS = ["http://mlcommons.org/croissant/1.1", "http://mlcommons.org/croissant/RAI/1.0"]
_SPLIT_KINDS = dict(zip(SPLITS, ("TrainingSplit", "ValidationSplit", "TestSplit"), strict=True))
_ENCODINGS = {
    ".jsonl": "application/jsonlines",
    ".parquet": "application/x-parquet",
    ".tar": "application/x-tar",
}
_KINDS = {str: "sc:Text", bool: "sc:Boolean", int: "sc:Integer", float: "sc:Float"}
_ARROW: dict[str, Any] = {"bool": False, "int64": 0, "double": 0.0}


def write(dossier: Dossier, file: BinaryIO) -> None:
    file.write(comparison.encoded(document(dossier)))


def check(dossier: Dossier, path: Path) -> Iterator[str]:
    return comparison.guarded(
        NAME, dossier, lambda: comparison.json_problems(path, document(dossier), "croissant")
    )


def document(dossier: Dossier) -> Record:
    return {
        "@context": CONTEXT,
        "@type": "sc:Dataset",
        "@id": dossier.identifier,
        "conformsTo": _CONFORMS,
        "name": dossier.name,
        "description": prose.description(dossier),
        "license": [licenses.address(license) for license in dossier.licenses],
        "url": dossier.identifier,
        "creator": {"@type": "sc:Organization", "name": prose.owner(dossier)},
        "publisher": {"@type": "sc:Organization", "name": prose.owner(dossier)},
        "datePublished": dossier.date,
        "version": dossier.release,
        "citeAs": f"{dossier.name}, {dossier.date}, {dossier.identifier}",
        "inLanguage": "en",
        "keywords": ["source code", "fine-tuning", *prose.languages(dossier)],
        "isLiveDataset": False,
        **_responsibility(dossier),
        **_provenance(dossier),
        "distribution": [_distributed(file) for file in dossier.files],
        "recordSet": [_splits(dossier), *_records(dossier)],
    }


def _responsibility(dossier: Dossier) -> Record:
    people = dossier.manifest["reviewers"]
    variants = dossier.manifest["counts"]["variants"]
    votes = people["decisions"] / variants if variants else 0.0
    return {
        "rai:dataCollection": prose.collection(),
        "rai:dataCollectionType": ["Software Collection", "Others (variants made by codeaug)"],
        "rai:dataCollectionRawData": prose.listed(_repository(r) for r in dossier.repositories),
        "rai:dataCollectionTimeframe": [dossier.moment],
        "rai:dataManipulationProtocol": prose.manipulation(dossier),
        "rai:dataPreprocessingProtocol": prose.preprocessing(dossier),
        "rai:dataAnnotationProtocol": prose.annotation(dossier),
        "rai:dataAnnotationPlatform": [f"codeaug {dossier.version}, review queue"],
        "rai:dataAnnotationAnalysis": [prose.agreement(dossier)],
        "rai:annotationsPerItem": f"{votes:.2f} decisions a variant on average",
        "rai:annotatorDemographics": ["not collected"],
        "rai:machineAnnotationTools": [f"codeaug {dossier.version}"],
        "rai:personalSensitiveInformation": [prose.personal(dossier)],
        "rai:dataLimitations": prose.limitations(dossier),
        "rai:dataBiases": ["It holds the habits of the repositories and generators it is made of."],
        "rai:dataUseCases": [prose.PURPOSE],
        "rai:dataReleaseMaintenancePlan": [
            "A release is made again from the store; functions that their owners withdraw are not "
            "in later ones."
        ],
    }


def _repository(repository: Record) -> str:
    return f"{repository['name']}@{repository['commit']}"


def _provenance(dossier: Dossier) -> Record:
    return {
        "prov:wasDerivedFrom": [_source(r) for r in dossier.repositories],
        "prov:wasGeneratedBy": [_activity(g) for g in dossier.generators],
        "prov:wasAttributedTo": [
            {
                "@type": "prov:Person",
                "@id": f"urn:codeaug:{reviewer.pseudonym}",
                "prov:label": reviewer.pseudonym,
            }
            for reviewer in dossier.reviewers
        ],
    }


def _source(repository: Record) -> Record:
    return {
        "@type": "prov:Entity",
        "@id": f"urn:codeaug:repository:{quote(_repository(repository), safe='@')}",
        "prov:label": _repository(repository),
        "license": licenses.address(repository["license"]),
        "description": f"{prose.many(repository['units'], 'function')}, "
        f"{prose.many(repository['variants'], 'variant')}",
    }


def _activity(generator: Record) -> Record:
    return {
        "@type": "prov:Activity",
        "prov:label": prose.told_generator(generator),
        "description": prose.made(generator),
    }


# --- files and what is in them --------------------------------------------------------------------


def _distributed(file: Record) -> Record:
    return {
        "@type": "cr:FileObject",
        "@id": file["name"],
        "name": file["name"],
        "description": f"Split {file['split']}, {prose.many(file['rows'], 'row')}",
        "contentUrl": file["name"],
        "contentSize": f"{file['bytes']} B",
        "encodingFormat": _ENCODINGS.get(Path(file["name"]).suffix, "application/octet-stream"),
        "sha256": file["sha256"],
    }


def _splits(dossier: Dossier) -> Record:
    names = list(dict.fromkeys(file["split"] for file in dossier.files))
    return {
        "@type": "cr:RecordSet",
        "@id": "splits",
        "name": "splits",
        "description": "The splits of the dataset.",
        "dataType": "cr:Split",
        "key": {"@id": "splits/name"},
        "field": [
            {
                "@type": "cr:Field",
                "@id": "splits/name",
                "name": "name",
                "description": "What the split is called.",
                "dataType": "sc:Text",
            },
            {
                "@type": "cr:Field",
                "@id": "splits/url",
                "name": "url",
                "description": "What the split is for.",
                "dataType": "sc:URL",
            },
        ],
        "data": [
            {"splits/name": name, "splits/url": f"cr:{_SPLIT_KINDS.get(name, 'Split')}"}
            for name in names
        ],
    }


def _records(dossier: Dossier) -> Iterator[Record]:
    """A record set a file: its fields, and its split as a constant. None for tar archives."""
    for file in dossier.files:
        columns = _columns(dossier, file)
        if columns:
            stem = file["name"].removesuffix(Path(file["name"]).suffix)
            fields = [_split_field(stem, file["split"])]
            fields += [_field(stem, file["name"], (name,), kind) for name, kind in columns]
            yield {
                "@type": "cr:RecordSet",
                "@id": stem,
                "name": stem,
                "description": f"The {prose.many(file['rows'], 'row')} of {file['name']}.",
                "field": fields,
            }


def _split_field(stem: str, split: str) -> Record:
    return {
        "@type": "cr:Field",
        "@id": f"{stem}/split",
        "name": "split",
        "description": "The split that the row is in.",
        "dataType": "sc:Text",
        "value": split,
        "references": {"field": {"@id": "splits/name"}},  # mlcroissant dies of a bare @id
    }


def _columns(dossier: Dossier, file: Record) -> list[tuple[str, Any]]:
    """The columns, each with a value that shows its type."""
    name = file["name"]
    if name.endswith(".parquet"):
        from codeaug.formats import of_name

        known = of_name(dossier.manifest["settings"]["format"]).columns
        return [(column, _ARROW.get(kind, "")) for column, kind in known]
    if not name.endswith(".jsonl") or not file["rows"]:
        return []
    with (dossier.folder / name).open("rb") as rows:
        try:
            first = json.loads(rows.readline())
        except ValueError as error:
            raise UsageError(f"{name}, line 1: no JSON") from error
    return [(column, value) for column, value in first.items() if value not in (None, [], {})]


def _field(stem: str, name: str, path: tuple[str, ...], value: Any) -> Record:
    """A column, or what lies in one: objects become fields of fields."""
    described: Record = {
        "@type": "cr:Field",
        "@id": f"{stem}/{'/'.join(path)}",
        "name": path[-1],
        "description": f"`{'.'.join(path)}` of a row.",
    }
    if isinstance(value, list):
        described |= {"isArray": True, "arrayShape": "-1"}
        value = value[0]
    if isinstance(value, dict):
        inner = [
            _field(stem, name, (*path, step), part)
            for step, part in value.items()
            if part not in (None, [], {})
        ]
        return described | {"subField": inner}
    kind = _KINDS.get(type(value), "sc:Text")
    return described | {"dataType": kind, "source": _extracted(name, path)}


def _extracted(name: str, path: tuple[str, ...]) -> Record:
    source: Record = {"fileObject": {"@id": name}, "extract": {"column": path[0]}}
    if path[1:]:
        source["transform"] = [{"jsonPath": step} for step in path[1:]]
    return source
