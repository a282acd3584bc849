"""Physiotherapists who work together, and who stands in for whom."""

from __future__ import annotations

import uuid
from datetime import date, datetime, timedelta
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q

from accounts.models import OwnedModel, OwnedQuerySet, User
from sharing.models.care import CareLink
from sharing.models.tokens import hash_of


class Clinic(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=120)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar = models.Manager()

    def __str__(self) -> str:
        return str(self.id)


class ClinicMemberQuerySet(OwnedQuerySet):
    def colleagues_of(self, person: User) -> Any:
        """The ids of all who work at a clinic of theirs; their own too."""
        clinics = ClinicMember.objects.for_user(person).values("clinic")
        return self.filter(clinic__in=clinics).values_list("owner_id", flat=True)


class ClinicMember(OwnedModel):
    """`owner` works there; `manages`: may let others in and out."""

    clinic = models.ForeignKey(Clinic, on_delete=models.CASCADE, related_name="members")
    manages = models.BooleanField(default=False)
    joined_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar = ClinicMemberQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["clinic", "owner"], name="member_once")]


class ClinicInvitationQuerySet(models.QuerySet):
    def open(self, token: str, now: datetime) -> Self:
        return self.filter(token_hash=hash_of(token), expires_at__gt=now, used_at=None)


class ClinicInvitation(models.Model):
    """Lets one colleague into the clinic, by an address that works once."""

    clinic = models.ForeignKey(Clinic, on_delete=models.CASCADE, related_name="invitations")
    token_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = ClinicInvitationQuerySet.as_manager()

    def __str__(self) -> str:
        return f"invitation {self.pk}"


class StandInQuerySet(OwnedQuerySet):
    def on(self, day: date) -> Self:
        """Those that hold on that date of the patient's."""
        return self.filter(withdrawn_at=None, first_day__lte=day, last_day__gte=day)

    def in_place_by(self, colleague: User, day: date) -> Self:
        """Those of living links that may hold while it is `day` somewhere."""
        near = Q(first_day__lte=day + timedelta(days=1), last_day__gte=day - timedelta(days=1))
        return self.filter(
            near, colleague=colleague, withdrawn_at=None, link__ended_at=None, link__accepted_at__isnull=False
        )


class StandIn(OwnedModel):
    """
    A colleague of the same clinic sees the patient (`owner`) in place of the linked physiotherapist, from one date to
    another, both included. The patient sees it, and may end it; it ends with the link.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    link = models.ForeignKey(CareLink, on_delete=models.CASCADE, related_name="stand_ins")
    colleague = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    first_day = models.DateField()
    last_day = models.DateField()
    created_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = StandInQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="stand_in_ends_after_start", condition=Q(last_day__gte=F("first_day")))
        ]

    def holds_on(self, day: date) -> bool:
        return self.withdrawn_at is None and self.first_day <= day <= self.last_day
