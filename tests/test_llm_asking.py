"""Calls and replies against a real server: nothing is lost, nothing is paid twice."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path

import pytest

from codeaug.engines.llm.asking import DOLLAR, Asker, Guard, Purse, Unanswered
from codeaug.engines.llm.call import Call, Message
from codeaug.engines.llm.endpoint import Access, Delayed, open_endpoint, retry_after
from codeaug.engines.llm.journal import Journal
from codeaug.engines.llm.pricing import Price
from codeaug.engines.llm.rate import Gate
from codeaug.engines.llm.reading import completion
from codeaug.errors import ModelUnavailable, UsageError
from codeaug.model import Reply as Kept
from codeaug.store import Store
from tests.model_api import script as faults
from tests.model_api.script import Faults, Reply, Request, Script
from tests.model_server import ModelServer

PRICE = Price(Decimal("0.15"), Decimal("0.60"), Decimal("0.15"))
MODEL = "openai:test-model"


def echo(request: Request) -> Reply:
    return Reply("said: " + request.prompt)


def call(words: str = "hello", sample: int = 0, most_tokens: int = 100) -> Call:
    return Call("rewrite", "u1", MODEL, (Message("user", words),), 0.5, most_tokens, sample)


@contextmanager
def asking(
    store: Store,
    server: ModelServer,
    *,
    budget: float | None = None,
    calls: int = 16,
    patience: float = 30.0,
    seconds: float = 3.0,
    refuses: Callable[[Call], str] = lambda call: "",
) -> Iterator[Asker]:
    access = Access(server.base_url, "key", seconds, calls)
    purse = Purse(store.spent(), None if budget is None else round(budget * DOLLAR))
    endpoint = open_endpoint(MODEL, access)
    asker = Asker(store, endpoint, Gate(calls, patience), Guard("p1", refuses), purse, PRICE)
    try:
        yield asker
    finally:
        asker.close()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(str(tmp_path / "store.db")) as opened:
        yield opened


def cost(store: Store) -> Decimal:
    return Decimal(store.spent().cost) / DOLLAR


# --- one call -------------------------------------------------------------------------------------


def test_a_reply_is_stored_as_it_came_and_never_asked_for_again(store: Store) -> None:
    with ModelServer(echo) as server, asking(store, server) as asker:
        first = asker.ask(call())
        again = asker.ask(call())
        assert isinstance(first, Kept)
        assert first == again
        assert completion(first.body).text == "said: hello"
        assert server.totals().calls == 1
        assert cost(store) == server.totals().cost


def test_samples_of_one_prompt_are_calls_of_their_own(store: Store) -> None:
    with ModelServer(echo) as server, asking(store, server) as asker:
        asker.ask_all([call(sample=n) for n in range(3)])
        assert server.totals().charged == 3


def test_the_ledger_tells_of_the_very_bytes_before_they_go(store: Store) -> None:
    import hashlib

    seen: list[int] = []

    def reply(request: Request) -> Reply:
        seen.append(len(store.ledger()))
        return Reply("x")

    with ModelServer(reply) as server, asking(store, server) as asker:
        asker.ask(call())
        (line,) = store.ledger()
        (entry,) = server.log
        assert seen == [1]
        assert line.digest == hashlib.sha256(entry.body.encode()).hexdigest()
        assert (line.size, line.policy, line.outcome) == (len(entry.body.encode()), "p1", "replied")
        assert line.endpoint == server.base_url
        assert line.most >= store.spent().cost > 0


def test_what_the_policy_keeps_never_reaches_the_endpoint(store: Store) -> None:
    with (
        ModelServer(echo) as server,
        asking(store, server, refuses=lambda call: "line 1 holds a secret") as asker,
    ):
        assert asker.ask(call()) == Unanswered("line 1 holds a secret", final=True)
        assert server.log == []
        assert store.ledger() == []


def test_a_reply_without_usage_is_counted_by_estimate_and_says_so(store: Store) -> None:
    with (
        ModelServer(lambda request: Reply("x" * 350, usage=False)) as server,
        asking(store, server) as asker,
    ):
        found = asker.ask(call())
        assert isinstance(found, Kept)
        assert not found.counted
        assert found.reply_tokens == 100


# --- faults ---------------------------------------------------------------------------------------

TRANSIENT = {
    "429": faults.rate_limited(),
    "429 with seconds": faults.rate_limited(0.2),
    "429 with a date": faults.rate_limited(1, "date"),
    "429 with milliseconds": faults.rate_limited(0.2, "ms"),
    "500": faults.server_error(),
    "503": faults.overloaded(),
    "a page": faults.html(),
    "a hang": faults.hang(),
    "a cut head": faults.cut(),
    "a cut body": faults.cut(300),
    "half a body": faults.half(),
    "cut chunks": faults.chunked_cut(),
    "a drip": faults.drip(0.2, 1),
}


@pytest.mark.parametrize("name", TRANSIENT)
def test_a_fault_delays_a_call_and_loses_nothing(name: str, store: Store) -> None:
    def reply(request: Request) -> Reply:
        return Reply("fine", fault=TRANSIENT[name] if request.attempt == 1 else None)

    with ModelServer(reply) as server, asking(store, server, seconds=1.5) as asker:
        found = asker.ask(call())
        assert isinstance(found, Kept)
        assert completion(found.body).text == "fine"
        assert server.totals().charged == 1
        assert cost(store) == server.totals().cost
        assert [line.outcome == "replied" for line in store.ledger()] == [False, True]


@pytest.mark.parametrize("oddity", ["chunked"])
def test_odd_but_right_answers_are_taken_at_once(oddity: str, store: Store) -> None:
    with (
        ModelServer(lambda request: Reply("fine", fault=faults.chunked())) as server,
        asking(store, server) as asker,
    ):
        assert isinstance(asker.ask(call()), Kept)
        assert server.totals().calls == 1


def test_a_monstrous_reply_is_not_read_to_its_end(store: Store) -> None:
    with (
        ModelServer(lambda request: Reply("x", fault=faults.huge())) as server,
        asking(store, server, seconds=20) as asker,
    ):
        found = asker.ask(call())
        assert isinstance(found, Unanswered)
        assert found.final
        assert "longer than 16 MiB" in found.why


def test_a_redirect_is_not_followed(store: Store) -> None:
    with ModelServer(echo) as other:
        elsewhere = faults.redirect(other.base_url + "/chat/completions")
        with (
            ModelServer(lambda request: Reply(fault=elsewhere)) as server,
            asking(store, server) as asker,
        ):
            with pytest.raises(ModelUnavailable, match="sends us elsewhere"):
                asker.ask(call())
            assert other.log == []


def test_a_parameter_that_the_endpoint_does_not_know_is_left_out(store: Store) -> None:
    def reply(request: Request) -> Reply:
        for name in ("temperature", "seed", "max_tokens"):
            if name in request.body:
                return Reply(fault=faults.unsupported(name))
        return Reply("fine")

    with ModelServer(reply) as server, asking(store, server) as asker:
        assert isinstance(asker.ask(call()), Kept)
        asker.ask(call("other"))
        last = server.log[-1]
        assert "temperature" not in last.body
        assert "max_completion_tokens" in last.body
        assert len(server.log) == 5


def test_a_prompt_that_is_too_long_is_refused_for_itself_alone(store: Store) -> None:
    def reply(request: Request) -> Reply:
        long = "long" in request.prompt
        return Reply("fine", fault=faults.context_too_long() if long else None)

    with ModelServer(reply) as server, asking(store, server) as asker:
        found = asker.ask_all([call("long"), call("short")])
        refused = found[call("long").key]
        assert isinstance(refused, Unanswered)
        assert refused.final
        assert "context_length_exceeded" in refused.why
        assert isinstance(found[call("short").key], Kept)


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (faults.error(401, "Incorrect API key provided"), "does not accept the key"),
        (faults.error(403, "Not for you"), "does not accept the key"),
        (faults.no_such_model("test-model"), "no such model"),
        (faults.quota_exhausted(), "no credit left"),
    ],
)
def test_what_no_retry_heals_ends_the_run_at_once(
    fault: faults.Refused, words: str, store: Store
) -> None:
    with (
        ModelServer(lambda request: Reply(fault=fault)) as server,
        asking(store, server) as asker,
    ):
        with pytest.raises(ModelUnavailable, match=words):
            asker.ask(call())
        assert len(server.log) == 1
        with pytest.raises(ModelUnavailable):
            asker.ask(call("other"))
        assert len(server.log) == 1
        assert store.spent().open == {}


def test_an_endpoint_that_refuses_every_call_is_none(store: Store) -> None:
    bad = faults.error(400, "Invalid model name passed in model=test-model")
    with (
        ModelServer(lambda request: Reply(fault=bad)) as server,
        asking(store, server) as asker,
    ):
        found = [asker.ask(call(f"{n}")) for n in range(3)]
        assert all(isinstance(answer, Unanswered) and not answer.final for answer in found)
        with pytest.raises(ModelUnavailable, match="takes no call"):
            asker.ask(call("later"))
        assert len(server.log) == 3


def test_a_call_that_always_fails_among_others_is_left_for_the_next_run(store: Store) -> None:
    def reply(request: Request) -> Reply:
        bad = "bad" in request.prompt
        return Reply("fine", fault=faults.rate_limited(0.01) if bad else None)

    with ModelServer(reply) as server, asking(store, server) as asker:
        asker.attempts = 3
        found = asker.ask_all([call("bad"), *(call(f"good {n}") for n in range(5))])
        bad = found[call("bad").key]
        assert isinstance(bad, Unanswered)
        assert not bad.final
        assert sum(isinstance(answer, Kept) for answer in found.values()) == 5


def test_an_endpoint_that_never_answers_opens_the_circuit(store: Store) -> None:
    with (
        ModelServer(lambda request: Reply(fault=faults.overloaded())) as server,
        asking(store, server, patience=1.0) as asker,
    ):
        with pytest.raises(ModelUnavailable, match="does not answer"):
            asker.ask_all([call(f"{n}") for n in range(8)])
        before = len(server.log)
        with pytest.raises(ModelUnavailable):
            asker.ask(call("later"))
        assert len(server.log) == before


def test_nobody_waits_for_an_hour_because_the_endpoint_says_so(store: Store) -> None:
    with (
        ModelServer(lambda request: Reply(fault=faults.rate_limited(3600))) as server,
        asking(store, server) as asker,
        pytest.raises(ModelUnavailable, match="asks to wait 3600 s"),
    ):
        asker.ask(call())


def test_retry_after_holds_back_every_call(store: Store) -> None:
    refused = threading.Event()

    def reply(request: Request) -> Reply:
        first = request.attempt == 1 and "first" in request.prompt
        if first:
            refused.set()
        return Reply("fine", fault=faults.rate_limited(3) if first else None)

    def second() -> None:
        refused.wait(60)
        time.sleep(1)  # until the refusal has been read
        asker.ask(call("second"))

    with ModelServer(reply) as server, asking(store, server) as asker:
        other = threading.Thread(target=second)
        other.start()
        asker.ask(call("first"))
        other.join()
        times = [entry.time for entry in server.log]
        assert len(times) == 3
        assert min(times[1:]) - times[0] > 2.9


def test_with_a_fifth_of_faults_every_reply_comes_once(store: Store) -> None:
    script: Script = Faults(0.2, seed=1).over(echo)
    with ModelServer(script) as server, asking(store, server, seconds=1.5) as asker:
        asked = [call(f"call {n}") for n in range(200)]
        found = asker.ask_all(asked)
        assert all(isinstance(answer, Kept) for answer in found.values())
        totals = server.totals()
        assert totals.charged == 200
        assert cost(store) == totals.cost
        spent = store.spent()
        assert (spent.prompt_tokens, spent.reply_tokens) == (
            totals.prompt_tokens,
            totals.completion_tokens,
        )


# --- money ----------------------------------------------------------------------------------------


def test_the_budget_is_never_exceeded_however_many_ask_at_once(store: Store) -> None:
    budget = 0.000_6
    with ModelServer(echo) as server, asking(store, server, budget=budget) as asker:
        with pytest.raises(ModelUnavailable, match="raise --budget"):
            asker.ask_all([call(f"call {n}") for n in range(50)])
        assert 0 < float(server.totals().cost) <= budget
    with ModelServer(echo) as server, asking(store, server, budget=budget) as asker:
        with pytest.raises(ModelUnavailable):
            asker.ask_all([call(f"more {n}", most_tokens=1000) for n in range(5)])
        assert server.log == []


def test_a_reply_that_was_cut_off_counts_for_the_budget_until_it_comes(store: Store) -> None:
    script: Script = lambda request: Reply("x", fault=faults.hang())  # noqa: E731
    with ModelServer(script) as server, asking(store, server, seconds=0.3) as asker:
        asker.attempts = 1
        found = asker.ask(call())
        assert isinstance(found, Unanswered)
        assert not found.final
    waiting = store.spent().open
    assert list(waiting) == [call().key]
    with (
        ModelServer(echo) as server,
        asking(store, server, budget=sum(waiting.values()) / DOLLAR) as asker,
    ):
        with pytest.raises(ModelUnavailable):
            asker.ask(call("other"))
        assert isinstance(asker.ask(call()), Kept)
    assert store.spent().open == {}


def test_prices_count_cached_tokens_and_batches() -> None:
    price = Price(Decimal(2), Decimal(8), Decimal("0.5"))
    assert price.cost(1000, 100) == 2_800_000
    assert price.cost(1000, 100, cached=400) == 2_200_000
    assert price.cost(1000, 100, batch=True) == 1_400_000


# --- the pieces -----------------------------------------------------------------------------------


def test_equal_questions_have_equal_keys_whatever_the_endpoint() -> None:
    assert call().key == call().key
    assert len({call().key, call(sample=1).key, call("x").key, call(most_tokens=9).key}) == 4


def test_a_model_needs_a_provider() -> None:
    with pytest.raises(UsageError, match="PROVIDER:NAME"):
        open_endpoint("gpt", Access("http://127.0.0.1:9", "", 1.0, 1))


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"retry-after": "7"}, 7.0),
        ({"retry-after": "0.5"}, 0.5),
        ({"retry-after-ms": "250"}, 0.25),
        ({"retry-after": "Thu, 01 Jan 1970 00:01:40 GMT"}, 40.0),
        ({"retry-after": "soon"}, None),
    ],
)
def test_retry_after_is_read_in_all_its_forms(
    headers: dict[str, str], seconds: float | None
) -> None:
    assert retry_after(headers, 60.0) == seconds


def test_the_gate_grows_with_answers_and_shrinks_once_for_a_round_of_delays() -> None:
    now = [0.0]
    gate = Gate(100, 60.0, clock=lambda: now[0], limit=32.0)
    for _ in range(32):
        gate.answered()
    assert gate.limit == 64
    begun = now[0]
    now[0] = 1.0
    for _ in range(20):
        gate.delayed(begun, "429")
    assert gate.limit == pytest.approx(64 * 2 / 3)
    before = gate.limit
    for _ in range(43):
        gate.answered()
    assert gate.limit == pytest.approx(before + 1, abs=0.05)


def test_the_gate_is_never_closed_to_the_last_call() -> None:
    now = [0.0]
    gate = Gate(4, 1e9, clock=lambda: now[0])
    gate.answered()
    for _ in range(50):
        now[0] += 1
        gate.delayed(now[0], "429")
    assert gate.limit == 1
    with gate.turn():
        assert gate.under_way == 1


def test_an_endpoint_that_never_answered_is_given_up_sooner() -> None:
    now = [0.0]
    gates = [Gate(4, 120.0, clock=lambda: now[0]) for _ in range(2)]
    gates[1].answered()
    for _ in range(6):
        now[0] += 10
        for gate in gates:
            gate.delayed(now[0], "no connection")
    with pytest.raises(ModelUnavailable, match="does not answer"), gates[0].turn():
        pass
    with gates[1].turn():
        pass


def test_no_more_calls_are_under_way_than_the_gate_allows(store: Store) -> None:
    lock, at_once, most = threading.Lock(), [0], [0]
    gate = Gate(5, 60.0)

    def one() -> None:
        with gate.turn():
            with lock:
                at_once[0] += 1
                most[0] = max(most[0], at_once[0])
            time.sleep(0.005)
            with lock:
                at_once[0] -= 1
        gate.answered()

    threads = [threading.Thread(target=one) for _ in range(60)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most[0] == 5


def test_many_writers_share_few_transactions(store: Store) -> None:
    journal, began = Journal(store), [0]
    writing = store.writing

    def counted() -> object:
        began[0] += 1
        return writing()

    store.writing = counted  # type: ignore[assignment, method-assign]  # counts transactions
    barrier = threading.Barrier(40)

    def one(number: int) -> None:
        barrier.wait()
        journal.write(lambda: store.put_generated([f"u{number}"], "k"))

    threads = [threading.Thread(target=one, args=(number,)) for number in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with store.reading() as connection:
        import sqlalchemy as sa

        assert connection.scalar(sa.text("SELECT count(*) FROM generated")) == 40


def test_what_one_writer_raises_reaches_all_of_its_group_and_nobody_hangs(store: Store) -> None:
    journal = Journal(store)

    def bad() -> None:
        raise Delayed("no")

    with pytest.raises(Delayed):
        journal.write(bad)
    assert journal.write(lambda: 3) == 3


def test_closing_waits_for_what_is_under_way_and_asks_nothing_more(store: Store) -> None:
    slow: Script = lambda request: Reply("x", after=0.5)  # noqa: E731
    with ModelServer(slow) as server:
        with asking(store, server, calls=2) as asker:
            threads = [threading.Thread(target=quietly, args=(asker, n)) for n in range(6)]
            for thread in threads:
                thread.start()
            time.sleep(0.25)
        for thread in threads:
            thread.join(5)
        assert server.totals().charged == 2
        assert cost(store) == server.totals().cost


def quietly(asker: Asker, number: int) -> None:
    try:
        asker.ask_all([call(f"call {number}")])
    except (ModelUnavailable, RuntimeError):
        return
