""" "This hurts": a few taps lying down, what the pain rule makes of them, and what is recorded."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.browser import Phone
from tests.journeys.playing import (
    HOLD,
    READY,
    ROUTINE,
    hurts_but_not_the_leg,
    is_summed_up,
    open_routine,
    passes,
    plays,
    rate_in,
    runs_to_the_end,
    shows,
    skip_to_the_hold,
    start,
    stop_the_clock,
    taps_twice,
    this_hurts,
    timer,
    title,
    with_the_clock_in_hand,
)
from tests.journeys.steps import (
    a_person,
    button,
    choose,
    counted_taps,
    go_to,
    has_sent_all,
    link,
    look_at,
    notes,
    rate,
    sign_up,
    tap,
)

pytestmark = pytest.mark.journey


@pytest.fixture
def player(phone: Phone) -> Phone:
    return with_the_clock_in_hand(phone)


def test_what_hurts_a_little_more_is_done_in_an_easier_form(player: Phone):
    page = player.page
    choose(page, "Pain now", 3)
    choose(page, "Numbness now", 1)
    start(page)
    passes(page, READY + 8)
    with counted_taps() as taps:
        sheet = this_hurts(page)
        # Thinking about the answer is not exercising.
        passes(page, 30)
        tap(button(sheet, "No, neither of these"))
        expect(sheet.get_by_text("Before you started: 3")).to_be_visible()
        rate_in(sheet, 5)
        rate_in(sheet, 1)
        expect(sheet.get_by_role("heading", name="Make it easier")).to_be_focused()
        expect(sheet.get_by_text("Knee to chest, other knee bent")).to_be_visible()
        expect(sheet.get_by_role("img")).to_be_visible()
        tap(button(sheet, "Do the easier form"))
    assert taps.count == 5
    expect(title(page)).to_have_text("Knee to chest, other knee bent")
    expect(page.get_by_text("Exercise 1 of 3")).to_be_visible()
    shows(page, "Get ready", READY)
    runs_to_the_end(page)
    choose(page, "Pain now", 3)
    tap(button(page, "Save"))
    is_summed_up(page)
    page.clock.resume()
    has_sent_all(page)
    (session,) = player.rows("sessions")
    done = [(item["exercise"], item["status"], item["reason"], item["eased_from"]) for item in session["items"]]
    assert done[:2] == [
        ("knee-to-chest", "partial", "pain", None),
        ("knee-to-chest-bent", "done", None, "knee-to-chest"),
    ]
    assert session["ended"] == "completed"
    (hurt,) = session["hurts"]
    assert (hurt["item"], hurt["pain"], hurt["numbness"], hurt["verdict"]) == (0, 5, 1, "ease")


def test_an_easier_form_that_may_not_suit_is_shown_but_not_led_to(phone: Phone):
    page = phone.page
    sign_up(page, a_person("alice"))
    notes(page, "Hip replacement")
    open_routine(page)
    tap(button(page, "Start"))
    skip_to_the_hold(page)
    sheet = hurts_but_not_the_leg(page, 4, 0)
    expect(sheet.get_by_role("heading", name="Make it easier")).to_be_focused()
    expect(sheet.get_by_text("hip replaced")).to_be_visible()
    expect(sheet.locator("footer").get_by_role("button")).to_have_text(["Leave this one out", "Stop here"])
    expect(sheet.locator(".content").get_by_role("button", name="Do the easier form")).to_be_attached()
    tap(button(sheet, "Leave this one out"))
    expect(title(page)).to_have_text("Piriformis stretch")


def test_within_the_limits_one_may_go_on_or_leave_it_out(player: Phone):
    page = player.page
    choose(page, "Pain now", 3)
    choose(page, "Numbness now", 1)
    start(page)
    passes(page, READY + 8)
    sheet = hurts_but_not_the_leg(page, 3, 1)
    expect(sheet.get_by_text("That is within your limits")).to_be_visible()
    tap(button(sheet, "Go on"))
    shows(page, "Hold", HOLD - 8)
    sheet = hurts_but_not_the_leg(page, 3, 1)
    tap(button(sheet, "Leave this one out"))
    expect(title(page)).to_have_text("Piriformis stretch")


def test_too_much_stops_with_calm_words_and_is_recorded(player: Phone):
    page = player.page
    choose(page, "Pain now", 3)
    start(page)
    passes(page, READY + 7)
    hurts_but_not_the_leg(page, 7, 0)
    advice = page.get_by_text("Leave out for today what set it off.")
    for words in ("The routine has stopped here", "It went past your limits."):
        expect(page.get_by_text(words)).to_be_visible()
    expect(advice).to_be_visible()
    expect(link(page, "See the warning signs")).to_be_visible()
    tap(button(page, "Save"))
    is_summed_up(page)
    expect(advice).to_be_visible()
    page.clock.resume()
    has_sent_all(page)
    (session,) = player.rows("sessions")
    assert (session["ended"], session["stop_reason"]) == ("stopped", "pain")
    # What was said then is how it is now, until something else is said.
    assert (session["pain_after"], session["numbness_after"]) == (7, 0)
    assert session["items"][0]["seconds_held"] == 7
    assert [(hurt["pain"], hurt["verdict"]) for hurt in session["hurts"]] == [(7, "stop")]

    # The next time it is said where the exercises are chosen, before anything begins.
    tap(link(page, "Back to Stretch"))
    expect(page.get_by_text("Stopped in the last days: Knee to chest").first).to_be_visible()
    tap(link(page, re.compile(ROUTINE)).first)
    expect(page.get_by_role("heading", level=1)).to_have_text(ROUTINE)
    expect(page.get_by_text("You stopped this in the last days")).to_be_visible()
    expect(advice).to_be_visible()


def test_a_limit_that_was_reached_before_the_start_is_said_and_is_no_rise(player: Phone):
    page = player.page
    choose(page, "Pain now", 6)
    warned = page.get_by_role("alert").filter(has_text="Already at the limit for stopping")
    expect(warned).to_contain_text("Pain now: 6. By the usual limits you stop from 6.")
    choose(page, "Pain now", 5)
    expect(warned).to_have_count(0)
    choose(page, "Pain now", 7)
    expect(warned).to_contain_text("Pain now: 7.")
    # Nothing is forbidden.
    stop_the_clock(page)
    tap(button(page, "Start all the same"))
    passes(page, READY + 7)
    hurts_but_not_the_leg(page, 7, 0)
    expect(page.get_by_text("It is no higher than before you started")).to_be_visible()
    expect(page.get_by_text("past your limits")).to_have_count(0)


def test_further_down_the_leg_stops_after_one_tap(player: Phone):
    page = player.page
    start(page)
    passes(page, READY + 2)
    with counted_taps() as taps:
        tap(button(this_hurts(page), "Pain or numbness has moved further down"))
    assert taps.count == 2
    words = page.get_by_text("moved further down the leg. That is a sign to stop.")
    expect(words).to_contain_text("Leave this exercise out, and tell your physiotherapist")
    tap(button(page, "Not now"))
    expect(page.get_by_text("Stopped: Pain or numbness moved further down the leg.")).to_be_visible()
    expect(page.get_by_text("Partly done. Stopped because pain or numbness moved further down the leg")).to_be_visible()
    expect(words).to_contain_text("Leave this exercise out, and tell your physiotherapist")
    page.clock.resume()
    has_sent_all(page)
    (session,) = player.rows("sessions")
    assert (session["ended"], session["stop_reason"]) == ("stopped", "pain")
    assert [(hurt["item"], hurt["further_down"], hurt["verdict"]) for hurt in session["hurts"]] == [(0, True, "stop")]


def test_the_questions_may_be_skipped_at_any_time(player: Phone):
    page = player.page
    start(page)
    passes(page, READY + 2)
    sheet = this_hurts(page)
    tap(button(sheet, "No, neither of these"))
    tap(button(sheet, "One question back"))
    tap(button(sheet, "Skip the questions, just stop"))
    expect(page.get_by_text("You stopped. That was right.")).to_be_visible()
    page.clock.resume()
    has_sent_all(page)
    (session,) = player.rows("sessions")
    # That it hurt is all that was said: what it was is not made up.
    assert (session["ended"], session["stop_reason"]) == ("stopped", None)
    (hurt,) = session["hurts"]
    assert (hurt["item"], hurt["pain"], hurt["numbness"], hurt["verdict"]) == (0, None, None, "go")
    assert [item["reason"] for item in session["items"]] == [None] * 3


def test_what_was_answered_before_the_rest_was_skipped_is_kept(player: Phone):
    page = player.page
    start(page)
    passes(page, READY + 2)
    sheet = this_hurts(page)
    tap(button(sheet, "No, neither of these"))
    rate_in(sheet, 7)
    tap(button(sheet, "Skip the questions, just stop"))
    expect(page.get_by_text("It is at your limit for stopping.")).to_be_visible()
    page.clock.resume()
    has_sent_all(page)
    (session,) = player.rows("sessions")
    assert (session["ended"], session["stop_reason"]) == ("stopped", "pain")
    assert [(hurt["pain"], hurt["numbness"], hurt["verdict"]) for hurt in session["hurts"]] == [(7, None, "stop")]


def test_a_second_tap_of_the_same_thumb_answers_nothing(phone: Phone):
    page = phone.page
    plays(page)
    skip_to_the_hold(page)
    sheet = page.get_by_role("dialog", name="This hurts")
    taps_twice(button(page, "This hurts"))
    expect(sheet.get_by_text("Question 1 of 3")).to_be_visible()
    tap(button(sheet, "No, neither of these"))
    expect(sheet.get_by_text("Question 2 of 3")).to_be_visible()
    five = button(sheet, "5")
    five.click(trial=True)
    taps_twice(five)
    expect(sheet.get_by_text("Question 3 of 3")).to_be_visible()
    rate_in(sheet, 2)
    expect(sheet.get_by_text("Pain 5, numbness 2")).to_be_visible()


def test_closing_the_question_hurries_nobody_on(player: Phone):
    page = player.page
    start(page)
    passes(page, READY + 5)
    tap(button(this_hurts(page), "Close"))
    passes(page, 60)
    expect(page.locator(".phase")).to_have_text("Paused")
    tap(button(page, "Go on"))
    shows(page, "Hold", HOLD - 5)


def test_a_leg_that_turns_weak_is_comforted_by_nothing_and_remembered_on_today(player: Phone):
    page = player.page
    start(page)
    passes(page, READY + 2)
    tap(button(this_hurts(page), "The leg is weak, or gives way"))
    expect(page.get_by_text("New weakness in a leg needs checking: have it checked today")).to_be_visible()
    expect(page.get_by_text(re.compile("should settle|Leave out for today"))).to_have_count(0)
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


def test_a_sign_that_comes_up_meanwhile_stops_the_player_at_once(player: Phone):
    page = player.page
    start(page)
    passes(page, READY + 5)
    page.clock.resume()
    other = player.new_tab()
    other.goto("/log")
    tap(button(other, "Saddle area").first)
    tap(button(other, "Record it"))
    rate(other, "Saddle area", Numbness=3)
    tap(button(other, "Save"))
    look_at(page)
    expect(title(page)).to_have_text("Your exercises have stopped")
    expect(title(page)).to_be_focused()
    expect(page.get_by_text("What you had done is saved.")).to_be_visible()
    expect(page.get_by_role("link", name=re.compile("^Call")).first).to_be_visible()
    expect(timer(page)).to_have_count(0)
    has_sent_all(page)
    (session,) = player.rows("sessions")
    assert (session["ended"], session["stop_reason"]) == ("stopped", None)
    # And none begins, here or after a reload.
    page.reload()
    expect(page.get_by_role("link", name=re.compile("^Call")).first).to_be_visible()
    expect(button(page, "Start")).to_have_count(0)
