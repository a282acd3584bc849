"""
The two acts on a document: put and delete. Both atomic, both safe to repeat.

A body is never half-written, a submission that arrives twice counts once, and two devices that edit the same
document lose nothing: what a version replaced stays in `Revision`.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast
from uuid import UUID

from django.db import IntegrityError, transaction
from django.http import Http404
from django.utils import timezone

from accounts.merging import digest
from accounts.models import Document, Revision, User
from accounts.problems import Conflict

D = TypeVar("D", bound=Document)


class Change(enum.Enum):
    CREATED = "created"
    EDITED = "edited"
    MERGED = "merged"
    NONE = "none"


@dataclass(frozen=True)
class Put(Generic[D]):
    document: D
    change: Change
    overwritten: tuple[str, ...] = ()


@transaction.atomic
def put_document(*, model: type[D], owner: User, id: UUID, body: dict[str, Any], base_version: int | None) -> Put[D]:
    """
    Take what a device sends under `id`.

    `body` is canonical (as `Document.body()` returns it), but for fields that came later, which an older app leaves out
    (`Document.completed`); `base_version` is the version that the author had seen, or None for a new document. Raises
    Http404 for another person's id and Conflict, with both versions, when the id is taken by another body, the document
    was deleted after the author saw it, or nobody remembers the base.
    """
    # Of the body as it was sent: what was sent before an upgrade is recognised after it.
    submission = digest(body, base_version)
    row = _locked(model, id)
    if row is None:
        row = _create(model, owner, id, model.completed(body, None), base_version, submission)
        if row is not None:
            return Put(row, Change.CREATED)
        row = _locked(model, id)
    if row is None or row.owner_id != owner.pk:
        raise Http404
    if _taken_before(row, submission):
        return Put(row, Change.NONE)
    current = row.body()
    whole = model.completed(body, None)
    if base_version is None and not row.deleted_at and current == whole:
        return Put(row, Change.NONE)
    if base_version is None or not 1 <= base_version <= row.version or (row.deleted_at and base_version != row.version):
        raise Conflict(current=row, yours=whole)
    overwritten: tuple[str, ...] = ()
    changed = base_version != row.version
    if changed:
        base = Revision.objects.of(row).filter(version=base_version).first()
        if base is None:
            # The row came back from a device after a restore, and what that device started from did not.
            raise Conflict(current=row, yours=whole)
        incoming = model.completed(body, base.body)
        merged = model.merged(base=base.body, current=current, incoming=incoming)
        whole, overwritten = model.body_of(merged.fields), merged.overwritten
    else:
        whole = model.completed(body, current)
    _replace(row, submission, deleted=False)
    row.write(whole)
    return Put(row, Change.MERGED if changed else Change.EDITED, overwritten)


def repeats_an_earlier(row: Document, body: dict[str, Any], base_version: int | None) -> bool:
    """Whether this very submission was taken once, and has been replaced since: only its answer got lost."""
    return _replaced_since(row, digest(body, base_version))


@transaction.atomic
def delete_document(*, model: type[D], owner: User, id: UUID, base_version: int | None) -> D:
    """
    Leave a tombstone. A second deletion changes nothing.

    Raises Http404 where the person has no such document, and Conflict when it was edited after the version that the
    author saw, so that nobody deletes words he has not read.
    """
    row = _locked(model, id)
    if row is None or row.owner_id != owner.pk:
        raise Http404
    if row.deleted_at:
        return row
    if base_version is not None and base_version != row.version:
        raise Conflict(current=row, yours=None)
    _replace(row, digest(None, base_version), deleted=True)
    row.save()
    return row


def _locked(model: type[D], id: UUID) -> D | None:
    return cast("D | None", model.objects.select_for_update().filter(pk=id).first())


def _create(
    model: type[D], owner: User, id: UUID, body: dict[str, Any], base_version: int | None, submission: str
) -> D | None:
    # A base without a row: the server was restored from an older backup. The device's copy is the only one left.
    now = timezone.now()
    row = model(id=id, owner=owner, version=(base_version or 0) + 1, digest=submission, received_at=now, changed_at=now)
    try:
        with transaction.atomic():
            row.write(body)
    except IntegrityError:
        # Only the primary key can collide here (bodies are validated): the same id arrived on another connection.
        if not model.objects.filter(pk=id).exists():
            raise
        return None
    return row


def _taken_before(row: Document, submission: str) -> bool:
    return row.digest == submission or _replaced_since(row, submission)


def _replaced_since(row: Document, submission: str) -> bool:
    return row.version > 1 and Revision.objects.of(row).filter(digest=submission).exists()


def _replace(row: Document, submission: str, *, deleted: bool) -> None:
    """Keep what `row` holds as a revision, and turn the row's own bookkeeping to the next version."""
    Revision.objects.create(
        owner_id=row.owner_id,
        kind=row.kind,
        document_id=row.pk,
        version=row.version,
        digest=row.digest,
        body=row.body(),
        changed_at=row.changed_at,
        deleted=row.deleted_at is not None,
    )
    row.version += 1
    row.digest = submission
    row.changed_at = timezone.now()
    row.deleted_at = row.changed_at if deleted else None
