"""Sustained worsening, by the one call that others judge: what it must and must not raise, whatever is thrown at it."""

from __future__ import annotations

import math
import random
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.trends import improving_days, worsening_days
from tracker.trends.detector import REST
from tracker.trends.episodes import shown_usual
from tracker.trends.limits import SENSITIVITIES, limit_for, stream_limit

DIARIES = st.lists(st.none() | st.integers(0, 10) | st.floats(0, 10), max_size=200)


def diary(*stretches: tuple[int, float], seed: int = 1, logged: float = 0.75) -> list[int | None]:
    """(days, level) after each other, with a day-to-day deviation of 1, some days without an entry."""
    chance = random.Random(seed)
    levels = [level for days, level in stretches for _ in range(days)]
    values = [min(10, max(0, round(chance.gauss(level, 1)))) for level in levels]
    return [value if chance.random() < logged else None for value in values]


def test_raises_an_obvious_worsening_once_for_the_episode():
    assert [120 < day <= 135 for day in worsening_days(diary((120, 3), (100, 6)))] == [True]


def test_a_further_worsening_is_a_new_episode():
    first, second = worsening_days(diary((120, 2), (80, 5), (80, 8)))
    assert 120 < first <= 135
    assert 200 < second <= 215


def test_worsening_again_after_recovery_is_a_new_episode():
    first, second = worsening_days(diary((120, 2), (40, 6), (120, 2), (40, 6)))
    assert 120 < first <= 135
    assert 280 < second <= 300


def test_finds_a_slow_worsening():
    slow = diary(*((7, 2 + week / 2) for week in [0] * 16 + list(range(13))))
    assert 112 < worsening_days(slow)[0] <= 112 + 42


def test_finds_a_worsening_in_one_entry_a_week():
    weekly = [value if day % 7 == 0 else None for day, value in enumerate(diary((280, 3), (140, 6), seed=0, logged=1))]
    [found] = worsening_days(weekly)
    assert 280 < found <= 280 + 42


@pytest.mark.parametrize("seed", range(20))
def test_improvement_raises_nothing(seed):
    better = diary((120, 7), (120, 3), seed=seed)
    assert [day for day in worsening_days(better) if day >= 120] == []


def test_tells_improvement_apart():
    better = diary((120, 7), (120, 3))
    assert [120 < day <= 140 for day in improving_days(better)] == [True]


def test_three_bad_days_are_no_worsening():
    assert worsening_days([*[3, 4, 3, 2] * 30, 8, 8, 8, *[3, 4, 3, 2] * 10]) == []


@pytest.mark.parametrize(
    "values",
    [
        [],
        [None] * 400,
        [0] * 400,
        [10] * 400,
        [4.5] * 400,
        [5 if day % 30 == 0 else None for day in range(4000)],
        [None] * 300 + [9],
    ],
    ids=["nothing", "all missing", "all 0", "all 10", "all 4.5", "one a month", "one entry"],
)
def test_nothing_to_see_raises_nothing(values):
    assert worsening_days(values) == []
    assert improving_days(values) == []


def only(values: tuple[int, ...], seed: int) -> list[int | None]:
    """A person who writes nothing but these, around a level that never changes."""
    noisy = diary((393, 4), seed=seed)
    return [None if value is None else min(values, key=lambda one: abs(one - value)) for value in noisy]


def spells(seed: int) -> list[int]:
    """Mostly nothing, and now and then a bad day that another may follow."""
    chance, values, bad = random.Random(seed), [], False
    for _ in range(393):
        bad = chance.random() < (0.6 if bad else 0.04)
        values.append(chance.randint(3, 7) if bad else 0)
    return values


@pytest.mark.parametrize(
    "made",
    [lambda seed: only((0, 3, 5), seed), lambda seed: only((0, 5, 10), seed), spells],
    ids=["0, 3 or 5", "0, 5 or 10", "bad spells"],
)
def test_whoever_writes_in_an_odd_way_is_raised_hardly_more_often(made):
    # Wide bounds, fixed seeds, as below.
    assert sum(len(worsening_days(made(seed))) for seed in range(100)) / 100 < 0.9


@pytest.mark.parametrize("bad", [-1, 11, -0.001, 10.5, math.nan, math.inf, -math.inf])
def test_refuses_what_is_off_the_scale(bad):
    with pytest.raises(ValueError, match="between 0 and 10"):
        worsening_days([3, None, bad])


@pytest.mark.parametrize("rate", [0, -1, math.nan])
def test_refuses_a_rate_that_is_none(rate):
    with pytest.raises(ValueError, match="above zero"):
        worsening_days([3], rate)


@given(DIARIES)
def test_days_are_logged_ones_in_order_and_a_rest_apart(values):
    days = worsening_days(values)
    assert all(values[day] is not None and day >= REST for day in days)
    assert all(later - earlier >= REST for earlier, later in pairwise(days))


@given(DIARIES, DIARIES)
def test_what_comes_later_changes_nothing_before(values, later):
    assert [day for day in worsening_days(values + later) if day < len(values)] == worsening_days(values)


@given(DIARIES, st.integers(1, 60))
def test_days_before_the_first_entry_only_shift(values, before):
    assert worsening_days([None] * before + values) == [day + before for day in worsening_days(values)]


@given(st.floats(0, 10), st.integers(0, 300))
def test_a_level_that_never_moves_raises_nothing(level, days):
    assert worsening_days([level] * days) == []


@settings(max_examples=50)
@given(st.floats(0.02, 3), st.floats(0.02, 3))
def test_the_limit_falls_with_the_rate(one, other):
    fewer, more = sorted((one, other))
    assert limit_for(fewer) >= limit_for(more)


def test_a_higher_sensitivity_has_a_lower_limit():
    limits = [stream_limit(name) for name in SENSITIVITIES]
    assert limits == sorted(limits, reverse=True)


def test_few_stable_people_are_raised_and_most_of_the_worse_are_found():
    # Wide bounds, fixed seeds: the figures proper are in docs/trends.md.
    stable = sum(len(worsening_days(diary((393, 4), seed=seed))) for seed in range(300)) / 300
    found = [min(worsening_days(diary((90, 4), (84, 6), seed=seed))[-1:] or [999]) for seed in range(300)]
    assert 0.1 < stable < 0.7
    assert sum(90 <= day <= 104 for day in found) / 300 > 0.75


@pytest.mark.parametrize(
    ("baseline", "recent", "shown"), [(2.8, 4.6, 3.0), (2.25, 4.6, 2.5), (2.24, 4.6, 2.0), (3.05, 3.22, 3.1)]
)
def test_the_usual_level_is_shown_in_halves_or_in_tenths_where_halves_would_say_nothing(baseline, recent, shown):
    assert shown_usual(baseline, recent) == shown
