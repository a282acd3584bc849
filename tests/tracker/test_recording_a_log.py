import uuid

import pytest

from accounts.fields import LATEST_BASE
from exercises.loading import load_catalogue
from tests.exercises.factories import routine_body
from tests.tracker.factories import log_body, reading
from tracker.models import SymptomLog

pytestmark = pytest.mark.django_db


def address(id=None):
    return f"/api/v1/logs/{id or uuid.uuid4()}"


def test_an_entry_is_taken_under_the_devices_id_and_answered_with_what_the_server_adds(api, alice):
    id = uuid.uuid4()
    answer = api(alice).put(address(id), log_body())
    assert answer.status_code == 201
    assert answer.data["id"] == str(id)
    assert answer.data["version"] == 1
    assert answer.data["local_date"] == "2026-03-20"
    assert answer.data["flags"] == []
    assert answer.data["readings"] == [reading()]


def test_the_same_entry_again_is_200_and_one_row(api, alice):
    client, here = api(alice), address()
    first = client.put(here, log_body())
    again = client.put(here, log_body())
    assert again.status_code == 200
    assert again.data == first.data
    assert SymptomLog.objects.count() == 1


def test_a_lost_answer_is_asked_for_again_after_another_devices_edit_without_undoing_it(api, alice):
    client, here = api(alice), address()
    client.put(here, log_body())
    client.put(here, log_body(note="from the tablet", base_version=1))
    again = client.put(here, log_body())
    assert again.status_code == 200
    assert again.data["note"] == "from the tablet"
    assert again.data["version"] == 2


def test_an_edit_that_arrives_twice_counts_once(api, alice):
    client, here = api(alice), address()
    client.put(here, log_body())
    client.put(here, log_body(note="better", base_version=1))
    again = client.put(here, log_body(note="better", base_version=1))
    assert (again.status_code, again.data["version"]) == (200, 2)


def test_another_body_without_a_base_is_409_with_both_versions_and_changes_nothing(api, alice):
    client, here = api(alice), address()
    client.put(here, log_body(note="mine"))
    refused = client.put(here, log_body(note="another"))
    assert refused.status_code == 409
    assert refused.json()["errors"][0]["code"] == "id_taken"
    assert refused.json()["current"]["note"] == "mine"
    assert refused.json()["yours"]["note"] == "another"
    assert client.get(here).data["note"] == "mine"


@pytest.mark.parametrize("base", [2, 99])
def test_a_base_from_the_future_is_409(api, alice, base):
    client, here = api(alice), address()
    client.put(here, log_body())
    assert client.put(here, log_body(note="x", base_version=base)).status_code == 409


def test_two_devices_that_rate_two_regions_keep_both(api, alice):
    client, here = api(alice), address()
    client.put(here, log_body(readings=[reading("calf"), reading("sole")]))
    client.put(here, log_body(readings=[reading("calf", pain=9), reading("sole")], base_version=1))
    merged = client.put(here, log_body(readings=[reading("calf"), reading("sole", pain=2)], base_version=1))
    assert merged.data["version"] == 3
    assert merged.data["overwritten"] == []
    assert {r["region"]: r["pain"] for r in merged.data["readings"]} == {"calf": 9, "sole": 2}


def test_two_devices_that_change_one_field_keep_the_later_arrival_and_both_in_the_history(api, alice):
    client, here = api(alice), address()
    client.put(here, log_body(note="first"))
    client.put(here, log_body(note="tablet", base_version=1))
    merged = client.put(here, log_body(note="phone", base_version=1))
    assert merged.data["note"] == "phone"
    assert merged.data["overwritten"] == ["note"]
    history = client.get(f"{here}/history").json()["results"]
    assert [row["body"]["note"] for row in history] == ["phone", "tablet", "first"]


def test_a_deletion_leaves_the_lists_and_stays_a_tombstone_for_other_devices(api, alice):
    client, here = api(alice), address()
    client.put(here, log_body())
    assert client.delete(f"{here}?base_version=1").status_code == 204
    assert client.get(here).status_code == 404
    assert client.get("/api/v1/logs").data["results"] == []
    (tombstone,) = client.get("/api/v1/logs", {"changed_since": "2026-01-01T00:00:00Z"}).data["results"]
    assert tombstone["deleted_at"] is not None
    assert client.get("/api/v1/summary").data["days"] == []


def test_deleting_twice_is_well(api, alice):
    client, here = api(alice), address()
    client.put(here, log_body())
    client.delete(here)
    assert client.delete(here).status_code == 204


def test_a_deletion_of_words_one_has_not_read_is_409(api, alice):
    client, here = api(alice), address()
    client.put(here, log_body())
    client.put(here, log_body(note="new words", base_version=1))
    refused = client.delete(f"{here}?base_version=1")
    assert refused.status_code == 409
    assert refused.json()["current"]["note"] == "new words"
    assert client.get(here).data["note"] == "new words"


