"""The tables to tick: a column for each time that the exercises are to be done. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from math import ceil
from typing import Any

from exercises.handout.wording import Words, short_date_words
from exercises.vocabulary import WEEKDAYS

MOST_WEEKS = 4
OPEN_WEEKS = 2
"""Of a routine, of a plan without an end, and at most where one week takes several tables."""
# Beside the names: as many columns as leave room to write a 10 at ease, and as many as leave any.
EASY_COLUMNS, MOST_COLUMNS = 14, 21

RATINGS = ("table_pain_before", "table_pain_after", "table_numb_before", "table_numb_after")


def tick_tables(plan: Mapping[str, Any], rows: Sequence[str], today: date, words: Words) -> dict[str, Any]:
    """
    `plan` is a routine's body, or a prescription's. From its first week on, with dates, when it has not begun before
    `today` (the person's local date); else from a Monday, and the dates are for the pen.
    """
    days, times = plan.get("weekdays", WEEKDAYS), plan.get("times_a_day", 1)
    starts, ends = (date.fromisoformat(plan[name]) if plan.get(name) else None for name in ("starts_on", "ends_on"))
    first = first_day(starts, days) if starts else None
    lasts = weeks_of(first, ends) if first and ends else None
    most = MOST_WEEKS if len(days) * times <= MOST_COLUMNS else OPEN_WEEKS
    weeks = min(lasts or OPEN_WEEKS, most)
    monday = monday_of(first) if starts and first and starts >= today else None
    tables = [
        [column_days(week, part, monday, starts, ends, words) for week, part in spread]
        for spread in spreads(weeks, days, times)
    ]
    off = any(day["off"] for table in tables for week in table for day in week)
    goes_on = starts is not None and (lasts is None or lasts > weeks)
    hints = [words["table_hint"], *([words["table_off"]] if off else []), *([words["table_more"]] if goes_on else [])]
    return {
        "title": words["table_title"][weeks - 1],
        "hint": " ".join(hints),
        "tables": tables,
        "dated": monday is not None,
        "times": times,
        "columns": max(sum(map(len, table)) for table in tables) * times,
        "rows": list(rows),
        "ratings": [words[name] for name in RATINGS],
    }


def first_day(starts: date, days: Sequence[str]) -> date:
    """The first of the plan's weekdays from `starts` on."""
    week = (starts + timedelta(ahead) for ahead in range(len(WEEKDAYS)))
    return next(day for day in week if WEEKDAYS[day.weekday()] in days)


def monday_of(day: date) -> date:
    return day - timedelta(day.weekday())


def weeks_of(first: date, ends: date) -> int:
    """How many weeks, from Monday to Sunday, a plan takes part of."""
    return max(1, (monday_of(ends) - monday_of(first)).days // len(WEEKDAYS) + 1)


def spreads(weeks: int, days: Sequence[str], times: int) -> list[list[tuple[int, Sequence[str]]]]:
    """Which weeks, or parts of one, stand beside each other: evenly, or the last table would be a narrow one."""
    if len(days) * times > MOST_COLUMNS:
        parts = evenly(days, MOST_COLUMNS // times)
        return [[(week, part)] for week in range(weeks) for part in parts]
    numbers = evenly(range(weeks), max(1, EASY_COLUMNS // (len(days) * times)))
    return [[(week, days) for week in beside] for beside in numbers]


def evenly(things: Sequence[Any], most: int) -> list[Sequence[Any]]:
    """In as few parts as it takes with at most `most` in one."""
    size = ceil(len(things) / ceil(len(things) / most))
    return [things[start : start + size] for start in range(0, len(things), size)]


def column_days(
    week: int, days: Sequence[str], monday: date | None, starts: date | None, ends: date | None, words: Words
) -> list[dict[str, Any]]:
    found = []
    for name in days:
        day = monday + timedelta(week * len(WEEKDAYS) + WEEKDAYS.index(name)) if monday else None
        off = day is not None and not (starts or day) <= day <= (ends or day)
        label = words["short_weekdays"][name]
        found.append({"name": label, "date": short_date_words(day, words) if day else "", "off": off})
    return found
