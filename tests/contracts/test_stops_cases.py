"""Who prescribes is told nothing milder than the patient: the cases that `domain/stops.test.ts` runs too."""

import json
from pathlib import Path

import pytest

from exercises.loading import load_catalogue
from exercises.models import Session
from tests.exercises.factories import hurt, record, session_item

pytestmark = pytest.mark.django_db

CASES = json.loads(Path(__file__).with_name("stops_cases.json").read_text())
# What the patient is told, and what who prescribes is told of the same.
ALIKE = {"weakness": {"weakness"}, "further": {"further"}, "limits": {"pain", "numbness", "limits"}}

each = pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])


def put(owner, session):
    at = session["started_at"]
    hurts = [hurt(**{"pain": None, "at": at, **one}) for one in session["hurts"]]
    items = [session_item(**one) for one in session["items"]]
    ended = "completed" if session["stop_reason"] is None and is_done(items) else "stopped"
    parts = {"started_at": at, "ended_at": at, "items": items, "hurts": hurts}
    record(owner, **parts, ended=ended, stop_reason=session["stop_reason"])


def is_done(items):
    return all(item["status"] == "done" for item in items)


@each
def test_what_who_prescribes_is_told(alice, case):
    load_catalogue()
    for session in case["sessions"]:
        put(alice, session)
    told = {stop.exercise: stop for stop in Session.objects.for_user(alice).stops()}
    found = [(one.exercise, one.what, one.rating, one.day.isoformat(), one.eased) for one in told.values()]
    expected = [tuple(one[name] for name in ("exercise", "what", "rating", "date", "eased")) for one in shown(case)]
    assert sorted(found) == sorted(expected)


@each
def test_it_is_nothing_milder_than_what_the_patient_is_told(case):
    told = {one["exercise"]: one for one in shown(case)}
    for stop in case["patient"]:
        same = told[stop["exercise"]]
        assert same["what"] in ALIKE[stop["what"]]
        assert (same["date"], same["eased"]) == (stop["date"], stop["eased"])


def shown(case):
    return case["physiotherapist"]
