"""
The second half of a tick: deliveries are leased, sent with no transaction open, and recorded under the lease.

A process that dies holds its deliveries up until the lease ends, and then another takes them. What was sent and not
recorded is sent again: at most the one that was on its way.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta
from time import monotonic
from uuid import uuid4

from django.conf import settings
from django.db import DatabaseError, transaction
from django.db.models import F
from django.http import Http404
from django.utils import timezone

from reminders.done import Diary, Planned
from reminders.models import Delivery, Occurrence
from reminders.sending import Came, Sent
from reminders.ways import CHANNELS, INSTEAD, Reach
from tracker.flagging import hold_diary_of

logger = logging.getLogger(__name__)

BATCH = 50
# A tick that sends for longer would hold up what comes due meanwhile: the rest is for the next, or for others.
SECONDS = 10.0
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(minutes=15)
# What has waited for longer than a tick takes may have been done meanwhile.
MEANWHILE = timedelta(minutes=1)


def deliver_due(seconds: float = SECONDS) -> int:
    """How many were sent or came to an end otherwise. Safe to repeat, and beside others who do the same."""
    ended, stop, busy = 0, monotonic() + seconds, ["inbox", *CHANNELS]
    while busy:
        for channel in [*busy]:
            # Each has its own time: a mail server that hangs must not hold up a notification. In turns until all is up.
            more, waits = deliver_by(channel, monotonic() + seconds / len(CHANNELS))
            ended += more
            if not waits or monotonic() >= stop:
                busy.remove(channel)
    return ended


def deliver_by(channel: str, stop: float) -> tuple[int, bool]:
    """
    Until nothing is left, the time is up, or the channel reaches nobody.

    How many, and whether more may wait that can be sent now.
    """
    ended, down = 0, False
    while not down and monotonic() < stop:
        leased = lease(channel, BATCH)
        if not leased:
            return ended, False
        waiting = list_in_app(drop_needless(leased))
        ended += len(leased) - len(waiting)
        while waiting and not down and monotonic() < stop:
            down = send(waiting.pop(0))
            ended += 1
        give_back(waiting)
    return ended, not down


def lease_time() -> timedelta:
    return timedelta(seconds=settings.DELIVERY_LEASE_SECONDS)


def lease(channel: str, limit: int) -> list[Delivery]:
    """The longest waiting, for this process alone until the lease ends."""
    now, token = timezone.now(), uuid4()
    ready = Delivery.objects.ready(now).filter(channel=channel)
    if not ready.exists():
        return []
    with transaction.atomic():
        ids = list(ready.select_for_update(skip_locked=True).values_list("pk", flat=True)[:limit])
        # Asked again, so that it holds on a SQLite that takes its lock late, too.
        taken = Delivery.objects.filter(pk__in=ids, try_at__lte=now)
        taken.update(try_at=now + lease_time(), lease_token=token, attempt=F("attempt") + 1)
    rows = Delivery.objects.filter(lease_token=token).select_related("owner", "occurrence__reminder__owner")
    return list(rows.order_by("send_at", "pk"))


def drop_needless(leased: Sequence[Delivery]) -> Sequence[Delivery]:
    """Without what has expired, what nobody wants any more, and what was done meanwhile."""
    now = timezone.now()
    waited = [one for one in leased if one.occurrence and now - one.occurrence.due_at > MEANWHILE]
    about = {one.occurrence.pk: one.occurrence for one in waited if one.occurrence}
    diary = Diary(Planned(one.reminder, one.local_date, one.slot) for one in about.values())
    done = {id for id, one in about.items() if diary.has(one.reminder, one.local_date, one.slot)}
    left = []
    for delivery in leased:
        occurrence = delivery.occurrence
        if occurrence and rests(occurrence):
            end(delivery, "cancelled", "switched_off")
        elif occurrence and occurrence.pk in done:
            with suppress(Http404):
                # Of a person who is erased meanwhile nothing is left to settle.
                settle_as_done(occurrence)
        elif now > delivery.expires_at and delivery.channel != "inbox":
            end(delivery, "failed", "expired")
        else:
            left.append(delivery)
    return left


def rests(occurrence: Occurrence) -> bool:
    """Whether the person has turned it off or paused it since it came due."""
    return not occurrence.reminder.active or occurrence.reminder.rests_on(occurrence.local_date)


def list_in_app(deliveries: Sequence[Delivery]) -> list[Delivery]:
    """In the app's list it stands by now: nothing has to be sent. The others."""
    listed = [one for one in deliveries if one.channel == "inbox"]
    for token in {one.lease_token for one in listed}:
        held = Delivery.objects.filter(pk__in=[one.pk for one in listed], lease_token=token)
        held.update(state="accepted", ended_at=timezone.now(), try_at=None, lease_token=None)
    return [one for one in deliveries if one.channel != "inbox"]


