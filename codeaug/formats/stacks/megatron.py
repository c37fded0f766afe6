"""NeMo, Megatron-Bridge and Megatron-LM. The first two cut the input of longer rows, and strip
spaces from both ends of input and output: see the format for what is done against that."""

from __future__ import annotations

from codeaug.formats import Facts
from codeaug.formats.texts import yaml

BRIDGE, PRETRAINING = "training/megatron-bridge.yaml", "training/megatron.sh"


def supervised(facts: Facts) -> dict[str, bytes]:
    comment = (
        "Overrides for a recipe of Megatron-Bridge, whose dataset is a GPTSFTDatasetConfig\n"
        "(FinetuningDatasetConfig in older versions). NeMo's `data` takes the same names.\n"
        "Nothing is put between input and output: what separates them stands in the rows."
    )
    values = {
        "dataset": {
            "dataset_root": ".",
            "seq_length": facts.longest,
            "dataset_kwargs": {
                "prompt_template": "{input}{output}",
                "label_key": "output",
                "truncation_field": "input",
                "answer_only_loss": True,
                "add_eos": not facts.fim_family,  # else the row ends with it
            },
        },
        "model": {"seq_length": facts.longest},
    }
    return {BRIDGE: yaml(comment, values)}


_COMMAND = """\
#!/bin/sh
# In the dataset's folder, with Megatron-LM's folder and the tokenizer's:
#   sh {file} MEGATRON TOKENIZER
# Without --append-eod documents run into each other. Then train with the split files by
# --train-data-path and --valid-data-path, and --seq-length {longest} or more: documents are cut
# where a sequence ends, none is dropped.
set -eu
{lines}
"""
_PREPROCESS = (
    'python "$1/tools/preprocess_data.py" --input {file} --json-keys text --append-eod '
    '--tokenizer-type HuggingFaceTokenizer --tokenizer-model "$2" '
    "--output-prefix training/{split} --workers 2"
)


def pretraining(facts: Facts) -> dict[str, bytes]:
    lines = [
        _PREPROCESS.format(file=facts.file(split), split=split)
        for split in facts.splits
        if split != "test"
    ]
    text = _COMMAND.format(file=PRETRAINING, longest=facts.longest, lines="\n".join(lines))
    return {PRETRAINING: text.encode()}
