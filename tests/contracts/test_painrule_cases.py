"""The phone and the server tell a rise from a limit alike: the cases that `domain/painrule.test.ts` runs too."""

import json
from pathlib import Path

import pytest

from exercises.painrule import risen

CASES = json.loads(Path(__file__).with_name("painrule_cases.json").read_text())


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_whether_it_rose(case):
    assert risen(case["before"], case["now"]) is case["risen"]


def test_there_are_cases_of_a_limit_reached_without_a_rise():
    stopped = [case for case in CASES if case["verdict"] == "stop" and case["rule"] is None]
    assert {case["risen"] for case in stopped} == {True, False, None}
