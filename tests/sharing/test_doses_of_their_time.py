"""A report tells the dose that was prescribed at the time, whatever was prescribed since."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client

from exercises.loading import load_catalogue
from exercises.vocabulary import WEEKDAYS
from sharing.rendering.fhir import report_bundle
from sharing.rendering.pdf import report_pdf
from sharing.rendering.table import MARK, report_csv
from tests.exercises import factories as training
from tests.pdfs import words_in
from tests.people import make_person
from tests.sharing.factories import lent
from tests.sharing.fhir_reading import of
from tests.sharing.reporting import FIRST, NOW, at, report

pytestmark = pytest.mark.django_db

TODAY = NOW.date()
CHANGED = date(2026, 3, 30)
BEFORE = "Hold for 20 seconds, 3 times, on each side."
AFTER = "Hold for 40 seconds, 3 times, on each side."
BOTH = f"2 Mar 2026 to 29 Mar 2026: {BEFORE} 30 Mar 2026 to 12 Apr 2026: {AFTER}"


@pytest.fixture
def alice(db):
    load_catalogue()
    return make_person("alice")


def prescribed(person, on: date, seconds: int, **parts):
    with time_machine.travel(at(on)):
        items = [training.routine_item("bridge", hold_seconds=seconds)]
        terms = {"starts_on": FIRST.isoformat(), "weekdays": WEEKDAYS, "times_a_day": 1, "items": items}
        return training.set_for(person, **{**terms, **parts})


def adjusted(person, plan, on: date, seconds: int, **parts):
    return prescribed(person, on, seconds, id=plan.pk, base_version=plan.version, **parts)


def done(person, on: date, seconds: int = 20, **parts):
    item = training.session_item("bridge", prescribed=training.dose(hold_seconds=seconds))
    return training.record(person, started_at=at(on, 20), ended_at=at(on, 20), items=[item], **parts)


def told(person, **more) -> str:
    (bridge,) = report(person, **more)["exercises"]
    return bridge["dose"]


def test_a_dose_that_changed_within_the_period_is_told_with_the_days_of_each(alice):
    plan = prescribed(alice, FIRST, 20)
    adjusted(alice, plan, CHANGED, 40)
    assert told(alice) == BOTH
    assert told(alice, last=CHANGED - timedelta(1)) == BEFORE
    assert told(alice, first=CHANGED) == AFTER


def test_a_dose_of_this_evening_does_not_speak_for_the_weeks_before(alice):
    plan = prescribed(alice, FIRST, 20)
    for number in range(10):
        done(alice, FIRST + timedelta(number), prescription=str(plan.pk), prescription_version=1)
    adjusted(alice, plan, TODAY, 40)
    assert told(alice, last=TODAY) == f"2 Mar 2026 to 12 Apr 2026: {BEFORE} 13 Apr 2026: {AFTER}"
    # What is still to come is not told.
    assert told(alice) == BEFORE


def test_what_was_done_before_there_was_a_plan_keeps_its_own_dose(alice):
    for number in (0, 3):
        done(alice, FIRST + timedelta(number), 10)
    prescribed(alice, CHANGED, 40, starts_on=CHANGED.isoformat())
    own = "Hold for 10 seconds, 3 times, on each side."
    assert told(alice) == f"2 Mar 2026 to 5 Mar 2026: {own} 30 Mar 2026 to 12 Apr 2026: {AFTER}"


def test_a_change_that_leaves_the_dose_as_it_was_splits_nothing(alice):
    plan = prescribed(alice, FIRST, 20)
    adjusted(alice, plan, CHANGED, 20, note="Slowly", times_a_day=2)
    assert told(alice) == BEFORE


def test_a_dose_that_came_back_is_told_again(alice):
    plan = prescribed(alice, FIRST, 20)
    plan = adjusted(alice, plan, date(2026, 3, 9), 40)
    adjusted(alice, plan, CHANGED, 20)
    assert told(alice) == (
        f"2 Mar 2026 to 8 Mar 2026: {BEFORE} 9 Mar 2026 to 29 Mar 2026: {AFTER} 30 Mar 2026 to 12 Apr 2026: {BEFORE}"
    )


def test_of_many_doses_the_newest_are_told_and_the_others_counted(alice):
    plan = prescribed(alice, FIRST, 10)
    for number in range(1, 6):
        plan = adjusted(alice, plan, FIRST + timedelta(7 * number), 10 + number)
    text = told(alice)
    assert text.startswith("2 other doses before. 16 Mar 2026 to 22 Mar 2026: Hold for 12 seconds")
    assert text.count("Hold for") == 4


def test_page_pdf_fhir_and_table_tell_the_same_doses(alice):
    adjusted(alice, prescribed(alice, FIRST, 20), CHANGED, 40)
    found = report(alice)
    _, token = lent(alice, snapshot=found)
    page = Client().post(f"/r/{token}", follow=True).content.decode()
    assert BOTH in page
    assert BOTH in {cell for row in csv.reader(io.StringIO(report_csv(found).removeprefix(MARK))) for cell in row}
    requests = of(report_bundle(found), "ServiceRequest")
    assert [one["patientInstruction"] for one in requests] == [BOTH]
    assert BOTH in words_in(report_pdf(found))
