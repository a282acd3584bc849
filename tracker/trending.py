"""
Following a person's trends: from the diary to flags, from the earliest day that was touched.

The same flags come out in whatever order entries arrive: the detectors start again from a checkpoint before the touched
day, and all that is found from that day on replaces what was found there before. The work is that of `finding.BLOCK`
days and of those since the touched one, however long the diary.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Least
from django.utils import timezone

from accounts.models import Revision, User
from accounts.zones import local_date
from exercises.models import Session
from exercises.vocabulary import RATINGS
from tracker.finding import States, find
from tracker.flagging import hold_diary_of
from tracker.models import Flag, SymptomLog, TrendCheckpoint, TrendCourse, days_of
from tracker.settling import settle_trends
from tracker.trends import State, stream_limit
from tracker.trends.aggravated import OLD, Done, aggravations
from tracker.trends.spreading import USUAL_DAYS
from tracker.trends.state import restored

NO_STATES: States = MappingProxyType({})
# The transaction of a session may still be open when a later one is read already.
STILL_OPEN = timedelta(minutes=1)
EVER = date.min


def first_day_touched(log: SymptomLog, *, edited: bool) -> date:
    """The earliest local date that this write changes: an edit may have moved the entry from another one."""
    if not edited:
        return log.local_date
    before = Revision.objects.of(log).get(version=log.version - 1).body
    return min(log.local_date, local_date(datetime.fromisoformat(before["occurred_at"]), before["time_zone"]))


def put_off_trends(*, owner: User, from_day: date) -> None:
    """Note that days from `from_day` on wait for `refresh_trends`, in the transaction that wrote them."""
    TrendCourse.objects.get_or_create(owner=owner)
    courses = TrendCourse.objects.for_user(owner)
    if not courses.filter(pending_from=None).update(pending_from=from_day):
        courses.update(pending_from=Least("pending_from", from_day))


@transaction.atomic
def refresh_trends(*, owner: User, from_day: date | None = None, gone: str = "corrected") -> None:
    """`follow_trends`, for who does not hold the person's diary yet."""
    hold_diary_of(owner.pk)
    follow_trends(owner=owner, from_day=from_day, gone=gone)


def follow_trends(*, owner: User, from_day: date | None = None, gone: str = "corrected") -> None:
    """
    Bring the person's trend flags in line with the diary from `from_day` on, with what waits, and with sessions that
    arrived since the last time. Safe to repeat. `gone`: why a flag is resolved that would not be raised any more.

    The caller holds the person's diary (`hold_diary_of`).
    """
    course = TrendCourse.objects.get_or_create(owner=owner)[0]
    course.owner, before = owner, (course.told, course.pending_from, course.sessions_read_at)
    now = timezone.now()
    start = min((day for day in (from_day, course.pending_from) if day), default=None)
    trained = EVER if start == EVER else sessions_touched(course)
    if start is not None:
        begin, states = checkpoint_before(owner, start.toordinal())
        TrendCheckpoint.objects.bulk_create(follow_diary(course, start.toordinal(), begin, states, gone))
    if trained is not None:
        follow_sessions(course, trained.toordinal(), gone)
        course.sessions_read_at = now
    course.pending_from = None
    if (course.told, course.pending_from, course.sessions_read_at) != before:
        course.save()


@transaction.atomic
def follow_anew(*, owner_ids: Sequence[UUID]) -> None:
    """
    The trends of several people from their first entry on, each as `refresh_trends` would from `EVER`.

    Nobody else writes in these diaries meanwhile: let them be few enough for a moment.
    """
    # In one order: two that do this wait for one another. Who was erased meanwhile is not there.
    owners = list(User.objects.select_for_update(no_key=True).filter(pk__in=owner_ids).order_by("pk"))
    TrendCourse.objects.bulk_create([TrendCourse(owner=owner) for owner in owners], ignore_conflicts=True)
    courses = TrendCourse.objects.filter(owner__in=owners)
    course_of = courses.in_bulk()
    trained = set(Session.objects.filter(owner__in=owners).values_list("owner_id", flat=True).distinct())
    TrendCheckpoint.objects.filter(owner__in=owners).delete()
    now, checkpoints, first = timezone.now(), [], EVER.toordinal()
    for owner in owners:
        course = course_of[owner.pk]
        course.owner = owner
        checkpoints += follow_diary(course, first)
        if owner.pk in trained or course.told:
            follow_sessions(course, first)
    TrendCheckpoint.objects.bulk_create(checkpoints)
    courses.update(pending_from=None, sessions_read_at=now)
    courses.filter(owner__in=[id for id, course in course_of.items() if course.told]).update(told=True)


