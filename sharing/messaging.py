"""What the two of a link write to each other: as long as it lives. What was written stays readable for both."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.http import Http404
from django.utils import timezone
from rest_framework.exceptions import ValidationError

from accounts.models import User
from sharing.care import Care, hold, stood_in_for
from sharing.models import CareLink, Message


def conversations_of(person: User) -> Any:
    """
    Their links and those for which they stand in today, each with `unread` (by whom it came to) and the id of its
    `last_message`.
    """
    stood_in = [care.link.pk for care in stood_in_for(person)]
    to_them = Q(messages__recipient=person) | Q(pk__in=stood_in, messages__recipient=F("physiotherapist"))
    newest = Message.objects.filter(link=OuterRef("pk")).order_by("-created_at", "-id")
    return (
        (CareLink.objects.involving(person) | CareLink.objects.filter(pk__in=stood_in))
        .select_related("owner", "physiotherapist")
        .annotate(
            unread=Count("messages", filter=to_them & Q(messages__read_at=None)),
            last_message=Subquery(newest.values("id")[:1]),
            last_at=Subquery(newest.values("created_at")[:1]),
        )
    )


def link_open_to(person: User, id: UUID) -> tuple[CareLink, Care | None]:
    """
    The link whose messages they may read, and when they stand in for its physiotherapist, how.

    The two of a link may always; who stands in reads the whole of it on the days of that. Raises Http404.
    """
    link = CareLink.objects.involving(person).select_related("owner").filter(pk=id).first()
    if link is not None:
        return link, None
    care = next((care for care in stood_in_for(person) if care.link.pk == id), None)
    if care is None:
        raise Http404
    return care.link, care


@transaction.atomic
def send(*, sender: User, id: UUID, link: UUID, text: str) -> tuple[Message, bool]:
    """
    The message, and whether it is new. Safe to repeat.

    Raises Http404 for a link (or an id) that is not theirs, ValidationError: `ended`, `id_taken` (by another text).
    """
    _, care = link_open_to(sender, link)
    rows = CareLink.objects.select_for_update(of=("self",), no_key=True)
    held = hold(care) if care else rows.filter(pk=link).first()
    if held is None:
        raise Http404
    return write(sender=sender, held=held, id=id, text=text)


def write(*, sender: User, held: CareLink, id: UUID, text: str) -> tuple[Message, bool]:
    """Within a transaction that holds `held`. From a colleague who stands in, it goes to the patient."""
    before = Message.objects.filter(pk=id).first()
    if before is not None:
        return repeated(before, sender, held, text), False
    if not held.lives:
        raise ValidationError("This link has ended: nothing can be written to it any more.", code="ended")
    recipient = held.physiotherapist_id if sender.pk == held.owner_id else held.owner_id
    message = Message(id=id, owner_id=held.owner_id, link=held, sender=sender, recipient_id=recipient, text=text)
    try:
        with transaction.atomic():
            message.save(force_insert=True)
    except IntegrityError as error:
        # Another link's message has taken the id at this moment: this one's sender holds no lock on that.
        raise Http404 from error
    return message, True


def repeated(before: Message, sender: User, held: CareLink, text: str) -> Message:
    if before.link_id != held.pk or before.sender_id != sender.pk:
        raise Http404
    if before.text != text:
        raise ValidationError({"id": ["This id holds another message already."]}, code="id_taken")
    return before


def mark_read(*, reader: User, link: UUID, until: datetime) -> int:
    """
    What came to them over the link until then, or to whom they stand in for. How many were unread. By the server's
    clock. Raises Http404.
    """
    _, care = link_open_to(reader, link)
    recipient = care.link.physiotherapist_id if care else reader.pk
    unread = Message.objects.filter(recipient=recipient, read_at=None, link=link, created_at__lte=until)
    return int(unread.update(read_at=timezone.now()))
