"""What a physiotherapist notes about a patient for themselves."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.http import Http404

from accounts.models import User
from sharing.care import Care, hold
from sharing.models import CareLink, PatientNote


def notes_of(care: Care) -> Any:
    """Their own, of this patient: over an earlier link too."""
    return PatientNote.objects.for_user(care.reader).filter(link__owner=care.link.owner_id)


def notes_over(*, link: UUID, by: User) -> Any:
    """
    Their own, of a link in which they are or were the physiotherapist, or stood in: it is their record, however the
    link ended. It goes with the patient's account.

    It opens nothing of the patient's, so that no reading stands in the patient's log. Raises Http404 for anybody else.
    """
    written = PatientNote.objects.for_user(by).filter(link=link)
    if not CareLink.objects.of(by).filter(pk=link).exists() and not written.exists():
        raise Http404
    return written


@transaction.atomic
def write_note(*, care: Care, id: UUID, text: str) -> tuple[PatientNote, bool]:
    """Write a note under an id of the device's making, or write it anew; whether it is new. Raises Http404."""
    link = hold(care)
    found = notes_of(care).select_for_update(of=("self",)).filter(pk=id).first()
    if found is not None:
        found.text = text
        found.save(update_fields=["text", "changed_at"])
        return found, False
    made = PatientNote(id=id, owner=care.reader, link=link, text=text)
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError as error:
        raise Http404 from error
    return made, True


def forget_note(*, care: Care, id: UUID) -> None:
    """Raises Http404."""
    if not notes_of(care).filter(pk=id).delete()[0]:
        raise Http404
