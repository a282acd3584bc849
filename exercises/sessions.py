"""Recording what was done."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from accounts.documents import Put, put_document
from accounts.models import User
from exercises.models import Session


def record_session(*, owner: User, id: UUID, body: dict[str, Any], base_version: int | None) -> Put[Session]:
    """Atomic and idempotent; raises Http404 and Conflict as `put_document` does."""
    return put_document(model=Session, owner=owner, id=id, body=body, base_version=base_version)
