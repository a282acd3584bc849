import uuid

import pytest

from accounts.models import Revision
from exercises.catalogue import starters
from exercises.models import Routine
from tests.exercises.factories import routine_body, routine_item, save

STARTER = next(iter(starters()))


def address(id=None):
    return f"/api/v1/routines/{id or uuid.uuid4()}"


def own(answer):
    return [routine for routine in answer.json()["results"] if not routine["starter"]]


def test_a_routine_is_kept_under_the_devices_id(api, alice):
    id = uuid.uuid4()
    answer = api(alice).put(address(id), routine_body())
    assert answer.status_code == 201
    body = answer.json()
    assert {name: body[name] for name in ("name", "items")} == routine_body()
    assert (body["id"], body["version"], body["starter"], body["deleted_at"]) == (str(id), 1, False, None)
    assert api(alice).get(address(id)).json() == body


def test_the_same_routine_again_is_200_and_one_row(api, alice):
    client, here = api(alice), address()
    first = client.put(here, routine_body())
    again = client.put(here, routine_body())
    assert (again.status_code, again.json()) == (200, first.json())
    assert Routine.objects.count() == 1


def test_an_edit_puts_items_in_the_place_of_those_before_and_keeps_the_version_before(api, alice):
    client, here = api(alice), address()
    client.put(here, routine_body())
    items = [routine_item("seated-twist", sides="left"), routine_item("bridge"), routine_item("bridge")]
    edited = client.put(here, routine_body(items=items, base_version=1))
    assert (edited.status_code, edited.json()["version"]) == (200, 2)
    assert client.get(here).json()["items"] == items
    assert Revision.objects.get(kind="routine").body == routine_body()


def test_a_device_may_send_back_the_routine_it_got(api, alice):
    client, here = api(alice), address()
    kept = client.put(here, routine_body()).json()
    edited = client.put(here, {**kept, "name": "After work", "base_version": kept["version"]})
    assert (edited.status_code, edited.json()["name"]) == (200, "After work")


def test_two_devices_that_change_name_and_items_both_keep_their_change(api, alice):
    client, here = api(alice), address()
    client.put(here, routine_body())
    client.put(here, routine_body(name="After work", base_version=1))
    merged = client.put(here, routine_body(items=[routine_item("bridge")], base_version=1)).json()
    assert (merged["name"], merged["items"], merged["version"]) == ("After work", [routine_item("bridge")], 3)
    assert merged["overwritten"] == []


def test_where_two_devices_change_the_same_the_later_arrival_stands_and_is_told(api, alice):
    client, here = api(alice), address()
    client.put(here, routine_body())
    client.put(here, routine_body(name="After work", base_version=1))
    merged = client.put(here, routine_body(name="At noon", base_version=1)).json()
    assert (merged["name"], merged["overwritten"]) == ("At noon", ["name"])


def test_another_body_under_a_taken_id_is_409(api, alice):
    client, here = api(alice), address()
    client.put(here, routine_body())
    refused = client.put(here, routine_body(name="Another")).json()
    assert (refused["status"], refused["current"]["name"], refused["yours"]["name"]) == (409, "Before bed", "Another")


def test_a_deleted_routine_is_gone_and_its_tombstone_is_heard_of(api, alice):
    client, here = api(alice), address()
    kept = client.put(here, routine_body()).json()
    assert client.delete(f"{here}?base_version=1").status_code == 204
    assert client.delete(f"{here}?base_version=1").status_code == 204
    assert client.get(here).status_code == 404
    assert own(client.get("/api/v1/routines")) == []
    [tombstone] = own(client.get("/api/v1/routines", {"changed_since": kept["changed_at"]}))
    assert (tombstone["id"], tombstone["version"]) == (kept["id"], 2)
    assert tombstone["deleted_at"] is not None


def test_a_deletion_by_someone_who_has_not_read_the_edit_is_409(api, alice):
    client, here = api(alice), address()
    client.put(here, routine_body())
    client.put(here, routine_body(name="After work", base_version=1))
    refused = client.delete(f"{here}?base_version=1")
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (409, "edited")
    assert client.get(here).json()["name"] == "After work"


def test_the_starters_lead_the_list_and_ones_own_follow_newest_first(api, alice, charlie):
    save(charlie)
    first, second = save(alice, name="First"), save(alice, name="Second")
    answer = api(alice).get("/api/v1/routines").json()
    ids = [routine["id"] for routine in answer["results"]]
    assert ids == [*map(str, starters()), str(second.pk), str(first.pk)]
    assert [routine["starter"] for routine in answer["results"]] == [True] * len(starters()) + [False, False]
    assert set(answer["results"][0]) == set(answer["results"][-1])


