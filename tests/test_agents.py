"""What editors and coding agents use: `codeaug check --stdin`, `codeaug mcp` over real stdio."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import anyio
import pytest
from jsonschema import Draft202012Validator
from mcp import Client
from mcp.client.stdio import StdioServerParameters, stdio_client

from tests.conftest import REPOS, Judgeable, git
from tests.test_cli import codeaug, refused
from tests.test_journey import LANGUAGES


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, judgeable: Judgeable) -> Callable[[str], Path]:
    """`made("java")`: the journey's repository of a language, made once."""
    home = tmp_path_factory.mktemp("agents")

    def make(language: str) -> Path:
        if not (home / language).exists():
            judgeable.copied(f"journey-{language}", home / language)
        return home / language

    return make


# --- one function from an editor ------------------------------------------------------------------


def by_stdin(folder: Path, code: str | bytes, *args: str) -> subprocess.CompletedProcess[str]:
    data = code.encode() if isinstance(code, str) else code
    done = subprocess.run(
        [sys.executable, "-m", "codeaug", "check", str(folder), "--stdin", *args],
        input=data, capture_output=True, check=False,
    )  # fmt: skip
    out, err = done.stdout.decode(), done.stderr.decode()
    return subprocess.CompletedProcess(done.args, done.returncode, out, err)


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_editors_function_is_judged_as_a_line_of_variants_is(
    language: str, made: Callable[[str], Path]
) -> None:
    folder, facts = made(language), LANGUAGES[language]
    named = (f"--path={folder / facts['path']}", f"--unit={facts['grade']}")
    right = by_stdin(folder, facts["right"], *named, "--json")
    answer = json.loads(right.stdout)
    assert (answer["verdict"], answer["accepted"]) == ("passed", True), right.stderr
    assert answer["commit"] == git(folder, "rev-parse", "HEAD")
    wrong = by_stdin(folder, facts["wrong"], *named, "--fail-on=failed")
    assert wrong.returncode == 1
    assert wrong.stdout.startswith("failed ")


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("--stdin",), "--path FILE and --unit NAME"),
        (("--stdin", "--path", "a.py"), "--path FILE and --unit NAME"),
        (("--path", "a.py", "--unit", "f"), "--path FILE and --unit NAME"),
        (("--stdin", "--path", "a.py", "--unit", "f", "--variants", "-"), "give --variants FILE"),
        ((), "give --variants FILE, or --stdin"),
    ],
)  # fmt: skip
def test_half_a_question_is_one_sentence(args: tuple[str, ...], words: str, tmp_path: Path) -> None:
    refused(codeaug("check", tmp_path, *args), 2, words)


@pytest.mark.parametrize(
    ("code", "words"), [(b"\xff\xfe", "not UTF-8"), (b"x" * (5 << 20), "larger than 4 MiB")]
)
def test_what_is_no_text_of_a_function_is_one_sentence(
    code: bytes, words: str, tmp_path: Path
) -> None:
    refused(by_stdin(tmp_path, code, "--path=a.py", "--unit=f"), 2, words)


# --- an agent -------------------------------------------------------------------------------------


@asynccontextmanager
async def agent(folder: Path, *options: str) -> AsyncIterator[Client]:
    """The SDK's own client, and our server in a process of its own. As agents do, it starts the
    server with hardly anything of its own environment."""
    path = os.pathsep.join(filter(None, (str(REPOS.parent.parent), os.environ.get("PYTHONPATH"))))
    args = ["-m", "codeaug", "mcp", *options, str(folder)]
    parameters = StdioServerParameters(command=sys.executable, args=args, env={"PYTHONPATH": path})
    async with Client(stdio_client(parameters)) as client:
        yield client


def talk(folder: Path, talking: Callable[[Client], Awaitable[None]], *options: str) -> None:
    async def whole() -> None:
        with anyio.fail_after(300):
            async with agent(folder, *options) as client:
                await talking(client)

    anyio.run(whole)