@transaction.atomic
def choose_sensitivity(*, owner: User, sensitivity: str) -> None:
    """How readily the person wants to be told (`SENSITIVITIES`); what that changes is told or taken back at once."""
    hold_diary_of(owner.pk)
    TrendCourse.objects.get_or_create(owner=owner)
    if TrendCourse.objects.for_user(owner).exclude(sensitivity=sensitivity).update(sensitivity=sensitivity):
        refresh_trends(owner=owner, from_day=EVER, gone="sensitivity")


def follow_diary(
    course: TrendCourse, start: int, begin: int = 0, states: States = NO_STATES, gone: str = "corrected"
) -> list[TrendCheckpoint]:
    """Settle what the days from `start` on say, the detectors going on at day `begin`; gives the new checkpoints."""
    days = days_of(course.owner, date.fromordinal(max(1, min(begin, start - USUAL_DAYS))))
    found, checkpoints = find(days, start, stream_limit(course.sensitivity), begin, states)
    settle_trends(course=course, start=start, found=found, days=days, gone=gone)
    return [TrendCheckpoint(owner=course.owner, day=date.fromordinal(day), states=kept) for day, kept in checkpoints]


def follow_sessions(course: TrendCourse, start: int, gone: str = "corrected") -> None:
    """Settle what the sessions from `start` on say."""
    sessions = sessions_of(course.owner, start)
    told = {("aggravated-by", ""): aggravations(sessions, start, course.sensitivity)}
    settle_trends(course=course, start=start, found=told, sessions=sessions, gone=gone)


def checkpoint_before(owner: User, start: int) -> tuple[int, dict[str, State]]:
    """The last day that needs nothing from `start` on, and the states before it. Later checkpoints are dropped."""
    kept = TrendCheckpoint.objects.for_user(owner).order_by("-day")
    newest = kept.values_list("day", "states").first()
    if newest and newest[0].toordinal() > start:
        kept.filter(day__gt=date.fromordinal(start)).delete()
        newest = kept.values_list("day", "states").first()
    if newest is None:
        return 0, {}
    day, states = newest
    return day.toordinal(), {stream: restored(state) for stream, state in states.items()}


def sessions_touched(course: TrendCourse) -> date | None:
    """The earliest date of what arrived since the sessions were last read, and of what was told from it before."""
    changed = Session.objects.for_user(course.owner)
    if course.sessions_read_at:
        changed = changed.changed_since(course.sessions_read_at - STILL_OPEN)
    dates = dict(changed.values_list("id", "local_date"))
    if not dates:
        return None
    told = Flag.objects.for_user(course.owner).filter(rule="aggravated-by") if course.told else []
    spoke = [flag for flag in told if {UUID(id) for id in sessions_named(flag.evidence)} & set(dates)]
    return min([*dates.values(), *(date.fromisoformat(flag.evidence["day"]) for flag in spoke)])


def sessions_named(evidence: dict[str, Any]) -> Iterable[str]:
    # What was told before names only those in which it rose.
    return (id for one in evidence["exercises"] for id in one.get("rated", one["sessions"]))


def sessions_of(owner: User, start: int) -> list[Done]:
    rows = Session.objects.for_user(owner).present().between(date.fromordinal(max(1, start - 2 * OLD)), None)
    rows = rows.filter(items__status__in=("done", "partial")).order_by("local_date", "started_at", "id")
    done: dict[UUID, tuple[date, set[str], dict[str, int | None]]] = {}
    for id, day, exercise, *ratings in rows.values_list("id", "local_date", "items__exercise_id", *RATINGS):
        done.setdefault(id, (day, set(), dict(zip(RATINGS, ratings, strict=True))))[1].add(exercise)
    return [Done(str(id), day.toordinal(), frozenset(names), rated) for id, (day, names, rated) in done.items()]
