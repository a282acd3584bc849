from dataclasses import asdict

import pytest

from tracker.redflags import (
    Remembered,
    asks_in_full,
    evaluate,
    evaluate_check,
    reasons_to_ask,
    remembered,
    rules_by_id,
    same_as_before,
)


@pytest.fixture
def cases(shared_cases):
    return shared_cases("redflag_cases")


def test_the_server_raises_what_the_phone_raises(cases):
    assert len(cases["readings"]) >= 4
    for case in cases["readings"]:
        assert evaluate(case["readings"]) == case["flags"], case


def test_every_answer_to_every_question_has_its_level(cases):
    assert cases["each_answer"].keys() == rules_by_id().keys()
    for rule, levels in cases["each_answer"].items():
        assert rules_by_id()[rule]["answers"] == levels, rule
        for answer, level in levels.items():
            flags = [] if level is None else [{"rule": rule, "level": level}]
            assert evaluate_check({rule: answer}) == {"level": level, "flags": flags}, (rule, answer)


def test_a_check_says_the_same_on_both(cases):
    for case in cases["checks"]:
        assert evaluate_check(case["answers"]) == {"level": case["level"], "flags": case["flags"]}, case


def test_the_urgent_questions_are_asked_with_the_same_entries(cases):
    for case in cases["entries"]:
        assert reasons_to_ask(case["entry"], case["before"]) == case["ask"], case
        assert reasons_to_ask(case["entry"], case["before"][::-1]) == case["ask"], case


def test_the_same_is_remembered_of_earlier_checks(cases):
    for case in cases["remembered"]:
        for checks in (case["checks"], case["checks"][::-1]):
            found = remembered(checks, case["now"])
            assert {rule: asdict(answer) for rule, answer in found.items()} == case["remembered"], case


def test_the_same_as_before_is_long_standing_from_the_same_day_on(cases):
    for case in cases["same"]:
        assert same_as_before(Remembered(**case["remembered"]), case["today"]) == case["answer"], case


def test_the_same_questions_are_asked_in_full_again(cases):
    assert [id for id in rules_by_id() if asks_in_full(id)] == cases["asked_in_full"]
