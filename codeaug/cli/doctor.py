"""`codeaug doctor`: what is missing, and the command that mends it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from codeaug.cli.common import (
    AS_JSON,
    DEBUG,
    MODEL,
    STORE,
    chosen_profile,
    flags_of,
    folder_of,
    load,
    print_json,
    store_url,
    told,
)
from codeaug.errors import GateFailed, UsageError
from codeaug.settings import Settings, validate_settings


@click.command()
@click.argument("repo", required=False)
@click.option("--attack", is_flag=True, help="Run the escape attempts and show each one refused.")
@STORE
@MODEL
@AS_JSON
@DEBUG
def doctor(repo: str | None, attack: bool, as_json: bool, debug: bool, **flags: Any) -> None:
    """Say what this machine (and REPO's builds) needs, and the command that mends it.

    With --model: send that model one real request, with no source in it, and say what the endpoint
    can do. Exits 3 when something is missing, 2 when something is set wrongly, 4 when the model or
    the receiver of a push does not answer, 5 when there is no sandbox, 1 when an attack succeeded.
    """
    from codeaug import doctor as doctors

    if flags["model"]:
        settings = load(repo or ".", flags_of(**flags)).settings
        lines = list(_shown(doctors.examine_model(settings), as_json))
        if as_json:
            rows = [_doctor_row(line) for line in lines]
            print_json({"ok": all(line.ok for line in lines), "lines": rows})
        return
    lines = list(_shown(_examined(repo, flags_of(**flags)), as_json))
    error = doctors.first_error(lines)
    attempts: list[Any] = []
    if attack and error is None:
        with tempfile.TemporaryDirectory(prefix="codeaug-attack-") as scratch:
            words = ("refused", "SUCCEEDED")
            attempts = list(_shown(doctors.attack(Path(scratch)), as_json, *words))
    if as_json:
        table = [_doctor_row(line) for line in [*lines, *attempts]]
        print_json({"ok": all(line.ok for line in [*lines, *attempts]), "lines": table})
    if error is not None:
        raise error
    if not all(line.ok for line in attempts):
        raise GateFailed("an attack on the sandbox succeeded: nothing generated should run here.")


def _examined(repo: str | None, flags: dict[str, Any]) -> Iterable[Any]:
    """Wrong settings are one line of many: all else is examined with the defaults."""
    from codeaug.doctor import examine

    problem, loaded = "", None
    try:
        loaded = told(validate_settings(folder_of(repo or "."), flags | chosen_profile()))
    except UsageError as error:
        problem = str(error)
    settings = loaded.settings if loaded else Settings()
    store = store_url(repo, loaded) if repo and loaded else settings.store
    return examine(repo, settings, problem, store)


def _shown(lines: Iterable[Any], as_json: bool, *words: str) -> Iterable[Any]:
    """Each line as it comes; `words` are for what is well and what is not."""
    for line in lines:
        if not as_json:
            click.echo(_doctor_line(line, words[not line.ok] if words else line.word))
        yield line


def _doctor_row(line: Any) -> dict[str, Any]:
    return {key: getattr(line, key) for key in ("name", "ok", "detail", "fix")}


def _doctor_line(line: Any, word: str) -> str:
    colour = {"note": "yellow", "ok": "green", "refused": "green"}.get(word, "red")
    mark = click.style(f"{word:<9}", fg=colour, bold=not line.ok)
    return f"{mark} {line.name}: {line.detail}" + (f"  ->  {line.fix}" if line.fix else "")
