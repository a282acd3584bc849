"""
Two programs that read a calendar, each in its own way, neither with a line of ours.

`instants_by_library` is `recurring-ical-events`, which knows the world's time zones. `instants_by_file` knows only the
zones that the file defines, repeats by dateutil, and leaves out what is not on the wall, as RFC 5545 3.3.10 says.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import icalendar
import recurring_ical_events
from dateutil import rrule


def instants_by_library(text: bytes, first: datetime, last: datetime) -> list[datetime]:
    """Of everything that begins from `first` (included) to `last`."""
    found = recurring_ical_events.of(icalendar.Calendar.from_ical(text)).between(first, last)
    starts = (event["DTSTART"].dt.astimezone(UTC) for event in found)
    return sorted(start for start in starts if first <= start < last)


def instants_by_file(text: bytes, first: datetime, last: datetime) -> list[datetime]:
    zones = zones_in(text)
    moved: dict[str, set[datetime]] = {}
    starts: list[datetime] = []
    events = events_in(text)
    for event in events:
        if "RECURRENCE-ID" in event:
            moved.setdefault(event["UID"][1], set()).add(naive(event["RECURRENCE-ID"][1]))
            starts.append(naive(event["DTSTART"][1]))
    for event in events:
        if "RECURRENCE-ID" not in event:
            zone = zones[event["DTSTART"][0].removeprefix("TZID=")]
            left_out = moved.get(event["UID"][1], set()) | walls_in(event.get("EXDATE", ("", ""))[1])
            for wall in walls_of(event, zone, last + timedelta(days=2)):
                if wall not in left_out and zone.shows(wall):
                    starts.append(wall - zone.offset(wall))
    return sorted(start for start in (one.replace(tzinfo=UTC) for one in starts) if first <= start < last)


def walls_of(event: dict[str, tuple[str, str]], zone: FileZone, last: datetime) -> list[datetime]:
    start = naive(event["DTSTART"][1])
    if "RRULE" not in event:
        return [start]
    rule, _, until = event["RRULE"][1].partition(";UNTIL=")
    walls = rrule.rrulestr(rule, dtstart=start).between(start, last.replace(tzinfo=None), inc=True)
    return [wall for wall in walls if not until or wall - zone.offset(wall) <= naive(until)]


class FileZone(NamedTuple):
    """As a file defines it: (the wall at a change, offset before, offset after), in order."""

    changes: list[tuple[datetime, timedelta, timedelta]]

    def offset(self, wall: datetime) -> timedelta:
        return [after for at, _, after in self.changes if at <= wall][-1]

    def shows(self, wall: datetime) -> bool:
        return not any(at <= wall < at + (after - before) for at, before, after in self.changes)


def zones_in(text: bytes) -> dict[str, FileZone]:
    found = {"": FileZone([(datetime.min, timedelta(), timedelta())])}
    for zone in icalendar.Calendar.from_ical(text).walk("VTIMEZONE"):
        changes = []
        for part in zone.subcomponents:
            more = part.get("RDATE", [])
            walls = [one.dt for group in (more if isinstance(more, list) else [more]) for one in group.dts]
            offsets = part["TZOFFSETFROM"].td, part["TZOFFSETTO"].td
            changes += [(wall, *offsets) for wall in [part["DTSTART"].dt, *walls]]
        found[str(zone["TZID"])] = FileZone(sorted(changes))
    return found


def walls_in(written: str) -> set[datetime]:
    return {naive(one) for one in written.split(",") if one}


def events_in(text: bytes) -> list[dict[str, tuple[str, str]]]:
    """The properties of each event but its alarm's: (parameters, value) by name."""
    found: list[dict[str, tuple[str, str]]] = []
    inside: list[str] = []
    for line in unfolded(text).splitlines():
        name, _, value = line.partition(":")
        if name == "BEGIN":
            inside.append(value)
            if value == "VEVENT":
                found.append({})
        elif name == "END":
            inside.pop()
        elif inside[-1] == "VEVENT":
            plain, _, parameters = name.partition(";")
            found[-1][plain] = (parameters, value)
    return found


def unfolded(text: bytes) -> str:
    return text.decode().replace("\r\n ", "").replace("\r\n", "\n")


def naive(written: str) -> datetime:
    return datetime.strptime(written.removesuffix("Z"), "%Y%m%dT%H%M%S")
