"""Trends of diaries that are kept in other ways: one level, rarely, twice at once, while travelling, corrected late."""

import pytest

from tests.people import make_person
from tests.tracker.factories import reading
from tests.tracker.test_trend_flags import (
    at,
    checkpoints,
    edit,
    entry,
    numb,
    of,
    standing,
    steady,
    write,
    write_at_once,
)
from tracker.models import Flag

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("level", [None, 0, 10])
def test_a_diary_of_one_level_raises_nothing(alice, level):
    ratings = {"pain": level, "numbness": level, "tingling": level, "weakness": level}
    write(alice, [{"occurred_at": at(n), "readings": [reading(**ratings)]} for n in range(0, 80, 2)])
    assert not Flag.objects.exclude(rule="weakness").filter(rule__in=["sustained-worsening", "flare"]).exists()
    assert not Flag.objects.filter(rule="spreading").exists()


def test_one_entry_a_month_is_taken_and_raises_nothing(alice):
    write(alice, [entry(30 * n - 300, numbness=3 + n % 2) for n in range(24)])
    assert not Flag.objects.exists()


def test_two_entries_at_the_same_instant_make_one_day_of_the_worse(alice):
    write_at_once(alice, numb([*steady(60), *steady(20, 6)]))
    before = standing(alice)
    write(alice, [entry(n, numbness=0) for n in range(80)])
    assert standing(alice) == before


def test_a_change_of_time_zone_in_the_middle_keeps_each_entry_on_its_own_day(alice):
    levels = [*steady(60), *steady(20, 6)]
    write_at_once(alice, numb(levels))
    other = make_person("traveller")
    moved = [
        {**parts, "occurred_at": at(n, 23, "Pacific/Auckland"), "time_zone": "Pacific/Auckland"} if n > 40 else parts
        for n, parts in enumerate(numb(levels))
    ]
    write(other, moved)
    assert standing(other) == standing(alice)


def test_an_edit_of_a_two_year_old_entry_evaluates_what_follows(alice):
    logs = write_at_once(alice, numb([*steady(100, seed=4), *steady(20, 6), *steady(150, seed=5)]))
    before = standing(alice)
    edit(alice, logs[0], entry(-700, numbness=4))
    assert standing(alice) == before
    alone = make_person("alone")
    write_at_once(
        alone, [entry(-700, numbness=4), *numb([*steady(100, seed=4), *steady(20, 6), *steady(150, seed=5)])[1:]]
    )
    assert checkpoints(alice) == checkpoints(alone)


def test_an_entry_that_moves_to_another_day_is_evaluated_from_both(alice):
    logs = write_at_once(alice, numb([*steady(60), *steady(20, 6)]))
    for n, log in enumerate(logs[60:], start=60):
        edit(alice, log, entry(n - 400, numbness=3))
    assert of(alice, "sustained-worsening").reason == "corrected"
    other = make_person("other")
    write_at_once(other, numb([3] * 20, first=-340) + numb(steady(60)))
    assert checkpoints(alice) == checkpoints(other)
