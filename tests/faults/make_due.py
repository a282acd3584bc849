"""`python -m tests.faults.make_due < devices.json`: a person for each device, to be reminded since a minute ago."""

import json
import os
import sys
import uuid
from datetime import date, timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

# Below the setup: models cannot be imported before it.
from django.db import transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from accounts.models import User  # noqa: E402
from reminders.models import PushSubscription, Reminder  # noqa: E402


@transaction.atomic
def make_due(devices: list[list[str]]) -> None:
    now = timezone.now()
    due = (now - timedelta(minutes=1)).replace(second=0, microsecond=0)
    people = User.objects.bulk_create([User(email=f"{uuid.uuid4()}@example.org", password="!") for _ in devices])
    PushSubscription.objects.bulk_create(
        PushSubscription(
            owner=person,
            endpoint=endpoint,
            endpoint_hash=PushSubscription.hash_of(endpoint),
            p256dh=p256dh,
            auth=auth,
            key_id=key_id,
        )
        for person, (endpoint, p256dh, auth, key_id) in zip(people, devices, strict=True)
    )
    Reminder.objects.bulk_create(
        Reminder(
            id=uuid.uuid4(), owner=person, digest="", received_at=now, changed_at=now, what="log",
            times=[f"{due:%H:%M}"], frequency="daily", interval=1, weekdays=[], starts_on=date(2026, 1, 1),
            time_zone="UTC", zone="UTC", follow_device=False, channels=["push"], quiet="defer", grace_minutes=120,
            active=True, next_due_at=due,
        )
        for person in people
    )  # fmt: skip


if __name__ == "__main__":
    make_due(json.load(sys.stdin))