async def sentence(client: Client, tool: str, **arguments: str) -> str:
    """What a tool says that did not succeed."""
    result = await client.call_tool(tool, arguments)
    assert result.is_error, result.structured_content
    (content,) = result.content
    return str(getattr(content, "text", ""))


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_agent_asks_about_its_rewrite(language: str, made: Callable[[str], Path]) -> None:
    folder, facts = made(language), LANGUAGES[language]
    head = git(folder, "rev-parse", "HEAD")
    heard: list[str] = []

    async def progress(done: float, total: float | None, message: str | None) -> None:
        heard.append(message or "")

    async def asked(client: Client, tool: str, **arguments: str) -> dict[str, Any]:
        result = await client.call_tool(tool, arguments, progress_callback=progress)
        assert not result.is_error, result.content
        found = result.structured_content
        assert isinstance(found, dict)
        Draft202012Validator(schemas[tool]).validate(found)
        return found

    schemas: dict[str, Any] = {}

    async def talking(client: Client) -> None:
        schemas.update({t.name: t.output_schema for t in (await client.list_tools()).tools})
        place = {"path": facts["path"], "unit": facts["grade"]}
        right = await asked(client, "check", **place, code=facts["right"])
        assert (right["verdict"], right["accepted"], right["commit"]) == ("passed", True, head)
        wrong = await asked(client, "check", **place, code=facts["wrong"])
        assert wrong["verdict"] == "failed"
        assert "grade" in wrong["findings"][-1]["detail"]
        absolute = {**place, "path": str(folder / facts["path"])}
        assert (await asked(client, "check", **absolute, code=facts["right"]))["accepted"]
        told = await asked(client, "oracle", path=facts["path"])
        units = {unit["unit"].partition("(")[0]: unit for unit in told["units"]}
        untested = units[facts["untested"].partition("(")[0]]
        assert (untested["tests"], untested["judged"]) == (0, 0)
        assert untested["reason"]
        one = await asked(client, "oracle", path=facts["path"], unit=facts["total"])
        (unit,) = one["units"]
        assert 0 < unit["caught"] <= unit["judged"]
        assert unit["caught"] + len(unit["weak_spots"]) == unit["judged"]
        story = (await asked(client, "explain", id=right["variant"]))["story"]
        assert story["variant"]["id"] == right["variant"]
        assert story["evidence"]["rung"] == right["rung"]

    talk(folder, talking)
    assert any(line.startswith("check") for line in heard), heard


@pytest.mark.slow
def test_an_agent_is_told_of_the_commit_and_not_of_the_working_tree(
    made: Callable[[str], Path],
) -> None:
    folder, facts = made("python"), LANGUAGES["python"]
    file = folder / facts["path"]
    committed = file.read_text()
    file.write_text("def nothing():\n    return None\n")

    async def talking(client: Client) -> None:
        assert "HEAD" in str(client.instructions)
        place = {"path": facts["path"], "unit": facts["grade"]}
        found = await client.call_tool("check", {**place, "code": facts["right"]})
        assert found.structured_content is not None
        assert found.structured_content["verdict"] == "passed"
        assert found.structured_content["commit"] == git(folder, "rev-parse", "HEAD")

    try:
        talk(folder, talking)
    finally:
        file.write_text(committed)


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    """A repository of one function that nobody looked at yet."""
    folder = tmp_path / "plain"
    folder.mkdir()
    (folder / "a.py").write_text("def f(x):\n    return x\n")
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "One")
    return folder


def test_tools_say_what_they_take_and_give(plain: Path) -> None:
    async def talking(client: Client) -> None:
        tools = {tool.name: tool for tool in (await client.list_tools()).tools}
        assert tools.keys() == {"check", "oracle", "explain"}
        for tool in tools.values():
            Draft202012Validator.check_schema(tool.input_schema)
            assert tool.output_schema is not None
            Draft202012Validator.check_schema(tool.output_schema)
            assert all(p.get("description") for p in tool.input_schema["properties"].values())
            assert tool.annotations is not None
            assert tool.annotations.open_world_hint is False
        assert "HEAD" in str(tools["check"].description)
        assert "`failed`, a check failed" in str(tools["check"].description)
        assert set(tools["check"].input_schema["required"]) == {"path", "unit", "code"}

    talk(plain, talking)


def test_an_agent_cannot_ask_about_another_place(plain: Path) -> None:
    async def talking(client: Client) -> None:
        for path in ("../other/a.py", "/etc/passwd", "a/../../a.py", "..", ".", "", "a\0.py"):
            said = [
                await sentence(client, "check", path=path, unit="f", code="def f(x): pass"),
                await sentence(client, "oracle", path=path),
                await sentence(client, "explain", id=f"{path}::f"),
            ]
            assert all(f"{path!r} is no file in {plain}" in words for words in said), said

    talk(plain, talking)
    assert not (plain / ".codeaug").exists()


def test_what_an_agent_says_is_never_an_option(plain: Path) -> None:
    async def talking(client: Client) -> None:
        for words in ("--help", "--store=/tmp/evil.db"):
            assert "no store" in await sentence(client, "explain", id=words)
        with anyio.fail_after(60):
            said = await sentence(client, "oracle", path="--help")
        assert "there is no file --help" in said
        said = await sentence(client, "oracle", path="a.py", unit="--debug")
        assert "a.py has no unit --debug" in said
        assert "zero byte" in await sentence(client, "oracle", path="a.py", unit="f\0")
        assert "at most 4096" in await sentence(client, "explain", id="x" * 200_000)

    talk(plain, talking)


def test_an_error_is_one_sentence_of_the_tool(plain: Path) -> None:
    (plain / "codeaug.toml").write_text("seed = 1\n")

    async def talking(client: Client) -> None:
        assert "run `codeaug run` first" in await sentence(client, "explain", id="a.py::f")
        (plain / "codeaug.toml").write_text("sed = 1\n")
        said = await sentence(client, "oracle", path="a.py")
        assert said.endswith("unknown setting 'sed'; did you mean 'seed'?.")
        assert "Traceback" not in said
        said = await sentence(client, "check", path="a.py", unit="")
        assert said.endswith(
            "check cannot take this: unit: String should have at least 1 character; "
            "code: Field required."
        )
        assert "\n" not in said

    talk(plain, talking)


