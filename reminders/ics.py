"""
A calendar in the words of RFC 5545. Pure.

What repeats is a rule on the wall of a time zone, which is defined in the same file. Where programs may read a wall
differently, because the clocks leave it out or show it twice, that one time stands there as an instant in UTC.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from reminders.vtimezone import lines_of_zone

LONGEST_LINE = 75
# Programs that go by our definition of a zone, not by their own, know its clocks for so many years from the start.
YEARS_OF_ZONE = 6
IN_UTC = "UTC"


@dataclass(frozen=True)
class Event:
    """
    One that repeats, or with an empty `rule` one that does not.

    Walls are naive, by the clocks of `zone`; instants are aware.
    """

    uid: str
    """The same for the same event for ever; what it moves to is a change of it, not another."""
    zone: str
    starts: datetime
    """A wall, which the first of them is at."""
    rule: str
    """RRULE's value."""
    without: Sequence[datetime]
    """Walls that the rule gives and on which it does not happen."""
    moved: Sequence[tuple[datetime, datetime]]
    """Walls that the rule gives, each with the instant that is meant."""
    title: str
    version: int
    changed_at: datetime


def calendar(name: str, events: Sequence[Event]) -> bytes:
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Unpinch//Reminders 2//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escaped(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
        "X-PUBLISHED-TTL:PT6H",
        *(line for zone in sorted({event.zone for event in events} - {IN_UTC}) for line in zone_of(zone, events)),
        *(line for event in events for line in lines_of(event)),
        "END:VCALENDAR",
    ]
    return b"".join(folded(line) for line in lines)


def zone_of(zone: str, events: Iterable[Event]) -> Iterator[str]:
    years = [event.starts.year for event in events if event.zone == zone]
    return lines_of_zone(zone, min(years), max(years) + YEARS_OF_ZONE)


def lines_of(event: Event) -> Iterator[str]:
    yield from component(event, [f"DTSTART{on_wall(event.zone, [event.starts])}", *repeats(event)])
    for wall, instant in event.moved:
        yield from component(event, [f"RECURRENCE-ID{on_wall(event.zone, [wall])}", f"DTSTART:{written(instant)}"])


def repeats(event: Event) -> Iterator[str]:
    if event.rule:
        yield f"RRULE:{event.rule}"
    if event.without:
        yield f"EXDATE{on_wall(event.zone, event.without)}"


def component(event: Event, when: Iterable[str]) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{event.uid}"
    yield f"DTSTAMP:{written(event.changed_at)}"
    yield f"LAST-MODIFIED:{written(event.changed_at)}"
    yield f"SEQUENCE:{event.version}"
    yield from when
    # Not an end, which the clocks might leave out.
    yield "DURATION:PT15M"
    yield f"SUMMARY:{escaped(event.title)}"
    # Nobody is busy by being reminded.
    yield "TRANSP:TRANSPARENT"
    yield "CLASS:PRIVATE"
    yield "BEGIN:VALARM"
    yield "ACTION:DISPLAY"
    yield "TRIGGER:PT0S"
    yield f"DESCRIPTION:{escaped(event.title)}"
    yield "END:VALARM"
    yield "END:VEVENT"


def on_wall(zone: str, walls: Iterable[datetime]) -> str:
    """A property's parameter and value."""
    if zone == IN_UTC:
        return ":" + ",".join(f"{wall:%Y%m%dT%H%M%SZ}" for wall in walls)
    return f";TZID={zone}:" + ",".join(f"{wall:%Y%m%dT%H%M%S}" for wall in walls)


def written(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def escaped(text: str) -> str:
    for plain, code in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r\n", "\\n"), ("\n", "\\n"), ("\r", "\\n")):
        text = text.replace(plain, code)
    return text


def folded(line: str) -> bytes:
    """In pieces of at most 75 octets, none of which ends within a character."""
    pieces: list[bytes] = []
    piece = b""
    for character in line:
        octets = character.encode()
        # What continues a line begins with a space, which counts.
        if len(piece) + len(octets) > LONGEST_LINE - (1 if pieces else 0):
            pieces.append(piece)
            piece = b""
        piece += octets
    return b"\r\n ".join([*pieces, piece]) + b"\r\n"
