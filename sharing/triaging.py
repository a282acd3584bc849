"""The list of those whom a physiotherapist looks after: who needs attention first, and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import CharField, Count, Exists, F, Max, Min, OuterRef, Q, Subquery
from django.db.models.functions import Cast
from django.utils import timezone

from accounts.models import User
from accounts.zones import local_date
from exercises.adherence import Version
from exercises.models import Prescription, Session, SessionItem, versions_of_each
from exercises.vocabulary import RATINGS
from sharing.care import Care
from sharing.models import Acknowledgement, CareLink, Message
from sharing.urgency import (
    HARM,
    HARM_RISE,
    MISSED_LOOK_BACK,
    SERIES_DAYS,
    SESSIONS_LOOK_BACK,
    Reason,
    did_harm,
    group_of,
    improved,
    in_order,
    missed_in_a_row,
    place_of,
    silent_since,
)
from tracker.models import Flag, SymptomLog
from tracker.vocabulary import STREAMS

WORSENING = ("sustained-worsening", "spreading", "flare")

DayValues = dict[date, dict[str, int | None]]


@dataclass
class Triaged:
    """One patient: the reasons in their order, and what a line of the list shows."""

    care: Care
    reasons: list[Reason] = field(default_factory=list)
    unread: int = 0
    last_entry: date | None = None
    series: DayValues = field(default_factory=dict)

    @property
    def group(self) -> str:
        return group_of(self.reasons)

    @property
    def place(self) -> tuple[int, int, str, str]:
        return place_of(self.reasons, str(self.care.link.pk))


@dataclass
class Found:
    """What the database holds of all patients, by the owner's id; `noted`: by the flag's."""

    flags: dict[UUID, list[Flag]]
    noted: dict[UUID, Acknowledgement]
    unread: dict[UUID, tuple[int, date]]
    last: dict[UUID, date]
    series: dict[UUID, DayValues]
    plans: dict[UUID, list[Sequence[Version]]]
    done: dict[UUID, set[date]]
    harmed: dict[UUID, list[date]]


def triage(cared: Sequence[Care]) -> list[Triaged]:
    """Who needs attention first; the same few queries however many they are. Each sees what the link shows."""
    found = look_up(cared)
    return sorted((triaged(care, found) for care in cared), key=lambda one: one.place)


def look_up(cared: Sequence[Care]) -> Found:
    people = {care.link.owner_id: care.patient for care in cared}
    owners = list(people)
    # A day more than the widest window, for whoever lives where it is yesterday.
    yesterday = timezone.now().date() - timedelta(days=1)
    begin = yesterday - timedelta(days=SERIES_DAYS)
    plans, done = plans_and_done(people, yesterday - timedelta(days=MISSED_LOOK_BACK))
    return Found(
        flags=grouped(Flag.objects.filter(owner__in=owners).standing(), "owner_id"),
        noted=noted_over([care.link for care in cared]),
        unread=unread_of(cared),
        last=last_entries(owners),
        series=series_of(owners, begin),
        plans=plans,
        done=done,
        harmed=harmed_by_sessions(owners, yesterday - timedelta(days=SESSIONS_LOOK_BACK)),
    )


def triaged(care: Care, found: Found) -> Triaged:
    owner, link = care.link.owner_id, care.link
    today = care.today
    first = care.from_day(today - timedelta(days=SERIES_DAYS - 1)) or today
    series = {day: row for day, row in found.series.get(owner, {}).items() if first <= day <= today}
    last = found.last.get(owner) if care.sections else None
    if last and link.sees_from and last < link.sees_from:
        last = None
    one = Triaged(care, unread=found.unread.get(link.pk, (0, today))[0], last_entry=last)
    reasons: list[Reason] = []
    if link.shows("flags"):
        reasons += [reason for flag in found.flags.get(owner, []) if (reason := of_flag(care, flag, found.noted))]
    if link.shows("exercises"):
        reasons += of_exercise(care, found, today)
    if link.shows("symptoms"):
        one.series = series
        # Whoever sees no flags cannot tell whether the news is good.
        worse = not link.shows("flags") or any(reason.kind == "worsening" for reason in reasons)
        better = [] if worse else improved(series, today)
        reasons += [Reason("good-news", today, facts=facts) for facts in better[:1]]
    if care.sections:
        reasons += of_silence(care, last, today)
    if one.unread:
        reasons.append(Reason("message", found.unread[link.pk][1], facts={"count": one.unread}))
    one.reasons = in_order(reasons)
    return one


def open_signs(care: Care) -> list[Reason]:
    """The signs that stand and need checking at once (level E), as in the list; none where the link shows no flags."""
    if not care.link.shows("flags"):
        return []
    flags = Flag.objects.for_user(care.patient).standing().filter(level="E")
    noted = noted_over([care.link])
    return in_order([reason for flag in flags if (reason := of_flag(care, flag, noted))])


def of_flag(care: Care, flag: Flag, noted: Mapping[UUID, Acknowledgement]) -> Reason | None:
    if "signs" in flag.evidence:
        kind = "red-flag"
    elif flag.rule in WORSENING:
        kind = "worsening"
    else:
        kind = "made-worse"
    since = local_date(flag.opened_at, care.patient.time_zone)
    return Reason(
        kind,
        max(day for day in (since, care.link.sees_from) if day),
        level=flag.level,
        acknowledged=flag.pk in noted,
        facts={
            "flag": str(flag.pk),
            "rule": flag.rule,
            "stream": flag.stream or None,
            "noted": noted_as_fact(care, noted.get(flag.pk)),
        },
    )


def noted_as_fact(care: Care, one: Acknowledgement | None) -> dict[str, Any] | None:
    if one is None:
        return None
    by = one.by.display_name if one.by else None
    return {"at": one.at.isoformat(), "by": by, "by_you": one.by_id == care.reader.pk}


def of_exercise(care: Care, found: Found, today: date) -> Iterable[Reason]:
    owner = care.link.owner_id
    harmed = shown(care, found.harmed.get(owner, []), today - timedelta(days=SESSIONS_LOOK_BACK - 1))
    if harmed:
        yield Reason("made-worse", min(harmed), facts={"rule": "session", **days_as_facts(harmed)})
    first = care.from_day(today - timedelta(days=MISSED_LOOK_BACK)) or today
    missed = missed_in_a_row(found.plans.get(owner, []), found.done.get(owner, set()), first, today)
    if missed:
        yield Reason("two-missed", missed[-1], facts=days_as_facts(missed))


def of_silence(care: Care, last: date | None, today: date) -> Iterable[Reason]:
    accepted = care.link.accepted_at
    begin = local_date(accepted, care.patient.time_zone) if accepted else today
    # The past was given: how long it has been silent is part of it.
    begin = care.link.sees_from or (min(begin, last) if last else begin)
    since = silent_since(last, begin, today, care.patient.weekly_mode)
    if since:
        yield Reason("silent-week", since, facts={"count": (today - since).days})


def days_as_facts(days: Sequence[date]) -> dict[str, Any]:
    return {"count": len(days), "days": [day.isoformat() for day in sorted(days)]}


def shown(care: Care, days: Iterable[date], first: date) -> list[date]:
    begin = care.from_day(first) or first
    return [day for day in days if day >= begin]


def grouped(rows: Iterable[Any], key: str) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = defaultdict(list)
    for row in rows:
        found[getattr(row, key)].append(row)
    return found


def noted_over(links: Sequence[CareLink]) -> dict[UUID, Acknowledgement]:
    """
    By flag that was noted over these links and is not worse since, the latest: what another physiotherapist noted is
    theirs.
    """
    rows = Acknowledgement.objects.filter(link__in=links).exclude(flag__state="resolved").holding()
    return {one.flag_id: one for one in rows.select_related("by").order_by("at", "id")}


def unread_of(cared: Sequence[Care]) -> dict[UUID, tuple[int, date]]:
    """By link: how many to its physiotherapist wait, and since which date of the patient's; for a stand-in too."""
    if not cared:
        return {}
    zones = {care.link.pk: care.patient.time_zone for care in cared}
    waiting = Message.objects.filter(link__in=zones, recipient=F("link__physiotherapist"), read_at=None)
    rows = waiting.order_by().values("link").annotate(Count("id"), Min("created_at"))
    return {row["link"]: (row["id__count"], local_date(row["created_at__min"], zones[row["link"]])) for row in rows}


