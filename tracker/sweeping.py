"""Evaluating the trends of everybody, or of those for whom something waits."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.models import User
from exercises.models import Session
from tracker.models import SymptomLog, TrendCourse, TrendSweep
from tracker.trending import EVER, refresh_trends

CHUNK = 100


def sweep_trends(*, chunk: int = CHUNK) -> Iterator[TrendSweep]:
    """
    Evaluate every diary anew, a person at a time, in the order of their ids; gives the sweep after each `chunk` people.

    One that was broken off goes on behind the last chunk that was done. Safe to repeat, and beside people who write.
    """
    sweep = TrendSweep.objects.get_or_create(id=1, defaults={"started_at": timezone.now()})[0]
    while owners := list(diarists(sweep)[:chunk]):
        for owner in owners:
            refresh_trends(owner=owner, from_day=EVER)
        sweep.last_owner = owners[-1].pk
        sweep.done += len(owners)
        sweep.save()
        yield sweep
    sweep.delete()


def diarists(sweep: TrendSweep | None = None) -> QuerySet[User]:
    """Who ever wrote anything that trends are found in; behind where the sweep has come to."""
    of_theirs = {"owner": OuterRef("pk")}
    wrote = Exists(SymptomLog.objects.filter(**of_theirs)) | Exists(Session.objects.filter(**of_theirs))
    rows = User.objects.filter(wrote).order_by("pk")
    return rows.filter(pk__gt=sweep.last_owner) if sweep and sweep.last_owner else rows


def catch_up_trends() -> None:
    """Of those whose sessions nobody has looked at yet, or whose batch broke off before its end."""
    read = TrendCourse.objects.filter(owner=OuterRef("owner"), sessions_read_at__gte=OuterRef("changed_at"))
    waiting = TrendCourse.objects.filter(pending_from__isnull=False).values("owner")
    unread = Session.objects.filter(~Exists(read)).values("owner")
    for owner in User.objects.filter(Q(pk__in=waiting) | Q(pk__in=unread)).iterator():
        refresh_trends(owner=owner)
