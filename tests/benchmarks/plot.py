"""The growth plot as an SVG: cost over size, both on logarithmic scales, readable on light and dark pages."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from tests.benchmarks.report import amount
from tests.benchmarks.rows import Row

WIDTH, HEIGHT = 960, 470
LEFT, RIGHT, TOP, BOTTOM = 64, 286, 64, 52
_STYLE = """
  text { font: 13px system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif; fill: #3b434e; }
  .title { font-size: 16px; font-weight: 600; fill: #1c222a; }
  .faint { fill: #68727f; font-size: 12px; }
  .grid { stroke: #68727f; stroke-opacity: .22; stroke-width: 1; }
  .eye { stroke: #68727f; stroke-opacity: .6; stroke-dasharray: 4 4; }
  .line { fill: none; stroke-width: 2.2; stroke-linejoin: round; stroke-linecap: round; }
  .c0 { --c: #1f6fd1; } .c1 { --c: #c2571a; } .c2 { --c: #1b8a5a; } .c3 { --c: #8b4fc4; }
  .c4 { --c: #b23a5e; } .c5 { --c: #7a6a12; } .c6 { --c: #0f8796; } .c7 { --c: #5c6670; }
  .line { stroke: var(--c); } .dot { fill: var(--c); } .label { fill: var(--c); }
  @media (prefers-color-scheme: dark) {
    text { fill: #c3cad3; } .title { fill: #eef1f5; } .faint { fill: #98a2ae; }
    .grid, .eye { stroke: #98a2ae; }
    .c0 { --c: #6cb0ff; } .c1 { --c: #f3a06a; } .c2 { --c: #63d3a0; } .c3 { --c: #c79cf5; }
    .c4 { --c: #f58aab; } .c5 { --c: #d9c45c; } .c6 { --c: #5fd0de; } .c7 { --c: #aab4bf; }
    .label { fill: var(--c); }
  }
"""


@dataclass(frozen=True, slots=True)
class Line:
    """A kind of work: its name and its seconds by number of papers."""

    name: str
    points: tuple[tuple[int, float], ...]


def lines_of(rows: Sequence[Row], names: Sequence[tuple[str, str]]) -> list[Line]:
    """The lines of these kinds of work, ``(what, label)``; kinds that were measured at one size are left out."""
    found = []
    for what, label in names:
        points = sorted((row.size, row.ours) for row in rows if row.what == what and row.unit == "s")
        if len(points) > 1:
            found.append(Line(label, tuple(points)))
    return found


class _Axes:
    """Places on the picture for sizes and seconds."""

    def __init__(self, lines: Sequence[Line]) -> None:
        points = [point for line in lines for point in line.points]
        self.sizes = sorted({size for size, _ in points})
        self.low = math.floor(math.log10(min(seconds for _, seconds in points)))
        self.high = math.ceil(math.log10(max(seconds for _, seconds in points)))

    def x(self, size: float) -> float:
        first, last = math.log10(self.sizes[0]), math.log10(self.sizes[-1])
        return LEFT + (math.log10(size) - first) / (last - first) * (WIDTH - LEFT - RIGHT)

    def y(self, seconds: float) -> float:
        share = (math.log10(seconds) - self.low) / (self.high - self.low)
        return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM)


def growth(lines: Sequence[Line], title: str, subtitle: str) -> str:
    """The picture; each line has its name and last value at its right end."""
    axes = _Axes(lines)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}"'
        f' role="img" aria-label="{escape(title)}">',
        f"<style>{_STYLE}</style>",
        f'<text class="title" x="{LEFT}" y="24">{escape(title)}</text>',
        f'<text class="faint" x="{LEFT}" y="44">{escape(subtitle)}</text>',
        *_grid(axes),
    ]
    ends = sorted(
        ((axes.y(line.points[-1][1]), place) for place, line in enumerate(lines)), key=lambda end: end[0]
    )
    labels = dict(zip((place for _, place in ends), _apart([y for y, _ in ends], 17.0), strict=True))
    for place, line in enumerate(lines):
        parts += _drawn(axes, line, place % 8, labels[place])
    return "\n".join([*parts, "</svg>"]) + "\n"


def _grid(axes: _Axes) -> list[str]:
    right, parts = WIDTH - RIGHT, []
    for power in range(axes.low, axes.high + 1):
        y = axes.y(10.0**power)
        parts.append(f'<line class="grid" x1="{LEFT}" x2="{right}" y1="{y:.1f}" y2="{y:.1f}"/>')
        parts.append(
            f'<text class="faint" x="{LEFT - 10}" y="{y + 4:.1f}" text-anchor="end">{_power(power)}</text>'
        )
    for size in axes.sizes:
        x = axes.x(size)
        parts.append(f'<line class="grid" x1="{x:.1f}" x2="{x:.1f}" y1="{TOP}" y2="{HEIGHT - BOTTOM}"/>')
        parts.append(
            f'<text class="faint" x="{x:.1f}" y="{HEIGHT - BOTTOM + 20}" text-anchor="middle">{size:,}</text>'
        )
    middle = (LEFT + right) / 2
    parts.append(
        f'<text class="faint" x="{middle:.0f}" y="{HEIGHT - 10}" text-anchor="middle">papers in the library</text>'
    )
    if axes.low < -1 < axes.high:
        y = axes.y(0.1)
        parts.append(f'<line class="eye" x1="{LEFT}" x2="{right}" y1="{y:.1f}" y2="{y:.1f}"/>')
        parts.append(
            f'<text class="faint" x="{LEFT + 6}" y="{y - 5:.1f}">a tenth of a second: felt as at once</text>'
        )
    return parts  # fmt: skip


def _power(power: int) -> str:
    if power >= 0:
        return f"{10**power} s"
    return f"{10 ** (power + 3)} ms" if power >= -3 else f"{10 ** (power + 6)} µs"


def _apart(places: Sequence[float], gap: float) -> list[float]:
    """The places, from top to bottom, moved until each is a gap away from the next."""
    moved = list(places)
    for _ in range(50):
        for place in range(1, len(moved)):
            if (missing := gap - (moved[place] - moved[place - 1])) > 0:
                moved[place - 1] -= missing / 2
                moved[place] += missing / 2
    return moved


def _drawn(axes: _Axes, line: Line, colour: int, label_y: float) -> list[str]:
    points = [(axes.x(size), axes.y(seconds)) for size, seconds in line.points]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    dots = "".join(f'<circle class="dot" cx="{x:.1f}" cy="{y:.1f}" r="3.2"/>' for x, y in points)
    last = amount(line.points[-1][1], "s")
    return [
        f'<g class="c{colour}"><polyline class="line" points="{path}"/>{dots}'
        f'<text class="label" x="{WIDTH - RIGHT + 14}" y="{label_y + 4:.1f}">{escape(line.name)} · {last}</text></g>'
    ]
