"""Evaluating the trends of everybody, or of those for whom something waits."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.models import User
from exercises.models import Session
from tracker.flagging import hold_diary_of, refresh_flags
from tracker.models import SymptomLog, TrendCourse, TrendSweep
from tracker.recording import catch_up
from tracker.trending import follow_anew

# Their diaries are held meanwhile: a third of a second.
CHUNK = 50


def sweep_trends(*, chunk: int = CHUNK) -> Iterator[TrendSweep]:
    """
    Evaluate every diary anew, `chunk` people at a time, in the order of their ids; gives the sweep after each chunk.

    One that was broken off goes on behind the last chunk that was done. Safe to repeat, and beside people who write.
    """
    sweep = TrendSweep.objects.get_or_create(id=1, defaults={"started_at": timezone.now()})[0]
    while owners := list(diarists(sweep).values_list("pk", flat=True)[:chunk]):
        follow_anew(owner_ids=owners)
        sweep.last_owner = owners[-1]
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


def raise_flags_of_old_entries() -> int:
    """
    Hear every entry that marks the saddle again, and give their number: some were written before there were flags.

    Safe to repeat, and beside people who write: what an entry has said already it says no second time.
    """
    marked = SymptomLog.objects.present().filter(readings__region="saddle").order_by("occurred_at", "id")
    read = 0
    for id, owner_id in marked.values_list("pk", "owner_id").distinct().iterator():
        with transaction.atomic():
            hold_diary_of(owner_id)
            log = SymptomLog.objects.present().filter(pk=id).first()
            if log is not None:
                refresh_flags(source=log, first=False)
                read += 1
    return read


def catch_up_trends() -> None:
    """Of those whose sessions nobody has looked at yet, or whose batch broke off before its end."""
    read = TrendCourse.objects.filter(owner=OuterRef("owner"), sessions_read_at__gte=OuterRef("changed_at"))
    waiting = TrendCourse.objects.filter(pending_from__isnull=False).values("owner")
    unread = Session.objects.filter(~Exists(read)).values("owner")
    for owner in User.objects.filter(Q(pk__in=waiting) | Q(pk__in=unread)).iterator():
        catch_up(owner=owner)
