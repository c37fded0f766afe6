"""`codeaug transforms`: what the rules engine can do, by example. See docs/transforms.md."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from codeaug.cli.common import AS_JSON, DEBUG, PROFILE, flags_of, load, print_json, say, session_of
from codeaug.errors import UsageError
from codeaug.notices import printable
from codeaug.settings.values import did_you_mean

if TYPE_CHECKING:
    from codeaug.pipeline.trying import Reach
    from codeaug.transforms import Example, Transform

OWN = "settings"
_OF_REPO = click.option(
    "--repo", default=".", help="Repository whose own transforms are among them.", show_default=True
)


@click.group(invoke_without_command=True)
@_OF_REPO
@PROFILE
@AS_JSON
@DEBUG
@click.pass_context
def transforms(context: click.Context, repo: str, as_json: bool, debug: bool) -> None:
    """List what the rules engine can do to a function.

    Name, tier, languages, the languages (J C P) in which proofs settle most of its examples, and
    what becomes of the code.
    """
    if context.invoked_subcommand is not None:
        return
    from codeaug.transforms.page import languages, proof

    known = _known(repo)
    if as_json:
        print_json({"transforms": [_document(one, origin) for one, origin in known]})
        return
    width = max(len(one.name) for one, _ in known)
    for one, origin in known:
        name = click.style(one.name.ljust(width), bold=True)
        mark = f"  [{_from(origin)}]" if origin else ""
        told = f"{one.tier}  {languages(one):17}  {proof(one):5}  {printable(one.title)}"
        click.echo(f"{name}  {told}{mark}")


@transforms.command()
@click.argument("name")
@_OF_REPO
@PROFILE
@AS_JSON
@DEBUG
def show(name: str, repo: str, as_json: bool, debug: bool) -> None:
    """Say what a transform asks for, with an example of all that it changes and leaves alone."""
    from codeaug.transforms.page import section, shown

    known = {one.name: (one, origin) for one, origin in _known(repo)}
    _require_known([name], list(known))
    one, origin = known[name]
    if as_json:
        print_json(_document(one, origin) | {"examples": [_example(e) for e in one.examples]})
        return
    for line in section(one, map(shown, one.examples)).splitlines():
        click.echo(_coloured(printable(line)))
    if origin:
        click.echo(f"\nFrom {_from(origin)}.")


@transforms.command()
@click.argument("names", metavar="[NAME]...", nargs=-1)
@_OF_REPO
@PROFILE
@click.option(
    "--show",
    "most",
    type=click.IntRange(min=0),
    default=3,
    show_default=True,
    metavar="N",
    help="Rewrites of the repository to show of each.",
)
@AS_JSON
@DEBUG
def test(names: tuple[str, ...], repo: str, most: int, as_json: bool, debug: bool) -> None:
    """Try your own transforms: by their examples, and on the repository.

    Those of codeaug.toml and of installed packages: each example must come out as it says, parse,
    keep its comments and everything around the place, and not apply to its own result. Then it is
    told where the repository would be changed. Exits 1 where an example fails, or there is none.
    """
    from codeaug.patterns.trying import faults
    from codeaug.pipeline.trying import reach

    own = {one.name: (one, origin) for one, origin in _known(repo) if origin}
    _require_known(names, list(own))
    tried = [own[name] for name in names or own]
    if not tried:
        say("There are no transforms of your own: docs/own-transforms.md tells how to write them.")
    wrong = {one.name: list(faults(one)) for one, _ in tried}
    chosen = [one for one, _ in tried]
    found = reach(session_of(repo, flags_of()), chosen, most) if tried else {}
    failed = sum(map(bool, wrong.values()))
    if as_json:
        rows = [
            _document(one, origin) | _result(one, wrong[one.name], found[one.name])
            for one, origin in tried
        ]
        print_json({"passed": not failed, "transforms": rows})
    else:
        for one in chosen:
            _print_result(one, wrong[one.name], found[one.name])
    if failed:
        say(f"{failed} of {len(tried)} transforms failed")
        raise click.exceptions.Exit(1)


def _known(repo: str) -> list[tuple[Transform, str]]:
    """All transforms by name, each with where it is from: "" for codeaug's."""
    from codeaug.transforms import installed
    from codeaug.transforms import load as everywhere

    patterns = load(repo, {}).settings.transforms
    own: Sequence[Transform] = ()
    if patterns:
        from codeaug.patterns import transforms_of

        own = transforms_of(patterns)
    packages = {one.name: package for package, found in installed().items() for one in found}
    known = [(one, packages.get(one.name, "")) for one in everywhere()]
    return sorted([*known, *((one, OWN) for one in own)], key=lambda pair: pair[0].name)


def _require_known(names: Sequence[str], known: Sequence[str]) -> None:
    for name in names:
        if name not in known:
            raise UsageError(f"unknown transform {name!r}{did_you_mean(name, known)}.")


def _from(origin: str) -> str:
    return "your settings" if origin == OWN else f"the package {origin}"


def _document(one: Transform, origin: str) -> dict[str, Any]:
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
        "origin": origin or "codeaug",
    }


def _example(example: Example) -> dict[str, str]:
    wanted = ("language", "before", "after", "declined", "why")
    return {name: getattr(example, name) for name in wanted}


def _result(one: Transform, wrong: Sequence[str], found: Reach) -> dict[str, Any]:
    return {
        "examples": len(one.examples),
        "faults": list(wrong),
        "applied": found.applied,
        "units": found.units,
        "declined": dict(sorted(found.declined.items())),
        "shown": [{"path": s.path, "unit": s.unit, "diff": s.diff} for s in found.shown],
    }


def _print_result(one: Transform, wrong: Sequence[str], found: Reach) -> None:
    verdict = click.style("failed", fg="red") if wrong else click.style("passed", fg="green")
    counted = _counted(len(one.examples), "example")
    click.echo(f"{click.style(one.name, bold=True)}: {verdict}, {counted}")
    for fault in wrong:
        _print_lines(fault)
    declined = ", ".join(f"{count} {name}" for name, count in sorted(found.declined.items()))
    places = f"  applies at {_counted(found.applied, 'place')}"
    places += f" in {_counted(found.units, 'function')}" if found.units else ""
    click.echo(places + (f"; declines: {declined}" if declined else ""))
    for shown in found.shown:
        click.echo(f"\n  {printable(shown.path)}: {printable(shown.unit)}")
        _print_lines(shown.diff)
    if found.shown:
        click.echo()


def _print_lines(text: str) -> None:
    for line in text.splitlines():
        shown = printable(line[:1] + line[1:].expandtabs(4))
        click.echo(f"  {_coloured(shown)}".rstrip())


def _counted(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def _coloured(line: str) -> str:
    colours = {"+": "green", "-": "red", "#": "cyan", "@": "cyan"}
    return click.style(line, fg=colours[line[0]]) if line[:1] in colours else line
