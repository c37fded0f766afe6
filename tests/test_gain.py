"""Proof of gain: the measure says better, worse and no difference where that is so."""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Sequence
from dataclasses import replace
from itertools import product
from math import isclose
from pathlib import Path

import pytest

from codeaug.cli.verbs import codeaug
from codeaug.dataset import recipe_of
from codeaug.dataset.corpus import corpus as planned
from codeaug.errors import CodeaugError, MissingTool
from codeaug.gain import ARMS, Gain, Margin, approach_of, gain
from codeaug.gain.approach import MOST, Approach, Encoded
from codeaug.gain.corpus import HUMAN, REPEATS, SHARE, VARIANTS, drawn
from codeaug.gain.measuring import LOSS, METRICS, SIMILARITY
from codeaug.gain.ngram import Counted, Ngrams
from codeaug.gain.statistics import mean
from codeaug.gain.symbols import END, Symbols, tokens_of
from codeaug.model import Corpus, Evidence, Finding, Origin, Rung, Text, Variant, Verdict
from codeaug.settings import Settings
from codeaug.store import Store

NOUNS = ("item", "price", "order", "total", "count", "name", "user", "stock", "rate", "line")
VERBS = ("add", "drop", "find", "load", "save", "send", "read", "mark")


def python(number: int, style: str) -> Text:
    """A function of a family of its own: a loop, or the same as a comprehension."""
    lot = random.Random(number)
    noun, other, verb = lot.choice(NOUNS), lot.choice(NOUNS), lot.choice(VERBS)
    head = f"def {verb}_{noun}(self, {noun}s, {other}):\n"
    bodies = {
        "loop": f"    found = []\n    for {noun} in {noun}s:\n        if {noun} > {other}:\n"
        f"            found.append({noun}.{verb}({other}))\n    return found\n",
        "comprehension": f"    return [{noun}.{verb}({other}) for {noun} in {noun}s "
        f"if {noun} > {other}]\n",
        "noise": "".join(
            f"    {''.join(lot.choices('qxzjkvw', k=9))} = {lot.random()}\n" for _ in range(6)
        ),
    }
    return Text(f"unit{number}", "python", head + bodies[style])


def corpus(variants: str, held_out: str, copies: int = 1) -> Corpus:
    """Functions that are written as loops, variants in a style, and others in a style."""
    train = tuple(python(n, "loop") for n in range(60))
    made = tuple(python(n, variants) for n in range(60)) * copies
    return Corpus(train, made, tuple(python(n, held_out) for n in range(1000, 1040)))


def measured(made: Corpus, seeds: int = 3) -> Gain:
    return gain(made, approach_of("", 4, made), seeds)


def margin(found: Gain, than: str) -> Margin:
    return next(one for one in found.margins if (one.arm, one.than) == (VARIANTS, than))


# --- what it says ---------------------------------------------------------------------------------


def test_variants_like_the_code_that_is_held_out_make_the_model_better() -> None:
    found = measured(corpus("comprehension", "comprehension", copies=2))
    assert margin(found, HUMAN).word(LOSS) == "better"
    assert margin(found, REPEATS).word(LOSS) == "better"
    assert margin(found, HUMAN).word(SIMILARITY) == "better"
    assert not found.loses


def test_variants_that_are_noise_make_the_model_worse() -> None:
    found = measured(corpus("noise", "loop"))
    assert margin(found, HUMAN).word(LOSS) == "worse"
    assert margin(found, REPEATS).word(LOSS) == "worse"
    assert found.loses


def test_variants_that_repeat_the_human_code_are_no_better_than_repeats_of_it() -> None:
    found = measured(corpus("loop", "loop"))
    assert found.tokens[VARIANTS] == found.tokens[REPEATS]
    assert {margin(found, REPEATS).word(metric) for metric in METRICS} == {"no difference seen"}
    assert not found.loses


