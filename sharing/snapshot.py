"""
What a report says, frozen: the one shape that its page, PDF, FHIR bundle and CSV are rendered from. Pure.

Whatever is shown of a number is decided here, once: means are rounded to one decimal (half away from zero) when the
snapshot is made, and a renderer prints them as they stand. Ratings are 0-10; None is "not asked" or "not logged", and
stays blank: nothing is interpolated. Dates are ISO 8601, local to the patient (`time_zone`); moments carry an offset.
A section that is not in `sections` is None, or an empty list, throughout: `symptoms` has the ratings, sleep, changes
and measures, `diary` the triggers and self-care, `notes` the notes, `exercises` the program, the sessions and the
conditions that make some exercises a question. Every text is on one line, without controls.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NotRequired, TypedDict

VERSION = 1

# A 7-day mean needs this many days with a rating of those seven; else it is None.
MEAN_NEEDS_DAYS = 3
# The first and the last days of the period that "start" and "now" are the means of; of a short period each half of it.
EDGE_DAYS = 14
# They need this many days with a rating: who writes once a week has two.
EDGE_NEEDS_DAYS = 2


def edge_days(days: int) -> int:
    """How many days of a period of `days` "start" and "now" are the means of: the two never share one."""
    return min(EDGE_DAYS, days // 2)


class Patient(TypedDict):
    name: str
    conditions: list[str]


class Period(TypedDict):
    """
    Both ends included. `logged`: days with at least one entry, of `days`. `begins`: the day of the first entry, from
    which the start is counted; without any entry, of the first weekly answers.
    """

    start: str
    end: str
    days: int
    logged: int
    begins: NotRequired[str]


def edges_of(period: Period) -> tuple[date, int]:
    """The first day of the start, and how many days it and "now" have: blank days before all entries are no start."""
    begins, end = (date.fromisoformat(day) for day in (period.get("begins", period["start"]), period["end"]))
    return begins, edge_days((end - begins).days + 1)


class Interference(TypedDict):
    """Weekly, own-worded, three questions 0-10; `mean` of those answered."""

    date: str
    mean: float | None


def weekly_period(period: Period, interference: Sequence[Interference]) -> Period:
    """The period that function is told of: it begins with the first weekly answers where they came before entries."""
    begins = period.get("begins", period["start"])
    return {**period, "begins": min([begins, *(one["date"] for one in interference)])}


class Change(TypedDict):
    """
    One figure of page one: `key` is numbness, tingling, pain, weakness, function (the mean of the weekly interference,
    0-10, higher is worse) or sleep (quality, 0-10, higher is better).

    `start`, `now`: means of the first `EDGE_DAYS`, from the first entry on (of function see `weekly_period`), and of
    the last; `change` is `now - start`,
    of the rounded figures.
    `meaning` is better, worse, same or unknown: a change counts from 2 points, or from 30 % of the start and 1 point.
    """

    key: str
    start: float | None
    now: float | None
    change: float | None
    meaning: str


class Day(TypedDict):
    """
    One local date, every one of the period. Streams: the day's worst. `means`: of the seven days that end here.

    `sleep`: the worst. `triggers`, `self_care` (of `SELF_CARE`, or a medicine in the patient's words) and `notes` are
    of all entries of the day. `sessions`: how many were done. `entries` is there whatever the sections.
    """

    date: str
    entries: int
    numbness: int | None
    tingling: int | None
    pain: int | None
    weakness: int | None
    sleep: int | None
    means: dict[str, float | None]
    triggers: list[str]
    self_care: list[str]
    notes: list[str]
    sessions: int


class ProgramChange(TypedDict):
    """`what`: started, changed, ended. `by`: the physiotherapist's name, empty when the patient set it."""

    date: str
    name: str
    what: str
    by: str


class RedFlagAnswer(TypedDict):
    """The words of the question and of the answer, and the level that it came to (None: nothing to check)."""

    question: str
    text: str
    answer: str
    answer_text: str
    level: str | None


class RedFlagCheck(TypedDict):
    """
    The newest check of the period: when, and every question that was not answered "no". `asked`: how many, of the `of`
    that there are.
    """

    answered_at: str
    asked: int
    of: NotRequired[int]
    notable: list[RedFlagAnswer]


class ReportedFlag(TypedDict):
    """
    A flag that stood at some time in the period, or one of level E or D that was raised after it (`opened_on` is later
    than the end of the period) and still stands. `title` and `because` are whole sentences for the reader.
    `opened_at`: of a red flag the moment, where its reader may see that day.
    """

    id: str
    rule: str
    stream: str
    level: str
    state: str
    opened_on: str
    opened_at: NotRequired[str]
    resolved_on: str | None
    reason: str
    title: str
    because: str


class Ratings(TypedDict):
    """
    Means over the `n` sessions that have the exercise in them, done wholly or partly, and a rating before and after;
    `next_morning`: of those of them that have one.
    """

    n: int
    before: float | None
    after: float | None
    next_morning: float | None


class ReportedExercise(TypedDict):
    """
    One exercise of the period. `prescribed`: how often it was due by a prescription; `done`, `partial`, `skipped`:
    items of recorded sessions. `reasons`: why it was left out or cut short, by `exercises.vocabulary.REASONS`.
    `dose`: in words; where it changed within the period, each with the days of it (`sharing.reporting.doses`).
    """

    exercise: str
    name: str
    dose: str
    prescribed: int
    done: int
    partial: int
    skipped: int
    reasons: dict[str, int]
    pain: Ratings
    numbness: Ratings


class Adherence(TypedDict):
    """Sessions that all prescriptions asked for, carried out, begun (`exercises.adherence`); percent: whole or None."""

    prescribed: int
    carried_out: int
    begun: int
    percent: int | None
    reasons: dict[str, int]


class Place(TypedDict):
    """
    Mean ratings of a region and side over the logged days of the span. Not marked on a day it counts as 0; marked
    without a rating of this stream it does not count.
    """

    region: str
    side: str
    numbness: float | None
    pain: float | None


class BodyMaps(TypedDict):
    """`drawn`: those of the three that had logged days enough; without any mark such a one is empty."""

    start: list[Place]
    now: list[Place]
    mean: list[Place]
    drawn: NotRequired[list[str]]


class Activity(TypedDict):
    """
    A thing the patient named that is hard to do, rated 0-10 (10: as well as ever), oldest first. `meaning` of the last
    against the first: better, worse, same or unknown; one activity has changed from 3 points on (3-clinical, 5).
    """

    name: str
    ratings: list[tuple[str, int]]
    meaning: str


class AskedBefore(TypedDict, total=False):
    """
    Of a period without a check: when the warning signs were asked about last, None: never. Not there: not to be told.
    """

    red_flags_before: str | None


class Waiting(TypedDict, total=False):
    """
    Not there: no question waits. `red_flags_waiting`: the moment of the latest entry of the period that gives a reason
    to ask about signs that cannot wait, where nobody had answered when the report was made.
    """

    red_flags_waiting: str


class Snapshot(AskedBefore, Waiting):
    version: int
    id: str
    made_at: str
    language: str
    time_zone: str
    sections: list[str]
    patient: Patient
    period: Period
    question: str
    changes: list[Change]
    days: list[Day]
    program: list[ProgramChange]
    red_flags: RedFlagCheck | None
    flags: list[ReportedFlag]
    adherence: Adherence | None
    exercises: list[ReportedExercise]
    body: BodyMaps | None
    interference: list[Interference]
    activities: list[Activity]
