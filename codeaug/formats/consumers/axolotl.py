"""Axolotl's prompt strategies and its rule for long rows, as the dataset's configuration says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from codeaug.formats import Row
from codeaug.formats.consumers import Request, Tally, decoded, ending, texts

_MASKED = -100
_AMPLE = 1 << 24  # tokens, where lengths are not looked at
Tokens = list[tuple[list[int], list[int]]]


def load(request: Request) -> Tally:
    import yaml
    from axolotl.utils.dict import DictDefault
    from datasets import load_dataset

    path = request.folder / "training" / "axolotl.yaml"
    told = DictDefault(yaml.safe_load(path.read_text(encoding="utf-8")))
    tally = Tally()
    tokenizer = request.tokens(tally)
    told.sequence_len = told.sequence_len if request.tokenizer else _AMPLE
    ends, tokens = ending(tokenizer), _strategy(told, tokenizer)
    found = load_dataset("json", data_files=request.splits)
    for split, rows_in in request.counts.items():
        tally.rows_in += rows_in
        for number, row in enumerate(found[split], start=1):
            prompt, answers = texts(request.format.read(row))
            lengths = []
            for wanted, (shown, learnt) in zip(answers, tokens(row), strict=True):
                lengths.append(len(shown) + len(learnt))
                asked, answered = decoded(tokenizer, shown), decoded(tokenizer, learnt)
                if prompt not in asked:
                    tally.mismatch(split, number, prompt, asked)
                elif not ends(answered, wanted):
                    tally.mismatch(split, number, wanted, answered)
            tally.truncated += max(lengths) > told.sequence_len
            tally.rows_kept += 0 < max(lengths) <= told.sequence_len
    return tally


def _strategy(told: Any, tokenizer: Any) -> Callable[[Row], Tokens]:
    """From a row to the tokens that are shown and those that are learnt."""
    from axolotl.prompt_strategies import load as supervised
    from axolotl.prompt_strategies.dpo import load as preferences

    (source,) = told.datasets
    if told.rl == "dpo":
        change, _ = preferences(source.type, told, dataset_idx=0)

        def pairs(row: Row) -> Tokens:
            made = change(row, tokenizer=tokenizer)
            asked = tokenizer.encode(made["prompt"], add_special_tokens=False)
            answers = (made["chosen"], made["rejected"])
            return [(asked, tokenizer.encode(a, add_special_tokens=False)) for a in answers]

        return pairs
    strategy = supervised(source.type, tokenizer, told, source)

    def masked(row: Row) -> Tokens:
        made = strategy.tokenize_prompt(row)
        both = list(zip(made["input_ids"], made["labels"], strict=True))
        shown = [token for token, label in both if label == _MASKED]
        return [(shown, [label for _, label in both if label != _MASKED])]

    return masked
