"""The log of who read what of a patient's."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone
from rest_framework.request import Request

from accounts.models import User
from accounts.names import clean_name
from accounts.networks import network_of
from sharing.devices import device_of
from sharing.models import Access, CareLink, ShareLink

# What the same reader does again so soon is one line of the log, with how often.
SAME_VISIT = timedelta(minutes=15)
LONGEST_NAME = 80


def note_read(
    *,
    request: HttpRequest | Request,
    patient: User,
    what: str,
    outcome: str = "opened",
    share: ShareLink | None = None,
    link: CareLink | None = None,
    reader: User | None = None,
    calls_itself: str = "",
) -> Access:
    """
    Write down that `what` (of `READS`) of the patient's is read now, before it is handed out: what cannot be written
    down is not shown.

    By the holder of `share`, who may have said a name (`calls_itself`), or by `reader`, whom `link` lets in. The same
    reader again within `SAME_VISIT` counts up the row that stands there.
    """
    now = timezone.now()
    about = {
        "owner": patient,
        "what": what,
        "outcome": outcome,
        "share": share,
        "link": link,
        "reader": reader,
        "reader_name": name_of(reader.display_name if reader else calls_itself),
        "network": network_of(request),
        "device": device_of(request.headers.get("User-Agent", "")),
    }
    row = Access.objects.filter(**about, at__gt=now - SAME_VISIT).order_by("-at", "-id").first()
    if row is not None and Access.objects.filter(pk=row.pk).update(times=F("times") + 1, last_at=now):
        row.refresh_from_db()
        return row
    return Access.objects.create(**about, at=now)


def name_of(reader: str) -> str:
    """As the log keeps it."""
    return clean_name(reader)[:LONGEST_NAME]
