"""A busy physiotherapist reads a report on a phone without JavaScript, and prints it: what was closed is on paper."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.cache import cache
from playwright.sync_api import expect

from sharing.rendering.wording import weekday_words, words_of
from tests.journeys.browser import Phone
from tests.journeys.reach import WIDER_THAN_THE_PHONE, Axe
from tests.pdfs import words_in
from tests.sharing.factories import lent
from tests.sharing.snapshots import example

pytestmark = [pytest.mark.journey, pytest.mark.online]


@pytest.fixture
def host(live_server) -> str:
    cache.clear()
    return live_server.url


def test_the_days_are_closed_on_the_phone_open_by_a_tap_and_are_printed_whole(alice, host, make_phone, tmp_path: Path):
    phone: Phone = make_phone(host, java_script_enabled=False)
    _, token = lent(alice)
    page = phone.page
    page.goto(f"/r/{token}")
    days = page.locator("table.days")
    expect(page.get_by_role("heading", name="Day by day")).to_be_visible()
    expect(days).to_be_hidden()

    printed = words_in(page.pdf(path=tmp_path / "closed.pdf", format="A4"))
    assert [day["date"] for day in example()["days"] if weekday_words(day["date"], words_of("en")) not in printed] == []
    assert "Show or hide" not in printed
    assert "On this page" not in printed

    page.get_by_role("link", name="Days", exact=True).click()
    page.get_by_text("Show or hide the 56 lines").click()
    expect(days).to_be_visible()
    expect(days.get_by_text("Long drive, worse at night.")).to_be_attached()


@pytest.mark.parametrize("letters", [16, 32])
def test_it_is_within_everybodys_reach_at_twice_the_size_too(
    alice, host, make_phone: Callable[..., Phone], letters: int
):
    _, token = lent(alice)
    phone = make_phone(host, bypass_csp=True)
    phone.page.goto(f"/r/{token}")
    phone.page.add_style_tag(content=f"html {{ font-size: {letters}px !important }}")
    phone.page.get_by_text("Show or hide the 56 lines").click()
    assert phone.page.evaluate(WIDER_THAN_THE_PHONE) is None
    assert Axe(phone).faults() == []
