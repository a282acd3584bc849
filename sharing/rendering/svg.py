"""
Writes SVG that stands by itself within a page or a PDF: presentation attributes only (a strict CSP lets no style
through), no ids (several pictures share one page), and everything that is not a number escaped. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

FONT = "Atkinson Hyperlegible Next, Atkinson Hyperlegible, Verdana, sans-serif"
INK, SOFT, RULE, PAPER = "#1c2528", "#4d5a5f", "#d5d2ca", "#ffffff"

# Colour, dash and mark of each stream, as in the app's charts: in grey, dash and mark tell them apart.
COLOURS = {"numbness": "#1f5f9e", "tingling": "#7a3f9d", "pain": "#b03a17", "weakness": "#5d6212"}
DASHES = {"numbness": "", "tingling": "1.5 3.5", "pain": "9 4", "weakness": "9 3.5 1.5 3.5"}


def tag(name: str, content: str = "", **attributes: str | float | None) -> str:
    """An element. `content` is markup already; an attribute that is None or empty is left out; `_` stands for `-`."""
    written = "".join(
        [
            f' {key.rstrip("_").replace("_", "-")}="{escape(number(value))}"'
            for key, value in attributes.items()
            if value is not None and value != ""
        ]
    )
    return f"<{name}{written}>{content}</{name}>" if content else f"<{name}{written}/>"


def number(value: object) -> str:
    """A tenth of a unit is finer than any printer needs."""
    return f"{value:.1f}".removesuffix(".0").replace("-0.0", "0") if isinstance(value, float) else str(value)


def label(text: str, x: float, y: float, *, size: float, **attributes: str) -> str:
    return tag("text", escape(text), x=float(x), y=float(y), font_size=size, **attributes)


def picture(parts: Iterable[str], *, width: float, height: float, title: str, description: str) -> str:
    """The whole file. `title` and `description` say in words what the picture shows."""
    said = {"title": title, "desc": description}
    return tag(
        "svg",
        "".join([*(tag(name, escape(text)) for name, text in said.items() if text), *parts]),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {number(width)} {number(height)}",
        width=width,
        height=height,
        role="img",
        font_family=FONT,
        font_size=11,
        fill=INK,
    )


def mark(stream: str, x: float, y: float, r: float) -> str:
    """A stream's mark: circle, triangle, square, diamond."""
    shapes = {
        "numbness": f"M{number(x - r)} {number(y)}a{r} {r} 0 1 0 {2 * r} 0a{r} {r} 0 1 0 {-2 * r} 0z",
        "tingling": polygon((x, y - 1.2 * r), (x + 1.2 * r, y + 0.9 * r), (x - 1.2 * r, y + 0.9 * r)),
        "pain": polygon(*((x + a * r, y + b * r) for a, b in ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)))),
        "weakness": polygon((x, y - 1.3 * r), (x + 1.3 * r, y), (x, y + 1.3 * r), (x - 1.3 * r, y)),
    }
    return tag("path", d=shapes[stream], fill=COLOURS[stream], stroke=PAPER, stroke_width=1.0)


def polygon(*points: tuple[float, float]) -> str:
    return "M" + "L".join(f"{number(x)} {number(y)}" for x, y in points) + "z"
