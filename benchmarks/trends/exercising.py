"""
How often an exercise is told as aggravating though none does anything: sessions of made-up people.

Four sessions a week of three of six exercises each. Pain and numbness before are the day's, the next morning's the next
day's, after them as before but for a point now and then: whoever rates twice within the hour rates much the same.
"""

from __future__ import annotations

import numpy as np

from benchmarks.trends.diaries import Floats, World, diaries
from tracker.trends.aggravated import STREAMS, Done, aggravations
from tracker.trends.limits import SENSITIVITIES

EXERCISES = [f"exercise-{number}" for number in range(6)]
A_WEEK, AT_ONCE = 4, 3
# Points, standard deviation.
WITHIN_THE_HOUR = 0.7


def sessions(felt: dict[str, Floats], person: int, chance: np.random.Generator) -> list[Done]:
    done = []
    for day in np.flatnonzero(chance.random(felt[STREAMS[0]].shape[1] - 1) < A_WEEK / 7).tolist():
        ratings: dict[str, int | None] = {}
        for stream in STREAMS:
            before, morning = felt[stream][person, day : day + 2]
            after = before + chance.normal(0, WITHIN_THE_HOUR)
            for moment, value in (("before", before), ("after", after), ("next_morning", morning)):
                ratings[f"{stream}_{moment}"] = int(np.rint(value).clip(0, 10))
        chosen = chance.choice(EXERCISES, AT_ONCE, replace=False)
        done.append(Done(str(len(done)), day, frozenset(chosen.tolist()), ratings))
    return done


def told_a_year(people: int, seed: int, days: int = 365) -> dict[str, float]:
    """By sensitivity, how often a person-year anything is told."""
    chance = np.random.default_rng(seed)
    felt = {stream: diaries(World(), people, days + 1, 0, seed + number).felt for number, stream in enumerate(STREAMS)}
    counts = dict.fromkeys(SENSITIVITIES, 0)
    for person in range(people):
        done = sessions(felt, person, chance)
        for sensitivity in SENSITIVITIES:
            counts[sensitivity] += len(aggravations(done, 0, sensitivity))
    return {sensitivity: count / (people * days / 365.25) for sensitivity, count in counts.items()}
