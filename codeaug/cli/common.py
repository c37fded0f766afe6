"""What the verbs share: options, settings, the session, the ways to say something."""

from __future__ import annotations

import getpass
import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from codeaug.notices import printable
from codeaug.settings import Loaded, Settings, load_settings

if TYPE_CHECKING:
    from codeaug.pipeline import Session
    from codeaug.store import GoldRules, Store

Function = Callable[..., Any]

HOME = ".codeaug"
_PROFILE = "codeaug.profile"


def say(text: str) -> None:
    """One line on standard error."""
    click.echo("\n".join(map(printable, text.split("\n"))), err=True)


def print_json(document: Any) -> None:
    """One document, or one of several lines, on standard output."""
    click.echo(json.dumps(document, ensure_ascii=False, separators=(",", ":")))


def _options(*options: Function) -> Callable[[Function], Function]:
    def decorate(function: Function) -> Function:
        for option in reversed(options):
            function = option(function)
        return function

    return decorate


REPO = click.argument("repo", default=".")
AS_JSON = click.option(
    "--json", "as_json", is_flag=True, help="One JSON document on standard output."
)
PROFILE = click.option(
    "--profile",
    metavar="NAME",
    expose_value=False,
    callback=lambda ctx, param, name: ctx.meta.update({_PROFILE: name}),
    help="Profile of the settings; else CODEAUG_PROFILE.",
)
STORE = _options(
    click.option("--store", metavar="URL", help="Store; default .codeaug/codeaug.db in REPO."),
    PROFILE,
)
DEBUG = click.option("--debug", is_flag=True, help="Show the traceback of an error.")
MODEL = _options(
    click.option("--model", metavar="PROVIDER:NAME", help="Model of the engine llm."),
    click.option("--base-url", metavar="URL", help="Address of the model's endpoint."),
)
MAKING = _options(
    click.option("--engine", metavar="NAME", help="Engine that proposes variants: rules, llm."),
    click.option("--per-unit", type=click.IntRange(min=1), metavar="N", help="Variants a unit."),
    click.option("--limit", type=click.IntRange(min=0), metavar="N", help="Units, at most."),
    click.option("--seed", type=click.IntRange(min=0), metavar="N", help="Seed of every choice."),
    MODEL,
    click.option(
        "--budget",
        type=click.FloatRange(min=0, min_open=True),
        metavar="USD",
        help="For all replies.",
    ),
    click.option("--plan", is_flag=True, help="Say what would be asked and cost; ask nothing."),
    click.option("--dry-run", is_flag=True, help="Show the very bytes; send nothing."),
    click.option("--batch", is_flag=True, help="By the batch endpoint, half the price: come back."),
)
WHERE = _options(
    STORE,
    click.option("--languages", metavar="L,L", callback=lambda c, p, v: _listed(v),
                 help="python, java, cpp."),
    click.option("--paths", metavar="PATTERN", multiple=True, callback=lambda c, p, v: v or None,
                 help="Gitignore-style pattern of files to look at; may be repeated."),
    click.option("--jobs", type=click.IntRange(min=1), metavar="N", help="Workers."),
    DEBUG,
)  # fmt: skip


def _listed(text: str | None) -> tuple[str, ...] | None:
    return None if text is None else tuple(item.strip() for item in text.split(",") if item.strip())


def _home(repo: str) -> Path:
    """Where codeaug keeps what belongs to `repo`: in it, or in this folder for an address.

    Raises UsageError when it came with the repository.
    """
    if Path(repo).is_dir():
        return _own(Path(repo).resolve() / HOME)
    name = repo.rstrip("/").removesuffix(".git").replace(":", "/").rsplit("/", 1)[-1]
    return _own(_own(Path.cwd() / HOME) / (name or "repository"))


def _own(folder: Path) -> Path:
    from codeaug.home import require_own

    require_own(folder)
    return folder


def load(repo: str, flags: dict[str, Any]) -> Loaded:
    """Settings for `repo`; an address has none of its own before it is cloned."""
    return told(load_settings(folder_of(repo), flags | chosen_profile()))


def folder_of(repo: str) -> Path | None:
    """The folder that `repo` is, or None for an address."""
    return Path(repo).resolve() if Path(repo).is_dir() else None


def chosen_profile() -> dict[str, Any]:
    """What `--profile` says, which every verb that loads settings has."""
    context = click.get_current_context(silent=True)
    name = context.meta.get(_PROFILE) if context else None
    return {"profile": name} if name else {}


def told(loaded: Loaded) -> Loaded:
    """The same, its warnings said."""
    for warning in loaded.warnings:
        _warn(warning)
    return loaded


@cache
def _warn(text: str) -> None:
    """Once, however often settings are loaded."""
    say(f"Warning: {text}")


def store_url(repo: str, loaded: Loaded) -> str:
    """The store that the settings name, or the one that belongs to `repo`. Raises UsageError."""
    return loaded.settings.store or f"sqlite:///{_home(repo) / 'codeaug.db'}"


def _work(repo: str, store_url: str) -> Path:
    """Clones, prepared projects and scratch lie beside a SQLite store, else in the repository."""
    if "://" not in store_url or store_url.startswith("sqlite:///"):
        folder = Path(store_url.removeprefix("sqlite:///")).resolve().parent
        if folder.name == HOME:
            _own(folder)
    else:
        folder = _home(repo)
    return _own(folder / "work")


def session_of(repo: str, flags: dict[str, Any]) -> Session:
    """The repository, its settings and its store, ready to work on."""
    from codeaug.executors.local import Local
    from codeaug.pipeline import open_session, settings_folder
    from codeaug.report.terminal import Progress
    from codeaug.repository import open_repository

    loaded = load(repo, flags)
    url = store_url(repo, loaded)
    work = _work(repo, url)
    repository = open_repository(repo, work)
    if not Path(repo).exists():
        folder = settings_folder(repository, work)
        loaded = told(load_settings(folder, flags | chosen_profile(), upwards=False))
    progress, executor = Progress(), Local(loaded.settings.jobs)
    return open_session(repository, loaded.settings, url, work, progress, executor)


def flags_of(**flags: Any) -> dict[str, Any]:
    """The flags that were given."""
    return {name: value for name, value in flags.items() if value is not None}


# --- verbs about a store, not about a repository --------------------------------------------------


def of_store(function: Function) -> Function:
    """The options by which such a verb finds its store."""
    option = click.option("--repo", default=".", help="Repository to which the store belongs.")
    return option(STORE(DEBUG(function)))


def open_store(repo: str, flags: dict[str, Any]) -> Store:
    """The store that is there. Raises StoreError."""
    from codeaug.store import Store

    return Store.open(store_url(repo, load(repo, flags_of(**flags))), create=False)


def gold_rules(settings: Settings) -> GoldRules:
    """How gold items are dealt and judged."""
    from codeaug.store import GoldRules

    return GoldRules(settings.gold_rate, settings.gold_min_items, settings.gold_max_false_accept)


def actor() -> str:
    """Who does it, for the audit."""
    return f"{getpass.getuser()} (command line)"
