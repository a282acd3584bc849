"""Celery's entry points. Rows are the truth: each may be lost or doubled without harm."""

import logging

from celery import shared_task
from django.conf import settings
from django.utils import timezone
from kombu.exceptions import OperationalError

from reminders.claiming import claim_due
from reminders.delivering import BATCH, deliver_due
from reminders.models import Delivery, Heartbeat

logger = logging.getLogger(__name__)

MOST_HELPERS = 8


@shared_task
def tick() -> None:
    """The clock's beat: what has come due is written down and sent. Its time says that somebody is keeping time."""
    claim_due()
    ring_for_help()
    deliver_due()
    Heartbeat.objects.update_or_create(name="tick", defaults={"beat_at": timezone.now()})


@shared_task
def deliver() -> None:
    deliver_due()


def ring_for_help() -> None:
    """Other workers, where there are any, send beside this one. Nobody has to come."""
    if settings.CELERY_TASK_ALWAYS_EAGER:
        return
    waiting = Delivery.objects.ready(timezone.now())[: BATCH * MOST_HELPERS].count()
    try:
        for _ in range(waiting // BATCH):
            deliver.apply_async(expires=15)
    except OperationalError:
        logger.error("The broker does not answer: this worker sends alone")
