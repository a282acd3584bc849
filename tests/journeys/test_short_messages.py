"""What is said for a moment at the top of a screen hides nothing that is to be read or pressed next."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.faults.server import Server
from tests.journeys.browser import REFUSED, SMALL_PHONE, Phone
from tests.journeys.playing import passes, stop_the_clock
from tests.journeys.reminding import keeps
from tests.journeys.steps import (
    a_person,
    button,
    go_to,
    has_left,
    has_sent_all,
    mark,
    opens,
    says,
    sign_up,
    tap,
    with_letters_of,
    with_text_of,
)

pytestmark = pytest.mark.journey

# What the message lies over, of all that matches.
OVERLAPS = """(selector) => {
  const message = document.querySelector('.toast').getBoundingClientRect();
  return [...document.querySelectorAll(selector)]
    .map((one) => [one, one.getBoundingClientRect()])
    .filter(([, box]) => box.bottom > message.top + 1 && box.top < message.bottom - 1)
    .filter(([, box]) => box.right > message.left + 1 && box.left < message.right - 1)
    .map(([one]) => one.outerHTML.slice(0, 90));
}"""


def covered(page: Page, selector: str) -> list[str]:
    return page.evaluate(OVERLAPS, selector)


@pytest.mark.parametrize(
    ("enlarge", "percent"),
    [(with_text_of, 100), (with_text_of, 200), (with_letters_of, 200)],
    ids=["usual", "text of 200 %", "letters of 200 %"],
)
def test_a_message_lies_over_no_banner_and_not_over_the_bar(
    server: Server, make_phone: Callable[..., Phone], enlarge: Callable[[Phone, int], None], percent: int
):
    phone = make_phone(server.address, viewport=SMALL_PHONE)
    enlarge(phone, percent)
    page = phone.page
    page.clock.install()
    sign_up(page, a_person())
    has_sent_all(page)
    phone.expect(REFUSED.format("40[13]"))
    for _ in range(2):
        go_to(page, "Log")
        mark(page, "Left calf", Pain=4)
        # So that the message stays.
        stop_the_clock(page)
        phone.context.clear_cookies()
        tap(button(page, "Save"))
        says(page, "Saved")
        passes(page, 1)
        has_left(page, "/log")
        # The first time this comes out while the message stands there; the second time it is known.
        expect(signed_out(page)).to_be_visible()
        expect(page.locator(".toast")).to_be_in_viewport(ratio=1)
        assert covered(page, ".banners, nav, .top a") == []
        page.clock.resume()


def signed_out(page: Page) -> Locator:
    return page.get_by_text("You are signed out on the server")


def test_what_was_switched_can_be_switched_back_beside_the_message(phone: Phone):
    page = phone.page
    page.clock.install()
    sign_up(page, a_person())
    keeps(phone)
    opens(page, "/more/reminders")
    switch = page.get_by_role("switch")
    expect(switch).to_be_checked()
    stop_the_clock(page)
    tap(switch)
    expect(page.locator(".toast")).to_be_visible()
    expect(switch).not_to_be_checked()
    assert covered(page, "main :is(a, button, input, label)") == []
