"""What a person says to a reminder that came due."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.http import Http404
from django.utils import timezone
from rest_framework.exceptions import ValidationError

from accounts.models import User
from reminders.following import deliveries_to
from reminders.models import Delivery, Occurrence
from reminders.timing import instant
from reminders.vocabulary import EVENING_HOUR
from reminders.ways import Reach
from tracker.flagging import hold_diary_of


@transaction.atomic
def answer_occurrence(
    *, owner: User, id: UUID, answer: str, answered_at: datetime | None, minutes: int | None = None
) -> Occurrence:
    """
    The first answer stands, whichever device it comes from; a later one changes nothing and is no error.

    A snooze is an answer until it has run out, or until done or skip says more. `minutes` None: until evening. Raises
    Http404, and ValidationError (`evening_is_over`).
    """
    hold_diary_of(owner.pk)
    row = Occurrence.objects.for_user(owner).select_for_update(of=("self",)).filter(pk=id).first()
    if row is None:
        raise Http404
    now = timezone.now()
    # A clock that runs ahead must not put a snooze off, or stand as an answer from tomorrow.
    pressed = min(answered_at or now, now)
    until = snooze_end(row, pressed, minutes) if answer == "snooze" else None
    if not is_open_to(row, answer, pressed):
        return row
    row.state, row.answer, row.answered_at, row.changed_at = "answered", answer, pressed, now
    row.snoozed_until = until
    Delivery.objects.filter(occurrence=row).cancel()
    if until:
        row.snoozes += 1
        tell_again(row)
    row.save()
    return row


def is_open_to(row: Occurrence, answer: str, pressed: datetime) -> bool:
    if row.state != "answered":
        return True
    if row.snoozed_until is None:
        return False
    return answer != "snooze" or pressed >= row.snoozed_until


def snooze_end(row: Occurrence, pressed: datetime, minutes: int | None) -> datetime:
    if minutes is not None:
        return pressed + timedelta(minutes=minutes)
    zone = ZoneInfo(row.reminder.zone)
    evening = instant(pressed.astimezone(zone).date(), time(EVENING_HOUR), zone)
    if evening <= pressed:
        raise ValidationError({"until": ["It is evening already."]}, code="evening_is_over")
    return evening


def tell_again(row: Occurrence) -> None:
    """By the ways that its reminder has by now; quiet hours hold nothing back that the person has asked for."""
    places = Reach([row.owner_id]).places(row.owner_id, ["inbox", *row.reminder.channels])
    Delivery.objects.bulk_create(deliveries_to(places, row))
