"""When a reminder will be due."""

from __future__ import annotations

from datetime import datetime

from reminders.done import Diary, Planned
from reminders.models import Reminder
from reminders.timing import Due, due_after

# How many times in a row may fall into a pause or on a prescription's days of rest: two years of four a day.
PASSED_OVER = 3000


def foresee(*, reminder: Reminder, after: datetime, count: int) -> list[Due]:
    """
    The next `count` times later than `after`, as if it were active; of a row, or of one that is not kept yet.

    By the wall that it goes by now. Without the days of its pause, and of a prescription's reminder without those that
    the prescription does not ask for. Fewer when no more are in sight.
    """
    of_plan = reminder.what == "prescription"
    diary = Diary([Planned(reminder, after.date(), 0)] if of_plan else [])
    found: list[Due] = []
    passed_over = 0
    for due in due_after(reminder.rule(reminder.own_zone), after):
        asked = not of_plan or diary.asks(reminder, due.local_date)
        if asked and not reminder.rests_on(due.local_date):
            found.append(due)
            passed_over = 0
        else:
            passed_over += 1
        if len(found) == count or passed_over == PASSED_OVER:
            break
    return found
