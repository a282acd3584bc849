"""
A made-up person's two years: a diary with a flare, a slow worsening and gaps. Pure.

Ratings wander about a level as real ones do: day-to-day deviation of about one point, correlated from day to day
(lag-1 about 0.3), rounded and clipped to 0-10; a quarter of the days is missing, some of them in a row.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

DAYS = 730
FLARE = range(410, 424)
WORSENING_FROM = 640
HOLIDAY = range(300, 316)
DEVIATION, CORRELATION = 1.1, 0.3
PLACES = (("buttock", "left", 0.0), ("back-of-thigh", "left", -0.5), ("calf", "left", -1.0), ("sole", "left", -1.5))
NOTES = ("", "", "", "", "Long drive.", "Slept badly.", "A good day.", "Gardening.", "Sat through meetings.")
TRIGGERS = ("sitting", "bending", "lifting", "driving", "standing")


@dataclass
class Course:
    """The level that a stream wanders about, day by day."""

    start: float
    draw: random.Random
    deviation: float = 0.0
    levels: list[float] = field(default_factory=list)

    def walk(self) -> list[int]:
        for day in range(DAYS):
            noise = self.draw.gauss(0, DEVIATION * math.sqrt(1 - CORRELATION**2))
            self.deviation = CORRELATION * self.deviation + noise
            # It eases over the first year, flares for two weeks, and creeps up over the last three months.
            level = self.start - 2.0 * min(day, 365) / 365
            level += 3.0 if day in FLARE else 0.0
            level += 2.5 * max(0, day - WORSENING_FROM) / (DAYS - WORSENING_FROM)
            self.levels.append(level + self.deviation)
        return [max(0, min(10, round(level))) for level in self.levels]


def diary(today: date, zone: str, seed: int = 7) -> Iterator[dict[str, Any]]:
    """Bodies of symptom logs, oldest first, the last one yesterday or earlier."""
    draw = random.Random(seed)  # noqa: S311 - a story, not a secret
    streams = {
        name: Course(start, draw).walk()
        for name, start in (("numbness", 5.0), ("tingling", 4.0), ("pain", 5.5), ("weakness", 2.0))
    }
    for day in range(DAYS):
        if day in HOLIDAY or draw.random() < 0.22:
            continue
        for hour in (8, 20) if draw.random() < 0.25 else (20,):
            values = {name: found[day] for name, found in streams.items()}
            yield entry(today - timedelta(days=DAYS - day), hour, zone, values, draw)


def entry(day: date, hour: int, zone: str, values: dict[str, int], draw: random.Random) -> dict[str, Any]:
    moment = datetime(day.year, day.month, day.day, hour, draw.randrange(60), tzinfo=ZoneInfo(zone))
    readings = []
    for region, side, less in PLACES:
        ratings = {name: max(0, round(value + less)) for name, value in values.items()}
        if max(ratings.values()) > 0:
            qualities = sorted(draw.sample(["aching", "burning", "pins-and-needles", "tight"], draw.randrange(0, 3)))
            readings.append({"region": region, "side": side, **ratings, "qualities": qualities})
    return {
        "occurred_at": moment.isoformat(),
        "time_zone": zone,
        "readings": readings,
        "sleep_quality": max(0, min(10, 8 - values["pain"] // 2 + draw.randrange(-1, 2))),
        "triggers": draw.sample(TRIGGERS, draw.randrange(0, 2)),
        "note": draw.choice(NOTES),
        "self_care": [{"kind": "walking", "minutes": 20}] if draw.random() < 0.3 else [],
    }
