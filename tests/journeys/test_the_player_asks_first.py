"""After a leg turned weak, the player itself asks whether it has been checked: by whichever way one comes to it."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.browser import Phone
from tests.journeys.keeping import is_on_the_disk
from tests.journeys.playing import plays, put, routine_address, session, shows, skip_to_the_hold
from tests.journeys.questioning import has_read_it
from tests.journeys.steps import a_person, button, go_to, link, mark, press, sign_up, tap

pytestmark = pytest.mark.journey


def turned_weak(phone: Phone) -> None:
    """Yesterday, on another device of hers."""
    yesterday = (datetime.now(ZoneInfo("Europe/Berlin")) - timedelta(days=1)).date().isoformat()
    (item,) = session("bridge", yesterday)["items"]
    item |= {"status": "partial", "reason": "weakness", "sets_done": 0, "repetitions_done": 1, "seconds_held": 20}
    parts = {"ended": "stopped", "stop_reason": "weakness", "next_morning_declined": True, "items": [item]}
    put(phone, f"sessions/{uuid4()}", session("bridge", yesterday, **parts))


@pytest.fixture
def weak(phone: Phone) -> Phone:
    """Alice."""
    sign_up(phone.page, a_person("alice"))
    go_to(phone.page, "Stretch")
    turned_weak(phone)
    return phone


def question(page: Page) -> Locator:
    return page.get_by_role("dialog", name="Has it been checked?")


def test_an_address_that_is_opened_begins_nothing_before_the_second_step(weak: Phone):
    page = weak.page
    page.goto(routine_address(weak))
    expect(page.get_by_text("New weakness needs checking before you exercise again.")).to_be_visible()
    for _ in range(2):
        expect(button(page, "Start all the same")).to_be_visible()
        expect(button(page, "Start")).to_have_count(0)
        page.locator("h1").focus()
        press(page, "Enter", "MediaPlayPause")
        expect(page.get_by_role("timer")).to_have_count(0)
        tap(button(page, "Start all the same"))
        tap(button(question(page), "I have had it checked: start"))
        expect(button(page, "Start")).to_be_visible()
        # A reload asks again.
        page.reload()
    tap(button(page, "Start all the same"))
    tap(button(question(page), "Not yet, leave it"))
    expect(button(page, "Start all the same")).to_be_visible()


def test_who_has_just_been_asked_is_not_asked_again(weak: Phone):
    page = weak.page
    page.goto(routine_address(weak).removesuffix("/play"))
    tap(button(page, "Start all the same"))
    tap(link(question(page), "I have had it checked: start"))
    tap(button(page, "Start"))
    shows(page, "Get ready")


def test_what_was_left_unfinished_is_not_gone_on_with_either(phone: Phone):
    page = phone.page
    sign_up(page, a_person("alice"))
    go_to(page, "Stretch")
    address = routine_address(phone)
    page.goto(address)
    tap(button(page, "Start"))
    skip_to_the_hold(page)
    tap(button(page, "Pause"))
    expect(page.locator(".phase")).to_have_text("Paused")
    is_on_the_disk(page)
    turned_weak(phone)
    page.goto("/stretch")
    expect(page.get_by_text("New weakness needs checking before you exercise again.")).to_be_visible()
    page.goto(f"{address}?go")
    tap(button(page, "Start all the same"))
    expect(page.get_by_role("timer")).to_have_count(0)
    tap(button(question(page), "I have had it checked: start"))
    shows(page, "Hold")


def test_the_clock_stands_while_the_warning_signs_are_read(phone: Phone):
    page = phone.page
    plays(page)
    skip_to_the_hold(page)
    tap(link(page, "Something is badly wrong"))
    tap(link(page, "Back"))
    expect(button(page, "Go on where I stopped")).to_be_visible()
    expect(page.get_by_role("timer")).to_have_count(0)
    tap(button(page, "Go on where I stopped"))
    shows(page, "Hold")


def test_a_leg_that_feels_nothing_is_asked_about_when_a_doctor_has_seen_it_too(phone: Phone):
    page = phone.page
    plays(page)
    address = page.url
    tap(link(page, "Something is badly wrong"))
    tap(button(page, re.compile("^A leg that feels nothing")))
    has_read_it(page)
    page.goto(address)
    expect(page.get_by_text("No exercises until it has been checked.")).to_be_visible()
    expect(button(page, "Go on where I stopped")).to_have_count(0)
    page.goto("/signs")
    tap(button(page, "A doctor has checked it"))
    tap(button(page, "Yes, that is so"))
    expect(page.get_by_text("No sign is open.")).to_be_visible()
    page.goto(address)
    expect(button(page, "Go on where I stopped")).to_have_count(0)
    tap(button(page, "Forget it and start again"))
    # What was left has a button of that name, too.
    expect(button(page, "Forget it and start again")).to_have_count(0)
    tap(button(page, "Start all the same"))
    expect(question(page)).to_be_visible()


def test_open_questions_about_an_entry_come_before_any_exercise(phone: Phone):
    page = phone.page
    sign_up(page, a_person("alice"))
    go_to(page, "Stretch")
    play = routine_address(phone)
    go_to(page, "Log")
    mark(page, "Left calf", Weakness=5)
    tap(button(page, "Save"))
    expect(page.get_by_text("You rated a weakness that is new, or that has been growing.")).to_be_visible()
    page.goto("/")
    expect(link(page, "Answer these questions first")).to_be_visible()
    page.goto("/stretch")
    expect(link(page, "Answer them now")).to_have_attribute("href", re.compile("^/signs/check"))
    expect(page.get_by_role("link", name=re.compile("^Start"))).to_have_count(0)
    for address in (play.removesuffix("/play"), play):
        page.goto(address)
        expect(button(page, "Start")).to_have_count(0)
        tap(button(page, "Start all the same"))
        expect(page.get_by_role("dialog", name="Answer these questions first")).to_be_visible()
    tap(button(page, "Start without answering"))
    expect(button(page, "Start")).to_be_visible()
