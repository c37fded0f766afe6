"""Training stacks load what was written for them, by their own code, whole and as it was meant."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from codeaug.formats import formats, of_name
from codeaug.formats.fim import FAMILIES
from codeaug.formats.loading import LOADERS, Loaded, consumers
from codeaug.store import Store
from codeaug.tasks import Content, Infilling, Pair
from tests.datasets import exported
from tests.exporting import CODES, QWEN, all_contents, contents, write
from tests.seeded import seed

pytestmark = pytest.mark.slow

BY_NAME = {loader.name: loader for loader in LOADERS}
LIGHT = ("datasets", "webdataset")
"""What the extra `dev` brings; the others need torch, and `make test-consumers`."""


def case(name: str, stack: str) -> Any:
    return pytest.param(name, stack, marks=[] if stack in LIGHT else pytest.mark.consumers)


CASES = [(name, one.name) for name, f in sorted(formats().items()) for one in consumers(f)]


def loader(name: str) -> Any:
    found = BY_NAME[name]
    assert found.installed(), f"{name} is not installed: make test-consumers"
    return found


def splits(name: str) -> dict[str, list[Content]]:
    its = all_contents(of_name(name))
    return {"train": its, "validation": its[:3], "test": its[3:5]}


@pytest.mark.parametrize(("name", "stack"), [case(*one) for one in CASES])
def test_a_stack_keeps_every_row_and_learns_just_the_answers(
    name: str, stack: str, tmp_path: Path
) -> None:
    manifest = write(of_name(name), tmp_path, splits(name))
    found = loader(stack).load(tmp_path, manifest)
    its = splits(name)
    wanted = sum(len(rows) for rows in its.values())
    if stack == "llamafactory":  # its configuration names no test split
        wanted -= len(its["test"])
    assert found == Loaded(wanted, wanted, 0, 0, found.detail), found


@pytest.mark.parametrize(
    ("name", "stack"),
    [
        case("openai-chat", "datasets"),
        case("hf-parquet", "datasets"),
        case("trl-prompt-completion", "trl"),
        case("axolotl-segments", "axolotl"),
        case("llama-factory", "llamafactory"),
        case("webdataset", "webdataset"),
    ],
)
def test_a_stack_keeps_every_row_of_an_export(name: str, stack: str, tmp_path: Path) -> None:
    with Store.open(str(tmp_path / "store.db")) as store:
        seed(store)
        tasks = ("rewrite", "completion", "infilling")
        family = {"dataset_fim_family": "qwen-coder"}
        manifest = exported(store, tmp_path / "out", name, "tested", tasks=tasks, **family)
    found = loader(stack).load(tmp_path / "out", manifest)
    assert found.whole, found
    assert found.rows_kept == sum(manifest["counts"]["rows"].values()) > 10


@pytest.mark.parametrize(
    ("name", "stack"),
    [
        case("openai-chat", "datasets"),
        case("trl-kto", "trl"),
        case("axolotl-segments", "axolotl"),
        case("llama-factory", "llamafactory"),
    ],
)
def test_a_row_too_many_is_found_by_the_stack(name: str, stack: str, tmp_path: Path) -> None:
    format = of_name(name)
    manifest = write(format, tmp_path, splits(name))
    path = tmp_path / manifest["files"][0]["name"]
    path.write_bytes(path.read_bytes() + path.read_bytes().split(b"\n")[0] + b"\n")
    found = loader(stack).load(tmp_path, manifest)
    assert not found.whole


@pytest.fixture(scope="module")
def tokenizer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Single bytes and ChatML, as a folder that stacks load by themselves."""
    from codeaug.formats.consumers import tokens

    folder = tmp_path_factory.mktemp("tokenizer")
    tokens.toy(QWEN.tokens).save_pretrained(folder)
    return folder


@pytest.mark.parametrize(
    ("name", "stack"),
    [
        case(*one)
        for one in CASES
        if one[1] not in LIGHT and one[0] not in ("prompt-completion", "hf-parquet")
    ],
)
def test_rows_longer_than_the_configuration_says_are_counted(
    name: str, stack: str, tmp_path: Path, tokenizer: Path
) -> None:
    format = of_name(name)
    its = {"train": all_contents(format)}
    longer = sum(len(repr(content)) > 9_000 for content in its["train"])
    for longest, cut in ((100_000, 0), (9_000, longer)):
        folder = tmp_path / str(longest)
        manifest = write(format, folder, its, longest=longest, tokenizer="some/model")
        found = loader(stack).load(folder, manifest, str(tokenizer))
        assert found.truncated == cut, found
        assert (found.rows_kept == found.rows_in) or cut


