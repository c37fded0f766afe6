"""What asking a model needs to know of a session: where, what may leave, what it may cost."""

from __future__ import annotations

import os
import shlex
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from codeaug import variants
from codeaug.command import run
from codeaug.egress import Policy
from codeaug.endpoints import check_endpoint, is_local
from codeaug.engines.llm.asking import DOLLAR, Asker, Guard, Purse
from codeaug.engines.llm.batching import SUBMITTED, SUBMITTING, Batches
from codeaug.engines.llm.call import Call
from codeaug.engines.llm.context import Surroundings
from codeaug.engines.llm.drafting import NAME, Draft, Order, draft
from codeaug.engines.llm.endpoint import OPENAI, Access, open_endpoint
from codeaug.engines.llm.openai_endpoint import OpenAI
from codeaug.engines.llm.pricing import Price, prices
from codeaug.engines.llm.rate import Gate
from codeaug.errors import MissingTool, UsageError
from codeaug.model import Oracle, Unit, content_id
from codeaug.pipeline.leaving import policy_of
from codeaug.pipeline.session import Session
from codeaug.settings import Settings

_SECONDS = 30.0

RULES = 8
"""So many of the rules engine's variants of a unit are known to be nothing new."""


def base_url(settings: Settings) -> str:
    """Where the model is asked. Raises UsageError when that is nowhere, or not allowed."""
    address = settings.base_url
    if not address and settings.model.startswith("openai:"):
        address = OPENAI
    if not address:
        provider = settings.model.partition(":")[0]
        raise UsageError(f"the provider {provider!r} needs --base-url URL: where is it asked?")
    check_endpoint(address, settings.endpoints)
    return address


def access(settings: Settings) -> Access:
    """How the endpoint is reached. Raises UsageError, also for a key that is not there."""
    address = base_url(settings)
    return Access(
        base_url=address,
        key=key_of(settings, needed=not is_local(address)),
        seconds=float(settings.reply_seconds),
        connections=settings.calls,
        proxy=settings.proxy,
        ca_file=settings.ca_file,
    )


def check(settings: Settings) -> None:
    """Raises UsageError for a model or critic that could never be asked: before hours of measuring.

    The key is left out: what is in the store needs none.
    """
    for model in filter(None, (settings.model, settings.critic)):
        chosen = replace(settings, model=model)
        open_endpoint(model, Access(base_url(chosen), "", 1.0, 1)).close()
        price_of(chosen)


def price_of(settings: Settings) -> Price | None:
    """Raises UsageError when there is a budget and nobody knows what the model costs."""
    found = prices(settings.own_prices).get(settings.model)
    if found is None and settings.budget:
        raise UsageError(
            f"nothing is known about the price of {settings.model}, so a budget cannot be "
            f'kept: write [prices."{settings.model}"] with input and output into your '
            "codeaug.toml (dollars for a million tokens)."
        )
    return found


def key_of(settings: Settings, needed: bool) -> str:
    """The key of the endpoint: what a command prints, or a file or a variable holds.

    Raises UsageError, which never repeats it.
    """
    variable = settings.api_key_env
    if settings.api_key_command:
        place, key = "the output of api_key_command", _printed(settings.api_key_command)
    elif settings.api_key_file:
        place, key = "the file of api_key_file", _read(settings.api_key_file)
    else:
        place, key = variable, os.environ.get(variable, "")
    key = key.strip()
    if not (key.isascii() and key.isprintable()):
        raise UsageError(f"what {place} holds is no key: a key is one line of plain letters.")
    if needed and not key:
        raise UsageError(f"no key: put it into {variable}, or name a file with api_key_file.")
    return key


def _read(file: str) -> str:
    try:
        return Path(file).expanduser().read_text(encoding="utf-8")
    except (OSError, RuntimeError, UnicodeDecodeError) as error:
        raise UsageError(f"the key cannot be read from api_key_file: {error}.") from error


def _printed(command: str) -> str:
    try:
        outcome = run(shlex.split(command), seconds=_SECONDS)
    except (ValueError, MissingTool) as error:
        raise UsageError(f"api_key_command cannot be run: {error}.") from error
    if not outcome.ok:
        ended = "took too long" if outcome.timed_out else f"ended with {outcome.exit_code}"
        raise UsageError(f"api_key_command {ended}: run it yourself to see why.")
    return outcome.out


