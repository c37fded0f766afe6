"""`codeaug config`: what holds, and whether it is right."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from typing import Any

import click

from codeaug.cli.common import (
    AS_JSON,
    DEBUG,
    PROFILE,
    REPO,
    chosen_profile,
    folder_of,
    load,
    print_json,
    say,
    told,
)
from codeaug.settings import (
    SECTIONS,
    Loaded,
    json_schema,
    load_settings,
    section_of,
    validate_settings,
    written,
)


@click.group()
def config() -> None:
    """Show or validate settings."""


@config.command("show")
@REPO
@PROFILE
@click.option("--origin", is_flag=True, help="Say where each value came from.")
@AS_JSON
@DEBUG
def config_show(repo: str, origin: bool, as_json: bool, debug: bool) -> None:
    """Show every setting that holds for REPO, those that somebody set first.

    What is printed is a codeaug.toml; passwords of addresses are left out.
    """
    loaded = load(repo, {})
    if as_json:
        values = loaded.shown()
        print_json({n: {"value": v, "origin": loaded.origins[n]} for n, v in values.items()})
        return
    for line in _as_toml(loaded, origin):
        faint = line.endswith("# default") and sys.stdout.isatty()
        click.echo(click.style(line, dim=True) if faint else line)


def _as_toml(loaded: Loaded, origin: bool) -> Iterator[str]:
    """Plain settings, then tables, each in two parts: what is set, and what is not."""
    values, origins = loaded.shown(), loaded.origins
    kept = [name for name in values if origins[name] != "default"]
    rest = [name for name in values if origins[name] == "default"]
    tables = {"build", "prices", "transforms"}
    rows = [(name, f"{written(name)} = {_toml(values[name])}") for name in [*kept, *rest]
            if name not in tables]  # fmt: skip
    width = min(max(len(text) for _, text in rows), 48)
    if loaded.profile:
        yield f"# profile {loaded.profile}"
    for section in ("", *SECTIONS):
        if section:
            yield f"\n[{section}]"
        for name, text in rows:
            if section_of(name) == section:
                shown = origin or origins[name] == "default"
                yield f"{text:<{width}}  # {origins[name]}" if shown else text
    for name in kept:
        if name == "transforms":
            yield from _own_transforms(values[name], f"  # {origins[name]}" if origin else "")
            continue
        for table, options in values[name] if name in tables else ():
            yield f"\n[{name}.{_toml(table)}]" + (f"  # {origins[name]}" if origin else "")
            yield from (f"{key} = {_toml(value)}" for key, value in options)


def _own_transforms(tables: Iterable[dict[str, Any]], remark: str) -> Iterator[str]:
    for table in tables:
        yield f"\n[[transforms]]{remark}"
        yield from (f"{key} = {_toml(value)}" for key, value in table.items())


def _toml(value: Any) -> str:
    """A text, number, switch or list of texts: TOML writes them as JSON does; tables inline."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_toml(each)}" for key, each in value.items()) + " }"
    if isinstance(value, list) and any(isinstance(each, dict) for each in value):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


@config.command("validate")
@REPO
@PROFILE
@AS_JSON
@DEBUG
def config_validate(repo: str, as_json: bool, debug: bool) -> None:
    """Exit 2 with one sentence when a setting of REPO, or of any profile, is wrong."""
    loaded = told(validate_settings(folder_of(repo), chosen_profile()))
    for profile in ("", *loaded.profiles):
        one = load_settings(folder_of(repo), chosen_profile() | {"profile": profile})
        if one.settings.transforms:
            from codeaug.patterns import transforms_of

            transforms_of(one.settings.transforms)
    if as_json:
        print_json({"valid": True, "profiles": loaded.profiles})
    else:
        say("the settings are valid")


@config.command("schema")
@click.option("--own", is_flag=True, help="Of your own file, which may also name keys and stores.")
@DEBUG
def config_schema(own: bool, debug: bool) -> None:
    """Print the JSON Schema of codeaug.toml."""
    click.echo(json.dumps(json_schema(own), indent=2))
