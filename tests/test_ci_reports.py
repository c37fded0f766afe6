"""Each report by its schema or a reader of it, and at its limits."""

from __future__ import annotations

import gzip
import json
import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from junitparser import Failure, JUnitXml, Skipped

from codeaug.bundled import bundled
from codeaug.ci.gate import check, hits
from codeaug.ci.reports import code_quality, document, github, junit, markdown, sarif
from codeaug.errors import BrokenBaseline, GateFailed
from codeaug.model import (
    Evidence,
    Fault,
    FaultOutcome,
    Finding,
    Oracle,
    Origin,
    Rung,
    Span,
    Strength,
    Unit,
    Variant,
    Verdict,
    up_to,
)
from codeaug.notices import RULES, Level, Notice
from codeaug.pipeline.changes import Checked, Report, Tried
from codeaug.report.tables import show_changes

SCHEMAS = Path(__file__).parent / "schemas"
ODD = "a%b,c:d\r\n::error::e|`f`<g>\x07@h"


def unit(name: str = "grade", path: str = "shop.py", language: str = "python") -> Unit:
    return Unit(path, language, name, "", Span(0, 9), Span(4, 9), 3, 4, 5, "b", f"def {name}(): 1")


def checked(one: Unit, verdict: Verdict = Verdict.PASSED) -> Checked:
    variant = Variant(one.id, "def f(): return 1", Origin("rules", ("ternary",)))
    finding = Finding("tested", verdict, "t: failed instead of passed: assert SOURCE", 0.5)
    evidence = Evidence(variant.id, "c" * 40, (finding,), up_to(Rung.COMPARED))
    fault = Fault("number", 4, "`1` for `2`", "check it", FaultOutcome.SURVIVED)
    caught = replace(fault, outcome=FaultOutcome.CAUGHT)
    return Checked(
        one,
        Oracle(one.id, "c" * 40, ("test_a",), (4,)),
        Strength(one.id, "c" * 40, (fault, caught)),
        (Tried(variant, evidence),),
    )


def notice(rule: str = "secret", path: str = "shop.py", line: int = 7, text: str = "why") -> Notice:
    return Notice(RULES[rule], path, text, line, line, "grade")


def report(*notices: Notice, units: tuple[Checked, ...] = (), **more: Any) -> Report:
    units = units or (checked(unit()), Checked(unit("other"), Oracle("x", "c", (), (), "no test")))
    facts = {"name": "shop", "commit": "c" * 40, "base": "b" * 40, "bar": Rung.COMPARED}
    return Report(**(facts | more), files=2, seen=5, units=units, notices=notices)


ALL = tuple(notice(rule, f"{rule}.py") for rule in RULES)
REPORTS = {
    "of everything": report(*ALL),
    "of odd words": report(
        notice(path=ODD, text=ODD), notice("no-oracle", line=0), units=(checked(unit(ODD, ODD)),)
    ),
    "of nothing": report(),
    "of a broken project": report(trouble=BrokenBaseline("it does not pass", "SOURCE")),
}
every_report = pytest.mark.parametrize("found", REPORTS.values(), ids=REPORTS)


def satisfies(text: str, schema: Path) -> Any:
    instance = json.loads(text)
    jsonschema.validate(instance, json.loads(schema.read_text()))
    return instance


# --- by schema or reader --------------------------------------------------------------------------


