import uuid

import pytest

from exercises.models import Session
from tests.exercises.factories import dose, hurt, session_body, session_item, skipped


def with_item(**parts):
    return session_body(items=[session_item(), session_item(**parts)])


BAD = {
    "unknown exercise": (with_item(exercise="headstand"), "items.1.exercise", "unknown_exercise"),
    "61 items": (session_body(items=[session_item()] * 61), "items", "max_length"),
    "unknown status": (with_item(status="almost"), "items.1.status", "invalid_choice"),
    "unknown reason": (with_item(status="partial", reason="bored"), "items.1.reason", "invalid_choice"),
    "done, with a reason": (with_item(reason="pain"), "items.1.reason", "needless_reason"),
    "skipped without a reason, and gone through": (
        session_body(items=[session_item(), skipped(reason=None)]),
        "items.1.reason",
        "reason_required",
    ),
    "sets below 0": (with_item(sets_done=-1), "items.1.sets_done", "min_value"),
    "21 sets done": (with_item(sets_done=21), "items.1.sets_done", "max_value"),
    "held longer than a day": (with_item(seconds_held=86_401), "items.1.seconds_held", "max_value"),
    "held as text": (with_item(seconds_held="60"), "items.1.seconds_held", "invalid"),
    "prescribed no dose": (with_item(prescribed=None), "items.1.prescribed", "null"),
    "prescribed 0 sets": (with_item(prescribed=dose(sets=0)), "items.1.prescribed.sets", "min_value"),
    "prescribed unknown side": (with_item(prescribed=dose(sides="up")), "items.1.prescribed.sides", "invalid_choice"),
    "misspelt in an item": (with_item(secs=3), "items.1.secs", "unknown_field"),
    "misspelt": (session_body(pain=3), "pain", "unknown_field"),
    "completed, with a stop reason": (session_body(stop_reason="pain"), "stop_reason", "needless_reason"),
    "unknown ending": (session_body(ended="lost"), "ended", "invalid_choice"),
    "ended before it started": (session_body(ended_at="2026-03-20T22:09:59+01:00"), "ended_at", "before_start"),
    "longer than a day": (session_body(ended_at="2026-03-21T22:10:01+01:00"), "ended_at", "too_long"),
    "started in 1999": (session_body(started_at="1999-12-31T12:00:00Z"), "started_at", "too_early"),
    "three days ahead": (session_body(ended_at="2999-01-01T00:00:00Z"), "ended_at", "too_late"),
    "without an offset": (session_body(started_at="2026-03-20T22:10:00"), "started_at", "invalid_time"),
    "wrong time zone": (session_body(time_zone="Europe/Atlantis"), "time_zone", "invalid_time_zone"),
    "rating 11": (session_body(pain_before=11), "pain_before", "invalid_rating"),
    "rating 3.5": (session_body(numbness_after=3.5), "numbness_after", "invalid_rating"),
    "rating true": (session_body(pain_next_morning=True), "pain_next_morning", "invalid_rating"),
    "no id for a routine": (session_body(routine="mine"), "routine", "invalid"),
    "a long name": (session_body(routine_name="x" * 81), "routine_name", "max_length"),
    "a long note": (session_body(note="x" * 2001), "note", "max_length"),
    "an unknown form it was eased from": (with_item(eased_from="headstand"), "items.1.eased_from", "unknown_exercise"),
    "repetitions below 0": (with_item(repetitions_done=-1), "items.1.repetitions_done", "min_value"),
    "repetitions as text": (with_item(repetitions_done="3"), "items.1.repetitions_done", "invalid"),
    "a hold of an hour": (
        with_item(prescribed=dose(hold_seconds=3600)),
        "items.1.prescribed.hold_seconds",
        "max_value",
    ),
    "a tempo of minutes": (with_item(prescribed=dose(tempo="99-99-99")), "items.1.prescribed.tempo", "invalid_tempo"),
    "a tempo of 61 s": (with_item(prescribed=dose(tempo="30-1-30")), "items.1.prescribed.tempo", "invalid_tempo"),
    "a tempo of no time": (with_item(prescribed=dose(tempo="0-0-0")), "items.1.prescribed.tempo", "invalid_tempo"),
    "half a tempo": (with_item(prescribed=dose(tempo="2-0")), "items.1.prescribed.tempo", "invalid"),
    "a tempo in words": (with_item(prescribed=dose(tempo="slowly")), "items.1.prescribed.tempo", "invalid"),
    "a tempo in other digits": (with_item(prescribed=dose(tempo="\u0662-0-2")), "items.1.prescribed.tempo", "invalid"),
    "a tempo as a number": (with_item(prescribed=dose(tempo=202)), "items.1.prescribed.tempo", "invalid"),
    "a superset in a session": (with_item(superset=1), "items.1.superset", "unknown_field"),
    "a hurt of no item": (session_body(hurts=[hurt(), hurt(item=2)]), "hurts.1.item", "unknown_item"),
    "a hurt without items": (session_body(items=[], hurts=[hurt()]), "hurts.0.item", "unknown_item"),
    "a hurt before the first": (session_body(hurts=[hurt(item=-1)]), "hurts.0.item", "min_value"),
    "a hurt of 11": (session_body(hurts=[hurt(pain=11)]), "hurts.0.pain", "invalid_rating"),
    "a hurt without a time": (session_body(hurts=[hurt(at=None)]), "hurts.0.at", "null"),
    "an unknown verdict": (session_body(hurts=[hurt(verdict="harder")]), "hurts.0.verdict", "invalid_choice"),
    "101 hurts": (session_body(hurts=[hurt()] * 101), "hurts", "max_length"),
    "no id for a prescription": (session_body(prescription="mine"), "prescription", "invalid"),
    "version 0": (session_body(prescription_version=0), "prescription_version", "min_value"),
    "declined, perhaps": (session_body(next_morning_declined="perhaps"), "next_morning_declined", "invalid"),
    "a null byte": (session_body(note="a\x00b"), "note", "null_characters_not_allowed"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_session_is_refused_at_its_field_and_nothing_is_written(api, alice, name):
    body, field, code = BAD[name]
    refused = api(alice).put(f"/api/v1/sessions/{uuid.uuid4()}", body)
    assert refused.status_code == 400
    assert [(error["field"], error["code"]) for error in refused.json()["errors"]] == [(field, code)]
    assert Session.objects.count() == 0


def test_every_mistake_of_a_body_is_named_at_once(api, alice):
    body = session_body(pain_before=11, time_zone="Mars", items=[session_item(sets_done="1", status="x")])
    refused = api(alice).put(f"/api/v1/sessions/{uuid.uuid4()}", body).json()
    assert {error["field"] for error in refused["errors"]} == {
        "pain_before",
        "time_zone",
        "items.0.sets_done",
        "items.0.status",
    }


def test_a_refused_edit_leaves_the_session_as_it_was(api, alice):
    client, here = api(alice), f"/api/v1/sessions/{uuid.uuid4()}"
    taken = client.put(here, session_body()).json()
    assert client.put(here, session_body(pain_after=12, base_version=1)).status_code == 400
    assert client.get(here).json() == taken