@transaction.atomic
def settle_as_done(occurrence: Occurrence) -> None:
    hold_diary_of(occurrence.owner_id)
    row = Occurrence.objects.select_for_update(of=("self",)).filter(pk=occurrence.pk).first()
    if row and not (row.state == "answered" and row.snoozed_until is None):
        row.settle_as_done(timezone.now())
        row.save()
    Delivery.objects.filter(occurrence=occurrence).cancel()


def send(delivery: Delivery) -> bool:
    """
    Take it to its endpoint, if the lease still holds, and record what came of it.

    Whether its channel reaches nobody now.
    """
    held = Delivery.objects.filter(pk=delivery.pk, lease_token=delivery.lease_token)
    if not held.update(try_at=timezone.now() + lease_time()):
        return False
    try:
        sent = CHANNELS[delivery.channel].send(delivery)
    except DatabaseError:
        raise
    except Exception as fault:
        # Without its words: a mail server's may hold the reader.
        logger.error("A delivery by %s broke: %s", delivery.channel, type(fault).__name__)
        sent = Sent(Came.RETRY, "fault")
    record(delivery, sent)
    return sent.down


def record(delivery: Delivery, sent: Sent) -> None:
    if sent.came is Came.ACCEPTED:
        end(delivery, "accepted", "")
        return
    if sent.came is Came.RETRY:
        at = timezone.now() + (sent.after or wait(delivery.attempt))
        if at <= delivery.expires_at:
            held = Delivery.objects.filter(pk=delivery.pk, lease_token=delivery.lease_token)
            held.update(try_at=at, lease_token=None, problem=sent.problem[:40])
            return
    if sent.came is Came.FAILED or delivery.channel not in INSTEAD:
        end(delivery, "failed", sent.problem)
        return
    # Of somebody who is erased meanwhile nothing is left to tell.
    with suppress(Http404), transaction.atomic():
        # Two devices that fail at once must see each other's end, or nobody tells by the other way.
        hold_diary_of(delivery.owner_id)
        if end(delivery, "failed", sent.problem) and sent.came is Came.GONE:
            tell_otherwise(delivery)


def wait(attempt: int) -> timedelta:
    """After so many attempts: twice as long each time."""
    return min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(attempt - 1, 10))


def end(delivery: Delivery, state: str, problem: str) -> bool:
    """Whether the lease still held; if not, it is somebody else's by now, and nothing is written."""
    held = Delivery.objects.filter(pk=delivery.pk, lease_token=delivery.lease_token)
    now = timezone.now()
    return bool(held.update(state=state, problem=problem[:40], ended_at=now, try_at=None, lease_token=None))


def tell_otherwise(delivery: Delivery) -> None:
    """By the channel that stands in, where no other endpoint of this one took it or may take it still."""
    same = {name: getattr(delivery, name) for name in ("owner_id", "about", "subject", "turn")}
    others = Delivery.objects.filter(**same, channel=delivery.channel, state__in=["pending", "accepted"])
    if others.exists():
        return
    at = timezone.now()
    reach = Reach([delivery.owner_id])
    Delivery.objects.bulk_create(
        [
            Delivery(
                **same,
                occurrence_id=delivery.occurrence_id,
                channel=channel,
                endpoint=endpoint,
                send_at=delivery.send_at,
                expires_at=delivery.expires_at,
                try_at=at,
            )
            for channel, endpoint in reach.places(delivery.owner_id, [INSTEAD[delivery.channel]])
        ],
        ignore_conflicts=True,
    )


def give_back(leased: Sequence[Delivery]) -> None:
    """What there was no time for: at once for whoever comes next."""
    for token in {one.lease_token for one in leased}:
        held = Delivery.objects.filter(pk__in=[one.pk for one in leased], lease_token=token)
        held.update(try_at=timezone.now(), lease_token=None, attempt=F("attempt") - 1)
