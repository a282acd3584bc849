"""Changing what a link opens, and ending it: the patient does the first, either of the two the second."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.http import Http404
from django.utils import timezone
from rest_framework.exceptions import PermissionDenied, ValidationError

from accounts.models import User
from sharing.inviting import in_order, refuse_future
from sharing.models import CareLink


@transaction.atomic
def change_consent(*, by: User, id: UUID, changes: dict[str, Any]) -> CareLink:
    """
    `changes`: `scopes`, `sees_from`. What is taken away is closed from the next request on.

    Raises Http404, PermissionDenied (`not_yours_to_choose`) for the physiotherapist, ValidationError (`ended`,
    `in_the_future`).
    """
    link = held(by, id)
    if link.owner_id != by.pk:
        raise PermissionDenied("Only the patient changes this.", code="not_yours_to_choose")
    if not link.lives:
        raise ValidationError("This link has ended.", code="ended")
    if "scopes" in changes:
        link.scopes = in_order(changes["scopes"])
    if "sees_from" in changes:
        refuse_future(changes["sees_from"], by)
        link.sees_from = changes["sees_from"]
    link.save(update_fields=["scopes", "sees_from"])
    return link


@transaction.atomic
def end_link(*, by: User, id: UUID) -> CareLink:
    """From the next request on nothing opens by it, nor by who stands in. Safe to repeat. Raises Http404."""
    link = held(by, id)
    if link.ended_at is None:
        link.ended_at, link.ended_by = timezone.now(), by
        link.patient_name = link.owner.display_name
        link.save(update_fields=["ended_at", "ended_by", "patient_name"])
        link.stand_ins.filter(withdrawn_at=None).update(withdrawn_at=link.ended_at)
    return link


def has_left(patient: User, prescriber: User) -> bool:
    """Whether every link through which they treated the patient, standing in too, has ended; not who never had one."""
    theirs = CareLink.objects.filter(owner=patient).filter(
        Q(physiotherapist=prescriber) | Q(stand_ins__colleague=prescriber)
    )
    return theirs.exists() and not theirs.living().exists()


def held(person: User, id: UUID) -> CareLink:
    """One of theirs, on either side, locked."""
    rows = CareLink.objects.involving(person).select_related("owner", "physiotherapist")
    found = rows.select_for_update(of=("self",)).filter(pk=id).first()
    if found is None:
        raise Http404
    return found
