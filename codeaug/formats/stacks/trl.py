"""TRL: a script. Its defaults cut rows at 1,024 tokens and drop those of which nothing is left."""

from __future__ import annotations

import json

from codeaug.formats import Facts

_SCRIPT = '''\
"""Fine-tunes a model on this dataset with TRL. In the dataset's folder:

    python {file} {model} OUT
"""

import sys

from datasets import load_dataset{features_import}
from trl import {kind}Config, {kind}Trainer

FILES = {files}
{features}OPTIONS = dict(
    max_length={length},  # {why}
{options})


def trainer(model, out, **more):
    data = load_dataset("{reader}", data_files=FILES, {types})
    args = {kind}Config(output_dir=out, **(OPTIONS | more))
    made = {kind}Trainer(model, args=args, {sets})
    if len(made.train_dataset) != len(data["train"]):
        sys.exit(f"TRL kept {{len(made.train_dataset)}} rows of {{len(data['train'])}}")
    return made


if __name__ == "__main__":
    made = trainer(sys.argv[1], sys.argv[2])
    made.train()
    made.save_model(sys.argv[2])
'''
_TEXT = 'Value("string")'
_MESSAGES = 'List({"role": Value("string"), "content": Value("string")})'
_PLAIN = {"prompt": _TEXT, "completion": _TEXT}
_CHAT = {"prompt": _MESSAGES, "completion": _MESSAGES}


def supervised(facts: Facts) -> dict[str, bytes]:
    return _script(facts, "SFT", _PLAIN, completion_only_loss=True, packing=False)


def supervised_chat(facts: Facts) -> dict[str, bytes]:
    return _script(facts, "SFT", _CHAT, completion_only_loss=True, packing=False)


def preferences(facts: Facts) -> dict[str, bytes]:
    columns = {"prompt": _MESSAGES, "chosen": _MESSAGES, "rejected": _MESSAGES}
    return _script(facts, "DPO", columns)


def judged(facts: Facts) -> dict[str, bytes]:
    return _script(facts, "KTO", {**_CHAT, "label": 'Value("bool")'})


def _script(facts: Facts, kind: str, columns: dict[str, str], **options: bool) -> dict[str, bytes]:
    """Types are told, not guessed from the first rows; of a table it reads what it needs."""
    file = f"training/{kind.lower()}.py"
    parquet = facts.file("train").endswith(".parquet")
    parts = [f'    "{name}": {kind_of},\n' for name, kind_of in columns.items()]
    features = "ROW = Features({\n" + "".join(parts) + "})\n"
    imported = (
        ", Features, Value" if _MESSAGES not in columns.values() else ", Features, List, Value"
    )
    validated = "validation" in facts.splits
    if validated:
        options["do_eval"] = True
    text = _SCRIPT.format(
        file=file,
        model=facts.model or "MODEL",
        kind=kind,
        files=_files(facts),
        features="" if parquet else features,
        features_import="" if parquet else imported,
        types=f"columns={json.dumps(list(columns))}" if parquet else "features=ROW",
        reader="parquet" if parquet else "json",
        length=facts.longest if facts.tokenizer else None,
        why="the longest row" if facts.tokenizer else "the tokenizer is not known: cut nothing",
        options="".join(f"    {name}={value},\n" for name, value in options.items()),
        sets='train_dataset=data["train"]'
        + (', eval_dataset=data["validation"]' if validated else ""),
    )
    return {file: text.encode()}


def _files(facts: Facts) -> str:
    """Without the test split: a model must not see it before it is measured."""
    shown = {s: list(names) for s, names in facts.splits.items() if s != "test"}
    return json.dumps(shown, ensure_ascii=False)
