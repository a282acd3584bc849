"""Supersets in routines, as the API takes and refuses them, and the rule by itself."""

import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exercises.supersets import superset_faults
from tests.exercises.factories import routine_body, routine_item


def pair(number=1, rest=30):
    return [routine_item(exercise, superset=number, round_rest_seconds=rest) for exercise in ("bridge", "seated-twist")]


def put(api, alice, items):
    return api(alice).put(f"/api/v1/routines/{uuid.uuid4()}", routine_body(items=items))


@pytest.mark.parametrize(
    "items",
    [
        pair(),
        [routine_item(), *pair(), routine_item()],
        [*pair(1), *pair(2, rest=0)],
        [*pair(15, rest=600), routine_item(), *pair(3)],
        pair() * 15,
    ],
    ids=["alone", "between others", "two next to each other", "at the bounds", "thirty in one"],
)
def test_a_sound_superset_is_kept_as_sent(api, alice, items):
    taken = put(api, alice, items)
    assert (taken.status_code, taken.json()["items"]) == (201, items)


@pytest.mark.parametrize(
    ("items", "field", "code"),
    [
        ([*pair(), routine_item(), *pair()], "items.3.superset", "superset_apart"),
        ([*pair(1), *pair(2), *pair(1)], "items.4.superset", "superset_apart"),
        ([*pair(1), routine_item(), pair(1)[0]], "items.3.superset", "superset_apart"),
        ([routine_item(), pair()[0]], "items.1.superset", "superset_alone"),
        ([pair()[0], pair(rest=31)[1]], "items.1.round_rest_seconds", "superset_rest"),
        ([routine_item(round_rest_seconds=10)], "items.0.round_rest_seconds", "superset_rest"),
        (pair(number=0), "items.0.superset", "min_value"),
        (pair(number=16), "items.0.superset", "max_value"),
        (pair(number="1"), "items.0.superset", "invalid"),
        (pair(rest=601), "items.0.round_rest_seconds", "max_value"),
        (pair(rest=None), "items.0.round_rest_seconds", "null"),
    ],
)
def test_an_unsound_one_is_refused_at_its_field(api, alice, items, field, code):
    refused = put(api, alice, items)
    assert refused.status_code == 400
    assert (field, code) == tuple(refused.json()["errors"][0][name] for name in ("field", "code"))


def test_an_app_that_knows_no_supersets_is_still_heard(api, alice):
    new = ("tempo", "superset", "round_rest_seconds")
    old = [{name: value for name, value in routine_item().items() if name not in new}]
    taken = put(api, alice, old)
    assert (taken.status_code, taken.json()["items"]) == (201, [routine_item()])


blocks = st.lists(
    st.one_of(
        st.just((None, 1, 0)),
        st.tuples(st.integers(1, 15), st.integers(2, 4), st.integers(0, 600)),
    ),
    max_size=8,
    unique_by=lambda block: block[0] or object(),
)


def listed(found):
    return [{"superset": number, "round_rest_seconds": rest} for number, size, rest in found for _ in range(size)]


@given(blocks)
def test_whole_blocks_are_always_sound(found):
    assert list(superset_faults(listed(found))) == []


@given(blocks.filter(bool), st.data())
def test_a_block_that_is_torn_apart_never_is(found, data):
    items = listed(found)
    number = data.draw(st.sampled_from(found))[0]
    if number is None:
        return
    torn = [*items, {"superset": None, "round_rest_seconds": 0}, next(i for i in items if i["superset"] == number)]
    assert [fault.code for fault in superset_faults(torn)] == ["superset_apart"]
