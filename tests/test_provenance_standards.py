"""The documents as the standards' own tools read them."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from huggingface_hub import DatasetCard

from codeaug import formats
from codeaug.formats.containers import open_writer
from codeaug.formats.fim import FAMILIES
from codeaug.provenance import DOCUMENTS, Dossier, croissant
from codeaug.tasks import Content, Judged, Pair, Preference
from tests import dossiers

# The tools of the standards use what others have deprecated.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

PAIR = [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    dossiers.document(dossiers.export(tmp_path / "export"))
    return tmp_path / "export"


# --- Croissant ------------------------------------------------------------------------------------


def loaded(folder: Path) -> Any:
    import mlcroissant

    dataset = mlcroissant.Dataset(jsonld=str(folder / "croissant.json"))
    issues = dataset.metadata.ctx.issues
    assert (issues.errors, issues.warnings) == (set(), set())
    return dataset


def untyped(value: Any) -> Any:
    """A record as mlcroissant gives it, with plain names and texts."""
    if isinstance(value, dict):
        return {name.rsplit("/", 1)[-1]: untyped(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [untyped(inner) for inner in value]
    return value.decode() if isinstance(value, bytes) else value


def test_mlcroissant_finds_no_fault_and_reads_every_row_cell_by_cell(folder: Path) -> None:
    dataset = loaded(folder)
    for split in ("train", "validation", "test"):
        rows = [json.loads(row) for row in (folder / f"{split}.jsonl").read_bytes().splitlines()]
        records = [untyped(record) for record in dataset.records(split)]
        assert records == [{"split": split, **row} for row in rows]


def test_mlcroissant_knows_the_splits(folder: Path) -> None:
    kinds = {r["splits/name"]: r["splits/url"] for r in loaded(folder).records("splits")}
    assert kinds == {
        "train": "cr:TrainingSplit",
        "validation": "cr:ValidationSplit",
        "test": "cr:TestSplit",
    }


def test_mlcroissant_refuses_a_file_with_another_digest(folder: Path) -> None:
    data = (folder / "train.jsonl").read_bytes()
    (folder / "train.jsonl").write_bytes(data.replace(b"price", b"prize"))
    with pytest.raises(Exception, match=r"Download\(train.jsonl\)") as refusal:
        list(loaded(folder).records("train"))
    assert "Hash of" in str(refusal.value.__cause__)


@pytest.mark.parametrize(
    "row",
    [
        pytest.param({"prompt": "a", "completion": "b"}, id="texts"),
        pytest.param({"prompt": "a", "completion": "b", "label": True}, id="a truth value"),
        pytest.param({"prompt": PAIR[:1], "chosen": PAIR[1:], "rejected": PAIR[1:]}, id="lists"),
        pytest.param(
            {
                "input": {"messages": PAIR[:1], "tools": [], "parallel_tool_calls": True},
                "preferred_output": PAIR[1:],
                "non_preferred_output": PAIR[1:],
            },
            id="objects in objects",
        ),
        pytest.param({"segments": [{"label": False, "text": "a"}]}, id="segments"),
        pytest.param({"messages": PAIR, "chosen": PAIR[1], "rejected": PAIR[1]}, id="mixed"),
        pytest.param({"input_ids": [1, 2, 3], "labels": [-100, 2, 3]}, id="numbers"),
    ],
)
def test_mlcroissant_reads_rows_of_every_shape(row: dict[str, Any], tmp_path: Path) -> None:
    line = json.dumps(row) + "\n"
    file = {"name": "train.jsonl", "split": "train", "rows": 1, "bytes": len(line)}
    file["sha256"] = dossiers.digest(line)
    dossier = dossiers.export(tmp_path / "export", files=[file])
    (dossier.folder / "train.jsonl").write_text(line)
    dossiers.document(dossier)
    (record,) = loaded(dossier.folder).records("train")
    seen = json.dumps(untyped(record), default=str)
    for text in ("prompt", "chosen", "segments", "preferred_output", "input_ids"):
        assert (text in row) == (f'"{text}"' in seen)


CONTENTS: dict[type[Content], tuple[Content, Content]] = {
    Pair: (Pair("a\r\n", 'b "ü"'), Pair("c", "d")),
    Preference: (Preference("a\r\n", "b", "ü"), Preference("c", "d", "e")),
    Judged: (Judged("a\r\n", "b", True), Judged("c", "ü", False)),
}


def leaves(value: Any) -> Iterator[str]:
    """All texts, figures and truth values in it, but not what stands for nothing."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            yield from leaves(inner)
    elif value is not None:
        yield str(value)


@pytest.mark.parametrize("name", [n for n in formats.formats() if n != "webdataset"])
def test_mlcroissant_reads_the_rows_of_every_format(name: str, tmp_path: Path) -> None:
    form = formats.of_name(name)
    rows = [form.row(content, FAMILIES["qwen-coder"]) for content in CONTENTS[form.shapes[0]]]
    dossier = dossiers.export(tmp_path / "export")
    writer = open_writer(form.container, dossier.folder, form.stems["train"], form.columns)
    for row in rows:
        writer.write(row)
    ((file, count),) = writer.close()
    listed = {**dossiers.described(dossier.folder / file), "name": file, "split": "train"}
    settings = {**dossier.manifest["settings"], "format": name}
    changed = {"files": [{**listed, "rows": count}], "settings": settings}
    dossiers.document(Dossier(dossier.folder, {**dossier.manifest, **changed}))
    assert list(dossiers.problems(dossier.folder)) == []
    records = list(loaded(dossier.folder).records(str(Path(file).with_suffix(""))))
    assert [sorted(leaves(untyped(record))) for record in records] == [
        sorted(["train", *leaves(row)]) for row in rows
    ]


