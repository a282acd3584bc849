"""The player without a touch, from two metres, on its side, and with large text: all is in sight, and in reach."""

from __future__ import annotations

import math
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.faults.server import Server
from tests.journeys.browser import SMALL_PHONE, Phone
from tests.journeys.playing import (
    HOLD,
    READY,
    hurts_but_not_the_leg,
    passes,
    routine_address,
    shows,
    start,
    stop_the_clock,
    this_hurts,
    timer,
    with_the_clock_in_hand,
)
from tests.journeys.steps import (
    a_person,
    button,
    choose,
    fill_in,
    is_signed_in,
    press,
    tap,
    with_letters_of,
    with_text_of,
)

pytestmark = [pytest.mark.journey, pytest.mark.online]

ON_ITS_SIDE = {"width": 740, "height": 360}


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
    page.goto("/sign-up")
    fill_in(page, a_person())
    button(page, "Make an account").click()
    is_signed_in(page)


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


def is_in_sight(what: Locator) -> bool:
    """Nothing lies over its middle, and all of it is on the screen once it is scrolled to."""
    what.scroll_into_view_if_needed()
    # A scroll may end within a pixel.
    expect(what).to_be_in_viewport(ratio=0.99)
    # A question that has only just turned takes no tap yet.
    what.click(trial=True)
    return what.evaluate(
        """one => {
          const { x, y, width, height } = one.getBoundingClientRect();
          return one.contains(document.elementFromPoint(x + width / 2, y + height / 2));
        }"""
    )


def top(what: Locator) -> float:
    box = what.bounding_box()
    assert box
    return box["y"]


@pytest.mark.parametrize("viewport", [SMALL_PHONE, ON_ITS_SIDE], ids=["upright", "on its side"])
def test_the_easier_form_is_offered_first_and_stays_in_sight(
    server: Server, make_phone: Callable[..., Phone], viewport: dict[str, int]
):
    phone = with_the_clock_in_hand(make_phone(server.address, viewport=viewport))
    start(phone.page)
    sheet = hurts_but_not_the_leg(phone.page, 5, 0)
    footer = sheet.locator("footer").get_by_role("button")
    expect(footer).to_have_text(["Do the easier form", "Stop here"])
    for choice in footer.all():
        expect(choice).to_be_in_viewport(ratio=1)
    for name in ("Leave this one out", "Go on as it is"):
        assert is_in_sight(button(sheet, name)), name


@pytest.mark.parametrize(
    ("viewport", "enlarge", "percent"),
    [
        (ON_ITS_SIDE, with_text_of, 100),
        ({"width": 667, "height": 320}, with_text_of, 100),
        (SMALL_PHONE, with_text_of, 200),
        (ON_ITS_SIDE, with_text_of, 200),
        (SMALL_PHONE, with_letters_of, 200),
    ],
    ids=[
        "on its side",
        "small and on its side",
        "text of 200 %",
        "text of 200 % on its side",
        "letters of 200 %",
    ],
)
def test_nothing_lies_over_the_answers_and_the_way_out_comes_after_them(
    server: Server,
    make_phone: Callable[..., Phone],
    viewport: dict[str, int],
    enlarge: Callable[[Phone, int], None],
    percent: int,
):
    phone = make_phone(server.address, viewport=viewport)
    enlarge(phone, percent)
    page = with_the_clock_in_hand(phone).page
    start(page)
    # The button for which somebody in pain reaches is on the screen, and "Pause" is not under it.
    for name in ("Pause", "This hurts"):
        expect(button(page, name)).to_be_in_viewport(ratio=1)
    sheet = this_hurts(page)
    out = button(sheet, re.compile("[Jj]ust stop$"))
    for name in ("No, neither of these", "Pain or numbness has moved further down", "The leg is weak, or gives way"):
        assert is_in_sight(button(sheet, name)), name
        assert top(button(sheet, name)) < top(out)
    tap(button(sheet, "No, neither of these"))
    for name in ("0, none", "5", "10, worst imaginable"):
        assert is_in_sight(button(sheet, name)), name
        assert top(button(sheet, name)) < top(out)
    assert is_in_sight(out)
