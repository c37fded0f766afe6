"""Formats: rows that say what they were made of, files that can go on, configurations."""

from __future__ import annotations

import ast
import hashlib
import json
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import parquet

from codeaug.errors import MissingTool, UsageError
from codeaug.formats import Container, Format, Row, formats, of_name
from codeaug.formats.containers import line, open_writer, read_rows
from codeaug.formats.fim import FAMILIES, Sentinels
from codeaug.formats.loading import LOADERS, Loader, consumers
from codeaug.formats.texts import plain, spoken
from codeaug.tasks import Content, Infilling, Pair
from tests.exporting import QWEN, all_contents, contents, write

NONE = Sentinels("", "", "", "")
ALL = sorted(formats())


def seen(format: Format, content: Content, sentinels: Sentinels) -> Content:
    """What a model would see of a content in that format."""
    if not isinstance(content, Pair | Infilling):
        return content
    if not format.needs_sentinels:
        return spoken(content)
    pair = plain(content, sentinels)
    if format.name in ("axolotl-segments", "nemo"):
        pair = Pair(pair.prompt, pair.completion + sentinels.stop)
    return Pair("", pair.prompt + pair.completion) if format.name == "megatron" else pair


@pytest.mark.parametrize("name", ALL)
def test_a_row_gives_back_what_it_was_made_of(name: str) -> None:
    format = of_name(name)
    for content in all_contents(format):
        row = json.loads(line(format.row(content, QWEN)))
        jsonschema.validate(row, format.schema)
        wanted = seen(format, content, QWEN)
        if name == "nemo":
            assert isinstance(wanted, Pair)
            found = format.read(row)
            assert isinstance(found, Pair)
            whole = wanted.prompt + wanted.completion
            assert found.prompt + found.completion in (whole, "\n" + whole)
        else:
            assert format.read(row) == wanted


