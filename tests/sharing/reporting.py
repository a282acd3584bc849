"""Reports of six weeks of spring, with the change of the clocks in it."""

from __future__ import annotations

from datetime import UTC, date, datetime

from sharing.reporting import build_report
from sharing.vocabulary import SECTIONS

FIRST, LAST = date(2026, 3, 2), date(2026, 4, 12)
NOW = datetime(2026, 4, 13, 6, tzinfo=UTC)


def at(day: date, hour: int = 8) -> str:
    return f"{day.isoformat()}T{hour:02}:00:00+02:00"


def report(person, first: date = FIRST, last: date = LAST, sections=SECTIONS, **more):
    return build_report(patient=person, first=first, last=last, sections=sections, now=NOW, **more)
