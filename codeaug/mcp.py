"""`codeaug mcp`: an MCP server by which a coding agent asks about its rewrite; see docs/agents.md.

Each tool is a verb of the command line in a process of its own: it ends when its call is cancelled,
the server answers meanwhile, and only the protocol reaches standard output.
"""

from __future__ import annotations

import json
import os
import posixpath
import sys
import threading
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Literal

import anyio
import anyio.to_thread
from mcp.server import MCPServer
from mcp.server.mcpserver import Context
from mcp.server.mcpserver.exceptions import ToolError
from mcp_types import ToolAnnotations
from pydantic import BaseModel, Field, ValidationError

from codeaug import __version__
from codeaug.command import run
from codeaug.model import Outcome

_TICK = 0.2
_LONG = 4096  # more than any name or path has
INSTRUCTIONS = """\
codeaug judges rewrites of single functions in Java, C++ and Python: it compiles them in place, \
runs the repository's own tests that execute them, compares both versions on the tests' inputs \
and many grown from them, and looks for a proof. What a rewrite is compared with is the function \
as it is in the last commit (HEAD), not in the working tree; every answer names that commit. Ask \
`oracle` first when you want to know whether any test could notice a mistake."""
_CHECK = """\
Whether a rewritten function still means the same as the committed one (HEAD; uncommitted work \
is not looked at). `code` is the whole new function, with its signature unchanged. verdict: \
`failed`, a check failed, and its finding says which and why: only `tested`, `compared` and \
`crosshair` say that it behaves differently, the others that it does not compile, lost a \
comment or breaks another rule for variants; `passed`, something that could notice a difference \
found none; `unknown`, nothing here could judge it. `accepted`: proved, or compared without a \
difference. The first call builds the repository and runs its tests, which may take minutes; \
later ones take seconds."""
_ORACLE = """\
What the tests of the committed code (HEAD) can tell about a file's functions, or one of them: \
how many tests execute it, how many injected faults they catch, and the weak spots: faults that \
no test noticed, each with what a test should look at."""
_EXPLAIN = """\
Everything that is known about a unit or a variant: its tests, injected faults, every check's \
finding, people's decisions. `id` is the beginning of an id, or path::name. Runs nothing."""


class Finding(BaseModel):
    """One check's word."""

    check: str
    verdict: Literal["passed", "failed", "unknown"]
    detail: str
    seconds: float


class Judgement(BaseModel):
    """What was found out about a rewritten function."""

    path: str
    unit: str
    verdict: Literal["passed", "failed", "unknown"]
    rung: str = Field(description="the strongest evidence: none, parsed, compiled, ... proved")
    accepted: bool
    variant: str = Field(description="id of this text, for `explain`")
    commit: str = Field(description="the commit whose function it was compared with")
    findings: list[Finding]


class WeakSpot(BaseModel):
    """An injected fault that no test noticed."""

    line: int
    fault: str
    hint: str


class Told(BaseModel):
    """What the tests can tell about one function."""

    id: str
    path: str
    unit: str
    line: int
    tests: int = Field(description="stable tests that execute it")
    reason: str = Field(description="why there is none, or empty")
    caught: int = Field(description="injected faults that the tests notice, of `judged`")
    judged: int
    weak_spots: list[WeakSpot]


class Oracles(BaseModel):
    """What the tests can tell about some functions of a commit."""

    commit: str
    units: list[Told]
    broken: list[str] = Field(description="projects that do not build or pass before any change")


class Story(BaseModel):
    """A unit with all of its variants, or a variant with its unit."""

    story: dict[str, Any]


@dataclass
class _Desk:
    """The repository that the server was started for; one verb works on it at a time."""

    root: Path
    options: Sequence[str]
    turn: anyio.Lock = field(default_factory=anyio.Lock)

    def path(self, given: str) -> str:
        """A path as the repository knows it. Raises ToolError for one outside of it."""
        path = os.path.relpath(given, self.root) if os.path.isabs(given) else given
        inside = posixpath.normpath(path)
        if not given or "\0" in given or inside.startswith("../") or inside in ("..", "."):
            raise ToolError(f"{given!r} is no file in {self.root}, and this server knows no other.")
        return inside

    async def ask(self, ctx: Context, verb: str, *words: str, stdin: str = "") -> Any:
        """The JSON document of a verb. Raises ToolError with its one sentence."""
        if any("\0" in word for word in words):
            raise ToolError("a name with a zero byte names nothing.")
        args = [sys.executable, "-P", "-m", "codeaug", verb, *self.options, "--json", *words]
        steps = _Steps(ctx)
        cancelled = threading.Event()

        def watch(_: int) -> str:
            return "cancelled" if cancelled.is_set() else ""

        def work() -> Outcome:
            data = stdin.encode("utf-8", "surrogatepass")
            return run(args, stdin=data, watch=watch, heard=steps.heard.append)

        async with anyio.create_task_group() as group:
            group.start_soon(steps.tell_on)
            try:
                outcome = await anyio.to_thread.run_sync(work, abandon_on_cancel=True)
            finally:
                cancelled.set()
                group.cancel_scope.cancel()
        await steps.tell()
        if outcome.exit_code != 0:
            raise ToolError(_sentence(outcome.err))
        return json.loads(outcome.out)


