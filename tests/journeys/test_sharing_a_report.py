"""A patient lends a report out by a link: made in three taps, read without an account, seen in the log, closed."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.faults.server import Server
from tests.journeys.browser import LOST, REFUSED, Phone
from tests.journeys.caring import logged, somebody
from tests.journeys.reach import Axe
from tests.journeys.steps import (
    a_person,
    button,
    check,
    counted_taps,
    go_to,
    link,
    opens,
    says,
    settled,
    sign_up,
    tap,
)
from tests.journeys.worsening import USUAL, has_written

pytestmark = pytest.mark.journey

READY = "Your link is ready"


def address(page: Page) -> str:
    expect(page.get_by_role("heading", level=1)).to_have_text(READY)
    return page.get_by_role("textbox", name="Copy the link").input_value()


def reads_at(desk: Phone, url: str) -> Page:
    """A browser that knows nothing of Unpinch."""
    desk.page.goto(url)
    return desk.page


def unlocks(page: Page, passcode: str) -> None:
    page.get_by_label("Passcode").fill(passcode)
    page.keyboard.press("Enter")


def test_a_link_is_made_in_three_taps_and_opens_the_report_anywhere(
    phone: Phone, server: Server, make_phone: Callable[..., Phone]
):
    somebody(phone, "Alice Example")
    has_written(phone, USUAL)
    page = phone.page
    go_to(page, "More")
    with counted_taps() as taps:
        tap(link(page, re.compile("^Sharing")))
        tap(link(page, "Make a report link"))
        tap(button(page, "Make the link"))
        url = address(page)
    assert taps.count == 3
    assert Axe(phone).faults() == []
    expect(page.get_by_role("img", name="QR code of the link")).to_be_visible()
    # Of two codes side by side the wrong one would be scanned.
    other_code = page.get_by_role("img", name="QR code of the health link")
    expect(other_code).to_be_hidden()
    tap(page.get_by_text("For another health app"))
    expect(other_code).to_be_visible()
    assert Axe(phone).faults() == []

    desk = reads_at(make_phone(server.address, java_script_enabled=False), url)
    expect(desk.get_by_role("heading", level=1)).to_contain_text("Alice Example")
    expect(desk.locator("body")).to_contain_text("27 of 28")

    # What opens it is shown once.
    tap(link(page, "Done"))
    expect(page.get_by_role("link", name=re.compile("opened once"))).to_be_visible()
    assert url.rpartition("/")[2] not in page.content()


def test_a_guarded_link_asks_says_who_tried_and_is_closed_for_good(
    phone: Phone, server: Server, make_phone: Callable[..., Phone]
):
    somebody(phone, "Alice Example")
    has_written(phone, USUAL)
    page = phone.page
    opens(page, "/more/sharing/new")
    tap(page.get_by_text("Passcode, how long, for whom"))
    page.get_by_label(re.compile("^Your question")).fill("May I cycle <b>again</b>?")
    check(page, "Ask for a passcode")
    page.get_by_label("Passcode", exact=True).fill("open sesame")
    page.get_by_label(re.compile("^For whom")).fill("Petra at the clinic")
    tap(button(page, "Make the link"))
    url = address(page)
    expect(page.get_by_text("Passcode: open sesame")).to_be_visible()

    other = make_phone(server.address)
    other.expect(REFUSED.format(r"4\d\d"))
    desk = reads_at(other, url)
    unlocks(desk, "open barley")
    expect(desk.get_by_role("alert")).to_contain_text("That was not the passcode")
    expect(desk.get_by_text("Alice Example")).to_have_count(0)
    unlocks(desk, "open sesame")
    expect(desk.get_by_role("heading", level=1)).to_contain_text("Alice Example")
    expect(desk.get_by_text("May I cycle <b>again</b>?")).to_be_visible()

    tap(link(page, "Done"))
    tap(link(page, re.compile("^Petra at the clinic")))
    expect(page.get_by_text("9 wrong guesses are left")).to_be_visible()
    expect(page.get_by_role("heading", name="Who has read")).to_be_visible()
    expect(page.locator("main ol")).to_contain_text("Somebody with the link gave a wrong passcode")
    expect(page.locator("main ol")).to_contain_text("Somebody with the link read the report")
    expect(page.locator("main ol")).to_contain_text("Chrom")
    assert Axe(phone).faults() == []

    tap(button(page, "Close this link"))
    tap(button(page.get_by_role("dialog", name="Close this link?"), "Close this link"))
    says(page, "Closed. Nobody can open it any more.")
    expect(page.get_by_text(re.compile("^Closed by you on"))).to_be_visible()
    desk.goto(url)
    expect(desk.get_by_role("heading", level=1)).to_have_text("This link was ended")
    expect(desk.get_by_text("Alice Example")).to_have_count(0)

    opens(page, "/more/sharing/log")
    expect(page.locator("main ol")).to_contain_text("after you had closed it, and was shown nothing")
    expect(page.locator("main ol")).to_contain_text("By the link “Petra at the clinic”")
    assert all("Petra Physio" not in line for line in logged(page))


def test_a_report_for_oneself_is_printed_and_saved_and_nobody_else_has_it(phone: Phone):
    somebody(phone, "Alice Example")
    has_written(phone, USUAL)
    page = phone.page
    go_to(page, "History")
    tap(link(page, re.compile("^Share a report")))
    tap(button(page, "Only for me: print or save"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Your report")
    kinds = {}
    for name in ("Print or save as PDF", "For a spreadsheet (CSV)", "For another health program (FHIR)"):
        offer = link(page, name)
        # Beside the app: what is open stays open.
        assert offer.get_attribute("target") == "_blank"
        answer = phone.context.request.get(phone.address + (offer.get_attribute("href") or ""))
        kinds[answer.headers["content-type"].partition(";")[0]] = answer.status
    assert kinds == {"application/pdf": 200, "text/csv": 200, "application/fhir+json": 200}
    assert Axe(phone).faults() == []
    assert (phone.rows("shares"), phone.rows("accesses")) == ([], [])


def test_without_a_connection_it_says_so_and_nothing_is_lost(phone: Phone):
    page = phone.page
    sign_up(page, a_person())
    opens(page, "/more/sharing/new")
    settled(page)
    tap(page.get_by_text("Passcode, how long, for whom"))
    page.get_by_label(re.compile("^Your question")).fill("May I cycle again?")
    phone.go_offline()
    phone.expect(LOST)
    tap(button(page, "Make the link"))
    expect(page.get_by_role("alert")).to_contain_text("needs a connection")
    phone.go_online()
    tap(button(page, "Make the link"))
    address(page)
    assert len(phone.rows("shares")) == 1


def test_an_earlier_report_is_opened_lent_again_and_deleted(
    phone: Phone, server: Server, make_phone: Callable[..., Phone]
):
    somebody(phone, "Alice Example")
    has_written(phone, USUAL)
    page = phone.page
    opens(page, "/more/sharing/new")
    page.get_by_label(re.compile("^Your question")).fill("May I cycle again?")
    tap(button(page, "Make the link"))
    url = address(page)
    desk = reads_at(make_phone(server.address), url)
    expect(desk.get_by_text("May I cycle again?")).to_be_visible()

    opens(page, "/more/sharing")
    tap(link(page, re.compile("^Earlier reports")))
    expect(page.get_by_role("heading", level=1)).to_have_text("Earlier reports")
    assert Axe(phone).faults() == []
    tap(link(page, re.compile("Opened once. One link opens it")))
    expect(page.get_by_text("Your question: May I cycle again?")).to_be_visible()
    expect(link(page, "Print or save as PDF")).to_have_attribute("target", "_blank")
    assert Axe(phone).faults() == []

    # Again: the same days, parts and question.
    tap(link(page, "Make a link again"))
    expect(page.get_by_label(re.compile("^Your question"))).to_have_value("May I cycle again?")
    expect(page.get_by_role("radio", name="Other dates")).to_be_checked()
    tap(button(page, "Make the link"))
    address(page)
    first, second = phone.rows("shares")
    assert first["scope"] == second["scope"]

    opens(page, "/more/sharing/reports")
    tap(link(page, re.compile("Opened once")))
    tap(button(page, "Delete this report"))
    tap(button(page.get_by_role("dialog", name="Delete this report?"), "Keep it"))
    assert len(phone.rows("reports")) == 2
    tap(button(page, "Delete this report"))
    tap(button(page.get_by_role("dialog", name="Delete this report?"), "Delete this report"))
    says(page, "Deleted. No link opens it any more.")
    expect(link(page, re.compile("Not opened by anybody"))).to_be_visible()
    expect(link(page, re.compile("Opened once"))).to_have_count(0)
    assert len(phone.rows("reports")) == 1
