"""
The second half of a tick: deliveries are leased, sent with no transaction open, and recorded under the lease.

What a batch has in common is read and leased in a few statements; each that was sent is recorded by one of its own,
before the next goes out. A process that dies holds its deliveries up until the lease ends, and then another takes them.
What was sent and not recorded is sent again: at most the one that was on its way, or as many as PUSHES_IN_FLIGHT says.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import islice
from time import monotonic
from uuid import uuid4

from django.conf import settings
from django.db import DatabaseError, transaction
from django.db.models import F
from django.http import Http404
from django.utils import timezone

from reminders.done import Diary, Planned
from reminders.following import withdraw
from reminders.models import Delivery, NewsChoice, Occurrence
from reminders.news import no_news
from reminders.quiet import quiet_end
from reminders.recording import end, expire, put_off, record
from reminders.sending import Came, Send, Sent
from reminders.ways import CHANNELS, at_once
from tracker.flagging import hold_diary_of

logger = logging.getLogger(__name__)

# A process that dies holds up what it had taken: more than a few only after it got through as many in their time.
BATCH, FIRST, FEWEST = 200, 50, 5
# Of all that a delivery, its person, its occurrence and its reminder hold, what sending asks for.
READ = (
    *(field.name for field in Delivery._meta.concrete_fields),
    *(f"owner__{name}" for name in ("is_active", "email", "language", "time_zone", "quiet_from", "quiet_to")),
    *(f"occurrence__{name}" for name in ("owner", "reminder", "local_date", "wall", "slot", "due_at", "snoozes")),
    *(f"occurrence__reminder__{name}" for name in ("owner", "what", "routine", "prescription", "quiet")),
    # Whether it still stands.
    *(f"occurrence__reminder__{name}" for name in ("active", "deleted_at", "paused_from", "paused_to")),
    *(f"occurrence__reminder__{name}" for name in ("times", "frequency", "interval", "weekdays", "starts_on")),
    *(f"occurrence__reminder__{name}" for name in ("ends_on", "zone")),
)
# Seconds: what was read of a batch may have changed after that (an answer, a device signed off), and is read again.
FRESH = 2.0
# A tick that sends for longer would hold up what comes due meanwhile: the rest is for the next, or for others.
SECONDS = 10.0
# What has waited for longer than a tick takes may have been done meanwhile.
MEANWHILE = timedelta(minutes=1)
# For how long after the quiet hours there is time to send what would have expired in them.
STILL = timedelta(minutes=30)


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
    ended, down, limit = 0, False, FIRST
    while not down and monotonic() < stop:
        leased = lease(channel, limit)
        if not leased:
            return ended, False
        left: Sequence[Delivery] = list_in_app(drop_needless(leased))
        if left:
            left, down = send_all(channel, left, stop)
        give_back(left)
        ended += len(leased) - len(left)
        # Where the other side is slow, most of a large batch would be read for nothing.
        limit = max(FEWEST, min(BATCH, 2 * (len(leased) - len(left))))
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
    # By their ids: no index knows the token, and what has ended is kept.
    held = Delivery.objects.filter(pk__in=ids, lease_token=token)
    return list(held.select_related("owner", "occurrence__reminder").only(*READ).order_by("send_at", "pk"))


def drop_needless(leased: Sequence[Delivery]) -> Sequence[Delivery]:
    """Without what has expired, what nobody wants any more, and what was done meanwhile."""
    now = timezone.now()
    waited = [one for one in leased if one.occurrence and now - one.occurrence.due_at > MEANWHILE]
    about = {one.occurrence.pk: one.occurrence for one in waited if one.occurrence}
    diary = Diary(Planned(one.reminder, one.local_date, one.slot) for one in about.values())
    done = {id for id, one in about.items() if diary.has(one.reminder, one.local_date, one.slot)}
    over = no_news(leased)
    left = []
    for delivery in leased:
        occurrence = delivery.occurrence
        if occurrence and not occurrence.stands:
            with suppress(Http404):
                withdraw(occurrence)
        elif occurrence and occurrence.pk in done:
            with suppress(Http404):
                # Of a person who is erased meanwhile nothing is left to settle.
                settle_as_done(occurrence)
        elif delivery.subject in over:
            end(delivery, "cancelled", "read")
        elif not delivery.owner.is_active and delivery.channel != "inbox":
            # Whom the operator has shut out since it was written down is told nothing.
            end(delivery, "cancelled", "shut_out")
        elif now > delivery.expires_at and delivery.channel != "inbox":
            expire(delivery)
        elif delivery.channel != "inbox" and (quiet := kept_quiet_until(delivery, now)):
            hold_back(delivery, quiet)
        else:
            left.append(delivery)
    return left


def kept_quiet_until(delivery: Delivery, now: datetime) -> datetime | None:
    """The end of the quiet hours that have begun since it was written down: after a retry, or on a journey."""
    # A snooze comes when the person asked for it.
    quiet = None if delivery.turn else quiet_end(delivery.owner, now)
    if quiet and delivery.about == "urgent" and NewsChoice.of(delivery.owner).urgent_breaks_quiet:
        return None
    return quiet


def hold_back(delivery: Delivery, until: datetime) -> None:
    """Where it would be too late by then, a reminder that quiet hours drop is dropped, and the others last longer."""
    reminder = delivery.occurrence and delivery.occurrence.reminder
    late = until > delivery.expires_at
    if late and reminder and reminder.quiet == "drop":
        end(delivery, "cancelled", "quiet")
    else:
        put_off(delivery, until, expires_at=until + STILL if late else delivery.expires_at)


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


def send_all(channel: str, waiting: Sequence[Delivery], stop: float) -> tuple[Sequence[Delivery], bool]:
    """
    Each to its endpoint, recorded before the next goes out, for as long as what was read of them holds.

    Those there was no time for, and whether the channel reaches nobody now.
    """
    left, down = deque(waiting), False
    with CHANNELS[channel].sending(waiting) as send:
        until = min(stop, monotonic() + FRESH)

        def next_ones() -> Iterator[Delivery]:
            # The first goes out even if reading took long, or nothing ever would.
            while left and not down and (len(left) == len(waiting) or monotonic() < until) and is_held(left[0]):
                yield left.popleft()

        for delivery, sent in outcomes(send, next_ones(), at_once(channel)):
            record(delivery, sent)
            down = down or sent.down
    return left, down


def is_held(delivery: Delivery) -> bool:
    """Whether its lease lasts for longer than sending may take."""
    return bool(delivery.try_at and timezone.now() < delivery.try_at - lease_time() / 2)


def outcomes(send: Send, waiting: Iterator[Delivery], most: int) -> Iterator[tuple[Delivery, Sent]]:
    """
    Of each, as it comes; `most` are on their way at the same time.

    That many are sent again when this process is killed. More than one is for services that are far away.
    """
    if most == 1:
        yield from ((delivery, attempt(send, delivery)) for delivery in waiting)
        return
    with ThreadPoolExecutor(most) as pool:
        flying = {pool.submit(attempt, send, delivery): delivery for delivery in islice(waiting, most)}
        while flying:
            landed = next(as_completed(flying))
            yield flying.pop(landed), landed.result()
            flying |= {pool.submit(attempt, send, delivery): delivery for delivery in islice(waiting, 1)}


def attempt(send: Send, delivery: Delivery) -> Sent:
    try:
        return send(delivery)
    except DatabaseError:
        raise
    except Exception as fault:
        # Without its words: a mail server's may hold the reader.
        logger.error("A delivery by %s broke: %s", delivery.channel, type(fault).__name__)
        return Sent(Came.RETRY, "fault")


def give_back(leased: Sequence[Delivery]) -> None:
    """What there was no time for: at once for whoever comes next, in its old place before what came due later."""
    for token in {one.lease_token for one in leased}:
        held = Delivery.objects.filter(pk__in=[one.pk for one in leased], lease_token=token)
        held.update(try_at=F("send_at"), lease_token=None, attempt=F("attempt") - 1)
