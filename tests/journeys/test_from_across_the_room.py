"""The player without a touch: by keyboard and remote, on its side, from two metres, without a network, in two tabs."""

from __future__ import annotations

import math
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.faults.server import Server
from tests.journeys.browser import SMALL_PHONE, Phone
from tests.journeys.playing import (
    HOLD,
    READY,
    ROUTINE,
    open_routine,
    passes,
    shows,
    start,
    stop_the_clock,
    timer,
    title,
    with_the_clock_in_hand,
)
from tests.journeys.steps import a_person, button, choose, go_to, has_sent_all, link, look_at, settled, sign_up, tap

pytestmark = pytest.mark.journey

ON_ITS_SIDE = {"width": 740, "height": 360}


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


# --- keys --------------------------------------------------------------------------------------
def test_a_remote_alone_starts_plays_answers_and_ends(server: Server, make_phone: Callable[..., Phone]):
    """PageUp, PageDown, Enter, and the full stop of the black-screen key."""
    phone = with_the_clock_in_hand(make_phone(server.address))
    page = phone.page
    stop_the_clock(page)
    page.evaluate("document.activeElement?.blur()")
    press(page, "Enter")
    shows(page, "Get ready", READY)
    press(page, "PageDown")
    shows(page, "Hold", HOLD, "Left")
    # There are more keys: said once, when the first is pressed.
    expect(page.get_by_text("Press ? to see all keys.")).to_be_visible()
    passes(page, 5)
    press(page, "Enter")
    expect(page.locator(".phase")).to_have_text("Paused")
    press(page, "Enter", "PageUp")
    shows(page, "Hold", HOLD)
    press(page, ".")
    sheet = page.get_by_role("dialog", name="This hurts")
    expect(sheet).to_be_visible()
    # From answer to answer, and Enter takes one.
    answer = button(sheet, "No, neither of these")
    for _ in range(6):
        if answer.evaluate("one => one === document.activeElement"):
            break
        press(page, "PageDown")
    press(page, "Enter")
    expect(sheet.get_by_role("heading", name="How much does it hurt now?")).to_be_focused()
    press(page, "PageUp", "Enter")
    expect(page.get_by_text("You stopped. That was right.")).to_be_visible()


def test_a_keyboard_finds_its_keys_on_a_sheet_that_is_shown_once(server: Server, make_phone: Callable[..., Phone]):
    laptop = make_phone(
        server.address, viewport={"width": 1280, "height": 800}, has_touch=False, is_mobile=False, device_scale_factor=1
    )
    page = laptop.page
    sign_up_by_mouse(page)
    page.goto(routine_address(laptop))
    keys = page.get_by_role("dialog", name="Keys and remote")
    expect(keys).to_contain_text("This hurts")
    press(page, "Escape")
    expect(keys).to_be_hidden()
    page.reload()
    expect(button(page, "Start")).to_be_visible()
    expect(keys).to_be_hidden()
    button(page, "Start").click()
    expect(timer(page)).to_be_visible()
    press(page, "?")
    expect(keys).to_be_visible()
    closes(page, "Keys and remote")
    shows(page, "Get ready")
    press(page, "ArrowRight")
    shows(page, "Hold")
    press(page, "h")
    closes(page, "This hurts")
    press(page, "s")
    closes(page, "What would you like to skip?")
    press(page, "Escape")
    expect(page.get_by_role("dialog", name="Leave the routine?")).to_be_visible()


def closes(page: Page, question: str) -> None:
    sheet = page.get_by_role("dialog", name=question)
    expect(sheet).to_be_visible()
    press(page, "Escape")
    expect(sheet).to_be_hidden()


def sign_up_by_mouse(page: Page) -> None:
    who = a_person()
    page.goto("/sign-up")
    page.get_by_label("E-mail", exact=True).fill(who.email)
    page.get_by_label(re.compile("^(New )?[Pp]assword$")).fill(who.password)
    button(page, "Make an account").click()
    expect(page.get_by_role("navigation", name="Main")).to_be_visible()


