"""What a report says of a person's rows, and what it leaves out."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.exceptions import ValidationError

from exercises.loading import load_catalogue
from exercises.vocabulary import WEEKDAYS
from sharing.keeping import make_report
from sharing.models import Report
from sharing.vocabulary import SECTIONS
from tests.exercises import factories as training
from tests.people import make_person
from tests.sharing.reporting import FIRST, LAST, NOW, at, report
from tests.tracker.factories import answer, measure, reading, record, saddle

pytestmark = pytest.mark.django_db

TODAY = NOW.date()


@pytest.fixture
def alice(db):
    load_catalogue()
    return make_person("alice", conditions=["osteoporosis"])


def logs(person, days: int = 42, **parts):
    for number in range(days):
        day = FIRST + timedelta(number)
        record(person, occurred_at=at(day), **parts)


def day_of(snapshot, day: date):
    return next(one for one in snapshot["days"] if one["date"] == day.isoformat())


def change(snapshot, key: str):
    return next(one for one in snapshot["changes"] if one["key"] == key)


def test_every_date_has_a_row_and_only_logged_ones_have_figures(alice):
    record(alice, occurred_at=at(FIRST), readings=[reading(pain=3), reading("heel", pain=5, numbness=None)])
    record(alice, occurred_at=at(FIRST, 20), readings=[reading(pain=4)], sleep_quality=3)
    found = report(alice)
    assert len(found["days"]) == found["period"]["days"] == 42
    assert found["period"]["logged"] == 1
    one = day_of(found, FIRST)
    assert (one["entries"], one["pain"], one["numbness"], one["sleep"]) == (2, 5, 6, 3)
    other = day_of(found, FIRST + timedelta(1))
    assert (other["entries"], other["pain"], other["means"]["pain"], other["notes"]) == (0, None, None, [])


def test_seven_day_means_need_three_days_and_end_on_their_day(alice):
    for number, pain in enumerate([1, 2, None, 2]):
        record(alice, occurred_at=at(FIRST + timedelta(number)), readings=[reading(pain=pain)])
    means = [one["means"]["pain"] for one in report(alice)["days"][:11]]
    # 5 / 3 until the first has gone out of the seven days.
    assert means == [None, None, None, 1.7, 1.7, 1.7, 1.7, None, None, None, None]


def test_half_a_tenth_is_rounded_away_from_zero(alice):
    for number, pain in enumerate([1, 1, 1, 2]):
        record(alice, occurred_at=at(FIRST + timedelta(number)), readings=[reading(pain=pain)])
    assert report(alice)["days"][3]["means"]["pain"] == 1.3


def test_changes_compare_the_last_two_weeks_with_the_first(alice):
    for number in range(42):
        pain = 6 if number < 14 else 0 if number < 28 else 3
        record(
            alice,
            occurred_at=at(FIRST + timedelta(number)),
            readings=[reading(pain=pain, numbness=2, tingling=None)],
            sleep_quality=4 if number < 20 else 7,
        )
    found = report(alice)
    assert change(found, "pain") == {"key": "pain", "start": 6.0, "now": 3.0, "change": -3.0, "meaning": "better"}
    assert change(found, "numbness")["meaning"] == "same"
    assert change(found, "tingling") == {
        "key": "tingling",
        "start": None,
        "now": None,
        "change": None,
        "meaning": "unknown",
    }
    assert change(found, "sleep")["meaning"] == "better"


def test_start_and_now_of_a_short_period_share_no_day(alice):
    for number, pain in enumerate([6, 6, 9, 2, 2]):
        record(alice, occurred_at=at(FIRST + timedelta(number)), readings=[reading(pain=pain)])
    found = change(report(alice, last=FIRST + timedelta(4)), "pain")
    assert (found["start"], found["now"]) == (6.0, 2.0)


def test_one_day_is_neither_start_nor_now(alice):
    record(alice, occurred_at=at(FIRST))
    assert {one["meaning"] for one in report(alice)["changes"]} == {"unknown"}
    assert {one["meaning"] for one in report(alice, last=FIRST)["changes"]} == {"unknown"}


def test_the_start_is_counted_from_the_first_entry_and_shares_no_day_with_now(alice):
    for number, pain in zip(range(30, 42), [8, 6, 6, 6, 6, 6, 2, 2, 2, 2, 2, 4], strict=True):
        record(alice, occurred_at=at(FIRST + timedelta(number)), readings=[reading(pain=pain)])
    found = report(alice)
    assert found["period"]["begins"] == (FIRST + timedelta(30)).isoformat()
    assert (change(found, "pain")["start"], change(found, "pain")["now"]) == (6.3, 2.3)
    assert found["body"]["drawn"] == ["start", "now", "mean"]
    assert [found["body"][span][0]["pain"] for span in ("start", "now", "mean")] == [6.3, 2.3, 4.3]


def test_weekly_answers_of_before_the_first_entry_are_the_start_of_daily_life_alone(alice):
    for day, pain in ((FIRST, 8), (LAST, 2)):
        measure(alice, answered_at=at(day), interference={"pain": pain, "enjoyment": pain, "activity": pain})
    for number in range(20, 42):
        record(alice, occurred_at=at(FIRST + timedelta(number)), readings=[reading(pain=8 - number // 6)])
    found = report(alice)
    assert found["period"]["begins"] == (FIRST + timedelta(20)).isoformat()
    assert (change(found, "pain")["start"], change(found, "pain")["now"]) == (4.3, 2.5)
    assert (change(found, "function")["start"], change(found, "function")["now"]) == (8.0, 2.0)
    assert found["body"]["drawn"] == ["start", "now", "mean"]


def test_without_an_entry_the_period_begins_with_the_weekly_answers(alice):
    measure(alice, answered_at=at(FIRST + timedelta(7)))
    assert report(alice)["period"]["begins"] == (FIRST + timedelta(7)).isoformat()


def test_of_three_days_neither_start_nor_now_is_drawn(alice):
    for number in (39, 40, 41):
        record(alice, occurred_at=at(FIRST + timedelta(number)))
    found = report(alice)
    assert {one["meaning"] for one in found["changes"]} == {"unknown"}
    assert found["body"]["drawn"] == ["mean"]


def test_the_body_counts_days_without_a_mark_as_nothing_there(alice):
    for number in range(4):
        places = [reading("heel", pain=5, numbness=None)] if number == 0 else []
        record(alice, occurred_at=at(FIRST + timedelta(number)), readings=[*places, reading("knee", "right", pain=2)])
    record(alice, occurred_at=at(FIRST + timedelta(4)), readings=[saddle(pain=9)])
    body = report(alice, last=FIRST + timedelta(9))["body"]
    assert body["mean"] == [
        {"region": "knee", "side": "right", "numbness": 4.8, "pain": 1.6},
        {"region": "heel", "side": "left", "numbness": None, "pain": 1.0},
    ]
    assert body["now"] == []


def test_a_mark_that_was_not_rated_is_no_nought_on_the_body(alice):
    for number in range(6):
        pain = 8 if number < 2 else None
        record(alice, occurred_at=at(FIRST + timedelta(number)), readings=[reading("knee", pain=pain, numbness=2)])
    for number in range(6, 8):
        tingles = reading("knee", pain=None, numbness=None, tingling=3)
        record(alice, occurred_at=at(FIRST + timedelta(number)), readings=[tingles])
    record(alice, occurred_at=at(FIRST + timedelta(8)), readings=[])
    (knee,) = report(alice, last=FIRST + timedelta(9))["body"]["mean"]
    # Of three days (two with a rating, one without a mark), and of seven.
    assert (knee["pain"], knee["numbness"]) == (5.3, 1.7)


def test_what_was_prescribed_stands_beside_what_was_done(alice):
    bob = make_person("bob")
    plan = training.set_for(alice, by=alice, starts_on="2026-03-30", weekdays=["mon", "wed"], times_a_day=1)
    plan.prescribed_by = bob
    plan.save()
    for day, after in (("2026-03-30", 2), ("2026-04-01", 3)):
        training.record(
            alice,
            prescription=str(plan.pk),
            prescription_version=1,
            started_at=f"{day}T20:00:00.000+02:00",
            ended_at=f"{day}T20:10:00.000+02:00",
            items=[training.session_item("knee-to-chest"), training.skipped("bridge", "pain")],
            pain_after=after,
        )
    found = report(alice, first=date(2026, 3, 23))
    # Monday and Wednesday of two weeks; the third lies outside.
    assert found["adherence"] == {
        "prescribed": 4,
        "carried_out": 2,
        "begun": 0,
        "percent": 50,
        "reasons": {"pain": 2},
    }
    knee, bridge = found["exercises"]
    assert (knee["exercise"], knee["prescribed"], knee["done"]) == ("knee-to-chest", 4, 2)
    assert knee["pain"] == {"n": 2, "before": 4.0, "after": 2.5, "next_morning": None}
    assert (bridge["prescribed"], bridge["skipped"], bridge["reasons"]) == (4, 2, {"pain": 2})
    assert bridge["pain"]["n"] == 0
    assert knee["dose"] == "Hold for 20 seconds, 3 times, on each side."
    assert found["program"] == [{"date": "2026-03-30", "name": "Twice a day", "what": "started", "by": "Bob"}]
    assert day_of(found, date(2026, 3, 30))["sessions"] == 1


def test_measures_are_told_week_by_week_and_function_from_them(alice):
    for day, pain in ((FIRST, 6), (FIRST + timedelta(7), 5), (LAST, 2)):
        measure(alice, answered_at=at(day), interference={"pain": pain, "enjoyment": 5, "activity": None})
    for day, stairs in ((FIRST, 4), (LAST, 7)):
        measure(
            alice,
            answered_at=at(day, 9),
            activities=[{"name": "Stairs" if stairs == 4 else "stairs", "rating": stairs}],
        )
    found = report(alice)
    assert [one["mean"] for one in found["interference"]] == [5.5, 5.0, 3.5]
    assert change(found, "function") == {
        "key": "function",
        "start": 5.3,
        "now": 3.5,
        "change": -1.8,
        "meaning": "better",
    }
    (stairs,) = found["activities"]
    assert stairs == {"name": "Stairs", "ratings": [("2026-03-02", 4), ("2026-04-12", 7)], "meaning": "better"}


@pytest.mark.parametrize("section", SECTIONS)
def test_a_section_that_is_not_chosen_is_not_read(alice, section):
    record(alice, occurred_at=at(FIRST), note="Secret words", self_care=[{"kind": "heat"}])
    record(alice, occurred_at=at(FIRST + timedelta(1)))
    answer(alice)
    training.set_for(alice)
    training.record(alice)
    found = report(alice, sections=[section])
    has = {
        "symptoms": bool(found["changes"]) and any(one["pain"] is not None for one in found["days"]),
        "flags": bool(found["flags"]) and found["red_flags"] is not None,
        "exercises": bool(found["exercises"]) and found["adherence"] is not None,
        "body": found["body"] is not None,
        "diary": any(one["triggers"] or one["self_care"] for one in found["days"]),
        "notes": any(one["notes"] for one in found["days"]),
    }
    assert has == {name: name == section for name in SECTIONS}
    assert found["period"]["logged"] == 2
    assert ("Secret" in str(found)) == (section == "notes")
    assert found["patient"]["conditions"] == (["osteoporosis"] if section == "exercises" else [])


def test_a_period_without_entries_is_blank(alice):
    found = report(alice)
    assert found["period"]["logged"] == 0
    assert (found["flags"], found["exercises"], found["red_flags"]) == ([], [], None)
    assert found["body"] == {"start": [], "now": [], "mean": [], "drawn": []}
    assert "begins" not in found["period"]
    assert found["adherence"]["percent"] is None


@pytest.mark.parametrize(
    ("asked", "field", "code"),
    [
        ({"first": date(1946, 1, 1)}, "from", "too_long"),
        ({"first": LAST, "last": FIRST}, "to", "before_from"),
        ({"last": date(2026, 4, 15)}, "to", "too_late"),
        ({"sections": []}, "sections", "empty"),
        ({"sections": ["symptoms", "everything"]}, "sections", "invalid_choice"),
        ({"question": "?" * 501}, "question", "too_long"),
    ],
)
def test_what_cannot_be_reported_is_refused_by_its_field(alice, asked, field, code):
    with pytest.raises(ValidationError) as refused:
        report(alice, **asked)
    assert [(name, faults[0].code) for name, faults in refused.value.detail.items()] == [(field, code)]


def test_the_longest_period_and_the_day_that_begins_elsewhere_are_taken(alice):
    assert report(alice, first=date(1996, 6, 1))["period"]["days"] == 10908
    assert report(alice, last=date(2026, 4, 14))["period"]["end"] == "2026-04-14"


def test_nothing_written_can_turn_or_break_a_line(alice):
    alice.display_name = "Ali\u202ece\nX"
    record(alice, occurred_at=at(FIRST), note="a\u2067b\x07c\nd", triggers=["sit\tting"])
    found = report(alice, question="why\u202e?")
    one = day_of(found, FIRST)
    assert (found["patient"]["name"], found["question"]) == ("Alice X", "why?")
    assert (one["notes"], one["triggers"]) == (["ab c d"], ["sit ting"])


def test_nobody_elses_rows_are_in_it(alice):
    bob = make_person("bob")
    record(bob, occurred_at=at(FIRST), note="of Bob's")
    answer(bob)
    training.record(bob)
    found = report(alice)
    assert found["period"]["logged"] == 0
    assert (found["flags"], found["exercises"], found["red_flags"]) == ([], [], None)


def test_the_number_of_queries_does_not_grow(alice):
    plan = training.set_for(alice)
    counted = []
    for first, apart in ((date(2026, 3, 13), 1), (date(2016, 4, 13), 90)):
        for number in range(20):
            record(alice, occurred_at=at(first + timedelta(apart * number)))
        training.record(alice, prescription=str(plan.pk), prescription_version=1)
        answer(alice, {"foot-drop": "new"})
        with CaptureQueriesContext(connection) as queries:
            found = report(alice, first=first)
        assert found["period"]["logged"] >= 20
        counted.append(len(queries))
    assert counted[0] == counted[1] <= 14


def test_a_frozen_report_stays_what_it_was(alice):
    record(alice, occurred_at=at(FIRST))
    kept = make_report(patient=alice, first=FIRST, last=LAST, sections=["symptoms"], question="Why?")
    record(alice, occurred_at=at(FIRST, 20), readings=[reading(pain=10)])
    again = Report.objects.for_user(alice).get()
    assert again.snapshot == kept.snapshot
    assert (again.snapshot["id"], again.snapshot["question"]) == (str(kept.pk), "Why?")
    assert again.snapshot["days"][0]["pain"] == 4


def test_a_plan_that_was_set_minutes_ago_has_not_been_left_undone(alice):
    with time_machine.travel(NOW - timedelta(minutes=5)):
        plan = training.set_for(alice, starts_on=TODAY.isoformat())
    found = report(alice, last=TODAY)
    assert (found["adherence"]["prescribed"], found["adherence"]["percent"], found["exercises"]) == (0, None, [])
    assert [step["what"] for step in found["program"]] == ["started"]
    training.record(alice, started_at=at(TODAY, 7), ended_at=at(TODAY, 7), prescription=str(plan.pk))
    found = report(alice, last=TODAY)
    assert (found["adherence"]["prescribed"], found["adherence"]["carried_out"]) == (1, 1)
    assert [one["prescribed"] for one in found["exercises"]] == [1, 1]


def test_each_exercise_was_due_as_often_as_its_plan_when_that_changed_within_the_week(alice):
    with time_machine.travel(at(FIRST, 20)):
        plan = training.set_for(alice, starts_on=FIRST.isoformat(), weekdays=WEEKDAYS, times_a_day=1)
    with time_machine.travel(at(FIRST + timedelta(2), 20)):
        terms = {"starts_on": FIRST.isoformat(), "weekdays": WEEKDAYS, "times_a_day": 3}
        training.set_for(alice, id=plan.pk, base_version=1, **terms)
    found = report(alice, last=FIRST + timedelta(4))
    # Tuesday and Wednesday once, Thursday and Friday three times.
    assert found["adherence"]["prescribed"] == 8
    assert {one["prescribed"] for one in found["exercises"]} == {8}