@dataclass
class _Steps:
    """Progress of one call: each line that the verb says, as it comes."""

    ctx: Context
    heard: deque[bytes] = field(default_factory=deque)
    _number: int = 0
    _rest: bytes = b""

    async def tell_on(self) -> None:
        while True:
            await self.tell()
            await anyio.sleep(_TICK)

    async def tell(self) -> None:
        while self.heard:
            *lines, self._rest = (self._rest + self.heard.popleft()).split(b"\n")
            for line in filter(None, lines):
                self._number += 1
                message = line.decode("utf-8", "replace")
                await self.ctx.report_progress(self._number, message=message)


def _sentence(err: str) -> str:
    """What the verb said at last: its error, without what led to it."""
    lines = [line for line in err.splitlines() if line.strip()]
    errors = [line.removeprefix("Error: ") for line in lines if line.startswith("Error: ")]
    return (errors or lines or ["codeaug ended without a word."])[-1]


def _name(text: str, least: int = 0) -> Any:
    """A parameter that is a name or a path."""
    return Field(description=text, min_length=least, max_length=_LONG)


class _Server(MCPServer[Any]):
    """Says in one sentence what is wrong with what a tool was given."""

    async def call_tool(
        self, name: str, arguments: dict[str, Any], context: Context[Any] | None = None
    ) -> Any:
        try:
            return await super().call_tool(name, arguments, context)
        except ToolError as error:
            if isinstance(error.__cause__, ValidationError):
                wrong = error.__cause__.errors(include_url=False, include_input=False)
                said = (f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in wrong)
                raise ToolError(f"{name} cannot take this: {'; '.join(said)}.") from error
            raise


def server(root: Path, options: Sequence[str]) -> MCPServer[Any]:
    """The server for one repository; `options` go to every verb."""
    made = _Server("codeaug", version=__version__, instructions=INSTRUCTIONS, log_level="WARNING")
    desk = _Desk(root, options)
    works = ToolAnnotations(destructive_hint=False, idempotent_hint=True, open_world_hint=False)
    reads = ToolAnnotations(read_only_hint=True, open_world_hint=False)

    @made.tool(description=_CHECK, annotations=works)
    async def check(
        path: Annotated[
            str,
            _name("the function's file, from the repository's root"),
        ],
        unit: Annotated[str, _name("its qualified name, such as Class.method", least=1)],
        code: Annotated[str, Field(description="the whole new function")],
        ctx: Context,
    ) -> Judgement:
        inside = desk.path(path)
        async with desk.turn:
            words = ("--stdin", f"--path={inside}", f"--unit={unit}", "--", str(root))
            return Judgement(**await desk.ask(ctx, "check", *words, stdin=code))

    @made.tool(description=_ORACLE, annotations=works)
    async def oracle(
        path: Annotated[str, _name("a file, from the repository's root")],
        ctx: Context,
        unit: Annotated[str, _name("one function of it; empty: all")] = "",
    ) -> Oracles:
        inside = desk.path(path)
        async with desk.turn:
            meant = f"--of={inside}::{unit}" if unit else f"--of={inside}"
            return _oracles(await desk.ask(ctx, "oracle", meant, "--", str(root)))

    @made.tool(description=_EXPLAIN, annotations=reads)
    async def explain(
        id: Annotated[str, _name("the beginning of an id, or path::name")],
        ctx: Context,
    ) -> Story:
        path, separator, name = id.partition("::")
        words = f"{desk.path(path)}::{name}" if separator else id
        return Story(story=await desk.ask(ctx, "explain", "--", words, str(root)))

    return made


def _oracles(document: dict[str, Any]) -> Oracles:
    units = [
        Told(
            **{name: row[name] for name in Told.model_fields if name != "weak_spots"},
            weak_spots=[
                WeakSpot(line=fault["line"], fault=fault["description"], hint=fault["hint"])
                for fault in row["faults"]
                if fault["outcome"] == "survived"
            ],
        )
        for row in document["units"]
    ]
    return Oracles(commit=document["commit"], units=units, broken=document["broken"])


def serve(root: Path, options: Sequence[str]) -> None:
    """Answer over standard input and output until the agent goes."""
    server(root, options).run("stdio")
