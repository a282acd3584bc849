"""Keeping one's own reminders."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from rest_framework.exceptions import ValidationError

from accounts.documents import Put, delete_document, put_document
from accounts.models import User
from exercises.catalogue import starters
from exercises.models import Prescription, Routine
from reminders.following import follow
from reminders.models import Reminder
from reminders.vocabulary import REMINDERS_A_PERSON
from tracker.flagging import hold_diary_of


@transaction.atomic
def save_reminder(*, owner: User, id: UUID, body: dict[str, Any], base_version: int | None) -> Put[Reminder]:
    """
    Idempotent; the next due time is found anew, and what waits of it follows (`reminders.following`).

    Raises ValidationError for a routine or a prescription that the person does not have (`unknown_routine`,
    `unknown_prescription`) and for more reminders than a person may have (`too_many_reminders`), and Http404 and
    Conflict as `put_document` does.
    """
    # Before anything is read: of two devices at the limit one must see the other's reminder.
    hold_diary_of(owner.pk)
    refuse_unknown(owner, body)
    before = Reminder.objects.for_user(owner).filter(pk=id).values_list("channels", flat=True).first()
    put = put_document(model=Reminder, owner=owner, id=id, body=body, base_version=base_version)
    if Reminder.objects.for_user(owner).present().count() > REMINDERS_A_PERSON:
        raise ValidationError(f"At most {REMINDERS_A_PERSON} reminders.", code="too_many_reminders")
    if before is not None:
        follow(put.document, before)
    return put


@transaction.atomic
def delete_reminder(*, owner: User, id: UUID, base_version: int | None) -> Reminder:
    """Leaves a tombstone, and nothing more of it is sent; raises Http404 and Conflict as `delete_document` does."""
    hold_diary_of(owner.pk)
    gone = delete_document(model=Reminder, owner=owner, id=id, base_version=base_version)
    if gone.next_due_at:
        gone.next_due_at = None
        gone.save(update_fields=["next_due_at"])
    follow(gone, gone.channels)
    return gone


def refuse_unknown(owner: User, body: dict[str, Any]) -> None:
    # A deleted one is known: an app that has not heard of it may still send its reminder.
    routine, prescription = body["routine"], body["prescription"]
    own = Routine.objects.for_user(owner)
    if routine and UUID(routine) not in starters() and not own.filter(pk=routine).exists():
        raise ValidationError({"routine": ["There is no such routine."]}, code="unknown_routine")
    if prescription and not Prescription.objects.for_user(owner).filter(pk=prescription).exists():
        raise ValidationError({"prescription": ["There is no such prescription."]}, code="unknown_prescription")
