"""The embedded scheduler: beat's schedule, run in this process, for a house without Redis."""

from __future__ import annotations

import logging
import signal
import threading
import time
from typing import Any

from celery import current_app
from django.core.management.base import BaseCommand
from django.db import close_old_connections

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Run the scheduled jobs in this process, each at its interval, until SIGTERM or Ctrl-C."

    def handle(self, *args: Any, **options: Any) -> None:
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        current_app.loader.import_default_modules()
        due = dict.fromkeys(current_app.conf.beat_schedule, 0.0)
        while not stop.is_set():
            now = time.monotonic()
            for name, entry in current_app.conf.beat_schedule.items():
                if due[name] <= now:
                    due[name] = now + float(entry["schedule"])
                    run_job(entry["task"])
            stop.wait(max(0.05, min(due.values()) - time.monotonic()))


def run_job(task: str) -> None:
    """Run one job here. A job that fails is reported and comes again at its next time; it never stops the others."""
    close_old_connections()
    result = current_app.tasks[task].apply()
    if result.failed():
        logger.error("The job %s failed", task, exc_info=result.result)
    close_old_connections()
