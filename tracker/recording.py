"""Writing the diary: record an entry, delete one, take a batch."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from accounts.documents import Put, delete_document, put_document
from accounts.models import User
from tracker.models import SymptomLog


def record_log(*, owner: User, id: UUID, body: dict[str, Any], base_version: int | None) -> Put[SymptomLog]:
    """Atomic and idempotent; raises Http404 and Conflict as `put_document` does."""
    return put_document(model=SymptomLog, owner=owner, id=id, body=body, base_version=base_version)


def delete_log(*, owner: User, id: UUID, base_version: int | None) -> SymptomLog:
    """Leaves a tombstone; raises Http404 and Conflict as `delete_document` does."""
    return delete_document(model=SymptomLog, owner=owner, id=id, base_version=base_version)
