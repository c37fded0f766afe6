"""Calls -> replies that are in the store: paid once, within the budget, through the gate.

Before anything leaves, the policy looks at it, its worst cost is reserved and the ledger says so;
a reply is stored before anybody reads it.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError, ThreadPoolExecutor
from dataclasses import dataclass, field

from tenacity import (
    RetryCallState,
    Retrying,
    retry_if_exception_type,
    sleep_using_event,
    stop_after_attempt,
)
from tenacity.wait import wait_exponential_jitter

from codeaug.engines.llm import accounts, pricing
from codeaug.engines.llm.call import Call
from codeaug.engines.llm.endpoint import Delayed, Endpoint, Refused
from codeaug.engines.llm.journal import Journal
from codeaug.engines.llm.pricing import Price
from codeaug.engines.llm.rate import Gate
from codeaug.errors import ModelUnavailable
from codeaug.model import Reply
from codeaug.store import Spent, Store

ATTEMPTS = 8
DOLLAR = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Unanswered:
    """Why a call has no reply. `final`: it will never have one; else the next run asks again."""

    why: str
    final: bool


@dataclass(frozen=True, slots=True)
class Guard:
    """What may leave: `refuses` says why not ("" when it may), under the policy with this id."""

    policy: str
    refuses: Callable[[Call], str]


@dataclass
class Purse:
    """The budget in billionths of a dollar (None: no cap); what is under way counts at its worst.

    It is a hard cap over everything that the store knows of: earlier runs, and requests whose
    reply never arrived.
    """

    spent: Spent
    cap: int | None
    cost: int = 0
    _open: dict[str, int] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self.cost, self._open = self.spent.cost, dict(self.spent.open)

    def reserve(self, key: str, most: int) -> None:
        """Raises ModelUnavailable when the cap would not hold."""
        with self._lock:
            waiting = sum(self._open.values()) - self._open.get(key, 0)
            if self.cap is not None and self.cost + waiting + most > self.cap:
                raise ModelUnavailable(
                    f"the budget of {dollars(self.cap)} would not hold: {dollars(self.cost)} are "
                    f"spent, {dollars(waiting)} may yet be charged for what is under way or was "
                    f"cut off, and the next call may cost {dollars(most)}; what came is kept: "
                    "raise --budget to go on."
                )
            self._open[key] = most

    def settle(self, key: str, cost: int, lost: bool = False) -> None:
        """The call is over: it cost so much, or (`lost`) may yet have."""
        with self._lock:
            self.cost += cost
            if not lost:
                self._open.pop(key, None)


def dollars(amount: int) -> str:
    """Billionths of a dollar for people: cents where there are any, else as many digits as tell."""
    value = amount / DOLLAR
    return f"${value:.2f}" if value == 0 or value >= 0.1 else f"${value:.9f}".rstrip("0")


@dataclass
class Asker:
    """Asks one endpoint for one model, from as many threads as like."""

    store: Store
    endpoint: Endpoint
    gate: Gate
    guard: Guard
    purse: Purse
    price: Price | None
    under_way: frozenset[str] = frozenset()
    """Keys of calls in batch jobs: asked here, too, they would be paid twice."""
    attempts: int = ATTEMPTS

    def __post_init__(self) -> None:
        self.journal = Journal(self.store)
        # Some judge and keep what leaves and came, while as many as may wait for the endpoint.
        workers = self.gate.most + self.gate.most // 8 + 1
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="model")

    def close(self) -> None:
        """Lets nobody through any more, and waits for the replies that are paid for already."""
        self.gate.stop("it was closed")
        self._pool.shutdown(wait=True, cancel_futures=True)
        self.endpoint.close()

    def ask_all(self, calls: Sequence[Call]) -> dict[str, Reply | Unanswered]:
        """The answers by key: stored ones, the others asked for at once. Raises
        ModelUnavailable."""
        answers: dict[str, Reply | Unanswered] = {}
        answers.update(self.store.replies([call.key for call in calls]))
        new = {call.key: call for call in calls if call.key not in answers}
        waiting = {key: self._pool.submit(self._asked, call) for key, call in new.items()}
        try:
            return answers | {key: future.result() for key, future in waiting.items()}
        except CancelledError as error:
            raise ModelUnavailable("the run ends before this was asked.") from error

    def ask(self, call: Call) -> Reply | Unanswered:
        """As `ask_all`, for one call and on this thread."""
        return self.store.replies([call.key]).get(call.key) or self._asked(call)

    def _asked(self, call: Call) -> Reply | Unanswered:
        if reason := self.guard.refuses(call):
            return Unanswered(reason, final=True)
        if call.key in self.under_way:
            raise ModelUnavailable("a batch job is under way: --batch takes in what comes of it.")
        most = accounts.worst(call, self.price)
        self.purse.reserve(call.key, most)
        attempt = _Attempt(self, call, most)
        cost, lost = 0, True
        try:
            reply = self._retrying(attempt)
            cost, lost = reply.cost, False
            return reply
        except Refused as refused:
            lost = attempt.lost
            why = str(refused)
            return Unanswered(why, final=refused.own or self.gate.refused(why))
        except Delayed as delayed:
            lost = attempt.lost
            return Unanswered(str(delayed), final=False)
        except ModelUnavailable:
            lost = attempt.lost
            raise
        finally:
            self.purse.settle(call.key, cost, lost)

    def _retrying(self, attempt: _Attempt) -> Reply:
        return Retrying(
            retry=retry_if_exception_type(Delayed),
            wait=_wait,
            stop=stop_after_attempt(self.attempts),
            sleep=sleep_using_event(self.gate.closed),
            reraise=True,
        )(attempt)


def _wait(state: RetryCallState) -> float:
    """What the endpoint asks for is the gate's to keep; else a second, doubled each time."""
    error = state.outcome.exception() if state.outcome else None
    if isinstance(error, Delayed) and error.seconds:
        return 0.0
    return wait_exponential_jitter(multiplier=0.5, max=30, jitter=1)(state)


