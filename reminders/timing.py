"""
When a reminder is due. Pure.

A rule is written in local time: on which dates, at which times of the day, on the wall of which time zone. What comes
out is UTC. A time that does not exist on a date (the clock was put forward over it) is due at the instant it would
have been, a gap later on the wall; a time that comes twice is due the first time. A date that a place left out
altogether (Samoa had no 30 December 2011) has no times. Nothing here counts hours on the wall: an hourly rule would
be due twice at one instant in spring.

`slot` counts the times of one local day from 0, in the order of the day. A local date and a slot name an occurrence:
no rule gives them twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import NamedTuple
from zoneinfo import ZoneInfo

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY = timedelta(days=1)
# Nobody is reminded after that: no search goes on for ever.
LAST_DAY = date(2101, 12, 31)


class NeverDue(ValueError):
    """The rule matches no date at all."""


class Due(NamedTuple):
    due_at: datetime
    local_date: date
    slot: int


@dataclass(frozen=True)
class Rule:
    """
    A closed part of RFC 5545's recurrences: DAILY or WEEKLY (the week begins on Monday) with an interval and weekdays.

    `times` are distinct and in the order of the day. `weekdays`, of `WEEKDAYS`: of a daily rule the only days on
    which it holds, empty for all; of a weekly one its days, empty for that of `starts_on`. Both dates are included.
    """

    frequency: str
    interval: int
    weekdays: Sequence[str]
    times: Sequence[time]
    starts_on: date
    ends_on: date | None
    zone: str

    @property
    def cycle(self) -> timedelta:
        """After so long the pattern of dates repeats: what has not matched by then never does."""
        return timedelta(days=7 * self.interval)

    def holds_on(self, day: date) -> bool:
        if day < self.starts_on or (self.ends_on and day > self.ends_on):
            return False
        weekdays = self.weekdays
        if self.frequency == "weekly":
            weekdays = weekdays or (WEEKDAYS[self.starts_on.weekday()],)
            passed = (monday_of(day) - monday_of(self.starts_on)).days // 7
        else:
            passed = (day - self.starts_on).days
        return passed % self.interval == 0 and (not weekdays or WEEKDAYS[day.weekday()] in weekdays)

    def due_on(self, day: date) -> list[Due]:
        """Everything due on a local date on which the rule holds, earliest instant first."""
        zone = ZoneInfo(self.zone)
        if not exists(day, zone):
            return []
        return sorted(Due(instant(day, at, zone), day, slot) for slot, at in enumerate(self.times))


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def instant(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The UTC instant of a wall time: moved forward out of a gap, the first of two in an overlap."""
    # With fold 0 zoneinfo takes the offset before the change in both cases, which is just that.
    return datetime.combine(day, at.replace(fold=0), zone).astimezone(UTC)


def exists(day: date, zone: ZoneInfo) -> bool:
    """Whether the place had that date at all: either its first or its last moment was on the wall there."""
    return any(instant(day, at, zone).astimezone(zone).date() == day for at in (time.min, time.max))


def dates_of(rule: Rule, first: date) -> Iterator[date]:
    """The local dates from `first` on, until LAST_DAY when the rule has no end."""
    day = max(first, rule.starts_on)
    last = min(rule.ends_on or LAST_DAY, LAST_DAY)
    until = day + rule.cycle
    while day <= min(until, last):
        if rule.holds_on(day):
            yield day
            until = day + rule.cycle
        day += DAY


def due_after(rule: Rule, after: datetime) -> Iterator[Due]:
    """Everything due later than `after` (aware), in the order of the instants."""
    # A day earlier: what was moved out of a gap before midnight is due on the next date.
    first = after.astimezone(ZoneInfo(rule.zone)).date() - DAY
    waiting: list[Due] = []
    for day in dates_of(rule, first):
        found = rule.due_on(day)
        if not found:
            continue
        # What was moved out of a gap may be due after the first time of the next date.
        yield from (due for due in waiting if due.due_at <= found[0].due_at and due.due_at > after)
        waiting = sorted([due for due in waiting if due.due_at > found[0].due_at] + found)
    yield from (due for due in waiting if due.due_at > after)


def next_due(rule: Rule, after: datetime) -> Due | None:
    """The first due later than `after`; None when there is none any more."""
    return next(due_after(rule, after), None)


def preview(rule: Rule, after: datetime, count: int) -> list[Due]:
    return list(islice(due_after(rule, after), count))


def refuse_never_due(rule: Rule) -> None:
    """Raises NeverDue when no date is left between the start and the end, or the days and the interval never meet."""
    if not any(rule.due_on(day) for day in islice(dates_of(rule, rule.starts_on), 2)):
        raise NeverDue


def moved(rule: Rule, due: Due, zone: str) -> datetime:
    """When the wall of another `zone` shows what `due` stood for: whoever travels meets each date and slot once."""
    return instant(due.local_date, rule.times[due.slot], ZoneInfo(zone))


def quiet_until(moment: datetime, start: time, end: time, zone: str) -> datetime | None:
    """
    The end of the quiet hours that `moment` (aware) falls in, as UTC; None outside them.

    From `start` (included) to `end` on the wall of `zone`, over midnight when the end is the earlier. Equal: none. What
    the clocks do to an edge they do to a reminder of that time: `instant` says when it is. What the wall shows between
    the two is quiet besides.
    """
    until = None
    # Where one night's end meets the next one's start, the later end.
    while found := end_of_quiet(until or moment, start, end, ZoneInfo(zone)):
        until = found
    return until


def end_of_quiet(moment: datetime, start: time, end: time, zone: ZoneInfo) -> datetime | None:
    wall = moment.astimezone(zone)
    over_midnight = DAY if end < start else timedelta()
    for day in (wall.date() - DAY, wall.date()):
        until = instant(day + over_midnight, end, zone)
        if instant(day, start, zone) <= moment < until:
            return until
    now = wall.time()
    if not (now >= start or now < end if over_midnight else start <= now < end):
        return None
    # The clock was put forward over their start, or back within them: then their end may come a second time.
    day = wall.date() + (over_midnight if now >= start else timedelta())
    ends = (datetime.combine(day, end.replace(fold=fold), zone).astimezone(UTC) for fold in (0, 1))
    return next((until for until in ends if until > moment), None)
