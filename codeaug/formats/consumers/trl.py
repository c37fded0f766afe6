"""TRL, without torch: its trainers make tokens of rows by `trl.data_utils`, which needs none.

What is done with each row is what `_prepare_dataset` of the SFT, DPO and KTO trainers does.
"""

from __future__ import annotations

from typing import Any

from codeaug.formats.consumers import Request, Tally, decoded, ending, texts
from codeaug.formats.consumers.datasets import rows

_CUT = r"max_length=(\d+)"


def load(request: Request) -> Tally:
    from trl.data_utils import is_conversational

    tally = Tally()
    tokenizer = request.tokens(tally)
    ends = ending(tokenizer)
    scripts = ("sft.py", "dpo.py", "kto.py")
    longest = max(request.configured(script, _CUT) for script in scripts)
    found = rows(request)
    for split, rows_in in request.counts.items():
        tally.rows_in += rows_in
        for number, row in enumerate(found[split], start=1):
            prompt, answers = texts(request.format.read(row))
            ids = _tokens(tokenizer, row, is_conversational(row))
            for wanted, (asked, answered) in zip(answers, ids, strict=True):
                shown, learnt = decoded(tokenizer, asked), decoded(tokenizer, answered)
                if prompt not in shown:
                    tally.mismatch(split, number, prompt, shown)
                elif not ends(learnt, wanted):
                    tally.mismatch(split, number, wanted, learnt)
            longer = bool(longest) and any(len(a) + len(b) > longest for a, b in ids)
            tally.truncated += longer
            tally.rows_kept += not longest or len(ids[0][0]) < longest
    return tally


def _tokens(tokenizer: Any, row: dict[str, Any], talked: bool) -> list[tuple[list[int], list[int]]]:
    """For each answer the tokens that are shown, and those that are learnt."""
    from trl.data_utils import _tokenize, common_prefix_length

    keys = ("completion",) if "completion" in row else ("chosen", "rejected")
    how = {"add_generation_prompt": True} if talked else {}
    asked = _tokenize(tokenizer, row["prompt"], **how)["input_ids"]
    wholes = []
    for key in keys:
        answer = row[key]
        if not talked and not answer.endswith(tokenizer.eos_token):
            answer += tokenizer.eos_token
        wholes.append(_tokenize(tokenizer, row["prompt"] + answer)["input_ids"])
    cut = min(common_prefix_length(asked, whole) for whole in wholes)
    return [(whole[:cut], whole[cut:]) for whole in wholes]
