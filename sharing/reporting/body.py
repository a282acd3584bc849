"""Where it was felt, and how much, on average."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import Max

from accounts.models import User
from sharing.reporting.figures import mean
from sharing.snapshot import EDGE_NEEDS_DAYS, BodyMaps, Period, Place, edges_of
from tracker.models import Reading
from tracker.vocabulary import NEVER_TRENDED, REGIONS, SIDES

SHOWN = ("numbness", "pain")

# By region and side, the worst of a date: (date, numbness, pain).
Marks = dict[tuple[str, str], list[tuple[date, int | None, int | None]]]


def make_body(patient: User, period: Period, logged: Iterable[date]) -> BodyMaps:
    """One query. The saddle is asked for red flags only, and is in none of them."""
    first, last = (date.fromisoformat(period[end]) for end in ("start", "end"))
    rows = (
        Reading.objects.filter(
            log__owner=patient,
            log__deleted_at=None,
            log__local_date__range=(first, last),
        )
        .exclude(region__in=NEVER_TRENDED)
        .order_by()
        .values_list("region", "side", "log__local_date")
        .annotate(*(Max(stream) for stream in SHOWN))
    )
    marks: Marks = defaultdict(list)
    for region, side, day, *ratings in rows:
        marks[region, side].append((day, *ratings))
    days = sorted(logged)
    begins, edge = edges_of(period)
    start = [day for day in days if (day - begins).days < edge]
    now = [day for day in days if (last - day).days < edge]
    known = {"start": len(start) >= EDGE_NEEDS_DAYS, "now": len(now) >= EDGE_NEEDS_DAYS, "mean": bool(days)}
    return {
        "start": places_of(marks, start) if known["start"] else [],
        "now": places_of(marks, now) if known["now"] else [],
        "mean": places_of(marks, days),
        "drawn": [span for span, is_known in known.items() if is_known],
    }


def places_of(marks: Marks, days: list[date]) -> list[Place]:
    """From the back down to the toes; where nothing was ever felt on `days` there is no place."""
    if not days:
        return []
    first, last = days[0], days[-1]
    found = [
        make_place(place, [mark for mark in marks[place] if first <= mark[0] <= last], len(days)) for place in marks
    ]
    felt = [place for place in found if place["numbness"] or place["pain"]]
    return sorted(felt, key=lambda place: (REGIONS.index(place["region"]), SIDES.index(place["side"])))


def make_place(place: tuple[str, str], marks: list[tuple[date, int | None, int | None]], days: int) -> Place:
    region, side = place
    return {
        "region": region,
        "side": side,
        "numbness": mean_over([mark[1] for mark in marks], days),
        "pain": mean_over([mark[2] for mark in marks], days),
    }


def mean_over(marked: list[int | None], days: int) -> float | None:
    """A day of `days` without a mark is a 0; one with a mark that was not rated is none."""
    rated = [rating for rating in marked if rating is not None]
    return mean(sum(rated), days - len(marked) + len(rated)) if rated else None
