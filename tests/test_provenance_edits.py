"""Edits that somebody plants in one place of an export: every one of them is found and named."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from codeaug.errors import UsageError
from codeaug.provenance import DOCUMENTS, Dossier
from tests import dossiers
from tests.dossiers import edit_json, edit_lines

Edit = Callable[[Path], object]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    dossiers.document(dossiers.export(tmp_path / "export"))
    return tmp_path / "export"


def found(folder: Path) -> str:
    return "\n".join(dossiers.problems(folder))


# --- ways to plant them ---------------------------------------------------------------------------


def text(name: str, old: str, new: str) -> Edit:
    def edit(folder: Path) -> None:
        before = (folder / name).read_bytes()
        assert old.encode() in before
        (folder / name).write_bytes(before.replace(old.encode(), new.encode(), 1))

    return edit


def document(name: str, change: Callable[[Any], object]) -> Edit:
    return lambda folder: edit_json(folder / name, change)


def statement(number: int, change: Callable[[Any], object]) -> Edit:
    return lambda folder: edit_lines(folder / "attestations.jsonl", number, change)


def lines(name: str, change: Callable[[list[bytes]], object]) -> Edit:
    def edit(folder: Path) -> None:
        kept = (folder / name).read_bytes().splitlines(keepends=True)
        change(kept)
        (folder / name).write_bytes(b"".join(kept))

    return edit


def lineage(name: str, change: Callable[[Any], object], number: int = 0) -> Edit:
    return lambda folder: edit_lines(folder / f"lineage/{name}.jsonl", number, change)


def element(kind: str, change: Callable[[Any], object]) -> Edit:
    """A change of the first SPDX element of that type."""
    return document(
        "spdx.json", lambda d: change(next(e for e in d["@graph"] if e["type"] == kind))
    )


def relation(kind: str, change: Callable[[Any, Any], object]) -> Edit:
    def edit(graph: Any) -> None:
        of_kind = [e for e in graph["@graph"] if e.get("relationshipType") == kind]
        change(graph["@graph"], of_kind[0])

    return document("spdx.json", edit)


CARD, CROISSANT, SPDX = "README.md", "croissant.json", "spdx.json"
RECORD, EU, PROOFS, MANIFEST = (
    "data-provenance.json",
    "eu-summary.md",
    "attestations.jsonl",
    "manifest.json",
)

EDITS: dict[str, tuple[str, Edit, str]] = {
    # the card
    "card: count": (
        CARD,
        text(CARD, "| train | 3 | 7 |", "| train | 3 | 8 |"),
        "| train | 3 | 7 |",
    ),
    "card: licence": (CARD, text(CARD, "| MIT |", "| BSD-3-Clause |"), "MIT"),
    "card: head": (CARD, text(CARD, "- apache-2.0", "- cc0-1.0"), "apache-2.0"),
    "card: digest": (CARD, text(CARD, "| `", "| `f"), "says"),
    "card: date": (CARD, text(CARD, "2026-01-02", "2026-01-03"), "2026-01-02"),
    "card: override gone": (
        CARD,
        text(CARD, "**The mix policy was overridden**", "fine"),
        "overridden",
    ),
    "card: reviewer": (CARD, text(CARD, dossiers.ANNA, "Anna"), dossiers.ANNA),
    "card: section gone": (CARD, text(CARD, "## Limitations", ""), "## Limitations"),
    "card: split's file": (CARD, text(CARD, '- "test.jsonl"', '- "train.jsonl"'), "test.jsonl"),
    "card: line ends": (CARD, text(CARD, "\n", "\r\n"), "line 1"),
    "card: added": (CARD, text(CARD, "Written by", "Free.\nWritten by"), "Free."),
    "card: no text": (CARD, lambda f: (f / CARD).write_bytes(b"\xff\xfe"), "no UTF-8"),
    "card: gone": (CARD, lambda f: (f / CARD).unlink(), "cannot be read"),
    # Croissant
    "croissant: licence": (
        CROISSANT,
        document(CROISSANT, lambda d: d.update(license=["https://spdx.org/licenses/0BSD.html"])),
        "license",
    ),
    "croissant: no licence": (
        CROISSANT,
        document(CROISSANT, lambda d: d.pop("license")),
        "schema violated: 'license'",
    ),
    "croissant: no creator": (
        CROISSANT,
        document(CROISSANT, lambda d: d.pop("creator")),
        "schema violated: 'creator'",
    ),
    "croissant: no name": (
        CROISSANT,
        document(CROISSANT, lambda d: d.pop("name")),
        "name is missing",
    ),
    "croissant: date": (
        CROISSANT,
        document(CROISSANT, lambda d: d.update(datePublished="2026-02-30")),
        "datePublished",
    ),
    "croissant: digest": (
        CROISSANT,
        document(CROISSANT, lambda d: d["distribution"][0].update(sha256="0" * 64)),
        "distribution[0].sha256",
    ),
    "croissant: file gone": (
        CROISSANT,
        document(CROISSANT, lambda d: d["distribution"].pop()),
        "distribution has 2 entries",
    ),
    "croissant: split": (
        CROISSANT,
        document(CROISSANT, lambda d: d["recordSet"][3]["field"][0].update(value="train")),
        "value",
    ),
    "croissant: field": (
        CROISSANT,
        document(CROISSANT, lambda d: d["recordSet"][1]["field"].pop()),
        "field has 1 entries",
    ),
    "croissant: old name": (
        CROISSANT,
        document(
            CROISSANT,
            lambda d: d.update({"rai:annotationProtocol": d.pop("rai:dataAnnotationProtocol")}),
        ),
        "rai:dataAnnotationProtocol",
    ),
    "croissant: limits": (
        CROISSANT,
        document(CROISSANT, lambda d: d["rai:dataLimitations"].pop()),
        "rai:dataLimitations",
    ),
    "croissant: source": (
        CROISSANT,
        document(CROISSANT, lambda d: d["prov:wasDerivedFrom"].pop()),
        "prov:wasDerivedFrom",
    ),
    "croissant: generator": (
        CROISSANT,
        document(CROISSANT, lambda d: d["prov:wasGeneratedBy"][0].update({"prov:label": "people"})),
        "prov:label",
    ),
    "croissant: real name": (
        CROISSANT,
        document(CROISSANT, lambda d: d["prov:wasAttributedTo"][0].update({"prov:label": "Anna"})),
        "schema violated",
    ),
    "croissant: added": (
        CROISSANT,
        document(CROISSANT, lambda d: d.update(usageInfo="all rights")),
        "usageInfo: it should not",
    ),
    "croissant: twice": (
        CROISSANT,
        text(CROISSANT, '"name": "acme"', '"name": "x",\n "name": "acme"'),
        "other bytes",
    ),
    "croissant: no JSON": (CROISSANT, text(CROISSANT, "{", ""), "it is no JSON"),
    # SPDX
    "spdx: licence": (
        SPDX,
        text(
            SPDX,
            '"simplelicensing_licenseExpression": "MIT"',
            '"simplelicensing_licenseExpression": "0BSD"',
        ),
        "licenseExpression",
    ),
    "spdx: two declared": (
        SPDX,
        relation(
            "hasDeclaredLicense",
            lambda graph, one: graph.append({**one, "spdxId": one["spdxId"] + "2"}),
        ),
        "schema violated",
    ),
    "spdx: none concluded": (
        SPDX,
        relation("hasConcludedLicense", lambda graph, one: graph.remove(one)),
        "schema violated",
    ),
    "spdx: no lineage": (
        SPDX,
        relation("descendantOf", lambda graph, one: graph.remove(one)),
        "schema violated",
    ),
    "spdx: no type": (
        SPDX,
        element("dataset_DatasetPackage", lambda e: e.pop("dataset_datasetType")),
        "schema violated: 'dataset_datasetType'",
    ),
    "spdx: no built time": (
        SPDX,
        element("dataset_DatasetPackage", lambda e: e.pop("builtTime")),
        "schema violated: 'builtTime'",
    ),
    "spdx: size": (
        SPDX,
        element("dataset_DatasetPackage", lambda e: e.update(dataset_datasetSize=10)),
        "dataset_datasetSize",
    ),
    "spdx: digest": (
        SPDX,
        element("software_File", lambda e: e["verifiedUsing"][0].update(hashValue="a" * 64)),
        "hashValue",
    ),
    "spdx: commit": (
        SPDX,
        element("software_Package", lambda e: e.update(software_packageVersion="9" * 40)),
        "software_packageVersion",
    ),
    "spdx: model's supplier": (
        SPDX,
        element("ai_AIPackage", lambda e: e.pop("suppliedBy")),
        "schema violated: 'suppliedBy'",
    ),
    "spdx: date": (
        SPDX,
        element("CreationInfo", lambda e: e.update(created="2026-01-03T00:00:00Z")),
        "created",
    ),
    # Data Provenance Standards
    "record: licence": (
        RECORD,
        document(RECORD, lambda d: d["use"].update(license=["MIT"])),
        "use.license",
    ),
    "record: issuer": (
        RECORD,
        document(RECORD, lambda d: d["source"].pop("issuer")),
        "schema violated: 'issuer'",
    ),
    "record: geography": (
        RECORD,
        document(RECORD, lambda d: d["provenance"].update({"origin-geography": []})),
        "schema violated",
    ),
    "record: digest": (RECORD, text(RECORD, "sha256 ", "sha256 0"), "provenance.format"),
    "record: date": (
        RECORD,
        document(RECORD, lambda d: d["provenance"].update(date="2025-01-02")),
        "provenance.date",
    ),
    "record: generator": (
        RECORD,
        document(RECORD, lambda d: d["provenance"]["generation-method"].pop(1)),
        "generation-method",
    ),
    # attestations
    "proofs: variant gone": (
        PROOFS,
        lines(PROOFS, lambda kept: kept.pop(2)),
        "line 3 should be the statement of variant",
    ),
    "proofs: last gone": (PROOFS, lines(PROOFS, lambda kept: kept.pop()), "ends before line 6"),
    "proofs: twice": (
        PROOFS,
        lines(PROOFS, lambda kept: kept.append(kept[-1])),
        "line 7 and what follows",
    ),
    "proofs: order": (PROOFS, lines(PROOFS, lambda kept: kept.reverse()), "line 1"),
    "proofs: bogus": (
        PROOFS,
        statement(1, lambda s: s["predicate"].update(result="BOGUS")),
        "'BOGUS' is none of",
    ),
    "proofs: failed as passed": (
        PROOFS,
        statement(4, lambda s: s["predicate"].update(result="PASSED")),
        "predicate.result",
    ),
    "proofs: unknown as passed": (
        PROOFS,
        statement(5, lambda s: s["predicate"].update(result="PASSED")),
        "predicate.result",
    ),
    "proofs: near miss as good": (
        PROOFS,
        statement(4, lambda s: s["subject"][0]["annotations"].update(use="train")),
        "annotations.use",
    ),
    "proofs: digest": (
        PROOFS,
        statement(2, lambda s: s["subject"][0]["digest"].update(sha256="b" * 64)),
        "digest.sha256",
    ),
    "proofs: commit": (
        PROOFS,
        statement(
            1, lambda s: s["predicate"]["configuration"][0]["digest"].update(gitCommit="9" * 40)
        ),
        "gitCommit",
    ),
    "proofs: licence": (
        PROOFS,
        statement(
            1, lambda s: s["predicate"]["configuration"][0]["annotations"].update(license="MIT")
        ),
        "license",
    ),
    "proofs: left out": (
        PROOFS,
        statement(
            0, lambda s: s["predicate"]["runDetails"]["byproducts"][0]["annotations"].clear()
        ),
        "a check failed",
    ),
    "proofs: a setting": (
        PROOFS,
        statement(
            0, lambda s: s["predicate"]["buildDefinition"]["externalParameters"].update(seed=1)
        ),
        "seed",
    ),
    "proofs: no JSON": (
        PROOFS,
        lines(PROOFS, lambda kept: kept.__setitem__(1, b"{\n")),
        "line 2: no JSON",
    ),
    # the fragment
    "fragment: model": (EU, text(EU, "acme/coder-7b", "none"), "acme/coder-7b"),
    "fragment: count": (EU, text(EU, "yes: 4 variants", "yes: 3 variants"), "4 variants"),
    "fragment: licence": (EU, text(EU, "Apache-2.0", "MIT"), "Apache-2.0"),
    # manifest and lineage, with which each document must agree
    "manifest: count": (
        MANIFEST,
        document(MANIFEST, lambda m: m["counts"].update(variants=5)),
        CARD,
    ),
    "manifest: licence": (
        MANIFEST,
        document(MANIFEST, lambda m: m["repositories"][0].update(license="MIT")),
        RECORD,
    ),
    "manifest: digest": (
        MANIFEST,
        document(MANIFEST, lambda m: m["files"][0].update(sha256="c" * 64)),
        PROOFS,
    ),
    "manifest: override gone": (
        MANIFEST,
        document(MANIFEST, lambda m: m["mix"].update(override=None)),
        CROISSANT,
    ),
    "manifest: date": (MANIFEST, document(MANIFEST, lambda m: m.update(date="2026-01-09")), EU),
    "manifest: version": (MANIFEST, document(MANIFEST, lambda m: m.update(codeaug="9.9")), SPDX),
    "manifest: no counts": (
        MANIFEST,
        document(MANIFEST, lambda m: m.pop("counts")),
        "are not whole",
    ),
    "lineage: variant gone": (
        PROOFS,
        lines("lineage/variants.jsonl", lambda kept: kept.pop(1)),
        "line 3 should be",
    ),
    "lineage: variant's digest": (
        PROOFS,
        lineage("variants", lambda v: v.update(sha256="d" * 64)),
        "digest.sha256",
    ),
    "lineage: verdict": (
        PROOFS,
        lineage("variants", lambda v: v.update(verdict="failed")),
        "predicate.result",
    ),
    "lineage: rung": (
        PROOFS,
        lineage("variants", lambda v: v.update(rung="parsed")),
        "predicate.result",
    ),
    "lineage: reviewer": (
        CROISSANT,
        lineage("variants", lambda v: v["decisions"][0].update(reviewer="reviewer-" + "f" * 12)),
        "wasAttributedTo",
    ),
    "lineage: decision": (
        CARD,
        lineage("variants", lambda v: v["decisions"][0].update(approved=False)),
        dossiers.ANNA,
    ),
    "lineage: commit": (PROOFS, lineage("units", lambda u: u.update(commit="9" * 40)), "gitCommit"),
    "lineage: unit gone": (
        PROOFS,
        lines("lineage/units.jsonl", lambda kept: kept.pop(0)),
        "are not whole",
    ),
    "lineage: no JSON": (
        CROISSANT,
        lines("lineage/variants.jsonl", lambda kept: kept.append(b"{\n")),
        "variants.jsonl, line 6: no JSON",
    ),
    "lineage: gone": (
        PROOFS,
        lambda f: (f / "lineage/units.jsonl").unlink(),
        "cannot read lineage/units.jsonl",
    ),
}


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_in_one_place_is_found(name: str, folder: Path) -> None:
    where, edit, says = EDITS[name]
    edit(folder)
    told = found(folder)
    assert says in told
    assert where == MANIFEST or f"{where}: " in told


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_flipped_byte_anywhere_in_a_document_is_found(name: str, folder: Path) -> None:
    path = folder / name
    before = path.read_bytes()
    step = max(1, len(before) // 40)
    for place in range(0, len(before), step):
        path.write_bytes(before[:place] + bytes([before[place] ^ 1]) + before[place + 1 :])
        assert any(True for _ in DOCUMENTS[name].check(Dossier.read(folder), path)), place


def test_who_edits_every_line_does_not_read_about_each(folder: Path) -> None:
    path = folder / "README.md"
    path.write_text("\n\n".join(f"{n}" for n in range(500)))
    edit_json(folder / "croissant.json", lambda d: [d.update({f"x{n}": n}) for n in range(500)])
    told = [p for p in dossiers.problems(folder) if p.startswith("croissant.json")]
    assert len(told) == 51
    assert told[-1] == "croissant.json: there is more, which is not told"


def test_a_manifest_that_is_none_is_told_in_a_sentence(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot read"):
        Dossier.read(tmp_path / "nowhere")
    for text_of_it in ("{", "[]"):
        (folder / "manifest.json").write_text(text_of_it)
        with pytest.raises(UsageError, match="the export is damaged"):
            Dossier.read(folder)


def test_another_version_is_named_where_its_words_differ(folder: Path) -> None:
    edit_json(folder / "manifest.json", lambda m: m.update(codeaug="9.9"))
    assert "README.md: it was written by codeaug 9.9, whose words may differ" in found(folder)
    dossiers.document(Dossier.read(folder))
    assert found(folder) == ""


def test_a_document_that_is_far_too_long_or_too_deep_is_told_at_once(folder: Path) -> None:
    (folder / "README.md").write_text("no\n" * 500_000)
    (folder / "croissant.json").write_text("[" * 200_000)
    told = found(folder)
    assert "README.md: it is 1500000 bytes long, not " in told
    assert "croissant.json: cannot be compared" in told
