"""
The chart of page one: the 7-day mean of each stream as a line, the days as faint dots, and changes to the plan as
numbered lines. In grey, dash and mark tell the streams apart. Pure.

A person's words (names of plans) stand in the description only, and beside the picture: `program_lines`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any, cast

from exercises.handout.wording import counted
from sharing.rendering.axis import ticks_of
from sharing.rendering.svg import COLOURS, DASHES, PAPER, RULE, SOFT, label, mark, number, picture, tag
from sharing.rendering.wording import (
    Words,
    dated_words,
    day_words,
    figure,
    is_to_come,
    named,
    period_words,
    program_words,
    words_of,
)
from sharing.snapshot import Snapshot

STREAMS = ("numbness", "tingling", "pain", "weakness")
# Fewer rated days show no course.
NEEDS_DAYS = 4
# Longer than this the dots would be a grey band, and a line with a point a day thicker than its dashes.
LONG_DAYS = 400
LONGEST_POINTS = 400
CROWDED_DAYS = 120
LEFT, RIGHT, BOTTOM = 20.0, 92.0, 20.0
# Above the plot: the numbers of the changes, or half a line for the axis.
TOP_WITH_NUMBERS, TOP = 22.0, 8.0
TEXT = 11
LINE = 13.0


@dataclass(frozen=True)
class Plot:
    """Where days and ratings lie, in units of the drawing."""

    width: float
    height: float
    first: date
    days: int
    top: float

    @property
    def right(self) -> float:
        return self.width - RIGHT

    def x(self, index: float) -> float:
        return LEFT + (self.right - LEFT) * (index / max(self.days - 1, 1))

    @cached_property
    def written_x(self) -> list[str]:
        """`x` of each day as an SVG has it: every stream needs them all."""
        return [number(self.x(index)) for index in range(self.days)]

    def y(self, value: float) -> float:
        return self.top + (self.height - self.top - BOTTOM) * (1 - value / 10)

    def index(self, day: str) -> int:
        return (date.fromisoformat(day) - self.first).days


def chart_svg(snapshot: Snapshot, *, width: int, height: int, language: str | None = None) -> str:
    words = words_of(language or snapshot["language"])
    title = words["chart_title"].format(period=period_words(snapshot, words))
    snapshot = from_the_first_entry(snapshot)
    period = snapshot["period"]
    top = TOP_WITH_NUMBERS if snapshot["program"] else TOP
    plot = Plot(float(width), float(height), date.fromisoformat(period["start"]), period["days"], top)
    lines = lines_of(snapshot)
    step = step_of(snapshot)
    alone = ratings_without_line(snapshot, lines) if step == 1 else {}
    parts = [tag("rect", width=width, height=height, fill=PAPER), *grid(plot, words), *program_marks(snapshot, plot)]
    if step == 1:
        parts += [dots(snapshot, stream, plot) for stream in lines]
        parts += [part for stream, points in alone.items() for part in marks_alone(stream, points, plot)]
    parts += [part for stream, points in lines.items() for part in line_parts(stream, points, step, plot)]
    parts += end_labels({**lines, **alone}, plot, words)
    if not lines and not alone:
        middle = plot.x((plot.days - 1) / 2)
        parts.append(label(words["chart_none"], middle, plot.y(5), size=TEXT, text_anchor="middle", fill=SOFT))
    return picture(parts, width=width, height=height, title=title, description=" ".join(sentences(snapshot, words)))


def from_the_first_entry(snapshot: Snapshot) -> Snapshot:
    """Without the days before there was anything, or the plan changed: an empty half of a chart looks like a fault."""
    days, changes = snapshot["days"], [change["date"] for change in snapshot["program"]]
    known = [day["date"] for day in days if day["entries"] or day["sessions"]]
    begins = max(min([*known[:1], *changes], default=""), snapshot["period"]["start"])
    days = [day for day in days if day["date"] >= begins]
    return {**snapshot, "days": days, "period": {**snapshot["period"], "start": begins, "days": len(days)}}


def why_no_chart(snapshot: Snapshot, words: Words) -> str:
    """Empty when there is enough to draw."""
    rated = sum(1 for day in snapshot["days"] if any(cast(Any, day)[stream] is not None for stream in STREAMS))
    if rated >= NEEDS_DAYS:
        return ""
    if not rated:
        return str(words["chart_empty"])
    last = date.fromisoformat(snapshot["period"]["end"])
    day = (last + timedelta(NEEDS_DAYS - rated)).isoformat()
    if not is_to_come(day, snapshot):
        return counted(words["chart_few"], rated, needs=NEEDS_DAYS)
    return counted(words["chart_few_yet"], rated, needs=NEEDS_DAYS, day=day_words(day, words))


def sentences(snapshot: Snapshot, words: Words) -> list[str]:
    """The chart in words: each stream's first, last, lowest and highest mean, and each change to the plan."""
    found = []
    days = snapshot["days"]
    for stream in STREAMS:
        means = [(day["date"], mean) for day in days if (mean := day["means"].get(stream)) is not None]
        if means:
            values = [mean for _, mean in means]
            (first_day, first), (last_day, last) = means[0], means[-1]
            found.append(
                words["chart_line"].format(
                    stream=named(words, "streams", stream),
                    first=figure(first),
                    last=figure(last),
                    first_day=dated_words(first_day, words),
                    last_day=dated_words(last_day, words),
                    low=figure(min(values)),
                    high=figure(max(values)),
                )
            )
    found = found or [words["chart_none"]]
    changes = program_lines(snapshot, words)
    return found + [words["chart_change"].format(number=n, date=day, text=text) for n, day, text in changes]


