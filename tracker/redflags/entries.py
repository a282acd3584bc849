"""What an entry says by itself, and whether the urgent questions are asked with it at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from tracker.vocabulary import NEVER_TRENDED, STREAMS

Readings = Iterable[Mapping[str, Any]]

# 0-10: from here a muscle may be failing rather than sore (3-clinical, 1).
NOTABLE_WEAKNESS = 4
# Points in a day (3-clinical, 1).
STEEP_RISE = 3
# For so long a leg may have been getting weaker step by step.
WEAKENING = timedelta(days=7)
REASONS = ("saddle", "both-legs", "weakness", "rise")


def evaluate(readings: Readings) -> list[dict[str, str]]:
    """
    Flags `{"rule", "level"}` for one entry's readings.

    A mark on the saddle area asks for a check of the cauda equina now (GIRFT national pathway), however it is rated.
    """
    if any(reading["region"] == "saddle" for reading in readings):
        return [{"rule": "saddle", "level": "E"}]
    return []


def reasons_to_ask(entry: Mapping[str, Any], others: Iterable[Mapping[str, Any]] = ()) -> list[str]:
    """
    Why the urgent questions are asked at once; empty: they are not. Of `REASONS`, in that order.

    Entries are `{"occurred_at", "readings"}`; of `others` those before the entry count, in whatever order they come.
    `both-legs`: something felt left and right in this entry, or first with those of the same wall date before it.
    `weakness`: 4 or more where the last entry of the 7 days before had less at that place, or nothing; or more than
    that entry had, and by now 4 above the lowest rating of those days. `rise`: 3 or more above a rating of the same or
    the previous wall date, in a stream at a place or in the worst of all places.

    A place or stream that was rated in none of the entries compared with counts as 0: what is not rated is mostly not
    felt. To ask once too often costs a minute, so that a pain that moves asks as well; what keeps false alarms down is
    that any rating of those days stands before the 0, and that a place marked without a rating is not compared. The
    choice, and the days, are background knowledge (B), unreviewed.
    """
    moment = moment_of(entry)
    before = sorted((other for other in others if moment_of(other) < moment), key=moment_of)
    today = [other for other in before if wall_date(other) == wall_date(entry)]
    holds = {
        "saddle": bool(evaluate(entry["readings"])),
        "both-legs": comes_to_both_legs(entry["readings"], [one for other in today for one in other["readings"]]),
        "weakness": weakened(entry["readings"], [other for other in before if moment - moment_of(other) <= WEAKENING]),
        "rise": rose_steeply(entry, before),
    }
    return [reason for reason in REASONS if holds[reason]]


def moment_of(entry: Mapping[str, Any]) -> datetime:
    return datetime.fromisoformat(entry["occurred_at"])


def wall_date(entry: Mapping[str, Any]) -> date:
    """As the device's clock had it: the time carries its offset."""
    return moment_of(entry).date()


def is_felt(reading: Mapping[str, Any]) -> bool:
    """Marked and not rated counts as felt: the person meant something by it."""
    return is_unrated(reading) or any(reading[stream] for stream in STREAMS)


def is_unrated(reading: Mapping[str, Any]) -> bool:
    return all(reading[stream] is None for stream in STREAMS)


def in_both_legs(readings: Readings) -> bool:
    return {"left", "right"} <= {reading["side"] for reading in readings if is_felt(reading)}


def comes_to_both_legs(readings: Sequence[Mapping[str, Any]], today: Sequence[Mapping[str, Any]]) -> bool:
    return in_both_legs(readings) or (in_both_legs([*today, *readings]) and not in_both_legs(today))


def weakened(readings: Readings, before: Sequence[Mapping[str, Any]]) -> bool:
    weak = [weakness_by_place(other["readings"]) for other in before]
    for place, weakness in weakness_by_place(readings).items():
        last = weak[-1].get(place, 0) if weak else 0
        lowest = min((then[place] for then in weak if place in then), default=weakness)
        if weakness >= NOTABLE_WEAKNESS > last or (weakness > last and weakness - lowest >= NOTABLE_WEAKNESS):
            return True
    return False


def weakness_by_place(readings: Readings) -> dict[tuple[str, str], int]:
    return {place_of(reading): reading["weakness"] for reading in readings if reading["weakness"] is not None}


def place_of(reading: Mapping[str, Any]) -> tuple[str, str]:
    return reading["region"], reading["side"]


def rose_steeply(entry: Mapping[str, Any], before: Sequence[Mapping[str, Any]]) -> bool:
    yesterday = wall_date(entry) - timedelta(days=1)
    recent = [other["readings"] for other in before if wall_date(other) >= yesterday]
    then = [heights(readings) for readings in recent]
    unrated = {place_of(one) for readings in recent for one in readings if is_unrated(one)}
    for what, height in heights(entry["readings"]).items():
        ratings = [known[what] for known in then if what in known]
        if not ratings and recent and len(what) > 1 and what[:2] not in unrated:
            ratings = [0]
        if any(height - rating >= STEEP_RISE for rating in ratings):
            return True
    return False


def heights(readings: Readings) -> dict[tuple[str, ...], int]:
    """The ratings by place and stream, and by stream the worst of all places but the saddle; 0 for no symptoms."""
    readings = list(readings)
    found: dict[tuple[str, ...], int] = {}
    if not readings:
        return {(stream,): 0 for stream in STREAMS}
    for reading in readings:
        for stream in STREAMS:
            rated = reading[stream]
            if rated is not None and reading["region"] not in NEVER_TRENDED:
                found[(*place_of(reading), stream)] = rated
                found[(stream,)] = max(rated, found.get((stream,), 0))
    return found
