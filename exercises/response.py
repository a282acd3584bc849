"""
How pain and numbness changed around the sessions that had an exercise in them, and how sure that is. Pure.

**What it can and cannot say.** The ratings belong to a whole session, so every exercise that was done in it, wholly or
partly, shares the credit: two exercises that are always done together get the same answer. It is a before-after
comparison of one person without a control: what would have passed by itself is in it too. It says what was seen after
an exercise, never what the exercise causes.

**Method.** For one person and one comparison (pain after the session, say), over the sessions that have both ratings:

1. *Change*: the later rating minus the one before, in points of the 0-10 scale; negative is less.
2. *The same start for all.* A session that begins worse than usual tends to end better by itself (regression to the
   mean), and some exercises are kept for bad days. The changes are regressed on the rating before, over all sessions
   of the person, and each is taken to the person's usual start (analysis of covariance: Vickers and Altman, BMJ 2001;
   323: 1123). The slope is held between -1 and 0 and pulled to 0 while sessions are few (`STEADY_SLOPE`).
3. *Noise pooled.* One variance for the person, from what is left of all changes, held up by `NOISE_WEIGHT` sessions'
   worth of a spread of `NOISE` points, so that three equal ratings do not look like certainty; never below what
   rounding two ratings to whole numbers makes (2 x 1/12).
4. *Shrinkage.* The mean change of an exercise has the prior Normal(0, `SPREAD`): most exercises do little, few move
   pain by more than two points. It pulls small numbers of sessions to zero, and is what keeps 17 exercises, each
   with four comparisons, from throwing up a winner by luck (Gelman, Hill and Yajima, 2012: shrinkage instead of
   corrected p-values).
5. *Verdict* from the 95 % interval. `worse` when all of it lies at least `WORSE_BY` above zero; `better` when all of it
   lies at least `BETTER_BY` below; `no-change` when all of it lies within `IMPORTANT`; `too-few` below `FEWEST`
   sessions; else `unclear`.

**Figures.** A change of 2 points on a 0-10 rating is what patients call meaningful; smaller ones, from 1 point, are
reported for getting worse (product plan, clinical facts, 5: review of the minimal important change on the numeric
rating scale). So less than 1 either way is no change. People stretch when it hurts more, and no control is at hand: in
the half hour of a session little of that passes by itself, until next morning up to about a point does. Hence
`BETTER_BY`: half a point after the session, a whole one next morning. It cannot fake a turn for the worse, which needs
half a point either time. These and `SPREAD`, `NOISE`, `NOISE_WEIGHT` and `FEWEST` were set by simulation
(`python -m benchmarks.response`): no more than 5 % of people whose 17 exercises all do nothing are told `better` or
`worse` of any of them after 60 sessions.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import fsum, sqrt
from statistics import NormalDist
from typing import Any

STREAMS = ("pain", "numbness")
MOMENTS = ("after", "next_morning")
VERDICTS = ("too-few", "better", "no-change", "unclear", "worse")

FEWEST = 5
# Points on the 0-10 scale.
IMPORTANT = 1.0
BETTER_BY = {"after": 0.5, "next_morning": 1.0}
WORSE_BY = 0.5
SPREAD = 1.0
NOISE = 1.5
# In sessions.
NOISE_WEIGHT = 5
STEADY_SLOPE = 10

SURE = NormalDist().inv_cdf(0.975)
ROUNDING = 2 / 12


@dataclass(frozen=True)
class RatedSession:
    """The exercises done in it, wholly or partly, and its ratings by name (`pain_before`), 0-10 or None."""

    exercises: set[str]
    ratings: Mapping[str, int | None]


@dataclass(frozen=True)
class Change:
    """From before to later, in points; `start` is the rating before."""

    exercises: set[str]
    start: int
    points: int


def responses(sessions: Iterable[RatedSession]) -> list[dict[str, Any]]:
    """
    `[{"exercise", "sessions", "pain": {"after": C | None, "next_morning": C | None}, "numbness": ...}]`, most often
    done first. C is `{"n", "mean", "low", "high", "verdict"}` in points, `n` the sessions with both ratings; None
    without any. The order of the sessions does not matter.
    """
    sessions = list(sessions)
    done: dict[str, int] = defaultdict(int)
    for session in sessions:
        for exercise in session.exercises:
            done[exercise] += 1
    found = {
        (stream, moment): compare(changes(sessions, f"{stream}_before", f"{stream}_{moment}"), BETTER_BY[moment])
        for stream in STREAMS
        for moment in MOMENTS
    }
    return [
        {
            "exercise": exercise,
            "sessions": count,
            **{stream: {moment: found[stream, moment].get(exercise) for moment in MOMENTS} for stream in STREAMS},
        }
        for exercise, count in sorted(done.items(), key=lambda pair: (-pair[1], pair[0]))
    ]


def changes(sessions: Iterable[RatedSession], before: str, later: str) -> list[Change]:
    """Of the sessions that rated both moments."""
    return [
        Change(session.exercises, start, end - start)
        for session in sessions
        if (start := session.ratings[before]) is not None and (end := session.ratings[later]) is not None
    ]


def compare(rated: list[Change], better_by: float) -> dict[str, dict[str, Any]]:
    """By exercise, over one person's changes of one comparison."""
    if not rated:
        return {}
    level = [(one.exercises, points) for one, points in zip(rated, from_usual_start(rated), strict=True)]
    variance = noise(points for _, points in level)
    by_exercise: dict[str, list[float]] = defaultdict(list)
    for exercises, points in level:
        for exercise in exercises:
            by_exercise[exercise].append(points)
    return {exercise: estimate(points, variance, better_by) for exercise, points in by_exercise.items()}


def from_usual_start(rated: list[Change]) -> list[float]:
    """Each change as it would be had its session begun at the person's usual rating."""
    usual = fsum(one.start for one in rated) / len(rated)
    typical = fsum(one.points for one in rated) / len(rated)
    spread = fsum((one.start - usual) ** 2 for one in rated)
    joint = fsum((one.start - usual) * (one.points - typical) for one in rated)
    slope = min(0.0, max(-1.0, joint / (spread + STEADY_SLOPE)))
    return [one.points - slope * (one.start - usual) for one in rated]


def noise(points: Iterable[float]) -> float:
    """The variance of one session's change, in points squared."""
    points = list(points)
    typical = fsum(points) / len(points)
    scatter = fsum((one - typical) ** 2 for one in points)
    return max(ROUNDING, (NOISE_WEIGHT * NOISE**2 + scatter) / (NOISE_WEIGHT + len(points) - 1))


def estimate(points: list[float], variance: float, better_by: float) -> dict[str, Any]:
    """Normal prior, normal noise of known variance: mean and 95 % interval of the exercise's mean change."""
    weight = len(points) / variance
    mean = fsum(points) / variance / (weight + SPREAD**-2)
    half = SURE / sqrt(weight + SPREAD**-2)
    low, high = round(mean - half, 2), round(mean + half, 2)
    word = verdict(len(points), low, high, better_by)
    return {"n": len(points), "mean": round(mean, 2), "low": low, "high": high, "verdict": word}


def verdict(n: int, low: float, high: float, better_by: float) -> str:
    if n < FEWEST:
        return "too-few"
    if high <= -better_by:
        return "better"
    if low >= WORSE_BY:
        return "worse"
    return "no-change" if low > -IMPORTANT and high < IMPORTANT else "unclear"
