"""A prescription: written down, changed, ended, and what of it a patient may not touch."""

import uuid

import pytest
import time_machine
from django.db import IntegrityError, transaction

from accounts.models import Revision
from exercises.loading import load_catalogue
from exercises.models import Exercise, Prescription, PrescriptionItem
from exercises.prescribing import end_prescription
from tests.exercises.factories import prescription_body, routine_item, set_for
from tests.exercises.test_catalogue import without


def address(id=None):
    return f"/api/v1/prescriptions/{id or uuid.uuid4()}"


def test_a_prescription_is_kept_as_it_was_sent(api, alice):
    id = uuid.uuid4()
    body = prescription_body(ends_on="2026-04-30", note="Slowly.\n")
    taken = api(alice).put(address(id), body)
    assert taken.status_code == 201
    assert {name: taken.json()[name] for name in body} == body
    assert (taken.json()["id"], taken.json()["version"], taken.json()["prescribed_by"]) == (str(id), 1, None)
    assert api(alice).get(address(id)).json() == taken.json()
    assert api(alice).get("/api/v1/prescriptions").json()["results"] == [taken.json()]


def test_what_may_be_left_out_has_calm_defaults(api, alice):
    body = prescription_body()
    for name in ("ends_on", "pain_rule", "note"):
        del body[name]
    taken = api(alice).put(address(), body).json()
    assert {name: taken[name] for name in prescription_body()} == prescription_body()


@pytest.mark.parametrize(
    "parts",
    [
        {"times_a_day": 1},
        {"times_a_day": 10},
        {"ends_on": "2026-03-02"},
        {"weekdays": ["sun"]},
        {"weekdays": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]},
        {"starts_on": "2000-01-01", "ends_on": "2100-12-31"},
        {"pain_rule": {"ease_at": 1, "stop_at": 1, "ease_rise": 10, "stop_rise": 10}},
        {"note": "x" * 2000},
    ],
    ids=str,
)
def test_what_lies_on_the_edge_is_taken_as_sent(api, alice, parts):
    taken = api(alice).put(address(), prescription_body(**parts))
    assert taken.status_code == 201, taken.json()
    assert {name: taken.json()[name] for name in parts} == parts


def test_the_days_are_kept_in_the_order_of_the_week_and_once_each(api, alice):
    taken = api(alice).put(address(), prescription_body(weekdays=["fri", "mon", "fri"])).json()
    assert taken["weekdays"] == ["mon", "fri"]


def test_the_same_again_is_200_and_no_new_version(api, alice):
    client, here = api(alice), address()
    first = client.put(here, prescription_body())
    again = client.put(here, prescription_body())
    assert (again.status_code, again.json()) == (200, first.json())
    assert (Prescription.objects.count(), Revision.objects.count()) == (1, 0)


def test_a_change_is_a_new_version_and_the_history_has_them_all(api, alice):
    client, here = api(alice), address()
    client.put(here, prescription_body())
    changed = client.put(here, prescription_body(times_a_day=3, items=[routine_item()], base_version=1)).json()
    assert (changed["version"], changed["times_a_day"], len(changed["items"])) == (2, 3, 1)
    assert client.delete(f"{here}?base_version=2").status_code == 204
    history = client.get(f"{here}/history").json()["results"]
    assert [(row["version"], row["deleted"], row["body"]["times_a_day"]) for row in history] == [
        (3, True, 3),
        (2, False, 3),
        (1, False, 2),
    ]
    assert history[2]["body"] == prescription_body()
    assert client.get(here).status_code == 404
    assert client.get("/api/v1/prescriptions").json()["results"] == []


def test_two_devices_that_change_two_things_both_keep_theirs(api, alice):
    client, here = api(alice), address()
    client.put(here, prescription_body())
    client.put(here, prescription_body(times_a_day=1, base_version=1))
    merged = client.put(here, prescription_body(weekdays=["tue"], base_version=1)).json()
    assert (merged["times_a_day"], merged["weekdays"], merged["overwritten"]) == (1, ["tue"], [])


def test_a_merge_never_lets_the_end_slip_before_the_start(api, alice):
    client, here = api(alice), address()
    client.put(here, prescription_body(starts_on="2026-03-02", ends_on="2026-05-31"))
    client.put(here, prescription_body(starts_on="2026-05-01", ends_on="2026-05-31", base_version=1))
    ended = prescription_body(starts_on="2026-03-02", ends_on="2026-03-31", base_version=1)
    merged = client.put(here, ended).json()
    assert (merged["starts_on"], merged["ends_on"]) == ("2026-03-02", "2026-03-31")
    assert merged["overwritten"] == ["starts_on"]


