"""What an export is made of, and how two differ, on a terminal."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from codeaug.dataset.recipe import Policy
from codeaug.notices import printable
from codeaug.report.terminal import console, line, table

_SHOWN = 12
_PROBLEMS = 5
_STYLES = {"passed": "green", "failed": "red", "unknown": "yellow"}
_WARNING = "yellow"
_HELD = ("validation", "test")


def show_export(manifest: Mapping[str, Any], out: Path) -> None:
    """Rows and units of each split, the mix, and what was left out."""
    counts, mix = manifest["counts"], manifest["mix"]
    rows = [(split, counts["units"][split], counts["rows"][split]) for split in ("train", *_HELD)]
    table(f"{manifest['name']}: {out}", ("split", "functions", "rows"), rows)
    share, tokens = mix["figures"]["synthetic_share"], manifest["tokens"]
    unit = "bytes" if tokens["counter"] == "characters" else "tokens"
    line(f"{counts['variants']} variants: {share:.1%} of what is trained on is made by machines")
    line(f"the longest row has at most {tokens['longest']:,} {unit}, template included")
    if robust := counts["robustness"]:
        line(f"{robust} of them for robustness: each has a tag in the lineage", _WARNING)
    if mix["override"]:
        line(f"the mix policy was lifted: {mix['override']['reason']}", _WARNING)
        line("looser: " + ", ".join(_looser(mix["override"]["loosened"])), _WARNING)
    _told("left out", manifest["left_out"])
    if empty := [s for s in _HELD if not counts["units"][s] and manifest["settings"][s]]:
        told = "there are too few groups of files for its share"
        line(f"no function is in {' or '.join(empty)}: {told}", _WARNING)
    line(f"check it: codeaug verify-export {shlex.quote(str(out))}", "bold")


def _looser(settings: Mapping[str, float]) -> Iterator[str]:
    default = asdict(Policy())
    for name, value in settings.items():
        told = "no limit" if value >= 1 << 30 else f"{value:g}"
        yield f"{name} {told} (default {default[name]:g})"


def show_difference(document: Mapping[str, Any]) -> None:
    """What came and what went, by reason."""
    table("", ("what", "came", "went", "changed"), [
        (kind, sum(found["came"].values()), sum(found["went"].values()), found["changed"])
        for kind, found in document["kinds"].items()
    ])  # fmt: skip
    for kind, found in document["kinds"].items():
        _told(f"{kind} that came", found["came"])
        _told(f"{kind} that went", found["went"])
        _told(f"{kind} that changed", found["why_changed"])
    for name, (before, after) in document["settings"].items():
        line(f"settings.{name}: {before}, now {after}")


def show_verification(findings: Sequence[Mapping[str, Any]]) -> None:
    """One line a check, and under each that failed some of its problems."""
    from rich.text import Text

    out = console()
    for finding in findings:
        verdict = str(finding["verdict"])
        text = Text(f"{verdict:8}", style=_STYLES[verdict])
        text.append(f"{finding['check']:20}", style="bold")
        text.append(printable(finding["detail"]), style="")
        out.print(text)
        problems = finding["problems"]
        for problem in problems[:_PROBLEMS]:
            out.print(Text(f"        {printable(problem)}"))
        if len(problems) > _PROBLEMS:
            out.print(Text(f"        and {len(problems) - _PROBLEMS} more: see --json"))


def _told(what: str, reasons: Mapping[str, int]) -> None:
    """A line a reason, the most frequent first."""
    if not reasons:
        return
    line(f"{what}:")
    listed = sorted(reasons.items(), key=lambda one: (-one[1], one[0]))
    width = len(f"{listed[0][1]:,}")
    for why, number in listed[:_SHOWN]:
        line(f"  {number:>{width},}  {why}")
    if rest := listed[_SHOWN:]:
        line(f"  {sum(number for _, number in rest):>{width},}  for {len(rest)} other reasons")
