from dataclasses import asdict
from datetime import date, datetime

import pytest

from tracker.redflags import (
    Remembered,
    asks_in_full,
    evaluate,
    evaluate_check,
    full_check_due,
    is_old_news,
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
        before = Remembered(**case["remembered"])
        assert same_as_before(before, case["today"], case.get("checked_at")) == case["answer"], case


def test_the_same_answers_are_no_news_after_a_doctor_has_looked(cases):
    assert len(cases["old_news"]) >= 14
    for case in cases["old_news"]:
        sign = case["sign"]
        old = is_old_news(
            answer=sign["answer"],
            level=sign["level"],
            at=datetime.fromisoformat(sign["at"]),
            since=sign["since"] and date.fromisoformat(sign["since"]),
            checked_at=datetime.fromisoformat(case["checked_at"]),
            said_then=case["said_then"],
        )
        assert old == case["old"], case


def test_the_questions_are_due_in_full_at_the_same_time(cases):
    assert len(cases["due"]) >= 6
    for case in cases["due"]:
        checks = [
            {
                "answered_at": check["answered_at"],
                "answers": {rule: "no" for rule in rules_by_id() if rule not in check["but"]},
            }
            for check in case["checks"]
        ]
        assert full_check_due(checks, case["now"]) == case["due"], case


def test_the_same_questions_are_asked_in_full_again(cases):
    assert [id for id in rules_by_id() if asks_in_full(id)] == cases["asked_in_full"]
