"""The measures of the period: the weekly interference, and how the activities went that the patient named."""

from __future__ import annotations

from datetime import date
from typing import Any

from accounts.models import User
from sharing.reporting.figures import mean_of
from sharing.reporting.texts import plain
from sharing.snapshot import Activity, Interference
from tracker.models import Measure
from tracker.vocabulary import REAL_CHANGE

Row = tuple[date, str, Any, list[dict[str, Any]]]


def read_measures(patient: User, first: date, last: date) -> list[Row]:
    """Oldest first, in one query."""
    rows = Measure.objects.for_user(patient).present().between(first, last).order_by("local_date", "answered_at", "id")
    return list(rows.values_list("local_date", "subject", "interference", "activities"))


def report_interference(rows: list[Row]) -> list[Interference]:
    return [
        {"date": day.isoformat(), "mean": mean_of(ratings.values())}
        for day, subject, ratings, _ in rows
        if subject == "interference"
    ]


def report_activities(rows: list[Row]) -> list[Activity]:
    """In the order in which they were named first; one name in two spellings of case is one activity."""
    found: dict[str, Activity] = {}
    for day, _, _, activities in rows:
        for one in activities:
            name = plain(one["name"])
            activity = found.setdefault(name.casefold(), {"name": name, "ratings": [], "meaning": "unknown"})
            activity["ratings"].append((day.isoformat(), one["rating"]))
    for activity in found.values():
        activity["meaning"] = meaning_of([rating for _, rating in activity["ratings"]])
    return list(found.values())


def meaning_of(ratings: list[int]) -> str:
    """The last against the first; a higher rating is better."""
    if len(ratings) < 2:
        return "unknown"
    change = ratings[-1] - ratings[0]
    if abs(change) < REAL_CHANGE["one"]:
        return "same"
    return "better" if change > 0 else "worse"
