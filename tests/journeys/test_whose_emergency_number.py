"""Which emergency number is shown, and that a guess says that it is one."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.browser import Phone
from tests.journeys.questioning import has_read_it
from tests.journeys.steps import a_person, button, fill_in, link, says, tap
from tests.journeys.test_something_is_badly_wrong import advice, answers_yes

pytestmark = [pytest.mark.journey, pytest.mark.online]


def test_where_nobody_has_said_the_country_the_number_says_that_it_is_guessed(phone: Phone):
    page = phone.page
    page.goto("/sign-up")
    # Asked once, in plain sight, with what the phone's clock says.
    country = page.get_by_label("Country")
    expect(country).to_have_value("DE")
    expect(page.get_by_text("Guessed from this phone: is this right?")).to_be_visible()
    country.select_option("US")
    expect(page.get_by_text("Decides which emergency number is shown: 911.")).to_be_visible()
    country.select_option("")
    fill_in(page, a_person())
    tap(button(page, "Make an account"))
    expect(page.get_by_role("navigation", name="Main")).to_be_visible()

    answers_yes(page)
    advice(page)
    expect(link(page, re.compile("^Call 112"))).to_be_visible()
    expect(page.get_by_text("Guessed for Germany. Change it in your profile.")).to_be_visible()
    has_read_it(page)
    # Something else that is saved leaves it unsaid.
    page.goto("/more/profile")
    page.get_by_label("Name", exact=True).fill("Alice")
    expect(page.get_by_label("Country")).to_have_value("")
    expect(page.get_by_text("this phone guesses Germany: emergency number 112")).to_be_visible()
    tap(button(page, "Save"))
    says(page, "Saved")
    assert phone.api("me")["country"] == ""
    tap(button(page, "Yes, Germany"))
    expect(page.get_by_label("Country")).to_have_value("DE")
    tap(button(page, "Save"))
    says(page, "Saved")
    assert phone.api("me")["country"] == "DE"
    page.goto("/signs")
    expect(link(page, re.compile("^Call 112"))).to_be_visible()
    expect(page.get_by_text("Guessed for Germany")).to_have_count(0)