def test_a_stack_that_fails_says_so_in_one_line(tmp_path: Path) -> None:
    manifest = write(of_name("openai-chat"), tmp_path, {"train": contents(Pair)})
    (tmp_path / "train.jsonl").write_bytes(b"{")
    found = loader("datasets").load(tmp_path, manifest)
    assert found.rows_kept == 0
    assert "datasets could not load it" in found.detail
    assert "\n" not in found.detail


TRIMMING = (
    "{% for m in messages %}{{ '<|im_start|>' + m['role'] + '\n' + m['content'] | trim"
    " + '<|im_end|>\n' }}{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}"
)


@pytest.mark.parametrize(
    ("name", "stack"),
    [
        case("trl-conversational", "trl"),
        case("axolotl-chat", "axolotl"),
        case("axolotl-dpo", "axolotl"),
    ],
)
def test_a_template_that_trims_code_is_found(
    name: str, stack: str, tmp_path: Path, tokenizer: Path
) -> None:
    from transformers import AutoTokenizer

    trimming = AutoTokenizer.from_pretrained(tokenizer)
    trimming.chat_template = TRIMMING
    trimming.save_pretrained(tmp_path / "tokenizer")
    format = of_name(name)
    its = {"train": all_contents(format)}
    manifest = write(format, tmp_path / "data", its, tokenizer="some/model")
    found = loader(stack).load(tmp_path / "data", manifest, str(tmp_path / "tokenizer"))
    assert found.rows_kept == found.rows_in
    assert found.mismatched > 0
    assert "became" in found.detail


# --- TRL ------------------------------------------------------------------------------------------


def trl_rows(script: str, folder: Path, tokenizer: Path, monkeypatch: Any) -> list[dict[str, Any]]:
    """What the trainer of the dataset's own script would train on: a model of one layer."""
    import torch
    from transformers import AutoTokenizer, LlamaConfig, LlamaForCausalLM

    size = {"hidden_size": 8, "intermediate_size": 8, "num_hidden_layers": 1}
    heads = {"num_attention_heads": 1, "num_key_value_heads": 1}
    loaded = AutoTokenizer.from_pretrained(tokenizer)
    torch.manual_seed(0)
    model = LlamaForCausalLM(LlamaConfig(vocab_size=len(loaded), **size, **heads))
    model.save_pretrained(folder / "model")
    loaded.save_pretrained(folder / "model")
    monkeypatch.chdir(folder)
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setenv("HF_DATASETS_CACHE", str(folder / "cache"))
    told: dict[str, Any] = {"__name__": "script"}
    exec((folder / "training" / script).read_text(), told)
    made = told["trainer"](str(folder / "model"), "out", use_cpu=True, report_to=[], bf16=False)
    return list(made.train_dataset)


