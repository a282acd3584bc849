"""What a person sees when weeks of entries have changed: why, how soon, what to do, and what they make of it."""

from __future__ import annotations

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.faults.server import wait_until
from tests.journeys.browser import Phone
from tests.journeys.keeping import has_brought, is_on_the_disk
from tests.journeys.reach import Axe
from tests.journeys.steps import (
    a_person,
    button,
    go_to,
    link,
    opens,
    pick,
    press,
    says,
    settled,
    sign_up,
    tap,
)
from tests.journeys.worsening import USUAL, WORSE, gets_worse, has_written, takes_back

pytestmark = pytest.mark.journey

TITLE = "Numbness has been worse for a while"


def region(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=name)


def the_flag(phone: Phone) -> dict:
    (flag,) = phone.rows("flags")
    return flag


def opens_it(phone: Phone) -> Page:
    """From Today, by tapping it."""
    page = phone.page
    tap(link(page, re.compile(TITLE)))
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    return page


def becomes(phone: Phone, state: str) -> None:
    wait_until(f"the server knows it as {state}", lambda: the_flag(phone)["state"] == state)


def test_it_is_told_on_today_and_explains_itself(phone: Phone):
    sign_up(phone.page, a_person())
    gets_worse(phone)
    page = phone.page
    expect(region(page, "Something has changed")).to_contain_text("Have it checked within days")
    opens_it(phone)
    since = datetime.fromisoformat(the_flag(phone)["evidence"]["since"])
    day = f"{since.day} {since:%B}"
    expect(page.get_by_text(re.compile(rf"^Numbness was .*; from {day} to .* it was about 6"))).to_be_visible()
    expect(page.get_by_text("Most of all: left calf.")).to_be_visible()
    expect(page.get_by_role("img", name=re.compile(r"^Chart from .*: 48 days logged\. Numbness was "))).to_be_visible()
    expect(region(page, "What to do")).to_contain_text("physiotherapist or doctor within the next few days")
    expect(link(page, "Look at the signs that need help now")).to_have_attribute("href", "/urgent")
    expect(region(page, "How sure is this?")).to_contain_text("about once in 2 years")
    expect(region(page, "How sure is this?")).to_contain_text("simulated diaries, not on patients")
    assert Axe(phone).faults() == []


def test_the_chart_marks_when_it_was_told_and_leads_there(phone: Phone):
    sign_up(phone.page, a_person())
    flag = gets_worse(phone)
    page = phone.page
    go_to(page, "History")
    told = datetime.fromisoformat(flag["evidence"]["day"])
    change = link(page, re.compile(rf"^{TITLE}.*, told on {told.day} {told:%B}"))
    expect(change).to_have_attribute("href", f"/flags/{flag['id']}")
    chart = page.get_by_role("application", name="Symptom chart")
    chart.focus()
    page.keyboard.press("ArrowLeft")
    for _ in range(int((datetime.now(ZoneInfo("Europe/Berlin")).date() - told.date()).days)):
        page.keyboard.press("ArrowLeft")
    expect(page.get_by_text(re.compile(f"a change was told: {TITLE}"))).to_be_attached()
    assert Axe(phone).faults() == []


def test_what_was_read_is_off_today_and_stays_in_the_list(phone: Phone):
    sign_up(phone.page, a_person())
    gets_worse(phone)
    page = opens_it(phone)
    tap(button(page, "I have read this"))
    says(page, "Noted")
    expect(page.get_by_role("heading", name="What would you like to do?")).to_be_focused()
    expect(region(page, "What has happened")).to_contain_text("Read by you")
    becomes(phone, "seen")
    go_to(page, "Today")
    expect(page.get_by_text("How is it today?")).to_be_visible()
    expect(link(page, re.compile(TITLE))).to_have_count(0)
    go_to(page, "More")
    tap(link(page, re.compile("^Changes in your diary")))
    expect(link(page, re.compile(TITLE))).to_contain_text("Read")


def test_it_is_put_off_for_a_reason_and_settled_and_opened_again(phone: Phone):
    sign_up(phone.page, a_person())
    gets_worse(phone)
    page = opens_it(phone)
    tap(button(page, "Put it off"))
    sheet = page.get_by_role("dialog", name="Put it off")
    tap(button(sheet, re.compile("^Put off until")))
    expect(sheet.get_by_role("alert")).to_have_text("Choose how long, and why.")
    pick(sheet, "2 weeks")
    pick(sheet, "I have an appointment")
    tap(button(sheet, re.compile("^Put off until")))
    says(page, "Put off until")
    life = region(page, "What has happened")
    expect(life).to_contain_text("Put off by you: I have an appointment")
    wait_until("the server knows until when", lambda: the_flag(phone)["snoozed_until"])
    opens(page, "/flags")
    expect(page.get_by_role("heading", name="Put off", exact=True)).to_be_visible()
    tap(link(page, re.compile(TITLE)))
    tap(button(page, "It is settled"))
    tap(button(page.get_by_role("dialog"), "A doctor or physiotherapist has looked at it"))
    expect(life).to_contain_text("Settled by you: A doctor or physiotherapist has looked at it")
    becomes(phone, "resolved")
    tap(button(page, "Open it again"))
    expect(life).to_contain_text("Opened again by you")
    becomes(phone, "reopened")


