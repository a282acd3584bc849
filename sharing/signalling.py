"""
What a physiotherapist wants to be told of, bundled into one message a day. Reads only: who delivers it writes down that
it was delivered.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sharing.care import all_care_of
from sharing.models import Practice
from sharing.triaging import triage


@dataclass(frozen=True)
class Signals:
    """How many patients give each of the chosen signals, in the order of `TRIAGE`. No name leaves by it."""

    patients: int
    by_signal: dict[str, int]


def told_at(practice: Practice, day: date) -> datetime | None:
    """The moment of that day's message, `tell_at` on the physiotherapist's own wall; None: they look themselves."""
    if practice.tell_at is None:
        return None
    return datetime.combine(day, practice.tell_at, ZoneInfo(practice.owner.time_zone))


def signals_for(practice: Practice) -> Signals:
    """
    Of all their patients as they stand now: the reasons that nobody has taken note of yet.

    It opens nothing of a patient's to the reader, so that it leaves no row in anybody's log: the list does.
    """
    found: Counter[str] = Counter()
    patients = 0
    for one in triage(all_care_of(practice.owner)):
        chosen = {reason.kind for reason in one.reasons if not reason.acknowledged} & set(practice.signals)
        found.update(chosen)
        patients += bool(chosen)
    return Signals(patients, {signal: found[signal] for signal in practice.signals if found[signal]})


def due_practices(first: datetime, last: datetime) -> list[tuple[Practice, date, datetime]]:
    """Whose daily message came due after `first` and until `last`, with its date and moment; of several, the last."""
    due = []
    for practice in Practice.objects.filter(tell_at__isnull=False).select_related("owner"):
        today = last.astimezone(ZoneInfo(practice.owner.time_zone)).date()
        for day in (today, today - timedelta(days=1)):
            moment = told_at(practice, day)
            if moment and moment <= last:
                due += [(practice, day, moment)] if moment > first else []
                break
    return due
