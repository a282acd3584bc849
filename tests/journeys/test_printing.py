"""Print or save as PDF, from a routine's screen."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browser import Phone
from tests.journeys.steps import a_person, go_to, link, settled, sign_up, tap

pytestmark = pytest.mark.journey


def a_starter(page: Page) -> None:
    go_to(page, "Stretch")
    tap(link(page, re.compile("Pinched nerve, first days")).first)
    expect(page.get_by_role("heading", level=1)).to_have_text("Pinched nerve, first days")


def test_a_routine_is_printed_with_the_drawings_of_the_web_build(phone: Phone):
    page = phone.page
    sign_up(page, a_person())
    a_starter(page)
    sheets = {}
    for name in ("Print or save as PDF", "A4", "US Letter"):
        offer = link(page, name)
        # Beside the app: what is open stays open.
        assert offer.get_attribute("target") == "_blank"
        answer = phone.context.request.get(phone.address + (offer.get_attribute("href") or ""))
        assert (answer.status, answer.headers["content-type"]) == (200, "application/pdf")
        sheets[name] = answer.body()
    # Drawings take room: without them it would be a few dozen kilobytes.
    assert len(sheets["A4"]) > 120_000
    assert sheets["A4"] != sheets["US Letter"]


def test_without_a_network_it_says_what_printing_needs(phone: Phone):
    page = phone.page
    sign_up(page, a_person())
    a_starter(page)
    settled(page)
    phone.go_offline()
    expect(page.get_by_text("The printed sheet needs a connection.")).to_be_visible()
    expect(link(page, "Print or save as PDF")).to_have_count(0)
