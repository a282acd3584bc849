"""A report is lent out and taken back with keys alone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browser import Phone
from tests.journeys.caring import somebody
from tests.journeys.steps import button, opens, says
from tests.journeys.test_by_keyboard import FOCUSED, tab_to
from tests.journeys.worsening import USUAL, has_written

pytestmark = [pytest.mark.journey, pytest.mark.online]


def focused(page: Page) -> str:
    return page.evaluate("document.activeElement.textContent.trim()")


def test_a_guarded_link_is_made_and_closed_by_keyboard_alone(phone: Phone):
    somebody(phone, "Alice Example")
    has_written(phone, USUAL)
    page = phone.page
    opens(page, "/more/sharing")
    tab_to(page, "link", "Make a report link")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Passcode, how long, for whom")).to_be_visible()
    while page.evaluate("document.activeElement.tagName") != "SUMMARY":
        page.keyboard.press("Tab")
        assert page.evaluate(FOCUSED)["rings"]
    assert focused(page) == "Passcode, how long, for whom"
    page.keyboard.press("Enter")
    tab_to(page, "checkbox", "Ask for a passcode")
    page.keyboard.press("Space")
    tab_to(page, "textbox", "For whom (only you see this)")
    page.keyboard.type("Petra")
    tab_to(page, "button", "Make the link")
    page.keyboard.press("Enter")
    # The form is gone: the heading of what has come instead has the focus, and not nothing.
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text("Your link is ready")
    expect(heading).to_be_focused()
    tab_to(page, "textbox", "Copy the link")
    tab_to(page, "link", "Done")
    page.keyboard.press("Enter")

    tab_to(page, "link", "Petra " + page.locator("main a:has-text('Petra') span span").inner_text())
    page.keyboard.press("Enter")
    tab_to(page, "button", "Close this link")
    page.keyboard.press("Enter")
    sheet = page.get_by_role("dialog", name="Close this link?")
    expect(sheet).to_be_visible()
    # Thought better of it: back where one was.
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    expect(button(page, "Close this link")).to_be_focused()
    page.keyboard.press("Enter")
    expect(sheet).to_be_visible()
    tab_to(page, "button", "Keep it")
    page.keyboard.press("Tab")
    assert focused(page) == "Close this link"
    page.keyboard.press("Enter")
    says(page, "Closed. Nobody can open it any more.")
    # The button is gone: what came of it has the focus.
    state = page.get_by_text("Closed by you on")
    expect(state).to_be_visible()
    expect(page.locator("main p:focus")).to_contain_text("Closed by you on")
    (share,) = phone.rows("shares")
    assert share["state"] == "revoked"
