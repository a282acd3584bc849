"""The table of days in a printed report; of a long period weeks or months, or nobody could read it. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, cast

from sharing.rendering.wording import (
    Words,
    care_words,
    dated_words,
    day_words,
    figure,
    named,
    one_care,
    own,
    triggers_words,
    weekday_words,
)
from sharing.snapshot import Day, Snapshot

STREAMS = ("numbness", "tingling", "pain", "weakness")
# A quarter by days, two years by weeks and ten years by months are each two or three pages: what somebody reads.
DAILY_UNTIL, WEEKLY_UNTIL = 100, 2 * 366
MOST_WRITTEN, MOST_NOTES = 2, 30

# In mm; 0 takes what is left.
DATE_WIDTH, FIGURE_WIDTH = 25, 15.5


def days_table(snapshot: Snapshot, words: Words) -> dict[str, Any] | None:
    """Title, note, columns and rows; None when the report says nothing of days, or only what was noted."""
    if not shows_days(snapshot):
        return None
    days, sections = days_shown(snapshot), snapshot["sections"]
    span = span_of(days)
    before = len(snapshot["days"]) - len(days)
    groups = {"daily": by_day, "weekly": by_week, "monthly": by_month}[span](days, words)
    columns: list[tuple[str, Callable[[Sequence[Day]], str]]] = []
    if span != "daily":
        columns.append((words["days_column"], lambda group: figure(sum(1 for day in group if day["entries"]))))
    if "symptoms" in sections:
        rated = [stream for stream in STREAMS if any(rating(day, stream) is not None for day in days)]
        columns += [(words["streams"][stream], worst_of(stream, max)) for stream in rated]
        columns.append((words["sleep"], worst_of("sleep", min)))
    if "exercises" in sections:
        columns.append((words["sessions_column"], lambda group: figure(sum(day["sessions"] for day in group) or None)))
    written = " ".join(one for one in ("diary", "notes") if one in sections and (one == "diary" or span == "daily"))
    above = words["diary_columns"].get(written) if span == "daily" else words["most_column"]
    first = {"daily": "date_column", "weekly": "week_column", "monthly": "month_column"}[span]
    text = day_text if span == "daily" else most_text
    return {
        "title": words[f"{span}_title"],
        "note": " ".join(
            [
                words[f"{span}_note"],
                *([words["days_from"].format(day=day_words(days[0]["date"], words))] if before else []),
            ]
        ),
        "widths": [DATE_WIDTH, *([FIGURE_WIDTH if written else 0] * len(columns)), *([0] if written else [])],
        "aligned": ["left", *(["center"] * len(columns)), *(["left"] if written else [])],
        "head": [words[first], *(name for name, _ in columns), *([above] if written else [])],
        "rows": [
            [name, *(cell(group) for _, cell in columns), *([text(group, words)] if written else [])]
            for name, group in groups
        ],
    }


def span_of(days: Sequence[Day]) -> str:
    return "daily" if len(days) <= DAILY_UNTIL else "weekly" if len(days) <= WEEKLY_UNTIL else "monthly"


def days_shown(snapshot: Snapshot) -> Sequence[Day]:
    """From the first on that has anything. A gap after it stays."""
    days = snapshot["days"]
    first = next((n for n, day in enumerate(days) if day["entries"] or day["sessions"]), 0)
    return days[first:]


def shows_days(snapshot: Snapshot) -> bool:
    """Whether there is a table of days; notes alone are a list."""
    shown = {"symptoms", "exercises", "diary"} & set(snapshot["sections"])
    return bool(shown) and any(day["entries"] or day["sessions"] for day in snapshot["days"])


def notes_table(snapshot: Snapshot, words: Words) -> dict[str, Any] | None:
    """The newest notes, where no line of a day carries them."""
    days = snapshot["days"]
    notes = [(day["date"], note) for day in days for note in day["notes"]]
    if not notes or (shows_days(snapshot) and span_of(days_shown(snapshot)) == "daily"):
        return None
    shown = notes[-MOST_NOTES:]
    more = words["notes_newest"].format(shown=len(shown), count=len(notes)) if len(shown) < len(notes) else ""
    return {
        "title": words["sections"]["notes"],
        "note": more,
        "head": [words["date_column"], words["note_column"]],
        "rows": [[weekday_words(day, words), own(note)] for day, note in shown],
    }


def rating(day: Day, key: str) -> int | None:
    return cast(dict[str, Any], day)[key]


def worst_of(key: str, worst: Callable[[Iterable[int]], int]) -> Callable[[Sequence[Day]], str]:
    def cell(group: Sequence[Day]) -> str:
        rated = [value for day in group if (value := rating(day, key)) is not None]
        return figure(worst(rated)) if rated else ""

    return cell


Groups = list[tuple[str, Sequence[Day]]]


def by_day(days: Sequence[Day], words: Words) -> Groups:
    return [(weekday_words(day["date"], words), [day]) for day in days]


def by_week(days: Sequence[Day], words: Words) -> Groups:
    weeks = [days[start : start + 7] for start in range(0, len(days), 7)]
    return [(dated_words(week[0]["date"], words), week) for week in weeks]


def by_month(days: Sequence[Day], words: Words) -> Groups:
    months: dict[str, list[Day]] = {}
    for day in days:
        months.setdefault(day["date"][:7], []).append(day)
    return [(month_words(month, words), group) for month, group in months.items()]


def month_words(month: str, words: Words) -> str:
    first = date.fromisoformat(f"{month}-01")
    return str(words["month"]).format(month=words["short_months"][first.month - 1], year=first.year)


def day_text(group: Sequence[Day], words: Words) -> str:
    [day] = group
    triggers, care = triggers_words(day["triggers"], words), care_words(day["self_care"], words)
    parts = [
        *([words["triggers_label"].format(triggers=triggers)] if triggers else []),
        *([words["self_care_label"].format(care=care)] if care else []),
        *day["notes"],
    ]
    return own(" · ".join(parts))


def most_text(group: Sequence[Day], words: Words) -> str:
    """What stands there most often, by how many days have it."""
    triggers = Counter(named(words, "triggers", one) for day in group for one in day["triggers"])
    care = Counter(one_care(without_count(one), words) for day in group for one in day["self_care"])
    did = words["self_care_label"].format(care=most_words(care, words)) if care else ""
    return own(" · ".join(part for part in (most_words(triggers, words), did) if part))


def most_words(counted: Counter[str], words: Words) -> str:
    return ", ".join(words["times"].format(what=what, count=count) for what, count in counted.most_common(MOST_WRITTEN))


def without_count(item: str) -> str:
    """`heat`, of `heat x 2`."""
    what, _, count = item.rpartition(" x ")
    return what if what and count.isdecimal() else item
