"""Webhooks, for administrators: who is told what happens."""

from __future__ import annotations

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict

from codeaug import webhooks
from codeaug.people import Permission
from codeaug.store import Store
from codeaug.store.outbox import Webhook, WebhookEvent
from codeaug.store.webhooks import Backlog
from codeaug.web.access import Calling, needs


class WebhookIn(BaseModel):
    """Without `events` it is told of all. `private`: it may lie in a network of its own."""

    model_config = ConfigDict(extra="forbid")

    url: str
    events: list[WebhookEvent] = []
    private: bool = False


class WebhookOut(BaseModel):
    """A webhook, with how many messages wait for it or were given up, and what was wrong last."""

    id: str
    url: str
    events: list[WebhookEvent]
    private: bool
    waiting: int
    given_up: int
    problem: str


class NewWebhook(BaseModel):
    """A webhook with the secret that its messages are signed with, which is told this once."""

    webhook: WebhookOut
    secret: str


class Tried(BaseModel):
    """What came of a message of type `test`: `problem` is empty when it was taken."""

    problem: str


class Removed(BaseModel):
    removed: bool


def add_webhooks(api: APIRouter, store: Store) -> None:
    """Adds the management of webhooks."""

    @api.get("/webhooks")
    @needs(Permission.ADMINISTER)
    def all_webhooks() -> list[WebhookOut]:
        backlogs = store.outbox.backlogs()
        return [_shown(hook, backlogs.get(hook.id, Backlog())) for hook in store.outbox.all()]

    @api.post("/webhooks")
    @needs(Permission.ADMINISTER)
    def add(caller: Calling, body: WebhookIn) -> NewWebhook:
        made = webhooks.add(store, body.url, body.events, body.private, caller.name)
        return NewWebhook(webhook=_shown(made, Backlog()), secret=made.secret)

    @api.delete("/webhooks/{webhook_id}")
    @needs(Permission.ADMINISTER)
    def remove(caller: Calling, webhook_id: str) -> Removed:
        webhooks.remove(store, webhook_id, caller.name)
        return Removed(removed=True)

    @api.post("/webhooks/{webhook_id}/test")
    @needs(Permission.ADMINISTER)
    def test(webhook_id: str) -> Tried:
        """Sends a message of type `test` at once."""
        return Tried(problem=webhooks.test(store, webhook_id))


def _shown(hook: Webhook, backlog: Backlog) -> WebhookOut:
    return WebhookOut(
        id=hook.id, url=hook.url, events=sorted(hook.events), private=hook.private,
        waiting=backlog.waiting, given_up=backlog.given_up, problem=backlog.problem,
    )  # fmt: skip