def test_the_answer_says_what_was_prescribed_when(api, alice):
    client, here = api(alice), address()
    with time_machine.travel("2026-03-02T22:59:00Z"):
        client.put(here, prescription_body(times_a_day=1))
    # Already the next day on her wall.
    with time_machine.travel("2026-03-02T23:01:00Z"):
        client.put(here, prescription_body(ends_on="2026-05-01", base_version=1))
        [found] = client.get("/api/v1/prescriptions").json()["results"]
    terms = {"weekdays": ["mon", "wed", "fri"], "starts_on": "2026-03-02"}
    assert found["versions"] == [
        {"version": 1, "since": "2026-03-02", "times_a_day": 1, "ends_on": None, **terms},
        {"version": 2, "since": "2026-03-03", "times_a_day": 2, "ends_on": "2026-05-01", **terms},
    ]


def test_a_device_may_send_back_the_prescription_it_got(api, alice):
    client, here = api(alice), address()
    kept = client.put(here, prescription_body()).json()
    changed = client.put(here, {**kept, "times_a_day": 3, "base_version": 1})
    assert (changed.status_code, changed.json()["times_a_day"]) == (200, 3)


def test_another_body_under_a_taken_id_is_409_with_both(api, alice):
    client, here = api(alice), address()
    client.put(here, prescription_body())
    refused = client.put(here, prescription_body(name="Another")).json()
    assert (refused["status"], refused["current"]["name"], refused["yours"]["name"]) == (409, "Twice a day", "Another")


def test_what_the_physiotherapist_set_is_theirs_to_change(api, alice, bob):
    found = set_for(alice, by=bob)
    client, here = api(alice), address(found.pk)
    assert client.get(here).json()["prescribed_by"] == "Bob"
    for refused in (
        client.put(here, prescription_body(times_a_day=1, base_version=1)),
        client.put(here, prescription_body()),
        client.delete(f"{here}?base_version=1"),
        client.delete(here),
    ):
        assert (refused.status_code, refused.json()["errors"][0]["code"]) == (403, "prescribed_by_another")
    found.refresh_from_db()
    assert (found.version, found.deleted_at, found.times_a_day) == (1, None, 2)
    changed = set_for(alice, by=bob, id=found.pk, base_version=1, times_a_day=1)
    assert (changed.version, changed.times_a_day, changed.prescribed_by) == (2, 1, bob)
    end_prescription(owner=alice, by=bob, id=found.pk, base_version=2)
    assert client.put(here, prescription_body(base_version=3)).status_code == 403
    assert client.get(here).status_code == 404


def test_a_repeat_after_the_physiotherapist_took_it_over_changes_nothing(api, alice, bob):
    client, here = api(alice), address()
    client.put(here, prescription_body())
    set_for(alice, by=bob, id=here.rpartition("/")[2], base_version=1, times_a_day=1)
    again = client.put(here, prescription_body())
    assert (again.status_code, again.json()["version"], again.json()["times_a_day"]) == (200, 2, 1)
    assert again.json()["prescribed_by"] == "Bob"
    assert client.put(here, prescription_body(times_a_day=4, base_version=1)).status_code == 403


def test_a_physiotherapist_who_changes_ones_own_answers_for_it_from_then_on(api, alice, bob):
    found = set_for(alice)
    assert set_for(alice, by=bob, id=found.pk, base_version=1, times_a_day=1).prescribed_by == bob
    assert api(alice).delete(address(found.pk)).status_code == 403


def test_a_physiotherapist_without_a_name_is_never_named_by_the_address(api, alice, bob):
    bob.display_name = ""
    bob.save()
    answer = api(alice).get(address(set_for(alice, by=bob).pk))
    assert answer.json()["prescribed_by"] == ""
    assert "bob@" not in answer.content.decode()


def test_when_the_physiotherapist_is_erased_it_is_ones_own(api, alice, bob):
    found = set_for(alice, by=bob)
    bob.delete()
    client, here = api(alice), address(found.pk)
    assert client.get(here).json()["prescribed_by"] is None
    assert client.delete(f"{here}?base_version=1").status_code == 204


def test_strangers_and_the_linked_find_nothing_by_this_door(api, alice, bob, charlie):
    found = set_for(alice)
    for other in (bob, charlie):
        client, here = api(other), address(found.pk)
        assert client.get(here).status_code == 404
        assert client.get(f"{here}/history").status_code == 404
        assert client.put(here, prescription_body(base_version=1)).status_code == 404
        assert client.delete(here).status_code == 404
        assert client.get("/api/v1/prescriptions").json()["results"] == []