def test_archives_are_named_with_their_digests_and_not_looked_into(tmp_path: Path) -> None:
    file = {"name": "train-000000.tar", "split": "train", "rows": 2, "bytes": 9}
    file["sha256"] = "a" * 64
    dossier = dossiers.export(tmp_path / "export", files=[file])
    document = croissant.document(dossier)
    assert document["distribution"][0]["encodingFormat"] == "application/x-tar"
    assert [records["@id"] for records in document["recordSet"]] == ["splits"]


# --- SPDX -----------------------------------------------------------------------------------------


def test_the_bindings_of_spdx_know_every_element_and_property(folder: Path) -> None:
    from spdx_python_model.bindings import v3_0_1 as model

    elements = model.SHACLObjectSet()
    with (folder / "spdx.json").open("rb") as file:
        model.JSONLDDeserializer().read(file, elements)
    assert elements.missing_ids == set()
    (dataset,) = elements.foreach_type(model.dataset_DatasetPackage)
    assert (dataset.name, dataset.dataset_datasetSize) == ("acme", 9)
    (ai,) = elements.foreach_type(model.ai_AIPackage)
    relations = list(elements.foreach_type(model.Relationship))
    trained = [r for r in relations if r.from_ is ai and "trainedOn" in r.relationshipType]
    assert [r.to for r in trained] == [[dataset]]
    for kind in ("hasDeclaredLicense", "hasConcludedLicense"):
        of_kind = [r for r in relations if kind in r.relationshipType]
        of_dataset = [r for r in of_kind if r.from_ is dataset]
        assert [r.to[0].simplelicensing_licenseExpression for r in of_dataset] == [
            "Apache-2.0 AND MIT"
        ]


MODEL = os.environ.get("CODEAUG_SPDX_MODEL", "")


@pytest.mark.skipif(not MODEL, reason="CODEAUG_SPDX_MODEL names no folder with SPDX's RDF model")
def test_spdx_conforms_to_the_shapes_of_its_own_model(folder: Path) -> None:
    """The folder is `rdf` of the SPDX specification: `spdx-model.ttl`, `spdx-context.jsonld`."""
    pyshacl = pytest.importorskip("pyshacl")
    import rdflib

    shapes = rdflib.Graph().parse(Path(MODEL) / "spdx-model.ttl", format="turtle")
    context = json.loads((Path(MODEL) / "spdx-context.jsonld").read_bytes())["@context"]

    def conforms(document: dict[str, Any]) -> tuple[bool, str]:
        graph = rdflib.Graph().parse(data=json.dumps(document), format="json-ld")
        ok, _, told = pyshacl.validate(graph, shacl_graph=shapes, ont_graph=shapes)
        return ok, told

    document = {**json.loads((folder / "spdx.json").read_bytes()), "@context": context}
    ok, told = conforms(document)
    assert ok, told
    for element in document["@graph"]:  # the shapes do not want what the profile wants
        element.pop("builtTime", None)
    assert conforms(document)[0]
    document["@graph"][0].pop("specVersion")
    assert not conforms(document)[0]


# --- in-toto --------------------------------------------------------------------------------------


def test_the_messages_of_in_toto_hold_every_statement_and_predicate(folder: Path) -> None:
    from google.protobuf.json_format import ParseDict
    from in_toto_attestation.predicates.provenance.v1.provenance_pb2 import Provenance
    from in_toto_attestation.predicates.test_result.v0.test_result_pb2 import TestResult
    from in_toto_attestation.v1 import statement, statement_pb2

    messages = {"https://slsa.dev/provenance/v1": Provenance}
    messages["https://in-toto.io/attestation/test-result/v0.1"] = TestResult
    for line in (folder / "attestations.jsonl").read_bytes().splitlines():
        stated = json.loads(line)
        ParseDict(stated, statement_pb2.Statement())  # unknown fields are errors
        ParseDict(stated["predicate"], messages[stated["predicateType"]]())
        kept = statement.Statement.copy_from_pb(ParseDict(stated, statement_pb2.Statement()))
        kept.validate()


# --- the hub --------------------------------------------------------------------------------------


def test_the_hub_reads_the_head_of_the_card(folder: Path) -> None:
    head = DatasetCard((folder / "README.md").read_text()).data.to_dict()
    assert head["license"] == ["apache-2.0", "mit"]
    assert head["size_categories"] == ["n<1K"]
    assert head["annotations_creators"] == ["expert-generated"]
    assert head["configs"] == [
        {
            "config_name": "default",
            "data_files": [
                {"split": split, "path": [f"{split}.jsonl"]}
                for split in ("train", "validation", "test")
            ],
        }
    ]


@pytest.mark.parametrize("name", ["no: yes", "- a", '"', "#", "2026-01-02", "ü"])
def test_any_name_survives_the_head_of_the_card(name: str, tmp_path: Path) -> None:
    dossiers.document(dossiers.export(tmp_path / "export", name=name))
    card = DatasetCard((tmp_path / "export" / "README.md").read_text("utf-8"))
    assert card.data.to_dict()["pretty_name"] == name


def test_every_document_is_in_the_list_that_the_card_gives(folder: Path) -> None:
    card = (folder / "README.md").read_text()
    assert all(name in card for name in DOCUMENTS if name != "README.md")
