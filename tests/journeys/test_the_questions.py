"""When the questions about signs are asked, and how they are answered."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.faults.server import Server
from tests.journeys.browser import Phone
from tests.journeys.questioning import (
    LEAVE,
    NONE,
    answers,
    checks_of,
    checks_on,
    denies_all,
    goes_on,
    has_read_it,
    logs_weakness,
    part,
    question,
    says_yes,
    starts_all,
)
from tests.journeys.reach import WIDER_THAN_THE_PHONE, Axe
from tests.journeys.steps import (
    a_person,
    button,
    go_to,
    link,
    mark,
    opens,
    press,
    says,
    settled,
    sign_up,
    tap,
    with_text_of,
)

pytestmark = pytest.mark.journey


def test_the_questions_of_set_up_can_be_put_off_and_come_back_the_next_day(phone: Phone):
    page = phone.page
    page.clock.install()
    sign_up(page, a_person())
    expect(page.get_by_role("heading", name="First, some questions")).to_be_visible()
    tap(button(page, "Ask me tomorrow"))
    expect(page.get_by_role("heading", name="First, some questions")).to_be_hidden()
    page.reload()
    # Whoever has the time after all finds them.
    expect(link(page, "Questions you put off")).to_have_attribute("href", "/signs/check?set=full")
    expect(page.get_by_role("heading", name="First, some questions")).to_be_hidden()
    page.clock.fast_forward(timedelta(days=1).total_seconds() * 1000)
    expect(page.get_by_role("heading", name="First, some questions")).to_be_visible()


def test_no_to_all_of_them_is_a_tap_a_part_and_claims_no_more_than_was_said(phone: Phone):
    page = phone.page
    sign_up(page, a_person())
    starts_all(page)
    denies_all(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Nothing you answered needs checking today")
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    (check,) = checks_of(phone)
    assert (len(check["answers"]), set(check["answers"].values()), check["level"]) == (31, {"no"}, None)
    go_to(page, "Today")
    expect(page.get_by_role("heading", name="Your weekly questions")).to_have_count(0)


def test_a_private_question_that_was_left_is_found_on_today_and_asked_by_itself(phone: Phone):
    page = phone.page
    sign_up(page, a_person())
    starts_all(page)
    for number in range(1, 10):
        part(page, number, 9)
        if number == 5:
            answers(page, "self-harm", "I would rather not say")
            goes_on(page)
        else:
            tap(button(page, NONE))
    tap(link(page, "Go to Today"))
    # In words that tell nobody beside what it is about.
    tap(link(page, "Questions you left open"))
    part(page, 1, 1)
    answers(page, "self-harm", "No")
    tap(button(page, "Finish"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Nothing you answered needs checking today")
    tap(link(page, "Go to Today"))
    expect(link(page, "Look at it")).to_be_visible()
    expect(link(page, "Questions you left open")).to_have_count(0)
    settled(page)
    assert sorted(check["answers"].get("self-harm", "") for check in checks_of(phone)) == ["", "no"]


def test_a_week_later_a_sign_of_before_is_asked_about_as_has_this_changed(phone: Phone):
    page = phone.page
    page.clock.install()
    sign_up(page, a_person())
    settled(page)
    # The server's clock goes on as ever.
    phone.go_offline()
    starts_all(page)
    for number in range(1, 9):
        part(page, number, 9)
        if number == 5:
            answers(page, "self-harm", "I would rather not say")
            goes_on(page)
        else:
            tap(button(page, NONE))
    says_yes(page, "toes-up")
    question(page, "toes-up").get_by_label("Since when?").fill("2026-01-31")
    tap(button(page, NONE))
    # Calm, and with what to do: nothing that cannot wait.
    expect(page.get_by_role("heading", level=1)).to_have_text("Signs that need checking")
    expect(page.get_by_role("heading", name="Numb toes on both feet")).to_be_visible()
    expect(page.get_by_text("Ask your doctor for an appointment in the next few days.")).to_be_visible()
    (first,) = checks_on(page)
    assert (first["level"], first["since"]) == ("W", {"toes-up": "2026-01-31"})
    assert "self-harm" not in first["answers"]

    page.clock.fast_forward(timedelta(days=8).total_seconds() * 1000)
    opens(page, "/")
    expect(page.get_by_role("heading", name="Your weekly questions")).to_be_visible()
    starts_all(page)
    for number in range(1, 9):
        part(page, number, 9)
        if number == 5:
            answers(page, "self-harm", "No")
            goes_on(page)
        else:
            tap(button(page, NONE))
    expect(question(page, "toes-up")).to_contain_text("Has it changed?")
    expect(question(page, "toes-up")).to_contain_text("Yes, this is new")
    expect(question(page, "toes-up")).to_contain_text("31 January")
    tap(button(page, NONE))
    # "No" to the others says nothing of what was there.
    expect(page.get_by_text("1 question is not fully answered yet.")).to_be_visible()
    answers(page, "toes-up", "It is the same")
    goes_on(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Signs that need checking")
    latest = max(checks_on(page), key=lambda one: one["answered_at"])
    assert (latest["answers"]["toes-up"], latest["since"]) == ("unchanged", {"toes-up": "2026-01-31"})


def test_new_weakness_leads_to_the_urgent_questions_offline_and_today_keeps_asking(phone: Phone):
    page = phone.page
    sign_up(page, a_person())
    settled(page)
    phone.go_offline()
    logs_weakness(page)
    says(page, "Saved")
    part(page, 1, 3)
    expect(page.get_by_text("You rated a weakness that is new, or that has been growing.")).to_be_visible()
    # It can be left: the entry is on the phone, and Today goes on asking, after a reload too.
    tap(link(page, LEAVE))
    expect(page.get_by_text("Left calf").first).to_be_visible()
    page.reload()
    expect(page.get_by_text("Questions about your entry")).to_be_visible()
    tap(link(page, "Answer them now"))
    tap(button(page, NONE))
    part(page, 2, 3)
    tap(button(page, NONE))
    part(page, 3, 3)
    says_yes(page, "foot-drop")
    expect(question(page, "foot-drop").get_by_text("See a doctor today")).to_be_visible()
    goes_on(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("See a doctor today")
    has_read_it(page)
    expect(page.get_by_text("Questions about your entry")).to_have_count(0)
    phone.go_online()
    page.reload()
    (check,) = checks_of(phone)
    (entry,) = phone.rows()
    assert (check["entry"], check["level"], check["answers"]["foot-drop"]) == (entry["id"], "D", "new")
    assert check["read_at"] is not None


def test_an_edit_that_brings_a_reason_asks_too(phone: Phone):
    page = phone.page
    sign_up(page, a_person())
    go_to(page, "Log")
    mark(page, "Left calf", Weakness=2)
    tap(button(page, "Save"))
    expect(page).to_have_url("/")
    tap(page.locator("a[href^='/log/']").first)
    mark(page, "Left calf", Weakness=6)
    tap(button(page, "Save the changes"))
    part(page, 1, 3)


def test_a_marked_saddle_area_is_read_about_first_and_then_made_clearer(phone: Phone):
    page = phone.page
    sign_up(page, a_person())
    settled(page)
    phone.go_offline()
    go_to(page, "Log")
    tap(button(page, "Saddle area").first)
    tap(button(page, "Record it"))
    tap(button(page.get_by_role("dialog", name="Saddle area"), "Done"))
    tap(button(page, "Save"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Get help now")
    expect(link(page, re.compile("^Call 112"))).to_be_visible()
    has_read_it(page)
    tap(link(page, "Answer them now"))
    says_yes(page, "saddle", "Yes, for a long time, and it has not changed")
    tap(button(page, NONE))
    tap(button(page, NONE))
    answers(page, "foot-drop", "No")
    goes_on(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("See a doctor today")
    phone.go_online()
    page.reload()
    (check,) = checks_of(phone)
    (entry,) = phone.rows()
    assert (check["entry"], check["level"], check["answers"]["saddle"]) == (entry["id"], "D", "unchanged")


def test_by_keyboard_alone(phone: Phone):
    page = phone.page
    sign_up(page, a_person())
    opens(page, "/signs/check?set=urgent")
    question(page, "saddle").get_by_label("No", exact=True).focus()
    press(page, "Space")
    for rule in ("bladder", "bowel", "sexual"):
        press(page, "Tab", "Space")
        expect(question(page, rule).get_by_label("No", exact=True)).to_be_checked()
    press(page, "ArrowRight", "ArrowRight", "ArrowRight")
    expect(question(page, "sexual").get_by_label("I would rather not say")).to_be_checked()
    press(page, "Tab", "Enter")
    part(page, 2, 3)
    expect(page.get_by_role("heading", level=2, name="Legs and feet")).to_be_focused()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_phone(
    server: Server, make_phone: Callable[..., Phone], scheme: str
):
    phone = make_phone(server.address, color_scheme=scheme, reduced_motion="reduce")
    page, axe = phone.page, Axe(phone)
    with_text_of(phone, 200 if scheme == "dark" else 100)
    sign_up(page, a_person())
    found = {}

    def look(what: str) -> None:
        found[what] = [*axe.faults(), *filter(None, [page.evaluate(WIDER_THAN_THE_PHONE)])]

    expect(page.get_by_role("heading", name="First, some questions")).to_be_visible()
    look("the offer on Today")
    starts_all(page)
    look("the questions")
    says_yes(page, "saddle")
    look("an emergency")
    goes_on(page)
    look("answers missing")
    tap(button(page, NONE))
    part(page, 2, 9)
    look("the part after it")
    tap(button(page, "See what to do now"))
    has_read_it(page)
    starts_all(page)
    expect(question(page, "saddle")).to_contain_text("Has it changed?")
    look("has this changed")
    assert {where: faults for where, faults in found.items() if faults} == {}
