"""Celery's wiring, and the only beat schedule: the embedded scheduler reads the same one."""

import gc
import os
from typing import Any

from celery import Celery
from celery.signals import worker_process_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("unpinch")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.conf.beat_scheduler = "config.beat:Scheduler"
app.conf.beat_schedule = {
    # A tick nobody took before the next one is worth nothing: no worker comes back to a day of them.
    "tick": {"task": "reminders.tasks.tick", "schedule": 15.0, "options": {"expires": 15.0}},
    # For sessions, which do not know of trends, and for batches that broke off.
    "catch-up-trends": {"task": "tracker.tasks.catch_up_trends", "schedule": 24 * 60 * 60.0},
    "clear-old-occurrences": {"task": "reminders.tasks.clear_old_occurrences", "schedule": 6 * 60 * 60.0},
    "clear-expired-sessions": {"task": "accounts.tasks.clear_expired_sessions", "schedule": 6 * 60 * 60.0},
}


@worker_process_init.connect
def keep_what_is_loaded(**_: Any) -> None:
    """The collector need not look through all of Django again and again: it was a twentieth of a worker's time."""
    gc.freeze()
