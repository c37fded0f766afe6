from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from codeaug.builds import Prepared
from codeaug.errors import Disagreement
from codeaug.evidence import Case, Judge
from codeaug.executors.local import Local
from codeaug.model import (
    Command,
    Evidence,
    Fault,
    FaultOutcome,
    Oracle,
    Origin,
    Rung,
    Strength,
    Unit,
    Variant,
    Verdict,
)
from codeaug.pipeline import Session, open_session, scan
from codeaug.pipeline.measuring import find_oracles, prepare
from codeaug.pipeline.stages import case_of
from codeaug.report.terminal import Progress
from codeaug.repository import open_repository
from codeaug.runners.workshop import Workshop
from codeaug.settings import Settings

RIGHT = """\
def total(self, rebate):
        total = 0
        for price in self.prices:
            if price > 0 and rebate is not None:
                total += price - rebate
        return total"""
WRONG = RIGHT.replace("price - rebate", "price + rebate")

RESIDENT = """
import json, os, sys
ANSWERS = json.loads(sys.argv[1])
nonce = sys.stdin.readline().strip()
report = int(os.environ["CODEAUG_REPORT"])
def say(**line):
    os.write(report, f"{nonce} {json.dumps(line)}\\n".encode())
for line in sys.stdin:
    request = json.loads(line)
    verb = request["do"]
    answer = ANSWERS.get(f"{verb} {request.get('number', '')}".strip(), ANSWERS.get(verb, {}))
    if verb == "compile":
        say(compiled=True, messages=[], log="")
    if verb == "rerun":
        outcome = answer.get("outcome", "passed")
        for number, test in enumerate(request["tests"]):
            say(running=test)
            say(test=test, number=number, outcome=outcome, seconds=0.1, detail="")
        say(end=True, exit=0, reported=len(request["tests"]), collected=len(request["tests"]))
        say(executed=answer.get("executed", "1-99"), executable="1-99")
        say(measured=True, problem="")
    if verb == "prove":
        say(proved=answer.get("proved", False), method="told", detail="")
    if verb == "compare":
        say(inputs=3, difference=answer.get("difference", ""), witness="", problem="",
            executed=answer.get("executed", ""), executable="1-99")
    if verb == "explore":
        say(difference=answer.get("difference", ""), witness="", problem=answer.get("problem", ""),
            paths=7, exhausted=answer.get("exhausted", False), suspects=answer.get("suspects", 0))
    if answer.get("die"):
        os.abort()
    say(done=True, **{k: answer[k] for k in ("cold", "limit") if k in answer})
"""


@dataclass(frozen=True)
class Shop:
    session: Session
    prepared: Prepared
    unit: Unit
    oracle: Oracle

    def judged(
        self,
        code: str,
        answers: dict[str, object] | None,
        *,
        audit: int = 1 << 200,
        crosshair: int = 0,
        strength: Strength | None = None,
    ) -> Evidence:
        """Evidence about `code`, with a resident program that answers as told (None: without)."""
        command = Command(("python3", "-c", RESIDENT, json.dumps(answers)))
        build = replace(self.prepared.build, resident=lambda _: answers and command)
        ready = replace(self.prepared, build=build)
        variant = Variant(self.unit.id, code, Origin("given"))
        known = {self.unit.id: self.oracle}
        strong = {self.unit.id: strength} if strength else {}
        case = case_of(self.session, self.unit, variant, [ready], known, strong)
        return self._evidence(case, audit, crosshair)

    def _evidence(self, case: Case, audit: int, crosshair: int) -> Evidence:
        session = self.session
        with Workshop(session.sandbox, session.work / "scratch", resident=True) as workshop:
            return next(Judge(workshop, session.commit, audit, crosshair).evidence([[case]]))[0]


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Shop:
    folder = Path(__file__).parent / "repos" / "journey-python"
    home = tmp_path_factory.mktemp("shop")
    repository = open_repository(str(folder), home / "work")
    session = open_session(
        repository,
        Settings(repeats=2),
        str(home / "codeaug.db"),
        home / "work",
        Progress(quiet=True),
        Local(1),
    )
    scan(session)
    (ready,) = prepare(session, frozenset({"python"}))
    unit = next(u for u in session.store.units(session.commit) if u.name == "Basket.total")
    return Shop(session, ready, unit, find_oracles(session, [ready])[unit.id])


