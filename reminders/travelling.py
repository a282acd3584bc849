"""What a person's journey does to the reminders that follow their device."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from reminders.models import Reminder
from tracker.flagging import hold_diary_of


@transaction.atomic
def travel_along(user: User) -> None:
    """Each that follows the device goes on by the wall where the person is now."""
    hold_diary_of(user.pk)
    rows = Reminder.objects.for_user(user).select_for_update().filter(follow_device=True, next_due_at__isnull=False)
    now = timezone.now()
    for reminder in rows:
        reminder.owner = user
        reminder.travel()
        reminder.travelled_at = now
        reminder.save(update_fields=["zone", "next_due_at", "travelled_at"])
