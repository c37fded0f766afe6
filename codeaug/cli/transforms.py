"""`codeaug transforms`: what the rules engine can do, by example. See docs/transforms.md."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from codeaug.cli.common import AS_JSON, DEBUG, print_json
from codeaug.errors import UsageError
from codeaug.settings.values import did_you_mean

if TYPE_CHECKING:
    from codeaug.transforms import Example, Transform


@click.group(invoke_without_command=True)
@AS_JSON
@DEBUG
@click.pass_context
def transforms(context: click.Context, as_json: bool, debug: bool) -> None:
    """List what the rules engine can do to a function.

    Name, tier, languages, the languages (J C P) in which proofs settle most of its examples, and
    what becomes of the code.
    """
    if context.invoked_subcommand is not None:
        return
    from codeaug.transforms import load
    from codeaug.transforms.page import languages, proof

    if as_json:
        print_json({"transforms": [_document(one) for one in load()]})
        return
    width = max(len(one.name) for one in load())
    for one in load():
        name = click.style(one.name.ljust(width), bold=True)
        click.echo(f"{name}  {one.tier}  {languages(one):17}  {proof(one):5}  {one.title}")


@transforms.command()
@click.argument("name")
@AS_JSON
@DEBUG
def show(name: str, as_json: bool, debug: bool) -> None:
    """Say what a transform asks for, with an example of all that it changes and leaves alone."""
    from codeaug.transforms import load
    from codeaug.transforms.page import section, shown

    known = {one.name: one for one in load()}
    if name not in known:
        raise UsageError(f"unknown transform {name!r}{did_you_mean(name, list(known))}.")
    one = known[name]
    if as_json:
        print_json(_document(one) | {"examples": [_example(e) for e in one.examples]})
        return
    for line in section(one, map(shown, one.examples)).splitlines():
        click.echo(_coloured(line))


def _document(one: Transform) -> dict[str, Any]:
    return {
        "name": one.name,
        "title": one.title,
        "tier": one.tier,
        "languages": sorted(one.languages),
        "proof": {
            language: {"proved": own.examples, "compiling": own.of, "usual": own.usual}
            for language, own in sorted(one.proof.items())
        },
        "absent": dict(one.absent),
        "about": one.about,
    }


def _example(example: Example) -> dict[str, str]:
    wanted = ("language", "before", "after", "declined", "why")
    return {name: getattr(example, name) for name in wanted}


def _coloured(line: str) -> str:
    colours = {"+": "green", "-": "red", "#": "cyan"}
    return click.style(line, fg=colours[line[0]]) if line[:1] in colours else line