def program_lines(snapshot: Snapshot, words: Words) -> list[tuple[int, str, str]]:
    """The list that goes with the numbers in the chart: number, day, what changed."""
    return [
        (n, dated_words(change["date"], words), program_words(change, words))
        for n, change in enumerate(snapshot["program"], 1)
    ]


def step_of(snapshot: Snapshot) -> int:
    """Every how many days a line has a point: each day, or in a long period each so many weeks. 1: dots are shown."""
    days = len(snapshot["days"])
    return 1 if days <= LONG_DAYS else 7 * -(-days // (7 * LONGEST_POINTS))


def note_words(snapshot: Snapshot, words: Words) -> str:
    """What the chart shows, and of what it could show but does not have nothing."""
    drawn = from_the_first_entry(snapshot)
    step = step_of(drawn)
    means = words["chart_lines"] if step == 1 else words["chart_lines_long"].format(days=step)
    return " ".join(
        [
            means if lines_of(drawn) else words["chart_none"],
            *([words["chart_dots"]] if step == 1 else []),
            *([words["chart_numbers"]] if drawn["program"] else []),
        ]
    )


def lines_of(snapshot: Snapshot) -> dict[str, list[tuple[int, float]]]:
    """Of each stream that has any: the means by number of the day, with the newest one always among them."""
    step, days = step_of(snapshot), snapshot["days"]
    shown = [index for index in range(len(days)) if (len(days) - 1 - index) % step == 0]
    found = {
        stream: [(n, mean) for n in shown if (mean := days[n]["means"].get(stream)) is not None] for stream in STREAMS
    }
    return {stream: points for stream, points in found.items() if points}


def grid(plot: Plot, words: Words) -> Iterator[str]:
    for value in range(0, 11, 2):
        y = plot.y(value)
        yield tag("path", d=f"M{number(LEFT)} {number(y)}H{number(plot.right)}", stroke=RULE, stroke_width=0.8)
        yield label(str(value), LEFT - 5, y + 4, size=TEXT, text_anchor="end", fill=SOFT)
    floor = plot.y(0)
    for index, text in ticks_of(plot.first, plot.days, room=plot.right - LEFT, words=words):
        x = plot.x(index)
        yield tag("path", d=f"M{number(x)} {number(floor)}v4", stroke=SOFT, stroke_width=0.8)
        yield label(text, x, floor + 15, size=TEXT, text_anchor="middle", fill=SOFT)


def program_marks(snapshot: Snapshot, plot: Plot) -> Iterator[str]:
    """A line down for each change, and its number above; of those too close for two numbers, the first and the last."""
    groups: list[list[tuple[int, float]]] = []
    for n, change in enumerate(snapshot["program"], 1):
        x = plot.x(min(max(plot.index(change["date"]), 0), plot.days - 1))
        if groups and x - groups[-1][0][1] < 3 * TEXT:
            groups[-1].append((n, x))
        else:
            groups.append([(n, x)])
    for group in groups:
        (first, left), (last, right) = group[0], group[-1]
        for _, x in group:
            d = f"M{number(x)} {number(plot.top - 4)}V{number(plot.y(0))}"
            yield tag("path", d=d, stroke=SOFT, stroke_width=0.8, stroke_dasharray="2 2")
        text = str(first) if first == last else f"{first}\u2013{last}"
        wide = max(LINE, len(text) * 6.6 + 5)
        x = (left + right) / 2
        yield tag("rect", x=x - wide / 2, y=2.0, width=wide, height=15.0, rx=3, fill=PAPER, stroke=SOFT)
        yield label(text, x, 13.5, size=TEXT, text_anchor="middle", font_weight="bold")


def ratings_without_line(snapshot: Snapshot, lines: Iterable[str]) -> dict[str, list[tuple[int, float]]]:
    """The worst rating of each day, of the streams that were rated too seldom for a mean."""
    rated = {
        stream: [(n, cast(Any, day)[stream]) for n, day in enumerate(snapshot["days"])]
        for stream in STREAMS
        if stream not in lines
    }
    known = {stream: [(n, float(value)) for n, value in days if value is not None] for stream, days in rated.items()}
    return {stream: days for stream, days in known.items() if days}


def marks_alone(stream: str, points: Sequence[tuple[int, float]], plot: Plot) -> Iterator[str]:
    for n, value in points:
        yield mark(stream, plot.x(n), plot.y(value), 3.6)


def dots(snapshot: Snapshot, stream: str, plot: Plot) -> str:
    """Each day's worst rating. Those of the streams lie a little beside each other, or one would hide the other."""
    lift = (STREAMS.index(stream) - 1.5) * 1.6
    heights = [number(plot.y(value) + lift) for value in range(11)]
    rated = [(x, cast(Any, day)[stream]) for x, day in zip(plot.written_x, snapshot["days"], strict=True)]
    d = "".join(f"M{x} {heights[value]}h0" for x, value in rated if value is not None)
    return tag(
        "path",
        d=d,
        fill="none",
        stroke=COLOURS[stream],
        stroke_width=3.0 if plot.days <= CROWDED_DAYS else 1.6,
        stroke_linecap="round",
        # Not `opacity`: of that a PDF makes a group, a quarter of what a chart takes to print.
        stroke_opacity=0.4,
    )


def line_parts(stream: str, points: Sequence[tuple[int, float]], step: int, plot: Plot) -> Iterator[str]:
    """The line, broken where there is no mean, and its mark here and there."""
    parts: list[str] = []
    last = None
    for n, value in points:
        joined = last is not None and n - last <= step
        # A point alone is a dot of the line's width.
        place = f"{plot.written_x[n]} {number(plot.y(value))}"
        parts.append(f"L{place}" if joined else f"M{place}h0.1")
        last = n
    d = "".join(parts)
    # Rounding the many corners of the lines is a tenth of what a chart takes to print, and nobody sees it.
    yield tag("path", d=d, fill="none", stroke=PAPER, stroke_width=4.0, stroke_linejoin="bevel", stroke_opacity=0.8)
    yield tag(
        "path",
        d=d,
        fill="none",
        stroke=COLOURS[stream],
        stroke_width=2.0,
        stroke_linejoin="bevel",
        stroke_dasharray=DASHES[stream],
    )
    spacing, reached = 90.0, plot.x(points[0][0]) + STREAMS.index(stream) * 22 - 90.0
    for n, value in points:
        if plot.x(n) >= reached + spacing:
            reached = plot.x(n)
            yield mark(stream, plot.x(n), plot.y(value), 3.6)


def end_labels(lines: dict[str, list[tuple[int, float]]], plot: Plot, words: Words) -> Iterator[str]:
    """`Numbness 3.1` at the end of its line, moved apart where two lines end together."""
    lowest = plot.y(0)
    ends = sorted((plot.y(points[-1][1]), stream) for stream, points in lines.items())
    places: list[float] = []
    for y, _ in ends:
        places.append(max(y, places[-1] + LINE) if places else y)
    for back in range(len(places) - 1, -1, -1):
        places[back] = min(places[back], lowest - (len(places) - 1 - back) * LINE)
    for (y, stream), place in zip(ends, places, strict=True):
        x = plot.right
        end = plot.x(lines[stream][-1][0])
        d = f"M{number(end + 4)} {number(y)}L{number(x + 5)} {number(place)}"
        yield tag("path", d=d, stroke=COLOURS[stream], stroke_width=0.8)
        yield mark(stream, x + 10, place, 3.8)
        text = f"{named(words, 'streams', stream)} {figure(lines[stream][-1][1])}"
        yield label(text, x + 17, place + 4, size=TEXT, fill=COLOURS[stream], font_weight="bold")
