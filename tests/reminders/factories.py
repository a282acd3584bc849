"""Bodies as a device sends them. Every call is a new, valid one; keywords replace parts of it."""

from __future__ import annotations

import uuid
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone

from accounts.models import User
from reminders.keeping import save_reminder
from reminders.models import Occurrence, Reminder
from reminders.models.occurrence import occurrence_id
from reminders.serializers import ReminderSerializer


def reminder_body(**parts: Any) -> dict[str, Any]:
    return {
        "kind": "custom",
        "routine": None,
        "prescription": None,
        "text": "Change the pillow",
        "times": ["07:30", "19:00"],
        "frequency": "daily",
        "interval": 1,
        "weekdays": [],
        "starts_on": "2026-03-02",
        "ends_on": None,
        "time_zone": "Europe/Berlin",
        "follow_device": False,
        "channels": [],
        "quiet": "defer",
        "grace_minutes": 120,
        "pause": None,
        "active": True,
        **parts,
    }


def keep(owner: User, id: uuid.UUID | None = None, base_version: int | None = None, **parts: Any) -> Reminder:
    serializer = ReminderSerializer(data=reminder_body(**parts))
    serializer.is_valid(raise_exception=True)
    body = serializer.canonical_body()
    return save_reminder(owner=owner, id=id or uuid.uuid4(), body=body, base_version=base_version).document


def keep_for_all(people: list[User], **parts: Any) -> list[Reminder]:
    """The same one for many people at once, as if each had kept it."""
    pattern = keep(people[0], **parts)
    fields = {
        field.attname: getattr(pattern, field.attname)
        for field in Reminder._meta.concrete_fields
        if field.attname not in ("id", "owner_id")
    }
    rows = [Reminder(id=uuid.uuid4(), owner=person, **fields) for person in people[1:]]
    return [pattern, *Reminder.objects.bulk_create(rows)]


def come_due(reminder: Reminder, due_at: datetime | None = None, **parts: Any) -> Occurrence:
    """A row as the clock makes it, told and not answered yet."""
    due_at = due_at or timezone.now()
    walls = [time.fromisoformat(at) for at in reminder.times]
    wall = due_at.time().replace(second=0, microsecond=0)
    # Of a time that the rule does not know, nothing would be sent.
    wall = wall if wall in walls else walls[0]
    day: date = due_at.date()
    return Occurrence.objects.create(
        **{
            "id": occurrence_id(reminder.pk, day, wall),
            "owner": reminder.owner,
            "reminder": reminder,
            "local_date": day,
            "wall": wall,
            "slot": 0,
            "due_at": due_at,
            "send_at": due_at,
            "changed_at": due_at,
            **parts,
        }
    )
