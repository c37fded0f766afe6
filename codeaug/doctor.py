"""What this machine has, what is missing, and the command that mends it."""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from codeaug.builds import Build
from codeaug.command import run, which
from codeaug.errors import CodeaugError, MissingTool, NoSandbox
from codeaug.model import Project
from codeaug.oracles import missing_tools
from codeaug.settings import Settings

TOOLS = (
    ("git", "apt-get install git", ("--version",)),
    ("bwrap", "apt-get install bubblewrap", ("--version",)),
    ("javac", "apt-get install default-jdk-headless", ("-version",)),
    ("mvn", "apt-get install maven", ("-v",)),
    ("g++", "apt-get install g++", ("--version",)),
    ("gcov", "apt-get install gcc", ("--version",)),
    ("cmake", "apt-get install cmake", ("--version",)),
    ("make", "apt-get install make", ("--version",)),
)
PACKAGES = (
    ("sqlalchemy", "run"), ("alembic", "run"), ("libcst", "run"), ("pebble", "run"),
    ("junitparser", "run"), ("pyflakes", "run"), ("rich", "run"),
    ("fastapi", "review"), ("uvicorn", "review"), ("jinja2", "run"), ("pygments", "review"),
)  # fmt: skip
AMBIENT = (
    *("LANGSMITH_TRACING", "LANGSMITH_API_KEY", "LANGCHAIN_TRACING_V2", "LANGCHAIN_API_KEY"),
    *("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"),
    *("OPENAI_BASE_URL", "OPENAI_API_BASE", "OTEL_EXPORTER_OTLP_ENDPOINT"),
)


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was looked at. `fix` is a command, or empty when nothing is wrong."""

    name: str
    ok: bool
    detail: str
    fix: str = ""


def examine(projects: Sequence[tuple[Project, Build]] | None) -> Iterator[Line]:
    """Packages, tools and the sandbox; with `projects`, only the tools that they need."""
    yield Line("python", True, sys.version.split()[0])
    yield from _packages()
    if projects is None:
        yield from (_tool(program, fix, flags) for program, fix, flags in TOOLS)
    else:
        yield from (_tool(program, fix, flags) for program, fix, flags in TOOLS[:2])
        yield from (line for project, build in projects for line in _project(project, build))
    yield _sandbox()


def examine_model(settings: Settings) -> Iterator[Line]:
    """What the model's endpoint can do, by one real request; no source leaves.

    Raises UsageError for what is set wrongly, ModelUnavailable when nothing comes back.
    """
    from codeaug.engines.llm.endpoint import open_endpoint
    from codeaug.engines.llm.pricing import prices
    from codeaug.engines.llm.probing import probe
    from codeaug.pipeline.desk import access

    endpoint = open_endpoint(settings.model, access(settings))
    yield Line("endpoint", True, endpoint.base_url)
    found = probe(endpoint, settings.model, settings.reply_tokens)
    reply = found.reply
    yield Line("reply", True, f"{reply.text.strip()[:60]!r} in {found.seconds:.2f} s")
    hint = "" if reply.finish else "a reply that is cut off shows only by its open fence"
    yield Line("finish reason", bool(reply.finish), reply.finish or "not said", hint)
    counts = reply.prompt_tokens is not None and reply.reply_tokens is not None
    tokens = f"{reply.prompt_tokens} and {reply.reply_tokens} tokens" if counts else "not said"
    yield Line("usage", counts, tokens, "" if counts else "costs will be estimates")
    yield Line("parameters that it refuses", True, ", ".join(found.refused) or "none")
    yield Line("fingerprint", True, reply.fingerprint or "none: replies cannot be made again")
    price = prices(settings.own_prices).get(settings.model)
    known = f"${price.input} in, ${price.output} out for a million tokens" if price else "unknown"
    fix = f'[prices."{settings.model}"] in your codeaug.toml, or no budget can be kept'
    yield Line("price", price is not None, known, "" if price else fix)
    ambient = [name for name in AMBIENT if os.environ.get(name)]
    told = ", ".join(ambient) + ": set here, and not used" if ambient else "nothing"
    yield Line("tracing and proxies of the environment", True, told)
    endpoint.close()


def _packages() -> Iterator[Line]:
    missing = [(name, extra) for name, extra in PACKAGES if importlib.util.find_spec(name) is None]
    for name, extra in missing:
        yield Line(name, False, "package is missing", f"pip install 'codeaug[{extra}]'")
    if not missing:
        yield Line("packages", True, f"all {len(PACKAGES)} are installed")


def _tool(program: str, fix: str, flags: Sequence[str]) -> Line:
    path = which(program)
    if path is None:
        return Line(program, False, "not on PATH", fix)
    outcome = run([path, *flags], seconds=30)
    words = (outcome.out or outcome.err).strip().splitlines()
    return Line(program, True, words[0].strip() if words else path)


def _project(project: Project, build: Build) -> Iterator[Line]:
    where = project.root or "."
    lacking = missing_tools(build, project)
    for program, hint in lacking:
        yield Line(f"{build.name} in {where}", False, f"needs {program}", hint)
    if not lacking:
        languages = ", ".join(project.languages)
        yield Line(f"{build.name} in {where}", True, f"builds and tests {languages}")


def _sandbox() -> Line:
    from codeaug.sandbox import probe

    try:
        return Line("sandbox", True, probe().level)
    except (NoSandbox, MissingTool) as error:
        return Line("sandbox", False, str(error), "see docs/sandbox.md")


def first_error(lines: Sequence[Line]) -> CodeaugError | None:
    """The error that the exit code follows from: a missing tool before a missing sandbox."""
    wrong = [line for line in lines if not line.ok]
    tools = [line for line in wrong if line.name != "sandbox"]
    if tools:
        return MissingTool(", ".join(f"{line.name}: {line.detail} ({line.fix})" for line in tools))
    return NoSandbox(wrong[0].detail) if wrong else None


def attack(scratch: Path) -> Iterator[Line]:
    """Each escape attempt, really made inside a sandbox, and whether it was refused."""
    from codeaug.sandbox import probe
    from codeaug.sandbox.attacks import attack as attempts

    for name, refused, detail in attempts(probe(), scratch):
        yield Line(name, refused, detail, "" if refused else "see docs/sandbox.md")
