"""Which browsers a person can be reached in."""

from __future__ import annotations

import hashlib
import hmac
import uuid
from typing import ClassVar, Self

from allauth.usersessions.models import UserSession
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.models import OwnedModel, OwnedQuerySet


class PushSubscriptionQuerySet(OwnedQuerySet):
    def alive(self) -> Self:
        return self.filter(gone_at=None)

    def least_missed_first(self) -> Self:
        """Those that are gone, then those that took nothing for the longest time."""
        heard = Coalesce("last_accepted_at", "created_at")
        return self.order_by(models.F("gone_at").asc(nulls_last=True), heard, "id")


class PushSubscription(OwnedModel):
    """
    A browser that takes pushes. Whoever holds `endpoint` may knock there, so no answer and no log repeats it.

    A device belongs to whoever signed in on it last: there is one row for an endpoint, whoever owns it. It goes with
    the sign-in: what is signed out, from wherever, is told nothing more, and no push has to ask. One that merely
    ran out still rings: reminders that stopped for that would stop without a word. Once the push service says that
    it is gone, the row stays, empty, to tell the person which device falls silent.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(
        UserSession,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        help_text="Null: not told yet, by an app of before.",
    )
    endpoint = models.CharField(max_length=2048, blank=True)
    endpoint_hash = models.CharField(max_length=64, unique=True)
    p256dh = models.CharField(max_length=88, blank=True)
    auth = models.CharField(max_length=24, blank=True)
    key_id = models.CharField(max_length=16)
    device = models.CharField(max_length=80, blank=True, help_text="What the person calls it.")
    created_at = models.DateTimeField(default=timezone.now)
    last_accepted_at = models.DateTimeField(null=True, blank=True)
    gone_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = PushSubscriptionQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="subscription_whole_or_gone",
                condition=(Q(gone_at=None) & ~Q(endpoint="") & ~Q(p256dh="") & ~Q(auth=""))
                | Q(gone_at__isnull=False, endpoint="", p256dh="", auth=""),
            ),
        ]
        indexes: ClassVar = [
            # Which keys are still needed.
            models.Index(fields=["key_id"], name="subscription_key", condition=Q(gone_at=None)),
        ]

    @staticmethod
    def hash_of(endpoint: str) -> str:
        return hashlib.sha256(endpoint.encode()).hexdigest()

    def opens_with(self, p256dh: str, auth: str) -> bool:
        """Whether they are this subscription's own. Only the browser that made it has both."""
        own, given = f"{self.p256dh} {self.auth}", f"{p256dh} {auth}"
        return hmac.compare_digest(own.encode(), given.encode())
