"""Keeping one's own routines. A starter belongs to nobody: for a writer there is no such routine."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404

from accounts.documents import Put, delete_document, put_document
from accounts.models import User
from exercises.catalogue import starters
from exercises.models import Routine


def save_routine(*, owner: User, id: UUID, body: dict[str, Any], base_version: int | None) -> Put[Routine]:
    """Atomic and idempotent; raises Http404, for a starter's id too, and Conflict as `put_document` does."""
    if id in starters():
        raise Http404
    return put_document(model=Routine, owner=owner, id=id, body=body, base_version=base_version)


def delete_routine(*, owner: User, id: UUID, base_version: int | None) -> Routine:
    """Leaves a tombstone; raises Http404 and Conflict as `delete_document` does."""
    return delete_document(model=Routine, owner=owner, id=id, base_version=base_version)
