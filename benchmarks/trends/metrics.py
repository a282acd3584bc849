"""How good a detector is: false alarms a person-year, and how late it finds a change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from benchmarks.trends.diaries import People, World, diaries
from benchmarks.trends.rivals import START, Raised
from tracker import trends
from tracker.trends.limits import limit_for

Detector = Callable[[People, float], Raised]

YEAR = 365
CHANGE_DAY = 90
WATCHED = 84
# A flare has passed by then, and so has whatever it raised.
FLARE_WATCHED = 28


def shipped(people: People, false_alarms_per_year: float) -> Raised:
    return with_limit(people, limit_for(false_alarms_per_year))


def with_limit(people: People, limit: float) -> Raised:
    raised = np.zeros(people.values.shape, bool)
    for person, values in enumerate(people.values):
        days = np.flatnonzero(~np.isnan(values))
        detector = trends.Detector(limit)
        for day, value in zip(days.tolist(), values[days].tolist(), strict=True):
            detector.take(day, value)
            raised[person, day] = detector.raised
    return raised


# Every detector reads the same diaries: a quarter of a gigabyte instead of making them seven times.
@lru_cache(maxsize=16)
def stable(people: int, seed: int, world: World | None = None) -> People:
    """A year after the first 28 days, no change."""
    return diaries(world or World(), people, START + YEAR, 0, seed)


@lru_cache(maxsize=16)
def changing(people: int, seed: int, world: World) -> People:
    return diaries(world, people, CHANGE_DAY + WATCHED, CHANGE_DAY, seed)


def rate(raised: Raised) -> float:
    """Raised days a person-year, the first 28 days left out."""
    return float(raised[:, START:].sum() / (len(raised) * (raised.shape[1] - START) / 365.25))


def rate_of_third(people: People, raised: Raised, third: int) -> float:
    """Of the steadiest (0) to the noisiest (2) third of people."""
    order = np.argsort(people.deviation)
    return rate(raised[np.array_split(order, 3)[third]])


def calibrated(detector: Detector, people: People, low: float, high: float, wanted: float = 0.5) -> float:
    """The number at which a rival raises `wanted` false alarms a person-year; more of it raises fewer."""
    for _ in range(10):
        middle = (low + high) / 2
        low, high = (middle, high) if rate(detector(people, middle)) > wanted else (low, middle)
    return (low + high) / 2


@dataclass(frozen=True)
class Delays:
    """Of those not raised before the change: days until raised, `WATCHED` where never."""

    days: np.ndarray

    @property
    def mean(self) -> float:
        return float(self.days.mean())

    @property
    def median(self) -> float:
        return float(np.median(self.days))

    def within(self, days: int) -> float:
        return float((self.days <= days).mean())


def delays(raised: Raised) -> Delays:
    unaware = raised[~raised[:, :CHANGE_DAY].any(axis=1), CHANGE_DAY:]
    return Delays(np.where(unaware.any(axis=1), unaware.argmax(axis=1), WATCHED))
