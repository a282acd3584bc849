"""Who sees: the consent between a patient and a physiotherapist."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from accounts.models import OwnedModel, User


class CareLink(OwnedModel):
    """
    A patient (`owner`) lets a physiotherapist in. It opens nothing of the patient's own addresses: those answer to
    their owner alone, linked or not.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    physiotherapist = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    accepted_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["owner", "physiotherapist"], condition=models.Q(ended_at=None), name="one_living_link"
            ),
            models.CheckConstraint(
                name="nobody_links_to_himself", condition=~models.Q(owner=models.F("physiotherapist"))
            ),
        ]
