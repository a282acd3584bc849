"""Who wants no reminders by e-mail."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from accounts.models import OwnedQuerySet, User


class MailStop(models.Model):
    """A person who has unsubscribed: no reminder goes to their mailbox, whatever its channels say, until they ask."""

    owner = models.OneToOneField(User, primary_key=True, on_delete=models.CASCADE, related_name="+")
    stopped_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar = OwnedQuerySet.as_manager()
