"""A person's days as the trends are found in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from accounts.models import User
from tracker.models.log import Reading, SymptomLog
from tracker.trends.spreading import Place, reach
from tracker.vocabulary import STREAMS

# The streams that are followed: the worst of each day, and how far down the leg anything was felt.
REACH = "reach"
FOLLOWED = (*STREAMS, REACH)


class Day(NamedTuple):
    """`day` counts from the first of January of year 1 (`date.toordinal`). What nobody was asked about is missing."""

    day: int
    values: dict[str, int]
    places: frozenset[Place]


def days_of(owner: User, first: date) -> list[Day]:
    """The logged days from `first` on, ascending; two queries, whatever lies before."""
    places: dict[date, set[Place]] = defaultdict(set)
    for day, region, side in Reading.objects.places(owner, first):
        places[day].add((region, side))
    rows = SymptomLog.objects.for_user(owner).between(first, None).day_values()
    return list(read(rows.values_list("local_date", *STREAMS), places))


def read(rows: Iterator[tuple[date, int | None]], places: dict[date, set[Place]]) -> Iterator[Day]:
    for day, *worst in rows:
        values = {stream: value for stream, value in zip(STREAMS, worst, strict=True) if value is not None}
        if values:
            felt = frozenset(places.get(day, ()))
            yield Day(day.toordinal(), {**values, REACH: reach(felt)}, felt)
