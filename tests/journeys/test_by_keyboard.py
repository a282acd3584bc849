"""With keys alone: nothing needs a finger or a mouse."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browser import Phone
from tests.journeys.steps import (
    a_person,
    bar,
    button,
    go_to,
    has_sent_all,
    mark,
    places_of,
    sign_up,
    tap,
)
from tests.people import PASSWORD

pytestmark = [pytest.mark.journey, pytest.mark.online]


FOCUSED = """() => {
  const one = document.activeElement;
  const seen = one.closest('label') ?? one;
  // A drawing shows its focus as a line of its own.
  const around = [one, seen, one.nextElementSibling, one.parentElement].filter(Boolean);
  const rings = document.querySelector('svg .ring') !== null || around.some((each) => {
    const style = getComputedStyle(each);
    return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== 'none';
  });
  return { rings, what: one.outerHTML.slice(0, 120) };
}"""


def tab_to(page: Page, role: Any, name: str, most: int = 80) -> None:
    """By the tab key alone; each stop on the way shows that it has the focus."""
    wanted = page.get_by_role(role, name=name, exact=True).first
    expect(wanted).to_be_visible()
    for _ in range(most):
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUSED)
        assert focus["rings"], f"no visible focus on {focus['what']}"
        if wanted.evaluate("(one) => one === document.activeElement"):
            return
    raise AssertionError(f"the tab key does not reach {role} {name}")


def test_by_keyboard_alone_one_signs_up_and_logs(phone: Phone):
    page, alice = phone.page, a_person("alice")
    page.goto("/")
    tab_to(page, "link", "Make an account")
    page.keyboard.press("Enter")
    tab_to(page, "textbox", "E-mail")
    page.keyboard.type(alice.email)
    tab_to(page, "textbox", "Password")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(bar(page)).to_be_visible()

    tab_to(page, "link", "Log")
    page.keyboard.press("Enter")
    tab_to(page, "button", "List")
    page.keyboard.press("Enter")
    tab_to(page, "button", "Left calf")
    page.keyboard.press("Enter")
    sheet = page.get_by_role("dialog", name="Left calf")
    expect(sheet).to_be_visible()
    # Into the group of the scale, and along it with the arrows.
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.type") == "radio":
            break
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    tab_to(page, "button", "Done")
    page.keyboard.press("Enter")
    expect(sheet).to_be_hidden()
    tab_to(page, "button", "Save")
    page.keyboard.press("Enter")
    expect(page.locator(".toasts")).to_contain_text("Saved")
    has_sent_all(page)
    (row,) = phone.rows()
    assert places_of(row) == {("calf", "left")}
    assert row["readings"][0]["numbness"] == 3


def test_an_area_of_the_drawing_can_be_chosen_by_keyboard(phone: Phone):
    page = phone.page
    sign_up(page, a_person())
    page.goto("/log")
    tab_to(page, "button", "Left calf")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="Left calf")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_the_phones_back_closes_a_question_and_then_leaves_the_screen(phone: Phone):
    page = phone.page
    sign_up(page, a_person())
    go_to(page, "History")
    go_to(page, "Log")
    mark(page, "Left calf", Pain=2)
    tap(button(page, "Left calf, pain 2").first)
    expect(page.get_by_role("dialog", name="Left calf")).to_be_visible()
    here = page.evaluate("JSON.stringify(history.state)")
    page.go_back()
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page).to_have_url("/log")
    # The way back was taken and given up again: only then the next one leaves from here.
    page.wait_for_function("(here) => JSON.stringify(history.state) === here", arg=here)
    page.go_back()
    expect(page).to_have_url("/history")
