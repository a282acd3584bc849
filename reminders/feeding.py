"""A person's reminders as a calendar that other programs subscribe to."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import takewhile
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from accounts.models import User
from exercises.models import Prescription
from reminders.done import Diary, Planned
from reminders.foreseeing import foresee
from reminders.ics import Event, calendar
from reminders.models import CalendarFeed, Reminder
from reminders.repeating import series_at
from reminders.timing import WEEKDAYS, dates_of
from reminders.wording import words_for

# What has come to an end is shown for a little longer.
BEHIND = timedelta(days=1)
# So far ahead each date is looked at: pauses, days of rest, changes of the clocks. Calendars read again long before.
AHEAD = timedelta(days=400)
# From which a change is counted in seconds: SEQUENCE has room for 68 years of them, and must never fall.
EPOCH = datetime(2026, 1, 1, tzinfo=UTC)


@transaction.atomic
def open_feed(*, owner: User) -> tuple[CalendarFeed, str]:
    """A new secret address, and its token, which nobody hears again. One that was there before is closed."""
    token = secrets.token_urlsafe(32)
    fields = {"token_hash": CalendarFeed.hash_of(token)}
    feed, created = CalendarFeed.objects.get_or_create(owner=owner, defaults=fields)
    if not created:
        feed.delete()
        feed = CalendarFeed.objects.create(owner=owner, **fields)
    return feed, token


def close_feed(*, owner: User) -> None:
    CalendarFeed.objects.for_user(owner).delete()


def owner_of_feed(token: str) -> User | None:
    feed = (
        CalendarFeed.objects.select_related("owner")
        .filter(token_hash=CalendarFeed.hash_of(token), owner__is_active=True)
        .first()
    )
    return feed.owner if feed else None


def calendar_of(owner: User, now: datetime) -> bytes:
    """Neutral titles: a calendar is often seen by others, and kept by somebody else."""
    return calendar("Unpinch", sorted(events_of(owner, now), key=lambda event: (event.starts, event.uid)))


def events_of(owner: User, now: datetime) -> Iterator[Event]:
    rows = Reminder.objects.for_user(owner).present().filter(active=True)
    # Those that were taken back too: that they were is a change.
    plans = Prescription.objects.for_user(owner).in_bulk([row.prescription for row in rows if row.prescription])
    for reminder in rows:
        reminder.owner = owner
        coming = foresee(reminder=reminder, after=now - BEHIND, count=1)
        if coming:
            last = max(coming[0].local_date, now.date()) + AHEAD
            begin = (now - BEHIND).astimezone(UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
            yield from events_about(reminder, plans.get(reminder.prescription), begin, last)


def events_about(reminder: Reminder, plan: Prescription | None, begin: datetime, last: date) -> Iterator[Event]:
    """
    One for each time of the day, looked at from `begin` until `last`.

    From the day of the last change on: what stood there before it went by another rule. A plan's changes are changes
    of the reminder's events too, and so is a journey of who takes them along, and that a month of them has passed.
    """
    rule = reminder.rule(reminder.own_zone)
    moments = (reminder.changed_at, reminder.travelled_at, plan and plan.changed_at, begin)
    changed_at = max(moment for moment in moments if moment)
    if plan and plan.deleted_at:
        plan = None
    since = max(reminder.changed_at, begin).astimezone(ZoneInfo(rule.zone)).date()
    dates = [day for day in takewhile(lambda day: day <= last, dates_of(rule, since)) if rule.due_on(day)]
    asked = asked_of(reminder, dates)
    until = rule.ends_on
    if plan:
        rule = replace(rule, weekdays=[day for day in WEEKDAYS if day in {WEEKDAYS[one.weekday()] for one in asked}])
        dates = [day for day in dates if WEEKDAYS[day.weekday()] in rule.weekdays]
        until = min(filter(None, (until, plan.ends_on)), default=None)
        dates = [day for day in dates if not until or day <= until]
    title = words_for(reminder.owner.language)["title"][reminder.what]
    for at in rule.times:
        uid = uuid5(reminder.pk, f"{at:%H:%M}")
        for series in series_at(rule, at, dates, asked, until):
            yield Event(
                **series._asdict(),
                uid=uid_of(uid if series.rule else uuid5(uid, series.starts.isoformat())),
                title=title,
                # Two changes may be made in one second.
                version=max(0, int((changed_at - EPOCH).total_seconds())) + reminder.version,
                changed_at=changed_at,
            )


def asked_of(reminder: Reminder, dates: list[date]) -> set[date]:
    """Those without a pause, and of a plan's reminder without the plan's days of rest."""
    of_plan = reminder.what == "prescription" and dates
    diary = Diary([Planned(reminder, dates[0], 0)] if of_plan else [])
    return {day for day in dates if not reminder.rests_on(day) and (not of_plan or diary.asks(reminder, day))}


def uid_of(id: UUID) -> str:
    return f"{id}@{settings.MAIL_DOMAIN}"
