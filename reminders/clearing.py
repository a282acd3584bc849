"""
What came due long ago is not kept for ever: it goes with its deliveries, and so do the digests of that time.

Nothing goes that is still to be told, or that tells the clock what it has written down already: it never looks so far
back.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from time import monotonic

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from reminders.models import Delivery, Occurrence

# The owners of a batch wait for it with whatever they write.
BATCH = 200
# The embedded scheduler ticks no more meanwhile: the rest is for the next time.
SECONDS = 5.0


def clear_old(seconds: float = SECONDS) -> int:
    """How many occurrences went. Safe to repeat, and beside others who do so, who tell or who answer."""
    before = timezone.now() - timedelta(days=settings.REMINDER_LOG_DAYS)
    cleared, stop = 0, monotonic() + seconds
    while some := clear_some(before):
        cleared += some
        if some < BATCH or monotonic() >= stop:
            break
    Delivery.objects.filter(about="digest", ended_at__lt=before).delete()
    return cleared


def clear_some(before: datetime) -> int:
    waiting = Delivery.objects.filter(occurrence=OuterRef("pk"), state="pending")
    # No index leads there: each would cost every tick more than this costs a few times a day.
    old = Occurrence.objects.filter(
        ~Exists(waiting),
        Q(snoozed_until=None) | Q(snoozed_until__lt=before),
        due_at__lt=before,
        send_at__lt=before,
    )
    with transaction.atomic():
        # The owner too: of somebody who is erased meanwhile each would wait for rows of the other.
        held = old.select_for_update(skip_locked=True, no_key=True, of=("self", "owner")).select_related("owner")
        ids = [one.pk for one in held.only("pk", "owner__id")[:BATCH]]
        Delivery.objects.filter(occurrence__in=ids).delete()
        Occurrence.objects.filter(pk__in=ids).delete()
    return len(ids)