def routine_address(phone: Phone) -> str:
    (starter,) = [row["id"] for row in phone.rows("routines") if row["name"] == ROUTINE]
    return f"/routines/{starter}/play"


# --- from two metres ---------------------------------------------------------------------------
# A phone of 360 px is about 65 mm across; capitals and figures stand at 0.7 of the size of the type.
MILLIMETRES_A_PIXEL = 65 / 360
CAP_HEIGHT = 0.7
AWAY_MM = 2000


def minutes_of_arc(page: Page, selector: str) -> float:
    size = page.locator(selector).evaluate("one => parseFloat(getComputedStyle(one).fontSize)")
    return math.degrees(math.atan(size * CAP_HEIGHT * MILLIMETRES_A_PIXEL / AWAY_MM)) * 60


@pytest.mark.parametrize("viewport", [SMALL_PHONE, ON_ITS_SIDE], ids=["upright", "on its side"])
def test_the_time_the_phase_and_the_side_are_read_from_two_metres(
    server: Server, make_phone: Callable[..., Phone], viewport: dict[str, int]
):
    """20 minutes of arc are comfortable to read; 5 are what a healthy eye just makes out, 10 what half of it does."""
    phone = with_the_clock_in_hand(make_phone(server.address, viewport=viewport))
    page = phone.page
    start(page)
    passes(page, READY + 2)
    shows(page, "Hold", HOLD - 2, "Left")
    measured = {what: minutes_of_arc(page, f".{what}") for what in ("seconds", "phase", "side")}
    assert measured["seconds"] >= 20, measured
    assert min(measured["phase"], measured["side"]) >= 9.5, measured
    # All that a hand needs is in sight, and nothing lies over anything else.
    for name in ("Pause", "Back", "Skip", "This hurts"):
        expect(button(page, name)).to_be_in_viewport(ratio=1)
    for selector in (".seconds", ".phase", ".side"):
        expect(page.locator(selector)).to_be_in_viewport(ratio=1)
    lowest = page.locator(".frame").bounding_box()
    controls = button(page, "Pause").bounding_box()
    assert lowest
    assert controls
    beside = controls["x"] >= lowest["x"] + lowest["width"]
    assert beside or controls["y"] >= lowest["y"] + lowest["height"]


@pytest.mark.parametrize("viewport", [SMALL_PHONE, ON_ITS_SIDE], ids=["upright", "on its side"])
def test_the_question_of_pain_fits_without_scrolling(
    server: Server, make_phone: Callable[..., Phone], viewport: dict[str, int]
):
    phone = with_the_clock_in_hand(make_phone(server.address, viewport=viewport))
    page = phone.page
    choose(page, "Pain now", 3)
    start(page)
    tap(button(page, "This hurts"))
    for name in ("No, neither of these", "The leg is weak, or gives way", "Skip the questions, just stop"):
        expect(button(page, name)).to_be_in_viewport(ratio=1)
    tap(button(page, "No, neither of these"))
    for name in ("0, none", "3, before", "10, worst imaginable", "Skip the questions, just stop"):
        key = button(page, name)
        expect(key).to_be_in_viewport(ratio=1)
        box = key.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 44, (name, box)


# --- without a network, in two tabs ------------------------------------------------------------
def test_the_player_opens_and_plays_from_a_cold_start_without_a_network(phone: Phone):
    page = phone.page
    sign_up(page, a_person("alice"))
    go_to(page, "Stretch")
    address = routine_address(phone)
    expect(link(page, re.compile(ROUTINE)).first).to_be_visible()
    settled(page)
    page.close()
    phone.go_offline()
    page = phone.page = phone.new_tab()
    page.goto(address)
    tap(button(page, "Start"))
    shows(page, "Get ready")
    tap(button(page, "This hurts"))
    tap(button(page, "No, neither of these"))
    tap(button(page, "5"))
    tap(button(page, "0, none"))
    tap(button(page, "Do the easier form"))
    expect(title(page)).to_have_text("Knee to chest, other knee bent")


