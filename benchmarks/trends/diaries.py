"""
Made-up diaries: one stream, a day value 0-10 for each day or nothing, for many people at once.

After the product's design of the detector: a personal level, day-to-day deviations that last (AR(1)), one-day spikes,
a week's and a year's rhythm, rounding to whole numbers, days without an entry, singly and in gaps, rather when it
hurts or rather when it does not. Harder worlds add a level that wanders, or flares. Nothing here is a real person.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class World:
    """Points on the 0-10 scale, days from the change day. What a person's months may hold beside noise."""

    step: float = 0.0
    ramp_a_week: float = 0.0
    # One flare of this many days at the change day, `flare_points` high.
    flare_days: int = 0
    flare_points: float = 4.5
    # 1-4 flares a year of 2-5 days, at any time.
    flares: bool = False
    # The level moves by 0.02-0.06 a day, up or down.
    wanders: bool = False
    # One entry a week.
    weekly: bool = False
    # How much people differ in their day-to-day deviation (of its logarithm), and how long a deviation usually lasts
    # (correlation of one day with the next).
    spread: float = 0.35
    lasting: float = 0.3


@dataclass(frozen=True)
class People:
    """What is true of each of them."""

    # (people, days): what they wrote, NaN for nothing; what they felt; what was to expect had nothing changed.
    values: Floats
    felt: Floats
    usual: Floats
    # (days,): what was added.
    change: Floats
    # One for each person: the share of days with a spike, the standard deviation and the persistence of a day.
    often: Floats
    deviation: Floats
    lasting: Floats


def diaries(world: World, people: int, days: int, change_day: int, seed: int) -> People:
    chance = np.random.default_rng(seed)
    level = chance.normal(4.3, 1.6, people).clip(1.5, 7)
    deviation = np.exp(chance.normal(np.log(1.15), world.spread, people)).clip(0.5, 2.2)
    lasting = chance.normal(world.lasting, 0.15, people).clip(0, 0.65)
    change = changed(world, np.arange(days) - change_day)
    usual = level[:, None] + rhythms(people, days, chance)
    often = chance.choice([0.01, 0.04], people)
    felt = usual + change + autoregressive(deviation, lasting, days, chance) + spikes(often, days, chance)
    if world.wanders:
        daily = chance.uniform(0.02, 0.06, people)
        felt += np.cumsum(chance.normal(0, daily[:, None], (people, days)), axis=1)
    if world.flares:
        felt += flares(people, days, chance)
    values = np.rint(felt).clip(0, 10)
    values[unlogged(world, felt - level[:, None], chance)] = np.nan
    return People(values, felt, usual, change, often, deviation, lasting)


def changed(world: World, since: NDArray[np.int64]) -> Floats:
    shape = world.step * (since >= 0) + world.ramp_a_week / 7 * since.clip(0)
    return shape + world.flare_points * ((since >= 0) & (since < world.flare_days))


def autoregressive(deviation: Floats, lasting: Floats, days: int, chance: np.random.Generator) -> Floats:
    made = chance.normal(0, deviation[:, None], (len(deviation), days))
    made[:, 1:] *= np.sqrt(1 - lasting**2)[:, None]
    for day in range(1, days):
        made[:, day] += lasting * made[:, day - 1]
    return made


def rhythms(people: int, days: int, chance: np.random.Generator) -> Floats:
    total = np.zeros((people, days))
    for period, height in ((7, np.abs(chance.normal(0, 0.2, people))), (365.25, chance.uniform(0, 0.4, people))):
        phase = chance.uniform(0, 2 * np.pi, people)
        total += height[:, None] * np.sin(2 * np.pi * np.arange(days) / period + phase[:, None])
    return total


def spikes(often: Floats, days: int, chance: np.random.Generator) -> Floats:
    shape = (len(often), days)
    return chance.uniform(1.5, 4, shape) * (chance.random(shape) < often[:, None])


def flares(people: int, days: int, chance: np.random.Generator) -> Floats:
    total = np.zeros((people, days))
    for person in range(people):
        for _ in range(chance.poisson(chance.integers(1, 5) * days / 365)):
            start, length = chance.integers(0, days), chance.integers(2, 6)
            total[person, start : start + length] += chance.uniform(3, 6)
    return total


def unlogged(world: World, worse: Floats, chance: np.random.Generator) -> NDArray[np.bool_]:
    people, days = worse.shape
    if world.weekly:
        weekday = chance.integers(0, 7, people)
        return (np.arange(days) + weekday[:, None]) % 7 != 0
    share = chance.beta(1.6, 5.6, people).clip(0.02, 0.65)
    leaning = chance.choice([-0.25, 0.25], people)
    odds = np.log(share / (1 - share))[:, None] + leaning[:, None] * worse
    missing = chance.random((people, days)) < 1 / (1 + np.exp(-odds))
    for person, day in np.argwhere(chance.random((people, days)) < 0.007):
        missing[person, day : day + chance.integers(3, 11)] = True
    return missing
