"""Checks: answers taken, corrected, deleted and refused; and the questions themselves."""

import uuid

import pytest

from accounts.models import Revision
from tests.tracker.factories import answer, check_body
from tracker.models import Flag, RedFlagCheck
from tracker.redflags import rules_by_id


def address(id=None):
    return f"/api/v1/red-flag-checks/{id or uuid.uuid4()}"


def test_a_check_is_taken_as_it_was_sent_with_its_level_and_flags(api, alice):
    id, entry = uuid.uuid4(), str(uuid.uuid4())
    body = check_body(
        {"persists": "weeks", "foot-drop": "worse", "saddle": "no"},
        since={"foot-drop": "2026-03-18"},
        entry=entry,
        read_at="2026-03-20T08:01:30.000+01:00",
    )
    taken = api(alice).put(address(id), body)
    assert taken.status_code == 201
    found = taken.json()
    assert {name: found[name] for name in body} == body
    assert (found["id"], found["version"], found["local_date"]) == (str(id), 1, "2026-03-20")
    assert found["level"] == "D"
    assert found["flags"] == [{"rule": "foot-drop", "level": "D"}, {"rule": "persists", "level": "W"}]
    assert api(alice).get(address(id)).json() == found
    assert api(alice).get("/api/v1/red-flag-checks").json() == {"results": [found], "next": None}


def test_what_a_client_need_not_say_is_empty(api, alice):
    body = {
        "answered_at": "2026-03-20T08:00:00Z",
        "time_zone": "Europe/Berlin",
        "answers": dict.fromkeys(rules_by_id(), "no"),
    }
    found = api(alice).put(address(), body).json()
    assert (found["level"], found["flags"], found["since"]) == (None, [], {})
    assert (found["entry"], found["read_at"], found["table_version"]) == (None, None, None)
    assert not Flag.objects.exists()


def test_the_same_check_again_is_200_one_row_and_one_flag(api, alice):
    client, here = api(alice), address()
    first = client.put(here, check_body())
    again = client.put(here, check_body())
    assert (again.status_code, again.json()) == (200, first.json())
    assert (RedFlagCheck.objects.count(), Flag.objects.count()) == (1, 1)


def test_two_devices_that_answer_two_questions_both_keep_their_answers(api, alice):
    client, here = api(alice), address()
    client.put(here, check_body({"saddle": "no"}))
    client.put(here, check_body({"saddle": "no", "bladder": "new"}, base_version=1))
    since = {"foot-drop": "2026-03-01"}
    merged = client.put(here, check_body({"saddle": "no", "foot-drop": "new"}, since=since, base_version=1)).json()
    assert merged["answers"] == {"saddle": "no", "bladder": "new", "foot-drop": "new"}
    assert (merged["since"], merged["level"], merged["overwritten"]) == (since, "E", [])
    assert set(Flag.objects.standing().values_list("rule", "level")) == {("bladder", "E"), ("foot-drop", "D")}


def test_an_old_version_cannot_be_forced_through(api, alice):
    client, here = api(alice), address()
    client.put(here, check_body())
    refused = client.put(here, check_body({"saddle": "new"}))
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (409, "id_taken")
    assert refused.json()["current"]["answers"] == {"foot-drop": "new", "saddle": "no"}
    assert list(Flag.objects.values_list("rule", flat=True)) == ["foot-drop"]


def test_what_a_correction_replaced_stays_in_the_history(api, alice):
    client, here = api(alice), address()
    client.put(here, check_body({"saddle": "new"}))
    client.put(here, check_body({"saddle": "unchanged"}, base_version=1))
    assert client.delete(f"{here}?base_version=2").status_code == 204
    assert client.get(here).status_code == 404
    history = client.get(f"{here}/history").json()["results"]
    assert [(one["version"], one["deleted"]) for one in history] == [(3, True), (2, False), (1, False)]
    assert history[2]["body"]["answers"] == {"saddle": "new"}
    assert client.delete(f"{here}?base_version=1").status_code == 204


def test_an_edited_check_is_not_deleted_unread(api, alice):
    client, here = api(alice), address()
    client.put(here, check_body())
    client.put(here, check_body({"saddle": "no"}, base_version=1))
    refused = client.delete(f"{here}?base_version=1")
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (409, "edited")


