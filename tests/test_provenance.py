"""The documents of an export: equal bytes, valid by their standards' own tools, and found out."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from codeaug.errors import UsageError
from codeaug.provenance import DOCUMENTS, Dossier, licenses, pseudonyms, statements
from codeaug.provenance.attestations import result
from tests import dossiers
from tests.dossiers import edit_lines


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    dossiers.document(dossiers.export(tmp_path / "export"))
    return tmp_path / "export"


def found(folder: Path) -> str:
    return "\n".join(dossiers.problems(folder))


# --- what is written ------------------------------------------------------------------------------


def test_two_exports_of_one_graph_are_equal_to_the_byte(folder: Path, tmp_path: Path) -> None:
    dossiers.document(dossiers.export(tmp_path / "again"))
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            again = tmp_path / "again" / path.relative_to(folder)
            assert again.read_bytes() == path.read_bytes(), path.name


def test_nothing_is_found_in_what_was_just_written(folder: Path) -> None:
    assert found(folder) == ""


def test_the_order_in_the_manifest_changes_no_document(folder: Path) -> None:
    before = {name: (folder / name).read_bytes() for name in DOCUMENTS}
    manifest = json.loads((folder / "manifest.json").read_bytes())
    for name in ("files", "repositories", "generators"):
        manifest[name].reverse()
    dossiers.document(Dossier(folder, manifest))
    assert {name: (folder / name).read_bytes() for name in DOCUMENTS} == before


def test_no_document_holds_the_name_of_this_machine_or_its_clock(folder: Path) -> None:
    text = b"".join((folder / name).read_bytes() for name in DOCUMENTS)
    assert str(folder).encode() not in text
    dates = set(re.findall(rb"20\d\d-\d\d-\d\d", text))
    assert dates == {b"2026-01-02"}


@pytest.mark.parametrize(
    "manifest",
    [
        pytest.param({"repositories": [], "generators": []}, id="nothing"),
        pytest.param({"left_out": {}}, id="nothing left out"),
        pytest.param(
            {"reviewers": {"people": 0, "decisions": 0, "approved": 0, "agreement": None}},
            id="nobody",
        ),
        pytest.param(
            {
                "mix": {
                    "policy": {},
                    "figures": {"synthetic_share": 0.1},
                    "override": None,
                    "dropped": {},
                }
            },
            id="no override",
        ),
    ],
)
def test_documents_of_graphs_without_this_or_that_agree_with_them(
    manifest: dict[str, Any], tmp_path: Path
) -> None:
    dossiers.document(dossiers.export(tmp_path / "export", **manifest))
    rest = [p for p in dossiers.problems(tmp_path / "export") if "schema violated" not in p]
    assert rest == []


def test_names_that_are_markup_stay_text(tmp_path: Path) -> None:
    name = "a|b <img src=x>\0\x1b[2J [c](d) \n# e"
    dossiers.document(dossiers.export(tmp_path / "export", name=name))
    card = (tmp_path / "export" / "README.md").read_text()
    assert "\n# e" not in card
    assert all(sign.isprintable() or sign == "\n" for sign in card)
    assert "<img" not in card.split("---", 2)[2].replace("\\<img", "")
    assert found(tmp_path / "export") == ""


def test_an_override_stands_in_the_card_with_who_and_why(folder: Path) -> None:
    card = (folder / "README.md").read_text()
    assert "**The mix policy was overridden** by person-0123456789ab" in card
    assert r"a trial run \| with few functions" in card


# --- what the attestations say --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("verdict", "rung", "says"),
    [
        ("passed", "proved", "PASSED"),
        ("passed", "tested", "PASSED"),
        ("passed", "compared", "PASSED"),
        ("passed", "compiled", "WARNED"),
        ("unknown", "compiled", "WARNED"),
        ("failed", "guarded", "FAILED"),
    ],
)
def test_a_test_result_follows_from_verdict_and_rung(verdict: str, rung: str, says: str) -> None:
    assert result({"verdict": verdict, "rung": rung}) == says


def test_every_variant_has_a_statement_with_its_digest_and_the_commit(folder: Path) -> None:
    first, *rest = [
        json.loads(s) for s in (folder / "attestations.jsonl").read_bytes().splitlines()
    ]
    assert first["predicateType"] == statements.PROVENANCE
    assert {s["name"] for s in first["subject"]} == {
        f"{n}.jsonl" for n in ("train", "validation", "test")
    }
    variants = list(Dossier.read(folder).variants())
    assert [s["subject"][0]["name"] for s in rest] == [v["id"] for v in variants]
    assert [s["subject"][0]["digest"]["sha256"] for s in rest] == [v["sha256"] for v in variants]
    assert [s["predicate"]["result"] for s in rest] == ["PASSED"] * 3 + ["FAILED", "WARNED"]
    assert rest[3]["predicate"]["failedTests"] == ["tested"]
    assert rest[3]["subject"][0]["annotations"]["use"] == "contrast"
    assert rest[3]["predicate"]["configuration"][0]["digest"] == {"gitCommit": "2" * 40}


def test_a_test_result_names_the_commit_where_the_checks_ran(folder: Path) -> None:
    edit_lines(folder / "lineage/variants.jsonl", 0, lambda v: v.update(commit="4" * 40))
    dossiers.document(Dossier.read(folder))
    _, first, second, *_ = (folder / "attestations.jsonl").read_bytes().splitlines()
    commits = [json.loads(s)["predicate"]["configuration"][0]["digest"] for s in (first, second)]
    assert commits == [{"gitCommit": "4" * 40}, {"gitCommit": "1" * 40}]


def test_a_lineage_whose_verdict_and_checks_disagree_is_told(folder: Path) -> None:
    edit_lines(folder / "lineage/variants.jsonl", 0, lambda v: v["checks"].update(tested="failed"))
    dossiers.document(Dossier.read(folder))
    assert "result is PASSED although tested failed" in found(folder)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda s: s["predicate"].update(result="BOGUS"), "result 'BOGUS' is none of"),
        (lambda s: s["predicate"].update(result="passed"), "result 'passed' is none of"),
        (lambda s: s["predicate"].pop("configuration"), "configuration is missing"),
        (lambda s: s["predicate"].update(configuration=[]), "configuration is missing"),
        (lambda s: s["predicate"].update(configuration=[{"name": "a"}]), "neither uri nor digest"),
        (lambda s: s["predicate"].update(passedTests="all"), "passedTests is no list of names"),
        (lambda s: s.update(subject=[]), "subject is missing"),
        (lambda s: s["subject"][0].pop("digest"), "subject[0].digest is missing"),
        (lambda s: s["subject"][0]["digest"].update(sha256="12"), "digest.sha256 is no sha256"),
        (lambda s: s.update(_type="https://in-toto.io/Statement/v0.1"), "_type must be"),
        (lambda s: s.update(predicateType="urn:x"), "is none that codeaug writes"),
        (lambda s: s.pop("predicate"), "predicate is missing"),
        (lambda s: s["subject"].append(s["subject"][0]), "a name stands there twice"),
    ],
)
def test_statements_that_the_public_library_lets_pass_are_refused(
    change: Callable[[dict[str, Any]], object], says: str, folder: Path
) -> None:
    statement = json.loads((folder / "attestations.jsonl").read_bytes().splitlines()[1])
    assert statements.violations(statement) == []
    change(statement)
    assert says in "\n".join(statements.violations(statement))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda p: p.pop("buildDefinition"), "buildDefinition is missing"),
        (lambda p: p["buildDefinition"].pop("buildType"), "buildType is missing"),
        (lambda p: p["buildDefinition"].pop("externalParameters"), "externalParameters is missing"),
        (
            lambda p: p["buildDefinition"].update(resolvedDependencies=[{}]),
            "neither uri nor digest",
        ),
        (lambda p: p.pop("runDetails"), "runDetails is missing"),
        (lambda p: p["runDetails"].pop("builder"), "builder.id is missing"),
        (lambda p: p["runDetails"].update(byproducts={}), "byproducts is no list"),
    ],
)
def test_provenance_that_lacks_what_slsa_wants_is_refused(
    change: Callable[[dict[str, Any]], object], says: str, folder: Path
) -> None:
    statement = json.loads((folder / "attestations.jsonl").read_bytes().splitlines()[0])
    assert statements.violations(statement) == []
    change(statement["predicate"])
    assert says in "\n".join(statements.violations(statement))


# --- licences and pseudonyms ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("of_parts", "of_the_whole"),
    [
        ([], "NOASSERTION"),
        (["MIT"], "MIT"),
        (["MIT", "Apache-2.0", "MIT"], "Apache-2.0 AND MIT"),
        (["MIT", ""], "NOASSERTION"),
        (["MIT", "GPL-2.0-only OR BSD-3-Clause"], "(GPL-2.0-only OR BSD-3-Clause) AND MIT"),
    ],
)
def test_the_licence_of_a_whole_asks_for_all_of_its_parts(
    of_parts: list[str], of_the_whole: str
) -> None:
    assert licenses.expression(of_parts) == of_the_whole


def test_a_licence_that_the_hub_does_not_know_is_other_with_its_name(tmp_path: Path) -> None:
    repositories = [
        {"name": "a", "commit": "1" * 40, "license": "LicenseRef-Acme", "units": 5, "variants": 4}
    ]
    dossiers.document(dossiers.export(tmp_path / "export", repositories=repositories))
    card = (tmp_path / "export" / "README.md").read_text()
    assert '- other\nlicense_name: "LicenseRef-Acme"\nlicense_link: "README.md"\n' in card


def test_a_pseudonym_needs_the_key_and_is_the_same_with_it() -> None:
    key, other = b"k" * 32, b"o" * 32
    assert pseudonyms.reviewer(key, "anna") == pseudonyms.reviewer(key, "anna")
    assert re.fullmatch(r"reviewer-[0-9a-f]{12}", pseudonyms.reviewer(key, "anna"))
    assert re.fullmatch(r"person-[0-9a-f]{12}", pseudonyms.person(key, "anna"))
    assert pseudonyms.reviewer(key, "anna") != pseudonyms.reviewer(key, "boris")
    assert pseudonyms.reviewer(key, "anna") != pseudonyms.reviewer(other, "anna")
    with pytest.raises(UsageError, match="less than 16 bytes"):
        pseudonyms.reviewer(b"short", "anna")


# --- many of them ---------------------------------------------------------------------------------

MEASURE = """
import resource, sys
from pathlib import Path
from codeaug.provenance import DOCUMENTS, Dossier
dossier = Dossier.read(Path(sys.argv[1]))
for name, module in DOCUMENTS.items():
    with (dossier.folder / name).open("wb") as file:
        module.write(dossier, file)
