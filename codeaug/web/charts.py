"""Pictures as SVG, made here: no script, no style attribute, and each with its table beside it.

Colours are classes of figures.css. Numbers stand in the table; the picture has a name and is
skipped by screen readers, which have the table.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from codeaug.estimates import Estimate

_WIDTH, _LABEL, _ROW, _BAR = 520.0, 180.0, 24.0, 14.0


@dataclass(frozen=True, slots=True)
class Table:
    """What a picture shows: the first cell of a row is its head."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture and its table; `note` says what one could mistake."""

    title: str
    picture: Markup
    table: Table
    key: tuple[tuple[str, str], ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A label and its parts, each a number and a class of colour."""

    label: str
    parts: tuple[tuple[float, str], ...]


def bars(rows: Sequence[Row]) -> Markup:
    """Bars that lie, a row each, their parts side by side; the longest fills the width."""
    longest = max((sum(n for n, _ in row.parts) for row in rows), default=0) or 1
    scale = (_WIDTH - _LABEL) / longest
    shapes: list[Markup] = []
    for number, row in enumerate(rows):
        top, left = number * _ROW, _LABEL
        shapes.append(_label(row.label, top))
        for value, colour in row.parts:
            if value:
                shapes.append(_rect(left, top + 4, value * scale, _BAR, colour))
                left += value * scale
    return _svg(shapes, _WIDTH, max(1, len(rows)) * _ROW)


def ranges(rows: Sequence[tuple[str, Estimate | None]]) -> Markup:
    """A dot and its interval a row, on an axis from -1 (or 0) to 1."""
    low = -1.0 if any(e and e.low < 0 for _, e in rows) else 0.0
    scale = (_WIDTH - _LABEL - 12) / (1 - low)

    def at(value: float) -> float:
        return _LABEL + 6 + (value - low) * scale

    height = max(1, len(rows)) * _ROW
    shapes = [_line(at(x), 0, at(x), height, "axis") for x in (low, 0.0, 0.5, 1.0)]
    shapes += [
        _text(at(x), height + 14, f"{x:g}", "middle") for x in dict.fromkeys((low, 0.0, 0.5, 1.0))
    ]
    for number, (label, estimate) in enumerate(rows):
        top = number * _ROW
        shapes.append(_label(label, top))
        if estimate is not None:
            middle = top + _ROW / 2
            shapes.append(_line(at(estimate.low), middle, at(estimate.high), middle, "interval"))
            shapes.append(_dot(at(estimate.value), middle))
    return _svg(shapes, _WIDTH, height + 20)


def days(names: Sequence[str], columns: Sequence[Row], line: Sequence[float]) -> Markup:
    """A standing bar a day, and a line over them with a scale of its own."""
    height, bottom = 160.0, 180.0
    step = _WIDTH / max(1, len(columns))
    highest = max((sum(n for n, _ in c.parts) for c in columns), default=0) or 1
    most = max(line, default=0) or 1
    shapes: list[Markup] = []
    for number, column in enumerate(columns):
        top = bottom
        for value, colour in column.parts:
            tall = value / highest * height
            top -= tall
            if value:
                shapes.append(_rect(number * step + step * 0.15, top, step * 0.7, tall, colour))
    points = " ".join(
        f"{number * step + step / 2:.1f},{bottom - value / most * height:.1f}"
        for number, value in enumerate(line)
    )
    shapes.append(Markup('<polyline class="trend" points="{}"/>').format(points))
    shapes.append(_line(0, bottom, _WIDTH, bottom, "axis"))
    if names:
        shapes.append(_text(0, bottom + 16, names[0], "start"))
        shapes.append(_text(_WIDTH, bottom + 16, names[-1], "end"))
    return _svg(shapes, _WIDTH, bottom + 22)


# --- shapes ---------------------------------------------------------------------------------------


def _svg(shapes: Iterable[Markup], width: float, height: float) -> Markup:
    head = Markup(
        '<svg class="chart" viewBox="0 0 {:.0f} {:.0f}" aria-hidden="true" focusable="false">'
    )
    return head.format(width, height) + Markup("").join(shapes) + Markup("</svg>")


def _label(text: str, top: float) -> Markup:
    short = text if len(text) <= 26 else text[:25] + "…"
    return _text(_LABEL - 8, top + 15, short, "end")


def _text(x: float, y: float, text: str, anchor: str) -> Markup:
    shape = Markup('<text x="{:.1f}" y="{:.1f}" text-anchor="{}">{}</text>')
    return shape.format(x, y, anchor, escape(text))


def _rect(x: float, y: float, width: float, height: float, colour: str) -> Markup:
    shape = Markup('<rect class="{}" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}"/>')
    return shape.format(colour, x, y, width, height)


def _line(x1: float, y1: float, x2: float, y2: float, colour: str) -> Markup:
    shape = Markup('<line class="{}" x1="{:.1f}" y1="{:.1f}" x2="{:.1f}" y2="{:.1f}"/>')
    return shape.format(colour, x1, y1, x2, y2)


def _dot(x: float, y: float) -> Markup:
    return Markup('<circle class="dot" cx="{:.1f}" cy="{:.1f}" r="4.5"/>').format(x, y)
