"""Quiet hours in the nights in which the clocks change: they end once, and whatever falls into them waits for that."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from reminders.timing import instant, quiet_until

FIVE_MINUTES = timedelta(minutes=5)
# Forward and back by an hour, by half an hour, at midnight, and a date that a place left out.
NIGHTS = [
    ("Europe/Berlin", date(2026, 3, 29)),
    ("Europe/Berlin", date(2026, 10, 25)),
    ("Australia/Lord_Howe", date(2026, 10, 4)),
    ("Australia/Lord_Howe", date(2026, 4, 5)),
    ("Africa/Cairo", date(2026, 4, 24)),
    ("America/Havana", date(2026, 11, 1)),
    ("Pacific/Apia", date(2011, 12, 30)),
]


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "start", "end", "until"),
    [
        # The clocks leave the end out: it comes a gap later, and until then it is quiet.
        (utc(2026, 3, 29, 1, 0), time(22), time(2, 30), utc(2026, 3, 29, 1, 30)),
        (utc(2026, 3, 29, 1, 29), time(22), time(2, 30), utc(2026, 3, 29, 1, 30)),
        (utc(2026, 3, 29, 1, 30), time(22), time(2, 30), None),
        # They leave the start out: what the wall shows after it is quiet.
        (utc(2026, 3, 29, 0, 59), time(2, 30), time(7), None),
        (utc(2026, 3, 29, 1, 0), time(2, 30), time(7), utc(2026, 3, 29, 5)),
        # Both: an hour later.
        (utc(2026, 3, 29, 1, 0), time(2, 10), time(2, 50), None),
        (utc(2026, 3, 29, 1, 20), time(2, 10), time(2, 50), utc(2026, 3, 29, 1, 50)),
        # The start comes twice: what began stays quiet.
        (utc(2026, 10, 25, 0, 29), time(2, 30), time(7), None),
        (utc(2026, 10, 25, 0, 30), time(2, 30), time(7), utc(2026, 10, 25, 6)),
        (utc(2026, 10, 25, 1, 10), time(2, 30), time(7), utc(2026, 10, 25, 6)),
    ],
)
def test_an_edge_that_the_clocks_leave_out_or_show_twice(moment, start, end, until):
    assert quiet_until(moment, start, end, "Europe/Berlin") == until


@pytest.mark.parametrize(("zone", "night"), NIGHTS)
def test_they_are_whole_and_what_the_wall_shows_in_them_is_quiet(zone, night):
    chosen = random.Random(f"{zone} {night}")
    place = ZoneInfo(zone)
    begin = instant(night, time.min, place) - timedelta(hours=30)
    for _ in range(12):
        start, end = (time(chosen.choice([22, 23, 0, 1, 2, 3]), chosen.choice(range(0, 60, 5))) for _ in "ab")
        within = None
        for step in range(60 * 12):
            moment = begin + step * FIVE_MINUTES
            until = quiet_until(moment, start, end, zone)
            wall = moment.astimezone(place).time()
            shown = wall >= start or wall < end if end < start else start <= wall < end
            assert until or not shown, (moment, start, end)
            if until:
                assert until > moment
                assert quiet_until(until, start, end, zone) is None, (moment, start, end)
            # Who waits from the beginning and who comes in later are told at the same time.
            if within and moment < within:
                assert until == within, (moment, start, end)
            within = until
