"""
What came of a delivery, written under its lease.

One at a time and at once: what was sent and is not written yet is sent again by whoever comes after a kill.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import F
from django.http import Http404
from django.utils import timezone

from reminders.models import Delivery
from reminders.sending import Came, Sent
from reminders.vocabulary import REROUTED
from reminders.ways import INSTEAD, Reach
from tracker.flagging import hold_diary_of

FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(minutes=15)
# How much later than its time the channel that stands in may still tell.
LATE = timedelta(minutes=30)
# Once for each push: the models' own words for it take a third of a millisecond more.
END = """
    UPDATE reminders_delivery SET state = %s, problem = %s, ended_at = %s, try_at = NULL, lease_token = NULL
    WHERE id = %s AND lease_token = %s
"""


def record(delivery: Delivery, sent: Sent) -> None:
    if sent.came is Came.ACCEPTED:
        end(delivery, "accepted", "")
        return
    if sent.came is Came.RETRY:
        at = timezone.now() + (sent.after or wait(delivery.attempt))
        if at <= delivery.expires_at:
            held = Delivery.objects.filter(pk=delivery.pk, lease_token=delivery.lease_token)
            attempt = F("attempt") - int(not sent.tried)
            held.update(try_at=at, lease_token=None, problem=sent.problem[:40], attempt=attempt)
            return
    if sent.came is Came.FAILED or delivery.channel not in INSTEAD:
        end(delivery, "failed", sent.problem)
        return
    give_way(delivery, sent.problem)


def put_off(delivery: Delivery, until: datetime, *, expires_at: datetime) -> None:
    """Nothing was tried: it waits as if it had not been leased."""
    held = Delivery.objects.filter(pk=delivery.pk, lease_token=delivery.lease_token)
    held.update(try_at=until, send_at=until, expires_at=expires_at, lease_token=None, attempt=F("attempt") - 1)


def expire(delivery: Delivery) -> None:
    """It came to nothing in its time. A mail may come late, but not hours after: then it stands in the app."""
    if delivery.channel in INSTEAD and timezone.now() < delivery.expires_at + LATE:
        give_way(delivery, "expired")
    else:
        end(delivery, "failed", "expired")


def give_way(delivery: Delivery, problem: str) -> None:
    """It ends here, and the channel that stands in takes it."""
    # Of somebody who is erased meanwhile nothing is left to tell.
    with suppress(Http404), transaction.atomic():
        # Two devices that fail at once must see each other's end, or nobody tells by the other way.
        hold_diary_of(delivery.owner_id)
        if end(delivery, "failed", problem):
            tell_otherwise(delivery)


def wait(attempt: int) -> timedelta:
    """After so many attempts: twice as long each time."""
    return min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(attempt - 1, 10))


def end(delivery: Delivery, state: str, problem: str) -> bool:
    """Whether the lease still held; if not, it is somebody else's by now, and nothing is written."""
    now, token = as_stored("ended_at", timezone.now()), as_stored("lease_token", delivery.lease_token)
    with connection.cursor() as cursor:
        cursor.execute(END, [state, problem[:40], now, delivery.pk, token])
        return bool(cursor.rowcount)


def as_stored(name: str, value: object) -> Any:
    column: Any = Delivery._meta.get_field(name)
    return column.get_db_prep_value(value, connection)


def tell_otherwise(delivery: Delivery) -> None:
    """By the channel that stands in, where no other endpoint of this one took it or may take it still."""
    same = {name: getattr(delivery, name) for name in ("owner_id", "about", "subject", "turn")}
    others = Delivery.objects.filter(**same, channel=delivery.channel, state__in=["pending", "accepted"])
    if others.exists():
        return
    at, instead = timezone.now(), INSTEAD[delivery.channel]
    # One that was given up for this very channel makes room: it is wanted again.
    Delivery.objects.filter(**same, channel=instead, state="cancelled", problem=REROUTED).delete()
    reach = Reach([delivery.owner_id])
    Delivery.objects.bulk_create(
        [
            Delivery(
                **same,
                occurrence_id=delivery.occurrence_id,
                channel=channel,
                endpoint=endpoint,
                send_at=delivery.send_at,
                expires_at=max(delivery.expires_at, at + LATE),
                try_at=at,
            )
            for channel, endpoint in reach.places(delivery.owner_id, [instead])
        ],
        ignore_conflicts=True,
    )