@dataclass
class Desk:
    """Everything that the engine needs of one session."""

    session: Session
    _around: dict[str, Surroundings] = field(default_factory=dict)
    _refused: dict[str, str] = field(default_factory=dict)
    _lock: threading.RLock = field(default_factory=threading.RLock)

    @cached_property
    def units(self) -> list[Unit]:
        """All units of the commit."""
        return list(self.session.store.units(self.session.commit))

    @cached_property
    def policy(self) -> Policy:
        return policy_of(self.session)

    @cached_property
    def price(self) -> Price | None:
        return price_of(self.session.settings)

    @cached_property
    def secret(self) -> bytes:
        return self.session.store.secret("marks")

    def refusal(self, path: str) -> str:
        """Why nothing of a file may leave; "" when it may."""
        if path not in self._refused:
            self._refused[path] = self.policy.refusal(path, self.session.read(path))
        return self._refused[path]

    def refuses(self, call: Call) -> str:
        """Why a call may not leave."""
        reasons = filter(None, (self.refusal(path) for path in call.places))
        return next(reasons, "") or self.policy.secret(call.text)

    def order(self, unit: Unit, others: Sequence[str] = ()) -> Order:
        """What is asked about a unit: the same at each run over the same commit. `others` are
        texts of it that are nothing new."""
        settings = self.session.settings
        known = [v for v in self.session.store.variants(unit.id) if v.origin.engine != NAME]
        return Order(
            unit=unit,
            source=self.session.read(unit.path),
            model=settings.model,
            wanted=settings.per_unit,
            seed=settings.seed,
            most_tokens=settings.reply_tokens,
            context=tuple(
                part
                for part in self._surroundings(unit.language).parts(unit)
                if not self.policy.secret(part.text)
            ),
            others=(*others, *(variant.code for variant in known)),
            secret=self.secret,
        )

    def by_rules(self, units: Sequence[Unit]) -> dict[str, list[str]]:
        """What the rules engine makes of each unit, by its id."""
        session = self.session
        settings = replace(session.settings, per_unit=RULES)
        paths = sorted({(unit.language, unit.path) for unit in self.units})
        usual = variants.Habits(paths, session.read, settings.transforms, session.tree.paths)
        asked = variants.requests(units, session.read, usual, settings)
        answers = session.executor.processes(variants.propose, asked, variants.FILE_SECONDS)
        return {
            proposal.unit.id: [variant.code for variant in proposal.variants]
            for _, answer in answers
            if not isinstance(answer, str)
            for proposal in answer
        }

    def _surroundings(self, language: str) -> Surroundings:
        with self._lock:
            if language not in self._around:
                own = [unit for unit in self.units if unit.language == language]
                self._around[language] = Surroundings(
                    own, self.session.read, lambda path: not self.refusal(path)
                )
            return self._around[language]

    @contextmanager
    def asker(self) -> Iterator[Asker]:
        """Whoever asks the endpoint, until the block ends."""
        settings = self.session.settings
        made = Asker(
            store=self.session.store,
            endpoint=open_endpoint(settings.model, access(self.session.settings)),
            gate=Gate(settings.calls, float(settings.patience)),
            guard=self._guard,
            purse=self._purse,
            price=self.price,
            under_way=self._under_way,
        )
        try:
            yield made
        finally:
            made.close()

    @property
    def _under_way(self) -> frozenset[str]:
        store = self.session.store
        jobs = (*store.batches(SUBMITTING), *store.batches(SUBMITTED))
        return frozenset(key for job in jobs for key in job.keys)

    @contextmanager
    def batches(self) -> Iterator[Batches]:
        """The jobs at the batch endpoint, until the block ends. Raises UsageError."""
        endpoint = open_endpoint(self.session.settings.model, access(self.session.settings))
        if not isinstance(endpoint, OpenAI):
            raise UsageError("--batch needs a model of the provider openai.")
        try:
            model, store = self.session.settings.model, self.session.store
            yield Batches(store, endpoint, model, self._guard, self._purse, self.price)
        finally:
            endpoint.close()

    @property
    def _guard(self) -> Guard:
        return Guard(self.policy.id, self.refuses)

    @property
    def _purse(self) -> Purse:
        budget = self.session.settings.budget
        return Purse(self.session.store.spent(), round(budget * DOLLAR) if budget else None)

    def asked_about(self, known: Mapping[str, Oracle]) -> list[Unit]:
        """The units that are sent: those that tests execute (or all, if `untested`), spread by the
        seed, at most `limit` of them."""
        settings = self.session.settings
        able = [u for u in self.units if settings.untested or is_tested(u, known)]
        able.sort(key=lambda unit: content_id(str(settings.seed), unit.id))
        free = [unit for unit in able if not self.refusal(unit.path)]
        return free[: settings.limit] if settings.limit else free

    def drafted(self, order: Order, never: Mapping[str, str] | None = None) -> Draft:
        """The draft by what is in the store; calls that may not leave count as read, and so do
        those that the endpoint will `never` answer, by key."""
        keys = [order.call(sample).key for sample in range(order.most)]
        replies, refused = self.session.store.replies(keys), dict(never or {})
        while True:
            found = draft(order, replies, refused)
            kept = {call.key: why for call in found.calls if (why := self.refuses(call))}
            if not kept:
                return found
            refused.update(kept)


def is_tested(unit: Unit, known: Mapping[str, Oracle]) -> bool:
    """Whether a stable test executes the unit."""
    oracle = known.get(unit.id)
    return bool(oracle and oracle.tests)