def test_a_list_takes_as_many_queries_for_twenty_as_for_one(api, alice, bob, django_assert_num_queries):
    client = api(alice)
    for count in (1, 19):
        for _ in range(count):
            set_for(alice, by=bob)
        with django_assert_num_queries(5):  # session, person, prescriptions with who set them, items, versions
            client.get("/api/v1/prescriptions", {"page_size": 50})


def test_an_exercise_that_a_prescription_names_stays_when_its_file_goes(api, alice, tmp_path):
    set_for(alice, items=[routine_item("bridge")])
    load_catalogue(without(tmp_path, "bridge"))
    assert Exercise.objects.get(pk="bridge").retired
    assert api(alice).put(address(), prescription_body(items=[routine_item("bridge")])).status_code == 201


def test_the_database_itself_refuses_what_cannot_be(alice):
    found = set_for(alice)
    rows, items = Prescription.objects.filter(pk=found.pk), PrescriptionItem.objects.filter(prescription=found)
    impossible = [
        (rows, {"ends_on": "2026-03-01"}),
        (rows, {"times_a_day": 11}),
        (rows, {"ease_at": 7}),
        (rows, {"stop_rise": 1}),
        (items, {"superset": None, "round_rest_seconds": 1}),
        (items, {"superset": 16}),
        (items, {"sets": 0}),
    ]
    for wrong, change in impossible:
        with pytest.raises(IntegrityError), transaction.atomic():
            wrong.update(**change)


def test_erasing_a_person_erases_what_they_were_prescribed(alice, bob):
    set_for(alice, by=bob)
    alice.delete()
    assert (Prescription.objects.count(), PrescriptionItem.objects.count()) == (0, 0)


def rule(**parts):
    return prescription_body(pain_rule={"ease_at": 4, "stop_at": 6, "ease_rise": 2, "stop_rise": 3, **parts})


BAD = {
    "no items": (prescription_body(items=[]), "items", "min_length"),
    "a hold of an hour": (
        prescription_body(items=[routine_item(hold_seconds=3600)]),
        "items.0.hold_seconds",
        "max_value",
    ),
    "unknown exercise": (prescription_body(items=[routine_item("headstand")]), "items.0.exercise", "unknown_exercise"),
    "half a superset": (prescription_body(items=[routine_item(superset=1)]), "items.0.superset", "superset_alone"),
    "ends before it begins": (prescription_body(ends_on="2026-03-01"), "ends_on", "ends_before_start"),
    "starts in 1999": (prescription_body(starts_on="1999-12-31"), "starts_on", "too_early"),
    "ends in 2101": (prescription_body(ends_on="2101-01-01"), "ends_on", "too_late"),
    "no date": (prescription_body(starts_on="2026-02-30"), "starts_on", "invalid"),
    "a time": (prescription_body(starts_on="2026-03-02T07:00:00Z"), "starts_on", "invalid"),
    "starts never": (prescription_body(starts_on=None), "starts_on", "null"),
    "0 times a day": (prescription_body(times_a_day=0), "times_a_day", "min_value"),
    "11 times a day": (prescription_body(times_a_day=11), "times_a_day", "max_value"),
    "twice as text": (prescription_body(times_a_day="2"), "times_a_day", "invalid"),
    "no days": (prescription_body(weekdays=[]), "weekdays", "min_length"),
    "an unknown day": (prescription_body(weekdays=["mon", "monday"]), "weekdays.1", "invalid_choice"),
    "days as one word": (prescription_body(weekdays="mon"), "weekdays", "not_a_list"),
    "a limit of 0": (rule(ease_at=0), "pain_rule.ease_at", "min_value"),
    "a limit of 11": (rule(stop_rise=11), "pain_rule.stop_rise", "max_value"),
    "a limit of 4.5": (rule(ease_at=4.5), "pain_rule.ease_at", "invalid"),
    "easing above stopping": (rule(ease_at=7), "pain_rule.ease_at", "ease_above_stop"),
    "a rise to ease above that to stop": (rule(stop_rise=1), "pain_rule.ease_rise", "ease_above_stop"),
    "a misspelt limit": (rule(stop=6), "pain_rule.stop", "unknown_field"),
    "no rule": (prescription_body(pain_rule=None), "pain_rule", "null"),
    "a long note": (prescription_body(note="x" * 2001), "note", "max_length"),
    "misspelt": (prescription_body(week_days=["mon"]), "week_days", "unknown_field"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_prescription_is_refused_at_its_field_and_nothing_is_written(api, alice, name):
    body, field, code = BAD[name]
    refused = api(alice).put(address(), body)
    assert refused.status_code == 400
    assert [(error["field"], error["code"]) for error in refused.json()["errors"]] == [(field, code)]
    assert Prescription.objects.count() == 0