@pytest.mark.consumers
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", ["trl-prompt-completion", "trl-conversational", "hf-parquet"])
def test_the_script_for_trl_trains_on_every_row_and_on_the_answer_only(
    name: str, tmp_path: Path, tokenizer: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from codeaug.formats.consumers import decoded, ending, texts, tokens

    format = of_name(name)
    its = splits(name)
    write(format, tmp_path, its, longest=100_000, tokenizer="some/model")
    found = trl_rows("sft.py", tmp_path, tokenizer, monkeypatch)
    assert len(found) == len(its["train"])
    loaded = tokens.of(str(tokenizer))
    for content, row in zip(its["train"], found, strict=True):
        prompt, (answer,) = texts(format.read(format.row(content, QWEN)))
        learnt = [label for label in row["labels"] if label != -100]
        assert ending(loaded)(decoded(loaded, learnt), answer)
        assert prompt in decoded(loaded, row["input_ids"])


@pytest.mark.consumers
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(("name", "script"), [("trl-dpo", "dpo.py"), ("trl-kto", "kto.py")])
def test_the_scripts_for_preferences_keep_every_row(
    name: str, script: str, tmp_path: Path, tokenizer: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    its = splits(name)
    write(of_name(name), tmp_path, its, longest=100_000, tokenizer="some/model")
    assert len(trl_rows(script, tmp_path, tokenizer, monkeypatch)) == len(its["train"])


# --- WebDataset -----------------------------------------------------------------------------------


@pytest.mark.filterwarnings("ignore")  # its reader leaves files open
def test_the_script_for_webdataset_gives_every_row_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    format = of_name("webdataset")
    write(format, tmp_path, splits("webdataset"))
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(tmp_path / "training")
    rows = [row for (row,) in import_module("webdataset_rows").rows("train")]
    assert rows == [format.row(content, QWEN) for content in splits("webdataset")["train"]]


# --- FIM ------------------------------------------------------------------------------------------


@pytest.mark.consumers
@pytest.mark.parametrize("code", [code for code in CODES if "\x01" not in code])
def test_codestral_gaps_are_those_of_mistral_common(code: str) -> None:
    """The tokens of our text, with its sentinels as ids, are those of a FIMRequest."""
    from mistral_common.tokens.tokenizers.base import SpecialTokenPolicy
    from mistral_common.tokens.tokenizers.mistral import MistralTokenizer

    mistral = MistralTokenizer.v3()
    third = max(1, len(code) // 3)
    gap = Infilling("python", code[:third], code[third : 2 * third], code[2 * third :])
    request = import_module("mistral_common.protocol.fim.request").FIMRequest
    made = mistral.encode_fim(request(prompt=gap.prefix, suffix=gap.suffix))
    inner = mistral.instruct_tokenizer.tokenizer
    family = FAMILIES["codestral"]
    text = family.prompt(gap)
    assert text == f"[SUFFIX]{gap.suffix}[PREFIX]{gap.prefix}"
    ids = {sentinel: inner.get_special_token(sentinel) for sentinel in family.tokens}
    assert made.tokens[1] == ids["[SUFFIX]"]
    at = made.tokens.index(ids["[PREFIX]"])
    # Behind a sentinel SentencePiece still puts a space before a text, and takes it off again when
    # it decodes one; of a suffix mistral_common itself has taken it off already.
    face = inner.encode("\u263a", bos=False, eos=False)
    shown = [
        inner.decode(part, special_token_policy=SpecialTokenPolicy.IGNORE)
        for part in (face + made.tokens[2:at], made.tokens[at + 1 :])
    ]
    assert shown == ["\u263a" + gap.suffix, gap.prefix]
    assert inner.eos_id == ids["</s>"]


@pytest.mark.parametrize("code", CODES)
def test_codellama_gaps_have_the_spaces_of_its_reference(code: str) -> None:
    """Meta's llama/generation.py: a space before the prefix, taken off again from the suffix.

    `suffix=` of transformers 5 leaves that of the suffix where it is; 4 did not.
    """
    import transformers

    letters = ["<unk>", "<s>", "</s>", *(f"<0x{byte:02X}>" for byte in range(256)), "\u2581"]
    vocabulary = {letter: number for number, letter in enumerate(letters)}
    tokenizer = transformers.CodeLlamaTokenizer(vocab=vocabulary, merges=[])

    def encoded(text: str) -> list[int]:
        return list(tokenizer.encode(text, add_special_tokens=False))

    third = max(1, len(code) // 3)
    gap = Infilling("python", code[:third], code[third : 2 * third], code[2 * third :])
    reference = [tokenizer.bos_token_id, tokenizer.prefix_id, *encoded(" " + gap.prefix)]
    without_space = encoded("\u263a" + gap.suffix)[len(encoded("\u263a")) :]
    reference += [tokenizer.suffix_id, *without_space, tokenizer.middle_id]
    assert tokenizer(FAMILIES["codellama"].prompt(gap))["input_ids"] == reference


def test_every_family_is_of_single_tokens_in_a_tokenizer_that_knows_them() -> None:
    from codeaug.formats.consumers import tokens

    for family in FAMILIES.values():
        made = tokens.toy(family.tokens)
        for sentinel in family.tokens:
            assert len(made.encode(sentinel, add_special_tokens=False)) == 1
