"""
What the shipped detector is measured against: the limit of what can be known, naive rules, the one it grew out of.

Each takes the people and one number to calibrate, and gives (people, days) of raised days; after one, 28 days of rest.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from benchmarks.trends.diaries import Floats, People

START = REST = 28
Raised = NDArray[np.bool_]


def rested(hits: Raised) -> Raised:
    """The first of each run of hits, then 28 days of nothing."""
    raised = np.zeros_like(hits)
    quiet = np.zeros(len(hits), int)
    for day in range(START, hits.shape[1]):
        raised[:, day] = hits[:, day] & (day >= quiet)
        quiet[raised[:, day]] = day + REST
    return raised


def means(values: Floats, first: int, last: int) -> Floats:
    """By day, the mean of the entries from `first` to `last` days ago; NaN below three of them."""
    total, count = np.zeros(values.shape), np.zeros(values.shape)
    for ago in range(last, first + 1):
        there = values[:, : values.shape[1] - ago]
        total[:, ago:] += np.nan_to_num(there)
        count[:, ago:] += ~np.isnan(there)
    return np.where(count >= 3, total / np.maximum(count, 1), np.nan)


def week_before(people: People, points: float) -> Raised:
    """The last week's mean at least `points` above that of the week before."""
    hits = means(people.values, 6, 0) - means(people.values, 13, 7) >= points
    return rested(hits & ~np.isnan(people.values))


def first_weeks(people: People, points: float) -> Raised:
    """The last week's mean at least `points` above that of the first four weeks."""
    usual = means(people.values, START - 1, 0)[:, START - 1 : START]
    return rested((means(people.values, 6, 0) - usual >= points) & ~np.isnan(people.values))


def all_known(rise: float) -> Callable[[People, float], Raised]:
    """
    The reference limit: a CUSUM of the exact likelihood ratio, when each person's level, rhythms, spread, persistence
    and spikes are known, and the size of the rise too.
    """

    def detect(people: People, limit: float) -> Raised:
        values, deviation, spiking = people.values, people.deviation**2 + 1 / 12, people.often
        raised = np.zeros(values.shape, bool)
        score, before, last, quiet = (np.zeros(len(values)) for _ in range(4))
        last -= 99
        for day in range(values.shape[1]):
            written = ~np.isnan(values[:, day])
            away = np.where(written, values[:, day] - people.usual[:, day], before)
            carried = people.lasting ** (day - last)
            variance = deviation * (1 - carried**2)
            surprise, step = away - carried * before, rise * (1 - carried)
            more = likelihood(surprise - step, variance, spiking) / likelihood(surprise, variance, spiking)
            active = written & (day >= START) & (day >= quiet)
            score = np.where(active, np.maximum(0, score + np.log(more)), score)
            hit = raised[:, day] = active & (score >= limit)
            score[hit], quiet[hit] = 0, day + REST
            before, last = away, np.where(written, day, last)
        return raised

    return detect


def likelihood(away: Floats, variance: Floats, spiking: Floats) -> Floats:
    """Of a surprise: an ordinary day, or a spike of 1.5 to 4 points."""
    spike = variance + 2.5**2 / 12
    ordinary = (1 - spiking) * np.exp(-(away**2) / 2 / variance) / np.sqrt(variance)
    return ordinary + spiking * np.exp(-((away - 2.75) ** 2) / 2 / spike) / np.sqrt(spike) + 1e-6


def plain_cusum(people: People, limit: float) -> Raised:
    """The design's starting point: baseline up to 14 days ago, persistence 0.25, a rise of 1.5, seven days and five."""
    values = people.values
    raised = np.zeros(values.shape, bool)
    score, before, last, quiet, total, squares, learned, seen, since, entries = np.zeros((10, len(values)))
    last -= 99
    for day in range(values.shape[1]):
        old = values[:, day - 14] if day >= 14 else np.full(len(values), np.nan)
        learned += ~np.isnan(old)
        total += np.nan_to_num(old)
        squares += np.nan_to_num(old) ** 2
        mean = total / np.maximum(learned, 1)
        spread = (squares - learned * mean**2 + 10 * 1.2**2) / (learned + 10)
        written = ~np.isnan(values[:, day])
        seen += written
        value = np.where(written, values[:, day], before)
        carried = 0.25 ** (day - last)
        variance = spread * (1 - carried**2)
        furthest, step = 2.5 * np.sqrt(variance), 1.5 * (1 - carried)
        surprise = np.clip(value - mean - carried * (before - mean), -furthest, furthest)
        active = written & (day >= START) & (seen >= 8) & (learned > 0) & (day >= quiet)
        since = np.where(active & (score == 0), day, since)
        entries = np.where(active, np.where(score == 0, 1, entries + 1), entries)
        score = np.where(active, np.maximum(0, score + step / variance * (surprise - step / 2)), score)
        hit = raised[:, day] = active & (score >= limit) & (day - since >= 7) & (entries >= 5)
        score[hit], quiet[hit] = 0, day + REST
        before, last = value, np.where(written, day, last)
    return raised