def finding(evidence: Evidence, check: str) -> Verdict | None:
    return next((f.verdict for f in evidence.findings if f.check == check), None)


pytestmark = pytest.mark.slow


def test_what_a_resident_program_says_is_evidence(shop: Shop) -> None:
    found = shop.judged(RIGHT, {"rerun": {"outcome": "passed"}})
    assert (found.verdict, dict(found.parameters)["runner"]) == (Verdict.PASSED, "resident")
    assert found.holds == {Rung.PARSED, Rung.COMPILED, Rung.TESTED, Rung.COMPARED}


def test_a_resident_program_whose_unchanged_text_fails_is_not_believed(shop: Shop) -> None:
    found = shop.judged(RIGHT, {"rerun": {"outcome": "failed"}})
    parameters = dict(found.parameters)
    assert (found.verdict, parameters["runner"]) == (Verdict.PASSED, "cold")
    assert "the unchanged code does not pass in the resident runner" in parameters["cold"]


def test_where_every_text_passes_the_unchanged_one_is_not_asked_again(shop: Shop) -> None:
    found = shop.judged(RIGHT, {"rerun 0": {"outcome": "failed"}})
    assert (found.verdict, dict(found.parameters)["runner"]) == (Verdict.PASSED, "resident")


def test_a_disagreement_of_the_two_ways_stops_the_run(shop: Shop) -> None:
    with pytest.raises(Disagreement, match=r"tested passed .*; tested failed"):
        shop.judged(WRONG, {"rerun": {"outcome": "passed"}}, audit=1)


def test_an_audited_agreement_is_written_down(shop: Shop) -> None:
    found = shop.judged(RIGHT, {"rerun": {"outcome": "passed"}}, audit=1)
    assert dict(found.parameters)["audit"] == "agrees"


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        ({"rerun": {"cold": "threads are alive"}}, "threads are alive"),
        ({"load": {"cold": "no such module"}}, "no such module"),
        ({"rerun": {"die": 1}}, "the resident runner was stopped"),
        ({"compile": {"die": 1}}, "the resident runner was stopped"),
    ],
)
@pytest.mark.parametrize(("code", "verdict"), [(RIGHT, "passed"), (WRONG, "failed")])
def test_what_a_resident_program_hands_over_is_judged_cold(
    shop: Shop, answers: dict[str, object], reason: str, code: str, verdict: str
) -> None:
    found = shop.judged(code, answers)
    parameters = dict(found.parameters)
    assert (found.verdict, parameters["runner"]) == (verdict, "cold")
    assert reason in parameters["cold"]


def test_without_a_resident_program_everything_is_judged_cold(shop: Shop) -> None:
    found = shop.judged(WRONG, None)
    assert (found.verdict, dict(found.parameters)["runner"]) == (Verdict.FAILED, "cold")
    assert finding(found, "tested") is Verdict.FAILED


def test_a_difference_on_an_input_fails_a_variant_that_the_tests_pass(shop: Shop) -> None:
    found = shop.judged(RIGHT, {"compare": {"difference": "total([1]) is 2, was 1"}})
    assert (found.verdict, finding(found, "compared")) == (Verdict.FAILED, Verdict.FAILED)


