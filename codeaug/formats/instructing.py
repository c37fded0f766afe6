"""Code with a gap as a request in words, for models that are talked to."""

from __future__ import annotations

from codeaug.tasks import Infilling, Pair
from codeaug.tasks.wording import fenced, language

_GAP = "<<<missing>>>"


def instructed(gap: Infilling) -> Pair:
    """A request whose answer is the middle, and nothing else."""
    name = language(gap.language)
    if not gap.suffix:
        ask = f"Go on with this {name} function. Answer with the rest of it only."
        return Pair(f"{ask}\n\n{fenced(gap.prefix, gap.language)}", gap.middle)
    mark = _GAP
    while mark in gap.prefix or mark in gap.suffix:
        mark = f"<{mark}>"
    ask = f"Write what is missing at {mark} in this {name} function. Answer with that only."
    return Pair(f"{ask}\n\n{fenced(gap.prefix + mark + gap.suffix, gap.language)}", gap.middle)