def test_it_is_read_without_a_network_and_the_server_hears_of_it_later(phone: Phone):
    sign_up(phone.page, a_person())
    flag = gets_worse(phone)
    page = phone.page
    # What the chart is drawn from comes after the flag.
    has_brought(page, len(USUAL + WORSE), "entries")
    settled(page)
    phone.go_offline()
    page.goto(f"/flags/{flag['id']}")
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(page.get_by_role("img", name=re.compile("^Chart from"))).to_be_visible()
    tap(button(page, "I have read this"))
    expect(region(page, "What has happened")).to_contain_text("Read by you")
    page.goto("/flags/00000000-0000-4000-8000-000000000000")
    expect(page.get_by_text("This note is not on this phone")).to_be_visible()
    phone.go_online()
    becomes(phone, "seen")


def test_corrected_entries_take_it_back_and_it_says_so(phone: Phone):
    sign_up(phone.page, a_person())
    flag = gets_worse(phone)
    takes_back(phone, len(WORSE))
    page = phone.page
    page.reload()
    expect(link(page, re.compile(TITLE))).to_have_count(0)
    opens(page, "/flags")
    expect(link(page, re.compile(TITLE))).to_contain_text("taken back, entries were corrected")
    opens(page, f"/flags/{flag['id']}")
    expect(region(page, "What has happened")).to_contain_text("with your corrected entries")
    expect(button(page, "Open it again")).to_have_count(0)


def test_how_readily_it_is_told_is_chosen_with_its_price(phone: Phone):
    page = phone.page
    sign_up(page, a_person())
    opens(page, "/more/flags")
    expect(page.get_by_role("radio", name=re.compile("^Fewer .* about once in 4 years"))).to_be_visible()
    page.get_by_role("radio", name=re.compile("^More ")).check()
    says(page, "Done")
    assert phone.api("trends")["sensitivity"] == "more"
    is_on_the_disk(page)
    settled(page)
    phone.go_offline()
    tap(page.get_by_role("radio", name=re.compile("^Fewer")))
    expect(page.get_by_role("alert")).to_have_text("This needs a connection. Your choice stays as it was: More.")
    expect(page.get_by_role("radio", name=re.compile("^More "))).to_be_checked()
    page.reload()
    expect(page.get_by_role("radio", name=re.compile("^More "))).to_be_checked()
    phone.go_online()
    assert phone.api("trends")["sensitivity"] == "more"


def test_what_got_better_is_told_once_and_is_no_flag(phone: Phone):
    page = phone.page
    sign_up(page, a_person())
    has_written(phone, [value + 3 for value in USUAL] + [max(0, 8 - value) for value in WORSE])
    opens(page, "/more/flags")
    good = page.get_by_text(re.compile("^Numbness was usually about 6; since .* it is about 2"))
    expect(good).to_be_visible()
    go_to(page, "Today")
    expect(good).to_be_visible()
    assert phone.rows("flags") == []
    tap(button(page, "Good to know"))
    expect(good).to_have_count(0)
    is_on_the_disk(page)
    page.reload()
    expect(page.get_by_text("How is it today?")).to_be_visible()
    expect(good).to_have_count(0)


def test_by_keyboard_from_today_to_the_reason(phone: Phone):
    page = phone.page
    sign_up(page, a_person())
    gets_worse(phone)
    link(page, re.compile(TITLE)).focus()
    press(page, "Enter")
    expect(button(page, "Put it off")).to_be_visible()
    button(page, "It is settled").focus()
    press(page, "Enter")
    expect(page.get_by_role("dialog", name="What settled it?")).to_be_visible()
    press(page, "Escape")
    expect(button(page, "It is settled")).to_be_focused()
    press(page, "Shift+Tab", "Enter")
    sheet = page.get_by_role("dialog", name="Put it off")
    expect(sheet).to_be_visible()
    press(page, "Tab", "ArrowLeft", "Tab", "ArrowDown", "Tab", "Enter")
    expect(sheet).to_be_hidden()
    expect(region(page, "What has happened")).to_contain_text("Put off by you: I have an appointment")
