"""Segments as Axolotl reads them by `type: input_output`: no template, the loss where we say.

Right for code with a gap. Axolotl tokenises each segment alone and adds nothing, not even the end:
the family's own stands in the answer, which without one never ends.
"""

from __future__ import annotations

from codeaug.formats import PAIRS, Format, Row
from codeaug.formats.fim import Sentinels
from codeaug.formats.stacks import axolotl
from codeaug.formats.texts import TEXT, exactly, plain, record
from codeaug.tasks import Content, Pair


def _row(content: Content, sentinels: Sentinels) -> Row:
    pair = plain(content, sentinels)
    answer = pair.completion
    if not answer.endswith(sentinels.stop):
        answer += sentinels.stop
    return {
        "segments": [{"label": False, "text": pair.prompt}, {"label": True, "text": answer}],
    }


def _read(row: Row) -> Content:
    asked, answered = row["segments"]
    return Pair(asked["text"], answered["text"])


def _segment(label: bool) -> dict[str, object]:
    return record(label={"const": label}, text=TEXT)


FORMAT = Format(
    "axolotl-segments",
    "prompt and answer for Axolotl, without a template",
    PAIRS,
    _row,
    _read,
    extras=axolotl.segments,
    schema=record(segments=exactly(_segment(False), _segment(True))),
    needs_sentinels=True,
)
