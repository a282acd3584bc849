"""A physiotherapist takes note of a flag, and answers the patient."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.http import Http404

from sharing.care import Care, flags_shown, hold
from sharing.messaging import write
from sharing.models import Acknowledgement


@transaction.atomic
def acknowledge(*, care: Care, flag: UUID, id: UUID, text: str) -> Acknowledgement:
    """
    Of the flag as it stands now: worse asks again. With `text`, the patient gets a message with this `id`.

    Safe to repeat. Raises Http404 for a flag that the link does not show, and what `hold` and `write` raise.
    """
    link = hold(care, "flags")
    found = flags_shown(link).filter(pk=flag).first()
    if found is None:
        raise Http404
    message, _ = write(sender=care.reader, held=link, id=id, text=text) if text else (None, False)
    known = Acknowledgement.objects.filter(flag=found, link=link, by=care.reader).select_related("message", "by")
    before = (known.filter(message=message) if message else known.holding()).order_by("-at", "-id").first()
    if before is not None:
        return before
    return Acknowledgement.objects.create(
        owner_id=link.owner_id, flag=found, link=link, by=care.reader, level=found.level, message=message
    )
