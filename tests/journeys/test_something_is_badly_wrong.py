"""The questions about signs that need a doctor, what they lead to, and how long that stays."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.faults.server import Server
from tests.journeys.browser import Phone
from tests.journeys.playing import open_routine, plays
from tests.journeys.questioning import has_read_it
from tests.journeys.reach import Axe
from tests.journeys.steps import (
    a_person,
    button,
    counted_taps,
    go_to,
    has_sent_all,
    link,
    settled,
    sign_in,
    sign_up,
    tap,
)

pytestmark = pytest.mark.journey

BADLY_WRONG = "Something is badly wrong"
SADDLE = re.compile("^New numbness or changed feeling around the genitals")
CHEST = re.compile("^Short of breath")
SWOLLEN = re.compile("^One leg swollen")


def advice(page: Page, title: str = "Get help now") -> None:
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text(title)
    expect(heading).to_be_focused()


def answers_yes(page: Page, sign: re.Pattern[str] = SADDLE) -> None:
    tap(link(page, BADLY_WRONG))
    tap(button(page, sign))


@pytest.mark.parametrize("address", ["/", "/log", "/stretch", "/exercises", "/history", "/more", "/more/profile"])
def test_from_every_screen_it_is_two_taps_to_an_answer(phone: Phone, address: str):
    page = phone.page
    sign_up(page, a_person())
    page.goto(address)
    with counted_taps() as taps:
        answers_yes(page, CHEST)
    assert taps.count == 2
    advice(page)
    expect(link(page, re.compile("^Call 112"))).to_have_attribute("href", "tel:112")
    expect(page.get_by_text("I am short of breath, or my chest hurts.")).to_be_visible()


def test_from_the_player_it_is_two_taps_and_the_routine_stays_stopped(phone: Phone):
    page = phone.page
    plays(page)
    with counted_taps() as taps:
        answers_yes(page)
    assert taps.count == 2
    advice(page)
    has_read_it(page)
    page.goto("/stretch")
    expect(page.get_by_text("No exercises until it has been checked.")).to_be_visible()
    open_routine_is_refused(page)


def open_routine_is_refused(page: Page) -> None:
    page.goto("/stretch")
    address = page.locator("a[href^='/routines/']").first.get_attribute("href")
    page.goto(f"{address}/play")
    expect(page.get_by_text("No exercises until it has been checked.")).to_be_visible()
    expect(button(page, "Start")).to_have_count(0)


def test_nothing_but_the_confirmation_takes_the_advice_away(phone: Phone):
    page = phone.page
    sign_up(page, a_person())
    go_to(page, "History")
    answers_yes(page)
    advice(page)
    page.go_back()
    advice_stands(page)
    page.keyboard.press("Escape")
    advice_stands(page)
    page.reload()
    advice_stands(page)
    page.goto("/log")
    advice_stands(page)
    expect(page.get_by_role("navigation", name="Main")).to_have_count(0)

    has_read_it(page)
    # Today goes on saying it, after a reload too.
    expect(page.get_by_text("Today: Feeling between the legs")).to_be_visible()
    page.reload()
    expect(page.get_by_text("Today: Feeling between the legs")).to_be_visible()
    has_sent_all(page)
    (check,) = phone.rows("red-flag-checks")
    assert check["answers"] == {"saddle": "new"}
    assert check["read_at"] is not None
    assert [(flag["rule"], flag["level"], flag["state"]) for flag in phone.rows("flags")] == [("saddle", "E", "seen")]


def advice_stands(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text("Get help now")
    expect(button(page, "I have read this")).to_be_visible()


def test_offline_and_cold_it_works_in_full_and_arrives_later(phone: Phone):
    page = phone.page
    sign_up(page, a_person())
    settled(page)
    page.close()
    phone.go_offline()
    phone.page = page = phone.new_tab()
    page.goto("/log")
    answers_yes(page)
    advice(page)
    expect(link(page, re.compile("^Call 112"))).to_be_visible()
    page.reload()
    advice_stands(page)
    has_read_it(page)
    expect(page.get_by_text("Today: Feeling between the legs")).to_be_visible()
    phone.go_online()
    page.reload()
    has_sent_all(page)
    assert [row["level"] for row in phone.rows("red-flag-checks")] == ["E"]


def test_without_an_account_the_advice_is_the_same(phone: Phone):
    page = phone.page
    page.goto("/")
    answers_yes(page)
    advice(page)
    expect(link(page, re.compile("^Call 112"))).to_be_visible()
    has_read_it(page)
    expect(page.get_by_role("heading", level=1)).to_have_text(BADLY_WRONG)


def test_a_sign_of_long_standing_is_for_today_and_one_tapped_by_mistake_for_nobody(phone: Phone):
    page = phone.page
    sign_up(page, a_person())
    answers_yes(page)
    advice(page)
    tap(page.get_by_text("What you answered"))
    page.get_by_label("Yes, for a long time, and it has not changed").check()
    expect(page.get_by_role("heading", level=1)).to_have_text("See a doctor today")
    page.get_by_label("No. I answered that by mistake").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(BADLY_WRONG)
    has_sent_all(page)
    (check,) = phone.rows("red-flag-checks")
    assert (check["answers"], check["level"]) == ({"saddle": "no"}, None)


def test_a_sign_for_the_same_day_stops_exercise_until_it_is_settled(phone: Phone):
    page = phone.page
    sign_up(page, a_person())
    answers_yes(page, SWOLLEN)
    advice(page, "See a doctor today")
    has_read_it(page)
    open_routine_is_refused(page)
    go_to_signs(page)
    tap(button(page, "A doctor has checked it"))
    tap(button(page, "No, leave it here"))
    is_checked_by_a_doctor(page)
    tap(button(page, "Undo"))
    expect(page.get_by_text("Taken back. It stands again.")).to_be_visible()
    is_checked_by_a_doctor(page)
    go_to(page, "Today")
    expect(page.get_by_text("One swollen leg")).to_have_count(0)
    open_routine(page)


def is_checked_by_a_doctor(page: Page) -> None:
    tap(button(page, "A doctor has checked it"))
    tap(button(page, "Yes, that is so"))
    expect(page.get_by_text("No sign is open.")).to_be_visible()


def go_to_signs(page: Page) -> None:
    page.goto("/")
    tap(link(page, "What to do, and when it is over").first)
    expect(page.get_by_role("heading", level=1)).to_have_text("Signs that need checking")


def test_the_card_for_a_doctor_is_one_tap_away_and_no_way_past_the_advice(phone: Phone):
    page = phone.page
    sign_up(page, a_person())
    answers_yes(page)
    tap(link(page, "Show this to a doctor"))
    expect(page.get_by_role("heading", level=1)).to_have_text("For the doctor")
    expect(page.get_by_text("I have numbness or a changed feeling between my legs.")).to_be_visible()
    # Read tomorrow, or printed, it is still true.
    expect(page.get_by_text(re.compile(r"^Since: \d+ \w+ 20\d\d$"))).to_be_visible()
    tap(link(page, "Back"))
    advice_stands(page)
    has_read_it(page)
    tap(link(page, "Show this to a doctor"))
    expect(page.get_by_role("heading", level=1)).to_have_text("For the doctor")


def test_axe_finds_nothing_on_the_way(server: Server, make_phone: Callable[..., Phone]):
    for scheme in ("light", "dark"):
        phone = make_phone(server.address, color_scheme=scheme, reduced_motion="reduce")
        page, axe = phone.page, Axe(phone)
        sign_up(page, a_person())
        answers_yes(page)
        tap(page.get_by_text("What you answered"))
        found = {"the advice": axe.faults()}
        has_read_it(page)
        expect(page.get_by_text("Today: Feeling between the legs")).to_be_visible()
        found["Today"] = axe.faults()
        for address in ("/signs", "/signs/card"):
            page.goto(address)
            expect(page.get_by_role("heading", level=2).first).to_be_visible()
            found[address] = axe.faults()
        assert {where: faults for where, faults in found.items() if faults} == {}


def test_none_of_these_is_an_answer_too(phone: Phone):
    page = phone.page
    sign_up(page, a_person())
    tap(link(page, BADLY_WRONG))
    tap(button(page, "I have none of these"))
    expect(page.get_by_text("Still worried? Trust that, and call a doctor.").first).to_be_visible()
    has_sent_all(page)
    (check,) = phone.rows("red-flag-checks")
    assert check["level"] is None
    assert check["answers"]["saddle"] == check["answers"]["stroke"] == "no"
    # Only a part of these was asked.
    assert not {"minor-knock", "implant"} & check["answers"].keys()


def test_what_one_phone_was_answered_another_shows(server: Server, phone: Phone, make_phone: Callable[..., Phone]):
    alice = a_person()
    sign_up(phone.page, alice)
    answers_yes(phone.page)
    has_read_it(phone.page)
    has_sent_all(phone.page)
    other = make_phone(server.address)
    sign_in(other.page, alice)
    expect(other.page.get_by_text("Today: Feeling between the legs")).to_be_visible()


def test_none_and_no_symptoms_leave_a_sign_that_stands_and_say_so(phone: Phone):
    page = phone.page
    sign_up(page, a_person())
    answers_yes(page)
    has_read_it(page)
    tap(link(page, BADLY_WRONG))
    tap(button(page, "I have none of these"))
    expect(page.get_by_text("Still open: Feeling between the legs.")).to_be_visible()
    has_sent_all(page)
    latest = max(phone.rows("red-flag-checks"), key=lambda check: check["answered_at"])
    assert "saddle" not in latest["answers"]
    assert latest["answers"]["stroke"] == "no"
    page.goto("/")
    expect(page.get_by_text("Today: Feeling between the legs")).to_be_visible()
    tap(button(page, re.compile("^No symptoms")))
    expect(page.get_by_text("Still open: Feeling between the legs.")).to_be_visible()
