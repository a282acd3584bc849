"""Beat's scheduler: Celery's own, which says in one line that the broker is away, and in another that it is back."""

from __future__ import annotations

import logging
from typing import Any

from celery.beat import PersistentScheduler, ScheduleEntry
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)


class Scheduler(PersistentScheduler):
    """Celery's writes two stacks each time that it has something to send and cannot."""

    away = False

    def apply_entry(self, entry: ScheduleEntry, producer: Any = None) -> None:
        try:
            self.apply_async(entry, producer=producer, advance=False)
        # As Celery's own does: one job that cannot be sent must not end the clock of all others.
        except Exception as fault:
            lost = broker_fault(fault)
            if not lost:
                logger.error("The job %s was not sent", entry.name, exc_info=fault)
            elif not self.away:
                # Without its words: they may hold the broker's address.
                kind = type(lost.__cause__ or lost).__name__
                logger.error("The broker does not answer (%s): no job is sent until it does", kind)
                self.away = True
        else:
            if self.away:
                logger.warning("The broker answers again")
            self.away = False


def broker_fault(fault: BaseException | None) -> OperationalError | None:
    """Celery raises an error of its own while it handles the broker's."""
    if fault is None or isinstance(fault, OperationalError):
        return fault
    return broker_fault(fault.__context__)
