"""A tap too many, a rating taken back, an entry begun and left: what hands do, in pain and at night."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browser import Phone
from tests.journeys.steps import (
    a_person,
    button,
    choose,
    go_to,
    has_sent_all,
    says,
    settled,
    sign_out,
    sign_up,
    tap,
)

pytestmark = pytest.mark.journey

TAPS_IN_A_ROW = """async () => {
  const find = () => [...document.querySelectorAll('button')].find((one) => one.textContent.includes('No symptoms'));
  for (let tap = 0; tap < 300; tap++) {
    find()?.click();
    await new Promise((resolve) => setTimeout(resolve));
  }
}"""


def test_many_taps_on_no_symptoms_save_one_entry(phone: Phone):
    page = phone.page
    sign_up(page, a_person())
    settled(page)
    page.evaluate(TAPS_IN_A_ROW)
    has_sent_all(page)
    assert len(phone.rows()) == 1

    # Taken back, the choice is there again.
    tap(button(page, "Undo"))
    says(page, "Taken back")
    expect(button(page, re.compile("No symptoms today"))).to_be_visible()


def rates_left_calf(page: Page) -> None:
    go_to(page, "Log")
    tap(button(page, re.compile("^Left calf")).first)
    choose(page.get_by_role("dialog", name="Left calf"), "Pain", 4)


def test_a_place_whose_rating_is_taken_back_is_not_marked(phone: Phone):
    page = phone.page
    sign_up(page, a_person())
    rates_left_calf(page)
    sheet = page.get_by_role("dialog", name="Left calf")
    tap(sheet.get_by_role("button", name=re.compile("Pain")))
    # The button has gone; whoever uses the keyboard is still at this scale.
    expect(sheet.get_by_role("radiogroup", name="Pain").get_by_role("radio").first).to_be_focused()
    tap(button(sheet, "Done"))
    expect(page.get_by_text("Marked", exact=True)).to_be_hidden()
    expect(button(page, "No symptoms today")).to_be_visible()


def test_after_the_saddle_advice_and_the_ratings_the_keyboard_is_where_it_was(phone: Phone):
    page = phone.page
    sign_up(page, a_person())
    go_to(page, "Log")
    tap(button(page, "List"))
    saddle = button(page, re.compile("^Mark Saddle area"))
    saddle.press("Enter")
    button(page, "Record it").press("Enter")
    expect(page.get_by_role("dialog", name="Saddle area")).to_be_visible()
    page.keyboard.press("Escape")
    expect(saddle).to_be_focused()


def test_signing_out_drops_what_was_begun_in_another_tab(phone: Phone):
    page = phone.page
    sign_up(page, a_person())
    other = phone.new_tab()
    other.goto("/")
    rates_left_calf(other)
    kept = "Object.keys(sessionStorage).some((key) => key.startsWith('unpinch-draft'))"
    other.wait_for_function(f"() => {kept}")
    sign_out(page)
    expect(button(other, "Sign in")).to_be_visible()
    other.wait_for_function(f"() => !{kept}")


def test_an_unknown_address_opens_once_while_a_newer_version_waits(phone: Phone):
    page = phone.page
    sign_up(page, a_person())
    settled(page)
    page.goto("/")
    phone.context.route("**/_app/version.json", lambda route: route.fulfill(json={"version": "a newer one"}))
    loads: list[str] = []
    page.on("load", lambda loaded: loads.append(loaded.url))
    page.goto("/nowhere")
    expect(page.get_by_role("heading", name="There is nothing here")).to_be_visible()
    page.wait_for_timeout(1000)
    assert len(loads) == 1
