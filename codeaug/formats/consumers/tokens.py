"""The target's tokenizer from local files, or a toy one of single bytes with a ChatML template."""

from __future__ import annotations

from pathlib import Path
from typing import Any

CHATML = (
    "{% for message in messages %}"
    "{{ '<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>' + '\n' }}"
    "{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}"
)
_ENDS = ("<|im_end|>", "<|endoftext|>", "<|end_of_text|>", "<｜end▁of▁sentence｜>", "</s>", "<eos>")
_SPECIAL = ("<|endoftext|>", "<|im_start|>", "<|im_end|>")


def of(place: str) -> Any:
    """From a folder, or from a file tokenizer.json, which does not say which token ends a text."""
    from transformers import AutoTokenizer, PreTrainedTokenizerFast

    if Path(place).is_file():
        found = PreTrainedTokenizerFast(tokenizer_file=place)
        known = found.get_vocab()
        found.eos_token = next((end for end in _ENDS if end in known), None)
        return found
    return AutoTokenizer.from_pretrained(place, local_files_only=True)


def toy(more: tuple[str, ...] = ()) -> Any:
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers
    from transformers import PreTrainedTokenizerFast

    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    vocabulary = {letter: number for number, letter in enumerate(alphabet)}
    made = Tokenizer(models.BPE(vocab=vocabulary, merges=[]))
    made.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)
    made.decoder = decoders.ByteLevel()
    special = list(dict.fromkeys([*_SPECIAL, *more]))
    made.add_special_tokens(special)
    return PreTrainedTokenizerFast(
        tokenizer_object=made,
        eos_token="<|im_end|>",
        pad_token="<|endoftext|>",
        extra_special_tokens=special[1:],
        chat_template=CHATML,
    )
