"""The guided routine against a clock that the test holds: it is the wall clock that counts, never ticks."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.browser import Phone
from tests.journeys.steps import (
    a_person,
    button,
    choose,
    go_to,
    has_sent_all,
    link,
    sign_up,
    tap,
)

pytestmark = pytest.mark.journey

ROUTINE = "Pinched nerve, first days"
READY, HOLD, CHANGE, REST = 15, 20, 6, 10


@pytest.fixture
def player(phone: Phone) -> Phone:
    """Alice, with the routine before her and the clock in the test's hand."""
    page = phone.page
    page.clock.install()
    sign_up(page, a_person("alice"))
    open_routine(page)
    return phone


def open_routine(page: Page) -> None:
    go_to(page, "Stretch")
    tap(link(page, re.compile(ROUTINE)).first)
    tap(link(page, "Start"))
    expect(button(page, "Start")).to_be_visible()


def start(page: Page) -> None:
    """From here on no second passes by itself."""
    page.clock.pause_at(page.evaluate("Date.now() / 1000 + 0.5"))
    tap(button(page, "Start"))
    expect(timer(page)).to_have_text(str(READY))


def timer(page: Page) -> Locator:
    return page.get_by_role("timer")


def passes(page: Page, seconds: float) -> None:
    """The phone is awake: every timer runs."""
    page.clock.run_for(round(seconds * 1000))


def sleeps(page: Page, seconds: float) -> None:
    """The phone sleeps: nothing runs, and when it wakes the clock has moved on."""
    page.clock.fast_forward(round(seconds * 1000))
    page.clock.run_for(300)


def runs_to_the_end(page: Page) -> None:
    """A quarter of an hour, in naps that are too short to count as being away."""
    for _ in range(9):
        sleeps(page, 100)


def shows(page: Page, phase: str, seconds: int | None = None, side: str | None = None) -> None:
    expect(page.locator(".phase")).to_have_text(phase)
    if seconds is not None:
        expect(timer(page)).to_have_text(str(seconds))
    if side:
        expect(page.get_by_text(side, exact=True)).to_be_visible()


def test_a_routine_runs_from_get_ready_over_the_sides_to_the_end(player: Phone):
    page = player.page
    choose(page, "Pain now", 5)
    choose(page, "Numbness now", 3)
    start(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Knee to chest")
    expect(page.get_by_text("Exercise 1 of 3")).to_be_visible()
    shows(page, "Get ready", READY)
    passes(page, READY)
    shows(page, "Hold", HOLD, "Left side")
    passes(page, 8)
    shows(page, "Hold", HOLD - 8)
    passes(page, HOLD - 8)
    shows(page, "Change sides", CHANGE)
    passes(page, CHANGE)
    shows(page, "Hold", HOLD, "Right side")
    passes(page, HOLD)
    shows(page, "Rest", REST)
    passes(page, REST)
    shows(page, "Hold", HOLD, "Left side")
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
    shows(page, "Change sides", CHANGE - 2)
    passes(page, CHANGE - 2)
    shows(page, "Hold", HOLD, "Right side")


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


def test_stopping_because_it_hurts_gives_calm_advice_and_is_recorded(player: Phone):
    page = player.page
    start(page)
    passes(page, READY + 7)
    tap(button(page, "Stop, it hurts"))
    sheet = page.get_by_role("dialog", name="What do you feel?")
    expect(sheet).to_be_visible()
    # Thinking about the answer is not stretching.
    passes(page, 30)
    tap(button(sheet, "Pain"))
    expect(page.get_by_text("You stopped. That was right.")).to_be_visible()
    expect(link(page, "See the warning signs")).to_be_visible()
    choose(page, "Pain now", 7)
    tap(button(page, "Save"))
    page.clock.resume()
    has_sent_all(page)
    (session,) = player.rows("sessions")
    assert (session["ended"], session["stop_reason"], session["pain_after"]) == ("stopped", "pain", 7)
    assert session["items"][0]["status"] == "partial"
    assert session["items"][0]["seconds_held"] == 7


def test_a_leg_that_turns_weak_is_comforted_by_nothing_and_remembered_on_today(player: Phone):
    page = player.page
    start(page)
    passes(page, READY + 2)
    tap(button(page, "Stop, it hurts"))
    tap(button(page, "Weakness, a leg gives way"))
    expect(page.get_by_text("New weakness in a leg needs checking")).to_be_visible()
    expect(page.get_by_text("nothing is lost")).to_have_count(0)
    tap(button(page, "Not now"))
    expect(page.get_by_text("Stopped: Weakness, a leg gives way")).to_be_visible()
    expect(page.get_by_text("New weakness in a leg needs checking")).to_be_visible()
    page.clock.resume()
    tap(link(page, "Back to Stretch"))
    go_to(page, "Today")
    expect(page.get_by_text(f"Stopped today: {ROUTINE}")).to_be_visible()
    expect(page.get_by_text("Done today")).to_have_count(0)
    tap(link(page, "See the warning signs"))
    page.wait_for_url("**/urgent")


def test_one_step_can_be_skipped_and_the_exercise_goes_on(player: Phone):
    page = player.page
    start(page)
    tap(button(page, "Skip"))
    tap(button(page, "Skip the countdown"))
    shows(page, "Hold", HOLD, "Left side")
    expect(page.get_by_text("Next: right side")).to_be_visible()
    tap(button(page, "Skip"))
    tap(button(page, "Pain"))
    expect(page.get_by_text("If it still hurts, stop.")).to_be_visible()


def test_a_reload_in_the_middle_goes_on_where_it_was(player: Phone):
    page = player.page
    start(page)
    passes(page, READY + HOLD + CHANGE + 4)
    shows(page, "Hold", HOLD - 4, "Right side")
    page.clock.resume()
    page.reload()
    expect(page.locator(".phase")).to_have_text("Hold")
    expect(page.get_by_text("Right side", exact=True)).to_be_visible()
    left = int(timer(page).inner_text())
    assert HOLD - 12 <= left <= HOLD - 4


def test_a_long_call_pauses_instead_of_running_through(player: Phone):
    page = player.page
    start(page)
    passes(page, READY + 4)
    sleeps(page, 10 * 60)
    expect(page.get_by_text("We waited for you")).to_be_visible()
    expect(timer(page)).to_have_text(str(HOLD - 4))
    tap(button(page, "Go on"))
    shows(page, "Hold")
