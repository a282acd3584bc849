"""Line charts as plain SVG: nothing to install, readable in a light and a dark page, and in a diff."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 670, 360
LEFT, RIGHT, TOP, BOTTOM = 56, 200, 40, 48
COLOURS = ("#0b6bcb", "#b3541e", "#2e7d32", "#8e24aa")


@dataclass(frozen=True)
class Line:
    name: str
    points: Sequence[tuple[float, float]]
    colour: int = 0
    dashed: bool = False


def chart(title: str, across: str, up: str, lines: Sequence[Line], xs: Sequence[float], ys: Sequence[float]) -> str:
    """`xs` and `ys`: where the axes are marked; the first and last are their ends."""

    def at(x: float, y: float) -> tuple[float, float]:
        right = LEFT + (x - xs[0]) / (xs[-1] - xs[0]) * (WIDTH - LEFT - RIGHT)
        return round(right, 1), round(HEIGHT - BOTTOM - (y - ys[0]) / (ys[-1] - ys[0]) * (HEIGHT - TOP - BOTTOM), 1)

    def text(x: float, y: float, words: str, rest: str = "") -> str:
        return f'<text x="{x}" y="{y}" {rest}>{words}</text>'

    middle = (LEFT + WIDTH - RIGHT) / 2
    drawn = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{title}" '
        'font-family="system-ui, sans-serif" font-size="13">',
        '<rect width="100%" height="100%" fill="#fff"/>',
        text(LEFT, 22, title, 'font-weight="600"'),
        text(middle, HEIGHT - 10, across, 'text-anchor="middle"'),
        text(-HEIGHT / 2, 16, up, 'text-anchor="middle" transform="rotate(-90)"'),
    ]
    for y in ys:
        (left, height), (right, _) = at(xs[0], y), at(xs[-1], y)
        drawn.append(f'<path d="M{left} {height}H{right}" stroke="#ddd"/>')
        drawn.append(text(left - 6, height + 4, f"{y:g}", 'text-anchor="end"'))
    for x in xs:
        drawn.append(text(at(x, ys[0])[0], HEIGHT - BOTTOM + 18, f"{x:g}", 'text-anchor="middle"'))
    for number, line in enumerate(lines):
        colour, dashes = COLOURS[line.colour], ' stroke-dasharray="6 4"' if line.dashed else ""
        stroke = f'fill="none" stroke="{colour}" stroke-width="2"{dashes}'
        corners = " ".join(f"{right:g},{down:g}" for right, down in (at(*point) for point in line.points))
        drawn.append(f'<polyline points="{corners}" {stroke}/>')
        key = TOP + 20 * number
        drawn.append(f'<path d="M{WIDTH - RIGHT + 12} {key}h24" {stroke}/>')
        drawn.append(text(WIDTH - RIGHT + 42, key + 4, line.name))
    return "\n".join([*drawn, "</svg>", ""])
