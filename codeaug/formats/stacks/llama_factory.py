"""LLaMA-Factory: `dataset_info.json`, without which it finds nothing, and YAML.

It cuts rows at `cutoff_len` (2,048 by default) and skips those whose turns do not alternate.
"""

from __future__ import annotations

import re
from typing import Any

from codeaug.formats import Facts
from codeaug.formats.texts import TEXT, pretty, record, yaml

FILE = "training/llama-factory.yaml"
INDEX = "dataset_info.json"
HUMAN = record(**{"from": {"const": "human"}, "value": TEXT})
GPT = record(**{"from": {"const": "gpt"}, "value": TEXT})
_MESSAGES = {"messages": "conversations"}


def turn(who: str, text: str) -> dict[str, str]:
    return {"from": who, "value": text}


def supervised(facts: Facts) -> dict[str, bytes]:
    return _files(facts, _MESSAGES, {"stage": "sft", "train_on_prompt": False})


def preferences(facts: Facts) -> dict[str, bytes]:
    columns = {**_MESSAGES, "chosen": "chosen", "rejected": "rejected"}
    return _files(facts, columns, {"stage": "dpo"}, ranking=True)


def judged(facts: Facts) -> dict[str, bytes]:
    return _files(facts, {**_MESSAGES, "kto_tag": "kto_tag"}, {"stage": "kto"})


def _files(
    facts: Facts, columns: dict[str, str], stage: dict[str, Any], **more: bool
) -> dict[str, bytes]:
    name = re.sub(r"\W+", "_", facts.name)  # its lists of datasets are parted by commas
    names = {split: name if split == "train" else f"{name}_{split}" for split in facts.splits}
    index = {
        names[split]: {
            "file_name": facts.file(split),
            "formatting": "sharegpt",
            **more,
            "columns": columns,
        }
        for split in facts.splits
    }
    values = {
        "model_name_or_path": facts.model or "MODEL",
        "do_train": True,
        **stage,
        "finetuning_type": "lora",
        "dataset_dir": ".",
        "dataset": names["train"],
        "cutoff_len": facts.longest,
        "packing": False,
        "output_dir": "training/out",
        "per_device_train_batch_size": 1,
        "gradient_accumulation_steps": 8,
        "num_train_epochs": 2,
        "learning_rate": 1e-5,
    }
    if "validation" in names:
        values |= {"eval_dataset": names["validation"], "eval_strategy": "epoch"}
    comment = (
        f"In the dataset's folder: llamafactory-cli train {FILE}\n"
        "The template is the tokenizer's own; name one (`template: qwen`) where it has none."
    )
    return {INDEX: pretty(index), FILE: yaml(comment, values)}