def test_one_tab_plays_at_a_time_and_another_may_take_over(phone: Phone):
    page = phone.page
    sign_up(page, a_person("alice"))
    open_routine(page)
    tap(button(page, "Start"))
    shows(page, "Get ready")
    tap(button(page, "Skip"))
    tap(button(page, "Skip the countdown"))
    shows(page, "Hold")
    other = phone.new_tab()
    other.goto(routine_address(phone))
    expect(other.get_by_text("This is playing in another tab")).to_be_visible()
    tap(button(other, "Go on here instead"))
    shows(other, "Hold")
    look_at(page)
    expect(page.get_by_text("This goes on in another tab")).to_be_visible()
    expect(timer(page)).to_have_count(0)
    # And back, to the end, with one session to show for it.
    tap(button(page, "Take it back here"))
    shows(page, "Hold")
    expect(other.get_by_text("This goes on in another tab")).to_be_visible()
    tap(button(page, "Leave the routine"))
    tap(button(page, "Finish here and save"))
    tap(button(page, "Not now"))
    look_at(other)
    tap(button(other, "Take it back here"))
    expect(button(other, "Start")).to_be_visible()
    expect(page.get_by_text("0 of 3 exercises done")).to_be_visible()
    has_sent_all(page)
    assert [row["ended"] for row in phone.rows("sessions")] == ["stopped"]


def test_what_was_left_unfinished_is_gone_on_with_as_it_stands_now(phone: Phone):
    page = phone.page
    sign_up(page, a_person("alice"))
    open_routine(page)
    tap(button(page, "Start"))
    shows(page, "Get ready")
    tap(button(page, "Pause"))
    page.reload()
    expect(button(page, "Save what I did")).to_be_visible()
    # Meanwhile it goes on in another tab, and is left there further along.
    other = phone.new_tab()
    other.goto(routine_address(phone))
    tap(button(other, "Go on where I stopped"))
    tap(button(other, "Skip"))
    tap(button(other, "Skip the countdown"))
    shows(other, "Hold")
    tap(button(other, "Leave the routine"))
    tap(button(other, "Leave it paused"))
    expect(timer(other)).to_have_count(0)
    look_at(page)
    tap(button(page, "Go on where I stopped"))
    shows(page, "Hold")
    # While it plays here, nobody ends it there.
    look_at(other)
    other.goto(routine_address(phone))
    expect(other.get_by_text("This is playing in another tab")).to_be_visible()


def test_what_the_phone_cannot_keep_is_not_forgotten_before_it_can(phone: Phone):
    page = phone.page
    sign_up(page, a_person("alice"))
    open_routine(page)
    tap(button(page, "Start"))
    tap(button(page, "Skip"))
    tap(button(page, "Skip the countdown"))
    shows(page, "Hold")
    page.evaluate(
        """() => {
          const { put } = IDBObjectStore.prototype;
          window.room = () => { IDBObjectStore.prototype.put = put; };
          IDBObjectStore.prototype.put = function (...args) {
            if (this.name === 'sessions') throw new DOMException('full', 'QuotaExceededError');
            return put.apply(this, args);
          };
        }"""
    )
    tap(button(page, "Leave the routine"))
    tap(button(page, "Finish here and save"))
    expect(page.get_by_text("This could not be saved on the phone")).to_be_visible()
    expect(page.get_by_text("Your exercises are recorded already")).to_have_count(0)
    tap(button(page, "Not now"))
    expect(button(page, "Not now")).to_be_visible()
    page.evaluate("window.room()")
    tap(button(page, "Not now"))
    expect(page.get_by_text("0 of 3 exercises done")).to_be_visible()
    has_sent_all(page)
    assert [row["ended"] for row in phone.rows("sessions")] == ["stopped"]


def test_a_tab_that_is_closed_while_playing_leaves_the_turn_to_others(phone: Phone):
    page = phone.page
    sign_up(page, a_person("alice"))
    open_routine(page)
    tap(button(page, "Start"))
    shows(page, "Get ready")
    other = phone.new_tab()
    page.close()
    phone.page = other
    other.goto(routine_address(phone))
    shows(other, "Get ready")
