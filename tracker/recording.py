"""
Writing the diary: record an entry or a check, or delete one. The flags follow in the same transaction.

Trends can wait: when they fail, the entry and what needs a doctor are kept, and the trends are followed up later.
"""

from __future__ import annotations

import logging
from datetime import date, datetime
from typing import Any, Protocol
from uuid import UUID

from django.db import transaction

from accounts.documents import Change, Put, delete_document, put_document
from accounts.models import User
from tracker.flagging import Confirmed, hold_diary_of, refresh_flags
from tracker.models import RedFlagCheck, SymptomLog
from tracker.trending import first_day_touched, follow_trends, put_off_trends, refresh_trends

logger = logging.getLogger(__name__)


class TrendsWhen(Protocol):
    """`follow_trends`, or `put_off_trends`."""

    def __call__(self, *, owner: User, from_day: date) -> None: ...


@transaction.atomic
def record_log(
    *, owner: User, id: UUID, body: dict[str, Any], base_version: int | None, trends: TrendsWhen = follow_trends
) -> Put[SymptomLog]:
    """
    Atomic and idempotent; raises Http404 and Conflict as `put_document` does.

    `trends`: of many entries one after the other, `put_off_trends` with each and `refresh_trends` at their end.
    """
    hold_diary_of(owner.pk)
    put = put_document(model=SymptomLog, owner=owner, id=id, body=body, base_version=base_version)
    if put.change is not Change.NONE:
        created = put.change is Change.CREATED
        refresh_flags(source=put.document, first=created)
        follow(trends, owner, first_day_touched(put.document, edited=not created))
    return put


@transaction.atomic
def delete_log(*, owner: User, id: UUID, base_version: int | None, trends: TrendsWhen = follow_trends) -> SymptomLog:
    """Leaves a tombstone; raises Http404 and Conflict as `delete_document` does. `trends` as in `record_log`."""
    hold_diary_of(owner.pk)
    log = delete_document(model=SymptomLog, owner=owner, id=id, base_version=base_version)
    refresh_flags(source=log, first=False)
    follow(trends, owner, log.local_date)
    return log


def reading_of(check: RedFlagCheck, body: dict[str, Any], confirmed: datetime | None) -> Confirmed | None:
    """
    What the person read, as the device that confirmed it knew it.

    Who read the advice once has not read what a later answer asks for.
    """
    if confirmed is None:
        return None
    unread = {rule for rule, answer in check.answers.items() if body["answers"].get(rule) != answer}
    return Confirmed(confirmed, frozenset(unread))


def follow(trends: TrendsWhen, owner: User, from_day: date) -> None:
    try:
        with transaction.atomic():
            trends(owner=owner, from_day=from_day)
    except Exception as fault:
        # Whatever it is: the entry and its red flags are written, and wait for no trend.
        tell_of(fault)
        put_off_trends(owner=owner, from_day=from_day)


def catch_up(*, owner: User) -> None:
    """`refresh_trends` with what was put off; when that fails it goes on waiting."""
    try:
        refresh_trends(owner=owner)
    except Exception as fault:
        # The entries are written already, and their answers must go out.
        tell_of(fault)


def tell_of(fault: Exception) -> None:
    # No more than its kind: its text may hold what the person wrote.
    logger.error("Trends could not be followed, and wait: %s.", type(fault).__name__)


@transaction.atomic
def record_check(*, owner: User, id: UUID, body: dict[str, Any], base_version: int | None) -> Put[RedFlagCheck]:
    """Atomic and idempotent; raises Http404 and Conflict as `put_document` does."""
    hold_diary_of(owner.pk)
    read_before = RedFlagCheck.objects.filter(pk=id).values_list("read_at", flat=True).first()
    put = put_document(model=RedFlagCheck, owner=owner, id=id, body=body, base_version=base_version)
    if put.change is not Change.NONE:
        check = put.document
        confirmed = check.confirmed_at if check.read_at != read_before else None
        refresh_flags(source=check, first=put.change is Change.CREATED, read=reading_of(check, body, confirmed))
    return put


@transaction.atomic
def delete_check(*, owner: User, id: UUID, base_version: int | None) -> RedFlagCheck:
    """Leaves a tombstone; raises Http404 and Conflict as `delete_document` does."""
    hold_diary_of(owner.pk)
    check = delete_document(model=RedFlagCheck, owner=owner, id=id, base_version=base_version)
    refresh_flags(source=check, first=False)
    return check
