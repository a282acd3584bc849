"""Measures: taken, corrected, deleted and refused."""

from __future__ import annotations

import uuid

import pytest

from tests.tracker.factories import measure_body
from tracker.models import Measure

STAIRS, DRIVING = {"name": "Climbing stairs", "rating": 4}, {"name": "Driving", "rating": 10}


def address(id=None):
    return f"/api/v1/measures/{id or uuid.uuid4()}"


@pytest.mark.parametrize("parts", [{}, {"activities": [STAIRS, DRIVING]}])
def test_a_measure_is_taken_as_it_was_sent(api, alice, parts):
    id, body = uuid.uuid4(), measure_body(**parts)
    taken = api(alice).put(address(id), body)
    assert taken.status_code == 201
    found = taken.json()
    assert {name: found[name] for name in body} == body
    assert (found["id"], found["version"], found["local_date"]) == (str(id), 1, "2026-03-20")
    assert api(alice).get(address(id)).json() == found
    assert api(alice).get("/api/v1/measures?from=2026-03-20&to=2026-03-20").json()["results"] == [found]
    assert api(alice).get("/api/v1/measures?from=2026-03-21").json()["results"] == []


def test_what_is_left_out_was_not_answered(api, alice):
    body = {
        "kind": "interference",
        "answered_at": "2026-03-20T08:00:00Z",
        "time_zone": "Europe/Berlin",
        "interference": {"pain": 0},
    }
    found = api(alice).put(address(), body).json()
    assert (found["interference"], found["activities"]) == ({"pain": 0, "enjoyment": None, "activity": None}, [])


def test_the_same_again_is_200_and_one_row(api, alice):
    client, here = api(alice), address()
    first = client.put(here, measure_body())
    again = client.put(here, measure_body())
    assert (again.status_code, again.json()) == (200, first.json())
    assert Measure.objects.count() == 1
    assert client.put(here, measure_body(activities=[STAIRS])).status_code == 409


def test_a_correction_and_a_deletion_stay_in_the_history(api, alice):
    client, here = api(alice), address()
    client.put(here, measure_body(activities=[STAIRS]))
    client.put(here, measure_body(activities=[DRIVING], base_version=1))
    assert client.delete(f"{here}?base_version=2").status_code == 204
    assert client.get(here).status_code == 404
    versions = client.get(f"{here}/history").json()["results"]
    assert [one["deleted"] for one in versions] == [True, False, False]
    assert [one["body"]["activities"] for one in versions[1:]] == [[DRIVING], [STAIRS]]


def test_of_two_devices_one_moves_the_time_and_the_other_corrects_the_answer(api, alice):
    client, here = api(alice), address()
    client.put(here, measure_body())
    client.put(here, measure_body(answered_at="2026-03-19T19:00:00.000+01:00", base_version=1))
    changed = {"pain": 9, "enjoyment": None, "activity": 2}
    merged = client.put(here, measure_body(interference=changed, base_version=1)).json()
    assert (merged["local_date"], merged["interference"], merged["overwritten"]) == ("2026-03-19", changed, [])


@pytest.mark.parametrize(
    ("parts", "field", "code"),
    [
        ({"kind": "oswestry"}, "kind", "invalid_choice"),
        ({"kind": "activities"}, "interference", "other_kind"),
        ({"interference": None}, "interference", "required"),
        ({"interference": {"pain": None}}, "interference", "empty"),
        ({"interference": {"pain": 11}}, "interference.pain", "invalid_rating"),
        ({"interference": {"pain": 4.0}}, "interference.pain", "invalid_rating"),
        ({"interference": {"mood": 4}}, "interference.mood", "unknown_field"),
        ({"interference": [1, 2, 3]}, "interference", "invalid"),
        ({"kind": "activities", "interference": None}, "activities", "required"),
        ({"interference": None, "activities": [STAIRS] * 4}, "activities", "max_length"),
        ({"activities": [STAIRS, {"name": "climbing STAIRS", "rating": 1}]}, "activities", "repeated_name"),
        ({"activities": [{"name": "  ", "rating": 1}]}, "activities.0.name", "blank"),
        ({"activities": [{"name": "x" * 81, "rating": 1}]}, "activities.0.name", "max_length"),
        ({"activities": [{"name": "Driving", "rating": None}]}, "activities.0.rating", "null"),
        ({"activities": [{"name": "Driving"}]}, "activities.0.rating", "required"),
        ({"answered_at": "2026-03-20T19:00:00"}, "answered_at", "invalid_time"),
        ({"answered_at": "2999-03-20T19:00:00Z"}, "answered_at", "too_late"),
        ({"time_zone": "Europe/Nowhere"}, "time_zone", "invalid_time_zone"),
        ({"mean": 4}, "mean", "unknown_field"),
    ],
)
def test_a_faulty_measure_is_refused_by_its_field(api, alice, parts, field, code):
    refused = api(alice).put(address(), measure_body(**parts))
    assert refused.status_code == 400
    assert [(error["field"], error["code"]) for error in refused.json()["errors"]] == [(field, code)]
    assert not Measure.objects.exists()