@pytest.mark.parametrize(
    ("parts", "field", "code"),
    [
        ({"answers": {}}, "answers", "empty"),
        ({"answers": ["saddle"]}, "answers", "not_an_object"),
        ({"answers": None}, "answers", "null"),
        ({"answers": {"sadle": "new"}}, "answers.sadle", "unknown_question"),
        ({"answers": {"saddle": "perhaps"}}, "answers.saddle", "invalid_choice"),
        ({"answers": {"saddle": "weeks"}}, "answers.saddle", "invalid_choice"),
        ({"answers": {"saddle": None}}, "answers.saddle", "invalid_choice"),
        ({"answers": {"saddle": ["new"]}}, "answers.saddle", "invalid_choice"),
        ({"answers": {"saddle": True}}, "answers.saddle", "invalid_choice"),
        ({"since": {"foot-drop": "18.3.2026"}}, "since.foot-drop", "invalid_date"),
        ({"since": {"foot-drop": "20260318"}}, "since.foot-drop", "invalid_date"),
        ({"since": {"foot-drop": 20260318}}, "since.foot-drop", "invalid_date"),
        ({"since": {"foot-drop": "1899-12-31"}}, "since.foot-drop", "invalid_date"),
        ({"since": {"foot-drop": "2026-03-22"}}, "since.foot-drop", "after_answer"),
        ({"since": {"saddle": "2026-03-18"}}, "since.saddle", "needless_since"),
        ({"since": {"bladder": "2026-03-18"}}, "since.bladder", "needless_since"),
        ({"since": {"sadle": "2026-03-18"}}, "since.sadle", "unknown_question"),
        ({"answered_at": "2026-03-20"}, "answered_at", "invalid_time"),
        ({"answered_at": "2096-03-20T08:00:00Z"}, "answered_at", "too_late"),
        ({"time_zone": "Mars/Olympus"}, "time_zone", "invalid_time_zone"),
        ({"entry": "yesterday"}, "entry", "invalid"),
        ({"read_at": "soon"}, "read_at", "invalid_time"),
        ({"table_version": 0}, "table_version", "min_value"),
        ({"table_version": "1"}, "table_version", "invalid"),
        ({"anwsers": {}}, "anwsers", "unknown_field"),
    ],
)
def test_a_bad_check_is_refused_by_name_and_changes_nothing(api, alice, parts, field, code):
    refused = api(alice).put(address(), {**check_body(), **parts})
    assert refused.status_code == 400
    assert (field, code) in {(fault["field"], fault["code"]) for fault in refused.json()["errors"]}
    assert not RedFlagCheck.objects.exists()
    assert not Flag.objects.exists()


def test_every_answer_that_the_questions_allow_is_taken(api, alice):
    client = api(alice)
    questions = client.get("/api/v1/red-flags").json()["questions"]
    most = max(len(question["answers"]) for question in questions)
    for place in range(most):
        answers = {one["id"]: one["answers"][place % len(one["answers"])] for one in questions}
        taken = client.put(address(), check_body({rule: answer["id"] for rule, answer in answers.items()}))
        assert taken.status_code == 201, taken.json()
        levels = {flag["rule"]: flag["level"] for flag in taken.json()["flags"]}
        assert levels == {rule: answer["level"] for rule, answer in answers.items() if answer["level"]}


def test_the_questions_come_in_the_order_of_asking_with_all_their_words(api, alice):
    found = api(alice).get("/api/v1/red-flags").json()
    assert (found["version"], found["review"]) == (4, "unreviewed")
    assert [question["id"] for question in found["questions"]] == list(rules_by_id())
    assert found["questions"][0]["answers"][0] == {"id": "no", "text": "No", "level": None}
    implant = next(one for one in found["questions"] if one["id"] == "implant")
    out = {"id": "out-of-joint", "text": "It seems to be out of its joint", "level": "E"}
    assert out in implant["answers"]
    assert implant["do"].keys() == {"E"}
    assert [level["id"] for level in found["levels"]] == ["E", "D", "W", "N"]


def test_a_copy_that_is_fresh_is_not_sent_again(api, alice):
    client = api(alice)
    first = client.get("/api/v1/red-flags")
    again = client.get("/api/v1/red-flags", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get("/api/v1/red-flags", headers={"If-None-Match": '"other"'}).status_code == 200


def test_a_person_without_words_in_their_language_reads_english(api, alice):
    alice.language = "de-AT"
    alice.save()
    assert api(alice).get("/api/v1/red-flags").json()["levels"][0]["title"] == "Get help now"


def test_a_list_takes_as_many_queries_for_twenty_as_for_one(api, alice, django_assert_num_queries):
    client = api(alice)
    for count in (1, 19):
        for _ in range(count):
            answer(alice, {"saddle": "no"})
        with django_assert_num_queries(3):  # session, person, checks
            assert client.get("/api/v1/red-flag-checks").status_code == 200


def test_a_check_is_erased_with_the_person(alice, charlie):
    check = answer(alice)
    answer(charlie)
    assert not Revision.objects.of(check).exists()
    alice.delete()
    assert set(RedFlagCheck.objects.values_list("owner", flat=True)) == {charlie.pk}
    assert set(Flag.objects.values_list("owner", flat=True)) == {charlie.pk}
