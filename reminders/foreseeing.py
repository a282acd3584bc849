"""When a reminder will be due, and when it will really say something."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from itertools import islice
from typing import Any, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from accounts.zones import local_date
from reminders.done import DAY, WEEK, Diary, Planned
from reminders.models import Occurrence, Reminder
from reminders.models.reminder import MOMENT
from reminders.quiet import quiet_end
from reminders.timing import Due, due_after, instant

# How many times in a row may fall into a pause or on a prescription's days of rest: two years of four a day.
PASSED_OVER = 3000
# And in a list of reminders: a month of four a day, beside a pause.
PASSED_OVER_IN_LIST = 120


class Told(NamedTuple):
    """
    `at` in UTC, when quiet hours are over; None: not in sight. `done`: at `next_due_at` it stays silent, as what it
    asks for is done already.
    """

    at: datetime | None
    done: bool


ABOUT = ("local_date", "wall", "slot", "snoozes")
WAITING = ("waiting__channel", "waiting__send_at", "waiting__expires_at")


class Moment(NamedTuple):
    """A time that came due: the columns `ABOUT` it."""

    local_date: date
    wall: time
    slot: int
    snoozes: int

    def stands_of(self, reminder: Reminder) -> bool:
        return Occurrence(reminder=reminder, **self._asdict()).stands


class Ring(NamedTuple):
    """A delivery of it that goes out later: the columns `WAITING`."""

    channel: str
    send_at: datetime
    expires_at: datetime


class Lately:
    """Of a reminder: the dates and times that have come due, and what is still to be told of them."""

    def __init__(self) -> None:
        self.known: set[tuple[date, time]] = set()
        self.rings: dict[Moment, list[Ring]] = {}

    def add(self, about: Sequence[Any], ring: Ring) -> None:
        moment = Moment(*about)
        self.known.add((moment.local_date, moment.wall))
        if ring.channel:
            self.rings.setdefault(moment, []).append(ring)


def foresee(*, reminder: Reminder, after: datetime, count: int) -> list[Due]:
    """
    The next `count` times later than `after`, as if it were active; of a row, or of one that is not kept yet.

    By the wall that it goes by now. Without the days of its pause, and of a prescription's reminder without those that
    the prescription does not ask for. Fewer when no more are in sight.
    """
    of_plan = reminder.what == "prescription"
    diary = Diary([Planned(reminder, after.date(), 0)] if of_plan else [])
    found: list[Due] = []
    passed_over = 0
    for due in due_after(reminder.rule(reminder.own_zone), after):
        asked = not of_plan or diary.asks(reminder, due.local_date)
        if asked and not reminder.rests_on(due.local_date):
            found.append(due)
            passed_over = 0
        else:
            passed_over += 1
        if len(found) == count or passed_over == PASSED_OVER:
            break
    return found


def next_told(reminders: Sequence[Reminder], now: datetime) -> dict[UUID, Told]:
    """By the id of each of a person's: when it says something next, as things stand. A query a kind, however many."""
    lately = {one.pk: Lately() for one in reminders}
    for row in Occurrence.objects.lately(reminders, now).values_list("reminder", *ABOUT, *WAITING):
        lately[row[0]].add(row[1 : len(ABOUT) + 1], Ring(*row[len(ABOUT) + 1 :]))
    ahead = [
        Planned(one, local_date(at, one.zone), 0)
        for one in reminders
        if one.next_due_at
        for at in (one.next_due_at, now, now + WEEK * DAY)
    ]
    held = [Planned(one, moment.local_date, 0) for one in reminders for moment in lately[one.pk].rings]
    diary = Diary(ahead + held)
    found = {}
    for one in reminders:
        told = told_next(one, diary, local_date(now, one.zone), lately[one.pk])
        rings = [
            at
            for moment, waiting in lately[one.pk].rings.items()
            if moment.stands_of(one) and not diary.has(one, moment.local_date, moment.slot)
            for at in rings_at(one, moment, waiting)
        ]
        found[one.pk] = Told(min(filter(None, (*rings, told.at))), False) if rings else told
    return found


def rings_at(reminder: Reminder, moment: Moment, waiting: Sequence[Ring]) -> Iterator[datetime]:
    """When what waits of it is heard; in the app's list alone it stands only where it has no other way."""
    for one in [ring for ring in waiting if ring.channel != "inbox"] or waiting:
        # As `delivering` does: since it was held back the person may have travelled. In the list nobody is woken.
        quiet = quiet_end(reminder.owner, one.send_at) if one.channel != "inbox" and not moment.snoozes else None
        if not (quiet and quiet > one.expires_at and reminder.quiet == "drop"):
            yield quiet or one.send_at


def told_next(reminder: Reminder, diary: Diary, today: date, lately: Lately) -> Told:
    done = False
    for number, due in enumerate(islice(without_pause(reminder), PASSED_OVER_IN_LIST)):
        if (due.local_date, reminder.wall(due)) in lately.known:
            # Told once already: on a wall further east, or before the reminder was changed and changed back.
            continue
        # Of days to come nobody knows whether there will be a session to ask about the morning after.
        asked = diary.asks(reminder, due.local_date) or (reminder.what == "morning" and due.local_date > today)
        if not asked:
            continue
        if due.local_date <= today + WEEK * DAY and is_done(reminder, due, diary):
            done = done or number == 0
            continue
        quiet = quiet_end(reminder.owner, due.due_at)
        if not (quiet and reminder.quiet == "drop"):
            return Told(quiet or due.due_at, done)
    return Told(None, done)


def is_done(reminder: Reminder, due: Due, diary: Diary) -> bool:
    """Whether it is silent because what it asks for was done, and not because there was nothing to ask."""
    return diary.asks(reminder, due.local_date) and diary.has(reminder, due.local_date, due.slot)


def without_pause(reminder: Reminder) -> Iterator[Due]:
    """From `next_due_at` on."""
    if not reminder.next_due_at:
        return
    rule = reminder.rule()
    for due in due_after(rule, reminder.next_due_at - MOMENT):
        if reminder.paused_to and reminder.rests_on(due.local_date):
            # A pause may be years long.
            yield from due_after(rule, instant(reminder.paused_to, time.max, ZoneInfo(rule.zone)))
            return
        yield due
