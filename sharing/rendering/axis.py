"""The days that a chart's axis names: days, months or years, as many as there is room for. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from sharing.rendering.wording import Words, short_day_words

# A label (`27 Sep`, `Sep`, `2026`) and the space beside it, in units of the drawing.
DAY_ROOM, MONTH_ROOM = 52.0, 36.0
MOST_DAYS, MOST_MONTHS = 100, 900
DAY_STEPS = (1, 2, 7, 14, 28, 56)
MONTH_STEPS = (1, 2, 3, 6, 12)


def ticks_of(first: date, days: int, *, room: float, words: Words) -> Iterator[tuple[int, str]]:
    """The number of the day (0 is `first`) and its label, for an axis of `room` units over `days` days."""
    if days <= MOST_DAYS:
        fits = room / DAY_ROOM
        step = next((step for step in DAY_STEPS if days / step <= fits), DAY_STEPS[-1])
        for number in range(0, days, step):
            yield number, short_day_words((first + timedelta(number)).isoformat(), words)
    else:
        yield from months_of(first, days, room, words)


def months_of(first: date, days: int, room: float, words: Words) -> Iterator[tuple[int, str]]:
    """Firsts of months; those of January, and all when the years are many, by their year."""
    fits = room / MONTH_ROOM
    months = days / 30.4
    step = next((step for step in MONTH_STEPS if months / step <= fits), 12 * -(-int(months / 12) // int(max(fits, 1))))
    year, month = first.year, first.month
    while (number := (date(year, month, 1) - first).days) < days:
        # Counted from the year 0, so that every second one is an even one.
        if number >= 0 and (year * 12 + month - 1) % step == 0:
            yield number, str(year) if month == 1 else words["short_months"][month - 1]
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
        if year > date.max.year:
            return
