"""Asking somebody to be linked, and saying yes. The consent is always the patient's, whoever asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.http import Http404
from django.utils import timezone
from rest_framework.exceptions import ValidationError

from accounts.models import User
from accounts.zones import local_date
from sharing.models import CareLink, Invitation
from sharing.models.tokens import hash_of, new_token
from sharing.practising import begin_to_practise
from sharing.vocabulary import INVITATION_DAYS, MOST_INVITATIONS, SCOPES

# What is opened unless the patient says otherwise: everything, of the days from the consent on.
FROM_CONSENT: Any = object()


@transaction.atomic
def invite(
    *, owner: User, role: str, scopes: Sequence[str] | None = None, sees_from: date | None = FROM_CONSENT
) -> tuple[Invitation, str]:
    """
    `role`: what `owner` will be in the link. The token is handed out here and never again.

    Raises ValidationError: `not_yours_to_choose` for scopes of a patient's whom a physiotherapist asks, `too_many`,
    `unnamed` (a physiotherapist without a name), `in_the_future` (`sees_from`).
    """
    now = timezone.now()
    if role == "physiotherapist":
        refuse_choosing(scopes, sees_from)
        begin_to_practise(owner)
    else:
        refuse_future(sees_from, owner)
    if Invitation.objects.for_user(owner).waiting(now).count() >= MOST_INVITATIONS:
        raise ValidationError("Too many invitations are open. Take one back first.", code="too_many")
    token = new_token()
    invitation = Invitation.objects.create(
        owner=owner,
        role=role,
        token_hash=hash_of(token),
        scopes=in_order(scopes),
        sees_from=day_of_consent(owner) if sees_from is FROM_CONSENT else sees_from,
        expires_at=now + timedelta(days=INVITATION_DAYS),
    )
    return invitation, token


@transaction.atomic
def accept(
    *, by: User, token: str, scopes: Sequence[str] | None = None, sees_from: date | None = FROM_CONSENT
) -> tuple[CareLink, bool]:
    """
    The link, and whether it is new: who accepts again, because the answer got lost, gets the same one.

    Raises Http404 for a token that opens nothing (any more), and ValidationError: `yourself`, `linked_already`
    (the invitation stays open), `not_yours_to_choose`, `required` (`scopes`, of a patient whom a physiotherapist asks),
    `unnamed` (a physiotherapist without a name), `in_the_future` (`sees_from`).
    """
    invitation = Invitation.objects.select_for_update(of=("self",)).with_token(token).first()
    if invitation is None:
        raise Http404
    if invitation.link and invitation.link.lives and accepted_by(invitation) == by.pk:
        return invitation.link, False
    if not Invitation.objects.open(token, timezone.now()).exists():
        raise Http404
    if invitation.owner_id == by.pk:
        raise ValidationError("This is your own invitation: send it to the other person.", code="yourself")
    if invitation.role == "patient":
        refuse_choosing(scopes, sees_from)
        link = CareLink(owner=invitation.owner, physiotherapist=by)
        link.scopes, link.sees_from = invitation.scopes, invitation.sees_from
        begin_to_practise(by)
    else:
        if not scopes:
            raise ValidationError({"scopes": ["Choose what they may see."]}, code="required")
        refuse_future(sees_from, by)
        link = CareLink(owner=by, physiotherapist=invitation.owner, scopes=in_order(scopes))
        link.sees_from = day_of_consent(by) if sees_from is FROM_CONSENT else sees_from
    link.accepted_at = timezone.now()
    save_as_the_only_one(link)
    invitation.link = link
    invitation.save(update_fields=["link"])
    return link, True


def withdraw_invitation(*, owner: User, id: UUID) -> None:
    """Its token opens nothing from now on. Safe to repeat. Raises Http404 for another's, and for one that was used."""
    own = Invitation.objects.for_user(owner).filter(pk=id, link=None)
    if not own.filter(withdrawn_at=None).update(withdrawn_at=timezone.now()) and not own.exists():
        raise Http404


def save_as_the_only_one(link: CareLink) -> None:
    try:
        with transaction.atomic():
            link.save(force_insert=True)
    except IntegrityError as error:
        raise ValidationError("The two of you are linked already.", code="linked_already") from error


def accepted_by(invitation: Invitation) -> UUID | None:
    link = invitation.link
    if link is None:
        return None
    accepted: UUID | None = link.physiotherapist_id if invitation.role == "patient" else link.owner_id
    return accepted


def refuse_choosing(scopes: Sequence[str] | None, sees_from: date | None) -> None:
    chosen = {"scopes": scopes is not None, "sees_from": sees_from is not FROM_CONSENT}
    if any(chosen.values()):
        raise ValidationError(
            {name: ["The patient chooses this."] for name, given in chosen.items() if given}, code="not_yours_to_choose"
        )


def refuse_future(sees_from: date | None, patient: User) -> None:
    if sees_from and sees_from is not FROM_CONSENT and sees_from > day_of_consent(patient):
        raise ValidationError({"sees_from": ["Must not lie in the future."]}, code="in_the_future")


def in_order(scopes: Sequence[str] | None) -> list[str]:
    return [scope for scope in SCOPES if scopes is None or scope in scopes]


def day_of_consent(patient: User) -> date:
    return local_date(timezone.now(), patient.time_zone)