def test_too_little_data_gives_a_sentence_and_no_number() -> None:
    made = corpus("comprehension", "comprehension")
    found = measured(replace(made, held_out=made.held_out[:19]))
    assert "19 human functions are held out, 20 are needed" in found.problem
    assert not found.arms
    assert not found.margins
    assert not found.loses


def test_a_text_that_cannot_be_read_is_left_out_and_counted() -> None:
    made = corpus("comprehension", "loop")
    deep = Text("deep", "python", "def f():\n    return " + "(" * 2000 + ")" * 2000 + "\n")
    found = measured(replace(made, train=(*made.train, deep)), seeds=2)
    assert (found.counts["unread"], found.counts["train"]) == (1, len(made.train))


@pytest.mark.parametrize(
    ("gone", "model", "extra"),
    [("scipy", "", "gain"), ("torch", "transformer", "gain-transformer")],
)
def test_what_is_not_installed_is_named_with_its_extra(
    gone: str, model: str, extra: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in sys.modules if name.startswith("codeaug.gain.")]:
        monkeypatch.delitem(sys.modules, name)
    for name in [gone, *(name for name in sys.modules if name.startswith(f"{gone}."))]:
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(
        MissingTool, match=rf"{gone}.* is not installed: pip install 'codeaug\[{extra}\]'"
    ):
        approach_of(model, 5, corpus("loop", "loop"))


# --- the arms -------------------------------------------------------------------------------------


def encoded(approach: Approach, texts: Sequence[Text]) -> list[tuple[Text, Encoded]]:
    return [(text, approach.encoded(text)) for text in texts]


def test_arms_are_paired_and_the_control_has_as_many_tokens_as_the_variants() -> None:
    made = corpus("noise", "loop")
    approach = Ngrams(made.train)
    train, variants = encoded(approach, made.train), encoded(approach, made.variants)
    lot = drawn(train, variants, seed=1)
    human, mixed, again = (lot.arms[name] for name in ARMS)
    assert len(human) == round(SHARE * len(train))
    assert len(human) + len(lot.tuning) == len(train)
    assert not set(map(id, human)) & set(map(id, lot.tuning))
    assert set(map(id, human)) <= set(map(id, mixed)) & set(map(id, again))
    units = {text.unit for text, one in train if any(one is chosen for chosen in human)}
    added = {text.unit for text, one in variants if any(one is chosen for chosen in mixed)}
    assert added == units
    assert set(map(id, again)) == set(map(id, human)), "the control holds human code only"
    longest = max(one.tokens for _, one in train)
    tokens = {name: sum(one.tokens for one in arm) for name, arm in lot.arms.items()}
    assert abs(tokens[VARIANTS] - tokens[REPEATS]) <= longest / 2


def test_seeds_draw_differently_and_each_draws_the_same_again() -> None:
    made = corpus("comprehension", "loop")
    approach = Ngrams(made.train)
    train, variants = encoded(approach, made.train), encoded(approach, made.variants)
    lots = [drawn(train, variants, seed) for seed in (1, 2, 1)]
    assert lots[0] == lots[2]
    assert lots[0] != lots[1]
    assert measured(made).document() == measured(made).document()


def test_a_variant_of_no_function_that_is_trained_on_is_left_out() -> None:
    made = corpus("comprehension", "loop")
    stray = tuple(replace(text, unit=f"held{n}") for n, text in enumerate(made.variants))
    found = measured(replace(made, variants=(*made.variants, *stray)))
    assert found.counts["variants"] == len(made.variants)


def test_how_many_variants_have_names_of_held_out_functions_is_told() -> None:
    made = corpus("comprehension", "loop")
    counts = measured(replace(made, leaked=3), seeds=2).counts
    assert (counts["leaked"], counts["variants"]) == (3, len(made.variants))


# --- texts as numbers -----------------------------------------------------------------------------

ODD = 'def f(naïve, quux9):\n    """Doc."""\n    # said\n    return naïve["größe 😀"] + quux9\n'


