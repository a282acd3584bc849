"""One step in the life of a flag, who took the last ones, and what was known at the time."""

from __future__ import annotations

from datetime import UTC, datetime

from django.db.models import Max
from django.utils import timezone

from accounts.models import User
from tracker.models import Flag, FlagChange


def turn(
    flag: Flag, state: str, reason: str, *, by: User | None, at: datetime | None = None, noted: bool = True
) -> None:
    """Save the flag in its new state, and note the step."""
    now = timezone.now()
    moment = not_ahead(at)
    flag.state, flag.reason, flag.changed_at = state, reason, now
    flag.raised_at = flag.raised_at or now
    flag.resolved_at = (flag.resolved_at or moment) if state == "resolved" else None
    if state != "seen":
        flag.snoozed_until = None
    flag.save()
    if noted:
        FlagChange.objects.create(flag=flag, at=moment, by=by, state=state, level=flag.level, reason=reason)


def not_ahead(at: datetime | None) -> datetime:
    """A device's clock may run fast, and what it settles must not hide signs that are still to come."""
    now = timezone.now()
    return min(at or now, now).astimezone(UTC)


def is_later(moment: datetime, than: datetime | None) -> bool:
    """Whether a sign was noted after an act; None: just now. What an act knew of, a clock that runs fast put ahead."""
    return than is not None and than < timezone.now() and moment > than


def resolved_by_rules(flag: Flag) -> bool:
    last = flag.changes.order_by("-id").first()
    return last is not None and last.by_id is None


def reopened_by_a_person(flag: Flag) -> datetime | None:
    """When somebody last said that it is not over."""
    changes = flag.changes.filter(state="reopened", by__isnull=False)
    return changes.aggregate(last=Max("at"))["last"]
