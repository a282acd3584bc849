"""
The first half of a tick: what has come due becomes rows, once, however many do this at the same time.

A batch is one transaction: the reminders are locked, their occurrences and deliveries written, and the clock's next
time set. Nothing is sent here. A reminder that breaks is put off for an hour and reported; the others go on.
"""

from __future__ import annotations

import logging
import traceback
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db import InterfaceError, OperationalError, transaction
from django.utils import timezone

from accounts.models import User
from accounts.zones import local_date
from reminders.done import Diary, Planned
from reminders.models import Delivery, Occurrence, Reminder
from reminders.models.occurrence import occurrence_id
from reminders.models.reminder import MOMENT
from reminders.quiet import quiet_end
from reminders.timing import Due, due_after
from reminders.ways import Reach

logger = logging.getLogger(__name__)

BATCH = 200
# Before others are called to send the first of them.
MOST = 2000
PUT_OFF = timedelta(hours=1)
# Of an outage that lasted longer, only the last of it is written down as missed.
LOOK_BACK = timedelta(days=14)
DIGEST_LIFE = timedelta(hours=12)
# What is found missed so soon after a digest is of the same outage, though midnight came between.
SAME_OUTAGE = timedelta(hours=1)


class Coming(NamedTuple):
    reminder: Reminder
    due: Due

    @property
    def id(self) -> UUID:
        return occurrence_id(self.reminder.pk, self.due.local_date, self.reminder.wall(self.due))


def claim_due() -> int:
    """How many reminders were claimed; from MOST on there may be more. Safe to repeat, and beside others who do so."""
    claimed = 0
    while claimed < MOST and (some := claim_some(timezone.now())):
        claimed += some
        if some < BATCH:
            break
    return claimed


def claim_some(now: datetime) -> int:
    due = Reminder.objects.due(now)
    if not due.exists():
        # Without a writer's lock, which SQLite has only one of.
        return 0
    rows: list[Reminder] = []
    try:
        with transaction.atomic():
            rows += due.held()[:BATCH]
            claim(rows, now)
    except (InterfaceError, OperationalError):
        # The database's matter, not a reminder's.
        raise
    except Exception:
        # Whatever one reminder's own rule throws: it must not hold up the others, so each is tried by itself.
        if not rows:
            raise
        for row in rows:
            claim_alone(row.pk, now)
    return len(rows)


def claim_alone(id: UUID, now: datetime) -> None:
    """After its batch broke: find out whether it was this one."""
    try:
        with transaction.atomic():
            claim(list(Reminder.objects.due(now).filter(pk=id).held()), now)
    except (InterfaceError, OperationalError):
        raise
    except Exception as fault:
        # Without its words: a database's may hold the row.
        at = traceback.extract_tb(fault.__traceback__)[-1]
        logger.error("Reminder %s is put off: %s at %s:%s", id, type(fault).__name__, at.filename, at.lineno)
        Reminder.objects.filter(pk=id).update(put_off_until=now + PUT_OFF)


def claim(rows: Sequence[Reminder], now: datetime) -> None:
    """Of locked rows: write down all that is due, and set when they are due next."""
    coming = [Coming(row, due) for row in rows for due in come_due(row, now)]
    # A time that was moved to another place of the day and back again, or met again by travelling, is no new one.
    known = set(Occurrence.objects.filter(pk__in=[one.id for one in coming]).values_list("pk", flat=True))
    coming = [one for one in coming if one.id not in known and not one.reminder.rests_on(one.due.local_date)]
    diary = Diary(Planned(reminder, due.local_date, due.slot) for reminder, due in coming)
    new = [occurrence_of(reminder, due, diary, now) for reminder, due in coming if diary.asks(reminder, due.local_date)]
    Occurrence.objects.bulk_create(new, ignore_conflicts=True)
    told = deliveries_of([one for one in new if one.state == "due"], now)
    digests = digests_of([one for one in new if one.reason == "late"], now)
    Delivery.objects.bulk_create([*told, *digests], ignore_conflicts=True)
    move_on(rows)


