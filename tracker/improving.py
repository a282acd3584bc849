"""What has lately become better to stay. It is told, and never a flag."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from accounts.models import User
from tracker.models import FOLLOWED, Flag, SymptomLog, days_of
from tracker.trends import follow, stream_limit
from tracker.trends.detector import REST, WORST

# Days that are looked back, and how long an improvement is news.
LOOK_BACK, NEWS = 400, 2 * REST


def improvements_of(owner: User, sensitivity: str) -> list[dict[str, Any]]:
    """By stream, the latest improvement of the last `NEWS` logged days; none where a worsening stands."""
    last = SymptomLog.objects.for_user(owner).present().order_by("-local_date").values_list("local_date").first()
    if last is None:
        return []
    today = last[0].toordinal()
    days = days_of(owner, date.fromordinal(max(1, today - LOOK_BACK)))
    worse = set(Flag.objects.for_user(owner).standing().filter(rule="sustained-worsening").values_list("stream"))
    found = []
    for stream in FOLLOWED:
        entries = [(day.day, day.values[stream]) for day in days if stream in day.values]
        told = latest(entries, stream_limit(sensitivity))
        if told and told["day"] > date.fromordinal(max(1, today - NEWS)) and (stream,) not in worse:
            found.append({"stream": stream, **told})
    return found


def latest(entries: Iterable[tuple[int, int]], limit: float) -> dict[str, Any] | None:
    """The detector of worsening, the other way up."""
    told = None
    for state in follow(((day, WORST - value) for day, value in entries), limit):
        told = state.evidence
    if told is None:
        return None
    return {
        "since": date.fromordinal(told.since),
        "day": date.fromordinal(told.day),
        "baseline": round(WORST - told.baseline, 2),
        "recent": round(WORST - told.recent, 2),
        "below": told.above,
        "entries": told.entries,
    }
