"""
Setting what somebody is to do. The person does it for herself, or a physiotherapist for her (`by`).

Who may act for whom is the caller's to know (the care link); here stands only that a person does not change what a
physiotherapist has set: until they have left, and then she ends it herself. A physiotherapist who changes what the
person wrote down herself answers for it from then on.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string
from rest_framework.exceptions import PermissionDenied

from accounts.documents import Change, Put, delete_document, put_document, repeats_an_earlier
from accounts.models import User
from exercises.models import Prescription


@transaction.atomic
def prescribe(*, owner: User, by: User, id: UUID, body: dict[str, Any], base_version: int | None) -> Put[Prescription]:
    """
    Idempotent; every change is a new version, and the one before stays in the history.

    Raises PermissionDenied (`prescribed_by_another`), and Http404 and Conflict as `put_document` does.
    """
    set_by_another = found_if_set_by_another(owner, by, id)
    # A repeat whose answer got lost changes nothing, whoever has taken the prescription over since.
    if set_by_another and not (repeats_an_earlier(set_by_another, body, base_version) or may_end(set_by_another, body)):
        raise refused()
    put = put_document(model=Prescription, owner=owner, id=id, body=body, base_version=base_version)
    # Who ends what another set has not set it.
    author = set_by_another.prescribed_by if set_by_another else None if by == owner else by
    if put.change is not Change.NONE and put.document.prescribed_by_id != (author and author.pk):
        put.document.prescribed_by = author
        put.document.save(update_fields=["prescribed_by"])
    return put


@transaction.atomic
def end_prescription(*, owner: User, by: User, id: UUID, base_version: int | None) -> Prescription:
    """Leaves a tombstone. Raises PermissionDenied (`prescribed_by_another`), Http404 and Conflict."""
    set_by_another = found_if_set_by_another(owner, by, id)
    if set_by_another and not has_left(set_by_another):
        raise refused()
    return delete_document(model=Prescription, owner=owner, id=id, base_version=base_version)


def found_if_set_by_another(owner: User, by: User, id: UUID) -> Prescription | None:
    if by != owner:
        return None
    # Locked whoever set it: a physiotherapist may be taking it over at this moment.
    found = Prescription.objects.for_user(owner).select_for_update().filter(pk=id).first()
    return found if found is not None and found.prescribed_by_id is not None else None


def may_end(prescription: Prescription, body: dict[str, Any]) -> bool:
    """Whether `body` says nothing new but until when, and nobody else is left to say that."""
    ends_only = {**body, "ends_on": None} == {**prescription.body(), "ends_on": None}
    return ends_only and has_left(prescription)


def has_left(prescription: Prescription) -> bool:
    """Whether who set it treats the person no more. The care links are known further up: the settings name who asks."""
    return bool(import_string(settings.PRESCRIBER_HAS_LEFT)(prescription.owner, prescription.prescribed_by))


def refused() -> PermissionDenied:
    return PermissionDenied("Your physiotherapist set this. Only they can change it.", code="prescribed_by_another")
