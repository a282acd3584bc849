"""What other programs make of the calendar's rules is what the clock makes of ours, every night of the year."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import takewhile
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reminders.ics import Event, calendar
from reminders.repeating import series_at
from reminders.timing import WEEKDAYS, Rule, dates_of, due_after, instant
from reminders.vtimezone import lines_of_zone
from tests.reminders.calendars import events_in, instants_by_file, instants_by_library, zones_in

# Berlin and New York; half an hour's change; one over midnight; Ramadan; a date left out; no change; none of UTC's.
ZONES = [
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "America/Santiago",
    "Africa/Casablanca",
    "Pacific/Apia",
    "Asia/Kathmandu",
    "UTC",
]
FIRST, LAST = datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)
CHANGED = datetime(2025, 12, 1, tzinfo=UTC)
DAILY = Rule("daily", 1, (), (time(1, 30), time(2, 30), time(19)), date(2025, 12, 1), None, "UTC")
RULES = {
    "every day, three times": DAILY,
    "weekdays": replace(DAILY, frequency="weekly", weekdays=("mon", "wed", "sun")),
    "every second week, on its own weekday": replace(DAILY, frequency="weekly", interval=2, starts_on=date(2026, 3, 1)),
    "every third day": replace(DAILY, interval=3),
    "every second day, if it is a Sunday": replace(DAILY, interval=2, weekdays=("sun",)),
    "until the day on which the clocks change": replace(DAILY, ends_on=date(2026, 3, 29)),
    "from the day on which the clocks change": replace(DAILY, starts_on=date(2026, 3, 29)),
    "on one day, on which they change": replace(DAILY, starts_on=date(2026, 3, 29), ends_on=date(2026, 3, 29)),
}


def written(rule: Rule, rests: set[date] = frozenset()) -> bytes:
    coming = takewhile(lambda day: day <= date(2027, 2, 1), dates_of(rule, rule.starts_on))
    dates = [day for day in coming if rule.due_on(day)]
    asked = {day for day in dates if day not in rests}
    return calendar(
        "Unpinch",
        [
            Event(**series._asdict(), uid=f"{at:%H%M}-{number}", title="Reminder", version=1, changed_at=CHANGED)
            for at in rule.times
            for number, series in enumerate(series_at(rule, at, dates, asked, rule.ends_on))
        ],
    )


def ours(rule: Rule, rests: set[date] = frozenset()) -> list[datetime]:
    found = takewhile(lambda due: due.due_at < LAST, due_after(rule, FIRST - timedelta(microseconds=1)))
    return sorted(due.due_at for due in found if due.local_date not in rests)


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("name", RULES)
def test_both_readers_find_our_times(name: str, zone: str):
    rule = replace(RULES[name], zone=zone)
    text = written(rule)
    assert instants_by_library(text, FIRST, LAST) == ours(rule)
    assert instants_by_file(text, FIRST, LAST) == ours(rule)


@pytest.mark.parametrize("zone", ZONES)
def test_a_pause_over_a_change_of_the_clocks_is_left_out(zone: str):
    rule = replace(DAILY, zone=zone)
    rests = {date(2026, 3, 25) + timedelta(days=n) for n in range(14)}
    text = written(rule, rests)
    assert instants_by_library(text, FIRST, LAST) == ours(rule, rests)
    assert instants_by_file(text, FIRST, LAST) == ours(rule, rests)


rules = st.builds(
    Rule,
    frequency=st.sampled_from(["daily", "weekly"]),
    interval=st.integers(1, 9),
    weekdays=st.lists(st.sampled_from(WEEKDAYS), unique=True),
    times=st.lists(
        st.builds(time, st.integers(0, 23), st.sampled_from([0, 30, 45])), min_size=1, max_size=3, unique=True
    )
    .map(sorted)
    .map(tuple),
    starts_on=st.dates(date(2025, 12, 1), date(2026, 11, 30)),
    ends_on=st.none() | st.dates(date(2026, 12, 1), date(2027, 12, 31)),
    zone=st.sampled_from(ZONES),
)


@settings(max_examples=15)
@given(rule=rules, rests=st.sets(st.dates(date(2026, 1, 1), date(2026, 12, 31)), max_size=9))
def test_whatever_the_rule_both_readers_find_our_times(rule: Rule, rests: set[date]):
    text = written(rule, rests)
    assert instants_by_library(text, FIRST, LAST) == ours(rule, rests)
    assert instants_by_file(text, FIRST, LAST) == ours(rule, rests)


@pytest.mark.parametrize("zone", ZONES[:-1])
def test_a_zone_is_told_as_it_is(zone: str):
    text = "\r\n".join(["BEGIN:VCALENDAR", *lines_of_zone(zone, 2026, 2031), "END:VCALENDAR", ""]).encode()
    told, real = zones_in(text)[zone], ZoneInfo(zone)
    wall = datetime(2026, 1, 1)
    while wall.year < 2032:
        again = wall.replace(tzinfo=real).astimezone(UTC).astimezone(real).replace(tzinfo=None)
        assert told.shows(wall) == (again == wall), wall
        if told.shows(wall):
            assert told.offset(wall) == wall.replace(tzinfo=real).utcoffset(), wall
        wall += timedelta(minutes=30)


def test_a_time_that_the_clocks_leave_out_or_show_twice_stands_there_as_an_instant():
    events = events_in(written(replace(DAILY, zone="Europe/Berlin", times=(time(2, 30),))))
    series, spring, autumn = events
    assert series["RRULE"] == ("", "FREQ=DAILY")
    assert (spring["RECURRENCE-ID"][1], spring["DTSTART"]) == ("20260329T023000", ("", "20260329T013000Z"))
    assert (autumn["RECURRENCE-ID"][1], autumn["DTSTART"]) == ("20261025T023000", ("", "20261025T003000Z"))
    assert instant(date(2026, 3, 29), time(2, 30), ZoneInfo("Europe/Berlin")).hour == 1
    assert {event["UID"] for event in events} == {series["UID"]}


def test_a_date_that_a_place_leaves_out_is_left_out():
    samoa = replace(
        DAILY, zone="Pacific/Apia", times=(time(9),), starts_on=date(2011, 12, 28), ends_on=date(2012, 1, 2)
    )
    text = written(samoa)
    around = datetime(2011, 12, 1, tzinfo=UTC), datetime(2012, 2, 1, tzinfo=UTC)
    expected = [due.due_at for due in due_after(samoa, around[0])]
    assert len(expected) == 5
    assert instants_by_file(text, *around) == expected
    # To this one 30 December at 09:00 is the 31st at 09:00, which comes out twice; left out, it would be missing.
    assert sorted({*instants_by_library(text, *around)}) == expected
