"""
A report out of a person's rows: what is shown is decided here, once (`sharing.snapshot`), and read in a number of
queries that does not grow with the period.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from accounts.models import User
from accounts.zones import local_date
from exercises.catalogue import in_language
from exercises.models import Exercise
from sharing.models import Report
from sharing.reporting.asking import read_request
from sharing.reporting.body import make_body
from sharing.reporting.diary import DAILY, make_changes, make_days, read_diary
from sharing.reporting.flags import asked_before, exercises_in, newest_check, read_flags, report_flag, still_to_ask
from sharing.reporting.measures import read_measures, report_activities, report_interference
from sharing.reporting.moment import one_moment
from sharing.reporting.texts import plain
from sharing.reporting.training import adherence_of, read_training, report_exercises, report_program
from sharing.snapshot import VERSION, Interference, Period, Snapshot

__all__ = ["build_report", "freeze_report"]


@one_moment()
def build_report(
    *,
    patient: User,
    first: date,
    last: date,
    sections: Sequence[str],
    question: str = "",
    language: str | None = None,
    now: datetime | None = None,
    evidence_from: date | None = None,
) -> Snapshot:
    """
    The report of `first` to `last`, both included, in `language` or else the patient's own. Writes nothing, and
    reads all of it as of one moment.

    Nothing from before `evidence_from`, the first day that its reader may see, speaks for a flag in it.

    Raises ValidationError (`from`, `to`, `sections`, `question`) for what cannot be reported: see `read_request`.
    """
    made_at = (now or timezone.now()).astimezone(ZoneInfo(patient.time_zone))
    today = local_date(made_at, patient.time_zone)
    chosen, question = read_request(first=first, last=last, sections=sections, question=question, today=today)
    spoken = language or patient.language
    symptoms, exercises = "symptoms" in chosen, "exercises" in chosen

    logged = read_diary(patient, first, last, chosen)
    training = read_training(patient, first, last, today) if exercises else None
    measures = read_measures(patient, first, last) if symptoms else []
    interference = report_interference(measures)
    flags = read_flags(patient, first, last, evidence_from) if "flags" in chosen else []
    check = newest_check(patient, first, last, spoken) if "flags" in chosen else None
    catalogue = Catalogue(exercises_in(flags) | (training.slugs if training else set()), spoken)
    count = (last - first).days + 1
    period = make_period(first, last, logged, interference)
    days = make_days(logged, training.sessions() if training else {}, first, count)

    snapshot: Snapshot = {
        "version": VERSION,
        "id": str(uuid.uuid4()),
        "made_at": made_at.isoformat(timespec="seconds"),
        "language": spoken,
        "time_zone": patient.time_zone,
        "sections": chosen,
        "patient": {"name": plain(patient.display_name), "conditions": list(patient.conditions) if exercises else []},
        "period": period,
        "question": question,
        "changes": make_changes(days, interference, period) if symptoms else [],
        "days": days if DAILY & set(chosen) else [],
        "program": report_program(training.plans.values(), first, last, today) if training else [],
        "red_flags": check,
        "flags": [report_flag(row, spoken, patient.time_zone, catalogue.name_of) for row in flags],
        "adherence": adherence_of(training) if training else None,
        "exercises": report_exercises(training, catalogue.name_of, catalogue.continuous, spoken) if training else [],
        "body": make_body(patient, period, logged) if "body" in chosen else None,
        "interference": interference,
        "activities": report_activities(measures),
    }
    if "flags" in chosen and check is None:
        snapshot.update(asked_before(patient, first, evidence_from))
    if "flags" in chosen:
        snapshot.update(still_to_ask(patient, first, last, made_at, evidence_from))
    return snapshot


def make_period(first: date, last: date, logged: Collection[date], interference: Sequence[Interference]) -> Period:
    """It begins with the first entry; without any, with the first weekly answers."""
    known = [day.isoformat() for day in logged] or [one["date"] for one in interference]
    period: Period = {
        "start": first.isoformat(),
        "end": last.isoformat(),
        "days": (last - first).days + 1,
        "logged": len(logged),
    }
    if known:
        period["begins"] = min(known)
    return period


def freeze_report(*, patient: User, first: date, last: date, sections: Sequence[str], question: str = "") -> Report:
    """The report of now, not kept yet. Raises ValidationError as `build_report` does."""
    now = timezone.now()
    snapshot = build_report(patient=patient, first=first, last=last, sections=sections, question=question, now=now)
    return Report(id=snapshot["id"], owner=patient, made_at=now, snapshot=snapshot)


class Catalogue:
    """The names of the exercises that a report has in it; of one that the catalogue lost, its slug."""

    def __init__(self, slugs: set[str], language: str) -> None:
        rows = Exercise.objects.filter(pk__in=slugs).values_list("pk", "data__text", "data__continuous")
        self.known: Mapping[str, tuple[str, Any]] = (
            {slug: (in_language(text, language)["name"], moves) for slug, text, moves in rows} if slugs else {}
        )

    def name_of(self, slug: str) -> str:
        return self.known.get(slug, (slug, False))[0]

    def continuous(self, slug: str) -> bool:
        return bool(self.known.get(slug, (slug, False))[1])
