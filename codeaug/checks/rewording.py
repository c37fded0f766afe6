"""Whether comments differ only in ways that are known to say the same: nobody's word is taken.

A comment may be worded otherwise (`codeaug.languages.wording`), be lines instead of a block, and
stand above a line instead of at its end. What is left of both texts when all that is taken away
must be the same, comment by comment. What speaks to a tool, and a docstring that code may read,
must stay as it is, letter by letter.
"""

from __future__ import annotations

from collections import Counter

from codeaug.checks.trial import Trial
from codeaug.languages import tokens
from codeaug.languages.docstrings import may_be_read
from codeaug.languages.remarks import LANGUAGES, Remark, remarks, said, text_of
from codeaug.languages.wording import is_plain, is_prose, plain


def added_to(trial: Trial) -> list[str] | None:
    """The comments that the variant has beyond those of the original, where all of those are still
    said, if in other words; None where one is not."""
    if trial.unit.language not in LANGUAGES or trial.changed is None:
        return None
    old = remarks(trial.unit.language, trial.source, trial.unit.span)
    new = remarks(trial.unit.language, trial.changed, trial.inserted)
    before, after = Counter(map(_meaning, old)), Counter(map(_meaning, new))
    texts = {text_of(trial.source, r) for r in old}, {text_of(trial.changed, r) for r in new}
    reworded = [r for r in old if text_of(trial.source, r) not in texts[1]]
    if before - after or not all(_is_free(trial, remark) for remark in reworded):
        return None
    extra = after - before
    return [
        r.words for r in new if _meaning(r) in extra and text_of(trial.changed, r) not in texts[0]
    ]


def only_comments_differ(trial: Trial) -> bool:
    """Of two texts with the same tokens: whether their comments differ, and say the same in the
    same places."""
    unit, placed, changed = trial.unit, trial.placed, trial.changed
    if unit.language not in LANGUAGES or placed is None or changed is None:
        return False
    language = unit.language
    before = said(language, trial.source, unit.span, tokens(language, trial.source, unit.span))
    after = said(language, changed, trial.inserted, tokens(language, changed, placed.span))
    if [meaning for meaning, _, _ in before] != [meaning for meaning, _, _ in after]:
        return False
    changed_words = [
        words
        for one, two in zip(before, after, strict=True)
        if one[1] != two[1]
        for words in (one[2], two[2])
    ]
    return bool(changed_words) and all(map(is_plain, changed_words))


def _meaning(remark: Remark) -> tuple[str, str]:
    return remark.kind, plain(remark.words)


def _is_free(trial: Trial, remark: Remark) -> bool:
    """Whether the comment may be worded otherwise at all."""
    if not remark.string:
        return is_plain(remark.words)
    own = remark.docstring and remark.span.start <= trial.unit.body.start
    return own and is_prose(remark.words) and not may_be_read(trial.unit, trial.source)