@every_report
def test_sarif_satisfies_its_schema(found: Report) -> None:
    (run,) = satisfies(sarif.render(found), SCHEMAS / "sarif-2.1.0.json")["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert len(run["results"]) == len(found.notices)
    for result, told in zip(run["results"], found.notices, strict=True):
        assert rules[result["ruleIndex"]] == result["ruleId"] == told.rule.id
        assert result["locations"][0]["physicalLocation"]["region"]["startLine"] >= 1
    assert run["invocations"][0]["executionSuccessful"] is (found.trouble is None)


def test_the_sarif_schema_refuses_what_is_none() -> None:
    text = sarif.render(report(notice())).replace('"level": "error"', '"level": "bad"')
    with pytest.raises(jsonschema.ValidationError):
        satisfies(text, SCHEMAS / "sarif-2.1.0.json")


@every_report
def test_junit_is_read_by_junitparser(found: Report) -> None:
    (suite,) = JUnitXml.fromstring(junit.render(found).encode())
    assert suite.tests == len(found.units) == len(list(suite))


def test_a_testcase_fails_by_divergence_and_is_skipped_without_tests() -> None:
    told = (notice("diverges", text="differs"), notice("weak-oracle"))
    (suite,) = JUnitXml.fromstring(junit.render(report(*told)).encode())
    first, second = suite
    assert [type(result) for result in first.result] == [Failure]
    assert first.result[0].message == "differs"
    assert [type(result) for result in second.result] == [Skipped]
    assert (suite.failures, suite.skipped) == (1, 1)


@every_report
def test_code_quality_has_what_gitlab_asks_for(found: Report) -> None:
    issues = satisfies(code_quality.render(found), SCHEMAS / "code-quality.json")
    assert len(issues) == len(found.notices)


@every_report
def test_json_satisfies_the_schema_that_is_shipped(found: Report) -> None:
    text = json.dumps(document.document(found))
    satisfies(text, bundled("templates", "ci", "report.schema.json"))


@every_report
def test_no_report_holds_what_tests_printed(found: Report) -> None:
    texts = [r.render(found) for r in (sarif, junit, code_quality, github, markdown)]
    assert not any("SOURCE" in text for text in [*texts, json.dumps(document.document(found))])


def test_fingerprints_stay_while_lines_move_and_are_never_shared() -> None:
    def names(*notices: Notice) -> list[str]:
        return [issue["fingerprint"] for issue in json.loads(code_quality.render(report(*notices)))]

    first = names(notice(line=3), notice(line=9), notice(path="b.py"))
    assert len(set(first)) == 3
    assert names(notice(line=13), notice(line=19), notice(path="b.py", line=1)) == first


# --- odd words ------------------------------------------------------------------------------------


def test_a_name_cannot_give_github_a_command() -> None:
    (line,) = github.render(report(notice(path=ODD, text=ODD))).splitlines()
    assert line == (
        "::error file=a%25b%2Cc%3Ad%0D%0A%3A%3Aerror%3A%3Ae|`f`<g>\\x07@h,title=codeaug%3A secret,"
        "line=7,endLine=7::a%25b,c:d%0D%0A::error::e|`f`<g>\\x07@h"
    )


def test_a_name_cannot_break_the_summary() -> None:
    text = markdown.render(report(notice(path=ODD, text=f"{ODD} https://x.example [a](b)")))
    (row,) = [line for line in text.splitlines() if "secret |" in line]
    assert row == (
        "| ❌ secret | `` a%b,c:d  ::error::e\\|`f`<g>\\x07@h:7 `` | a%b,c:d ::error::e\\|"
        "\\`f\\`\\<g\\>\\\\x07\\@h https:&#47;&#47;x.example \\[a\\](b) |"
    )


def test_a_name_cannot_give_a_log_a_line_or_a_terminal_an_order(
    capsys: pytest.CaptureFixture[str],
) -> None:
    odd = "a\r\n::error::b\x1b[31m\u202ec.py"
    found = report(notice(path=odd, text=odd), units=(checked(unit(odd, odd)),), name=odd)
    show_changes(document.document(found))
    (line,) = [one for one in capsys.readouterr().err.splitlines() if "secret: " in one]
    shown = r"a\r\n::error::b\x1b[31m\u202ec.py"
    assert line == f"error: {shown}:7: secret: {shown}"
    for text in (markdown.render(found), github.render(found)):
        assert not {"\x1b", "\r", "\u202e"} & set(text)
        assert not [one for one in text.splitlines() if one.startswith("::error::")]


# --- limits ---------------------------------------------------------------------------------------


def many(number: int, rule: str = "no-oracle") -> tuple[Notice, ...]:
    """Errors first, as reports have them."""
    return tuple(notice("secret" if n == 0 else rule, f"f{n}.py") for n in range(number))


def test_sarif_shows_5000_results_and_says_how_many_are_left() -> None:
    (run,) = json.loads(sarif.render(report(*many(5000))))["runs"]
    assert len(run["results"]) == 5000
    assert run["invocations"][0]["toolExecutionNotifications"] == []
    (run,) = json.loads(sarif.render(report(*many(5003))))["runs"]
    assert len(run["results"]) == 5000
    assert run["results"][0]["level"] == "error"
    (told,) = run["invocations"][0]["toolExecutionNotifications"]
    assert told["message"]["text"].startswith("3 more notices are left out here")


def test_sarif_stays_below_ten_megabytes_gzipped() -> None:
    noise = random.Random(1)
    long = [notice(text=noise.randbytes(4000).hex()) for _ in range(3000)]
    text = sarif.render(report(*long))
    assert len(gzip.compress(text.encode(), 1)) <= 10_000_000
    assert 1000 <= len(json.loads(text)["runs"][0]["results"]) < 3000


def test_junit_holds_5000_testcases_the_gravest_first() -> None:
    units = tuple(Checked(unit(f"f{n}")) for n in range(5002))
    last = replace(notice("diverges"), unit="f5001")
    (suite,) = JUnitXml.fromstring(junit.render(report(last, units=units)).encode())
    assert suite.tests == 5000
    assert next(iter(suite)).name == "f5001"
    told = {item.name: item.value for item in suite.properties()}
    assert told["left out"].startswith("2 more functions")


def test_code_quality_holds_5000_entries_with_the_one_that_says_so() -> None:
    assert len(json.loads(code_quality.render(report(*many(5000))))) == 5000
    issues = json.loads(code_quality.render(report(*many(5001))))
    assert len(issues) == 5000
    assert issues[-1]["description"].startswith("2 more notices are left out")


@pytest.mark.parametrize(("number", "shown"), [(10, 10), (11, 10), (400, 10)])
def test_github_gets_ten_annotations_of_a_kind(number: int, shown: int) -> None:
    notices = tuple(notice("no-oracle", f"f{n}.py") for n in range(number))
    lines = github.render(report(*notices)).splitlines()
    assert sum(line.startswith("::warning ") for line in lines) == shown
    told = [line for line in lines if line.startswith("::notice ")]
    assert len(told) == (number > 10)
    assert not told or f"{number - shown} more notices" in told[0]


def test_the_line_that_says_so_is_one_of_the_ten_notices_of_a_step() -> None:
    note = replace(RULES["no-oracle"], level=Level.NOTE)
    notices = tuple(replace(notice(path=f"f{n}.py"), rule=note) for n in range(30))
    lines = github.render(report(*notices)).splitlines()
    assert len(lines) == 10
    assert "21 more notices are left out here: codeaug ci --json" in lines[-1]


def test_the_summary_fits_into_a_mebibyte_and_into_what_is_left_of_it() -> None:
    found = report(*(notice(path=f"f{n}.py", text="é" * 6000) for n in range(300)))
    text = markdown.render(found)
    assert 500_000 < len(text.encode()) <= 1 << 20
    assert "more notices are left out here" in text
    exact = len(text.encode())
    assert markdown.render(found, exact) == text
    assert len(markdown.render(found, exact - 1).encode()) < exact - 1
    assert markdown.render(found, 10) == ""


# --- the gate -------------------------------------------------------------------------------------


def test_the_gate_is_of_rules_or_of_levels_and_graver_ones() -> None:
    found = report(notice("secret"), notice("no-oracle"))
    assert not hits(found.notices, ())
    assert len(hits(found.notices, ("secret",))) == 1
    assert len(hits(found.notices, ("error",))) == 1
    assert len(hits(found.notices, ("note",))) == 2
    check(found.notices, ("diverges",))
    with pytest.raises(GateFailed, match=r"2 notice\(s\) .*: no-oracle, secret"):
        check(found.notices, ("warning",))
