"""A new region further down the leg, or the other side, on two of three logged days."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.finding import spreads
from tracker.models import Day
from tracker.trends.spreading import REACH, USUAL_DAYS, Spread, reach, spread
from tracker.vocabulary import NEVER_TRENDED, REGIONS

BUTTOCK, CALF, FOOT = ("buttock", "left"), ("calf", "left"), ("sole", "left")
OTHER_BUTTOCK, BACK, THIGH = ("buttock", "right"), ("low-back", "midline"), ("back-of-thigh", "left")


def days(*places, usual=(BUTTOCK, BACK), weeks=3, first=0):
    marked = [usual] * (7 * weeks) + [() if one is None else one for one in places]
    return [(first + day, frozenset(where)) for day, where in enumerate(marked)]


def told(all_days):
    spreads = (spread(all_days[:end]) for end in range(1, len(all_days) + 1))
    return [(one.how, one.places) for one in spreads if one]


def test_every_trended_region_has_a_place_in_the_order():
    assert set(REACH) == set(REGIONS) - set(NEVER_TRENDED)


def test_reach_is_the_furthest_region_on_the_scale_of_a_stream():
    assert reach([]) == 0
    assert reach([BACK, THIGH, ("saddle", "midline")]) == REACH["back-of-thigh"]
    assert max(REACH.values()) == 10


@pytest.mark.parametrize(
    "shown", [[(CALF,), (CALF,)], [(CALF,), (BUTTOCK,), (CALF,)], [(CALF,), (CALF,), (CALF,), (CALF,), (BACK,)]]
)
def test_further_down_on_two_of_three_days_is_told_once(shown):
    assert told(days(*shown)) == [("further-down", (CALF,))]


def test_even_further_is_told_again():
    assert told(days((CALF,), (CALF,), (CALF,), (FOOT,), (FOOT,), (FOOT,))) == [
        ("further-down", (CALF,)),
        ("further-down", (FOOT,)),
    ]


def test_the_other_side_is_told():
    assert told(days((BUTTOCK, OTHER_BUTTOCK), (OTHER_BUTTOCK,))) == [("other-side", (OTHER_BUTTOCK,))]


@pytest.mark.parametrize(
    "shown",
    [[(CALF,)], [(CALF,), (BUTTOCK,), (BUTTOCK,), (CALF,)], [(BACK,), (BACK,)], [None, None]],
    ids=["one day", "too far apart", "further up", "no symptoms"],
)
def test_less_is_not_told(shown):
    assert told(days(*shown)) == []


def test_nothing_is_new_before_what_is_usual_is_known():
    assert told(days((CALF,), (CALF,), weeks=1)) == []


def test_first_symptoms_after_weeks_without_are_no_spread():
    assert told(days((CALF,), (CALF,), usual=())) == []


def test_what_was_usual_long_ago_is_new_again():
    long_ago = days(usual=(CALF,), weeks=2)
    since = days((CALF,), (CALF,), usual=(BUTTOCK,), weeks=9, first=14)
    assert len(long_ago + since) > USUAL_DAYS
    assert told(long_ago + since)[-1] == ("further-down", (CALF,))


MARKS = st.frozensets(st.sampled_from([BUTTOCK, CALF, FOOT, OTHER_BUTTOCK, BACK]), max_size=3)


@given(st.dictionaries(st.integers(0, 150), MARKS, min_size=20), st.integers(0, 100))
def test_in_a_whole_diary_it_is_told_on_the_same_days_as_day_by_day(marks, start):
    numbered = sorted(marks.items())
    expected = [spread(numbered[:end]) for end in range(1, len(numbered) + 1)]
    found = spreads([Day(day, {}, places) for day, places in numbered], start)
    assert [(one.day, one.facts["how"]) for one in found] == [(s.day, s.how) for s in expected if s and s.day >= start]


@given(st.lists(st.frozensets(st.sampled_from([BUTTOCK, CALF, FOOT, OTHER_BUTTOCK, BACK])), min_size=60, max_size=90))
def test_days_out_of_sight_change_nothing(marks):
    numbered = list(enumerate(marks))
    assert spread(numbered) == spread([one for one in numbered if one[0] >= numbered[-1][0] - USUAL_DAYS])
    assert spread(numbered) is None or isinstance(spread(numbered), Spread)
