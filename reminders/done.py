"""
Whether a reminder still has anything to say on a day: what it is about may rest that day, be gone, or be done already.

Of several times a day the second is silent once it was done twice, and so on: what was done in the morning says nothing
about the evening.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, Q

from exercises.adherence import Version, in_force
from exercises.catalogue import starters
from exercises.models import Prescription, Routine, Session
from reminders.models import Reminder
from tracker.models import Measure, RedFlagCheck, SymptomLog
from tracker.redflags import is_whole

DAY = timedelta(days=1)
WEEK = 7
DONE = ("done", "partial")


class Planned(NamedTuple):
    """A reminder's time on a local date."""

    reminder: Reminder
    local_date: date
    slot: int


class Diary:
    """What the persons of some reminders have done on the days around them, read at once for all: a query a kind."""

    def __init__(self, planned: Iterable[Planned]) -> None:
        of_kind: dict[str, list[Planned]] = {}
        for one in planned:
            of_kind.setdefault(one.reminder.what, []).append(one)
        self.logs = logs_of(of_kind.get("log", []))
        weekly = of_kind.get("weekly", [])
        self.weeks = checks_of(weekly) | measures_of(weekly)
        self.mornings = mornings_of(of_kind.get("morning", []))
        self.routines = routines_of(of_kind.get("routine", []))
        self.plans = plans_of(of_kind.get("prescription", []))
        self.followed = {name: followed_of(name, of_kind.get(name, [])) for name in ("routine", "prescription")}

    def asks(self, reminder: Reminder, day: date) -> bool:
        """Whether there is anything to remind of on that date."""
        if reminder.what == "prescription":
            return self.times_on(reminder, day) > 0
        if reminder.what == "routine":
            return reminder.routine in self.routines
        if reminder.what == "morning":
            return (reminder.owner_id, day - DAY) in self.mornings
        return True

    def has(self, reminder: Reminder, day: date, slot: int) -> bool:
        """Whether what the reminder asks for at that time was done."""
        owner = reminder.owner_id
        if reminder.what == "log":
            return self.logs[owner, day] > slot
        if reminder.what == "routine":
            return self.followed["routine"][owner, day, reminder.routine] > slot
        if reminder.what == "prescription":
            asked = min(slot + 1, self.times_on(reminder, day))
            return self.followed["prescription"][owner, day, reminder.prescription] >= asked
        if reminder.what == "weekly":
            return any((owner, day - n * DAY) in self.weeks for n in range(WEEK))
        if reminder.what == "morning":
            return not self.mornings.get((owner, day - DAY), 0)
        return False

    def times_on(self, reminder: Reminder, day: date) -> int:
        """How often its prescription is to be done on that date: never, once it was deleted."""
        versions = self.plans.get(reminder.prescription, []) if reminder.prescription else []
        found = in_force(versions, day)
        return found.times_on(day) if found else 0


def around(planned: Sequence[Planned], before: int = 0) -> dict[str, Any]:
    """Their owners, and the dates from `before` days earlier on."""
    dates = [one.local_date for one in planned]
    return {
        "owner__in": {one.reminder.owner_id for one in planned},
        "local_date__range": (min(dates) - before * DAY, max(dates)),
    }


def logs_of(planned: Sequence[Planned]) -> Counter[tuple[UUID, date]]:
    if not planned:
        return Counter()
    rows = SymptomLog.objects.present().filter(**around(planned)).order_by()
    counted = rows.values("owner", "local_date").annotate(Count("id"))
    return Counter({(owner, day): n for owner, day, n in counted.values_list("owner", "local_date", "id__count")})


def checks_of(planned: Sequence[Planned]) -> set[tuple[UUID, date]]:
    """The whole rounds of questions: a few answers are none."""
    if not planned:
        return set()
    rows = RedFlagCheck.objects.present().filter(**around(planned, WEEK - 1))
    told = rows.values_list("owner", "local_date", "answers")
    return {(owner, day) for owner, day, answers in told if is_whole(answers, "full")}


def measures_of(planned: Sequence[Planned]) -> set[tuple[UUID, date]]:
    """How much it got in the way of the week: the other questions that the app asks every week."""
    if not planned:
        return set()
    rows = Measure.objects.present().filter(subject="interference", **around(planned, WEEK - 1)).order_by()
    return set(rows.values_list("owner", "local_date"))


def mornings_of(planned: Sequence[Planned]) -> dict[tuple[UUID, date], int]:
    """By the date of sessions in which anything was done: how many have not been asked how the next morning felt."""
    if not planned:
        return {}
    unasked = Q(pain_next_morning=None, numbness_next_morning=None, next_morning_declined=False)
    rows = Session.objects.present().filter(items__status__in=DONE, **around(planned, 1)).order_by()
    counted = rows.values("owner", "local_date").annotate(waiting=Count("id", filter=unasked, distinct=True))
    return {(owner, day): n for owner, day, n in counted.values_list("owner", "local_date", "waiting")}


def routines_of(planned: Sequence[Planned]) -> set[UUID | None]:
    asked = {one.reminder.routine for one in planned if one.reminder.routine}
    if not asked:
        return set()
    own = Routine.objects.present().filter(pk__in=asked).values_list("pk", flat=True)
    return {*own, *(asked & starters().keys())}


def plans_of(planned: Sequence[Planned]) -> dict[UUID, list[Version]]:
    asked = {one.reminder.prescription for one in planned if one.reminder.prescription}
    found: dict[UUID, list[Version]] = Prescription.objects.filter(pk__in=asked).plans() if asked else {}
    return found


def followed_of(name: str, planned: Sequence[Planned]) -> Counter[tuple[UUID, date, UUID | None]]:
    """How many sessions that followed it were carried out at least in part, by owner, date and what was followed."""
    if not planned:
        return Counter()
    asked = {getattr(one.reminder, name) for one in planned}
    rows = Session.objects.present().filter(items__status__in=DONE, **{f"{name}__in": asked}, **around(planned))
    counted = rows.order_by().values("owner", "local_date", name).annotate(times=Count("id", distinct=True))
    found = counted.values_list("owner", "local_date", name, "times")
    return Counter({(owner, day, followed): times for owner, day, followed, times in found})
