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
from sharing.models import CareLink, StandIn


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


@transaction.atomic
def sets_plans_no_more(patient: User, prescriber: User) -> bool:
    """
    Whether no link is left through which they may set plans for the patient, standing in too: all have ended, or the
    patient has taken that away. Not of who never had one.

    The links are locked: what was taken away is not given back while something is made of the answer.
    """
    theirs = CareLink.objects.filter(owner=patient).filter(
        Q(physiotherapist=prescriber) | Q(pk__in=StandIn.objects.filter(colleague=prescriber).values("link"))
    )
    links = list(theirs.select_for_update(of=("self",), no_key=True).order_by("pk"))
    return bool(links) and not any(link.lives and link.shows("prescribe") for link in links)


def held(person: User, id: UUID) -> CareLink:
    """One of theirs, on either side, locked."""
    rows = CareLink.objects.involving(person).select_related("owner", "physiotherapist")
    found = rows.select_for_update(of=("self",)).filter(pk=id).first()
    if found is None:
        raise Http404
    return found
