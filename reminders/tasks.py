"""Celery's entry points. Rows are the truth: each may be lost or doubled without harm."""

from celery import shared_task
from django.utils import timezone

from reminders.claiming import claim_due
from reminders.delivering import deliver_due
from reminders.models import Heartbeat


@shared_task
def tick() -> None:
    """The clock's beat: what has come due is written down and sent. Its time says that somebody is keeping time."""
    claim_due()
    deliver_due()
    Heartbeat.objects.update_or_create(name="tick", defaults={"beat_at": timezone.now()})