@pytest.mark.parametrize("name", ALL)
def test_a_schema_refuses_a_row_with_more_or_less_than_it_should_have(name: str) -> None:
    format = of_name(name)
    jsonschema.Draft202012Validator.check_schema(dict(format.schema))
    row = format.row(all_contents(format)[0], QWEN)
    for wrong in ({**row, "id": "1"}, dict(list(row.items())[1:]), {k: None for k in row}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(wrong, format.schema)


def test_a_schema_of_messages_wants_its_roles_in_their_order() -> None:
    format = of_name("openai-chat")
    row = format.row(Pair("a", "b"), NONE)
    jsonschema.validate(row, format.schema)
    for messages in (row["messages"][::-1], row["messages"][:1], row["messages"] * 2):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate({"messages": messages}, format.schema)


@pytest.mark.parametrize("name", ALL)
def test_no_row_has_a_null_or_a_column_that_others_lack(name: str) -> None:
    format = of_name(name)
    rows = [format.row(content, QWEN) for content in all_contents(format)]
    assert len({tuple(row) for row in rows}) == 1
    assert "null" not in json.dumps(rows).replace("nullptr", "")


# --- NeMo -----------------------------------------------------------------------------------------


@given(prompt=st.text(" \na<"), completion=st.text(" \na"))
def test_nemo_strips_nothing_that_matters(prompt: str, completion: str) -> None:
    format = of_name("nemo")
    row = format.row(Infilling("python", prompt, completion, "x "), QWEN)
    kept = row["input"].strip(" ") + row["output"].strip(" ")
    whole = QWEN.pair(Infilling("python", prompt, completion, "x "))
    assert kept.removeprefix("\n") == (whole.prompt + whole.completion + QWEN.stop)
    assert row["output"].strip(" ") == row["output"]


def test_nemo_keeps_the_indentation_of_the_first_line_of_an_answer() -> None:
    row = of_name("nemo").row(Pair("Rewrite:", "    return 1"), NONE)
    assert row == {"input": "Rewrite:\n", "output": "\n    return 1"}


# --- containers -----------------------------------------------------------------------------------

AWKWARD = "\u2028\u2029\x85\x00\x1f\x7f\x80\U0001f600\r\n\x0c\b\t\v\"'\\/</script>é\ufeff\uffff"


@given(st.text())
def test_a_line_is_what_json_dumps_writes(text: str) -> None:
    row = {"prompt": text, "n": [AWKWARD, text, True, None, {"a\n": text}], "i": -1}
    wanted = json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode()
    assert line(row) == wanted
    assert json.loads(wanted) == row


def test_a_lone_surrogate_cannot_be_written() -> None:
    with pytest.raises(TypeError, match="surrogates"):
        line({"prompt": "\ud800"})


COLUMNS = (("a", "string"), ("b", "bool"))
CONTAINERS = list(Container)


def some(count: int) -> Iterator[Row]:
    for number in range(count):
        yield {"a": f"{number}{AWKWARD}", "b": number % 3 == 0}


def written(container: Container, folder: Path, count: int) -> dict[str, bytes]:
    writer = open_writer(container, folder, "train", COLUMNS, shard=7)
    texts = [writer.write(row) for row in some(count)]
    assert texts == [line(row) for row in some(count)]
    return taken(folder, writer.close(), count)


def taken(folder: Path, files: list[tuple[str, int]], count: int) -> dict[str, bytes]:
    """The files' bytes; none but those that `close` told are there."""
    assert sum(rows for _, rows in files) == count
    names = {name for name, _ in files}
    assert names == {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    return {name: (folder / name).read_bytes() for name in names}


@pytest.mark.parametrize("container", CONTAINERS)
def test_rows_come_back_in_their_order_and_equal_rows_make_equal_bytes(
    container: Container, tmp_path: Path
) -> None:
    files = written(container, tmp_path / "one", 30)
    assert written(container, tmp_path / "two", 30) == files
    paths = [tmp_path / "one" / name for name in sorted(files)]
    assert list(read_rows(container, paths)) == list(some(30))


@pytest.mark.parametrize("container", CONTAINERS)
@pytest.mark.parametrize("until", [0, 3, 7, 16, 30])
@pytest.mark.parametrize("beyond", [0, 5, 14])
def test_a_writer_goes_on_after_an_interruption(
    container: Container, until: int, beyond: int, tmp_path: Path
) -> None:
    wanted = written(container, tmp_path / "whole", 30)
    folder = tmp_path / "torn"
    rows = list(some(30))
    torn = open_writer(container, folder, "train", COLUMNS, shard=7)
    for row in rows[:until]:
        torn.write(row)
    state = json.loads(json.dumps(torn.flush()))
    for row in rows[until : until + beyond]:
        torn.write(row)
    torn.flush()
    torn.abandon()
    again = open_writer(container, folder, "train", COLUMNS, shard=7)
    again.resume(state)
    assert state["rows"] <= until
    for row in rows[state["rows"] :]:
        again.write(row)
    assert taken(folder, again.close(), 30) == wanted


@pytest.mark.parametrize("container", CONTAINERS)
def test_what_was_written_after_the_state_is_dropped(container: Container, tmp_path: Path) -> None:
    wanted = written(container, tmp_path / "whole", 16)
    torn = open_writer(container, tmp_path / "torn", "train", COLUMNS, shard=7)
    rows = list(some(60))
    for row in rows[:15]:
        torn.write(row)
    state = torn.flush()
    for row in rows[15:]:
        torn.write(row)
    torn.abandon()
    again = open_writer(container, tmp_path / "torn", "train", COLUMNS, shard=7)
    again.resume(state)
    for row in rows[state["rows"] : 16]:
        again.write(row)
    assert taken(tmp_path / "torn", again.close(), 16) == wanted


@pytest.mark.parametrize("container", CONTAINERS)
def test_a_writer_goes_on_from_files_that_were_closed_already(
    container: Container, tmp_path: Path
) -> None:
    wanted = written(container, tmp_path / "whole", 21)
    writer = open_writer(container, tmp_path / "torn", "train", COLUMNS, shard=7)
    for row in some(21):
        writer.write(row)
    state = writer.flush()
    writer.close()
    again = open_writer(container, tmp_path / "torn", "train", COLUMNS, shard=7)
    again.resume(state)
    assert taken(tmp_path / "torn", again.close(), 21) == wanted


@pytest.mark.parametrize("container", CONTAINERS)
def test_a_split_without_rows_has_no_file(container: Container, tmp_path: Path) -> None:
    assert written(container, tmp_path / "none", 0) == {}


@pytest.mark.parametrize("container", CONTAINERS)
def test_going_on_from_files_that_are_gone_is_refused(container: Container, tmp_path: Path) -> None:
    writer = open_writer(container, tmp_path, "train", COLUMNS, shard=7)
    for row in some(15):
        writer.write(row)
    state = writer.flush()
    writer.abandon()
    for path in tmp_path.rglob("*.*"):
        path.write_bytes(b"") if container is Container.JSONL else path.unlink()
    with pytest.raises(UsageError, match="export anew"):
        open_writer(container, tmp_path, "train", COLUMNS, shard=7).resume(state)


@pytest.mark.parametrize("container", CONTAINERS)
def test_a_file_that_is_cut_short_is_told_with_its_name(
    container: Container, tmp_path: Path
) -> None:
    files = written(container, tmp_path, 7)
    path = tmp_path / next(iter(files))
    path.write_bytes(path.read_bytes()[:-300])
    with pytest.raises(UsageError, match=rf"{path.name} cannot be read from row \d"):
        list(read_rows(container, [path]))


def test_a_last_line_without_its_end_is_told(tmp_path: Path) -> None:
    (tmp_path / "train.jsonl").write_bytes(b'{"a":1}\n{"a":2}')
    with pytest.raises(UsageError, match="row 2 on: its last line has no end"):
        list(read_rows(Container.JSONL, [tmp_path / "train.jsonl"]))


def test_a_line_that_is_no_object_is_told_with_its_number(tmp_path: Path) -> None:
    (tmp_path / "train.jsonl").write_bytes(b'{"a":1}\n[1]\n')
    with pytest.raises(UsageError, match=r"train\.jsonl cannot be read from row 2"):
        list(read_rows(Container.JSONL, [tmp_path / "train.jsonl"]))


def test_shards_hold_nothing_of_the_machine_that_wrote_them(tmp_path: Path) -> None:
    files = written(Container.WEBDATASET, tmp_path, 9)
    assert sorted(files) == ["train-000000.tar", "train-000001.tar"]
    with tarfile.open(tmp_path / "train-000001.tar") as tar:
        members = tar.getmembers()
    assert [member.name for member in members] == ["train-000000007.json", "train-000000008.json"]
    for member in members:
        about = (member.mtime, member.uid, member.gid, member.uname, member.gname, member.mode)
        assert about == (0, 0, 0, "", "", 0o644)


def test_tables_are_texts_that_are_never_missing(tmp_path: Path) -> None:
    format = of_name("hf-parquet")
    write(format, tmp_path, {"train": contents(Pair)})
    schema = parquet.read_schema(tmp_path / "data" / "train-00000-of-00001.parquet")
    assert [(f.name, str(f.type), f.nullable) for f in schema] == [
        (name, "string", False)
        for name in ("prompt", "completion", "language", "prefix", "middle", "suffix")
    ]


def test_a_table_keeps_code_with_a_gap_neutral_and_rendered() -> None:
    gap = Infilling("java", "a", "b", "c")
    row = of_name("hf-parquet").row(gap, QWEN)
    assert (row["language"], row["prefix"], row["middle"], row["suffix"]) == ("java", "a", "b", "c")
    assert row["prompt"] == "<|fim_prefix|>a<|fim_suffix|>c<|fim_middle|>"


# --- configurations -------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(set(ALL) - {"prompt-completion"}))
def test_every_format_comes_with_a_configuration_that_knows_its_longest_row(
    name: str, tmp_path: Path
) -> None:
    format = of_name(name)
    its = {"train": all_contents(format), "validation": all_contents(format)[:2]}
    write(format, tmp_path, its, longest=4321, tokenizer="some/model")
    told = [p for p in (tmp_path / "training").iterdir()]
    text = "".join(p.read_text() for p in told)
    assert all(p.read_bytes().endswith(b"\n") for p in told)
    if format.container is Container.WEBDATASET or name.startswith("openai"):
        assert "train" in text
    else:
        assert "4321" in text
    for path in told:
        if path.suffix == ".yaml":
            assert isinstance(yaml.safe_load(path.read_text()), dict)
        elif path.suffix == ".py":
            ast.parse(path.read_text())
        elif path.suffix == ".json":
            json.loads(path.read_text())


@pytest.mark.parametrize("name", sorted(set(ALL) - {"prompt-completion", "webdataset"}))
def test_a_split_without_rows_is_in_no_configuration(name: str, tmp_path: Path) -> None:
    its: dict[str, list[Content]] = {"train": all_contents(of_name(name)), "validation": []}
    write(of_name(name), tmp_path, its)
    told = [*(tmp_path / "training").iterdir(), *tmp_path.glob("*.*")]
    for path in told:
        if path.suffix not in (".jsonl", ".sh"):
            assert "validation" not in path.read_text(), path


@pytest.mark.parametrize("name", ["trl-conversational", "axolotl-chat", "llama-factory"])
def test_the_test_split_is_in_no_configuration(name: str, tmp_path: Path) -> None:
    format = of_name(name)
    its = {split: contents(Pair)[:1] for split in ("train", "validation", "test")}
    write(format, tmp_path, its)
    for path in (tmp_path / "training").iterdir():
        assert "validation" in path.read_text()
        assert "test.jsonl" not in path.read_text()


def test_axolotl_stops_at_a_row_that_is_too_long(tmp_path: Path) -> None:
    write(of_name("axolotl-chat"), tmp_path, {"train": contents(Pair)}, longest=99)
    told = yaml.safe_load((tmp_path / "training" / "axolotl.yaml").read_text())
    assert (told["sequence_len"], told["excess_length_strategy"]) == (99, "raise")
    assert told["learning_rate"] == 1e-5
    assert told["datasets"][0]["path"] == "train.jsonl"


def test_llama_factory_finds_the_files_in_its_index(tmp_path: Path) -> None:
    its = {split: all_contents(of_name("llama-factory-dpo")) for split in ("train", "validation")}
    write(of_name("llama-factory-dpo"), tmp_path, its, longest=99)
    index = json.loads((tmp_path / "dataset_info.json").read_text())
    told = yaml.safe_load((tmp_path / "training" / "llama-factory.yaml").read_text())
    assert index[told["dataset"]]["file_name"] == "train.jsonl"
    assert index[told["eval_dataset"]]["file_name"] == "validation.jsonl"
    assert index["acme"]["ranking"] is True
    assert (told["cutoff_len"], told["stage"]) == (99, "dpo")


def test_trl_cuts_nothing_where_the_tokenizer_is_not_known(tmp_path: Path) -> None:
    write(of_name("trl-dpo"), tmp_path, {"train": all_contents(of_name("trl-dpo"))}, longest=99)
    assert "max_length=None," in (tmp_path / "training" / "dpo.py").read_text()


def test_unsloth_marks_are_read_off_the_template(tmp_path: Path) -> None:
    write(of_name("unsloth"), tmp_path, {"train": contents(Pair)})
    script: dict[str, Any] = {"__name__": "script"}
    exec((tmp_path / "training" / "unsloth_sft.py").read_text(), script)

    class Template:
        """Only what the script asks of a tokenizer."""

        def apply_chat_template(
            self, messages: list[dict[str, str]], add_generation_prompt: bool = False, **_: Any
        ) -> str:
            text = "".join(f"[{m['role']}] {m['content']};\n" for m in messages)
            return "<s>" + text + ("[assistant] " if add_generation_prompt else "")

    assert script["marks"](Template()) == ("[user] ", "[assistant] ")


def test_an_openai_job_is_one_that_its_client_would_send(tmp_path: Path) -> None:
    from openai.types.fine_tuning import DpoMethodParam, SupervisedMethodParam
    from pydantic import TypeAdapter

    for name, kind, method in (
        ("openai-chat", "supervised", SupervisedMethodParam),
        ("openai-preference", "dpo", DpoMethodParam),
    ):
        folder = tmp_path / name
        its = {split: all_contents(of_name(name)) for split in ("train", "validation")}
        write(of_name(name), folder, its)
        job = json.loads((folder / "training" / "openai.json").read_text())
        assert (job["training_file"], job["validation_file"]) == ("train.jsonl", "validation.jsonl")
        assert job["method"]["type"] == kind
        checked: Any = TypeAdapter(method).validate_python(job["method"][kind])
        assert set(checked["hyperparameters"]) == set(job["method"][kind]["hyperparameters"])


@pytest.mark.parametrize("name", ["openai-chat", "openai-preference"])
def test_openai_rows_are_messages_by_its_client_and_by_the_rules_of_its_cookbook(name: str) -> None:
    from openai.types.chat import ChatCompletionMessageParam
    from pydantic import TypeAdapter

    check: TypeAdapter[Any] = TypeAdapter(list[ChatCompletionMessageParam])
    format = of_name(name)
    for content in all_contents(format):
        row = format.row(content, QWEN)
        lists = [row["messages"]] if name == "openai-chat" else [row["input"]["messages"]]
        lists += [row[k] for k in ("preferred_output", "non_preferred_output") if k in row]
        for messages in lists:
            check.validate_python(messages)
            for message in messages:
                assert message.keys() <= {"role", "content", "name", "function_call", "weight"}
                assert message["role"] in ("system", "user", "assistant", "function")
                assert isinstance(message["content"], str)
        assert any(message["role"] == "assistant" for message in lists[-1])


# --- families -------------------------------------------------------------------------------------


def test_a_gap_is_written_in_the_order_of_its_family() -> None:
    gap = Infilling("python", "P", "M", "S")
    written = {name: "|".join((p.prompt, p.completion)) for name, p in pairs(gap).items()}
    assert written == {
        "starcoder": "<fim_prefix>P<fim_suffix>S<fim_middle>|M",
        "starcoder2": "<fim_prefix>P<fim_suffix>S<fim_middle>|M",
        "granite": "<fim_prefix>P<fim_suffix>S<fim_middle>|M",
        "granite-3.3": "<fim_prefix>P<fim_suffix>S<fim_middle>|M",
        "santacoder": "<fim-prefix>P<fim-suffix>S<fim-middle>|M",
        "qwen-coder": "<|fim_prefix|>P<|fim_suffix|>S<|fim_middle|>|M",
        "codegemma": "<|fim_prefix|>P<|fim_suffix|>S<|fim_middle|>|M",
        "codellama": "▁<PRE> P▁<SUF>S▁<MID>|M▁<EOT>",
        "deepseek-coder": "<｜fim▁begin｜>P<｜fim▁hole｜>S<｜fim▁end｜>|M",
        "codestral": "[SUFFIX]S[PREFIX]P|M",
    }


def pairs(gap: Infilling) -> dict[str, Pair]:
    return {name: family.pair(gap) for name, family in FAMILIES.items()}


@pytest.mark.parametrize("name", FAMILIES)
def test_completion_without_a_suffix_has_no_sentinels(name: str) -> None:
    assert FAMILIES[name].pair(Infilling("python", "P", "M", "")) == Pair("P", "M")


def test_a_loader_that_is_not_there_says_what_installs_it(tmp_path: Path) -> None:
    missing = Loader("stack", ("codeaug-no-such-stack", "pytest"))
    assert missing.installed() == ""
    with pytest.raises(MissingTool, match="stack is missing: pip install codeaug-no-such-stack"):
        missing.load(tmp_path, {"settings": {"format": "megatron"}, "files": []})


def test_every_format_has_a_loader_and_every_loader_a_format() -> None:
    for format in formats().values():
        assert consumers(format)[0].name == "datasets"
    assert {name for loader in LOADERS for name in loader.formats} <= set(ALL)


def test_digests_of_lines_are_those_of_the_file(tmp_path: Path) -> None:
    writer = open_writer(Container.JSONL, tmp_path, "train")
    digests = [hashlib.sha256(writer.write(row)).digest() for row in some(5)]
    writer.close()
    lines = (tmp_path / "train.jsonl").read_bytes().split(b"\n")[:-1]
    assert [hashlib.sha256(text).digest() for text in lines] == digests