def last_entries(owners: Sequence[UUID]) -> dict[UUID, date]:
    newest = SymptomLog.objects.filter(owner=OuterRef("pk")).present().order_by("-local_date").values("local_date")
    rows = User.objects.filter(pk__in=owners).annotate(last=Subquery(newest[:1]))
    return dict(rows.filter(last__isnull=False).values_list("pk", "last"))


def series_of(owners: Sequence[UUID], begin: date) -> dict[UUID, DayValues]:
    """By owner: the worst of each logged day."""
    found: dict[str, DayValues] = defaultdict(dict)
    worst = [Max(f"worst_{stream}") for stream in STREAMS]
    logs = SymptomLog.objects.filter(owner__in=owners, local_date__gte=begin).present().order_by()
    # As text: thousands of rows repeat a few hundred ids, and making each of them anew takes half of the time.
    rows: Any = logs.values_list(Cast("owner_id", CharField()), Cast("local_date", CharField())).annotate(*worst)
    for owner, day, *values in rows:
        found[owner][date.fromisoformat(day)] = dict(zip(STREAMS, values, strict=True))
    return {UUID(owner): days for owner, days in found.items()}


def plans_and_done(
    people: dict[UUID, User], begin: date
) -> tuple[dict[UUID, list[Sequence[Version]]], dict[UUID, set[date]]]:
    """By owner: every prescription's versions, and the days on which one of them was begun."""
    rows = Prescription.objects.filter(owner__in=list(people)).present()
    prescriptions = list(rows.filter(Q(ends_on=None) | Q(ends_on__gte=begin)))
    for one in prescriptions:
        one.owner = people[one.owner_id]
    versions = versions_of_each(prescriptions)
    plans: dict[UUID, list[Sequence[Version]]] = defaultdict(list)
    for one in prescriptions:
        plans[one.owner_id].append(versions[one.pk])
    begun = SessionItem.objects.filter(session=OuterRef("pk"), status__in=("done", "partial"))
    sessions = Session.objects.filter(owner__in=list(people), local_date__gte=begin).present()
    done: dict[UUID, set[date]] = defaultdict(set)
    known = sessions.filter(Exists(begun), prescription__in=list(versions))
    for owner, day in known.values_list("owner_id", "local_date"):
        done[owner].add(day)
    return plans, done


def harmed_by_sessions(owners: Sequence[UUID], begin: date) -> dict[UUID, list[date]]:
    """By owner: the days of sessions that were stopped for it, or after which it was clearly worse."""
    rose = [
        Q(**{f"{stream}_{then}__gte": F(f"{stream}_before") + HARM_RISE})
        for stream in ("pain", "numbness")
        for then in ("after", "next_morning")
    ]
    harm = Q(*rose, Q(stop_reason__in=HARM), _connector=Q.OR)
    rows = Session.objects.filter(harm, owner__in=owners, local_date__gte=begin).present()
    found: dict[UUID, list[date]] = defaultdict(list)
    for owner, day, reason, hurts, *ratings in rows.values_list(
        "owner_id", "local_date", "stop_reason", "hurts", *RATINGS
    ):
        if did_harm(reason, hurts, dict(zip(RATINGS, ratings, strict=True))):
            found[owner].append(day)
    return found
