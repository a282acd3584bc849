"""
A calendar in the words of RFC 5545. Pure.

Every event is an instant in UTC, which calendars show by the wall of whoever looks: no rule of repetition and no
definition of a time zone that two programs might read differently.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

LONGEST_LINE = 75
LASTS = timedelta(minutes=15)


@dataclass(frozen=True)
class Event:
    uid: str
    """The same for the same event for ever; what it moves to is a change of it, not another."""
    starts_at: datetime
    title: str
    version: int
    changed_at: datetime


def calendar(name: str, events: Iterable[Event]) -> bytes:
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Unpinch//Reminders 1//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escaped(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
        "X-PUBLISHED-TTL:PT6H",
        *(line for event in events for line in lines_of(event)),
        "END:VCALENDAR",
    ]
    return b"".join(folded(line) for line in lines)


def lines_of(event: Event) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{event.uid}"
    yield f"DTSTAMP:{written(event.changed_at)}"
    yield f"LAST-MODIFIED:{written(event.changed_at)}"
    yield f"SEQUENCE:{event.version}"
    yield f"DTSTART:{written(event.starts_at)}"
    yield f"DTEND:{written(event.starts_at + LASTS)}"
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
