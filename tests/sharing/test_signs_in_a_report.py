"""What a report says of signs: which, since when, and whether anybody asked."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from exercises.loading import load_catalogue
from tests.people import make_person
from tests.sharing.reporting import report
from tests.tracker.factories import answer, reading, record, saddle
from tracker.models import Flag
from tracker.redflags import read_table
from tracker.settling_signs import settle_signs

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice(db):
    load_catalogue()
    return make_person("alice")


def test_the_newest_answers_and_the_flags_say_what_needs_checking(alice):
    answer(alice, {"foot-drop": "worse", "saddle": "no"}, answered_at="2026-03-19T08:00:00.000+01:00")
    answer(alice, {"foot-drop": "new", "saddle": "no"}, answered_at="2026-03-20T08:00:00.000+01:00")
    found = report(alice)
    assert found["red_flags"]["asked"] == 2
    assert found["red_flags"]["answered_at"] == "2026-03-20T08:00:00+01:00"
    (notable,) = found["red_flags"]["notable"]
    assert (notable["question"], notable["answer_text"], notable["level"]) == ("foot-drop", "Yes, this is new", "D")
    (flag,) = found["flags"]
    assert (flag["rule"], flag["level"], flag["opened_on"]) == ("foot-drop", "D", "2026-03-19")
    assert flag["title"] == "Needs checking: A weak foot or knee"
    assert flag["opened_at"] == "2026-03-19T08:00:00+01:00"
    assert flag["because"].startswith("20 March 2026, 08:00 (Europe/Berlin): asked “")
    assert "”, answered “Yes, this is new”. 19 March 2026, 08:00 (Europe/Berlin): answered “" in flag["because"]


def test_of_a_mark_that_needs_help_at_once_the_moment_and_the_ratings_are_told(alice):
    marked = [saddle(numbness=4, pain=0, tingling=None, weakness=None)]
    record(alice, occurred_at="2026-03-20T23:47:00+00:00", readings=marked)
    (flag,) = report(alice)["flags"]
    assert (flag["level"], flag["opened_at"]) == ("E", "2026-03-21T00:47:00+01:00")
    assert flag["because"] == (
        "21 March 2026, 00:47 (Europe/Berlin): marked in an entry: saddle area, numbness 4, pain 0."
    )


def test_when_the_questions_were_answered_last_is_known_of_a_period_without_them(alice):
    later = date(2026, 4, 1)
    assert report(alice, first=later)["red_flags_before"] is None
    # Who may not see all the days is not told that there was never one.
    assert "red_flags_before" not in report(alice, first=later, evidence_from=later)
    answer(alice, {"saddle": "no"}, answered_at="2026-03-20T08:00:00.000+01:00")
    assert report(alice, first=later)["red_flags_before"] == "2026-03-20T08:00:00+01:00"
    assert "red_flags_before" not in report(alice, first=later, evidence_from=later)
    assert "red_flags_before" not in report(alice)
    assert "red_flags_before" not in report(alice, first=later, sections=["symptoms"])


def test_an_entry_that_gives_a_reason_to_ask_waits_until_every_urgent_question_is_answered(alice):
    weak = record(alice, occurred_at="2026-04-10T08:00:00+02:00", readings=[reading(weakness=5)])
    record(alice, occurred_at="2026-04-11T08:00:00+02:00", readings=[reading(weakness=5)])
    waits = {"red_flags_waiting": "2026-04-10T08:00:00+02:00"}
    assert report(alice).items() >= waits.items()
    assert "red_flags_waiting" not in report(alice, sections=["symptoms"])
    assert "red_flags_waiting" not in report(alice, last=date(2026, 4, 9))
    urgent = {rule["id"]: "no" for rule in read_table()["rules"] if "urgent" in rule["asked"]}
    answer(alice, {"saddle": "no"}, answered_at="2026-04-10T09:00:00.000+02:00")
    answer(alice, urgent, answered_at="2026-04-09T09:00:00.000+02:00")
    assert report(alice).items() >= waits.items()
    answer(alice, urgent, answered_at="2026-04-10T07:59:00.000+02:00", entry=str(weak.pk))
    assert "red_flags_waiting" not in report(alice)


def test_what_a_reader_may_not_see_is_no_reason_to_ask(alice):
    record(alice, occurred_at="2026-04-10T08:00:00+02:00", readings=[reading(pain=1)])
    record(alice, occurred_at="2026-04-11T08:00:00+02:00", readings=[reading(pain=5)])
    later = date(2026, 4, 11)
    assert report(alice, first=later)["red_flags_waiting"] == "2026-04-11T08:00:00+02:00"
    assert "red_flags_waiting" not in report(alice, first=later, evidence_from=later)


def test_an_entry_of_long_ago_is_asked_about_no_more(alice):
    record(alice, occurred_at="2026-03-25T08:00:00+01:00", readings=[reading(weakness=5)])
    assert "red_flags_waiting" not in report(alice)


@pytest.mark.parametrize(("reason", "day"), [("recovered", "2026-03-14"), ("checked", "2026-04-11")])
def test_a_trend_is_over_on_the_day_of_the_diary_not_on_that_on_which_it_was_found_so(alice, reason, day):
    over = {"day": "2026-03-14", "reason": "recovered"}
    Flag.objects.create(
        owner=alice, rule="sustained-worsening", stream="pain", level="N", state="resolved", reason=reason,
        evidence={"since": "2026-03-05", "day": "2026-03-09", "over": over},
        opened_at=datetime(2026, 3, 5, 12, tzinfo=UTC), raised_at=datetime(2026, 4, 11, tzinfo=UTC),
        changed_at=datetime(2026, 4, 11, tzinfo=UTC), resolved_at=datetime(2026, 4, 11, tzinfo=UTC),
    )  # fmt: skip
    (flag,) = report(alice)["flags"]
    assert (flag["opened_on"], flag["resolved_on"]) == ("2026-03-05", day)
    assert bool(report(alice, first=date(2026, 4, 1))["flags"]) == (reason == "checked")


def test_flags_of_other_times_are_left_out(alice):
    answer(alice, {"foot-drop": "new"}, answered_at="2026-03-20T08:00:00.000+01:00")
    assert len(report(alice, first=date(2026, 4, 1))["flags"]) == 1
    Flag.objects.update(state="resolved", resolved_at=datetime(2026, 3, 25, tzinfo=UTC), reason="checked")
    assert report(alice, last=date(2026, 3, 19))["flags"] == []
    assert report(alice, first=date(2026, 4, 1))["flags"] == []


def taken_back(person, rule, reason="mistake"):
    settle_signs(owner=person, by=person, rules=[rule], reason=reason)


def test_what_nobody_has_to_tell_is_left_out_once_it_was_taken_back(alice):
    answers = {"self-harm": "new", "foot-drop": "new", "saddle": "no"}
    answer(alice, answers, answered_at="2026-03-20T08:00:00.000+01:00")
    found = report(alice)
    assert [flag["rule"] for flag in found["flags"]] == ["self-harm", "foot-drop"]
    assert [one["question"] for one in found["red_flags"]["notable"]] == ["self-harm", "foot-drop"]
    taken_back(alice, "self-harm")
    found = report(alice)
    assert [flag["rule"] for flag in found["flags"]] == ["foot-drop"]
    assert [one["question"] for one in found["red_flags"]["notable"]] == ["foot-drop"]
    # No "no" is made of it: it counts as not answered.
    assert found["red_flags"]["asked"] == 2
    assert "harming" not in str(found)


def test_answered_anew_it_is_told_again(alice):
    answer(alice, {"self-harm": "new"}, answered_at="2026-03-19T08:00:00.000+01:00")
    taken_back(alice, "self-harm")
    answer(alice, {"self-harm": "new"}, answered_at="2026-04-01T08:00:00.000+02:00")
    found = report(alice)
    assert [(flag["rule"], flag["state"]) for flag in found["flags"]] == [("self-harm", "open")]
    assert [one["question"] for one in found["red_flags"]["notable"]] == ["self-harm"]


@pytest.mark.parametrize(("rule", "reason"), [("self-harm", "checked"), ("saddle", "mistake")])
def test_what_was_not_taken_back_or_may_be_asked_stays_with_how_it_ended(alice, rule, reason):
    answer(alice, {rule: "new"}, answered_at="2026-03-20T08:00:00.000+01:00")
    taken_back(alice, rule, reason)
    (flag,) = report(alice)["flags"]
    assert (flag["rule"], flag["state"], flag["reason"]) == (rule, "resolved", reason)
