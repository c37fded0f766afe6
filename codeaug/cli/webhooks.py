"""`codeaug review webhooks`: who is told what happens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from codeaug.cli.common import AS_JSON, actor, of_store, open_store, print_json, say
from codeaug.errors import GateFailed

if TYPE_CHECKING:
    from codeaug.store.outbox import Webhook
    from codeaug.store.webhooks import Backlog


@click.group("webhooks")
def group() -> None:
    """Addresses that are told what happens, by signed messages."""


@group.command("add")
@click.argument("url")
@click.option(
    "--event", "events", multiple=True, metavar="EVENT",
    help="decision, settled, queued, paused or export; may be repeated. Default: all.",
)  # fmt: skip
@click.option("--private", is_flag=True, help="It may be in a private network, or here.")
@of_store
@AS_JSON
def add(
    url: str,
    events: tuple[str, ...],
    private: bool,
    repo: str,
    as_json: bool,
    debug: bool,
    **flags: Any,
) -> None:
    """Tell URL what happens from now on; the secret that is printed verifies the messages, and is
    shown this once."""
    from codeaug import webhooks
    from codeaug.store.webhooks import Backlog

    made = webhooks.add(open_store(repo, flags), url, events, private, actor())
    if as_json:
        print_json(_document(made, Backlog()) | {"secret": made.secret})
        return
    click.echo(made.secret)
    say(f"{made.id}: {url} is told of {', '.join(sorted(made.events))}")


@group.command("list")
@of_store
@AS_JSON
def list_all(repo: str, as_json: bool, debug: bool, **flags: Any) -> None:
    """All webhooks, with what waits for them and what was given up after a day."""
    from codeaug.store.webhooks import Backlog

    outbox = open_store(repo, flags).outbox
    backlogs = outbox.backlogs()
    found = [(hook, backlogs.get(hook.id, Backlog())) for hook in outbox.all()]
    if as_json:
        print_json([_document(*pair) for pair in found])
        return
    for hook, backlog in found:
        counts = f"{backlog.waiting} wait, {backlog.given_up} given up"
        events = ", ".join(sorted(hook.events))
        click.echo(f"{hook.id}\t{hook.url}\t{events}\t{counts}\t{backlog.problem}")


@group.command("remove")
@click.argument("webhook_id")
@of_store
def remove(webhook_id: str, repo: str, debug: bool, **flags: Any) -> None:
    """Tell an address nothing more, not even what waits for it."""
    from codeaug import webhooks

    webhooks.remove(open_store(repo, flags), webhook_id, actor())
    say(f"{webhook_id} is told nothing more.")


@group.command("test")
@click.argument("webhook_id")
@of_store
def test(webhook_id: str, repo: str, debug: bool, **flags: Any) -> None:
    """Send a message of type `test` at once; exits 1 when it is not taken."""
    from codeaug import webhooks

    if problem := webhooks.test(open_store(repo, flags), webhook_id):
        raise GateFailed(f"the message was not taken: {problem}.")
    say("the message was taken.")


def _document(hook: Webhook, backlog: Backlog) -> dict[str, Any]:
    counts = {"waiting": backlog.waiting, "given_up": backlog.given_up}
    return {
        "id": hook.id, "url": hook.url, "events": sorted(hook.events), "private": hook.private,
        **counts, "problem": backlog.problem,
    }  # fmt: skip
