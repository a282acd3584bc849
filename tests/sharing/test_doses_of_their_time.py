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
from tests.sharing.reporting import FIRST, LAST, NOW, at, report

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


def terms(**parts):
    return {"starts_on": FIRST.isoformat(), "weekdays": WEEKDAYS, "times_a_day": 1, **parts}


def prescribed(person, on: date, seconds: int, **parts):
    with time_machine.travel(at(on)):
        return training.set_for(person, **terms(items=[training.routine_item("bridge", hold_seconds=seconds)], **parts))


def adjusted(person, plan, on: date, seconds: int, **parts):
    return prescribed(person, on, seconds, id=plan.pk, base_version=plan.version, **parts)


def done(person, on: date, seconds: int = 20, **parts):
    item = training.session_item("bridge", prescribed=training.dose(hold_seconds=seconds))
    return training.record(person, started_at=at(on, 20), ended_at=at(on, 20), items=[item], **parts)


def told(person, **more) -> str:
    (bridge,) = report(person, **more)["exercises"]
    return bridge["dose"]


def bridge_of(person) -> str:
    """Of a report with other exercises, too."""
    return next(one["dose"] for one in report(person)["exercises"] if one["exercise"] == "bridge")


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


def test_of_many_doses_the_newest_are_told_and_the_earlier_ones_counted(alice):
    plan = prescribed(alice, FIRST, 10)
    for number in range(1, 6):
        plan = adjusted(alice, plan, FIRST + timedelta(7 * number), 10 + number)
    text = told(alice)
    assert text.startswith("2 earlier doses are not listed. 16 Mar 2026 to 22 Mar 2026: Hold for 12 seconds")
    assert text.count("Hold for") == 4


def test_a_dose_that_still_holds_is_told_however_often_another_plan_changed(alice):
    prescribed(alice, FIRST, 60)
    # Of a plan for Mondays, its last Monday is six days before the end.
    prescribed(alice, FIRST, 50, weekdays=["mon"])
    plan = prescribed(alice, FIRST, 10)
    for number in range(1, 7):
        plan = adjusted(alice, plan, LAST - timedelta(6 - number), 10 + number)
    text = told(alice)
    assert "2 Mar 2026 to 12 Apr 2026: Hold for 1 minute" in text
    assert "2 Mar 2026 to 6 Apr 2026: Hold for 50 seconds" in text
    assert "12 Apr 2026: Hold for 16 seconds" in text
    assert text.startswith("5 earlier doses are not listed. ")
    assert text.count("Hold for") == 4


def test_what_was_done_by_oneself_last_is_told_though_it_was_done_first_too(alice):
    for number, seconds in enumerate((60, 10, 20, 30, 40, 60)):
        done(alice, FIRST + timedelta(number), seconds)
    text = told(alice)
    assert text.startswith("1 earlier dose is not listed. 4 Mar 2026: Hold for 20 seconds")
    assert "7 Mar 2026: Hold for 1 minute" in text


def test_a_dose_that_is_told_is_not_counted_as_one_that_is_not(alice):
    for number in range(6):
        done(alice, FIRST + timedelta(number), (20, 40)[number % 2])
    text = told(alice)
    assert text.startswith(f"Some of these held on earlier days, too. 4 Mar 2026: {BEFORE} 5 Mar 2026: {AFTER}")
    assert text.count("Hold for") == 4


def test_a_dose_is_not_told_of_the_days_on_which_the_plan_was_without_it(alice):
    plan = prescribed(alice, FIRST, 20)
    with time_machine.travel(at(date(2026, 3, 9))):
        plan = training.set_for(
            alice, id=plan.pk, base_version=plan.version, **terms(items=[training.routine_item("knee-to-chest")])
        )
    done(alice, date(2026, 3, 12), 40)
    adjusted(alice, plan, CHANGED, 20)
    assert bridge_of(alice) == (
        f"2 Mar 2026 to 8 Mar 2026: {BEFORE} 12 Mar 2026: {AFTER} 30 Mar 2026 to 12 Apr 2026: {BEFORE}"
    )


def test_a_dose_is_not_told_of_the_weeks_between_a_plan_that_ended_and_its_beginning_again(alice):
    plan = prescribed(alice, FIRST, 20, ends_on="2026-03-08")
    done(alice, date(2026, 3, 12), 40)
    adjusted(alice, plan, CHANGED, 20, starts_on=CHANGED.isoformat())
    assert told(alice) == (
        f"2 Mar 2026 to 8 Mar 2026: {BEFORE} 12 Mar 2026: {AFTER} 30 Mar 2026 to 12 Apr 2026: {BEFORE}"
    )


def test_a_plan_for_one_day_of_the_week_goes_on_over_a_change_of_something_else(alice):
    plan = prescribed(alice, FIRST, 20, weekdays=["mon"])
    plan = adjusted(alice, plan, date(2026, 3, 18), 20, weekdays=["mon"], note="Slowly")
    adjusted(alice, plan, CHANGED, 40, weekdays=["mon"])
    assert told(alice) == f"2 Mar 2026 to 23 Mar 2026: {BEFORE} 30 Mar 2026 to 6 Apr 2026: {AFTER}"


def test_own_doses_are_told_of_the_days_on_which_they_were_done(alice):
    for day, seconds in ((2, 20), (5, 20), (12, 40), (31, 20)):
        done(alice, date(2026, 3, day), seconds)
    assert told(alice) == f"2 Mar 2026 to 5 Mar 2026: {BEFORE} 12 Mar 2026: {AFTER} 31 Mar 2026: {BEFORE}"


def test_an_own_dose_from_before_a_plan_and_after_it_is_not_told_of_its_days(alice):
    prescribed(alice, FIRST, 40, starts_on="2026-03-09", ends_on="2026-03-29")
    for day in (2, 31):
        done(alice, date(2026, 3, day), 20)
    assert told(alice) == f"2 Mar 2026: {BEFORE} 9 Mar 2026 to 29 Mar 2026: {AFTER} 31 Mar 2026: {BEFORE}"


def test_while_a_plan_goes_on_it_is_its_dose_that_is_told_on_its_days_off_too(alice):
    prescribed(alice, FIRST, 20, weekdays=["mon"])
    done(alice, date(2026, 3, 11), 40)
    assert told(alice) == BEFORE


def test_what_was_only_skipped_tells_no_dose_of_its_day(alice):
    done(alice, FIRST, 20)
    left_out = training.skipped("bridge", prescribed=training.dose(hold_seconds=40))
    training.record(alice, started_at=at(CHANGED, 20), ended_at=at(CHANGED, 20), items=[left_out])
    assert told(alice) == BEFORE


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
