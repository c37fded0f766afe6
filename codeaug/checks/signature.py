"""Name, parameters, defaults, types, modifiers, decorators and annotations are the original's."""

from __future__ import annotations

from codeaug.checks.trial import Trial
from codeaug.languages import tokens
from codeaug.model import Finding, Span, Unit, Verdict


def signature(trial: Trial) -> Finding:
    if trial.changed is None or trial.placed is None:
        return Finding("signature", Verdict.UNKNOWN, "there is no function to compare")
    before = _header(trial.source, trial.unit)
    after = _header(trial.changed, trial.placed)
    if before == after:
        return Finding("signature", Verdict.PASSED)
    detail = f"the header changed from `{' '.join(before)}` to `{' '.join(after)}`"
    return Finding("signature", Verdict.FAILED, detail)


def _header(source: bytes, unit: Unit) -> list[str]:
    """The tokens before the body; a suite's opening newline and indent belong to the body."""
    head = Span(unit.span.start, unit.body.start)
    return [t.text for t in tokens(unit.language, source, head) if t.text.strip()]