@pytest.mark.parametrize(
    ("language", "code"),
    [
        ("python", ODD),
        ("java", 'int f(int a) {\n  // said\n  return a + "é\\n".length();\n}'),
        ("cpp", "template <class T> T f(T a) { return a->b::c(a << 1); }"),
    ],
)
def test_every_text_is_spelt_without_loss_whatever_the_vocabulary(language: str, code: str) -> None:
    text = Text("u", language, code)
    said = " ".join(t for t in tokens_of(text) if t not in ("<newline>", "<indent>", "<dedent>"))
    for known in ((), (tokens_of(text),), (tokens_of(text),) * 2):
        symbols = Symbols(known)
        numbers = symbols.encoded(text).numbers
        assert numbers[-1] == END
        assert max(numbers) < len(symbols)
        assert symbols.told(numbers) == said
    assert "Doc" not in said


def test_both_arms_are_measured_over_the_same_vocabulary_that_adds_up_to_one() -> None:
    made = corpus("noise", "loop")
    approach = Ngrams(made.train, 3)
    size = len(Symbols.of(made.train))
    lot = drawn(encoded(approach, made.train), encoded(approach, made.variants), 0)
    for arm in lot.arms.values():
        model = approach.trained([one.numbers for one in arm], [o.numbers for o in lot.tuning], 0)
        for before in ((), (5,), arm[0].numbers[:4], arm[0].numbers[3:9]):
            shares = [model.probability(n, before) for n in range(size)]
            assert min(shares) > 0
            assert isclose(sum(shares), 1.0, abs_tol=1e-9)


def test_questions_are_lines_after_the_first_with_all_before_them_known() -> None:
    text = python(3, "loop")
    symbols = Symbols([tokens_of(text)] * 2)
    (*questions,) = symbols.encoded(text).questions
    *lines, last = text.code.splitlines()[1:]
    assert last == "    return found", "too short to be asked for"
    assert [q.wanted.replace(" ", "") for q in questions] == [
        "".join(line.split()) for line in lines
    ]
    for question in questions:
        before = symbols.told(question.prefix).replace(" ", "")
        assert text.code.replace(" ", "").replace("\n", "").startswith(before)


# --- the n-gram model -----------------------------------------------------------------------------


def test_a_completion_is_the_likeliest_symbol_of_all_at_each_step() -> None:
    made = corpus("comprehension", "loop")
    approach = Ngrams(made.train, 3)
    numbers = [approach.encoded(text).numbers for text in made.train[:20]]
    size = len(Symbols.of(made.train))
    model = Counted(numbers, 3, size)
    for question in (q for text in made.held_out[:5] for q in approach.encoded(text).questions):
        before = list(question.prefix)
        (said,) = model.complete([question])
        assert 0 < len(said) <= MOST
        for n in said:
            allowed = set(range(size)) - {END} - question.banned(before[len(question.prefix) :])
            best = max(model.probability(other, before) for other in allowed)
            assert isclose(model.probability(n, before), best)
            before.append(n)


def test_a_text_that_was_trained_on_is_completed_as_it_was_written() -> None:
    text = python(1, "loop")
    approach = Ngrams([text, text], 9)
    model = approach.trained([approach.encoded(text).numbers], [], 0)
    questions = approach.encoded(text).questions
    said = model.complete(questions)
    assert [approach.told(one) for one in said] == [question.wanted for question in questions]


def test_smoothing_is_tuned_so_that_repeated_counts_are_not_trusted_too_much() -> None:
    made = corpus("loop", "loop")
    approach = Ngrams(made.train, 4)
    texts = [approach.encoded(text).numbers for text in made.train[:40]]
    tuning = [approach.encoded(text).numbers for text in made.train[40:]]
    held_out = [approach.encoded(text).numbers for text in made.held_out]
    tuned = approach.trained(texts * 4, tuning, 0)
    raw = Counted(texts * 4, 4, len(Symbols.of(made.train)))
    assert sum(map(tuned.nats, held_out)) < sum(map(raw.nats, held_out))


# --- intervals ------------------------------------------------------------------------------------


