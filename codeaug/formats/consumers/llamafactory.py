"""LLaMA-Factory's `get_dataset`, by `dataset_info.json` and the dataset's configuration."""

from __future__ import annotations

import os
from typing import Any

from codeaug.formats.consumers import Request, Tally, decoded, ending, texts

_MASKED = -100
_AMPLE = 1 << 24


def load(request: Request) -> Tally:
    import yaml

    path = request.folder / "training" / "llama-factory.yaml"
    told: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    tally = Tally()
    tokenizer = request.tokens(tally)
    cut = int(told["cutoff_len"]) if request.tokenizer else _AMPLE
    made = _datasets(request, told, tokenizer, cut)
    ends = ending(tokenizer)
    for split, theirs in made.items():
        ours = [texts(request.format.read(row)) for row in request.rows(split)]
        tally.rows_in += request.counts[split]
        tally.rows_kept += len(theirs)
        if len(ours) != len(theirs):
            continue
        for number, ((prompt, answers), row) in enumerate(zip(ours, theirs, strict=True), start=1):
            found = _learnt(row, tokenizer)
            tally.truncated += any(length >= cut for _, _, length in found)
            for wanted, (asked, answered, _) in zip(answers, found, strict=True):
                if prompt not in asked:
                    tally.mismatch(split, number, prompt, asked)
                elif not ends(answered, wanted):
                    tally.mismatch(split, number, wanted, answered)
    return tally


def _datasets(request: Request, told: dict[str, Any], tokenizer: Any, cut: int) -> dict[str, Any]:
    """The splits that the configuration names, as its trainers get them."""
    from llamafactory.data import get_dataset, get_template_and_fix_tokenizer
    from llamafactory.hparams import DataArguments, ModelArguments
    from transformers import Seq2SeqTrainingArguments

    os.chdir(request.folder)
    arguments = DataArguments(
        dataset=told["dataset"],
        eval_dataset=told.get("eval_dataset"),
        dataset_dir=told["dataset_dir"],
        cutoff_len=cut,
        overwrite_cache=True,
    )
    template = get_template_and_fix_tokenizer(tokenizer, arguments)
    stage = {"dpo": "rm"}.get(told["stage"], told["stage"])
    home = os.environ["HF_HOME"]
    training = Seq2SeqTrainingArguments(output_dir=home, do_train=True, report_to=[], use_cpu=True)
    model = ModelArguments(model_name_or_path=home, cache_dir=home)
    found = get_dataset(template, model, arguments, training, stage, tokenizer)
    names = {"train": "train_dataset", "validation": "eval_dataset"}
    return {split: found[name] for split, name in names.items() if found.get(name) is not None}


def _learnt(row: dict[str, Any], tokenizer: Any) -> list[tuple[str, str, int]]:
    """For each answer what is shown, what is learnt, and the number of tokens of both."""
    kinds = ("chosen_", "rejected_") if "chosen_labels" in row else ("",)
    found = []
    for kind in kinds:
        both = list(zip(row[f"{kind}input_ids"], row[f"{kind}labels"], strict=True))
        shown = [token for token, label in both if label == _MASKED]
        learnt = [label for _, label in both if label != _MASKED]
        found.append((decoded(tokenizer, shown), decoded(tokenizer, learnt), len(both)))
    return found
