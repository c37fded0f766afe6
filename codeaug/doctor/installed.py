"""Python, and the packages of the extras that are in use."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator, Mapping

from codeaug.doctor.line import Line
from codeaug.settings import Settings

# What of an extra is imported. It is in use when its first package is there, or a setting needs it.
EXTRAS: Mapping[str, tuple[str, ...]] = {
    "run": (
        *("sqlalchemy", "alembic", "clang_format", "editorconfig", "jinja2", "junitparser"),
        *("libcst", "nltk", "pebble", "pyflakes", "rich", "ruff", "yaml"),
    ),
    "review": (
        *("fastapi", "authlib", "httptools", "httpx", "itsdangerous", "limits", "markdown_it"),
        *("pygments", "uvicorn", "uvloop"),
    ),
    "llm": (
        *("langchain", "langchain_core", "openai", "detect_secrets", "markdown_it", "packaging"),
        "tenacity",
    ),
    "push": ("detect_secrets", "httpx", "packaging", "tenacity"),
    "provenance": ("orjson", "jsonschema"),
    "signing": ("securesystemslib", "cryptography"),
    "mcp": ("mcp",),
    "gain": ("numpy", "rapidfuzz", "scipy"),
    "gain-transformer": ("torch", "transformers"),
    "postgresql": ("psycopg",),
    "crosshair": ("crosshair",),
}


def lines(settings: Settings) -> Iterator[Line]:
    yield Line("python", True, sys.version.split()[0])
    wanted = _wanted(settings)
    for extra, packages in EXTRAS.items():
        missing = [name for name in packages if importlib.util.find_spec(name) is None]
        fix = f"pip install 'codeaug[{extra}]'"
        name = f"packages of {extra}"
        if not missing:
            yield Line(name, True, f"all {len(packages)} are installed")
        elif packages[0] in missing and extra not in wanted:
            yield Line(name, True, "not installed, and not in use", fix)
        else:
            yield Line(name, False, f"missing: {', '.join(missing)}", fix)


def _wanted(settings: Settings) -> set[str]:
    """Extras that these settings cannot do without."""
    wanted = {"run"}
    if settings.engine == "llm" or settings.model:
        wanted.add("llm")
    if settings.push:
        wanted.add("push")
    if settings.store.startswith("postgresql"):
        wanted.add("postgresql")
    if settings.crosshair:
        wanted.add("crosshair")
    return wanted