def test_intervals_cover_the_truth_about_as_often_as_they_say() -> None:
    numpy = pytest.importorskip("numpy")
    lot, truth, hits, runs = numpy.random.default_rng(7), 0.3, 0, 100
    for _ in range(runs):
        functions, seeds = lot.normal(0, 1, 40), lot.normal(0, 0.2, 6)
        noise = lot.normal(0, 0.3, (6, 40))
        weights = lot.integers(5, 60, 40)
        found = mean((truth + functions + seeds[:, None] + noise) * weights, weights)
        assert found.low <= found.value <= found.high
        hits += found.low <= truth <= found.high
    assert 0.85 <= hits / runs <= 1.0


def test_an_interval_narrows_with_more_functions_and_a_constant_has_none() -> None:
    lot = random.Random(1)
    rows = [[lot.gauss(1, 1) for _ in range(400)] for _ in range(4)]
    few = mean([row[:25] for row in rows], [1] * 25)
    many = mean(rows, [1] * 400)
    assert many.high - many.low < few.high - few.low
    same = mean([[0.0] * 30] * 3, [2] * 30)
    assert (same.value, same.low, same.high) == (0.0, 0.0, 0.0)


@pytest.mark.parametrize(("metric", "sign"), list(product(METRICS, (-1, 1))))
def test_less_loss_is_better_and_more_of_the_others(metric: str, sign: int) -> None:
    found = mean([[sign * 0.5] * 30] * 2, [1] * 30)
    better = (sign < 0) == (metric == LOSS)
    assert Margin("a", "b", {metric: found}).word(metric) == ("better" if better else "worse")


# --- from a store, by the command line ------------------------------------------------------------


def unlike(code: str, file: int, number: int) -> str:
    """The function with lines that no other has, or all would be near-duplicates."""
    lines = "".join(f"    call_{file}_{number}_{n}(found, {n})\n" for n in range(8))
    return code.replace("    return found", f"{lines}    return found")


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A scanned repository of eight files, each function with an accepted variant; two of the files
    have a function in common."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    root = tmp_path / "shop"
    root.mkdir()
    for file in range(8):
        functions = [unlike(python(file * 100 + n, "loop").code, file, n) for n in range(20)]
        own = [code.replace("(", f"_in{file}_{n}(", 1) for n, code in enumerate(functions)]
        common = ["def common(a, b):\n    return a.price(b)\n"] if file < 2 else []
        (root / f"shop{file}.py").write_text("\n\n".join([*common, *own]))
    assert run("scan", str(root)) == 0
    with Store.open(f"sqlite:///{root / '.codeaug' / 'codeaug.db'}") as store:
        for unit in list(store.units(store.material.current()[0].repository.commit)):
            variant = Variant(unit.id, unit.code.replace("found", "kept"), Origin("rules"))
            store.put_variants([variant])
            commit = store.material.current()[0].repository.commit
            finding = Finding("compared", Verdict.PASSED, "", 0.1, "")
            store.put_evidence(Evidence(variant.id, commit, (finding,), frozenset({Rung.COMPARED})))
    return root


def run(*arguments: str) -> int:
    """The verb's exit code."""
    try:
        codeaug.main(list(arguments), standalone_mode=False)
    except CodeaugError as error:
        return error.exit_code
    return 0


def test_whole_files_are_held_out_and_variants_are_of_what_is_trained_on(shop: Path) -> None:
    with Store.open(f"sqlite:///{shop / '.codeaug' / 'codeaug.db'}") as store:
        made = planned(store, recipe_of(Settings(), "prompt-completion", "compared"))
        unaccepted = planned(store, recipe_of(Settings(), "prompt-completion"))
    units = {text.unit for text in made.train}
    assert {text.unit for text in made.variants} <= units
    assert made.variants
    assert not units & {text.unit for text in made.held_out}
    said = {tokens_of(text) for text in (*made.train, *made.variants)}
    assert len(made.held_out) in (20, 21, 40, 41, 42), "whole files, a fifth of all at most"
    files = [{text.code.split("_in")[1][0] for text in part if "_in" in text.code}
             for part in (made.train, made.held_out)]  # fmt: skip
    assert not files[0] & files[1]
    assert not said & {tokens_of(text) for text in made.held_out}
    assert not unaccepted.variants


