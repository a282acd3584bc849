"""The rules of time, against an oracle that shares nothing with them, and at the places where clocks are odd."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.zones import known_zones
from reminders.timing import NeverDue, Rule, due_after, moved, next_due, preview, quiet_until, refuse_never_due
from tests.reminders.oracle import expected

ZONES = sorted(known_zones())
# Where a date was left out, the clock changes at midnight or by half an hour, or twice around Ramadan.
ODD = (
    *("Pacific/Apia", "Pacific/Fakaofo", "America/Nuuk", "Africa/Cairo", "Asia/Beirut", "America/Havana"),
    *("Australia/Lord_Howe", "Africa/Casablanca", "Africa/El_Aaiun", "Antarctica/Troll", "Asia/Gaza", "Europe/Dublin"),
    *(
        "America/St_Johns",
        "Asia/Kathmandu",
        "Pacific/Chatham",
        "Pacific/Kiritimati",
        "Etc/GMT+12",
        "America/Scoresbysund",
    ),
)


def rule(**parts):
    return Rule(
        **{
            "frequency": "daily",
            "interval": 1,
            "weekdays": (),
            "times": (time(7, 30),),
            "starts_on": date(2026, 1, 1),
            "ends_on": None,
            "zone": "Europe/Berlin",
            **parts,
        }
    )


def walls(found, zone="Europe/Berlin"):
    return [due.due_at.astimezone(ZoneInfo(zone)).strftime("%m-%d %H:%M") for due in found]


def utc(*parts):
    return datetime(*parts, tzinfo=UTC)


def kinds(zone, year):
    """Daily at an hour that clocks jump over, weekly, twice a day, and every third week."""
    dates = {"starts_on": date(year, 1, 1), "ends_on": date(year + 2, 12, 31), "zone": zone}
    yield rule(times=(time(2, 30),), **dates)
    yield rule(frequency="weekly", weekdays=("thu", "sun"), times=(time(0, 15),), **dates)
    yield rule(times=(time(0, 0), time(23, 30)), **dates)
    yield rule(frequency="weekly", interval=3, weekdays=("sun",), times=(time(2, 0), time(3, 0)), **dates)


def compare(zone, year):
    for one in kinds(zone, year):
        found = list(due_after(one, utc(year - 1, 12, 25)))
        assert [due.due_at for due in found] == sorted(due.due_at for due in found), (zone, one)
        named = {(due.local_date, due.slot) for due in found}
        assert len(named) == len(found), (zone, one)
        assert set(map(tuple, found)) == expected(one, year, year + 2), (zone, one)


# All of them take most of a minute, and once is enough: in the lane that SQLite and PostgreSQL do not both run.
@pytest.mark.fault
@pytest.mark.parametrize("part", range(8))
def test_every_zone_of_the_world_agrees_with_the_oracle_for_three_years(part):
    assert known_zones() <= available_timezones()
    for zone in ZONES[part::8]:
        compare(zone, 2025)


@pytest.mark.parametrize("zone", ZONES[::40])
def test_some_zones_agree_with_the_oracle_for_three_years(zone):
    compare(zone, 2025)


@pytest.mark.parametrize("zone", ODD)
@pytest.mark.parametrize("year", [2010, 2022])
def test_odd_clocks_agree_with_the_oracle_in_the_years_when_they_were_odd(zone, year):
    compare(zone, year)


clock = st.times().map(lambda at: at.replace(second=0, microsecond=0))


@settings(max_examples=150, deadline=None)
@given(
    st.builds(
        rule,
        frequency=st.sampled_from(["daily", "weekly"]),
        interval=st.integers(1, 30),
        weekdays=st.sets(st.sampled_from(["mon", "tue", "wed", "thu", "fri", "sat", "sun"])).map(sorted),
        times=st.lists(clock, min_size=1, max_size=8, unique=True).map(sorted).map(tuple),
        starts_on=st.dates(date(2024, 1, 1), date(2024, 12, 31)),
        ends_on=st.dates(date(2025, 1, 1), date(2026, 12, 31)),
        zone=st.sampled_from(ZONES),
    )
)
def test_any_rule_agrees_with_the_oracle(one):
    found = list(due_after(one, utc(2023, 12, 20)))
    assert set(map(tuple, found)) == expected(one, 2024, 2026)
    assert found == sorted(found, key=lambda due: due.due_at)
    if found:
        refuse_never_due(one)
        middle = found[len(found) // 2]
        assert next_due(one, middle.due_at - timedelta(microseconds=1)).due_at == middle.due_at
        rest = [due for due in found if due.due_at > middle.due_at]
        assert list(due_after(one, middle.due_at)) == rest
    else:
        with pytest.raises(NeverDue):
            refuse_never_due(one)


def test_a_time_that_does_not_exist_comes_a_gap_later_and_one_that_comes_twice_the_first_time():
    at_half_past_two = rule(times=(time(2, 30),))
    assert walls(preview(at_half_past_two, utc(2026, 3, 28, 12), 2)) == ["03-29 03:30", "03-30 02:30"]
    autumn = preview(at_half_past_two, utc(2026, 10, 24, 12), 2)
    assert [due.due_at for due in autumn] == [utc(2026, 10, 25, 0, 30), utc(2026, 10, 26, 1, 30)]


def test_slots_count_the_days_times_though_a_jump_changes_their_order():
    spring = preview(rule(times=(time(2, 30), time(3, 0))), utc(2026, 3, 28, 12), 2)
    assert [(due.slot, due.due_at) for due in spring] == [(1, utc(2026, 3, 29, 1, 0)), (0, utc(2026, 3, 29, 1, 30))]


def test_what_a_jump_before_midnight_moves_into_the_next_date_keeps_its_own():
    late = rule(times=(time(0, 15), time(23, 30)), zone="America/Nuuk")
    found = preview(late, utc(2026, 3, 28, 12), 3)
    assert [(due.local_date.day, due.slot) for due in found] == [(29, 0), (28, 1), (29, 1)]


def test_a_date_that_a_place_left_out_has_no_times():
    found = preview(rule(zone="Pacific/Apia", starts_on=date(2011, 12, 28)), utc(2011, 12, 28), 4)
    assert [due.local_date.day for due in found] == [28, 29, 31, 1]


def test_weeks_begin_on_monday_and_are_counted_from_the_start():
    every_other = rule(frequency="weekly", interval=2, weekdays=("mon", "sun"), starts_on=date(2026, 1, 4))
    assert [due.local_date.isoformat() for due in preview(every_other, utc(2026, 1, 1), 4)] == [
        *("2026-01-04", "2026-01-12", "2026-01-18", "2026-01-26")
    ]


def test_a_rule_of_a_century_ago_is_as_quick_as_one_of_today():
    old = rule(starts_on=date(2000, 1, 1), interval=99)
    assert next_due(old, utc(2099, 1, 1)).local_date.year == 2099
    assert list(islice(due_after(old, utc(2026, 1, 1)), 3))


def test_no_search_goes_on_beyond_the_century():
    rare = rule(frequency="weekly", interval=365, weekdays=("thu",))
    assert [due.local_date.year for due in due_after(rare, utc(2026, 6, 1))] == [*range(2032, 2096, 7)]
    assert next_due(rule(), utc(2102, 6, 1)) is None


@pytest.mark.parametrize(
    "parts",
    [
        # Every seventh day from a Thursday on is never a Monday.
        {"interval": 7, "weekdays": ("mon",)},
        {"interval": 98, "weekdays": ("mon", "tue")},
        {"frequency": "weekly", "weekdays": ("mon",), "ends_on": date(2026, 1, 4)},
        {"starts_on": date(2011, 12, 30), "ends_on": date(2011, 12, 30), "zone": "Pacific/Apia"},
    ],
)
def test_a_rule_that_is_never_due_is_refused_and_does_not_spin(parts):
    with pytest.raises(NeverDue):
        refuse_never_due(rule(**parts))
    assert preview(rule(**parts), utc(2000, 1, 1), 10) == []


def test_a_rule_that_has_ended_is_due_no_more_but_is_not_refused():
    over = rule(ends_on=date(2026, 1, 31))
    refuse_never_due(over)
    assert next_due(over, utc(2026, 2, 1)) is None
    assert next_due(over, utc(2026, 1, 31)).local_date == date(2026, 1, 31)


@pytest.mark.parametrize(
    ("west", "east"), [("Pacific/Honolulu", "Pacific/Auckland"), ("Pacific/Niue", "Pacific/Tongatapu")]
)
def test_whoever_crosses_the_date_line_meets_each_date_and_slot_once(west, east):
    times = (time(8), time(20))
    for here, there in ((west, east), (east, west)):
        before, after = rule(times=times, zone=here), rule(times=times, zone=there)
        known = preview(before, utc(2026, 5, 1), 6)
        coming = next_due(before, known[-1].due_at)
        start = moved(before, coming, there) - timedelta(microseconds=1)
        then = preview(after, start, 6)
        assert then[0][1:] == coming[1:]
        named = [due[1:] for due in (*known, *then)]
        assert named == sorted(set(named))


@pytest.mark.parametrize(
    ("moment", "start", "end", "until"),
    [
        (utc(2026, 1, 10, 21, 0), time(22), time(7), utc(2026, 1, 11, 6)),
        (utc(2026, 1, 10, 5, 59), time(22), time(7), utc(2026, 1, 10, 6)),
        (utc(2026, 1, 10, 6, 0), time(22), time(7), None),
        (utc(2026, 1, 10, 20, 59), time(22), time(7), None),
        (utc(2026, 1, 10, 12, 30), time(13), time(15), utc(2026, 1, 10, 14)),
        (utc(2026, 1, 10, 14, 0), time(13), time(15), None),
        (utc(2026, 1, 10, 12, 0), time(13), time(13), None),
        # Over the night in which the clock is put forward, and back.
        (utc(2026, 3, 28, 22, 0), time(22), time(2, 30), utc(2026, 3, 29, 1, 30)),
        (utc(2026, 10, 24, 22, 0), time(22), time(2, 30), utc(2026, 10, 25, 0, 30)),
        (utc(2026, 10, 25, 1, 10), time(22), time(2, 30), utc(2026, 10, 25, 1, 30)),
    ],
)
def test_quiet_hours_end_on_the_persons_wall(moment, start, end, until):
    assert quiet_until(moment, start, end, "Europe/Berlin") == until
