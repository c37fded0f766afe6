"""Fill-in-the-middle on paper: each model family marks prefix, middle and suffix its own way.

Order and tokens of each family are those that its tokenizer and model card give; see
docs/datasets.md. Code with a gap is kept neutral until it is written.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from codeaug.tasks import Infilling, Pair


@dataclass(frozen=True, slots=True)
class Sentinels:
    """What stands before prefix, suffix and middle. `suffix_first`: the suffix comes first."""

    family: str
    prefix: str
    suffix: str
    middle: str
    end: str = ""
    suffix_first: bool = False

    @property
    def tokens(self) -> tuple[str, ...]:
        """The sentinels that the target's tokenizer must know as one token each."""
        found = (self.prefix, self.suffix, self.middle, self.end)
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


_ALL = (
    Sentinels("starcoder", "<fim_prefix>", "<fim_suffix>", "<fim_middle>"),
    Sentinels("starcoder2", "<fim_prefix>", "<fim_suffix>", "<fim_middle>"),
    Sentinels("granite", "<fim_prefix>", "<fim_suffix>", "<fim_middle>"),
    Sentinels("santacoder", "<fim-prefix>", "<fim-suffix>", "<fim-middle>"),
    Sentinels("qwen-coder", "<|fim_prefix|>", "<|fim_suffix|>", "<|fim_middle|>"),
    Sentinels("codegemma", "<|fim_prefix|>", "<|fim_suffix|>", "<|fim_middle|>"),
    Sentinels("codellama", "▁<PRE> ", " ▁<SUF>", " ▁<MID>", " ▁<EOT>"),
    Sentinels("deepseek-coder", "<｜fim▁begin｜>", "<｜fim▁hole｜>", "<｜fim▁end｜>"),
    Sentinels("codestral", "[PREFIX]", "[SUFFIX]", "", suffix_first=True),
)
FAMILIES: Mapping[str, Sentinels] = {one.family: one for one in _ALL}
"""The families of models that fill in the middle, by name."""
