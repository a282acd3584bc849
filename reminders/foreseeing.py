"""When a reminder would be due, before it is kept."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.models import User
from reminders.done import Diary, Planned
from reminders.models import Reminder
from reminders.timing import Due, due_after

# How many times in a row may fall into a pause or on a prescription's days of rest: two years of four a day.
PASSED_OVER = 3000


def foresee(*, owner: User, body: dict[str, Any], after: datetime, count: int) -> list[Due]:
    """
    The next `count` times later than `after`, as if it were active. Writes nothing.

    Without the days of its pause, and of a prescription's reminder without those that the prescription does not ask
    for. Fewer when no more are in sight.
    """
    reminder = Reminder(owner=owner)
    reminder.take(body)
    rule = reminder.rule()
    first = after.date()
    diary = Diary([Planned(reminder, first, 0)] if reminder.what == "prescription" else [])
    found: list[Due] = []
    passed_over = 0
    for due in due_after(rule, after):
        asked = diary.asks(reminder, due.local_date) if reminder.what == "prescription" else True
        if asked and not reminder.rests_on(due.local_date):
            found.append(due)
            passed_over = 0
        else:
            passed_over += 1
        if len(found) == count or passed_over == PASSED_OVER:
            break
    return found