def test_the_verb_tells_the_figures_and_the_gate_is_about_the_interval(
    shop: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    capsys.readouterr()
    ask = ("gain", str(shop), "--seeds", "2", "--accept-rung", "compared", "--fail-on", "loss")
    code = run(*ask, "--json")
    document = json.loads(capsys.readouterr().out)
    assert [arm["arm"] for arm in document["arms"]] == list(ARMS)
    assert document["seeds"] == 2
    against_human = document["margins"][0]
    assert (against_human["arm"], against_human["than"]) == (VARIANTS, HUMAN)
    assert code == (against_human["words"]["loss"] == "worse")
    bits, nats = against_human["loss_bits"]["value"], against_human["loss_nats"]["value"]
    assert isclose(nats, bits * 0.693147, abs_tol=1e-5)
    monkeypatch.setattr(Gain, "loses", True)
    assert run(*ask) == 1
    assert run(*ask[:-2]) == 0
    shown = capsys.readouterr().err
    assert all(arm in shown for arm in ARMS)
    assert f"{VARIANTS} against {HUMAN}: loss {against_human['words']['loss']}" in shown


def test_the_verb_says_when_no_variant_is_accepted(
    shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("gain", str(shop)) == 0
    assert "0 variants of these are accepted, 10 are needed" in capsys.readouterr().err


# --- transformers ---------------------------------------------------------------------------------


def one_thread() -> None:
    """Of torch: two that wait for each other on a busy machine take minutes for seconds."""
    pytest.importorskip("transformers")
    pytest.importorskip("torch").set_num_threads(1)


@pytest.mark.slow
def test_a_small_transformer_learns_from_variants_like_the_code_that_is_held_out() -> None:
    one_thread()
    from codeaug.gain.transformer import Scratch

    made = corpus("comprehension", "comprehension")
    found = gain(made, Scratch(made.train, passes=3), seeds=2)
    assert margin(found, HUMAN).word(LOSS) == "better"


@pytest.mark.slow
def test_a_model_that_the_user_names_is_loaded_trained_and_asked(tmp_path: Path) -> None:
    one_thread()
    transformers = pytest.importorskip("transformers")
    tokenizers = pytest.importorskip("tokenizers")
    made = corpus("comprehension", "comprehension")
    bpe = tokenizers.ByteLevelBPETokenizer()
    bpe.train_from_iterator(
        [text.code for text in made.train], vocab_size=400, special_tokens=["<end>"]
    )
    transformers.PreTrainedTokenizerFast(
        tokenizer_object=bpe._tokenizer, eos_token="<end>"
    ).save_pretrained(tmp_path)
    config = transformers.GPT2Config(
        vocab_size=len(bpe.get_vocab()), n_positions=256, n_embd=32, n_layer=1, n_head=2,
        bos_token_id=0, eos_token_id=0,
    )  # fmt: skip
    transformers.GPT2LMHeadModel(config).save_pretrained(tmp_path)
    approach = approach_of(str(tmp_path), 5, made)
    one = approach.encoded(made.held_out[0])
    assert approach.told(one.numbers) == made.held_out[0].code.splitlines()[0]
    numbers = [approach.encoded(text).numbers for text in made.train]
    first = approach.trained(numbers[:40], numbers[40:], 0)
    again = approach.trained(numbers[:40], numbers[40:], 0)
    untrained = approach.trained([], numbers[40:], 0)
    assert first.nats(one.numbers) < untrained.nats(one.numbers)
    assert isclose(first.nats(one.numbers), again.nats(one.numbers), rel_tol=1e-5)
    questions = [q for text in made.held_out[:5] for q in approach.encoded(text).questions]
    together = [approach.told(said) for said in first.complete(questions)]
    assert len(together) == len(questions)
    assert together == [approach.told(first.complete([question])[0]) for question in questions]
    assert all("\n" not in said for said in together)
