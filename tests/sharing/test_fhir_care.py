"""Answers, flags, plan and exercises of a report, as FHIR has them."""

from __future__ import annotations

from sharing.rendering.fhir import report_bundle
from tests.sharing.fhir_reading import codes, components, of
from tests.sharing.fhir_validators import faults
from tests.sharing.snapshots import example

NOTHING = {"n": 0, "before": None, "after": None, "next_morning": None}


def test_exercises_tell_prescribed_against_done_why_not_and_how_it_felt():
    snapshot = example()
    bundle = report_bundle(snapshot)
    (bridge,) = of(bundle, "Observation", "bridge")

    assert components(bridge) == {
        "times-prescribed": 54,
        "times-done": 39,
        "times-partly-done": 4,
        "times-skipped": 6,
        "reason-pain": 3,
        "reason-no-time": 3,
        "pain-sessions": 30,
        "pain-before": 4.2,
        "pain-after": 3.6,
        "pain-next-morning": 4.0,
        "numbness-sessions": 28,
        "numbness-before": 5.1,
        "numbness-after": 5.0,
        "numbness-next-morning": 4.4,
    }
    (request,) = [one for one in of(bundle, "ServiceRequest") if codes(one["code"]) == ["bridge"]]
    assert bridge["basedOn"] == [{"reference": f"urn:uuid:{request['id']}"}]
    assert request["patientInstruction"] == "Hold for 5 seconds, 10 times."
    (adherence,) = of(bundle, "Observation", "adherence")
    assert components(adherence) == {
        "sessions-prescribed": 54,
        "sessions-carried-out": 41,
        "sessions-begun": 4,
        "sessions-percent": 76,
        "reason-pain": 3,
        "reason-no-time": 5,
    }


def test_an_exercise_that_nobody_prescribed_is_based_on_nothing():
    own = {**example()["exercises"][0], "prescribed": 0, "pain": NOTHING, "numbness": NOTHING}
    bundle = report_bundle(example(exercises=[own], program=[]))

    assert faults(bundle) == {}
    assert not of(bundle, "ServiceRequest")
    assert not of(bundle, "CarePlan")
    assert "basedOn" not in of(bundle, "Observation", "bridge")[0]


def test_the_answers_are_told_by_the_clock_of_the_report_and_its_name():
    check = {**example()["red_flags"], "answered_at": "2026-10-30T23:02:00+09:00"}
    bundle = report_bundle(example(red_flags=check))
    (answers,) = (one for one in of(bundle, "QuestionnaireResponse") if "_authored" in one)

    assert faults(bundle) == {}
    assert answers["authored"] == "2026-10-30T15:02:00+01:00"
    assert [one["valueCode"] for one in answers["_authored"]["extension"]] == ["Europe/Berlin"]


def test_the_plan_tells_its_changes_and_is_over_when_all_of_it_ended():
    (plan,) = of(report_bundle(example()), "CarePlan")
    assert plan["note"][0] == {
        "authorString": "Bob Physio",
        "time": "2026-09-10",
        "text": "First weeks: started by Bob Physio",
    }
    assert plan["status"] == "active"

    ended = [{"date": "2026-10-01", "name": "First weeks", "what": "ended", "by": ""}]
    (plan,) = of(report_bundle(example(program=ended)), "CarePlan")
    assert plan["status"] == "completed"


def test_red_flag_answers_and_measures_are_answers_to_questions():
    flags, *measures = of(report_bundle(example()), "QuestionnaireResponse")

    asked, foot_drop = flags["item"]
    assert asked["answer"] == [{"valueInteger": 31}]
    assert foot_drop["answer"][0]["valueCoding"]["code"] == "new"
    assert foot_drop["answer"][0]["item"][0]["answer"][0]["valueCoding"]["code"] == "D"
    assert [one["item"][0]["answer"][0] for one in measures] == [
        *({"valueDecimal": mean} for mean in (5.3, 4.7, 4.0)),
        *({"valueInteger": rating} for rating in (4, 7)),
    ]


def test_an_activity_tells_what_its_last_rating_means():
    (stairs,) = of(report_bundle(example()), "Observation", "activity")

    assert stairs["code"]["text"] == "Climbing stairs"
    assert (stairs["effectiveDateTime"], stairs["valueQuantity"]["value"]) == ("2026-10-25", 7)
    assert stairs["interpretation"][0]["text"] == "Better"


def test_flags_tell_level_state_and_why():
    resolved = {**example()["flags"][0], "state": "resolved", "resolved_on": "2026-10-30", "reason": "checked"}
    standing, gone = (
        of(report_bundle(example(flags=[flag])), "DetectedIssue")[0] for flag in (example()["flags"][0], resolved)
    )

    assert [one["valueCoding"]["code"] for one in standing["extension"]] == ["W", "open"]
    assert standing["severity"] == "moderate"
    assert standing["detail"] == "Usual before: 2. Lately: 4 to 5, on 9 of 11 days."
    assert "mitigation" not in standing
    assert gone["mitigation"] == [{"action": gone["mitigation"][0]["action"], "date": "2026-10-30"}]
