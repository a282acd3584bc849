"""
Trends of a person's diary: what is worse to stay, what was a flare, what spreads, what is better. Pure: no Django, no
clock. `detector` says how a worsening is found, `limits` how often it may be wrong, `spreading` how far symptoms reach.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tracker.trends.detector import WORST, Detector, follow, step
from tracker.trends.limits import limit_for, stream_limit
from tracker.trends.state import BEGIN, State

__all__ = [
    "BEGIN",
    "Detector",
    "State",
    "follow",
    "improving_days",
    "limit_for",
    "step",
    "stream_limit",
    "worsening_days",
]


def worsening_days(values: Sequence[float | None], false_alarms_per_year: float = 0.5) -> list[int]:
    """
    The days (index) on which a sustained worsening is first raised, once an episode.

    `values`: one a day, 0-10, None where nothing was logged; ValueError for any other number, NaN too.
    `false_alarms_per_year`: accepted for a stable person (`limits`). After a raised day the detector rests for
    `detector.REST` days; then the days since the worsening began are the new usual, and a further one is a new episode.
    """
    return raised(logged(values), false_alarms_per_year)


def improving_days(values: Sequence[float | None], false_alarms_per_year: float = 0.5) -> list[int]:
    """The same, the other way up: the days on which a lasting improvement can be told. Never a flag."""
    return raised(((day, WORST - value) for day, value in logged(values)), false_alarms_per_year)


def logged(values: Sequence[float | None]) -> Iterable[tuple[int, float]]:
    return ((day, value) for day, value in enumerate(values) if value is not None)


def raised(entries: Iterable[tuple[int, float]], false_alarms_per_year: float) -> list[int]:
    detector = Detector(limit_for(false_alarms_per_year))
    days = []
    for day, value in entries:
        detector.take(day, value)
        if detector.raised:
            days.append(day)
    return days
