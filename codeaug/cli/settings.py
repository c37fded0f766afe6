"""`codeaug config`: what holds, and whether it is right."""

from __future__ import annotations

import json
from dataclasses import fields

import click

from codeaug.cli.common import AS_JSON, DEBUG, REPO, load, print_json, say
from codeaug.settings import json_schema


@click.group()
def config() -> None:
    """Show or validate settings."""


@config.command("show")
@REPO
@click.option("--origin", is_flag=True, help="Say where each value came from.")
@AS_JSON
@DEBUG
def config_show(repo: str, origin: bool, as_json: bool, debug: bool) -> None:
    """Show every setting that holds for REPO."""
    loaded = load(repo, {})
    values = {f.name: getattr(loaded.settings, f.name) for f in fields(loaded.settings)}
    if as_json:
        origins = loaded.origins
        print_json({n: {"value": v, "origin": origins[n]} for n, v in values.items()})
        return
    for setting, value in values.items():
        shown = json.dumps(value, ensure_ascii=False)
        click.echo(f"{setting} = {shown}" + (f"  # {loaded.origins[setting]}" if origin else ""))


@config.command("validate")
@REPO
@AS_JSON
@DEBUG
def config_validate(repo: str, as_json: bool, debug: bool) -> None:
    """Exit 2 with one sentence when a setting of REPO is wrong."""
    load(repo, {})
    if as_json:
        print_json({"valid": True})
    else:
        say("the settings are valid")


@config.command("schema")
@DEBUG
def config_schema(debug: bool) -> None:
    """Print the JSON Schema of codeaug.toml."""
    click.echo(json.dumps(json_schema(), indent=2))
