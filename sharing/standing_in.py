"""A colleague of the same clinic sees a patient in place of the linked physiotherapist, for some days."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.http import Http404
from django.utils import timezone
from rest_framework.exceptions import ValidationError

from accounts.models import User
from accounts.zones import local_date
from sharing.models import CareLink, ClinicMember, StandIn
from sharing.vocabulary import LONGEST_STAND_IN_DAYS


@transaction.atomic
def stand_in(*, by: User, link: UUID, colleague: UUID, first_day: date, last_day: date) -> StandIn:
    """
    `by` names who sees the patient in their place; the patient sees who it is. Safe to repeat.

    Raises Http404 for a link that is not theirs as physiotherapist or has ended, and ValidationError: `no_colleague`,
    `nameless_colleague`, `ends_before_start`, `too_long`, `in_the_past`.
    """
    rows = CareLink.objects.living().of(by).select_related("owner")
    held = rows.select_for_update(of=("self",)).filter(pk=link).first()
    if held is None:
        raise Http404
    refuse_days(first_day, last_day, local_date(timezone.now(), held.owner.time_zone))
    colleagues = ClinicMember.objects.colleagues_of(by).exclude(owner=by).exclude(owner=held.owner_id)
    if not colleagues.filter(owner=colleague).exists():
        raise ValidationError({"colleague": ["Nobody of your clinic."]}, code="no_colleague")
    if not colleagues.filter(owner=colleague).exclude(owner__display_name="").exists():
        raise ValidationError({"colleague": ["Has given no name yet."]}, code="nameless_colleague")
    same: dict[str, Any] = {"colleague_id": colleague, "first_day": first_day, "last_day": last_day}
    found: StandIn | None = held.stand_ins.filter(withdrawn_at=None, **same).first()
    return found or StandIn.objects.create(owner_id=held.owner_id, link=held, **same)


def end_stand_in(*, by: User, link: UUID, id: UUID) -> None:
    """By the patient, the physiotherapist or the colleague, at once. Safe to repeat. Raises Http404."""
    sides = Q(owner=by) | Q(link__physiotherapist=by) | Q(colleague=by)
    own = StandIn.objects.filter(sides, pk=id, link=link)
    if not own.filter(withdrawn_at=None).update(withdrawn_at=timezone.now()) and not own.exists():
        raise Http404


def refuse_days(first_day: date, last_day: date, today: date) -> None:
    if last_day < first_day:
        raise ValidationError({"last_day": ["Must not lie before the first."]}, code="ends_before_start")
    if last_day < today:
        raise ValidationError({"last_day": ["Must not lie in the past."]}, code="in_the_past")
    if last_day - first_day >= timedelta(days=LONGEST_STAND_IN_DAYS):
        raise ValidationError({"last_day": [f"At most {LONGEST_STAND_IN_DAYS} days."]}, code="too_long")
