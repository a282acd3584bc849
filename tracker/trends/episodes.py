"""
What a trend that was told becomes: the same one found again, over, or followed by a later one. Pure.

Whether a trend is over is found from the days alone, never from when an entry arrived: in any order, the same end.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from math import floor
from typing import Any, NamedTuple, TypeVar

# Back to usual for a while: over one of these spells (days, fewest entries in them). The second is for weekly entries.
SPELLS = ((14, 5), (28, 4))
# Of the rise, at most this is left.
LEFT = 0.25
# What was over when it was told (a flare), or is no more done (an exercise), is no news after so many days.
FLARE_TOLD, EXERCISE_TOLD = 28, 56


class Episode(NamedTuple):
    """Told on `day`, began on `since` (days of one count); `facts` are the figures behind it."""

    since: int
    day: int
    facts: dict[str, Any]


class Over(NamedTuple):
    day: int
    reason: str


K = TypeVar("K")


def pair(
    found: Iterable[Episode], known: Iterable[tuple[K, int, int, bool]], apart: int
) -> tuple[list[tuple[Episode, K | None]], list[K]]:
    """
    Each episode with the `known` (key, since, day, taken back) one that it is, or None: one each, those whose days
    overlap most, or lie less than `apart` days from one another. One that was taken back only where no other is left.
    Second: the known ones not found again.
    """
    episodes, left = list(found), {key: (since, day, back) for key, since, day, back in known}
    shared = [
        (not back, min(day, episode.day) - max(since, episode.since), place, key)
        for key, (since, day, back) in left.items()
        for place, episode in enumerate(episodes)
    ]
    paired: dict[int, K] = {}
    for _, overlap, place, key in sorted(shared, key=lambda one: one[:3], reverse=True):
        if overlap > -apart and place not in paired and key in left:
            paired[place] = key
            del left[key]
    return [(episode, paired.get(place)) for place, episode in enumerate(episodes)], list(left)


def back_to(target: float, entries: Sequence[tuple[int, float]], after: int, start: int) -> int | None:
    """
    The first day from `start` on at which a spell of `SPELLS` that lies wholly after `after` has a mean of `target` or
    less. `entries`: (day, value) ascending, from at least the longest spell before `start`.
    """
    days = [day for day, _ in entries]
    for place in range(bisect_right(days, max(start - 1, after)), len(entries)):
        day = days[place]
        for length, fewest in SPELLS:
            first = bisect_right(days, day - length)
            values = [value for _, value in entries[first : place + 1]]
            if day - length >= after and len(values) >= fewest and sum(values) <= target * len(values):
                return day
    return None


def first_from(days: Iterable[int], start: int) -> int | None:
    """The first of `days`, ascending, that is `start` or later."""
    return next((day for day in days if day >= start), None)


def usual_again(facts: dict[str, Any]) -> float:
    """The level at which a sustained worsening counts as over."""
    baseline, recent = facts["baseline"], facts["recent"]
    return float(baseline + LEFT * max(0.0, recent - baseline))


def shown_usual(baseline: float, recent: float) -> float:
    """The usual level as the app says and draws it: in halves of a point, in tenths where halves would be the same."""
    low, high = (floor(value * 2 + 0.5) / 2 for value in (baseline, recent))
    return low if low != high else floor(baseline * 10 + 0.5) / 10
