"""
Who needs attention first, and why: what each finding weighs, and the ones that are counted from days. Pure.

The signals are those that physiotherapists name (product plan, clinical facts, 6): a sign that needs checking, a
worsening, exercise that made it worse, two missed days in a row, a silent week. Good news stands apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from exercises.adherence import Version, due_times
from exercises.painrule import risen
from sharing.vocabulary import TRIAGE
from tracker.vocabulary import LEVELS, STREAMS

SERIES_DAYS = 28
MISSED_LOOK_BACK = 14
SILENT_DAYS = 7
# Who writes once a week is silent when the second week has passed.
SILENT_DAYS_WEEKLY = 15
SESSIONS_LOOK_BACK = 7
# The share of the start, and the least points, or points alone, that count as better (product plan, clinical, 5).
BETTER_SHARE, BETTER_LEAST, BETTER_POINTS = 0.3, 1.0, 2.0
# Why a session was stopped that may say it did harm, and the rise over the rating before it that says so by itself.
HARM, HARM_RISE = ("pain", "numbness", "weakness"), 3
# Days with a rating that either half of the series must have.
HALF_NEEDS = 5
# A sign of these levels keeps its place when it was noted: who noted it has not settled it.
URGENT = ("E", "D")

GROUPS = ("attention", "acknowledged", "good-news", "quiet")


@dataclass(frozen=True)
class Reason:
    """
    One finding. `since`: the date from which it holds. `facts`: what its words are made of, JSON values by the field
    names of the API.
    """

    kind: str
    since: date
    level: str | None = None
    acknowledged: bool = False
    facts: Mapping[str, Any] | None = None

    @property
    def weight(self) -> int:
        """The less, the sooner. Of a red flag its level counts: one for the next visit waits behind all others."""
        if self.kind == "red-flag" and self.level == "N":
            return len(LEVELS) + len(TRIAGE)
        if self.kind == "red-flag":
            return LEVELS.index(self.level or "E")
        return len(LEVELS) + TRIAGE.index(self.kind)

    @property
    def rank(self) -> tuple[bool, bool, int, bool]:
        """How serious it is, comparable, the less the sooner; what was noted waits below, but for an urgent sign."""
        urgent = self.kind == "red-flag" and self.level in URGENT
        return (self.kind == "good-news", self.acknowledged and not urgent, self.weight, self.acknowledged)


def in_order(reasons: Iterable[Reason]) -> list[Reason]:
    """The most serious first, and of equals the newest."""
    return sorted(reasons, key=lambda one: (one.rank, -one.since.toordinal()))


def group_of(reasons: Sequence[Reason]) -> str:
    bad = [reason for reason in reasons if reason.kind != "good-news"]
    if not bad:
        return "good-news" if reasons else "quiet"
    return "acknowledged" if all(reason.acknowledged for reason in bad) else "attention"


def place_of(reasons: Sequence[Reason], id: str) -> tuple[int, int, str, str]:
    """Where a patient stands in the list, by `reasons` in order: of equals, who waits longest. Comparable, and JSON."""
    first = reasons[0] if reasons else None
    return (
        GROUPS.index(group_of(reasons)),
        2 * first.weight + first.acknowledged if first else 0,
        min(one.since for one in reasons if one.rank == first.rank).isoformat() if first else "",
        id,
    )


def missed_in_a_row(
    plans: Iterable[Sequence[Version]], done: frozenset[date] | set[date], first: date, today: date
) -> list[date]:
    """
    The latest days of `first` to yesterday on which something was due and nothing of it begun, two at least, newest
    first; empty as soon as something was done again. `done`: the days on which something prescribed was begun.
    """
    if today in done:
        return []
    yesterday = today - timedelta(days=1)
    days = {day for versions in plans for _, day, times in due_times(versions, first, yesterday, today, {}) if times}
    missed = []
    for day in sorted(days, reverse=True):
        if day in done:
            break
        missed.append(day)
    return missed if len(missed) >= 2 else []


def did_harm(stop_reason: str | None, hurts: Sequence[Mapping[str, Any]], ratings: Mapping[str, int | None]) -> bool:
    """
    Whether it was worse after a session, by why it was stopped, what was said in it, and its ratings (`pain_before`).

    Who began at their own limit and stopped there is not worse: a stop for pain or numbness counts unless what was said
    as it was stopped says that it had not risen. A weak leg, and symptoms further down it, count whatever the ratings
    are.
    """
    before, *later = [
        {stream: ratings[f"{stream}_{moment}"] for stream in ("pain", "numbness")}
        for moment in ("before", "after", "next_morning")
    ]
    if any(rise_of(before, then) >= HARM_RISE for then in later):
        return True
    if stop_reason not in HARM:
        return False
    if stop_reason == "weakness" or any(hurt["weakness"] or hurt["further_down"] for hurt in hurts):
        return True
    at_the_stop = hurts[-1] if hurts and hurts[-1]["verdict"] == "stop" else {}
    steady = at_the_stop.get(stop_reason) is not None and all(risen(before, hurt) is False for hurt in hurts)
    return not steady or any(risen(before, then) for then in later)


def rise_of(before: Mapping[str, int | None], then: Mapping[str, int | None]) -> int:
    """The larger one, in points, of the streams that were rated both times; 0 without any."""
    pairs = [(start, then[stream]) for stream, start in before.items()]
    return max((end - start for start, end in pairs if start is not None and end is not None), default=0)


def silent_since(last: date | None, begin: date, today: date, weekly: bool) -> date | None:
    """The last entry, or `begin` where there was none since; None while it is not too long ago."""
    since = max(last or begin, begin)
    return since if (today - since).days >= (SILENT_DAYS_WEEKLY if weekly else SILENT_DAYS) else None


def improved(days: Mapping[date, Mapping[str, int | None]], today: date) -> list[dict[str, Any]]:
    """
    The streams whose mean of the last half of the series lies clearly below that of the first, and both means.

    A mean is of the days that have a rating, `HALF_NEEDS` at least.
    """
    middle = today - timedelta(days=SERIES_DAYS // 2)
    found = []
    for stream in STREAMS:
        rated = [(day, row[stream]) for day, row in days.items() if row[stream] is not None]
        start = [value for day, value in rated if day <= middle]
        now = [value for day, value in rated if day > middle]
        if min(len(start), len(now)) < HALF_NEEDS:
            continue
        before, after = mean(start), mean(now)
        less = before - after
        if less >= BETTER_POINTS or (less >= BETTER_LEAST and less >= BETTER_SHARE * before):
            found.append({"stream": stream, "start": before, "now": after})
    return found


def mean(values: Sequence[Any]) -> float:
    return round(float(sum(values)) / len(values), 1)
