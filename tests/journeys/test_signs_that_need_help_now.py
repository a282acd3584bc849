from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browser import Phone
from tests.journeys.questioning import has_read_it, says_yes
from tests.journeys.steps import (
    a_person,
    button,
    go_to,
    has_sent_all,
    link,
    opens,
    places_of,
    rate,
    says,
    settled,
    sign_up,
    tap,
)

pytestmark = pytest.mark.journey


@pytest.mark.parametrize("view", ["body map", "list"])
@pytest.mark.parametrize("network", ["online", "offline"])
def test_the_saddle_area_shows_the_emergency_advice_with_the_countrys_number(phone: Phone, network: str, view: str):
    page = phone.page
    sign_up(page, a_person())
    lives_in(page, "United States", "911")
    settled(page)
    if network == "offline":
        phone.go_offline()
    go_to(page, "Log")
    if view == "body map":
        tap(button(page, "Saddle area").first)
    else:
        tap(button(page, "List"))
        tap(button(page, "Mark Saddle area"))
    advice = page.get_by_role("dialog", name="This needs checking now")
    expect(advice).to_be_visible()
    expect(link(advice, re.compile("^Call 911"))).to_have_attribute("href", "tel:911")

    # It can still be written down, and Today keeps saying what it may mean.
    tap(button(advice, "Record it"))
    rate(page, "Saddle area", Numbness=3)
    tap(button(page, "Save"))
    # No message lies over the call button; the card itself says that it is saved, and that no help is coming by that.
    expect(page.get_by_text("Nobody has been called")).to_be_visible()
    expect(page.locator(".toast")).to_be_hidden()
    expect(link(page, re.compile("^Call 911")).first).to_be_visible()
    if view == "body map":
        # A doctor is shown the mark as a sign, whether or not anything has been sent.
        tap(link(page, "Show this to a doctor"))
        expect(page.get_by_role("heading", name="Feeling between the legs")).to_be_visible()
        expect(page.get_by_text("Marked on the body map")).to_be_visible()
        expect(page.get_by_text("No sign is open.")).to_be_hidden()
    if network == "offline":
        phone.go_online()
    has_sent_all(page)
    assert [places_of(row) for row in phone.rows()] == [{("saddle", "midline")}]


def test_a_saddle_area_tapped_by_mistake_leaves_nothing(phone: Phone):
    page = phone.page
    sign_up(page, a_person())
    go_to(page, "Log")
    tap(button(page, "Saddle area").first)
    tap(button(page, "Not this area"))
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.get_by_text("Marked", exact=True)).to_be_hidden()


def test_taking_back_the_only_mark_asks_what_is_meant_before_anything_is_saved(phone: Phone):
    page = phone.page
    sign_up(page, a_person())
    marks_the_saddle_area(page)
    tap(link(page, "Correct the entry"))
    tap(button(page, re.compile("^Change Saddle area")))
    tap(button(page, "Not this area"))
    tap(button(page, "Save the changes"))
    question = page.get_by_role("dialog", name="Nothing is marked any more")
    tap(button(question, "Mark a place"))
    expect(question).to_be_hidden()
    has_sent_all(page)
    assert [places_of(row) for row in phone.rows()] == [{("saddle", "midline")}]

    tap(button(page, "Save the changes"))
    tap(button(question, "Delete the whole entry"))
    says(page, "Entry deleted")
    has_sent_all(page)
    assert phone.rows() == []


def test_no_symptoms_is_saved_where_that_is_what_was_meant(phone: Phone):
    page = phone.page
    sign_up(page, a_person())
    marks_the_saddle_area(page)
    tap(link(page, "Correct the entry"))
    tap(button(page, re.compile("^Change Saddle area")))
    tap(button(page, "Not this area"))
    tap(button(page, "Save the changes"))
    tap(button(page, "No symptoms that day"))
    expect(page).to_have_url("/")
    has_sent_all(page)
    assert [row["readings"] for row in phone.rows()] == [[]]


def test_an_emergency_that_was_marked_stands_above_what_can_wait(phone: Phone):
    page = phone.page
    sign_up(page, a_person())
    opens(page, "/signs/check?set=full&page=9")
    says_yes(page, "toes-up")
    has_sent_all(page)
    opens(page, "/")
    waits = page.get_by_text("Have this checked within a few days")
    expect(waits).to_be_visible()
    marks_the_saddle_area(page)
    expect(waits).to_be_visible()
    now = page.get_by_role("heading", name="This needs checking now")
    assert now.bounding_box()["y"] < waits.bounding_box()["y"]
    page.set_viewport_size({"width": 360, "height": 740})
    page.evaluate("scrollTo(0, 0)")
    expect(link(page, re.compile("^Call 112")).first).to_be_in_viewport(ratio=1)


def marks_the_saddle_area(page: Page) -> None:
    go_to(page, "Log")
    tap(button(page, "Saddle area").first)
    tap(button(page, "Record it"))
    rate(page, "Saddle area", Numbness=3)
    tap(button(page, "Save"))
    has_read_it(page)


def test_something_is_badly_wrong_is_one_tap_from_today_and_works_signed_out(phone: Phone):
    page = phone.page
    page.goto("/")
    tap(link(page, "Something is badly wrong"))
    expect(link(page, re.compile("^Call 112")).first).to_be_visible()
    sign_up(page, a_person())
    go_to(page, "Today")
    tap(link(page, "Something is badly wrong"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Something is badly wrong")


def lives_in(page: Page, country: str, number: str) -> None:
    page.goto("/more/profile")
    page.get_by_label("Country", exact=True).select_option(label=country)
    tap(button(page, "Save"))
    expect(page.locator(".toasts")).to_contain_text("Saved")
    expect(page.get_by_text(f"Empty means {number}")).to_be_visible()
