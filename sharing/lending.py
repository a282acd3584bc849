"""To lend a report out by a link, and to take the link back."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.db import IntegrityError, transaction
from django.http import Http404
from django.utils import timezone
from rest_framework.exceptions import APIException, ErrorDetail, ValidationError

from accounts.models import User
from exercises.handout.sheet import PAPERS, paper_for
from sharing.health_links import Sealed, keep_sealed, seal_report
from sharing.keeping import keep_report, refuse_more
from sharing.models import Report, ShareLink
from sharing.models.tokens import hash_of, new_token, spelled
from sharing.rendering.pdf import PressFailed, report_pdf
from sharing.reporting import freeze_report
from sharing.reporting.texts import plain
from sharing.vocabulary import DAYS_OF_A_LINK, LONGEST_LINK_DAYS, MOST_LINKS

logger = logging.getLogger(__name__)


class IdTaken(APIException):
    status_code = 409
    default_detail = "This id already holds another link, or one that has been used or has ended."
    default_code = "id_taken"


@dataclass(frozen=True)
class Lent:
    """
    A link, and what opens it, which nobody hears again: its token, and the same as a SMART Health Link (`shlink:/...`).
    `created`: False when its address was made anew.
    """

    share: ShareLink
    token: str
    health_link: str
    created: bool


def lend_report(
    *,
    patient: User,
    first: date,
    last: date,
    sections: Sequence[str],
    question: str = "",
    id: UUID | None = None,
    expires_at: datetime | None = None,
    passcode: str = "",
    label: str = "",
) -> Lent:
    """
    Freeze the report of `first` to `last`, both included, and make a link to it.

    A device that heard no answer sends the same again under the same `id`: it stays one link, and gets a new address,
    as nobody holds the former one. Raises ValidationError (also of what `sharing.reporting` refuses), Http404 for
    another person's id, IdTaken when the id is of a link that asks for something else, was opened, or has ended.
    """
    label, passcode = plain(label), spelled(passcode)
    asked = Asked(first, last, tuple(sections), plain(question), expires_at, passcode, label)
    if id is not None and ShareLink.objects.filter(pk=id).exists():
        return lend_again(patient, id, asked)
    now = timezone.now()
    ends = read_expiry(expires_at, now)
    refuse_more_links(patient, now)
    refuse_more(patient)
    # What takes its time comes before the transaction: SQLite has one writer.
    hashed = make_password(passcode) if passcode else ""
    report = freeze_report(patient=patient, first=first, last=last, sections=sections, question=question)
    sealed = sealed_report(report)
    token = new_token()
    try:
        with transaction.atomic():
            keep_report(report)
            refuse_more_links(patient, now)
            share = ShareLink.objects.create(
                id=id or uuid4(),
                owner=patient,
                report=report,
                token_hash=hash_of(token),
                shl_hash=sealed.id_hash,
                label=label,
                passcode=hashed,
                expires_at=ends,
            )
            health_link = keep_sealed(share=share, sealed=sealed)
    except (IntegrityError, ValidationError):
        # The same device asked twice at the same moment, maybe for the last one that there may be.
        if id is None or not ShareLink.objects.filter(pk=id).exists():
            raise
        return lend_again(patient, id, asked)
    return Lent(share, token, health_link, created=True)


def refuse_more_links(patient: User, now: datetime) -> None:
    if ShareLink.objects.for_user(patient).living(now).count() >= MOST_LINKS:
        raise ValidationError(f"At most {MOST_LINKS} links at a time. End one first.", code="too_many_links")


@dataclass(frozen=True)
class Asked:
    """What a link was asked for, to know it again."""

    first: date
    last: date
    sections: tuple[str, ...]
    question: str
    expires_at: datetime | None
    passcode: str
    label: str

    def is_of(self, share: ShareLink) -> bool:
        snapshot = share.report.snapshot
        period = snapshot["period"]
        return (
            (period["start"], period["end"]) == (self.first.isoformat(), self.last.isoformat())
            and set(snapshot["sections"]) == set(self.sections)
            and (snapshot["question"], share.label) == (self.question, self.label)
            and self.expires_at in (None, share.expires_at)
            and (check_password(self.passcode, share.passcode) if share.passcode else not self.passcode)
        )


def lend_again(patient: User, id: UUID, asked: Asked) -> Lent:
    rows = ShareLink.objects.select_related("report__owner")
    before = rows.get(pk=id)
    if before.owner_id != patient.pk:
        raise Http404
    # Of one that has ended the report may be gone, and there is nothing to seal.
    refuse_taken(before, asked)
    # A report never changes but to be deleted, and that ends the link.
    sealed = sealed_report(before.report)
    with transaction.atomic():
        share = rows.select_for_update(of=("self",)).get(pk=id)
        refuse_taken(share, asked)
        token = new_token()
        share.token_hash = hash_of(token)
        share.save(update_fields=["token_hash"])
        health_link = keep_sealed(share=share, sealed=sealed)
    return Lent(share, token, health_link, created=False)


def refuse_taken(share: ShareLink, asked: Asked) -> None:
    if share.state(timezone.now()) != "open" or share.accesses.exists() or not asked.is_of(share):
        raise IdTaken


def sealed_report(report: Report) -> Sealed:
    return seal_report(snapshot=report.snapshot, pdf=pressed(report), base_url=settings.OWN_URL)


def pressed(report: Report) -> bytes | None:
    """The PDF that the health link carries; None when it cannot be set now: the link is needed more than that."""
    try:
        return report_pdf(report.snapshot, paper=PAPERS[paper_for(report.owner.country)])
    except PressFailed as cause:
        logger.error("A health link goes without its PDF: %s", cause)
        return None


def read_expiry(expires_at: datetime | None, now: datetime) -> datetime:
    if expires_at is None:
        return now + timedelta(days=DAYS_OF_A_LINK)
    if expires_at <= now:
        raise ValidationError({"expires_at": [ErrorDetail("Must lie in the future.", "too_early")]})
    if expires_at > now + timedelta(days=LONGEST_LINK_DAYS):
        message = f"At most {LONGEST_LINK_DAYS} days from now."
        raise ValidationError({"expires_at": [ErrorDetail(message, "too_late")]})
    return expires_at


@transaction.atomic
def revoke_share(*, share: ShareLink) -> None:
    """From the next request on it opens nothing. Its row and who read it stay; what was sealed for it goes."""
    ShareLink.objects.filter(pk=share.pk, revoked_at=None).update(revoked_at=timezone.now())
    share.files.all().delete()
