"""Celery's entry points. Rows are the truth: each may be lost or doubled without harm."""

import logging

from celery import shared_task
from django.conf import settings
from django.utils import timezone
from kombu.exceptions import OperationalError

from reminders.announcing import announce_due
from reminders.claiming import MOST, claim_due
from reminders.clearing import clear_old
from reminders.delivering import FIRST, deliver_due
from reminders.models import Delivery, Heartbeat

logger = logging.getLogger(__name__)

MOST_HELPERS = 8


@shared_task
def tick() -> None:
    """The clock's beat: what has come due or is new is written down and sent. Its time says that it beats."""
    while claim_due() >= MOST:
        ring_for_help()
    announce_due()
    ring_for_help()
    deliver_due()
    Heartbeat.objects.update_or_create(name="tick", defaults={"beat_at": timezone.now()})


@shared_task
def deliver() -> None:
    deliver_due()


@shared_task
def clear_old_occurrences() -> None:
    clear_old()


def ring_for_help() -> None:
    """Other workers, where there are any, send beside this one. Nobody has to come."""
    if settings.CELERY_TASK_ALWAYS_EAGER:
        return
    waiting = Delivery.objects.ready(timezone.now())[: FIRST * MOST_HELPERS].count()
    try:
        for _ in range(waiting // FIRST):
            deliver.apply_async(expires=15)
    except OperationalError:
        logger.error("The broker does not answer: this worker sends alone")
