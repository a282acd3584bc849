"""A person's reminders as a calendar that other programs subscribe to."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from accounts.models import User
from reminders.foreseeing import foresee
from reminders.ics import Event, calendar
from reminders.models import CalendarFeed, Reminder
from reminders.models.occurrence import occurrence_id
from reminders.wording import words_for

# What calendars show of the past they have read already.
BEHIND = timedelta(days=1)
AHEAD = timedelta(days=60)
# Eight times a day for most of that.
MOST_OF_ONE = 400
MOST = 3000


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
    feed = CalendarFeed.objects.select_related("owner").filter(token_hash=CalendarFeed.hash_of(token)).first()
    return feed.owner if feed else None


def calendar_of(owner: User, now: datetime) -> bytes:
    """Neutral titles: a calendar is often seen by others, and kept by somebody else."""
    events = sorted(events_of(owner, now), key=lambda event: (event.starts_at, event.uid))
    return calendar("Unpinch", events[:MOST])


def events_of(owner: User, now: datetime) -> Iterator[Event]:
    titles = words_for(owner.language)["title"]
    for reminder in Reminder.objects.for_user(owner).present().filter(active=True):
        reminder.owner = owner
        for due in foresee(reminder=reminder, after=now - BEHIND, count=MOST_OF_ONE):
            if due.due_at > now + AHEAD:
                break
            id = occurrence_id(reminder.pk, due.local_date, reminder.wall(due))
            yield Event(
                uid=f"{id}@{settings.MAIL_DOMAIN}",
                starts_at=due.due_at,
                title=titles[reminder.what],
                version=reminder.version,
                changed_at=reminder.changed_at,
            )
