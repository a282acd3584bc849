"""Today's plan, put off with a reason or done, and what was done week by week: also without a network."""

from __future__ import annotations

import re
import uuid

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.exercises.factories import prescription_body
from tests.journeys.browser import Phone
from tests.journeys.playing import put, session
from tests.journeys.steps import a_person, button, go_to, has_sent_all, link, says, settled, sign_up, tap

pytestmark = pytest.mark.journey

EVERY_DAY = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


def with_a_plan(phone: Phone) -> dict:
    """Twice a day, every day, from today on; one of the two is done already, on another device."""
    sign_up(phone.page, a_person())
    today = phone.page.evaluate("new Date().toLocaleDateString('sv')")
    body = prescription_body(weekdays=EVERY_DAY, starts_on=today, name="Hip and back")
    plan = put(phone, f"prescriptions/{uuid.uuid4()}", body)
    put(phone, f"sessions/{uuid.uuid4()}", session("bridge", today, prescription=plan["id"], prescription_version=1))
    phone.page.reload()
    return plan


def todays_plan(page: Page) -> Locator:
    return page.get_by_role("region", name=re.compile("^Today.s plan$"))


def test_todays_plan_is_put_off_without_a_network_and_the_week_says_so_calmly(phone: Phone):
    plan = with_a_plan(phone)
    page = phone.page
    expect(todays_plan(page)).to_contain_text("1 of 2 done")
    settled(page)
    phone.go_offline()
    tap(button(todays_plan(page), re.compile("^Not today")))
    sheet = page.get_by_role("dialog", name="Not today")
    expect(button(sheet, "Save")).to_be_disabled()
    sheet.get_by_role("radio", name="No time").check()
    tap(button(sheet, "Save"))
    says(page, "on this phone")
    expect(todays_plan(page)).to_contain_text("Not today: No time")
    expect(button(todays_plan(page), re.compile("^Not today"))).to_have_count(0)

    go_to(page, "History")
    tap(link(page, re.compile("^What you did")))
    expect(page.get_by_role("heading", level=1)).to_have_text("What you did")
    week = page.get_by_role("article").filter(has_text="This week")
    expect(week).to_contain_text("1 of 2 times")
    expect(week).to_contain_text("In part on")
    expect(week).to_contain_text("Exercises: 1 done")
    expect(week).not_to_contain_text("left out")
    expect(page.get_by_role("region", name="What got in the way")).to_contain_text(re.compile("No time *once"))
    expect(page.get_by_text(re.compile("missed|failed", re.IGNORECASE))).to_have_count(0)

    phone.go_online()
    has_sent_all(page)
    (off,) = [one for one in phone.rows("sessions") if one["stop_reason"]]
    assert (off["prescription"], off["prescription_version"], off["stop_reason"]) == (plan["id"], 1, "no-time")
    assert {item["status"] for item in off["items"]} == {"skipped"}
    adherence = phone.api("adherence")
    assert [(week["prescribed"], week["prescribed_done"], week["sessions"]) for week in adherence["weeks"]] == [
        (2, 1, 1)
    ]
    assert adherence["reasons"] == {"no-time": 1}


def test_closing_the_question_records_nothing(phone: Phone):
    with_a_plan(phone)
    page = phone.page
    tap(button(todays_plan(page), re.compile("^Not today")))
    tap(button(page.get_by_role("dialog", name="Not today"), "Close"))
    expect(todays_plan(page)).to_contain_text("1 of 2 done")
    assert len(phone.rows("sessions")) == 1


def test_before_the_first_session_the_screen_says_what_will_be_there(phone: Phone):
    sign_up(phone.page, a_person())
    phone.page.goto("/history/adherence")
    expect(phone.page.get_by_text("Nothing here yet")).to_be_visible()
    expect(link(phone.page, "Choose a routine")).to_be_visible()
