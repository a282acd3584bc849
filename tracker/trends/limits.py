"""
How high a score must climb, for the false alarms that are accepted, and how a person's flags share them. Pure.

`LIMITS` was measured on 6,000 simulated stable people over a year after their first 28 days
(`python -m benchmarks.trends calibrate`): an expectation for people like those, not a promise for one person.
"""

from __future__ import annotations

from itertools import pairwise
from math import log

# (false alarms a person-year, limit of the score)
LIMITS = (
    (0.048, 8.0),
    (0.082, 7.0),
    (0.155, 6.0),
    (0.250, 5.2),
    (0.345, 4.7),
    (0.478, 4.2),
    (0.719, 3.6),
    (1.116, 3.0),
    (2.162, 2.0),
    (3.566, 1.0),
)

# False alarms a year that a person accepts of all trend flags together.
SENSITIVITIES = {"fewer": 0.25, "standard": 0.5, "more": 1.0}
# Of these, what one stream's worsening may use: five streams take three quarters, the rules beside them what is left.
STREAM_SHARE = 0.15


def limit_for(false_alarms_per_year: float) -> float:
    """
    The limit of `detector.step`; ValueError unless the rate is above zero. Between and below the measured rates the
    limit goes straight with their logarithm; above, it stays: resting after an episode allows no more.
    """
    if not false_alarms_per_year > 0:
        raise ValueError(f"a rate of false alarms lies above zero, not {false_alarms_per_year}")
    for (fewer, high), (more, low) in pairwise(LIMITS):
        if false_alarms_per_year <= more:
            return high + (low - high) * log(false_alarms_per_year / fewer) / log(more / fewer)
    return LIMITS[-1][1]


def stream_limit(sensitivity: str = "standard") -> float:
    """The limit of each of a person's five streams."""
    return limit_for(SENSITIVITIES[sensitivity] * STREAM_SHARE)
