"""
All the app's icons from one drawing, with Pillow. Without arguments it writes them to `static/public/icons`; with
`--check` it fails when one there is not what this file draws.

The mark: a leg's line that is pinched, and comes free again.
"""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw

FOLDER = Path(__file__).resolve().parent.parent / "static" / "public" / "icons"
GROUND, LINE, DOT = "#14625e", "#f6f4ef", "#f2b58f"
# Drawn large and scaled down: Pillow's own shapes have no smooth edges.
SCALE = 4
# Android cuts a maskable icon to any shape inside the middle 80 %; iOS and the favicon show all of it.
ICONS = {
    "icon-192.png": (192, 0.22, 1.0),
    "icon-512.png": (512, 0.22, 1.0),
    "maskable-512.png": (512, 0.0, 0.74),
    "apple-touch-icon.png": (180, 0.0, 0.9),
    "favicon.png": (48, 0.22, 1.0),
}


def bezier(points: list[tuple[float, float]], steps: int = 60) -> list[tuple[float, float]]:
    """Points on the cubic curve with these four control points, in units of the icon's width."""
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = points
    curve = []
    for n in range(steps + 1):
        t, u = n / steps, 1 - n / steps
        weights = (u**3, 3 * u * u * t, 3 * u * t * t, t**3)
        curve.append(
            (
                weights[0] * ax + weights[1] * bx + weights[2] * cx + weights[3] * dx,
                weights[0] * ay + weights[1] * by + weights[2] * cy + weights[3] * dy,
            )
        )
    return curve


LEFT = [(0.30, 0.16), (0.30, 0.40), (0.47, 0.38), (0.47, 0.53)]
RIGHT = [(0.70, 0.16), (0.70, 0.40), (0.53, 0.38), (0.53, 0.53)]
FREE_LEFT = [(0.47, 0.53), (0.47, 0.66), (0.34, 0.66), (0.34, 0.85)]
FREE_RIGHT = [(0.53, 0.53), (0.53, 0.66), (0.66, 0.66), (0.66, 0.85)]


def draw(size: int, rounding: float, zoom: float) -> Image.Image:
    big = size * SCALE
    image = Image.new("RGBA", (big, big), (0, 0, 0, 0))
    pen = ImageDraw.Draw(image)
    pen.rounded_rectangle((0, 0, big - 1, big - 1), radius=int(big * rounding), fill=GROUND)

    def place(point: tuple[float, float]) -> tuple[float, float]:
        x, y = (big * (0.5 + (value - 0.5) * zoom) for value in point)
        return x, y

    width = big * 0.085 * zoom
    for strand in (LEFT + FREE_LEFT, RIGHT + FREE_RIGHT):
        for x, y in (place(p) for p in bezier(strand[:4]) + bezier(strand[4:])):
            pen.ellipse((x - width / 2, y - width / 2, x + width / 2, y + width / 2), fill=LINE)
    x, y = place((0.5, 0.53))
    dot = big * 0.105 * zoom
    pen.ellipse((x - dot, y - dot, x + dot, y + dot), fill=DOT)
    return image.resize((size, size), Image.Resampling.LANCZOS)


def encode(image: Image.Image) -> bytes:
    file = BytesIO()
    image.save(file, "PNG", optimize=True)
    return file.getvalue()


def main() -> int:
    stale = []
    for name, shape in ICONS.items():
        image, path = draw(*shape), FOLDER / name
        if "--check" not in sys.argv:
            FOLDER.mkdir(parents=True, exist_ok=True)
            path.write_bytes(encode(image))
        # Pixels, not bytes: another zlib packs the same picture differently.
        elif not path.exists() or Image.open(path).convert("RGBA").tobytes() != image.tobytes():
            stale.append(name)
    if stale:
        print(f"Not fresh: {', '.join(stale)}. Run: python tools/icons.py")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
