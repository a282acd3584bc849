"""What a hand-out says: doses, rounds and rests, the limits of pain, and the times of a plan."""

import pytest
import time_machine

from tests.exercises.factories import routine_item, save, set_for
from tests.exercises.handouts import handout, text_of

pytestmark = pytest.mark.usefixtures("stills")


def in_turn(*members, **more):
    return [routine_item(superset=1, round_rest_seconds=90, **{**more, **member}) for member in members]


def test_a_superset_says_how_its_exercises_go_in_turn(api, alice):
    items = [*in_turn({"exercise": "knee-to-chest"}, {"exercise": "bridge"}, sets=2), routine_item("seated-twist")]
    text = text_of(handout(api(alice), save(alice, items=items).pk))
    turn = (
        "Exercises 1 and 2 go in turn, one after the other. That makes a round: do 2 rounds. "
        "Rest for 90 seconds between rounds."
    )
    assert turn in text
    assert text.count("go in turn") == 1
    assert text.count("Hold for 20 seconds, 3 times, on each side, in each of 2 rounds.") == 2
    assert "Do all of this" not in text


def test_a_round_that_comes_once_has_no_rest_after_it(api, alice):
    items = in_turn({"exercise": "knee-to-chest"}, {"exercise": "bridge"}, {"exercise": "clamshell"})
    text = text_of(handout(api(alice), save(alice, items=items).pk))
    assert "Exercises 1 to 3 go in turn, one after the other." in text
    assert "round" not in text.split("Take care with exercise 1")[0].split("go in turn")[1]
    assert "90 seconds" not in text


def test_who_has_fewer_sets_drops_out_of_the_later_rounds(api, alice):
    items = in_turn(
        {"exercise": "knee-to-chest", "sets": 3}, {"exercise": "bridge", "sets": 2}, {"exercise": "clamshell"}
    )
    text = text_of(handout(api(alice), save(alice, items=items).pk))
    assert "do 3 rounds" in text
    assert "on each side, in each of 3 rounds." in text
    assert "on each side, in the first 2 rounds only." in text
    assert "on each side, in the first round only." in text


HOLDS = {"exercise": "bridge", "hold_seconds": 20, "repetitions": 3, "rest_seconds": 15}
MOVES = {**HOLDS, "hold_seconds": 0}


@pytest.mark.parametrize(
    ("members", "said"),
    [
        ([routine_item(**HOLDS)], ["Rest for 15 seconds in between"]),
        ([routine_item(**MOVES, sets=2)], ["Rest for 15 seconds in between"]),
        ([routine_item(**MOVES, sets=1)], []),
        (in_turn(HOLDS, MOVES, sets=2), ["Rest for 90 seconds between rounds", "Rest for 15 seconds between holds"]),
        (in_turn(MOVES, MOVES, sets=2), ["Rest for 90 seconds between rounds"]),
    ],
)
def test_only_a_rest_that_is_taken_is_said(api, alice, members, said):
    text = text_of(handout(api(alice), save(alice, items=members).pk))
    assert all(rest in text for rest in said)
    assert text.count("Rest for ") == len(said)


@pytest.mark.parametrize(
    ("tempo", "said"),
    [
        ("2-0-2", "On your back · 2 seconds out, 2 seconds back"),
        ("2-1-2", "On your back · 2 seconds out, 1 second at the turn, 2 seconds back"),
        ("0-3-0", "On your back · 3 seconds at the turn"),
    ],
)
def test_a_tempo_is_said_without_its_empty_parts(api, alice, tempo, said):
    items = [routine_item("bridge", hold_seconds=0, tempo=tempo)]
    text = text_of(handout(api(alice), save(alice, items=items).pk))
    assert said in text
    assert "0 seconds" not in text
    assert "lowly:" not in text


LIMITS = (
    "Go on Below 4, and up by less than 2. "
    "Ease off At 4 or more, or up by 2: smaller, slower, or the easier form. "
    "Stop Stop at once if pain or numbness moves further down the leg, or if a leg turns weak. "
    "At 6 or more, or up by 3: stop for today. "
    "Worse the next morning?"
)


def test_a_routine_has_the_usual_limits_of_pain_in_the_words_of_a_plan(api, alice):
    assert LIMITS in text_of(handout(api(alice), save(alice).pk))
    assert LIMITS in prescribed(api(alice), set_for(alice))


@pytest.mark.parametrize(
    ("rule", "ease"),
    [
        ({"ease_at": 6, "ease_rise": 2}, "Ease off Up by 2: smaller, slower, or the easier form. Stop"),
        ({"ease_at": 4, "ease_rise": 3}, "Ease off At 4 or more: smaller, slower, or the easier form. Stop"),
        ({"ease_at": 6, "ease_rise": 3}, "up by less than 3. Stop"),
    ],
)
def test_where_one_has_to_stop_nobody_is_told_to_ease_off(api, alice, rule, ease):
    assert ease in prescribed(api(alice), set_for(alice, pain_rule={**rule, "stop_at": 6, "stop_rise": 3}))


def prescribed(client, prescription):
    return text_of(client.get(f"/api/v1/prescriptions/{prescription.pk}/handout.pdf"))


def test_a_prescription_is_printed_with_its_times_its_limits_of_pain_and_its_note(api, alice):
    prescription = set_for(
        alice,
        times_a_day=2,
        weekdays=["mon", "wed", "fri"],
        starts_on="2026-11-20",
        ends_on="2026-12-04",
        pain_rule={"ease_at": 3, "stop_at": 5, "ease_rise": 1, "stop_rise": 4},
        note="Small and slow.\n#panic() before breakfast",
    )
    text = prescribed(api(alice), prescription)
    assert "2 times a day on Monday, Wednesday and Friday, from 20 November 2026 until 4 December 2026" in text
    assert "Below 3, and up by less than 1." in text
    assert "At 3 or more, or up by 1: smaller, slower, or the easier form." in text
    assert "At 5 or more, or up by 4: stop for today." in text
    assert "Small and slow. #panic() before breakfast" in text
    assert "Mo We Fr Mo We Fr" in text
    assert "Tu We" not in text
    assert "Set by" not in text


def test_an_open_end_and_every_day_are_said_so(api, alice):
    every = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    text = prescribed(
        api(alice), set_for(alice, times_a_day=1, weekdays=every, starts_on="2026-11-20", ends_on=None, note="")
    )
    assert "Once a day every day, from 20 November 2026" in text
    assert "until" not in text.split("Two weeks")[0].split("From")[0]
    assert "A note for you" not in text
    assert "Shaded" not in text


def test_a_prescription_names_who_set_it(api, alice, bob):
    bob.display_name = "Bob the physiotherapist"
    bob.save()
    assert "Set by Bob the physiotherapist" in prescribed(api(alice), set_for(alice, by=bob))


@pytest.mark.parametrize(("time_zone", "dated"), [("America/New_York", True), ("Asia/Tokyo", False)])
def test_a_plan_has_begun_by_the_date_of_the_persons_own_time_zone(api, alice, time_zone, dated):
    alice.time_zone = time_zone
    alice.save()
    prescription = set_for(alice, times_a_day=2, weekdays=["mon", "wed"], starts_on="2026-11-23", ends_on="2026-12-06")
    with time_machine.travel("2026-11-23T16:00:00Z"):
        text = prescribed(api(alice), prescription)
    assert ("Mo 23 Nov We 25 Nov Mo 30 Nov We 2 Dec" in text) is dated
    assert ("Mo We Mo We" in text) is not dated
