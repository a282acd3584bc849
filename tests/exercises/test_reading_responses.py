import pytest

from tests.exercises.factories import record, session_item, skipped


def answers(client, **query):
    answer = client.get("/api/v1/responses", query)
    assert answer.status_code == 200
    return {one.pop("exercise"): one for one in answer.json()["results"]}


def test_each_exercise_done_wholly_or_partly_answers(api, alice):
    for _ in range(6):
        record(
            alice,
            items=[session_item("bridge"), session_item("knee-to-chest", status="partial"), skipped("seated-twist")],
            pain_before=6,
            pain_after=3,
            numbness_before=4,
            numbness_after=4,
            pain_next_morning=6,
            numbness_next_morning=None,
        )
    found = answers(api(alice))
    assert set(found) == {"bridge", "knee-to-chest"}
    assert found["bridge"] == found["knee-to-chest"]
    assert found["bridge"]["sessions"] == 6
    pain, numbness = found["bridge"]["pain"], found["bridge"]["numbness"]
    assert (pain["after"]["n"], pain["after"]["verdict"]) == (6, "better")
    assert -3 < pain["after"]["mean"] < -1.5
    assert pain["next_morning"]["mean"] == 0
    assert numbness["after"]["mean"] == 0
    assert numbness["next_morning"] is None


def test_an_exercise_twice_in_one_session_is_one_session(api, alice):
    record(alice, items=[session_item("bridge"), session_item("bridge")])
    assert answers(api(alice))["bridge"]["sessions"] == 1


def test_nothing_recorded_answers_an_empty_list(api, alice):
    assert answers(api(alice)) == {}


def test_only_sessions_of_the_period_and_of_the_person(api, alice, charlie):
    record(alice)
    assert set(answers(api(alice), **{"from": "2026-03-20", "to": "2026-03-20"})) == {"bridge", "knee-to-chest"}
    assert answers(api(alice), **{"from": "2026-03-21"}) == {}
    assert answers(api(charlie)) == {}


@pytest.mark.parametrize(
    ("query", "field", "code"),
    [({"from": "2026-02-31"}, "from", "invalid"), ({"from": "2026-03-02", "to": "2026-03-01"}, "to", "before_from")],
)
def test_a_period_that_is_none_is_refused(api, alice, query, field, code):
    refused = api(alice).get("/api/v1/responses", query)
    assert refused.status_code == 400
    [error] = refused.json()["errors"]
    assert (error["field"], error["code"]) == (field, code)


def test_the_queries_do_not_grow(api, alice, django_assert_num_queries):
    client = api(alice)
    for count in (1, 8):
        for _ in range(count):
            record(alice)
        with django_assert_num_queries(3):  # session, person, sessions with their items
            answers(client)
