"""Every detector through every world, at 0.5 false alarms a person-year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from benchmarks.trends.diaries import World
from benchmarks.trends.metrics import (
    FLARE_WATCHED,
    Delays,
    Detector,
    calibrated,
    changing,
    delays,
    rate,
    rate_of_third,
    shipped,
    stable,
    with_limit,
)
from benchmarks.trends.rivals import all_known, first_weeks, plain_cusum, week_before

WANTED = 0.5
TUNING_SEED = 31
LIMITS_TRIED = (8.0, 7.0, 6.0, 5.2, 4.7, 4.2, 3.6, 3.0, 2.0, 1.0)
CHANGES = {
    "+1": World(step=1),
    "+2": World(step=2),
    "+3": World(step=3),
    "+0.25 a week": World(ramp_a_week=0.25),
    "+0.5 a week": World(ramp_a_week=0.5),
    "-2": World(step=-2),
}
FLARE = World(flare_days=3)
HARDER = {
    "wandering": World(wanders=True),
    "flares": World(flares=True),
    "one entry a week": World(weekly=True),
    "deviations last (0.5)": World(lasting=0.5),
    "people differ more": World(spread=0.6),
}


@dataclass(frozen=True)
class Row:
    """One detector: `stable` by harder world, `thirds` from the steadiest, `changes` by name."""

    stable: dict[str, float]
    thirds: list[float]
    changes: dict[str, Delays]
    flare: float


@dataclass(frozen=True)
class Judged:
    rows: dict[str, Row]
    # Of all known, for each change what the best of three assumed rises reaches.
    limit: Row
    weekly: Delays


def judge(people: int, seed: int) -> Judged:
    tuning = stable(people, TUNING_SEED)
    rivals: dict[str, tuple[Detector, float]] = {
        "last week against the week before, at 2": (week_before, 2.0),
        "last week against first four weeks": (first_weeks, calibrated(first_weeks, tuning, 0.2, 6)),
        "plain CUSUM of the design": (plain_cusum, calibrated(plain_cusum, tuning, 1, 12)),
        "shipped": (shipped, WANTED),
    }
    known = {rise: all_known(rise) for rise in (1.0, 1.5, 2.0)}
    numbers = {rise: calibrated(detector, tuning, 1, 12) for rise, detector in known.items()}
    limits = [row(detector, numbers[rise], people, seed) for rise, detector in known.items()]
    best = {name: min((one.changes[name] for one in limits), key=lambda one: one.mean) for name in CHANGES}
    weekly = delays(shipped(changing(people, seed, World(step=2, weekly=True)), WANTED))
    return Judged(
        {name: row(detector, number, people, seed) for name, (detector, number) in rivals.items()},
        replace(limits[-1], changes=best),
        weekly,
    )


def row(detector: Detector, number: float, people: int, seed: int) -> Row:
    calm = stable(people, seed)
    raised = detector(calm, number)
    return Row(
        {"stable": rate(raised)}
        | {name: rate(detector(stable(people, seed, world), number)) for name, world in HARDER.items()},
        [rate_of_third(calm, raised, third) for third in range(3)],
        {name: delays(detector(changing(people, seed, world), number)) for name, world in CHANGES.items()},
        delays(detector(changing(people, seed, FLARE), number)).within(FLARE_WATCHED - 1),
    )


def trade_off(people: int, seed: int, often: Sequence[float]) -> list[dict[str, float]]:
    """The shipped detector at other rates: asked, measured, and what it finds."""
    curve = []
    for asked in often:
        by = {name: delays(shipped(changing(people, seed, CHANGES[name]), asked)) for name in ("+1", "+2")}
        flare = delays(shipped(changing(people, seed, FLARE), asked)).within(FLARE_WATCHED - 1)
        curve.append(
            {
                "asked": asked,
                "measured": rate(shipped(stable(people, seed), asked)),
                "+2 mean days": by["+2"].mean,
                "+2 by 14 days": by["+2"].within(14),
                "+1 by 28 days": by["+1"].within(28),
                "flare raised": flare,
            }
        )
    return curve


def limits(people: int) -> list[tuple[float, float]]:
    """(false alarms a person-year, limit of the score), fewest first: the table of tracker/trends/limits.py."""
    calm = stable(people, TUNING_SEED)
    return [(rate(with_limit(calm, limit)), limit) for limit in LIMITS_TRIED]
