"""Recording how much it gets in the way."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from accounts.documents import Put, delete_document, put_document
from accounts.models import User
from tracker.models import Measure


def record_measure(*, owner: User, id: UUID, body: dict[str, Any], base_version: int | None) -> Put[Measure]:
    """Atomic and idempotent; raises Http404 and Conflict as `put_document` does."""
    return put_document(model=Measure, owner=owner, id=id, body=body, base_version=base_version)


def delete_measure(*, owner: User, id: UUID, base_version: int | None) -> Measure:
    """Leaves a tombstone; raises Http404 and Conflict as `delete_document` does."""
    return delete_document(model=Measure, owner=owner, id=id, base_version=base_version)
