"""To make a report for its owner, and to delete it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.utils import timezone
from rest_framework.exceptions import ValidationError

from accounts.models import User
from sharing.models import Report, ShareFile, ShareLink
from sharing.reporting import freeze_report
from sharing.vocabulary import MOST_REPORTS
from tracker.flagging import hold_diary_of


def make_report(*, patient: User, first: date, last: date, sections: Sequence[str], question: str = "") -> Report:
    """Raises ValidationError (`too_many_reports`, and as `freeze_report` does), and Http404 for who is erased."""
    refuse_more(patient)
    # What takes its time comes before the transaction: SQLite has one writer.
    report = freeze_report(patient=patient, first=first, last=last, sections=sections, question=question)
    with transaction.atomic():
        keep_report(report)
    return report


def keep_report(report: Report) -> None:
    """In the caller's transaction, before it writes anything else. Raises as `refuse_more`, and Http404."""
    hold_diary_of(report.owner_id)
    refuse_more(report.owner)
    report.save(force_insert=True)


def refuse_more(patient: User) -> None:
    """
    Raises ValidationError (`too_many_reports`) when they keep as many as anybody may: none goes unasked.

    It holds where it is asked under `hold_diary_of`; before, it spares the work.
    """
    if Report.objects.for_user(patient).kept().count() >= MOST_REPORTS:
        raise ValidationError(f"At most {MOST_REPORTS} reports are kept. Delete one first.", code="too_many_reports")


@transaction.atomic
def delete_report(*, owner: User, id: UUID) -> None:
    """
    What it shows is gone, and from the next request on no link opens it. Safe to repeat. Raises Http404.

    Its links and who read it stay for the owner to see.
    """
    # Its key stays free: who lends it again meanwhile holds the link, and asks for the report only after that.
    report = Report.objects.for_user(owner).select_for_update(no_key=True).filter(pk=id).first()
    if report is None:
        raise Http404
    if report.deleted_at is not None:
        return
    report.deleted_at = timezone.now()
    report.snapshot = {"period": report.snapshot["period"], "sections": report.snapshot["sections"], "question": ""}
    report.save(update_fields=["deleted_at", "snapshot"])
    ShareLink.objects.filter(report=report).living(report.deleted_at).update(revoked_at=report.deleted_at)
    ShareFile.objects.filter(share__report=report).delete()
