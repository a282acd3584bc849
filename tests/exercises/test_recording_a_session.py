import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Revision
from exercises.loading import load_catalogue
from exercises.models import Session, SessionItem
from tests.exercises.factories import dose, hurt, record, session_body, session_item, set_for, skipped
from tests.exercises.test_catalogue import without


def address(id=None):
    return f"/api/v1/sessions/{id or uuid.uuid4()}"


def test_a_session_is_taken_as_it_was_sent_with_its_local_date(api, alice):
    id = uuid.uuid4()
    body = session_body(started_at="2026-03-20T23:55:00.000+01:00", ended_at="2026-03-21T00:05:00.000+01:00")
    answer = api(alice).put(address(id), body)
    assert answer.status_code == 201
    taken = answer.json()
    assert {name: taken[name] for name in body} == body
    assert (taken["id"], taken["version"], taken["local_date"]) == (str(id), 1, "2026-03-20")
    assert api(alice).get(address(id)).json() == taken


def test_the_same_session_again_is_200_and_one_row(api, alice):
    client, here = api(alice), address()
    first = client.put(here, session_body())
    again = client.put(here, session_body())
    assert (again.status_code, again.json()) == (200, first.json())
    assert (Session.objects.count(), SessionItem.objects.count()) == (1, 2)


def test_a_session_stopped_early_is_recorded_with_what_was_done(api, alice):
    items = [
        session_item("knee-to-chest"),
        session_item("bridge", status="partial", reason="pain", sets_done=0, seconds_held=7),
        skipped("seated-twist", reason=None),
    ]
    answer = api(alice).put(address(), session_body(ended="stopped", stop_reason="pain", items=items))
    assert answer.status_code == 201
    assert answer.json()["items"] == items


@pytest.mark.parametrize(
    "parts",
    [
        {"ended": "stopped", "stop_reason": None},
        {"items": []},
        {"items": [skipped()]},
        {"items": [session_item(status="partial", reason=None)]},
        {"items": [session_item()] * 60},
        {"routine_name": ""},
        {"ended_at": "2026-03-20T22:10:00.000+01:00"},
        {"ended_at": "2026-03-21T22:10:00.000+01:00"},
        {"pain_after": None, "numbness_after": 10, "pain_before": 0},
        {"prescription": str(uuid.UUID(int=7)), "prescription_version": None},
        {"next_morning_declined": True, "pain_next_morning": 0},
        {"hurts": [hurt(pain=None, numbness=10, further_down=True, weakness=True)] * 100},
        {"items": [session_item(prescribed=dose(tempo="59-1-0"))]},
        {"items": [session_item(prescribed=dose(hold_seconds=0, tempo="2-0-2"), repetitions_done=30)]},
        {
            "ended": "stopped",
            "stop_reason": "feeling-fine",
            "items": [skipped(reason="unsure-how"), skipped(reason=None)],
        },
    ],
    ids=str,
)
def test_what_may_be_left_out_or_lies_on_the_edge_is_taken(api, alice, parts):
    answer = api(alice).put(address(), session_body(**parts))
    assert answer.status_code == 201, answer.json()


def test_a_hold_of_nothing_is_counted_repetitions_whatever_the_exercise(api, alice):
    # The bridge is held in the catalogue; a dose without a hold is a bridge that is lifted and lowered.
    items = [
        session_item("bridge", prescribed=dose(hold_seconds=0, repetitions=10), seconds_held=0, repetitions_done=10)
    ]
    taken = api(alice).put(address(), session_body(items=items))
    assert (taken.status_code, taken.json()["items"]) == (201, items)


def test_what_hurt_is_kept_with_the_version_of_the_prescription_that_was_carried_out(api, alice):
    parts = {
        "prescription": str(set_for(alice).pk),
        "prescription_version": 3,
        "items": [session_item("glute-squeeze", eased_from="bridge")],
        "hurts": [hurt(), hurt(pain=3, numbness=4, verdict="ease")],
    }
    taken = api(alice).put(address(), session_body(**parts))
    assert taken.status_code == 201, taken.json()
    assert {name: taken.json()[name] for name in parts} == parts


