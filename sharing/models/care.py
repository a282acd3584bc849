"""The consent between a patient and a physiotherapist."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import OwnedModel, OwnedQuerySet, User
from sharing.models.tokens import hash_of
from sharing.vocabulary import ROLES, SCOPES


def every_scope() -> list[str]:
    return list(SCOPES)


def end_and_let_go(collector: Any, field: Any, links: Any, using: str) -> None:
    """
    For a physiotherapist who erases their account: their links end, and what was written over them stays the patient's.
    """
    # In this order: who has been let go of is found no more.
    collector.add_field_update(field.model._meta.get_field("ended_at"), timezone.now(), links.filter(ended_at=None))
    collector.add_field_update(field, None, links)


class CareLinkQuerySet(OwnedQuerySet):
    def living(self) -> Self:
        return self.filter(accepted_at__isnull=False, ended_at=None)

    def of(self, physiotherapist: User) -> Self:
        """The patients who let them in."""
        return self.filter(physiotherapist=physiotherapist)

    def involving(self, person: User) -> Self:
        """On either side."""
        return self.filter(Q(owner=person) | Q(physiotherapist=person))


class CareLink(OwnedModel):
    """
    A patient (`owner`) lets a physiotherapist in: to the sections in `scopes`, of the days from `sees_from` on (null:
    all days). It opens nothing of the patient's own addresses: those answer to their owner alone, linked or not.

    Either may end it, and it is never revived: who is let in again gets a new one. `physiotherapist` is null of one
    whose account is erased, which ends it too.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    physiotherapist = models.ForeignKey(User, null=True, on_delete=end_and_let_go, related_name="+")
    scopes = models.JSONField(default=every_scope)
    sees_from = models.DateField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    patient_name = models.CharField(max_length=80, blank=True, help_text="As it was when the link ended.")
    ended_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar = CareLinkQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["owner", "physiotherapist"], condition=Q(ended_at=None), name="one_living_link"
            ),
            models.CheckConstraint(name="nobody_links_to_himself", condition=~Q(owner=models.F("physiotherapist"))),
        ]

    @property
    def lives(self) -> bool:
        return self.accepted_at is not None and self.ended_at is None

    def shows(self, scope: str) -> bool:
        return scope in self.scopes

    def name_of_other(self, person: User) -> str:
        """Of the patient as it was when the link ended: what they are called since is not for who was let in once."""
        other = self.other_than(person)
        if other is None:
            return ""
        return self.patient_name if self.ended_at and other.pk == self.owner_id else other.display_name

    def other_than(self, person: User) -> User | None:
        return self.physiotherapist if person.pk == self.owner_id else self.owner


class InvitationQuerySet(OwnedQuerySet):
    def with_token(self, token: str) -> Self:
        return self.filter(token_hash=hash_of(token))

    def waiting(self, now: datetime) -> Self:
        """Neither used, taken back nor outlived."""
        return self.filter(expires_at__gt=now, link=None, withdrawn_at=None)

    def open(self, token: str, now: datetime) -> Self:
        """The one that `token` opens, if it still waits."""
        return self.with_token(token).waiting(now)


class Invitation(OwnedModel):
    """
    `owner` (the patient or the physiotherapist: `role`) asks somebody to be linked, by a link or a QR code that works
    once. What a patient consents to stands in it from the start; asked by a physiotherapist, it is chosen on accepting.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    role = models.CharField(max_length=15)
    token_hash = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=every_scope)
    sees_from = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    link = models.OneToOneField(CareLink, null=True, blank=True, on_delete=models.CASCADE, related_name="invitation")

    objects: ClassVar = InvitationQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(name="invitation_known_role", condition=Q(role__in=ROLES))]
