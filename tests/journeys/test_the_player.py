"""The guided routine against a clock that the test holds: it is the wall clock that counts, never ticks."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.faults.server import wait_until
from tests.journeys.browser import Phone
from tests.journeys.keeping import is_on_the_disk
from tests.journeys.playing import (
    CHANGE,
    HOLD,
    READY,
    REST,
    passes,
    runs_to_the_end,
    shows,
    sleeps,
    start,
    timer,
    with_the_clock_in_hand,
)
from tests.journeys.steps import button, choose, has_sent_all, tap

pytestmark = pytest.mark.journey


@pytest.fixture
def player(phone: Phone) -> Phone:
    return with_the_clock_in_hand(phone)


def test_a_routine_runs_from_get_ready_over_the_sides_to_the_end(player: Phone):
    page = player.page
    choose(page, "Pain now", 5)
    choose(page, "Numbness now", 3)
    start(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Knee to chest")
    expect(page.get_by_text("Exercise 1 of 3")).to_be_visible()
    shows(page, "Get ready", READY)
    passes(page, READY)
    shows(page, "Hold", HOLD, "Left")
    passes(page, 8)
    shows(page, "Hold", HOLD - 8)
    passes(page, HOLD - 8)
    shows(page, "Change", CHANGE)
    passes(page, CHANGE)
    shows(page, "Hold", HOLD, "Right")
    passes(page, HOLD)
    shows(page, "Rest", REST)
    passes(page, REST)
    shows(page, "Hold", HOLD, "Left")
    expect(page.get_by_text("Repetition 2 of 3")).to_be_visible()

    # The rest of it: two more exercises, to the very end.
    runs_to_the_end(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("How is it now?")
    choose(page, "Pain now", 4)
    choose(page, "Numbness now", 2)
    tap(button(page, "Save"))
    expect(page.get_by_text("3 of 3 exercises done")).to_be_visible()
    page.clock.resume()
    has_sent_all(page)
    (session,) = player.rows("sessions")
    assert (session["ended"], session["stop_reason"]) == ("completed", None)
    assert [item["status"] for item in session["items"]] == ["done"] * 3
    # 3 repetitions on both sides of each: 20 s, 20 s, 15 s.
    assert [item["seconds_held"] for item in session["items"]] == [120, 120, 90]
    assert (session["pain_before"], session["numbness_before"]) == (5, 3)
    assert (session["pain_after"], session["numbness_after"]) == (4, 2)


def test_a_phone_that_sleeps_for_twenty_seconds_loses_none_of_them(player: Phone):
    page = player.page
    start(page)
    passes(page, READY + 2)
    shows(page, "Hold", HOLD - 2)
    # 18 s to the end of the hold, 2 s into the change of sides.
    sleeps(page, 20)
    shows(page, "Change", CHANGE - 2)
    passes(page, CHANGE - 2)
    shows(page, "Hold", HOLD, "Right")


def test_pause_stops_the_clock_and_back_repeats(player: Phone):
    page = player.page
    start(page)
    passes(page, READY + 5)
    tap(button(page, "Pause"))
    expect(page.locator(".phase")).to_have_text("Paused")
    passes(page, 60)
    expect(timer(page)).to_have_text(str(HOLD - 5))
    tap(button(page, "Go on"))
    shows(page, "Hold", HOLD - 5)
    passes(page, 5)
    shows(page, "Hold", HOLD - 10)
    tap(button(page, "Back"))
    shows(page, "Hold", HOLD)


def test_paused_and_resumed_in_one_breath_it_runs_on(phone: Phone):
    page = phone.page
    page.add_init_script(
        """window.sounds = [];
        window.Audio = class extends Audio { constructor(from) { super(from); sounds.push(this); } };"""
    )
    with_the_clock_in_hand(phone)
    start(page)
    page.wait_for_function("() => sounds.some((one) => !one.paused)")
    # What the sound says of its pause comes when it plays again already: that is no call that has taken over.
    page.evaluate(
        """() => new Promise((done) => {
          sounds.find((one) => !one.paused).addEventListener('pause', () => done());
          const press = () => document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'k', bubbles: true }));
          press();
          press();
        })"""
    )
    passes(page, 1)
    shows(page, "Get ready", READY - 1)


def test_an_exercise_that_is_skipped_is_recorded_with_its_reason(player: Phone):
    page = player.page
    start(page)
    passes(page, READY + 5)
    tap(button(page, "Skip"))
    tap(button(page, "Too hard"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Piriformis stretch")
    shows(page, "Get ready", READY)
    runs_to_the_end(page)
    tap(button(page, "Not now"))
    page.clock.resume()
    has_sent_all(page)
    (session,) = player.rows("sessions")
    assert [(item["status"], item["reason"]) for item in session["items"]] == [
        ("partial", "too-hard"),
        ("done", None),
        ("done", None),
    ]
    assert session["items"][0]["seconds_held"] == 5


def test_one_step_can_be_skipped_and_the_exercise_goes_on(player: Phone):
    page = player.page
    start(page)
    tap(button(page, "Skip"))
    tap(button(page, "Skip the countdown"))
    shows(page, "Hold", HOLD, "Left")
    expect(page.get_by_text("Next: right side")).to_be_visible()
    tap(button(page, "Skip"))
    tap(button(page, "Pain"))
    expect(page.get_by_text("Come out of it slowly. If it still hurts, stop.", exact=True)).to_be_visible()


def test_a_reload_in_the_middle_goes_on_where_it_was(player: Phone):
    page = player.page
    start(page)
    passes(page, READY + HOLD + CHANGE + 4)
    shows(page, "Hold", HOLD - 4, "Right")
    # However long the machine takes to load it again, on the clock it takes no time.
    page.clock.set_fixed_time(page.evaluate("Date.now() / 1000"))
    page.clock.resume()
    page.reload()
    shows(page, "Hold", HOLD - 4, "Right")


def test_a_long_call_pauses_instead_of_running_through(player: Phone):
    page = player.page
    start(page)
    passes(page, READY + 4)
    sleeps(page, 10 * 60)
    expect(page.get_by_text("We waited for you")).to_be_visible()
    expect(timer(page)).to_have_text(str(HOLD - 4))
    tap(button(page, "Go on"))
    shows(page, "Hold")


@pytest.mark.parametrize("screen", ["/", "/stretch"])
def test_what_was_left_overnight_is_recorded_wherever_the_app_is_opened(player: Phone, screen: str):
    page = player.page
    start(page)
    passes(page, READY + 5)
    tap(button(page, "Pause"))
    tap(button(page, "Leave the routine"))
    tap(button(page, "Leave it paused"))
    expect(timer(page)).to_have_count(0)
    is_on_the_disk(page)
    page.clock.resume()
    page.goto("/log")
    page.clock.fast_forward(13 * 3600 * 1000)
    page.goto(screen)
    wait_until("the session is sent", lambda: len(player.rows("sessions")) == 1)
    (session,) = player.rows("sessions")
    assert (session["ended"], session["stop_reason"]) == ("stopped", None)
    assert session["items"][0]["seconds_held"] == 5