def test_a_profile_and_a_store_are_chosen_at_the_start(plain: Path, tmp_path: Path) -> None:
    (plain / "codeaug.toml").write_text("[profile.other]\npaths = ['nowhere/']\n")
    store = tmp_path / "elsewhere" / "codeaug.db"

    async def talking(client: Client) -> None:
        said = await sentence(client, "oracle", path="a.py")
        assert "that the settings let through" in said

    talk(plain, talking, "--profile=other", f"--store={store}")
    assert store.exists()
    assert not (plain / ".codeaug").exists()


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("https://example.org/x.git",), "is no folder"),
        ((".", "--profile=nowhere"), "unknown profile"),
    ],
)
def test_a_server_that_cannot_be_is_one_sentence(args: tuple[str, ...], words: str) -> None:
    refused(codeaug("mcp", *args), 2, words)


def test_only_the_protocol_is_written_to_standard_output(plain: Path) -> None:
    client = {"protocolVersion": "2025-06-18", "capabilities": {}}
    client["clientInfo"] = {"name": "test", "version": "1"}
    said = [
        {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": client},
        {"jsonrpc": "2.0", "method": "notifications/initialized"},
        {"jsonrpc": "2.0", "id": 2, "method": "tools/call",
         "params": {"name": "explain", "arguments": {"id": "a.py::f"}}},
    ]  # fmt: skip
    process = subprocess.Popen(
        [sys.executable, "-m", "codeaug", "mcp", str(plain)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdin
    assert process.stdout
    process.stdin.write("".join(json.dumps(message) + "\n" for message in said))
    process.stdin.flush()
    answers = [json.loads(process.stdout.readline()) for _ in range(2)]
    rest, _ = process.communicate(timeout=60)
    assert rest == ""
    assert [answer["id"] for answer in answers] == [1, 2]
    assert answers[1]["result"]["isError"] is True
    assert process.returncode == 0, "it goes when the agent goes"


def _running(mark: str) -> list[str]:
    """Programs whose command line holds a text."""
    found = []
    for place in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = place.read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
        except OSError:
            continue
        if mark in words and " mcp " not in words:
            found.append(words)
    return found


@pytest.mark.slow
def test_a_long_check_can_be_cancelled_and_others_are_answered_meanwhile(
    fetched_repository: Callable[[str], Path],
) -> None:
    folder = fetched_repository("journey-python")
    tests = folder / "tests" / "test_shop.py"
    tests.write_text(tests.read_text() + "\n\ndef test_hang():\n    while True:\n        pass\n")
    git(folder, "commit", "-qam", "Hang")
    facts = LANGUAGES["python"]
    place = {"path": facts["path"], "unit": facts["grade"], "code": facts["right"]}

    async def talking(client: Client) -> None:
        testing, scope = anyio.Event(), anyio.CancelScope()

        async def progress(done: float, total: float | None, message: str | None) -> None:
            if "tests" in (message or ""):
                testing.set()

        async def check() -> None:
            with scope:
                await client.call_tool("check", place, progress_callback=progress)

        async with anyio.create_task_group() as group:
            group.start_soon(check)
            with anyio.fail_after(120):
                await testing.wait()
            found = await client.call_tool("explain", {"id": f"{facts['path']}::{facts['grade']}"})
            assert not found.is_error, "answered while the check goes on"
            assert _running(str(folder))
            scope.cancel()
        for _ in range(100):
            if not _running(str(folder)):
                break
            await anyio.sleep(0.1)
        assert _running(str(folder)) == []
        assert not (await client.call_tool("explain", {"id": facts["path"] + "::grade"})).is_error

    talk(folder, talking)


@pytest.mark.slow
def test_of_a_project_that_was_not_asked_for_or_is_broken_nothing_false_is_said(
    fetched_repository: Callable[[str], Path],
) -> None:
    folder, facts = fetched_repository("journey-python"), LANGUAGES["python"]
    shutil.copytree(REPOS / "journey-cpp", folder, dirs_exist_ok=True)
    (folder / "codeaug.toml").write_text("faults = 1\nrepeats = 2\n")
    source = folder / "shop.cpp"
    source.write_text(source.read_text().replace("return total;", "return totals;"))
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "Both, one of them broken")
    named = (f"--path={facts['path']}", f"--unit={facts['grade']}")
    assert by_stdin(folder, facts["right"], *named).stdout.startswith("passed ")
    told = codeaug("explain", "shop.cpp::shop::grade", folder).stdout
    assert "oracle: not measured yet" in told
    done = codeaug("oracle", folder, "--json")
    assert done.returncode == 0, done.stderr
    units = {unit["unit"]: unit for unit in json.loads(done.stdout)["units"]}
    assert units[facts["grade"]]["tests"] > 0
    reason = units["shop::grade(const int*)"]["reason"]
    assert reason == "its project does not pass before any change"
