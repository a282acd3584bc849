"""The days of a report, and how the days at its end differ from those at its start."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from accounts.models import User
from sharing.reporting.figures import change_between, mean, mean_of, meaning_of
from sharing.reporting.texts import plain
from sharing.snapshot import (
    EDGE_NEEDS_DAYS,
    MEAN_NEEDS_DAYS,
    Change,
    Day,
    Interference,
    Period,
    edges_of,
    weekly_period,
)
from tracker.models import SymptomLog
from tracker.vocabulary import STREAMS

WINDOW = 7
RATED = [*(f"worst_{stream}" for stream in STREAMS), "sleep_quality"]
WRITTEN = {"diary": ["triggers", "self_care"], "notes": ["note"]}
# The sections that say something of each day.
DAILY = frozenset(["symptoms", "exercises", *WRITTEN])


@dataclass
class Logged:
    """What the entries of one date come to."""

    entries: int = 0
    worst: dict[str, int] = field(default_factory=dict)
    sleep: int | None = None
    triggers: dict[str, None] = field(default_factory=dict)
    self_care: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)


def read_diary(patient: User, first: date, last: date, sections: Container[str]) -> dict[date, Logged]:
    """The logged days, oldest first, in one query; of each only what `sections` show."""
    rated, written = "symptoms" in sections, written_in(sections)
    columns = [*(RATED if rated else []), *written]
    rows = SymptomLog.objects.for_user(patient).present().between(first, last)
    found: dict[date, Logged] = {}
    for day, *values in rows.order_by("local_date", "occurred_at", "id").values_list("local_date", *columns):
        logged = found.get(day)
        if logged is None:
            logged = found[day] = Logged()
        logged.entries += 1
        if rated:
            rate(logged, values[: len(STREAMS)], values[len(STREAMS)])
            values = values[len(RATED) :]
        if values:
            write(logged, dict(zip(written, values, strict=True)))
    return found


def written_in(sections: Container[str]) -> list[str]:
    return [name for section, names in WRITTEN.items() if section in sections for name in names]


def rate(logged: Logged, worst: Sequence[int | None], sleep: int | None) -> None:
    for stream, value in zip(STREAMS, worst, strict=True):
        if value is not None and value > logged.worst.get(stream, -1):
            logged.worst[stream] = value
    if sleep is not None and (logged.sleep is None or sleep < logged.sleep):
        logged.sleep = sleep


def write(logged: Logged, values: Mapping[str, Any]) -> None:
    for trigger in values.get("triggers", []):
        logged.triggers[plain(trigger)] = None
    for item in values.get("self_care", []):
        logged.self_care[care_words(item)] += 1
    if note := plain(values.get("note", "")):
        logged.notes.append(note)


def care_words(item: Mapping[str, Any]) -> str:
    """Of `tracker.vocabulary.SELF_CARE`; of a medicine its name and dose, as the patient wrote them."""
    named = plain(f"{item.get('name', '')} {item.get('dose', '')}") if item["kind"] == "medicine" else ""
    return named or item["kind"]


def make_days(logged: Mapping[date, Logged], sessions: Mapping[date, int], first: date, count: int) -> list[Day]:
    """Every date of the period. The means run on integers: a window of seven days that moves on by one."""
    blank = Logged()
    dates = [first + timedelta(n) for n in range(count)]
    means = {stream: means_of([logged.get(day, blank).worst.get(stream) for day in dates]) for stream in STREAMS}
    return [
        make_day(day, logged.get(day, blank), {stream: means[stream][n] for stream in STREAMS}, sessions.get(day, 0))
        for n, day in enumerate(dates)
    ]


def means_of(values: Sequence[int | None]) -> list[float | None]:
    """Of the seven that end at each."""
    found: list[float | None] = []
    total = known = 0
    for place, value in enumerate(values):
        if value is not None:
            total, known = total + value, known + 1
        if place >= WINDOW and (gone := values[place - WINDOW]) is not None:
            total, known = total - gone, known - 1
        found.append(mean(total, known) if known >= MEAN_NEEDS_DAYS else None)
    return found


def make_day(day: date, logged: Logged, means: dict[str, float | None], sessions: int) -> Day:
    return {
        "date": day.isoformat(),
        "entries": logged.entries,
        "numbness": logged.worst.get("numbness"),
        "tingling": logged.worst.get("tingling"),
        "pain": logged.worst.get("pain"),
        "weakness": logged.worst.get("weakness"),
        "sleep": logged.sleep,
        "means": means,
        "triggers": list(logged.triggers),
        "self_care": [name if times == 1 else f"{name} x {times}" for name, times in logged.self_care.items()],
        "notes": logged.notes,
        "sessions": sessions,
    }


def make_changes(days: Sequence[Day], interference: Sequence[Interference], period: Period) -> list[Change]:
    """Of the streams, of function and of sleep, in the order of the first page."""
    begins, edge = edges_of(period)
    blank = (begins - date.fromisoformat(period["start"])).days
    start, now = days[blank : blank + edge], days[len(days) - edge :]
    found = [
        change_of(key, *(mean_of((day[key] for day in some), EDGE_NEEDS_DAYS) for some in (start, now)))  # type: ignore[literal-required]  # a stream is a key of a day
        for key in (*STREAMS, "sleep")
    ]
    function = change_of("function", *function_edges(days, interference, period))
    return [*found[:-1], function, found[-1]]


def function_edges(days: Sequence[Day], interference: Sequence[Interference], period: Period) -> Iterator[float | None]:
    """Weekly answers may come before all entries: their start is counted from the first of either."""
    begins, edge = edges_of(weekly_period(period, interference))
    blank = (begins - date.fromisoformat(period["start"])).days
    for some in (days[blank : blank + edge], days[len(days) - edge :]):
        yield function_of(interference, some)


def function_of(interference: Sequence[Interference], days: Sequence[Day]) -> float | None:
    """The mean of the weekly means of those days; in tenths, as they are."""
    if not days:
        return None
    first, last = days[0]["date"], days[-1]["date"]
    given = [one["mean"] for one in interference if first <= one["date"] <= last]
    tenths = [round(value * 10) for value in given if value is not None]
    return mean(sum(tenths), 10 * len(tenths))


def change_of(key: str, start: float | None, now: float | None) -> Change:
    change = change_between(start, now)
    return {"key": key, "start": start, "now": now, "change": change, "meaning": meaning_of(key, start, change)}