@pytest.mark.parametrize(
    ("inputs", "verdict"),
    [("1-99", Verdict.PASSED), ("1-2", Verdict.UNKNOWN), ("", Verdict.UNKNOWN)],
)
def test_a_line_that_no_test_executes_is_judged_by_inputs_that_do(
    shop: Shop, inputs: str, verdict: Verdict
) -> None:
    ran = {"rerun": {"executed": str(shop.unit.body_line)}, "compare": {"executed": inputs}}
    found = shop.judged(RIGHT, ran)
    assert found.verdict is verdict
    assert (Rung.COMPARED in found.holds) is (verdict is Verdict.PASSED)
    assert Rung.TESTED not in found.holds
    differs = {**ran, "compare": {"executed": inputs, "difference": "total(1) returns 2, was 1"}}
    assert shop.judged(RIGHT, differs).verdict is Verdict.FAILED


@pytest.mark.parametrize("executed", ["1-99", "1"])
def test_a_difference_that_crosshair_finds_fails_a_variant(shop: Shop, executed: str) -> None:
    answers: dict[str, object] = {
        "rerun": {"executed": executed},
        "explore": {"difference": "total(7) is 2, was 1"},
    }
    assert shop.judged(RIGHT, answers, crosshair=5).verdict is Verdict.FAILED
    assert "crosshair" not in {item.check for item in shop.judged(RIGHT, answers).findings}


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ({"exhausted": True}, "no counterexample: all paths exhausted (7)"),
        ({}, "no counterexample: not all paths could be followed (7)"),
        ({"suspects": 2}, "2 suspected inputs, but no difference that counts"),
        ({"problem": "no type is known of price"}, "not explored: no type is known of price"),
    ],
)
def test_what_crosshair_does_not_find_is_a_note_and_no_rung(
    shop: Shop, answer: dict[str, object], words: str
) -> None:
    answers: dict[str, object] = {"rerun": {"executed": "1"}, "explore": answer}
    found = shop.judged(RIGHT, answers, crosshair=5)
    assert finding(found, "crosshair") is Verdict.UNKNOWN
    assert next(f.detail for f in found.findings if f.check == "crosshair").startswith(words)
    assert found.holds == shop.judged(RIGHT, answers).holds
    assert found.verdict is Verdict.UNKNOWN


@pytest.mark.parametrize("verb", ["prove", "compare"])
def test_what_is_decided_is_not_explored(shop: Shop, verb: str) -> None:
    answer = {"proved": True, "difference": "total(1) is 2, was 1"}
    found = shop.judged(RIGHT, {verb: answer, "explore": {"difference": "x"}}, crosshair=5)
    assert "crosshair" not in {item.check for item in found.findings}


def test_a_proof_is_accepted_although_the_tests_cannot_fail(shop: Shop) -> None:
    found = shop.judged(RIGHT, {"prove": {"proved": True}})
    assert found.rung is Rung.PROVED
    assert found.accepted(Rung.GUARDED)


@pytest.mark.parametrize("executed", ["1-99", "1"])
def test_what_is_proved_for_all_inputs_is_not_compared_on_some(shop: Shop, executed: str) -> None:
    answers = {"prove": {"proved": True}, "rerun": {"executed": executed}}
    found = shop.judged(RIGHT, {**answers, "compare": {"difference": "total(1) is 2, was 1"}})
    assert (found.verdict, found.rung) == (Verdict.PASSED, Rung.PROVED)
    assert "compared" not in {item.check for item in found.findings}


@pytest.mark.parametrize(("outcome", "accepted"), [("caught", True), ("survived", False)])
def test_tests_that_catch_no_fault_make_no_variant_accepted(
    shop: Shop, outcome: str, accepted: bool
) -> None:
    fault = Fault("negate", 20, "negated", "check it", FaultOutcome(outcome))
    strength = Strength(shop.unit.id, shop.session.commit, (fault,))
    found = shop.judged(RIGHT, {"rerun": {"outcome": "passed"}}, strength=strength)
    assert found.verdict is Verdict.PASSED
    assert (Rung.GUARDED in found.holds, found.accepted(Rung.GUARDED)) == (accepted, accepted)