def move_on(rows: Sequence[Reminder]) -> None:
    """By what they have in common: most of what is due in a minute is due again in the same one."""
    together: dict[tuple[datetime | None, str], list[UUID]] = defaultdict(list)
    for row in rows:
        together[row.next_due_at, row.zone].append(row.pk)
    for (next_due_at, zone), ids in together.items():
        Reminder.objects.filter(pk__in=ids).update(next_due_at=next_due_at, zone=zone, put_off_until=None)


def come_due(reminder: Reminder, now: datetime) -> list[Due]:
    """All that is due by now and was not claimed; moves the reminder's `next_due_at` on to what comes after."""
    reminder.travel()
    found: list[Due] = []
    after = max(reminder.next_due_at - MOMENT, now - LOOK_BACK) if reminder.next_due_at else now
    reminder.next_due_at = reminder.put_off_until = None
    for due in due_after(reminder.rule(), after):
        if due.due_at > now:
            reminder.next_due_at = due.due_at
            break
        found.append(due)
    return found


def occurrence_of(reminder: Reminder, due: Due, diary: Diary, now: datetime) -> Occurrence:
    one = Occurrence(
        owner=reminder.owner,
        reminder=reminder,
        local_date=due.local_date,
        wall=reminder.wall(due),
        slot=due.slot,
        due_at=due.due_at,
        send_at=due.due_at,
        changed_at=now,
        id=Coming(reminder, due).id,
    )
    if diary.has(reminder, due.local_date, due.slot):
        one.settle_as_done(now)
        return one
    quiet = quiet_end(reminder.owner, due.due_at)
    if quiet and reminder.quiet == "drop":
        one.state, one.reason = "missed", "quiet"
        return one
    one.send_at = quiet or due.due_at
    if one.send_at < now:
        # After an outage. What would wake somebody now waits once more, if that is not too late.
        at = quiet_end(reminder.owner, now) or now
        if at - one.send_at > reminder.grace:
            one.state, one.reason = "missed", "late"
        elif at > now:
            one.send_at = at
    return one


def deliveries_of(occurrences: Sequence[Occurrence], now: datetime) -> list[Delivery]:
    """To everywhere that each is told. In the app's list it stands from `send_at` on, and there is nothing to send."""
    reach = Reach({one.owner_id for one in occurrences})
    return [
        Delivery(
            owner_id=one.owner_id,
            occurrence=one,
            subject=str(one.pk),
            channel=channel,
            endpoint=endpoint,
            send_at=one.send_at,
            expires_at=one.send_at + one.reminder.grace,
            **(
                {"state": "accepted", "ended_at": now}
                if channel == "inbox" and one.send_at <= now
                else {"try_at": one.send_at}
            ),
        )
        for one in occurrences
        for channel, endpoint in reach.places(one.owner_id, ["inbox", *one.reminder.channels])
    ]


def digests_of(missed: Sequence[Occurrence], now: datetime) -> list[Delivery]:
    """One a person, by all the ways that any of what they missed would have come; at most one on a date of theirs."""
    channels: dict[User, set[str]] = defaultdict(set)
    for one in missed:
        channels[one.owner] |= {*one.reminder.channels}
    reach = Reach({owner.pk for owner in channels})
    before = Delivery.objects.filter(owner__in=channels, about="digest", send_at__gt=now - SAME_OUTAGE)
    subjects = dict(before.values_list("owner", "subject")) if channels else {}
    found = []
    for owner, chosen in channels.items():
        at = quiet_end(owner, now) or now
        found += [
            Delivery(
                owner=owner,
                about="digest",
                subject=subjects.get(owner.pk) or local_date(now, owner.time_zone).isoformat(),
                channel=channel,
                endpoint=endpoint,
                send_at=at,
                expires_at=at + DIGEST_LIFE,
                try_at=at,
            )
            for channel, endpoint in reach.places(owner.pk, sorted(chosen))
        ]
    return found
