"""What was written before supersets, tempo and prescriptions is as good as what is written now."""

import importlib
import uuid

from django.apps import apps

from accounts.merging import digest
from accounts.models import Revision
from exercises.models import Session
from tests.exercises.factories import hurt, record, routine_item, save, session_body, session_item

fill = importlib.import_module("exercises.migrations.0003_fill_in_older_versions").fill


def without(body, *names):
    return {name: value for name, value in body.items() if name not in names}


def old_session(body):
    items = [
        {**without(item, "repetitions_done", "eased_from"), "prescribed": without(item["prescribed"], "tempo")}
        for item in body["items"]
    ]
    new = ("prescription", "prescription_version", "hurts", "next_morning_declined")
    return {**without(body, *new), "items": items}


def old_routine(body):
    return {**body, "items": [without(item, "tempo", "superset", "round_rest_seconds") for item in body["items"]]}


def test_a_session_of_an_app_that_knows_none_of_the_new_fields_is_taken(api, alice):
    here = f"/api/v1/sessions/{uuid.uuid4()}"
    taken = api(alice).put(here, old_session(session_body()))
    assert taken.status_code == 201
    assert {name: taken.json()[name] for name in session_body()} == session_body()
    assert api(alice).put(here, session_body()).status_code == 200


def test_versions_from_before_are_filled_in(api, alice):
    client = api(alice)
    for body, old, row, address in (
        (session_body(), old_session, record(alice), "sessions"),
        (save(alice).body(), old_routine, save(alice), "routines"),
    ):
        changed = {**body, "base_version": 1, **({"note": "x"} if address == "sessions" else {"name": "x"})}
        assert client.put(f"/api/v1/{address}/{row.pk}", changed).status_code == 200
        revision = Revision.objects.of(row).get()
        before = revision.body
        Revision.objects.of(row).update(body=old(before))
        fill(apps, None)
        fill(apps, None)
        revision.refresh_from_db()
        assert revision.body == before


def test_an_edit_that_started_from_a_version_of_before_overwrites_nothing_unchanged(api, alice):
    client, session = api(alice), record(alice)
    here = f"/api/v1/sessions/{session.pk}"
    client.put(here, session_body(note="tablet", base_version=1))
    revision = Revision.objects.of(session)
    revision.update(body=old_session(revision.get().body))
    fill(apps, None)
    items = [session_item("knee-to-chest"), session_item("bridge", repetitions_done=3)]
    merged = client.put(here, session_body(items=items, hurts=[hurt()], base_version=1)).json()
    assert (merged["note"], merged["items"], merged["overwritten"]) == ("tablet", items, [])


IN_TURN = {"superset": 1, "round_rest_seconds": 30}


def a_newer_session():
    eased = session_item("bridge", eased_from="knee-to-chest", repetitions_done=3)
    eased["prescribed"]["tempo"] = "2-0-2"
    followed = {"prescription": str(uuid.uuid4()), "prescription_version": 2}
    return session_body(items=[eased], hurts=[hurt()], next_morning_declined=True, **followed)


def test_an_older_app_that_adds_the_next_morning_leaves_what_it_does_not_know(api, alice):
    client, here, newer = api(alice), f"/api/v1/sessions/{uuid.uuid4()}", a_newer_session()
    client.put(here, newer)
    older = {**old_session(newer), "pain_next_morning": 2, "base_version": 1}
    expected = {**newer, "pain_next_morning": 2}
    for answer in (client.put(here, older), client.put(here, older)):
        assert (answer.status_code, answer.json()["version"]) == (200, 2)
        assert {name: answer.json()[name] for name in expected} == expected
    client.put(here, {**expected, "note": "tablet", "base_version": 2})
    merged = client.put(here, {**old_session(newer), "numbness_next_morning": 1, "base_version": 2}).json()
    assert {name: merged[name] for name in expected} == {**expected, "note": "tablet"} | {
        "pain_next_morning": None,
        "numbness_next_morning": 1,
    }


def test_what_is_said_is_taken_over_and_what_hurt_goes_with_its_exercise(api, alice):
    client, here, newer = api(alice), f"/api/v1/sessions/{uuid.uuid4()}", a_newer_session()
    client.put(here, newer)
    older = {**old_session(newer), "items": old_session(session_body())["items"], "base_version": 1}
    assert client.put(here, older).json()["hurts"] == []
    another = str(uuid.uuid4())
    answer = client.put(here, {**old_session(newer), "prescription": another, "base_version": 2}).json()
    assert (answer["prescription"], answer["prescription_version"]) == (another, None)


def test_an_older_app_that_edits_a_routine_leaves_tempo_and_supersets(api, alice):
    client = api(alice)
    items = [routine_item("knee-to-chest", **IN_TURN), routine_item("bridge", **IN_TURN, tempo="2-0-2")]
    routine = save(alice, items=items)
    here = f"/api/v1/routines/{routine.pk}"
    older = old_routine({"name": "Other", "items": items})
    assert client.put(here, {**older, "base_version": 1}).json()["items"] == items
    # A superset of which it leaves one exercise, or which it tears apart, is none any more.
    parted = [items[0], routine_item("piriformis-stretch"), items[1]]
    answer = client.put(here, {**old_routine({"name": "Other", "items": parted}), "base_version": 2})
    alone = {"superset": None, "round_rest_seconds": 0}
    assert answer.status_code == 200
    assert answer.json()["items"] == [{**item, **alone} for item in parted]
    client.put(here, {"name": "Other", "items": items, "base_version": 3})
    half = [{**item, "superset": None} for item in older["items"]]
    answer = client.put(here, {"name": "Other", "items": half, "base_version": 4})
    assert [item["round_rest_seconds"] for item in answer.json()["items"]] == [0, 0]
    assert answer.json()["items"][1]["tempo"] == "2-0-2"


def test_what_was_sent_before_the_upgrade_is_recognised_after_it(api, alice):
    client, here, old = api(alice), f"/api/v1/sessions/{uuid.uuid4()}", old_session(session_body())
    client.put(here, old)
    # As the release before supersets wrote it.
    assert Session.objects.get().digest == digest(old, None)
    client.put(here, {**old, "note": "tablet", "base_version": 1})
    again = client.put(here, old)
    assert (again.status_code, again.json()["note"], again.json()["version"]) == (200, "tablet", 2)