def test_the_starters_come_once_however_many_pages(api, alice):
    for _ in range(3):
        save(alice)
    client = api(alice)
    first = client.get("/api/v1/routines", {"page_size": 2}).json()
    rest = client.get(first["next"]).json()
    assert [len(page["results"]) for page in (first, rest)] == [len(starters()) + 2, 1]
    assert rest["next"] is None


def test_a_starter_can_be_read_but_not_changed_or_deleted(api, alice):
    client, here = api(alice), address(STARTER)
    assert client.get(here).json()["starter"] is True
    assert "no diagnosis" in client.get(here).json()["description"]
    assert client.put(here, routine_body()).status_code == 404
    assert client.put(here, routine_body(base_version=1)).status_code == 404
    assert client.delete(here).status_code == 404
    assert Routine.objects.count() == 0


def test_a_copy_of_a_starter_is_ones_own(api, alice):
    client = api(alice)
    starter = client.get(address(STARTER)).json()
    copy = client.put(address(), {"name": starter["name"], "items": starter["items"]})
    assert (copy.status_code, copy.json()["starter"], copy.json()["description"]) == (201, False, "")


def test_strangers_find_nothing(api, alice, bob, charlie):
    routine = save(alice)
    for other in (bob, charlie):
        client, here = api(other), address(routine.pk)
        assert client.get(here).status_code == 404
        assert client.put(here, routine_body(base_version=1)).status_code == 404
        assert client.delete(here).status_code == 404
        assert own(client.get("/api/v1/routines")) == []
    routine.refresh_from_db()
    assert (routine.version, routine.deleted_at) == (1, None)


def test_a_list_takes_as_many_queries_for_twenty_as_for_one(api, alice, django_assert_num_queries):
    client = api(alice)
    for count in (1, 19):
        for _ in range(count):
            save(alice)
        with django_assert_num_queries(4):  # session, person, routines, items
            client.get("/api/v1/routines")


BAD = {
    "no name": ({"items": [routine_item()]}, "name", "required"),
    "empty name": (routine_body(name=" "), "name", "blank"),
    "a long name": (routine_body(name="x" * 81), "name", "max_length"),
    "no items": (routine_body(items=[]), "items", "min_length"),
    "31 items": (routine_body(items=[routine_item()] * 31), "items", "max_length"),
    "items null": (routine_body(items=None), "items", "null"),
    "unknown exercise": (
        routine_body(items=[routine_item(), routine_item("headstand")]),
        "items.1.exercise",
        "unknown_exercise",
    ),
    "no sets": (routine_body(items=[routine_item(sets=0)]), "items.0.sets", "min_value"),
    "21 sets": (routine_body(items=[routine_item(sets=21)]), "items.0.sets", "max_value"),
    "sets as text": (routine_body(items=[routine_item(sets="3")]), "items.0.sets", "invalid"),
    "sets true": (routine_body(items=[routine_item(sets=True)]), "items.0.sets", "invalid"),
    "no repetitions": (routine_body(items=[routine_item(repetitions=0)]), "items.0.repetitions", "min_value"),
    "101 repetitions": (routine_body(items=[routine_item(repetitions=101)]), "items.0.repetitions", "max_value"),
    "a hold of 3.5 s": (routine_body(items=[routine_item(hold_seconds=3.5)]), "items.0.hold_seconds", "invalid"),
    "a hold of 601 s": (routine_body(items=[routine_item(hold_seconds=601)]), "items.0.hold_seconds", "max_value"),
    "a rest below 0": (routine_body(items=[routine_item(rest_seconds=-1)]), "items.0.rest_seconds", "min_value"),
    "a rest of 601 s": (routine_body(items=[routine_item(rest_seconds=601)]), "items.0.rest_seconds", "max_value"),
    "unknown side": (routine_body(items=[routine_item(sides="up")]), "items.0.sides", "invalid_choice"),
    "misspelt field": (routine_body(items=[routine_item(reps=3)]), "items.0.reps", "unknown_field"),
    "no object": ([], None, "invalid"),
    "base version 0": (routine_body(base_version=0), "base_version", "min_value"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_routine_is_refused_at_its_field_and_nothing_is_written(api, alice, name):
    body, field, code = BAD[name]
    refused = api(alice).put(address(), body)
    assert refused.status_code == 400
    assert [(error["field"], error["code"]) for error in refused.json()["errors"]] == [(field, code)]
    assert Routine.objects.count() == 0
