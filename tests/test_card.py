"""The card: its evidence strip, its code and the file that the code stands in."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from codeaug.languages import find_units
from codeaug.model import (
    Evidence,
    Finding,
    Origin,
    Reply,
    Repository,
    ScannedFile,
    Unit,
    Variant,
    Verdict,
)
from codeaug.repository import open_repository, source_files
from codeaug.store import Store
from tests.seeded import CPP, UNITS, VARIANTS, evidence, seed
from tests.test_web import words
from tests.visiting import visit

FAILED = f"/variants/{VARIANTS['failed'].id}"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(str(tmp_path / "store.db")) as opened:
        seed(opened)
        yield opened


def shown(store: Store, variant: Variant, found: Evidence | None = None) -> str:
    """The page of a variant that is put into the store first."""
    store.put_variants([variant])
    if found:
        store.put_evidence(found)
    return visit(store).get(f"/variants/{variant.id}").text


def chip(page: str, name: str) -> str:
    """The words of one chip of the strip."""
    found = re.search(rf"<li><(details|div) class=\"chip[^>]*>(?:(?!</li><li>).)*?<b>{name}</b>"
                      r".*?</\1></li>", page, re.DOTALL)  # fmt: skip
    assert found is not None, name
    return re.sub(r"\s+", " ", words(found[0]))


# --- the evidence strip ---------------------------------------------------------------------------


def test_what_failed_stands_first_and_cannot_be_folded_away(store: Store) -> None:
    page = visit(store).get(FAILED).text
    chips = re.findall(r'<(details|div) class="chip ?(\w*)"', page)
    assert chips[0] == ("div", "failed")
    assert [style for tag, style in chips if tag == "div"] == ["failed"]
    assert "Tests run: 14" in chip(page, "tested")


def test_each_chip_opens_its_command_and_log(store: Store) -> None:
    page = visit(store).get(f"/variants/{VARIANTS['java'].id}").text
    assert "javac -Xlint:all" in chip(page, "compiled")
    assert "mvn -o test" in chip(page, "tested")
    assert "Tests run: 14" in chip(page, "tested")
    assert "org.acme.WordsTest#abbreviates13" in chip(page, "covering tests")
    assert f"codeaug explain {VARIANTS['java'].id}" in chip(page, "made by")


def test_a_model_s_variant_names_model_prompt_and_cost(store: Store) -> None:
    unit = UNITS["cpp"]
    for key, cost in (("k1", 2_000_000), ("k2", 500_000)):
        now = datetime.now(UTC)
        store.put_reply(Reply(key, unit.id, "draft", "m:x", b"{}", 1, 1, cost, True, 1.0, now))
    variant = Variant(unit.id, CPP + " ", Origin("llm", ("guard",), 3, "m:x", "p-9f"))
    page = shown(store, variant, evidence(variant))
    assert "model m:x" in chip(page, "made by")
    assert "prompt version p-9f" in chip(page, "made by")
    assert "$0.002500 for 2 replies" in chip(page, "cost")
    assert "Apache-2.0" in chip(page, "licence")


def test_a_rule_s_variant_costs_nothing_and_an_unknown_licence_is_doubtful(store: Store) -> None:
    store.put_repository(Repository("git@host:team/acme.git", "/clones/a", "5" * 40, ""))
    variant = Variant(UNITS["cpp"].id, CPP + "  ", Origin("rules", ("flip",)))
    page = shown(store, variant, replace(evidence(variant), commit="5" * 40))
    assert "no model was asked" in chip(page, "cost")
    assert "unknown" in chip(page, "licence")


@pytest.mark.parametrize(
    ("findings", "words_of_chip"),
    [
        ([("tested", Verdict.PASSED, "")], "passed all, by the tests"),
        (
            [
                ("tested", Verdict.UNKNOWN, "no test executes the changed line(s) 3"),
                ("compared", Verdict.PASSED,
                 "no difference on 9 inputs, which execute every changed line"),
            ],
            "passed all, by the compared inputs",
        ),
        (
            [("tested", Verdict.UNKNOWN, "no test executes the changed line(s) 3")],
            "unknown no test executes the changed line(s) 3",
        ),
    ],
)  # fmt: skip
def test_whether_the_changed_lines_were_executed_is_said(
    store: Store, findings: list[tuple[str, Verdict, str]], words_of_chip: str
) -> None:
    variant = Variant(UNITS["cpp"].id, CPP + "   ", Origin("rules"))
    found = replace(evidence(variant), findings=tuple(Finding(*f) for f in findings))
    assert words_of_chip in chip(shown(store, variant, found), "changed lines executed")


def test_the_kill_rate_is_shown_with_what_it_is_of(store: Store) -> None:
    variant = Variant(UNITS["cpp"].id, CPP + "    ", Origin("rules"))
    found = replace(evidence(variant), parameters=(("faults caught", "11 of 12"),))
    assert "11 of 12 faults (92%)" in chip(shown(store, variant, found), "kill rate")


# --- the code -------------------------------------------------------------------------------------


def test_white_space_is_remembered_and_what_it_hides_is_counted(store: Store) -> None:
    address = f"/variants/{VARIANTS['space'].id}"
    client = visit(store)
    assert "in white space only" not in client.get(address).text
    answer = client.get(f"{address}?whitespace=none")
    assert "1 line differs in white space only" in answer.text
    assert "1 line differs" in client.get(address).text
    client.cookies.set("codeaug-whitespace", "odd")
    assert client.get(address).status_code == 200
    assert client.get(f"{address}?whitespace=odd").status_code == 422


def test_indentation_that_a_mode_hides_in_python_is_named(store: Store) -> None:
    code = UNITS["python"].code.replace("    return yes", "        return yes")
    page = shown(store, Variant(UNITS["python"].id, code, Origin("rules")))
    assert "has meaning in Python" not in page
    address = re.search(r'id="whitespace" href="([^"]*)"', page)
    assert address is not None
    ends = visit(store).get(address[1]).text
    assert "1 line differs in white space only, 1 of them in indentation, which has" in ends


def test_moved_lines_say_in_words_where_to(store: Store) -> None:
    page = visit(store).get(f"/variants/{VARIANTS['java'].id}").text
    assert page.count("moved to line 47") == page.count("moved from line 49") == 4
    assert "<b>⇄</b> moved" in page


# --- its file -------------------------------------------------------------------------------------


SOURCE = b"# first\r\n\r\ndef total(a):\r\n    return sum(a)\r\n\r\n\r\nLAST = '</td>'\r\n"


@pytest.fixture
def cloned(store: Store, tmp_path: Path) -> tuple[Variant, Repository]:
    """A variant of a function of a real repository, of which there is a clone."""
    folder = tmp_path / "shop"
    folder.mkdir()
    (folder / "shop.py").write_bytes(SOURCE)
    repository = open_repository(str(folder), tmp_path / "work")
    (file,) = source_files(repository)
    (unit,) = [u for u in find_units("python", SOURCE, file.path, file.blob) if isinstance(u, Unit)]
    store.put_repository(repository)
    store.put_scan("v1", [ScannedFile(file, (unit.facts,), ())])
    store.put_tree(repository.commit, "v1", [(file.path, file.language, file.blob)])
    variant = Variant(unit.id, unit.code.replace("sum(a)", "sum( a )"), Origin("rules"))
    store.put_variants([variant])
    store.put_evidence(replace(evidence(variant), commit=repository.commit))
    return variant, repository


def test_the_function_is_shown_in_its_file(
    store: Store, cloned: tuple[Variant, Repository]
) -> None:
    variant, _ = cloned
    client = visit(store)
    assert (
        f'data-address="/variants/{variant.id}/file"' in client.get(f"/variants/{variant.id}").text
    )
    page = client.get(f"/variants/{variant.id}/file").text
    assert re.findall(r'class="inside".*?<td class="n">(\d+)', page) == ["3", "4"]
    assert "# first" in words(page)
    assert "LAST = '</td>'" in words(page)
    assert "U+000D" not in page


def test_without_the_clone_the_page_says_so(
    store: Store, cloned: tuple[Variant, Repository]
) -> None:
    variant, repository = cloned
    shutil.rmtree(repository.git_dir)
    answer = visit(store).get(f"/variants/{variant.id}/file")
    assert answer.status_code == 200
    assert "The clone of shop is not on this machine" in answer.text
    assert "is not on this machine" in visit(store).get(f"{FAILED}/file").text
    assert visit(store).get("/variants/" + "0" * 20 + "/file").status_code == 404


def test_a_card_stays_small(store: Store) -> None:
    for variant in VARIANTS.values():
        assert len(visit(store).get(f"/variants/{variant.id}").content) < 150_000
