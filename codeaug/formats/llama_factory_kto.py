"""Single answers with a verdict as LLaMA-Factory reads them."""

from __future__ import annotations

from codeaug.formats import JUDGED, Format, Row
from codeaug.formats.fim import Sentinels
from codeaug.formats.stacks import llama_factory
from codeaug.formats.texts import FLAG, exactly, judged, record
from codeaug.tasks import Content, Judged


def _row(content: Content, sentinels: Sentinels) -> Row:
    one = judged(content)
    turns = [llama_factory.turn("human", one.prompt), llama_factory.turn("gpt", one.completion)]
    return {"conversations": turns, "kto_tag": one.good}


def _read(row: Row) -> Content:
    asked, answered = row["conversations"]
    return Judged(asked["value"], answered["value"], row["kto_tag"])


FORMAT = Format(
    "llama-factory-kto",
    "single answers with a verdict for LLaMA-Factory",
    JUDGED,
    _row,
    _read,
    extras=llama_factory.judged,
    schema=record(conversations=exactly(llama_factory.HUMAN, llama_factory.GPT), kto_tag=FLAG),
)
