"""One step in the life of a flag, who took the last ones, and what was known at the time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.db.models import Max
from django.utils import timezone

from accounts.models import User
from tracker.models import Flag, FlagChange

# What the clocks of two devices may differ by, and what sending takes.
CLOCKS_DIFFER = timedelta(minutes=5)
# A clock that is ahead by more has been set since: it says nothing about then.
FASTEST = timedelta(days=1)


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


def is_ahead(at: datetime | None) -> bool:
    """Whether it was dated by a clock that runs fast: when it was nobody knows, but before now."""
    return at is not None and at > timezone.now() + CLOCKS_DIFFER


def true_moment(at: datetime, sent_at: datetime) -> datetime:
    """When it was by the server's clock, of a device whose own says `sent_at` now."""
    wrong = sent_at - timezone.now()
    return at - wrong if abs(wrong) > CLOCKS_DIFFER and wrong <= FASTEST else at


def resolved_by_rules(flag: Flag) -> bool:
    last = flag.changes.order_by("-id").first()
    return last is not None and last.by_id is None


def reopened_by_a_person(flag: Flag) -> datetime | None:
    """When somebody last said that it is not over."""
    changes = flag.changes.filter(state="reopened", by__isnull=False)
    return changes.aggregate(last=Max("at"))["last"]
