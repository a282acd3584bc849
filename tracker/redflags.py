"""
What an entry's readings say at once, before any trend. Pure.

Levels: E emergency now, D same day, W within days, N next visit. The app on the phone asks the same rules offline
(`static/src/lib/domain/redflags.ts`); `tests/contracts/redflag_cases.json` holds both to one answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any


def evaluate(readings: Iterable[Mapping[str, Any]]) -> list[dict[str, str]]:
    """
    Flags `{"rule", "level"}` for one entry's readings.

    A mark on the saddle area asks for a check of the cauda equina now (GIRFT national pathway), however it is rated.
    """
    if any(reading["region"] == "saddle" for reading in readings):
        return [{"rule": "saddle", "level": "E"}]
    return []
