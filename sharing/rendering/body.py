"""
Where one stream was felt: the lower body from the front and the back, the feet and the soles, with the mean of each
place. Darker is stronger, and the figure stands on it, so it reads in grey. Pure.

`body.json` is what the app draws (`tools/body_shapes.mjs`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from sharing.rendering.svg import COLOURS, PAPER, SOFT, label, picture, tag
from sharing.rendering.wording import Words, figure, named, place_words, words_of
from sharing.snapshot import Place
from tracker.vocabulary import MIDLINE_REGIONS, REGIONS, SIDES

WIDTH, HEIGHT = 680, 580
SKIN, SEAM, CONTOUR = "#f7f1ec", "#ddd0c6", "#8d7c70"
# Each view's midline, its top, and how large it is drawn.
VIEWS = {"front": (115, 4, 1.0), "back": (345, 4, 1.0), "feet": (568, 6, 0.74), "soles": (568, 304, 0.74)}
CAPTIONS = {"front": 573, "back": 573, "feet": 263, "soles": 556}
TEXT, VALUE = 25, 26

# Where a mean stands, where the app's own place would let it cover its neighbour's: those are one digit, these three.
STANDS = {
    "front": {
        "outer-hip": (90, 90),
        "groin": (51, 121),
        "front-thigh": (57, 176),
        "outer-thigh": (87, 212),
        "inner-thigh": (29, 244),
        "inner-shin": (46, 366),
        "outer-shin": (76, 408),
    },
    "back": {"outer-hip": (90, 88), "buttock": (47, 130), "outer-thigh": (86, 250), "back-of-thigh": (52, 208)},
    "feet": {"big-toe": (33, 62), "little-toes": (108, 82), "outer-foot": (116, 204), "top-of-foot": (66, 150)},
    "soles": {"big-toe": (33, 252), "little-toes": (108, 230), "outer-foot": (116, 112)},
}
# On the foot from the front there is no room, and the foot from above is beside it.
COLOUR_ONLY = {("front", "top-of-foot"), ("front", "big-toe"), ("front", "little-toes")}


@cache
def drawing() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((Path(__file__).parent / "body.json").read_bytes())["views"]
    return found


def body_svg(places: list[Place], stream: str, *, language: str = "en") -> str:
    """`stream`: numbness or pain, one that a `Place` has."""
    return drawn([*base_parts(language), *mark_parts(means_of(places, stream), stream)], places, stream, language)


def marks_svg(places: list[Place], stream: str, *, language: str) -> str:
    """What of `body_svg` differs from one to the next: to lie over `base_svg`, so that a PDF has that only once."""
    return drawn(mark_parts(means_of(places, stream), stream), places, stream, language)


def base_svg(*, language: str) -> str:
    return picture(base_parts(language), width=WIDTH, height=HEIGHT, title="", description="")


def drawn(parts: Iterable[str], places: list[Place], stream: str, language: str) -> str:
    words = words_of(language)
    title = words["body_title"].format(stream=named(words, "streams", stream))
    said = sentence(means_of(places, stream), stream, words)
    return picture(parts, width=WIDTH, height=HEIGHT, title=title, description=said)


def means_of(places: Sequence[Place], stream: str) -> dict[tuple[str, str], float]:
    """What was felt, from the low back to the sole: a place without a mean, or with a mean of 0, is not in it."""
    rank = {name: n for n, name in enumerate((*REGIONS, *SIDES))}
    found = {(one["region"], one["side"]): value for one in places if (value := one[stream])}  # type: ignore[literal-required]
    return dict(sorted(found.items(), key=lambda one: tuple(rank.get(part, len(rank)) for part in one[0])))


def sentence(means: dict[tuple[str, str], float], stream: str, words: Words) -> str:
    if not means:
        return str(words["body_none"]).format(stream=named(words, "stream_inside", stream))
    listed = ", ".join(
        words["body_place"].format(place=place_words(region, side, words), value=figure(value))
        for (region, side), value in means.items()
    )
    return str(words["body_sentence"]).format(stream=named(words, "streams", stream), places=listed)


def halves_of(view: str) -> list[tuple[str, int, str]]:
    """Side, sign and transform of both. From the front the patient faces the reader: their left is at the right."""
    right, left = ("left", "right") if view == "front" else ("right", "left")
    return [(right, 1, ""), (left, -1, "scale(-1 1)")]


def placed(view: str, parts: Iterable[str]) -> str:
    middle, top, scale = VIEWS[view]
    return tag("g", "".join(parts), transform=f"translate({middle} {top}) scale({scale})", stroke_linejoin="round")


@cache
def base_parts(language: str) -> tuple[str, ...]:
    """The body without marks, and what its views and sides are called."""
    words = words_of(language)
    parts = [tag("rect", width=WIDTH, height=HEIGHT, fill=PAPER)]
    for view, (middle, _, _) in VIEWS.items():
        parts.append(placed(view, outline_parts(drawing()[view], halves_of(view))))
        parts.append(caption(words["views"][view], middle, view))
        reach = 92 if view in ("front", "back") else 82
        parts += [
            caption(words["side_letters"][side], middle + sign * reach, view) for side, sign, _ in halves_of(view)
        ]
    return tuple(parts)


def outline_parts(half: dict[str, Any], halves: list[tuple[str, int, str]]) -> Iterator[str]:
    # Legs are one outline with the hips; feet are two.
    whole = any(area["path"].startswith("M0,") for area in half["areas"].values())
    seams = "".join(area["path"] for area in half["areas"].values())
    details = "".join(half["details"])
    for number, (_, _, turn) in enumerate(halves):
        if "behind" in half:
            yield tag("path", d=half["behind"], transform=turn, fill=SKIN, stroke=CONTOUR, stroke_width=1.2)
        if number == 0 or not whole:
            yield tag("path", d=half["body"], transform=turn, fill=SKIN, stroke=CONTOUR, stroke_width=1.6)
    for _, _, turn in halves:
        yield tag("path", d=seams, transform=turn, fill="none", stroke=SEAM, stroke_width=1.2)
        yield tag("path", d=details, transform=turn, fill="none", stroke=CONTOUR, stroke_opacity=0.4)


def mark_parts(means: dict[tuple[str, str], float], stream: str) -> Iterator[str]:
    """The places that were felt, darker where they are stronger, and above them all their means."""
    values = []
    for view, (middle, top, scale) in VIEWS.items():
        filled = []
        for side, sign, turn in halves_of(view):
            for region, area in drawing()[view]["areas"].items():
                midline = region in MIDLINE_REGIONS
                value = means.get((region, "midline" if midline else side))
                if value and not (midline and sign < 0):
                    fill = shade(COLOURS[stream], value)
                    filled.append(
                        tag("path", d=area["path"], transform=turn, fill=fill, stroke=CONTOUR, stroke_width=1.2)
                    )
                    if (view, region) not in COLOUR_ONLY:
                        out, down = STANDS[view].get(region) or area["at"]
                        values.append(value_label(figure(value), middle + sign * out * scale, top + down * scale))
        if filled:
            yield placed(view, filled)
    yield from values


def caption(text: str, x: float, view: str) -> str:
    return label(text, x, CAPTIONS[view], size=TEXT, fill=SOFT, text_anchor="middle")


def value_label(text: str, x: float, y: float) -> str:
    """White behind, so that it reads on the darkest place."""
    wide = len(text) * 14 + 5
    return tag("rect", x=x - wide / 2, y=y - 14, width=wide, height=28, rx=6, fill=PAPER, opacity=0.9) + label(
        text, x, y + 9, size=VALUE, text_anchor="middle", font_weight="bold"
    )


def shade(colour: str, value: float) -> str:
    """The colour over skin: a 1 is seen, a 10 is almost solid."""
    strength = 0.18 + 0.07 * min(value, 10)
    mixed = (
        round(int(SKIN[n : n + 2], 16) * (1 - strength) + int(colour[n : n + 2], 16) * strength) for n in (1, 3, 5)
    )
    return "#" + "".join(f"{part:02x}" for part in mixed)
