"""
A reminder's rule of time as RFC 5545 writes rules. Pure.

Both find the same times but on some nights. Of a time that the clocks leave out (02:30 in spring) RFC 5545 says in one
place that it is meant by the offset before (3.3.5), which is `timing`'s way, and in another that it does not happen
(3.3.10); programs do one or the other, and a few show 02:00. Of a time that comes twice it means the first, as we do,
and not every program asks. So each of these is written down on its own, as an instant.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime, time
from typing import NamedTuple
from zoneinfo import ZoneInfo

from reminders.ics import IN_UTC
from reminders.timing import WEEKDAYS, Rule, instant

CODES = dict(zip(WEEKDAYS, ("MO", "TU", "WE", "TH", "FR", "SA", "SU"), strict=True))


class Series(NamedTuple):
    """What repeats at one time of the day; `ics.Event` says what each of these is. Without a rule: once."""

    starts: datetime
    zone: str
    rule: str
    without: Sequence[datetime]
    moved: Sequence[tuple[datetime, datetime]]


def series_at(rule: Rule, at: time, dates: Sequence[date], asked: Collection[date], until: date | None) -> list[Series]:
    """
    At the time `at`, on those of `dates` that are `asked`: one series, and before it what stands on its own.

    `dates` are all on which the rule holds, for as long as anybody looks ahead, but those that the place leaves out: to
    a program that moves them to the next date, to exclude one were to exclude both. `until`: the last, if there is one.
    """
    zone = ZoneInfo(rule.zone)
    left, found = [*dates], []
    # A series that began at a time that was not on the wall would go on at that which was.
    while left and (left[0] not in asked or is_troubled(left[0], at, zone)):
        day = left.pop(0)
        if day in asked:
            wall = instant(day, at, zone).replace(tzinfo=None)
            found.append(Series(wall, IN_UTC, "", [], []))
    if not any(day in asked for day in left):
        return found
    walls = {day: datetime.combine(day, at) for day in left}
    without = [wall for day, wall in walls.items() if day not in asked]
    moved = [
        (wall, instant(day, at, zone)) for day, wall in walls.items() if day in asked and is_troubled(day, at, zone)
    ]
    return [*found, Series(walls[left[0]], rule.zone, written_rule(rule, until), without, moved)]


def is_troubled(day: date, at: time, zone: ZoneInfo) -> bool:
    """Whether the clocks leave that wall out, or show it twice."""
    wall = datetime.combine(day, at, zone)
    return wall.replace(fold=0).utcoffset() != wall.replace(fold=1).utcoffset()


def written_rule(rule: Rule, until: date | None) -> str:
    return ";".join(parts_of(rule, until))


def parts_of(rule: Rule, until: date | None) -> Iterator[str]:
    weekdays = rule.weekdays
    yield f"FREQ={rule.frequency.upper()}"
    if rule.interval > 1:
        yield f"INTERVAL={rule.interval}"
    if rule.frequency == "weekly":
        yield "WKST=MO"
        weekdays = weekdays or (WEEKDAYS[rule.starts_on.weekday()],)
    if weekdays:
        yield "BYDAY=" + ",".join(CODES[day] for day in WEEKDAYS if day in weekdays)
    if until:
        # The end of that day on the wall, as an instant: RFC 5545 asks for UTC here.
        yield f"UNTIL={instant(until, time(23, 59, 59), ZoneInfo(rule.zone)):%Y%m%dT%H%M%SZ}"
