"""Input and output as NeMo and Megatron-Bridge read them.

Their default puts a single space between the two; the configuration beside the rows puts nothing,
and what is to stand between them stands in the rows. They strip spaces from both ends of both
texts, which would cost code its indentation: so an input that begins with spaces begins with a new
line instead, an output that begins with them begins with what stands before them, and where the
family is known the token that ends every text ends the output.
"""

from __future__ import annotations

from codeaug.formats import PAIRS, Format, Row
from codeaug.formats.fim import Sentinels
from codeaug.formats.stacks import megatron
from codeaug.formats.texts import TEXT, plain, record
from codeaug.tasks import Content, Pair


def _row(content: Content, sentinels: Sentinels) -> Row:
    pair = plain(content, sentinels)
    asked, answered = _apart(pair, sentinels.middle)
    if asked.startswith(" "):
        asked = "\n" + asked
    if not answered.endswith(sentinels.stop):
        answered += sentinels.stop
    return {"input": asked, "output": answered}


def _apart(pair: Pair, mark: str) -> tuple[str, str]:
    """The pair parted where there is no space on either side, and not within the sentinel."""
    text, cut = pair.prompt + pair.completion, len(pair.prompt)
    if text[cut : cut + 1] == " " and mark and pair.prompt.endswith(mark):
        cut -= len(mark)
    while cut > 0 and " " in (text[cut : cut + 1], text[cut - 1]):
        cut -= 1
    return text[:cut], text[cut:]


def _read(row: Row) -> Content:
    return Pair(row["input"].strip(" "), row["output"].strip(" "))


FORMAT = Format(
    "nemo",
    "input and output for NeMo and Megatron-Bridge",
    PAIRS,
    _row,
    _read,
    stems={"train": "training", "validation": "validation", "test": "test"},
    extras=megatron.supervised,
    schema=record(input=TEXT, output=TEXT),
    needs_sentinels=True,
)
