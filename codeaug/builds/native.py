"""What builds of compiled projects share: jobs for the host program `native`, and its reports."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from codeaug.builds import Harvest, Measurement
from codeaug.builds.ranges import from_ranges
from codeaug.model import (
    Command,
    Coverage,
    Diagnostics,
    Outcome,
    Project,
    Rerun,
    TestOutcome,
    TestReport,
)

_DIAGNOSTIC = re.compile(
    r"^(?:[^\s:][^:\n]*:)?(?:\d+:)?(?:\d+:)? ?(?P<kind>fatal error|error|warning): (?P<text>.+)$"
)
_LINK = re.compile(
    r"^(?:\S*ld\S*: )?\S+: (?P<text>(?:undefined reference to|multiple definition).+)$"
)
_COLOUR = re.compile(r"\x1b\[[0-9;]*[mK]")
_PATH = re.compile(r"(?:/[\w.+-]+){2,}")
_PLACE = re.compile(r":\d+(?::\d+)?")
LOG_LIMIT = 20_000
LONGEST_ARGUMENT = 100_000  # Linux takes 128 KiB in one
CASES = "600"
RESIDENT_SECONDS = 24 * 3600.0


def job(verb: str, described: Mapping[str, object], seconds: float = 600.0) -> Command:
    """A command that does one job of the host program (see its `__main__`)."""
    # -m puts the working folder, /host, on the path: nothing of the project is ever imported
    args = ("python3", "-B", "-E", "-s", "-m", "native", verb)
    text = json.dumps(described)
    if len(text) < LONGEST_ARGUMENT:
        return Command((*args, text), cwd="/host", seconds=seconds)
    return Command(args, cwd="/host", seconds=seconds, stdin=text)


def resident(described: Mapping[str, object], lines: str) -> Command:
    """A command that stays (see `codeaug.builds`); `lines` is what tells how files are compiled."""
    text = json.dumps({**described, "lines": lines})
    args = ("python3", "-B", "-E", "-s", "-m", "native", "resident", text)
    return Command(args, cwd="/host", seconds=RESIDENT_SECONDS)


def words(project: Project, option: str) -> list[str]:
    """An option's words: a list of the user's as it is, a text as a shell would split it."""
    text = project.option(option)
    return text.split("\n") if "\n" in text else shlex.split(text)


def environment(project: Project) -> dict[str, str]:
    """The option `environment`, words `NAME=value`, as a mapping."""
    pairs = (word.partition("=") for word in words(project, "environment"))
    return {name: value for name, _, value in pairs}


def read_tests(outcomes: Sequence[Outcome], _: Harvest) -> TestReport:
    """The report of the verb `test`."""
    return _report(_lines(outcomes))


def read_measurement(outcomes: Sequence[Outcome], _: Harvest) -> Measurement:
    """The report of the verb `measure`."""
    lines = _lines(outcomes)
    known = [(x["path"], from_ranges(x["lines"])) for x in lines if "path" in x]
    tests = {
        x["by"]: {known[number][0]: known[number][1] for number in x["executed"]}
        for x in lines
        if "by" in x
    }
    problem = _end(lines).get("problem", "the measurement did not come to its end")
    return Measurement(_report(lines), Coverage(tests, problem))


def read_diagnostics(outcomes: Sequence[Outcome], _: Harvest) -> Diagnostics:
    """The report of the verb `compile`; the log is the build's own output, or was told."""
    end = _end(_lines(outcomes))
    log = "".join(outcome.out for outcome in outcomes)
    log += "".join(line["log"] for line in _lines(outcomes) if "log" in line)
    problem = end.get("problem", "the build was stopped")
    messages = tuple(sorted(diagnostics(log)))
    if problem and not any("error: " in message for message in messages):
        messages = (*messages, f"error: {problem}")
    return Diagnostics(bool(end.get("ok")), messages, log[-LOG_LIMIT:])


def read_rerun(outcomes: Sequence[Outcome], _: Harvest) -> Rerun:
    """The report of the verb `rerun`."""
    lines = _lines(outcomes)
    found = next((x for x in lines if "executable" in x), {"executed": "", "executable": ""})
    return Rerun(_report(lines), from_ranges(found["executed"]), from_ranges(found["executable"]))


def diagnostics(log: str) -> Iterator[str]:
    """`kind: text` of each error and warning in a compiler's output, without any place."""
    for line in log.splitlines():
        line = _COLOUR.sub("", line)
        link = _LINK.match(line)
        found = _DIAGNOSTIC.match(line)
        if found:
            yield f"{found['kind']}: {_PLACE.sub('', _PATH.sub('', found['text']))}"
        elif link:
            yield f"error: {_PLACE.sub('', _PATH.sub('', link['text']))}"


def _lines(outcomes: Sequence[Outcome]) -> list[Mapping[str, Any]]:
    return [json.loads(line) for outcome in outcomes for line in outcome.report.splitlines()]


def _end(lines: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    return next((line for line in lines if "end" in line), {})


def _report(lines: Sequence[Mapping[str, Any]]) -> TestReport:
    tests = {line["test"]: line for line in lines if "test" in line}
    end = _end(lines)
    problem = end.get("problem", "") if end else "the test program did not come to its end"
    return TestReport(
        {name: TestOutcome(line["outcome"]) for name, line in tests.items()},
        bool(end),
        {name: line["seconds"] for name, line in tests.items()},
        {name: line["detail"] for name, line in tests.items() if line.get("detail")},
        problem,
    )