def test_when_it_hurt_is_kept_in_the_offset_of_the_start(api, alice):
    client, here = api(alice), address()
    body = session_body(hurts=[hurt(at="2026-03-20T21:12:00Z")])
    assert client.put(here, body).json()["hurts"][0]["at"] == "2026-03-20T22:12:00.000+01:00"
    assert client.put(here, body).status_code == 200


def test_a_session_may_name_an_exercise_that_left_the_catalogue_since(api, alice, tmp_path):
    record(alice, items=[session_item("bridge"), session_item("seated-twist", eased_from="knee-to-chest")])
    load_catalogue(without(tmp_path, "bridge", "knee-to-chest"))
    client = api(alice)
    retired = [one["slug"] for one in client.get("/api/v1/exercises").json()["results"] if one["retired"]]
    assert retired == ["bridge", "knee-to-chest"]
    items = [session_item("bridge"), session_item("seated-twist", eased_from="knee-to-chest")]
    assert client.put(address(), session_body(items=items)).status_code == 201


def test_of_two_devices_that_finish_one_session_the_second_is_told_and_may_merge(api, alice):
    client, here = api(alice), address()
    phone = session_body(items=[session_item("knee-to-chest"), session_item("bridge", repetitions_done=3)])
    tablet = session_body(items=[session_item("knee-to-chest"), skipped("bridge")], hurts=[hurt()], note="tablet")
    client.put(here, phone)
    refused = client.put(here, tablet)
    assert refused.status_code == 409
    both = [{name: refused.json()[side][name] for name in phone} for side in ("current", "yours")]
    assert both == [phone, tablet]
    assert (Session.objects.count(), SessionItem.objects.count()) == (1, 2)
    merged = client.put(here, {**tablet, "base_version": 1}).json()
    assert {name: merged[name] for name in tablet} == tablet
    assert Revision.objects.get(kind="session").body == phone


def test_what_hurt_on_one_device_and_the_morning_on_another_come_together(api, alice):
    client, here = api(alice), address()
    client.put(here, session_body())
    client.put(here, session_body(hurts=[hurt()], base_version=1))
    merged = client.put(here, session_body(next_morning_declined=True, base_version=1)).json()
    assert (merged["hurts"], merged["next_morning_declined"], merged["overwritten"]) == ([hurt()], True, [])


def test_a_merge_never_lets_a_hurt_point_at_an_item_that_is_gone(api, alice):
    client, here = api(alice), address()
    client.put(here, session_body())
    client.put(here, session_body(items=[session_item()], base_version=1))
    merged = client.put(here, session_body(hurts=[hurt(item=1)], base_version=1)).json()
    assert (len(merged["items"]), merged["hurts"], merged["overwritten"]) == (2, [hurt(item=1)], ["items"])


def test_the_end_is_kept_in_the_offset_of_the_start(api, alice):
    client, here = api(alice), address()
    body = session_body(ended_at="2026-03-20T21:20:00Z")
    assert client.put(here, body).json()["ended_at"] == "2026-03-20T22:20:00.000+01:00"
    assert client.put(here, body).status_code == 200


def test_a_session_may_arrive_before_its_routine_and_outlive_it(api, alice):
    routine = str(uuid.uuid4())
    answer = api(alice).put(address(), session_body(routine=routine))
    assert (answer.status_code, answer.json()["routine"]) == (201, routine)


def test_the_next_morning_is_added_later_and_the_version_before_is_kept(api, alice):
    client, here = api(alice), address()
    client.put(here, session_body())
    later = client.put(here, session_body(pain_next_morning=2, base_version=1)).json()
    assert (later["version"], later["pain_next_morning"]) == (2, 2)
    assert SessionItem.objects.count() == 2
    assert Revision.objects.get(kind="session").body == session_body()


def test_two_devices_that_add_the_next_morning_and_a_note_both_keep_theirs(api, alice):
    client, here = api(alice), address()
    client.put(here, session_body())
    client.put(here, session_body(pain_next_morning=2, base_version=1))
    merged = client.put(here, session_body(note="slept well", base_version=1)).json()
    assert (merged["pain_next_morning"], merged["note"], merged["overwritten"]) == (2, "slept well", [])
    assert {name: merged[name] for name in session_body()} == session_body(pain_next_morning=2, note="slept well")