again = Dossier.read(dossier.folder)
found = [p for name, module in DOCUMENTS.items() for p in module.check(again, again.folder / name)]
print(len(found), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


def grown(folder: Path, variants: int) -> Path:
    """An export whose lineage has that many variants, four of each unit."""
    dossier = dossiers.export(folder)
    units, made = list(dossier.units()), list(dossier.variants())
    with (
        (folder / "lineage/units.jsonl").open("w") as of_units,
        (folder / "lineage/variants.jsonl").open("w") as of_variants,
    ):
        for number in range(variants // 4):
            unit = units[number % 3] | {"id": dossiers.digest(f"unit {number}")[:20]}
            print(json.dumps(unit), file=of_units)
            for place, variant in enumerate(made[:4]):
                changed = {"id": dossiers.digest(f"{number} {place}")[:20], "unit": unit["id"]}
                print(json.dumps(variant | changed), file=of_variants)
    return folder


def measured(folder: Path) -> tuple[int, int]:
    """Problems that were found, and the megabytes that a process took at most."""
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, str(folder)],
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parent.parent)},
        capture_output=True,
        text=True,
        check=True,
    )
    problems, megabytes = map(int, done.stdout.split())
    return problems, megabytes


@pytest.mark.slow
def test_a_hundred_thousand_variants_take_little_more_memory_than_a_few(tmp_path: Path) -> None:
    problems, few = measured(grown(tmp_path / "few", 400))
    assert problems == 0
    problems, many = measured(grown(tmp_path / "many", 100_000))
    assert problems == 0
    assert (tmp_path / "many/attestations.jsonl").stat().st_size > 50 << 20
    assert many - few < 25
