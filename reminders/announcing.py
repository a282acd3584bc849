"""
Telling people what is new, as part of a tick: rows of other apps become announcements and deliveries, each row once.

A person at a time, whose row is locked: of several schedulers the second finds that the first has told. Nothing is sent
here. What broke is reported and tried again for as long as the look goes back.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from uuid import UUID

from django.db import InterfaceError, OperationalError, transaction
from django.http import Http404
from django.utils import timezone

from accounts.models import User
from reminders.models import Announcement, Delivery, Lookout, News, NewsChoice
from reminders.news import SOURCES, Item, Source
from reminders.quiet import quiet_end
from reminders.ways import Reach
from tracker.flagging import hold_diary_of

logger = logging.getLogger(__name__)

# Rows of a source in a tick: what comes due must not wait for a night's trends.
BATCH = 200
# How far each look goes back over the one before: what was being written then has been written since.
OVERLAP = timedelta(minutes=10)
# After an outage nobody is told on their lock screen what is older. It stands in the app.
LOOK_BACK = timedelta(days=3)
# All schedulers together look this often, whatever the beat of each: nothing here is a matter of seconds.
LOOK_AGAIN = timedelta(seconds=30)
LIFE = timedelta(days=1)
# For so long another message joins those that were told and not read.
JOINS = timedelta(hours=1)


def announce_due() -> int:
    """How many rows were found that somebody had not been told of. Safe to repeat, and beside others who do so."""
    now = timezone.now()
    looked = Lookout.objects.in_bulk()
    return sum(look_through(name, source, looked, now) for name, source in SOURCES.items())


def look_through(name: str, source: Source, looked: Mapping[str, Lookout], now: datetime) -> int:
    until = now - source.hold
    last = looked.get(name)
    if last is None:
        Lookout.objects.get_or_create(source=name, defaults={"began_at": now, "until": now})
        return 0
    if until - last.until < LOOK_AGAIN and not ran_ahead(last, now):
        return 0
    items = source.between(first_of(last, now), until, BATCH)
    of_each: dict[UUID, list[Item]] = {}
    for one in items:
        of_each.setdefault(one.owner_id, []).append(one)
    for owner_id, some in of_each.items():
        tell(owner_id, some, now)
    if len(items) < BATCH:
        Lookout.objects.filter(source=name, until=last.until).update(until=until)
    return len(items)


def ran_ahead(last: Lookout, now: datetime) -> bool:
    """Whether somebody looked by a clock that was set right since. Those of several schedulers may differ a little."""
    return last.until - now > LOOK_AGAIN


def first_of(last: Lookout, now: datetime) -> datetime:
    """From when on to look. What that clock's owner saw nobody knows; what was told is not told again."""
    first = now - LOOK_BACK
    if last.began_at <= now:
        first = max(first, last.began_at)
    return first if ran_ahead(last, now) else max(first, last.until - OVERLAP)


def tell(owner_id: UUID, items: Sequence[Item], now: datetime) -> None:
    try:
        # Nothing is left to tell somebody who is erased meanwhile.
        with suppress(Http404):
            announce(owner_id=owner_id, items=items, now=now)
    except (InterfaceError, OperationalError):
        # The database's matter, not this person's.
        raise
    except Exception as fault:
        # Without its words: a database's may hold the row.
        at = traceback.extract_tb(fault.__traceback__)[-1]
        logger.error("An announcement broke: %s at %s:%s", type(fault).__name__, at.filename, at.lineno)


@transaction.atomic
def announce(*, owner_id: UUID, items: Sequence[Item], now: datetime) -> None:
    """Write down that the person is told of `items`, by each kind together. Raises Http404 for one who is gone."""
    hold_diary_of(owner_id)
    told = News.objects.filter(owner=owner_id, target__in=[one.target for one in items])
    known = set(told.values_list("source", "target", "step"))
    new = [one for one in items if (one.source, one.target, one.step) not in known]
    if not new:
        return
    owner = User.objects.get(pk=owner_id)
    choice = NewsChoice.of(owner)
    for kind in {one.kind: True for one in new}:
        announcement = announcement_of(owner, kind, choice, now)
        News.objects.bulk_create(
            News(
                owner=owner,
                announcement=announcement,
                source=one.source,
                target=one.target,
                step=one.step,
                noted_at=one.noted_at,
            )
            for one in new
            if one.kind == kind
        )


def announcement_of(owner: User, kind: str, choice: NewsChoice, now: datetime) -> Announcement:
    """The one that waits for the end of the quiet hours or was not read yet, or a new one, with its deliveries."""
    woken = kind == "urgent" and choice.urgent_breaks_quiet
    waiting = Announcement.objects.for_user(owner).filter(kind=kind).waiting(now).order_by("-made_at").first()
    waiting = waiting or unread_of(owner, kind, now)
    if waiting and not woken:
        waiting.changed_at = now
        waiting.save(update_fields=["changed_at"])
        return waiting
    at = (None if woken else quiet_end(owner, now)) or now
    made = Announcement.objects.create(owner=owner, kind=kind, made_at=now, send_at=at, changed_at=now)
    Delivery.objects.bulk_create(
        Delivery(
            owner=owner,
            about=kind,
            subject=str(made.pk),
            channel=channel,
            endpoint=endpoint,
            send_at=at,
            expires_at=at + LIFE,
            try_at=at,
        )
        for channel, endpoint in Reach([owner.pk]).places(owner.pk, ["inbox", *choice.channels(kind)])
    )
    return made


def unread_of(owner: User, kind: str, now: datetime) -> Announcement | None:
    """Of messages the one of the last hour while none of it was read: who writes line by line rings once."""
    if kind != "message":
        return None
    lately = Announcement.objects.for_user(owner).filter(kind=kind, made_at__gt=now - JOINS)
    last = lately.order_by("-made_at").first()
    told = News.objects.filter(announcement=last).values_list("target", flat=True) if last else ()
    return last if told and len(SOURCES["message"].unread(told)) == len(told) else None
