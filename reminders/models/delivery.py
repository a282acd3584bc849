"""How somebody is told, by one way."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import OwnedModel, OwnedQuerySet, User
from reminders.models.occurrence import Occurrence
from reminders.vocabulary import ABOUT, ANNOUNCED, DELIVERY_STATES, WAYS


class DeliveryQuerySet(OwnedQuerySet):
    def ready(self, moment: datetime) -> Self:
        """The longest waiting first."""
        return self.filter(try_at__lte=moment).order_by("try_at")

    def cancel(self, problem: str = "") -> int:
        """End those that still wait, also one that is being sent now: what comes of that is not written any more."""
        ended = {"state": "cancelled", "problem": problem, "ended_at": timezone.now()}
        return self.filter(state="pending").update(try_at=None, lease_token=None, **ended)


class Delivery(OwnedModel):
    """
    A message that has to go out by one channel to one endpoint, and how far it has come. The row is the work queue.

    `subject` names what it is about within `about`: an occurrence's or an announcement's id, a digest's local date.
    `turn` counts snoozes: each is a delivery of its own. `try_at` is when a process may take it: after a lease it is
    the lease's end, so that a process that dies holds nothing up for longer; null once it has come to an end. Whoever
    took it holds `lease_token`, and may write what came of it only while that still stands here.
    """

    # Without an index of its own: `delivery_once` begins with it, and every send writes all indexes twice.
    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", db_index=False)
    about = models.CharField(max_length=12, default="occurrence")
    subject = models.CharField(max_length=60)
    occurrence = models.ForeignKey(
        Occurrence, null=True, blank=True, on_delete=models.CASCADE, related_name="deliveries"
    )
    channel = models.CharField(max_length=6)
    endpoint = models.CharField(max_length=40, blank=True, help_text="A push subscription's id; else empty.")
    turn = models.PositiveSmallIntegerField(default=0)

    state = models.CharField(max_length=9, default="pending")
    send_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    try_at = models.DateTimeField(null=True, blank=True)
    attempt = models.PositiveSmallIntegerField(default=0)
    lease_token = models.UUIDField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=40, blank=True, help_text="A code; never the other side's words.")

    objects: ClassVar = DeliveryQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["owner", "about", "subject", "channel", "endpoint", "turn"], name="delivery_once"
            ),
            models.CheckConstraint(
                name="delivery_known_words",
                condition=Q(about__in=ABOUT, channel__in=WAYS, state__in=DELIVERY_STATES),
            ),
            models.CheckConstraint(
                name="delivery_waits_or_has_ended",
                condition=Q(state="pending", try_at__isnull=False, ended_at=None)
                | Q(~Q(state="pending"), try_at=None, ended_at__isnull=False),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["channel", "try_at"], name="delivery_ready", condition=Q(try_at__isnull=False)),
            # What came to an end lately.
            models.Index(
                fields=["ended_at", "channel", "state"], name="delivery_ended", condition=Q(ended_at__isnull=False)
            ),
        ]

    @property
    def thread(self) -> str:
        """The same of what takes one another's place where it is shown: there is always something new, never two."""
        return self.about if self.about in ANNOUNCED else f"{self.about}-{self.subject}"