def test_an_edit_of_a_deleted_entry_is_shown_as_such_and_may_bring_it_back(api, alice):
    client, here = api(alice), address()
    client.put(here, log_body())
    client.delete(f"{here}?base_version=1")
    refused = client.put(here, log_body(note="still here", base_version=1))
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (409, "deleted")
    restored = client.put(here, log_body(note="still here", base_version=2))
    assert (restored.status_code, restored.data["deleted_at"]) == (200, None)


def test_a_device_that_knows_more_than_a_restored_server_brings_its_entry_back(api, alice):
    answer = api(alice).put(address(), log_body(base_version=4))
    assert (answer.status_code, answer.data["version"]) == (201, 5)


def test_an_edit_whose_base_the_restored_server_forgot_is_409(api, alice):
    client, here = api(alice), address()
    client.put(here, log_body(note="phone", base_version=4))
    refused = client.put(here, log_body(note="tablet", base_version=2))
    assert (refused.status_code, refused.json()["current"]["note"]) == (409, "phone")


def test_a_device_that_claims_the_highest_version_can_still_edit_and_delete(api, alice):
    client, here = api(alice), address()
    assert client.put(here, log_body(base_version=2**31 - 2)).status_code == 400
    assert client.put(here, log_body(base_version=LATEST_BASE - 1)).status_code == 201
    assert client.put(here, log_body(note="x", base_version=LATEST_BASE)).status_code == 200
    assert client.delete(here).status_code == 204


def test_a_stranger_who_uses_the_same_id_for_a_routine_is_not_in_the_way(api, alice, charlie):
    load_catalogue()
    id = uuid.uuid4()
    client, routine = api(alice), f"/api/v1/routines/{id}"
    client.put(address(id), log_body(note="first"))
    api(charlie).put(routine, routine_body())
    assert api(charlie).put(routine, routine_body(name="Other", base_version=1)).status_code == 200
    assert client.put(address(id), log_body(note="second", base_version=1)).status_code == 200
    merged = client.put(address(id), log_body(note="first", sleep_quality=1, base_version=1))
    assert (merged.status_code, merged.data["note"], merged.data["version"]) == (200, "second", 3)
    history = client.get(f"{address(id)}/history").json()["results"]
    assert [row["body"]["note"] for row in history] == ["second", "second", "first"]


def test_the_time_is_when_it_happened_and_the_date_is_the_persons_own(api, alice):
    late = log_body(occurred_at="2026-03-20T23:30:00-07:00", time_zone="America/Los_Angeles")
    answer = api(alice).put(address(), late)
    assert answer.data["occurred_at"] == "2026-03-20T23:30:00.000-07:00"
    assert answer.data["local_date"] == "2026-03-20"


def test_no_readings_means_no_symptoms_and_counts_as_zero(api, alice):
    client = api(alice)
    client.put(address(), log_body(readings=[]))
    (day,) = client.get("/api/v1/summary").data["days"]
    assert day == {"date": "2026-03-20", "numbness": 0, "tingling": 0, "pain": 0, "weakness": 0, "entries": 1}


def test_a_batch_answers_item_by_item_and_one_refusal_holds_up_no_other(api, alice):
    good, gone = str(uuid.uuid4()), str(uuid.uuid4())
    client = api(alice)
    client.put(address(gone), log_body())
    answers = client.post(
        "/api/v1/logs/batch",
        [
            {"id": good, **log_body()},
            {"id": str(uuid.uuid4()), **log_body(sleep_quality=11)},
            {"id": gone, "deleted": True, "base_version": 1},
            {"id": "no uuid", **log_body()},
            7,
        ],
    ).json()
    assert [answer["status"] for answer in answers] == [201, 400, 200, 400, 400]
    assert answers[0]["body"]["id"] == good
    assert answers[1]["error"]["errors"][0]["field"] == "sleep_quality"
    assert answers[2]["body"]["deleted_at"]
    assert SymptomLog.objects.present().count() == 1


@pytest.mark.parametrize("body", [{}, "text", [{}] * 101])
def test_a_batch_that_is_none_is_refused_whole(api, alice, body):
    refused = api(alice).post("/api/v1/logs/batch", body)
    assert refused.status_code == 400
    assert SymptomLog.objects.count() == 0


def test_lists_cost_two_queries_however_many_rows(api, alice, django_assert_num_queries):
    client = api(alice)
    for _ in range(3):
        client.put(address(), log_body(readings=[reading("calf"), reading("sole")]))
    with django_assert_num_queries(4):  # session, person, logs, readings
        client.get("/api/v1/logs")
    for _ in range(12):
        client.put(address(), log_body(readings=[reading("calf"), reading("sole")]))
    with django_assert_num_queries(4):
        client.get("/api/v1/logs")
