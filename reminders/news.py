"""
Where news come from: rows of the apps below, which do not know that anybody is told of them.

Each source is looked through by the time at which its rows came up, along an index, and leaves out what was told.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from exercises.models import Prescription
from reminders.models import Delivery, News
from reminders.vocabulary import ANNOUNCED
from sharing.models import Message
from sharing.signalling import due_practices, signals_for
from tracker.models import Flag, FlagChange
from tracker.redflags.episodes import PRESSING

UNREAD = ("open", "reopened")


class Item(NamedTuple):
    """A row that somebody should hear of, and the kind of announcement that it makes."""

    owner_id: UUID
    source: str
    kind: str
    target: UUID
    step: int
    noted_at: datetime


class Source(NamedTuple):
    hold: timedelta
    """How long a row is left alone: the person may have it before their eyes, and more of it may follow at once."""
    between: Callable[[datetime, datetime, int], list[Item]]
    """At most so many, the oldest first, of what came up after the one moment and until the other and was not told."""
    unread: Callable[[Collection[UUID]], Collection[UUID]]
    """Of so many targets those that are still worth telling."""


def untold(rows: QuerySet, source: str, owner: str, target: str, step: str) -> Any:
    told = News.objects.filter(
        source=source, owner=OuterRef(owner), target=OuterRef(target), step=OuterRef(step) if step else 0
    )
    return rows.exclude(Exists(told))


def flags_between(first: datetime, last: datetime, limit: int) -> list[Item]:
    """Raised, reopened or made more pressing by the rules. Who has done anything about it since knows of it."""
    steps = FlagChange.objects.filter(by=None, state__in=UNREAD, at__gt=first, at__lte=last, flag__state__in=UNREAD)
    since = FlagChange.objects.filter(by__isnull=False, flag=OuterRef("flag"), pk__gt=OuterRef("pk"))
    rows = untold(steps.exclude(Exists(since)), "flag", "flag__owner", "flag", "pk").order_by("at")
    found = rows.values_list("flag__owner", "flag__level", "flag", "pk", "at")[:limit]
    return [
        Item(owner, "flag", "urgent" if level in PRESSING else "flag", flag, step, at)
        for owner, level, flag, step, at in found
    ]


def unread_flags(ids: Collection[UUID]) -> Collection[UUID]:
    return set(Flag.objects.filter(pk__in=ids, state__in=UNREAD).values_list("pk", flat=True))


def prescriptions_between(first: datetime, last: datetime, limit: int) -> list[Item]:
    """Set, changed or ended by somebody else; of several changes the last, once it has been left alone."""
    others = Prescription.objects.filter(prescribed_by__isnull=False, changed_at__gt=first, changed_at__lte=last)
    rows = untold(others, "prescription", "owner", "pk", "version").order_by("changed_at")
    found = rows.values_list("owner", "pk", "version", "changed_at")[:limit]
    return [Item(owner, "prescription", "prescription", id, version, at) for owner, id, version, at in found]


def prescriptions(ids: Collection[UUID]) -> Collection[UUID]:
    """Nobody says that they have read one."""
    return ids


def messages_between(first: datetime, last: datetime, limit: int) -> list[Item]:
    unread = Message.objects.filter(read_at=None, recipient__isnull=False, sender__isnull=False).filter(
        created_at__gt=first, created_at__lte=last
    )
    rows = untold(unread, "message", "recipient", "pk", "").order_by("created_at")
    found = rows.values_list("recipient", "pk", "created_at")[:limit]
    return [Item(recipient, "message", "message", id, 0, at) for recipient, id, at in found]


def unread_messages(ids: Collection[UUID]) -> Collection[UUID]:
    return set(Message.objects.filter(pk__in=ids, read_at=None, sender__isnull=False).values_list("pk", flat=True))


def patients_between(first: datetime, last: datetime, limit: int) -> list[Item]:
    """A physiotherapist's one message of the day, when any patient gives a signal that they chose."""
    found = []
    for practice, day, at in due_practices(first, last)[:limit]:
        item = Item(practice.owner_id, "patients", "patients", practice.owner_id, day.toordinal(), at)
        told = News.objects.filter(owner=item.owner_id, source="patients", target=item.target, step=item.step)
        if not told.exists() and signals_for(practice).patients:
            found.append(item)
    return found


def patients(ids: Collection[UUID]) -> Collection[UUID]:
    """Nobody says that they have read the list."""
    return ids


SOURCES: dict[str, Source] = {
    "flag": Source(timedelta(minutes=5), flags_between, unread_flags),
    "prescription": Source(timedelta(minutes=5), prescriptions_between, prescriptions),
    "message": Source(timedelta(minutes=1), messages_between, unread_messages),
    "patients": Source(timedelta(), patients_between, patients),
}


def no_news(deliveries: Sequence[Delivery]) -> set[str]:
    """The subjects of those announcements among them of which everything was read meanwhile."""
    asked = {UUID(one.subject) for one in deliveries if one.about in ANNOUNCED}
    if not asked:
        return set()
    targets: dict[str, set[UUID]] = {source: set() for source in SOURCES}
    rows = list(News.objects.filter(announcement__in=asked).values_list("announcement", "source", "target"))
    for _, source, target in rows:
        targets[source].add(target)
    unread = {source: SOURCES[source].unread(ids) if ids else () for source, ids in targets.items()}
    return {str(id) for id in asked - {id for id, source, target in rows if target in unread[source]}}
