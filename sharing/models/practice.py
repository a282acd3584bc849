"""How a physiotherapist works: which signals they want, and what they note for themselves."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.utils import timezone

from accounts.models import OwnedModel, OwnedQuerySet, User
from sharing.models.care import CareLink
from sharing.vocabulary import TRIAGE


def every_signal() -> list[str]:
    return [signal for signal in TRIAGE if signal != "good-news"]


class Practice(models.Model):
    """
    A person who treats others. `signals`: of `TRIAGE`, what they want to be told of, in one message a day at `tell_at`
    on their own wall; null: never, they look into the list themselves.
    """

    owner = models.OneToOneField(User, primary_key=True, on_delete=models.CASCADE, related_name="practice")
    signals = models.JSONField(default=every_signal)
    tell_at = models.TimeField(null=True, blank=True)
    started_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar = OwnedQuerySet.as_manager()


class PatientNote(OwnedModel):
    """What a physiotherapist (`owner`) notes about a patient for themselves: nobody else ever reads it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    link = models.ForeignKey(CareLink, on_delete=models.CASCADE, related_name="notes")
    text = models.TextField()
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
