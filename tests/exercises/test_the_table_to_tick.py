"""The table of a hand-out: which weeks and days it has, and a box for each time of each."""

from datetime import date

import pytest

from exercises.handout.ticks import MOST_COLUMNS, tick_tables
from exercises.handout.wording import words_of
from exercises.vocabulary import WEEKDAYS

# A Friday.
TODAY = date(2026, 11, 20)
MON_WED_FRI = ["mon", "wed", "fri"]


def table(today=TODAY, **terms):
    """Of a plan three days a week, unless told."""
    plan = {"times_a_day": 1, "weekdays": MON_WED_FRI, "starts_on": "2026-11-23", "ends_on": None, **terms}
    return tick_tables(plan, ["1. Bridge"], today, words_of("en"))


def weeks(found):
    return [[day["name"] for day in week] for part in found["tables"] for week in part]


def dates(found):
    return [day["date"] for part in found["tables"] for week in part for day in week]


def shaded(found):
    return [day["date"] for part in found["tables"] for week in part for day in week if day["off"]]


def test_a_routine_has_two_weeks_of_all_days_for_the_pen_to_date():
    found = tick_tables({}, ["1. Bridge"], TODAY, words_of("en"))
    assert found["title"] == "Two weeks to tick"
    assert weeks(found) == [["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"]] * 2
    assert not found["dated"]
    assert found["times"] == 1
    assert "print the sheet again" not in found["hint"]


def test_a_plan_has_its_own_weekdays_only():
    assert weeks(table()) == [["Mo", "We", "Fr"]] * 2


def test_a_plan_without_an_end_has_two_weeks_and_says_that_it_goes_on():
    found = table(ends_on=None)
    assert (found["title"], len(weeks(found))) == ("Two weeks to tick", 2)
    assert "The plan goes on after these weeks" in found["hint"]


@pytest.mark.parametrize(
    ("ends_on", "count", "goes_on"),
    [
        ("2026-11-23", 1, False),
        ("2026-11-29", 1, False),
        ("2026-11-30", 2, False),
        ("2026-12-20", 4, False),
        ("2026-12-21", 5, True),
        ("2027-01-03", 6, True),
    ],
)
def test_a_plan_has_its_weeks_and_at_most_four(ends_on, count, goes_on):
    found = table(ends_on=ends_on)
    assert len(weeks(found)) == min(count, 4)
    assert ("The plan goes on after these weeks" in found["hint"]) is goes_on


def test_a_plan_that_has_not_begun_is_dated_from_its_first_week_and_shaded_outside_of_it():
    found = table(starts_on="2026-11-25", ends_on="2026-12-02")
    assert found["dated"]
    assert dates(found) == ["23 Nov", "25 Nov", "27 Nov", "30 Nov", "2 Dec", "4 Dec"]
    assert shaded(found) == ["23 Nov", "4 Dec"]
    assert "Shaded days are not part of the plan." in found["hint"]


def test_its_first_week_is_that_of_its_first_day_to_exercise():
    assert dates(table(starts_on="2026-11-21"))[0] == "23 Nov"


def test_a_plan_that_begins_today_is_dated_and_one_under_way_is_not():
    assert table(starts_on="2026-11-20")["dated"]
    under_way = table(starts_on="2026-11-19", ends_on="2026-12-04")
    assert not under_way["dated"]
    assert (len(weeks(under_way)), shaded(under_way)) == (3, [])


def test_a_plan_too_short_for_any_of_its_weekdays_has_a_week():
    found = table(starts_on="2026-11-24", ends_on="2026-11-24")
    assert shaded(found) == ["23 Nov", "25 Nov", "27 Nov"]


@pytest.mark.parametrize("days", [1, 3, 5, 7])
@pytest.mark.parametrize("times", [1, 2, 3, 5, 10])
def test_each_time_of_each_day_has_a_column_that_a_rating_fits_in(days, times):
    found = table(times_a_day=times, weekdays=WEEKDAYS[:days], ends_on="2027-02-28")
    columns = [sum(map(len, part)) * times for part in found["tables"]]
    # A week that takes several tables comes twice only.
    count = 4 if days * times <= MOST_COLUMNS else 2
    assert sum(columns) == count * days * times
    assert max(columns) == found["columns"] <= MOST_COLUMNS
    assert len(dates(found)) == len(set(dates(found))) == count * days
    assert "The plan goes on after these weeks" in found["hint"]
