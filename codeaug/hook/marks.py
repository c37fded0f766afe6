"""What a change does to the policy of a file: whether it may be sent, and is looked at at all."""

from __future__ import annotations

import re

from codeaug.egress import Policy
from codeaug.errors import MissingTool
from codeaug.notices import RULES, Notice
from codeaug.parsing import Changed

_SKIP = re.compile(rb"(?:#|//|/\*|\*)[^\n]*codeaug:\s*skip\b")


def policy_marks(file: Changed, policy: Policy) -> list[Notice]:
    """What a change makes stay here, or lets go; told, because the dataset changes with it."""
    return [*_sending(file, policy), *_skipping(file)]


def _sending(file: Changed, policy: Policy) -> list[Notice]:
    try:
        now = policy.refusal(file.path, file.text) if file.text else ""
        before = [policy.refusal(file.old_path or file.path, old) for old in file.olds]
    except MissingTool:  # a licence cannot be read by the thin installation
        return []
    if now and not any(before):
        return [_notice(file, f"stays here from now on: it {_without(now, file.path)}", _line(now))]
    if file.text and before and all(before) and not now:
        was = _without(before[0], file.old_path or file.path)
        return [_notice(file, f"may be sent from now on: before, it {was}", 0)]
    return []


def _without(reason: str, path: str) -> str:
    return reason.removeprefix(f"{path} ")


def _line(reason: str) -> int:
    found = re.search(r"\(line (\d+)\)$", reason)
    return int(found[1]) if found else 0


def _skipping(file: Changed) -> list[Notice]:
    if b"codeaug:" not in file.text and not any(b"codeaug:" in old for old in file.olds):
        return []
    now = [*_SKIP.finditer(file.text)]
    before = [len(_SKIP.findall(old)) for old in file.olds]
    more = len(now) - max(before, default=0)
    less = min(before, default=0) - len(now)
    if more > 0:
        last = now[-1]
        line = file.text.count(b"\n", 0, last.start()) + 1
        return [_notice(file, "more of it is marked `codeaug: skip`", line)]
    if less > 0 and file.text:
        return [_notice(file, "less of it is marked `codeaug: skip`", 0)]
    return []


def _notice(file: Changed, message: str, line: int) -> Notice:
    return Notice(RULES["policy-mark"], file.path, message, line, line)
