"""Axolotl: YAML. It drops rows that are longer than `sequence_len`, unless told to stop at them."""

from __future__ import annotations

from typing import Any

from codeaug.formats import Facts
from codeaug.formats.texts import yaml

FILE = "training/axolotl.yaml"
_HOW: dict[str, Any] = {
    "sample_packing": False,
    "val_set_size": 0,
    "dataset_prepared_path": "training/prepared",
    "output_dir": "training/out",
    "micro_batch_size": 1,
    "gradient_accumulation_steps": 8,
    "num_epochs": 2,
    "optimizer": "adamw_torch",
    "learning_rate": 1e-5,
    "bf16": "auto",
}


def chat(facts: Facts) -> dict[str, bytes]:
    """The loss is on what the assistant says and on the token that ends its turn."""
    how = {
        "type": "chat_template",
        "field_messages": "messages",
        "roles_to_train": ["assistant"],
        "train_on_eos": "turn",
    }
    return _configuration(facts, how, {"chat_template": "tokenizer_default"})


def segments(facts: Facts) -> dict[str, bytes]:
    return _configuration(facts, {"type": "input_output"}, {"train_on_inputs": False})


def preferences(facts: Facts) -> dict[str, bytes]:
    how = {
        "type": "chat_template.default",
        "field_messages": "messages",
        "field_chosen": "chosen",
        "field_rejected": "rejected",
    }
    return _configuration(facts, how, {"rl": "dpo", "chat_template": "tokenizer_default"})


def _configuration(facts: Facts, how: dict[str, Any], more: dict[str, Any]) -> dict[str, bytes]:
    values: dict[str, Any] = {"base_model": facts.model or "MODEL"}
    values["datasets"] = [_source(facts, "train", how)]
    if "validation" in facts.splits:
        values["test_datasets"] = [_source(facts, "validation", how)]
    values |= {"sequence_len": facts.longest, "excess_length_strategy": "raise", **more, **_HOW}
    return {FILE: yaml(f"In the dataset's folder: axolotl train {FILE}", values)}


def _source(facts: Facts, split: str, how: dict[str, Any]) -> dict[str, Any]:
    return {"path": facts.file(split), "ds_type": "json", "split": "train", **how}
