"""`codeaug review`: the queue, who may come to it, and the audit of what they did."""

from __future__ import annotations

import getpass
from dataclasses import asdict
from datetime import UTC, datetime
from functools import partial
from typing import Any

import click

from codeaug import members
from codeaug.cli.captions import captions
from codeaug.cli.common import (
    AS_JSON,
    DEBUG,
    REPO,
    STORE,
    actor,
    chosen_profile,
    flags_of,
    gold_rules,
    load,
    of_store,
    open_store,
    print_json,
    say,
    session_of,
    store_url,
)
from codeaug.cli.interchange import export_cards, import_decisions
from codeaug.cli.webhooks import group as webhooks_group
from codeaug.errors import CodeaugError, GateFailed, UsageError
from codeaug.people import ApiKey, Permission, Person, Role, is_name


class _Served(click.Group):
    """`codeaug review REPO` serves; a folder that is called as one of the verbs is `./people`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        first = next(iter(args), "")
        if first not in self.commands and first not in ctx.help_option_names:
            args = ["serve", *args]
        return super().parse_args(ctx, args)


@click.group(cls=_Served)
def review() -> None:
    """Serve the review queue; say who may come to it.

    `codeaug review REPO` serves the queue of REPO: `codeaug review serve --help`.
    """


@review.command()
@REPO
@STORE
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8765, show_default=True, help="Port to listen on.")
@click.option("--reviewer", help="Your name on this machine; default: the user's.")
@click.option("--public-url", default="", metavar="URL", help="Where a proxy in front serves it.")
@click.option("--certificate", default="", metavar="FILE", help="Certificate to serve https with.")
@click.option("--key", default="", metavar="FILE", help="The certificate's key.")
@click.option(
    "--processes",
    default=1,
    type=click.IntRange(1, 64),
    show_default=True,
    metavar="N",
    help="Processes that serve it; above 1 without the address that signs you in.",
)
@DEBUG
def serve(
    repo: str,
    host: str,
    port: int,
    reviewer: str | None,
    public_url: str,
    certificate: str,
    key: str,
    processes: int,
    debug: bool,
    **flags: Any,
) -> None:
    """Serve the review queue: pairs side by side, with their evidence.

    On this machine the address that is printed signs you in, once. Elsewhere people sign in with an
    API key (`codeaug review keys add`) or at the settings' OpenID Connect provider.
    """
    from codeaug import web

    loaded = load(repo, flags_of(**flags))
    web.serve(
        store_url(repo, loaded),
        bar=loaded.settings.bar_rung,
        overlap=loaded.settings.overlap,
        strata=loaded.settings.strata,
        gold=gold_rules(loaded.settings),
        reviewer=_name(reviewer or getpass.getuser()),
        place=web.Place(host, port, public_url, certificate, key),
        provider=web.provider_of(loaded.settings, public_url),
        check=partial(check_edits, repo, flags_of(**flags) | chosen_profile()),
        processes=processes,
    )


def check_edits(repo: str, flags: dict[str, Any]) -> None:
    """Checks the edits that wait, in a process of its own."""
    from codeaug import pipeline

    try:
        pipeline.check_edits(session_of(repo, flags))
    except CodeaugError as error:
        say(f"Edits are not checked: {error}")
    except KeyboardInterrupt:
        say("Edits are not checked any more: they wait for the next run.")


@review.command()
@REPO
@STORE
@click.option(
    "--bad",
    type=click.IntRange(min=0),
    default=20,
    show_default=True,
    metavar="N",
    help="Mutants that the tests caught.",
)
@click.option(
    "--good",
    type=click.IntRange(min=0),
    default=5,
    show_default=True,
    metavar="N",
    help="Proved variants; they are lost to the dataset.",
)
@click.option("--seed", type=click.IntRange(min=0), metavar="N", help="Seed of every choice.")
@AS_JSON
@DEBUG
def gold(repo: str, bad: int, good: int, as_json: bool, debug: bool, **flags: Any) -> None:
    """Make cards whose answer is known, and deal them among the others (setting gold_rate).

    They show how people decide, and are part of nothing else. The same store and seed make the same
    ones; a second time others are added.
    """
    from codeaug.gold import Request, make

    session = session_of(repo, flags_of(**flags))
    settings = session.settings
    request = Request(
        session.commit, settings.bar_rung, settings.faults, settings.seed, bad, good,
    )  # fmt: skip
    made = make(session.store, request, session.read)
    if as_json:
        print_json(made)
    else:
        say(f"made {made['bad']} bad and {made['good']} good ones")


def _name(text: str) -> str:
    if not is_name(text):
        raise UsageError(f"{text!r} is no name: up to 100 printable characters")
    return text


# --- people ---------------------------------------------------------------------------------------


@review.group()
def people() -> None:
    """Who may come to the queue."""


@people.command("add")
@click.argument("name")
@click.option("--role", type=click.Choice([*map(str, Role)]), required=True, help="What they are.")
@click.option("--subject", default="", help="ISSUER ID, as an OpenID Connect provider knows them.")
@of_store
def people_add(name: str, role: str, subject: str, repo: str, debug: bool, **flags: Any) -> None:
    """Add a person, or change their role."""
    members.admit(open_store(repo, flags), name, role, actor(), subject)
    say(f"{name} is {role}.")


@people.command("remove")
@click.argument("name")
@of_store
def people_remove(name: str, repo: str, debug: bool, **flags: Any) -> None:
    """Let a person in no more; what they decided stays."""
    members.remove(open_store(repo, flags), name, actor())
    say(f"{name} may not sign in any more.")


@people.command("list")
@of_store
@AS_JSON
def people_list(repo: str, as_json: bool, debug: bool, **flags: Any) -> None:
    """Everybody who was let in, and what they are."""
    found = open_store(repo, flags).people.all()
    if as_json:
        print_json([_person_document(one) for one in found])
        return
    for one in found:
        click.echo(f"{one.name}\t{one.role}{'' if one.active else ' (removed)'}\t{one.subject}")


def _person_document(one: Person) -> dict[str, Any]:
    return {"name": one.name, "role": one.role, "subject": one.subject, "active": one.active}


# --- keys -----------------------------------------------------------------------------------------


@review.group()
def keys() -> None:
    """API keys: for people without another way to sign in, and for programs."""


@keys.command("add")
@click.argument("person")
@click.option(
    "--scope", "scopes", type=click.Choice([*map(str, Permission)]), multiple=True,
    help="What it may do; may be repeated. Default: all that the person may.",
)  # fmt: skip
@click.option("--days", type=int, default=90, show_default=True, help="How long it lasts.")
@of_store
@AS_JSON
def keys_add(
    person: str,
    scopes: tuple[str, ...],
    days: int,
    repo: str,
    as_json: bool,
    debug: bool,
    **flags: Any,
) -> None:
    """Make a key of PERSON and print it: it is shown this once."""
    record, secret = members.give_key(open_store(repo, flags), person, scopes, days, actor())
    if as_json:
        print_json(_key_document(record) | {"key": secret})
        return
    click.echo(secret)
    say(f"{record.id}: {person}, {', '.join(sorted(record.scopes))}, until {_date(record.until)}")


@keys.command("list")
@of_store
@AS_JSON
def keys_list(repo: str, as_json: bool, debug: bool, **flags: Any) -> None:
    """All keys, without their secrets."""
    found = open_store(repo, flags).people.all_keys()
    if as_json:
        print_json([_key_document(one) for one in found])
        return
    for one in found:
        state = "revoked" if one.revoked else f"until {_date(one.until)}"
        click.echo(f"{one.id}\t{one.person}\t{', '.join(sorted(one.scopes))}\t{state}")


@keys.command("revoke")
@click.argument("key_id")
@of_store
def keys_revoke(key_id: str, repo: str, debug: bool, **flags: Any) -> None:
    """End a key, and whoever signed in with it, at once."""
    if not open_store(repo, flags).people.revoke_key(key_id, actor()):
        raise UsageError(f"there is no key {key_id!r}: codeaug review keys list")
    say(f"{key_id} is revoked.")


def _key_document(one: ApiKey) -> dict[str, Any]:
    return {
        "id": one.id,
        "person": one.person,
        "scopes": sorted(one.scopes),
        "made_at": one.made_at.isoformat(),
        "until": _date(one.until),
        "revoked": one.revoked,
    }


def _date(milliseconds: int) -> str:
    return datetime.fromtimestamp(milliseconds / 1000, UTC).isoformat(timespec="seconds")


# --- audit ----------------------------------------------------------------------------------------


@review.group()
def audit() -> None:
    """Who did what, in lines that nobody can change unseen."""


@audit.command("verify")
@click.option("--expect", default="", metavar="DIGEST", help="A line that must still be there.")
@of_store
@AS_JSON
def audit_verify(expect: str, repo: str, as_json: bool, debug: bool, **flags: Any) -> None:
    """Read the whole audit: no line may be changed, missing or between, and it must tell every
    decision as it stands. Keep the digest that is printed: it shows later that nothing was cut off.
    """
    found = open_store(repo, flags).audit.verify(expect)
    if as_json:
        print_json({"events": found.events, "last": found.last, "problems": found.problems})
    else:
        for problem in found.problems:
            say(problem)
        say(f"{found.events} lines, the last is {found.last}")
    if found.problems:
        raise GateFailed(f"the audit is not whole: {len(found.problems)} problems.")


@audit.command("show")
@click.option("--newest", type=click.IntRange(min=1), default=50, show_default=True, help="Lines.")
@of_store
@AS_JSON
def audit_show(newest: int, repo: str, as_json: bool, debug: bool, **flags: Any) -> None:
    """The newest lines, the newest first."""
    found = open_store(repo, flags).audit.events(newest)
    if as_json:
        print_json([asdict(one) for one in found])
        return
    for one in found:
        click.echo(f"{one.made_at}\t{one.actor}\t{one.verb}\t{one.object}\t{one.detail}")


review.add_command(captions)
review.add_command(webhooks_group)
review.add_command(export_cards)
review.add_command(import_decisions)
