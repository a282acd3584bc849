"""Six weeks of a made-up patient's own rows, with everything in them that a report shows."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

from accounts.models import User
from exercises.loading import load_catalogue
from sharing.reporting import build_report
from sharing.vocabulary import SECTIONS
from tests.exercises import factories as training
from tests.tracker.factories import answer, measure, reading, record

FIRST, LAST = date(2026, 3, 2), date(2026, 4, 12)
NOW = datetime(2026, 4, 13, 6, tzinfo=UTC)


def six_weeks(owner: User) -> dict[str, Any]:
    """Their report, as the database gives it back."""
    load_catalogue()
    for number in range(42):
        if number % 9 != 8:
            diary(owner, FIRST + timedelta(number), number)
    plan = training.set_for(owner, starts_on="2026-03-04", weekdays=["mon", "wed", "sat"], times_a_day=1)
    for number in range(2, 40, 5):
        session(owner, FIRST + timedelta(number), number, str(plan.pk))
    for number, pain in ((1, 7), (15, 6), (29, 2), (40, 3)):
        measure(owner, answered_at=at(number), interference={"pain": pain, "enjoyment": 4, "activity": number % 7})
    for number in (3, 17, 31):
        stairs = {"name": "Climbing stairs", "rating": 3 + number // 10}
        measure(owner, answered_at=at(number), activities=[stairs, {"name": "Driving", "rating": 9 - number // 10}])
    answer(owner, {"foot-drop": "unsure", "saddle": "no", "bladder": "no"}, answered_at=at(38))
    built = build_report(patient=owner, first=FIRST, last=LAST, sections=SECTIONS, question="May I run?", now=NOW)
    found: dict[str, Any] = json.loads(json.dumps(built))
    return found


def at(number: int) -> str:
    return f"{FIRST + timedelta(number)}T19:00:00.000+02:00"


def diary(owner: User, day: date, number: int) -> None:
    ratings = {"numbness": 7 - number // 8, "pain": 2 + number % 4, "tingling": number % 3, "weakness": None}
    places = [reading("calf", "left", **ratings), reading("low-back", "midline", **{**ratings, "numbness": None})]
    record(
        owner,
        occurred_at=f"{day}T08:00:00+02:00",
        readings=places if number % 7 else [],
        sleep_quality=number % 11 if number % 3 else None,
        triggers=["sitting"] if number % 4 == 0 else [],
        note="A long drive" if number % 20 == 6 else "",
    )


def session(owner: User, day: date, number: int, plan: str) -> None:
    bridge = training.skipped("bridge", "pain") if number % 4 == 0 else training.session_item("bridge")
    training.record(
        owner,
        prescription=plan,
        prescription_version=1,
        started_at=f"{day}T20:00:00.000+02:00",
        ended_at=f"{day}T20:20:00.000+02:00",
        items=[training.session_item("knee-to-chest"), bridge],
        pain_before=number % 6,
        pain_after=number % 5,
        pain_next_morning=number % 4 if number % 2 else None,
        numbness_before=4,
        numbness_after=number % 7,
    )
