"""Calendars that show a person's reminders."""

from __future__ import annotations

import hashlib
from typing import ClassVar

from django.db import models
from django.utils import timezone

from accounts.models import OwnedQuerySet, User


class CalendarFeed(models.Model):
    """A secret address at which calendar programs read when somebody is reminded; only its token's hash is kept."""

    owner = models.OneToOneField(User, primary_key=True, on_delete=models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar = OwnedQuerySet.as_manager()

    @staticmethod
    def hash_of(token: str) -> str:
        return hashlib.sha256(token.encode()).hexdigest()
