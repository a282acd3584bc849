"""
Following a person's trends: from the diary to flags, from the earliest day that was touched.

The same flags come out in whatever order entries arrive: the detectors start again from a checkpoint before the touched
day, and all that is found from that day on replaces what was found there before. The work is that of `BLOCK` days and
of those since the touched one, however long the diary.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Least
from django.utils import timezone

from accounts.models import Revision, User
from accounts.zones import local_date
from exercises.models import Session
from exercises.vocabulary import RATINGS
from tracker.flagging import hold_diary_of
from tracker.models import FOLLOWED, REACH, Day, Flag, SymptomLog, TrendCheckpoint, TrendCourse, days_of
from tracker.settling import Found, settle_trends
from tracker.trends import BEGIN, State, step, stream_limit
from tracker.trends.aggravated import OLD, Done, aggravations
from tracker.trends.detector import restored
from tracker.trends.episodes import Episode
from tracker.trends.spreading import LOOK, USUAL_DAYS, spread

# A checkpoint each so many days: what one new entry may have to go through again.
BLOCK = 16
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
    """
    Bring the person's trend flags in line with the diary from `from_day` on, with what waits, and with sessions that
    arrived since the last time. Safe to repeat. `gone`: why a flag is resolved that would not be raised any more.
    """
    hold_diary_of(owner.pk)
    course = TrendCourse.objects.select_for_update().get_or_create(owner=owner)[0]
    course.owner, before = owner, (course.told, course.pending_from, course.sessions_read_at)
    now = timezone.now()
    start = min((day for day in (from_day, course.pending_from) if day), default=None)
    trained = EVER if start == EVER else sessions_touched(course)
    if start is not None:
        days, found = follow_diary(owner, start.toordinal(), stream_limit(course.sensitivity))
        settle_trends(course=course, start=start.toordinal(), found=found, days=days, gone=gone)
    if trained is not None:
        sessions = sessions_of(owner, trained.toordinal())
        told = {("aggravated-by", ""): aggravations(sessions, trained.toordinal())}
        settle_trends(course=course, start=trained.toordinal(), found=told, sessions=sessions, gone=gone)
        course.sessions_read_at = now
    course.pending_from = None
    if (course.told, course.pending_from, course.sessions_read_at) != before:
        course.save()


@transaction.atomic
def choose_sensitivity(*, owner: User, sensitivity: str) -> None:
    """How readily the person wants to be told (`SENSITIVITIES`); what that changes is told or taken back at once."""
    hold_diary_of(owner.pk)
    TrendCourse.objects.get_or_create(owner=owner)
    if TrendCourse.objects.for_user(owner).exclude(sensitivity=sensitivity).update(sensitivity=sensitivity):
        refresh_trends(owner=owner, from_day=EVER, gone="sensitivity")


def follow_diary(owner: User, start: int, limit: float) -> tuple[list[Day], Found]:
    """The days that were looked at, and what the rules find in them from `start` on."""
    begin, states = checkpoint_before(owner, start)
    days = days_of(owner, date.fromordinal(max(1, min(begin, start - USUAL_DAYS))))
    found: Found = {(rule, stream): [] for rule in ("sustained-worsening", "flare") for stream in FOLLOWED}
    checkpoints = []
    for day in days:
        if day.day < begin:
            continue
        if day.day - day.day % BLOCK > begin:
            begin = day.day - day.day % BLOCK
            checkpoints.append(TrendCheckpoint(owner=owner, day=date.fromordinal(begin), states=dict(states)))
        for stream, value in day.values.items():
            states[stream] = state = step(states.get(stream, BEGIN), day.day, value, limit)
            if day.day >= start:
                note(state, stream, found)
    TrendCheckpoint.objects.bulk_create(checkpoints)
    found["spreading", REACH] = spreads(days, start)
    return days, found


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


def note(state: State, stream: str, found: Found) -> None:
    """Write down what this very entry raised."""
    if state.raised and state.evidence:
        facts = {name: round(getattr(state.evidence, name), 2) for name in ("baseline", "recent", "above", "entries")}
        found["sustained-worsening", stream].append(Episode(state.evidence.since, state.day, facts))
    if state.flared:
        flare = state.flare
        facts = {"baseline": round(state.baseline.mean, 2), "last": flare.last, "entries": flare.entries}
        found["flare", stream].append(Episode(flare.since, state.day, facts))


def spreads(days: list[Day], start: int) -> list[Episode]:
    told, first = [], 0
    shown = [(day.day, day.places) for day in days]
    for place, (day, _) in enumerate(shown):
        if day < start:
            continue
        while shown[first][0] < day - USUAL_DAYS:
            first += 1
        spreading = spread(shown[first : place + 1])
        if spreading:
            places = [{"region": region, "side": side} for region, side in spreading.places]
            new = set(spreading.places)
            since = next(then for then, felt in shown[max(first, place + 1 - LOOK) : place + 1] if felt & new)
            told.append(Episode(since, day, {"how": spreading.how, "places": places}))
    return told


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
    return (id for one in evidence["exercises"] for id in one["sessions"])


def sessions_of(owner: User, start: int) -> list[Done]:
    rows = Session.objects.for_user(owner).present().between(date.fromordinal(max(1, start - 2 * OLD)), None)
    rows = rows.filter(items__status__in=("done", "partial")).order_by("local_date", "started_at", "id")
    done: dict[UUID, tuple[date, set[str], dict[str, int | None]]] = {}
    for id, day, exercise, *ratings in rows.values_list("id", "local_date", "items__exercise_id", *RATINGS):
        done.setdefault(id, (day, set(), dict(zip(RATINGS, ratings, strict=True))))[1].add(exercise)
    return [Done(str(id), day.toordinal(), frozenset(names), rated) for id, (day, names, rated) in done.items()]
