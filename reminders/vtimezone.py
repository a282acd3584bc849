"""A time zone in the words of RFC 5545: every change of its clocks in some years, one by one. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

# No place has changed its clocks twice within a day.
STEP = timedelta(days=1)
SECOND = timedelta(seconds=1)


class Clock(NamedTuple):
    """What the clocks of a place go by for a while: `offset` is how far ahead of UTC they are."""

    offset: timedelta
    name: str
    summer: bool


class Change(NamedTuple):
    wall: datetime
    """Naive: what the clocks showed when they were changed."""
    before: Clock
    after: Clock


def lines_of_zone(zone: str, first: int, last: int) -> Iterator[str]:
    """A VTIMEZONE that holds from the year `first` to the year `last`, both included."""
    start = datetime(first, 1, 1, tzinfo=UTC) - STEP
    yield "BEGIN:VTIMEZONE"
    yield f"TZID:{zone}"
    clock = clock_at(start, ZoneInfo(zone))
    yield from lines_of_clock(clock, clock, [start.replace(tzinfo=None) + clock.offset])
    alike: dict[tuple[Clock, Clock], list[datetime]] = {}
    for change in changes_of(zone, first, last):
        alike.setdefault((change.before, change.after), []).append(change.wall)
    for (before, after), walls in alike.items():
        yield from lines_of_clock(before, after, walls)
    yield "END:VTIMEZONE"


def lines_of_clock(before: Clock, after: Clock, walls: list[datetime]) -> Iterator[str]:
    kind = "DAYLIGHT" if after.summer else "STANDARD"
    yield f"BEGIN:{kind}"
    yield f"DTSTART:{walls[0]:%Y%m%dT%H%M%S}"
    yield f"TZOFFSETFROM:{written_offset(before.offset)}"
    yield f"TZOFFSETTO:{written_offset(after.offset)}"
    yield f"TZNAME:{after.name}"
    if walls[1:]:
        yield "RDATE:" + ",".join(f"{wall:%Y%m%dT%H%M%S}" for wall in walls[1:])
    yield f"END:{kind}"


def written_offset(offset: timedelta) -> str:
    minutes = int(abs(offset).total_seconds()) // 60
    return f"{'-' if offset < timedelta() else '+'}{minutes // 60:02}{minutes % 60:02}"


@lru_cache(maxsize=64)
def changes_of(zone: str, first: int, last: int) -> tuple[Change, ...]:
    info = ZoneInfo(zone)
    at, end = datetime(first, 1, 1, tzinfo=UTC) - STEP, datetime(last + 1, 1, 1, tzinfo=UTC) + STEP
    found = []
    while at < end:
        before, after = clock_at(at, info), clock_at(at + STEP, info)
        if before != after:
            low, high = at, at + STEP
            while high - low > SECOND:
                middle = (low + (high - low) / 2).replace(microsecond=0)
                low, high = (middle, high) if clock_at(middle, info) == before else (low, middle)
            found.append(Change(high.replace(tzinfo=None) + before.offset, before, after))
        at += STEP
    return tuple(found)


def clock_at(moment: datetime, zone: ZoneInfo) -> Clock:
    wall = moment.astimezone(zone)
    return Clock(wall.utcoffset() or timedelta(), wall.tzname() or "", bool(wall.dst()))
