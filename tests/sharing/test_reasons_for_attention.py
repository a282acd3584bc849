"""When a patient needs attention: missed days, silence, good news, and what weighs more."""

from __future__ import annotations

from itertools import pairwise

import pytest

from exercises.adherence import Version
from sharing.urgency import Reason, group_of, improved, in_order, missed_in_a_row, place_of, silent_since
from tests.sharing.test_triaging import TODAY, day


def version(**parts):
    every = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    return Version(
        **{
            "version": 1,
            "since": day(90),
            "times_a_day": 1,
            "weekdays": every,
            "starts_on": day(90),
            "ends_on": None,
            **parts,
        }
    )


@pytest.mark.parametrize(
    ("plans", "done", "missed"),
    [
        ([[version()]], {day(3)}, [day(1), day(2)]),
        ([[version()]], {day(2)}, []),
        ([[version()]], {day(3), day(0)}, []),
        ([[version(weekdays=("mon", "thu"))]], {day(8)}, [day(1), day(4)]),
        ([[version(ends_on=day(5))]], {day(7)}, [day(5), day(6)]),
        ([[version(starts_on=day(1))]], set(), []),
        ([[version(since=day(2), starts_on=day(2))]], set(), []),
        ([[version(since=day(3), starts_on=day(3))]], set(), [day(1), day(2)]),
        ([], set(), []),
    ],
)
def test_two_missed_days_in_a_row(plans, done, missed):
    assert missed_in_a_row(plans, done, day(14), TODAY) == missed


@pytest.mark.parametrize(
    ("last", "begin", "weekly", "since"),
    [
        (day(6), day(60), False, None),
        (day(7), day(60), False, day(7)),
        (None, day(7), False, day(7)),
        (None, day(6), False, None),
        (day(40), day(20), False, day(20)),
        (day(14), day(60), True, None),
        (day(15), day(60), True, day(15)),
    ],
)
def test_a_silent_week(last, begin, weekly, since):
    assert silent_since(last, begin, TODAY, weekly) == since


def days_of(before, after, backs=range(28)):
    return {
        day(back): {"numbness": before if back >= 14 else after, "tingling": None, "pain": 5, "weakness": None}
        for back in backs
    }


@pytest.mark.parametrize(
    ("days", "streams"),
    [
        (days_of(6, 4), ["numbness"]),
        (days_of(3, 2), ["numbness"]),
        (days_of(4, 3), []),
        (days_of(4, 6), []),
        (days_of(9, 1, [0, 1, 2, 3, *range(14, 28)]), []),
        ({}, []),
    ],
)
def test_good_news(days, streams):
    assert [one["stream"] for one in improved(days, TODAY)] == streams


def test_the_order_of_reasons():
    reasons = [
        Reason("good-news", TODAY),
        Reason("message", TODAY),
        Reason("red-flag", TODAY, level="N"),
        Reason("worsening", TODAY, level="W"),
        Reason("red-flag", TODAY, level="W"),
        Reason("red-flag", TODAY, level="D"),
        Reason("red-flag", day(2), level="D"),
        Reason("red-flag", TODAY, level="E", acknowledged=True),
    ]
    ordered = in_order(reasons)
    assert ordered == [reasons[n] for n in (7, 5, 6, 4, 3, 1, 2, 0)]
    assert all(one.weight <= other.weight for one, other in pairwise(ordered[:7]))
    noted = [ordered[0], ordered[-1]]
    assert [group_of(some) for some in (ordered, noted, noted[1:], [])] == [
        *("attention", "acknowledged", "good-news", "quiet")
    ]


def test_a_noted_sign_stands_below_its_equals_and_what_else_was_noted_below_all():
    reasons = [
        Reason("worsening", TODAY, level="W", acknowledged=True),
        Reason("red-flag", TODAY, level="W", acknowledged=True),
        Reason("red-flag", TODAY, level="D", acknowledged=True),
        Reason("silent-week", TODAY),
        Reason("worsening", TODAY, level="W"),
        Reason("red-flag", TODAY, level="E", acknowledged=True),
        Reason("red-flag", day(9), level="E"),
        Reason("red-flag", day(9), level="D"),
    ]
    assert in_order(reasons) == [reasons[n] for n in (6, 5, 7, 2, 4, 3, 1, 0)]


def test_of_patients_with_equal_signs_who_waits_longest_stands_first():
    def place(*since, **how):
        return place_of(in_order([Reason("red-flag", one, level="E", **how) for one in since]), "id")

    assert place(TODAY, day(5)) < place(day(4)) < place(TODAY)
    both = in_order([Reason("message", TODAY), Reason("red-flag", day(9), level="E", acknowledged=True)])
    assert place(TODAY) < place_of(both, "id") < place(day(9), acknowledged=True)