def test_a_merge_never_tears_apart_what_only_makes_sense_together(api, alice):
    client, here = api(alice), address()
    client.put(here, session_body(ended="stopped", stop_reason="tired", items=[skipped(reason=None)]))
    client.put(here, session_body(base_version=1))
    stopped = session_body(ended="stopped", stop_reason="pain", items=[skipped(reason=None)], base_version=1)
    merged = client.put(here, stopped).json()
    assert (merged["ended"], merged["stop_reason"], merged["items"][0]["status"]) == ("stopped", "pain", "skipped")
    assert merged["overwritten"] == ["items"]


def test_another_body_under_a_taken_id_is_409_with_both(api, alice):
    client, here = api(alice), address()
    client.put(here, session_body())
    refused = client.put(here, session_body(note="another")).json()
    assert (refused["status"], refused["current"]["note"], refused["yours"]["note"]) == (409, "", "another")


def test_strangers_find_nothing(api, alice, bob, charlie):
    session = record(alice)
    for other in (bob, charlie):
        client, here = api(other), address(session.pk)
        assert client.get(here).status_code == 404
        assert client.put(here, session_body(note="x", base_version=1)).status_code == 404
        assert client.get("/api/v1/sessions").json()["results"] == []
    session.refresh_from_db()
    assert (session.version, session.note) == (1, "")


def on(date, **parts):
    return {"started_at": f"{date}T22:10:00+01:00", "ended_at": f"{date}T22:20:00+01:00", **parts}


def test_the_list_is_newest_first_whatever_arrived_first(api, alice):
    for date in ("2026-03-02", "2026-03-03", "2026-03-01"):
        record(alice, **on(date))
    client = api(alice)
    first = client.get("/api/v1/sessions", {"page_size": 2}).json()
    rest = client.get(first["next"]).json()
    dates = [session["local_date"] for session in first["results"] + rest["results"]]
    assert (dates, rest["next"]) == (["2026-03-03", "2026-03-02", "2026-03-01"], None)


def test_a_period_is_by_local_date_both_ends_included(api, alice):
    for date in ("2026-03-01", "2026-03-02", "2026-03-03"):
        record(alice, **on(date))
    found = api(alice).get("/api/v1/sessions", {"from": "2026-03-02", "to": "2026-03-03"}).json()["results"]
    assert [session["local_date"] for session in found] == ["2026-03-03", "2026-03-02"]


def test_a_device_that_catches_up_hears_of_changes_oldest_first(api, alice):
    record(alice)
    moment = timezone.now()
    second, third = record(alice), record(alice)
    found = api(alice).get("/api/v1/sessions", {"changed_since": moment.isoformat()}).json()["results"]
    assert [session["id"] for session in found] == [str(second.pk), str(third.pk)]


def test_a_list_takes_as_many_queries_for_twenty_as_for_one(api, alice, django_assert_num_queries):
    client = api(alice)
    for count in (1, 19):
        for _ in range(count):
            record(alice)
        with django_assert_num_queries(4):  # session, person, sessions, items
            client.get("/api/v1/sessions")


def test_a_session_of_sixty_items_takes_as_many_queries_as_one_of_two(api, alice, django_assert_num_queries):
    client = api(alice)
    for count in (2, 60):
        # session, person, exercises; then the transaction, its save point, the lock, the row and its items
        with django_assert_num_queries(10):
            client.put(address(), session_body(items=[session_item()] * count))


def test_the_database_itself_refuses_what_cannot_be(alice):
    session = record(alice)
    rows, items = Session.objects.filter(pk=session.pk), SessionItem.objects.filter(session=session)
    impossible = [
        (rows, {"pain_after": 11}),
        (rows, {"ended_at": session.started_at - timedelta(seconds=1)}),
        (rows, {"stop_reason": "pain"}),
        (rows, {"ended": "lost"}),
        (items, {"reason": "pain"}),
        (items, {"status": "perhaps"}),
        (items, {"hold_seconds": 601}),
    ]
    for found, change in impossible:
        with pytest.raises(IntegrityError), transaction.atomic():
            found.update(**change)


def test_erasing_a_person_erases_what_they_did(alice):
    record(alice)
    alice.delete()
    assert (Session.objects.count(), SessionItem.objects.count()) == (0, 0)
