"""Telling others what happens: signed, one after the other about one variant, again until it is
taken. As the Standard Webhooks specification has it (standardwebhooks.com, 2023)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import ipaddress
import socket
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from codeaug.endpoints import Address, parse
from codeaug.errors import CodeaugError, UsageError
from codeaug.store.outbox import Message, Webhook, WebhookEvent, message_of
from codeaug.store.webhooks import SECRET_PREFIX, Delivery

if TYPE_CHECKING:
    from codeaug.store import Store

FIRST_PAUSE = 5_000
LONGEST_PAUSE = 4 * 60 * 60 * 1000
GIVEN_UP = 24 * 60 * 60 * 1000
_SECONDS = 10.0
_LOOK = 1.0
# They lead to IPv4 addresses, which may be anybody's.
_IN_DISGUISE = tuple(map(ipaddress.ip_network, ("64:ff9b::/96", "2002::/16", "2001::/32")))


def add(store: Store, url: str, events: Iterable[str], private: bool, actor: str) -> Webhook:
    """A new webhook, told of these events (none: of all). Raises UsageError."""
    address = parse(url)
    if address.scheme != "https" and not address.is_local:
        raise UsageError("a webhook would cross the network in clear: give an https address")
    if address.is_local and not private:
        raise UsageError(
            f"{address.host} is this machine: say so with --private, if you mean to tell it"
        )
    if unknown := set(events) - set(WebhookEvent):
        known = ", ".join(WebhookEvent)
        raise UsageError(f"there is no event {min(unknown)!r}: give of {known}")
    return store.outbox.add(url, map(WebhookEvent, events or WebhookEvent), private, actor)


def remove(store: Store, webhook_id: str, actor: str) -> None:
    """Raises UsageError when there is no such webhook."""
    if not store.outbox.remove(webhook_id, actor):
        raise _no_webhook(webhook_id)


def test(store: Store, webhook_id: str) -> str:
    """Sends a message of type `test` at once; what went wrong, or "". Raises UsageError."""
    found = next((hook for hook in store.outbox.all() if hook.id == webhook_id), None)
    if found is None:
        raise _no_webhook(webhook_id)
    return send(found, message_of("test", datetime.now(UTC), {}))


def _no_webhook(webhook_id: str) -> UsageError:
    return UsageError(f"there is no webhook {webhook_id!r}: codeaug review webhooks list")


# --- one message ----------------------------------------------------------------------------------


def send(hook: Webhook, message: Message) -> str:
    """Posts a message; what went wrong, or "" when it was taken."""
    import httpx

    address = parse(hook.url)
    try:
        # The very address that was looked at: a name can be bent to another in between.
        place = _resolved(address, hook.private)
        with httpx.Client(trust_env=False, timeout=_SECONDS) as client:
            answer = client.post(
                httpx.URL(hook.url).copy_with(host=place), content=message.body,
                headers=_headers(hook, address, message),
                extensions={"sni_hostname": address.host},
            )  # fmt: skip
    except (OSError, httpx.HTTPError) as error:
        return str(error) or type(error).__name__
    return "" if answer.is_success else f"the receiver answers {answer.status_code}"


def _resolved(address: Address, private: bool) -> str:
    """An IP address of the host. Raises OSError when any of them is not everybody's."""
    found = socket.getaddrinfo(address.host, address.port, type=socket.SOCK_STREAM)
    places = [str(entry[4][0]) for entry in found]
    for place in places if not private else ():
        if not _is_public(place):
            raise OSError(f"{address.host} lies in a private network ({place})")
    return places[0]


def _is_public(place: str) -> bool:
    found = ipaddress.ip_address(place.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped:
            return found.ipv4_mapped.is_global
        if any(found in network for network in _IN_DISGUISE):
            return False
    return found.is_global and not found.is_multicast


def _headers(hook: Webhook, address: Address, message: Message) -> dict[str, str]:
    seconds = str(int(time.time()))
    key = base64.b64decode(hook.secret.removeprefix(SECRET_PREFIX))
    signed = f"{message.id}.{seconds}.{message.body}".encode()
    signature = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    host = f"[{address.host}]" if ":" in address.host else address.host
    return {
        "host": f"{host}:{address.port}",
        "content-type": "application/json",
        "webhook-id": message.id,
        "webhook-timestamp": seconds,
        "webhook-signature": f"v1,{signature}",
    }


# --- all of them ----------------------------------------------------------------------------------


@dataclass
class Courier:
    """Delivers what is due, and puts off what was not taken, longer each time."""

    store: Store
    first_pause: int = FIRST_PAUSE
    given_up_after: int = GIVEN_UP
    _rests: dict[str, int] = field(default_factory=dict)

    def round(self) -> int:
        """Tries everything that is due, once; how much was delivered."""
        hooks = {hook.id: hook for hook in self.store.outbox.all()}
        delivered = 0
        for one in self.store.outbox.ready(_now()) if hooks else ():
            hook, now = hooks.get(one.webhook_id), _now()
            # Where one message is not taken, the next would only wait as long for nothing.
            if hook is None or self._rests.get(hook.id, 0) > now:
                continue
            if self.store.outbox.take(one.seq, now):
                delivered += self._deliver(hook, one)
        return delivered

    def _deliver(self, hook: Webhook, one: Delivery) -> bool:
        problem, now = send(hook, one.message), _now()
        if not problem:
            self.store.outbox.done(one.seq)
            return True
        self._rests[hook.id] = now + self.first_pause
        pause = min(self.first_pause * 3**one.attempts, LONGEST_PAUSE)
        given_up = now - one.made_at >= self.given_up_after
        self.store.outbox.failed(one.seq, problem, now + pause, given_up)
        return False

    def run(self, stopped: threading.Event, look: float = _LOOK) -> None:
        """Delivers until `stopped`."""
        while not stopped.is_set():
            try:
                delivered = self.round()
            except CodeaugError:  # the store is locked or full: it may be better in a while
                delivered = 0
            if not delivered:
                stopped.wait(look)


@contextmanager
def delivering(store: Store) -> Iterator[None]:
    """A thread that delivers, as long as this lasts."""
    stopped = threading.Event()
    thread = threading.Thread(target=Courier(store).run, args=(stopped,), daemon=True)
    thread.start()
    try:
        yield
    finally:
        stopped.set()
        thread.join(_SECONDS)


def _now() -> int:
    return time.time_ns() // 1_000_000
