"""
Setting what somebody is to do. The person does it for herself, or a physiotherapist for her (`by`).

Who may act for whom is the caller's to know (the care link); here stands only that a person does not change what a
physiotherapist has set: until they may set plans for her no more, and then she ends it herself. A physiotherapist who
changes what the person wrote down herself answers for it from then on.
"""

from __future__ import annotations

from dataclasses import dataclass
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
    kept = found_if_set_by_another(owner, by, id)
    # A repeat whose answer got lost changes nothing, whoever has taken the prescription over since.
    if kept and not (
        repeats_an_earlier(kept.plan, body, base_version) or (kept.is_hers_to_end and only_ends(kept, body))
    ):
        raise refused()
    put = put_document(model=Prescription, owner=owner, id=id, body=body, base_version=base_version)
    # Who ends what another set has not set it.
    author = kept.plan.prescribed_by if kept else None if by == owner else by
    if put.change is not Change.NONE and put.document.prescribed_by_id != (author and author.pk):
        put.document.prescribed_by = author
        put.document.save(update_fields=["prescribed_by"])
    return put


@transaction.atomic
def end_prescription(*, owner: User, by: User, id: UUID, base_version: int | None) -> Prescription:
    """Leaves a tombstone. Raises PermissionDenied (`prescribed_by_another`), Http404 and Conflict."""
    kept = found_if_set_by_another(owner, by, id)
    if kept and not kept.is_hers_to_end:
        raise refused()
    return delete_document(model=Prescription, owner=owner, id=id, base_version=base_version)


@dataclass(frozen=True)
class SetByAnother:
    """`is_hers_to_end`: who set it may set plans for her no more."""

    plan: Prescription
    is_hers_to_end: bool


def found_if_set_by_another(owner: User, by: User, id: UUID) -> SetByAnother | None:
    if by != owner:
        return None
    rows = Prescription.objects.for_user(owner).filter(pk=id)
    # Links are locked before plans, as by a physiotherapist who writes; whose links they are only the plan says.
    before = rows.select_related("prescribed_by").first()
    setter = before.prescribed_by if before else None
    no_more = setter is not None and sets_no_more(owner, setter)
    # Locked whoever set it: a physiotherapist may be taking it over at this moment.
    found = rows.select_for_update().first()
    if found is None or found.prescribed_by_id is None:
        return None
    return SetByAnother(found, no_more and found.prescribed_by == setter)


def only_ends(kept: SetByAnother, body: dict[str, Any]) -> bool:
    """Whether `body` says nothing new but until when."""
    return {**body, "ends_on": None} == {**kept.plan.body(), "ends_on": None}


def sets_no_more(owner: User, setter: User) -> bool:
    """Whether they may set plans for her no more. The care links are known further up: the settings name who asks."""
    return bool(import_string(settings.PRESCRIBER_SETS_NO_MORE)(owner, setter))


def refused() -> PermissionDenied:
    return PermissionDenied("Your physiotherapist set this. Only they can change it.", code="prescribed_by_another")
