"""
An oracle for due times that shares nothing with `reminders.timing`: the dates come from dateutil's RFC 5545 rules, the
instants from a table of a zone's offsets, found by walking UTC. It never asks a zone about a wall time.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo

from dateutil import rrule

from reminders.timing import Rule

NAMES = dict(zip(("mon", "tue", "wed", "thu", "fri", "sat", "sun"), rrule.weekdays, strict=True))
STEP = timedelta(hours=12)


@cache
def stretches(zone: str, first: int, last: int) -> list[tuple[datetime, datetime, timedelta]]:
    """(from, to, offset), naive UTC, `to` excluded: while the zone's offset stays the same, in the years given."""
    info = ZoneInfo(zone)

    def offset(at: datetime) -> timedelta:
        return at.replace(tzinfo=UTC).astimezone(info).utcoffset() or timedelta()

    start, end = datetime(first, 1, 1) - timedelta(days=3), datetime(last + 1, 1, 1) + timedelta(days=3)
    found, since, at = [], start, start
    while at < end:
        then = at + STEP
        if offset(then) != offset(at):
            low, high = at, then
            while high - low > timedelta(seconds=1):
                middle = low + (high - low) // 2
                middle = middle.replace(microsecond=0)
                low, high = (middle, high) if offset(middle) == offset(at) else (low, middle)
            found.append((since, high, offset(at)))
            since = high
        at = then
    return [*found, (since, end, offset(end))]


def instant(wall: datetime, table: list[tuple[datetime, datetime, timedelta]]) -> datetime:
    """The first UTC instant at which the wall showed it; when it never did, as far behind the jump as it lies in it."""
    shown = [wall - offset for start, end, offset in table if start <= wall - offset < end]
    if shown:
        return min(shown)
    for (_, end, before), (_, _, after) in pairwise(table):
        if end + before <= wall < end + after:
            return end + (wall - (end + before))
    raise AssertionError(f"{wall} lies outside the table")


def skipped(day: date, table: list[tuple[datetime, datetime, timedelta]]) -> bool:
    """Whether one jump goes over the whole date."""
    begin = datetime.combine(day, time())
    jumps = pairwise(table)
    return any(
        end + before <= begin and begin + timedelta(days=1) <= end + after for (_, end, before), (_, _, after) in jumps
    )


def expected(rule: Rule, first: int, last: int) -> set[tuple[datetime, date, int]]:
    """(UTC, local date, slot) of everything due on the local dates of the years from `first` to `last`."""
    table = stretches(rule.zone, first, last)
    days = rrule.rrule(
        rrule.DAILY if rule.frequency == "daily" else rrule.WEEKLY,
        interval=rule.interval,
        byweekday=[NAMES[day] for day in rule.weekdays] or None,
        wkst=rrule.MO,
        dtstart=datetime.combine(rule.starts_on, time()),
        until=datetime.combine(rule.ends_on or date(last, 12, 31), time()),
    )
    found = set()
    for day in (moment.date() for moment in days if first <= moment.year <= last):
        if skipped(day, table):
            continue
        for slot, at in enumerate(rule.times):
            found.add((instant(datetime.combine(day, at), table).replace(tzinfo=UTC), day, slot))
    return found