@dataclass
class _Attempt:
    """One call on its way, as often as it takes; `lost`: it may have been charged without reply."""

    asker: Asker
    call: Call
    most: int
    lost: bool = False

    def __call__(self) -> Reply:
        asker, line = self.asker, _Line(self)
        with asker.gate.turn() as begun:
            started = time.monotonic()
            try:
                body = asker.endpoint.send(self.call, line.open)
                reply = self._reply(body, time.monotonic() - started)
            except Delayed as delayed:
                self.lost = self.lost or delayed.lost
                asker.gate.delayed(begun, str(delayed), delayed.seconds)
                line.close("lost" if delayed.lost else "refused")
                raise
            except ModelUnavailable as error:
                line.close("refused")
                asker.gate.stop(str(error))
                raise
            except Refused:
                line.close("refused")
                raise
        asker.journal.write(lambda: self._keep(reply, line))
        asker.gate.answered()
        return reply

    def _keep(self, reply: Reply, line: _Line) -> None:
        self.asker.store.put_reply(reply)
        line.put("replied")

    def _reply(self, body: bytes, seconds: float) -> Reply:
        """Raises Delayed for a body that is no completion: proxies and half-started servers send
        such, and nobody is charged for those; but one may be cut out of a real reply."""
        estimate = pricing.likely_prompt_tokens(self.call)
        try:
            return accounts.paid(self.call, body, self.asker.price, estimate, seconds)
        except ValueError as error:
            raise Delayed(str(error), lost=True) from error


@dataclass
class _Line:
    """The ledger's line of one attempt."""

    attempt: _Attempt
    seq: int | None = None

    def open(self, body: bytes) -> None:
        """Writes it, before the bytes go; those of before, with more parameters, were refused."""
        self.close("refused")
        asker, call = self.attempt.asker, self.attempt.call
        record = accounts.line(
            call, asker.endpoint.base_url, asker.guard.policy, body, self.attempt.most
        )
        self.seq = asker.journal.write(lambda: asker.store.put_sent([record])[0])

    def put(self, outcome: str) -> None:
        if self.seq is not None:
            self.attempt.asker.store.put_outcome(self.seq, outcome)

    def close(self, outcome: str) -> None:
        if self.seq is not None:
            self.attempt.asker.journal.write(lambda: self.put(outcome))
