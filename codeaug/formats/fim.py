"""Fill-in-the-middle on paper: each model family marks prefix, middle and suffix its own way.

Order and tokens of each family are those that are published of it; see
docs/datasets-formats.md. Code with a gap is kept neutral until it is written.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from codeaug.tasks import Infilling, Pair


@dataclass(frozen=True, slots=True)
class Sentinels:
    """What stands before prefix, suffix and middle. `suffix_first`: the suffix comes first.

    `end` ends a middle and nothing else; `stop` ends every text. Most stacks write the last
    themselves: only formats without a template of any kind put it into the row.
    """

    family: str
    prefix: str
    suffix: str
    middle: str
    end: str = ""
    suffix_first: bool = False
    stop: str = ""

    @property
    def tokens(self) -> tuple[str, ...]:
        """The sentinels that the target's tokenizer must know as one token each."""
        found = (self.prefix, self.suffix, self.middle, self.end, self.stop)
        return tuple(dict.fromkeys(token.strip() for token in found if token.strip()))

    def prompt(self, gap: Infilling) -> str:
        """What the model sees before it writes the middle; plain completion has no sentinels."""
        if not gap.suffix:
            return gap.prefix
        before, after = self.prefix + gap.prefix, self.suffix + gap.suffix
        parts = (after, before) if self.suffix_first else (before, after)
        return "".join(parts) + self.middle

    def pair(self, gap: Infilling) -> Pair:
        """The gap as prompt and completion."""
        return Pair(self.prompt(gap), gap.middle + (self.end if gap.suffix else ""))


def _bars(family: str, stop: str) -> Sentinels:
    return Sentinels(family, "<|fim_prefix|>", "<|fim_suffix|>", "<|fim_middle|>", stop=stop)


def _plain(family: str, stop: str = "<|endoftext|>") -> Sentinels:
    return Sentinels(family, "<fim_prefix>", "<fim_suffix>", "<fim_middle>", stop=stop)


_ALL = (
    _plain("starcoder"),
    _plain("starcoder2"),
    _plain("granite"),  # the code models
    _plain("granite-3.3", "<|end_of_text|>"),
    Sentinels("santacoder", "<fim-prefix>", "<fim-suffix>", "<fim-middle>", stop="<|endoftext|>"),
    _bars("qwen-coder", "<|endoftext|>"),
    _bars("codegemma", "<eos>"),
    # Its tokens begin with the mark that SentencePiece writes for a space; the space behind <PRE>
    # is the one that its tokenizer puts before a text, and that it leaves out behind the others.
    Sentinels("codellama", "▁<PRE> ", "▁<SUF>", "▁<MID>", "▁<EOT>", stop="</s>"),
    Sentinels(
        "deepseek-coder",
        "<｜fim▁begin｜>",
        "<｜fim▁hole｜>",
        "<｜fim▁end｜>",
        stop="<｜end▁of▁sentence｜>",
    ),
    Sentinels("codestral", "[PREFIX]", "[SUFFIX]", "", suffix_first=True, stop="</s>"),
)
FAMILIES: Mapping[str, Sentinels] = {one.family: one for one in _ALL}
"""The families of models that fill in the middle, by name."""
