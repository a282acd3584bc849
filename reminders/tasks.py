"""Celery's entry points. Rows are the truth: each may be lost or doubled without harm."""

from celery import shared_task
from django.utils import timezone

from reminders.models import Heartbeat


@shared_task
def tick() -> None:
    """The clock's beat: says that somebody is keeping time."""
    Heartbeat.objects.update_or_create(name="tick", defaults={"beat_at": timezone.now()})
