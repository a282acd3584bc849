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
    `weakness` is 4 or more where the entry before it had less at that place; `both-legs` something felt left and right;
    `rise` a stream that is 3 or more above an entry of the same or the previous wall date, at a place rated in both or
    in the worst of all places.
    """
    moment = moment_of(entry)
    before = sorted((other for other in others if moment_of(other) < moment), key=moment_of)
    holds = {
        "saddle": bool(evaluate(entry["readings"])),
        "both-legs": in_both_legs(entry["readings"]),
        "weakness": newly_weak(entry["readings"], before[-1]["readings"] if before else ()),
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
    rated = [reading[stream] for stream in STREAMS if reading[stream] is not None]
    return not rated or any(rated)


def in_both_legs(readings: Readings) -> bool:
    return {"left", "right"} <= {reading["side"] for reading in readings if is_felt(reading)}


def newly_weak(readings: Readings, before: Readings) -> bool:
    was = {place_of(reading): reading["weakness"] or 0 for reading in before}
    return any((reading["weakness"] or 0) >= NOTABLE_WEAKNESS > was.get(place_of(reading), 0) for reading in readings)


def place_of(reading: Mapping[str, Any]) -> tuple[str, str]:
    return reading["region"], reading["side"]


def rose_steeply(entry: Mapping[str, Any], before: Sequence[Mapping[str, Any]]) -> bool:
    yesterday = wall_date(entry) - timedelta(days=1)
    now = heights(entry["readings"])
    for other in before:
        if wall_date(other) >= yesterday:
            then = heights(other["readings"])
            if any(height - then.get(what, height) >= STEEP_RISE for what, height in now.items()):
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
