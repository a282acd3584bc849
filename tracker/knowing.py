"""
What somebody knew of a flag when they acted on it, on a device that was offline, or whose clock is wrong.

Where that cannot be told, what cannot wait stands: it is read once more rather than never.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Least
from django.utils import timezone

from tracker.models import Flag, FlagSign, RedFlagCheck
from tracker.redflags.episodes import PRESSING
from tracker.turning import CLOCKS_DIFFER, is_ahead

# From hearing a sign to raising its flag. One that was split off was raised long after its signs were heard.
RAISING = timedelta(seconds=10)


def unknown_to(flag: Flag, at: datetime | None) -> QuerySet[FlagSign]:
    """
    What speaks for the flag that a person who settled it at `at` did not know of; None: just now, and knew all.

    Noted later; or, if it cannot wait, heard of here only later, unless its advice had been confirmed as read by then:
    the clock of another device may be slow. A moment still to come says that its clock is fast, not when it was: then
    whatever cannot wait and was not confirmed as read.
    """
    if is_ahead(at):
        return unread(flag)
    if at is None or at >= timezone.now():
        return FlagSign.objects.none()
    read = read_checks(flag).filter(read_at__lte=at)
    late = Q(level__in=PRESSING, heard_at__gt=at + CLOCKS_DIFFER) & ~Q(source="check", source_id__in=read.values("pk"))
    if flag.seen_at and flag.seen_at <= at:
        late &= Q(at__gt=flag.seen_at)
    # Of two moments by which it had been noted the earlier one: what noted it may have a fast clock, too.
    signs = flag.signs.active().annotate(noted=Least("at", "heard_at"))
    return signs.filter(Q(noted__gt=at) | late).order_by("at", "source_id")


def unread(flag: Flag) -> QuerySet[FlagSign]:
    """
    What cannot wait, confirmed as read neither where it was answered nor with the flag.

    Without what raised the flag, which every device that knows of it knows, and what the fast clock itself dated.
    """
    read = read_checks(flag)
    asked_for = read.filter(entry__isnull=False)
    signs = flag.signs.active().filter(level__in=PRESSING, at__lte=F("heard_at") + CLOCKS_DIFFER)
    signs = signs.exclude(heard_at__range=(flag.raised_at - RAISING, flag.raised_at))
    signs = signs.exclude(source="check", source_id__in=read.values("pk"))
    signs = signs.exclude(source="log", source_id__in=asked_for.values("entry"))
    return (signs.filter(heard_at__gt=flag.seen_at) if flag.seen_at else signs).order_by("at", "source_id")


def has_read(flag: Flag, told: datetime | None, at: datetime | None) -> bool:
    """Whether who confirmed it at `at` can have read the worst of the flag, which was `told` then."""
    if is_ahead(at):
        return not unread(flag).filter(level=flag.level).exists()
    return at is None or told is None or told <= at or at >= timezone.now()


def read_checks(flag: Flag) -> QuerySet[RedFlagCheck]:
    return RedFlagCheck.objects.filter(owner=flag.owner_id, read_at__gte=F("answered_at"))
