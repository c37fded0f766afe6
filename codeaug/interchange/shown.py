"""What people see of a card in a tool that shows texts only."""

from __future__ import annotations

from codeaug.samples import Proven


def place(sample: Proven) -> str:
    """Where the function stands."""
    unit = sample.unit
    # A path may have bytes that are no text, which the tools could not show.
    path = unit.path.encode("utf-8", "backslashreplace").decode()
    return f"{path}:{unit.line} {unit.qualified_name}"


def how(sample: Proven) -> str:
    """How the variant was made."""
    origin = sample.variant.origin
    return ", ".join(filter(None, [origin.engine, *origin.recipe, origin.model]))


def evidence(sample: Proven) -> str:
    """The evidence in short: its rung, its figures and what each check found, without the logs."""
    found = sample.evidence
    figures = [f"{name}: {value}" for name, value in found.parameters]
    checks = [
        f"{one.check}: {one.verdict}" + (f", {one.detail}" if one.detail else "")
        for one in found.findings
    ]
    return "\n".join([f"{found.verdict}, {found.rung.label}", *figures, *checks])
