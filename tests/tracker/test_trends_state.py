"""The state between entries: a late or edited entry goes on from a checkpoint and gives what order would have given."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.trends import BEGIN, follow, limit_for, step
from tracker.trends.detector import LAG
from tracker.trends.state import restored

LIMIT = limit_for(0.5)
DAYS = st.dictionaries(st.integers(0, 400), st.integers(0, 10), min_size=1, max_size=150)


def last(entries, state=BEGIN):
    return [state, *follow(entries, LIMIT, state)][-1]


@given(DAYS, st.randoms(use_true_random=False))
def test_the_order_of_arrival_does_not_matter(days, chance):
    arriving = list(days.items())
    chance.shuffle(arriving)
    checkpoints = {-1: BEGIN}
    known: dict[int, int] = {}
    for day, value in arriving:
        known[day] = value
        checkpoints = {then: state for then, state in checkpoints.items() if then < day}
        before = checkpoints[max(checkpoints)]
        later = sorted((then, rating) for then, rating in known.items() if then >= day)
        checkpoints |= {state.day: state for state in follow(later, LIMIT, before)}
    assert checkpoints[max(checkpoints)] == last(sorted(days.items()))


@given(DAYS, st.integers(0, 150))
def test_a_state_survives_being_written_as_json(days, cut):
    entries = sorted(days.items())
    state = last(entries[:cut])
    again = restored(json.loads(json.dumps(state)))
    assert again == state
    assert last(entries[cut:], again) == last(entries)


@given(DAYS)
def test_a_state_does_not_grow(days):
    assert all(len(state.waiting) <= LAG for state in follow(sorted(days.items()), LIMIT))


def test_refuses_a_day_that_is_not_after_the_last():
    state = step(BEGIN, 5, 3, LIMIT)
    with pytest.raises(ValueError, match="day 5 does not come after day 5"):
        step(state, 5, 4, LIMIT)


def test_evidence_says_what_usual_was_and_what_is_now_and_since_when():
    entries = list(enumerate([3, 4, 3, 2] * 25 + [6, 7, 5, 6, 7, 3, 6, 7, 6, 7, 6, 6]))
    [state] = [state for state in follow(entries, LIMIT) if state.raised]
    evidence = state.evidence
    assert evidence.day == state.day
    assert evidence.since == 100
    assert evidence.baseline == pytest.approx(3, abs=0.1)
    assert evidence.recent == pytest.approx(6, abs=0.6)
    assert evidence.entries == evidence.day - 100 + 1
    assert evidence.entries - 1 <= evidence.above <= evidence.entries


def flares(values):
    entries = [(day, value) for day, value in enumerate(values) if value is not None]
    return [state.flare for state in follow(entries, LIMIT) if state.flared]


CALM = [3, 4, 3, 2] * 25


def test_tells_a_flare_when_it_is_over_once():
    [flare] = flares([*CALM, 8, 9, 8, 3, *CALM])
    assert (flare.since, flare.last, flare.entries, flare.over) == (100, 102, 3, 103)


def test_a_flare_may_have_a_day_without_an_entry():
    assert len(flares([*CALM, 8, None, 8, 9, 3, 3])) == 1


@pytest.mark.parametrize("bad_days", [[8, 8], [8, 3, 8, 3, 8], [5, 5, 5]], ids=["two days", "not in a row", "too low"])
def test_less_is_no_flare(bad_days):
    assert flares([*CALM, *bad_days, *CALM]) == []


def test_a_flare_that_does_not_return_is_a_worsening():
    values = [*CALM, *[8] * 40]
    assert flares(values) == []
    assert any(state.raised for state in follow(enumerate(values), LIMIT))
