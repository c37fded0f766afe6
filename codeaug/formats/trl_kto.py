"""TRL's single answers with a verdict, for Kahneman-Tversky optimisation."""

from __future__ import annotations

from codeaug.formats import JUDGED, Format, Row
from codeaug.formats.fim import Sentinels
from codeaug.formats.stacks import trl
from codeaug.formats.texts import FLAG, assistant, exactly, judged, message, record, user
from codeaug.tasks import Content, Judged


def _row(content: Content, sentinels: Sentinels) -> Row:
    one = judged(content)
    return {
        "prompt": [user(one.prompt)],
        "completion": [assistant(one.completion)],
        "label": one.good,
    }


def _read(row: Row) -> Content:
    (asked,), (answered,) = row["prompt"], row["completion"]
    return Judged(asked["content"], answered["content"], row["label"])


FORMAT = Format(
    "trl-kto",
    "single answers with a verdict for TRL",
    JUDGED,
    _row,
    _read,
    extras=trl.judged,
    schema=record(
        prompt=exactly(message("user")), completion=exactly(message("assistant")), label=FLAG
    ),
)
