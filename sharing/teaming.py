"""Physiotherapists who work together: a clinic is founded, lets colleagues in, and is left."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.http import Http404
from django.utils import timezone
from rest_framework.exceptions import PermissionDenied, ValidationError

from accounts.models import User
from sharing.models import Clinic, ClinicInvitation, ClinicMember, StandIn
from sharing.models.tokens import hash_of, new_token
from sharing.practising import begin_to_practise
from sharing.vocabulary import INVITATION_DAYS, MOST_CLINICS, MOST_MEMBERS


@transaction.atomic
def found_clinic(*, by: User, name: str) -> Clinic:
    """Who founds it manages it. Raises ValidationError (`too_many`, `unnamed`)."""
    refuse_too_many(by)
    clinic: Clinic = Clinic.objects.create(name=name)
    ClinicMember.objects.create(clinic=clinic, owner=by, manages=True)
    begin_to_practise(by)
    return clinic


@transaction.atomic
def invite_colleague(*, by: User, clinic: UUID) -> tuple[ClinicInvitation, str]:
    """The token is handed out here and never again. Raises Http404, PermissionDenied (`not_manager`)."""
    require_manager(by, held_by_member(by, clinic))
    token = new_token()
    expires_at = timezone.now() + timedelta(days=INVITATION_DAYS)
    made = ClinicInvitation.objects.create(clinic_id=clinic, token_hash=hash_of(token), expires_at=expires_at)
    return made, token


def clinic_behind(*, by: User, token: str) -> Clinic:
    """What `join` would join, for them. Uses nothing up. Raises Http404."""
    found = ClinicInvitation.objects.filter(token_hash=hash_of(token)).select_related("clinic").first()
    if found is None:
        raise Http404
    clinic: Clinic = found.clinic
    waits = ClinicInvitation.objects.open(token, timezone.now()).exists()
    if not waits and not clinic.members.filter(owner=by).exists():
        raise Http404
    return clinic


@transaction.atomic
def join(*, by: User, token: str) -> Clinic:
    """
    Works once; who is in it already stays, and uses nothing up.

    Raises Http404, ValidationError (`too_many`, `unnamed`).
    """
    rows = ClinicInvitation.objects.filter(token_hash=hash_of(token)).select_related("clinic")
    found = rows.select_for_update(of=("self",)).first()
    if found is None:
        raise Http404
    clinic: Clinic = found.clinic
    if clinic.members.filter(owner=by).exists():
        return clinic
    if not ClinicInvitation.objects.open(token, timezone.now()).exists():
        raise Http404
    refuse_too_many(by)
    if clinic.members.count() >= MOST_MEMBERS:
        raise ValidationError("The clinic is full.", code="too_many")
    ClinicMember.objects.create(clinic=clinic, owner=by)
    begin_to_practise(by)
    found.used_at = timezone.now()
    found.save(update_fields=["used_at"])
    return clinic


@transaction.atomic
def leave(*, by: User, clinic: UUID, member: UUID) -> None:
    """
    Oneself, or somebody whom a manager sends away: who stands in for a colleague there does so no more.

    The last one out closes the clinic; when nobody is left to manage it, who has been there longest does.
    Raises Http404, PermissionDenied (`not_manager`).
    """
    held = held_by_member(by, clinic)
    if member != by.pk:
        require_manager(by, held)
    gone = held.members.filter(owner=member).delete()[0]
    if not gone:
        raise Http404
    end_stand_ins_of(member)
    rest = held.members.order_by("joined_at", "pk")
    if not rest.exists():
        held.delete()
    elif not rest.filter(manages=True).exists():
        ClinicMember.objects.filter(pk=rest.values_list("pk", flat=True)[0]).update(manages=True)


def end_stand_ins_of(member: UUID) -> None:
    """With those who are no colleagues any more, for good: who comes back one day is asked anew."""
    still = ClinicMember.objects.filter(clinic__members__owner=member).values("owner")
    gone = Q(colleague=member) & ~Q(link__physiotherapist__in=still)
    gone |= Q(link__physiotherapist=member) & ~Q(colleague__in=still)
    StandIn.objects.filter(gone, withdrawn_at=None).update(withdrawn_at=timezone.now())


def held_by_member(person: User, clinic: UUID) -> Clinic:
    """One they work at, locked: two who leave at once must not both think that the other stays."""
    found: Clinic | None = (
        Clinic.objects.select_for_update(of=("self",)).filter(pk=clinic, members__owner=person).first()
    )
    if found is None:
        raise Http404
    return found


def require_manager(person: User, clinic: Clinic) -> None:
    if not clinic.members.filter(owner=person, manages=True).exists():
        raise PermissionDenied("Only who manages the clinic does this.", code="not_manager")


def refuse_too_many(person: User) -> None:
    if ClinicMember.objects.for_user(person).count() >= MOST_CLINICS:
        raise ValidationError("You work at too many clinics.", code="too_many")
