"""An exercise after which it was worse again and again is told, and when it is no more so."""

import uuid
from datetime import date, timedelta

import pytest

from exercises.loading import load_catalogue
from exercises.serializers import SessionSerializer
from exercises.sessions import record_session
from tests.exercises.factories import session_body, session_item
from tests.tracker.factories import record
from tracker.models import Flag
from tracker.trending import choose_sensitivity, refresh_trends

pytestmark = pytest.mark.django_db

FIRST = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def catalogue(db):
    load_catalogue()


def train(owner, day: int, *exercises: str, before=3, after=3, next_morning=None, id=None, base=None):
    on = (FIRST + timedelta(day)).isoformat()
    body = session_body(
        started_at=f"{on}T18:00:00.000+01:00",
        ended_at=f"{on}T18:10:00.000+01:00",
        items=[session_item(exercise) for exercise in exercises or ("bridge",)],
        pain_before=before,
        pain_after=after,
        pain_next_morning=next_morning,
        numbness_before=None,
        numbness_after=None,
    )
    serializer = SessionSerializer(data=body)
    serializer.is_valid(raise_exception=True)
    id = id or uuid.uuid4()
    record_session(owner=owner, id=id, body=serializer.canonical_body(), base_version=base)
    return id


def told() -> Flag:
    return Flag.objects.get(rule="aggravated-by")


def test_an_entry_after_the_third_bad_session_tells_the_exercise(alice):
    ids = [train(alice, day, after=6 if day in (1, 2, 4) else 3) for day in range(5)]
    assert not Flag.objects.exists()
    record(alice)
    flag = told()
    assert (flag.level, flag.stream, flag.state) == ("N", "", "open")
    (one,) = flag.evidence["exercises"]
    assert one == {
        "exercise": "bridge",
        "stream": "pain",
        "moment": "after",
        "rose": 3,
        "of": 5,
        "sessions": [str(ids[day]) for day in (1, 2, 4)],
        "rated": [str(id) for id in ids],
    }
    assert flag.evidence["day"] == (FIRST + timedelta(4)).isoformat()


def test_worse_next_morning_counts_and_a_point_more_does_not(alice):
    for day in range(5):
        train(alice, day, after=4, next_morning=4)
    refresh_trends(owner=alice)
    assert not Flag.objects.exists()
    for day in range(5, 9):
        train(alice, day, after=4, next_morning=5)
    refresh_trends(owner=alice)
    (one,) = told().evidence["exercises"]
    assert (one["moment"], one["rose"], one["of"]) == ("next_morning", 4, 5)


def test_the_count_of_sessions_after_which_it_rose_is_what_the_sentence_says(alice):
    # Two of the rises end no higher than where the person usually starts: the rule takes no account of them.
    ids = [train(alice, day, before=start, after=start + 2) for day, start in enumerate([1, 1, 5, 5, 5])]
    refresh_trends(owner=alice)
    (one,) = told().evidence["exercises"]
    assert (one["rose"], one["of"]) == (5, 5)
    assert (one["sessions"], one["rated"]) == ([str(id) for id in ids[2:]], [str(id) for id in ids])


def test_two_of_five_are_not_told(alice):
    for day in range(9):
        train(alice, day, after=6 if day in (1, 4, 8) else 3)
    refresh_trends(owner=alice)
    assert not Flag.objects.exists()


def test_it_is_over_when_the_exercise_does_well_again(alice):
    for day in range(3):
        train(alice, day, after=6)
    refresh_trends(owner=alice)
    assert told().state == "open"
    for day in range(3, 8):
        train(alice, day)
    refresh_trends(owner=alice)
    assert told().reason == "recovered"


def test_a_session_that_is_corrected_takes_it_back(alice):
    ids = [train(alice, day, after=6) for day in range(3)]
    refresh_trends(owner=alice)
    train(alice, 1, id=ids[1], base=1)
    refresh_trends(owner=alice)
    assert told().reason == "corrected"
    train(alice, 3, after=6)
    refresh_trends(owner=alice)
    assert Flag.objects.standing().get().evidence["day"] == (FIRST + timedelta(3)).isoformat()


def test_the_order_of_arrival_changes_nothing(alice):
    for day in (4, 0, 2, 1, 3):
        train(alice, day, after=6 if day in (1, 2, 4) else 3)
        refresh_trends(owner=alice)
    assert told().evidence["day"] == (FIRST + timedelta(4)).isoformat()
    assert told().state == "open"


def test_who_wants_to_be_told_less_is_told_after_a_fourth_bad_session(alice):
    choose_sensitivity(owner=alice, sensitivity="fewer")
    for day in range(3):
        train(alice, day, after=6)
    refresh_trends(owner=alice)
    assert not Flag.objects.exists()
    train(alice, 3, after=6)
    refresh_trends(owner=alice)
    assert told().evidence["exercises"][0]["rose"] == 4
    choose_sensitivity(owner=alice, sensitivity="standard")
    assert Flag.objects.standing().get().evidence["day"] == (FIRST + timedelta(2)).isoformat()


def test_a_rise_back_to_where_the_person_usually_starts_is_not_told_unless_more_is_wanted(alice):
    for day in range(12):
        low = day in (5, 8, 11)
        train(alice, day, "bridge" if low else "clamshell", before=2 if low else 5, after=5)
    refresh_trends(owner=alice)
    assert not Flag.objects.exists()
    choose_sensitivity(owner=alice, sensitivity="more")
    assert [one["exercise"] for one in told().evidence["exercises"]] == ["bridge"]
