"""A person's days as the trends are found in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from accounts.models import User
from tracker.models.log import SymptomLog
from tracker.trends.spreading import Place, reach
from tracker.vocabulary import NEVER_TRENDED, STREAMS

# The streams that are followed: the worst of each day, and how far down the leg anything was felt.
REACH = "reach"
FOLLOWED = (*STREAMS, REACH)

WORST = [f"worst_{stream}" for stream in STREAMS]
RATED = ["readings__region", "readings__side", *(f"readings__{stream}" for stream in STREAMS)]


class Day(NamedTuple):
    """`day` counts from the first of January of year 1 (`date.toordinal`). What nobody was asked about is missing."""

    day: int
    values: dict[str, int]
    places: frozenset[Place]


def days_of(owner: User, first: date, last: date | None = None) -> list[Day]:
    """The logged days from `first` on, to `last`, ascending; one query, whatever lies before."""
    rows = SymptomLog.objects.for_user(owner).present().between(first, last).order_by("local_date")
    return list(read(rows.values_list("local_date", *WORST, *RATED)))


def read(rows: Iterable[Sequence[Any]]) -> Iterator[Day]:
    """`rows`: one for each reading, or for an entry that has none; those of one day together."""
    for day, entries in groupby(rows, key=itemgetter(0)):
        values: dict[str, int] = {}
        places: set[Place] = set()
        last = None
        for row in entries:
            # Each reading repeats what is the worst of its entry.
            worst = row[1:5]
            if worst != last:
                last = worst
                for stream, value in zip(STREAMS, worst, strict=True):
                    if value is not None and value > values.get(stream, -1):
                        values[stream] = value
            if any(row[7:]) and row[5] not in NEVER_TRENDED:
                places.add((row[5], row[6]))
        if values:
            values[REACH] = reach(places)
            yield Day(day.toordinal(), values, frozenset(places))
