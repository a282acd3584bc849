"""
All streams and rules of one person together: how often a stable one is flagged at all, and whether several streams find
a worsening sooner than one.

The four rated streams share half of what moves them from day to day and have levels of their own. Which places are
marked follows a person's usual two to four, each on most days, and now and then one more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from benchmarks.trends.diaries import People, World, diaries
from tracker.trends import Detector, stream_limit
from tracker.trends.spreading import REACH, Place, reach, spread

SHARED = 0.5
START = 28
PLACES: list[Place] = [(region, "left") for region in REACH if region != "low-back"] + [("low-back", "midline")]
Days = list[tuple[int, float]]


def four_streams(world: World, people: int, days: int, change_day: int, seed: int) -> list[list[Days]]:
    """By person, the four streams; written on the same days."""
    shared = diaries(world, people, days, change_day, seed)
    own = [diaries(world, people, days, change_day, seed + number) for number in (1, 2, 3, 4)]
    return [[mixed(shared, stream, person) for stream in own] for person in range(people)]


def mixed(shared: People, own: People, person: int) -> Days:
    written = np.flatnonzero(~np.isnan(shared.values[person]))
    ours = own.felt[person, written] - own.usual[person, written]
    common = shared.felt[person, written] - shared.usual[person, written]
    change = own.change[written]
    moved = np.sqrt(1 - SHARED) * (ours - change) + np.sqrt(SHARED) * (common - change) + change
    values = np.rint(own.usual[person, written] + moved).clip(0, 10)
    return [(int(day), float(value)) for day, value in zip(written, values, strict=True)]


def marked(days: Sequence[int], chance: np.random.Generator) -> list[tuple[int, frozenset[Place]]]:
    """Usual places on seven days of ten each; on three days of a hundred one more, anywhere."""
    usual = chance.choice(len(PLACES), chance.integers(2, 5), replace=False)
    marks = []
    for day in days:
        chosen = [PLACES[place] for place in usual if chance.random() < 0.7]
        if chance.random() < 0.03:
            chosen.append(PLACES[chance.integers(len(PLACES))])
        marks.append((int(day), frozenset(chosen)))
    return marks


def flags(streams: Sequence[Days], marks: list[tuple[int, frozenset[Place]]]) -> list[tuple[int, str]]:
    """(day, rule) of all that is raised for one person at the standard sensitivity."""
    limit = stream_limit()
    raised = []
    for stream in (*streams, [(day, float(reach(places))) for day, places in marks]):
        detector = Detector(limit)
        for day, value in stream:
            detector.take(day, value)
            raised += [(day, "sustained-worsening")] * detector.raised + [(day, "flare")] * detector.flared
    for end in range(1, len(marks) + 1):
        if told := spread(marks[max(0, end - 60) : end]):
            raised.append((told.day, "spreading"))
    return sorted(raised)


def stable(people: int, seed: int, days: int = 393) -> dict[str, float]:
    """Flags a person-year by rule, nothing ever changing, and of all together."""
    chance = np.random.default_rng(seed + 9)
    counts: Counter[str] = Counter()
    for streams in four_streams(World(), people, days, 0, seed):
        marks = marked([day for day, _ in streams[0]], chance)
        counts.update(rule for day, rule in flags(streams, marks) if day >= START)
    years = people * (days - START) / 365.25
    return {**{rule: count / years for rule, count in counts.items()}, "all": counts.total() / years}


def found(step: float, people: int, seed: int, change_day: int = 90) -> dict[int, float]:
    """The share flagged within 14 and 28 days of a step in all four streams, of those not flagged before."""
    chance = np.random.default_rng(seed + 9)
    delays = []
    for streams in four_streams(World(step=step), people, change_day + 84, change_day, seed):
        marks = marked([day for day, _ in streams[0]], chance)
        first = min((day for day, _ in flags(streams, marks)), default=change_day + 84)
        if first >= change_day:
            delays.append(first - change_day)
    return {within: float(np.mean(np.array(delays) <= within)) for within in (14, 28)}
