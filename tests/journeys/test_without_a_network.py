from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.faults.server import Server
from tests.journeys.browser import LOST, Phone
from tests.journeys.steps import (
    a_person,
    bar,
    button,
    go_to,
    has_sent_all,
    link,
    log,
    mark,
    places_of,
    says,
    settled,
    shows_unsent,
    sign_up,
    tap,
)

pytestmark = pytest.mark.journey


def test_what_is_logged_and_stretched_offline_is_counted_and_arrives_exactly_once(phone: Phone):
    page = phone.page
    page.clock.install()
    sign_up(page, a_person())
    log(page, "Left calf", Pain=2)
    has_sent_all(page)
    settled(page)

    phone.go_offline()
    # No reason to ask about signs first.
    log(page, "Left heel", Numbness=2)
    shows_unsent(page, 1)
    log(page, "Left buttock", Pain=2)
    shows_unsent(page, 2)
    stretch_a_little(phone)
    shows_unsent(page, 3)
    # Not only in the page's memory.
    page.reload()
    shows_unsent(page, 3)

    phone.go_online()
    has_sent_all(page)
    expect(page.get_by_text("not sent yet")).to_have_count(0)
    assert [places_of(row) for row in phone.rows()] == [{("buttock", "left")}, {("heel", "left")}, {("calf", "left")}]
    assert [row["version"] for row in phone.rows()] == [1, 1, 1]
    (session,) = phone.rows("sessions")
    assert session["ended"] == "stopped"


def stretch_a_little(phone: Phone) -> None:
    """Starts a routine, does its first seconds, and finishes there."""
    page = phone.page
    go_to(page, "Stretch")
    tap(link(page, "Pinched nerve, first days").first)
    tap(link(page, "Start"))
    tap(button(page, "Start"))
    expect(page.get_by_role("timer")).to_be_visible()
    # Into the first hold: something must have been done to be worth recording.
    page.clock.fast_forward(17_000)
    tap(button(page, "Leave the routine"))
    tap(button(page, "Finish here and save"))
    tap(button(page, "Not now"))
    tap(link(page, "Back to Stretch"))


def test_the_server_is_gone_and_comes_back(server: Server, phone: Phone):
    page = phone.page
    sign_up(page, a_person())
    settled(page)

    phone.expect(LOST)
    server.stop()
    try:
        log(page, "Left calf", Pain=7)
        log(page, "Left heel", Pain=5)
        shows_unsent(page, 2)
        page.reload()
        shows_unsent(page, 2)
    finally:
        server.start()
    # Nobody has to do anything; the app tries again by itself, looking at it makes it try at once.
    page.reload()
    has_sent_all(page)
    assert [places_of(row) for row in phone.rows()] == [{("heel", "left")}, {("calf", "left")}]


SCREENS = {
    "/": None,
    "/log": "New entry",
    "/stretch": "Stretch",
    "/exercises/bridge": "Bridge",
    "/history": "History",
    "/more": "More",
    "/more/profile": "Profile and settings",
    "/more/data": "Your data",
    "/more/about": "Limits and sources",
    "/urgent": "Something is badly wrong",
    "/sign-in": None,
}


def test_every_screen_opens_without_a_network_after_the_first_visit(phone: Phone):
    page = phone.page
    sign_up(page, a_person())
    log(page, "Left calf", Pain=2)
    has_sent_all(page)
    (entry,) = phone.rows()
    routine = next(one for one in phone.rows("routines") if one["starter"])
    settled(page)

    phone.go_offline()
    screens = {
        **SCREENS,
        f"/log/{entry['id']}": "Entry",
        f"/history/{entry['local_date']}": None,
        f"/routines/{routine['id']}": routine["name"],
        f"/routines/{routine['id']}/play": routine["name"],
    }
    for address, heading in screens.items():
        # As a link from elsewhere, or a bookmark: a new load, not a step inside the running app.
        page.goto(address)
        title = page.get_by_role("heading", level=1)
        expect(title).to_be_visible()
        expect(page.get_by_text("There is nothing here")).to_have_count(0)
        expect(page.get_by_text("is not on this phone")).to_have_count(0)
        if heading:
            expect(title).to_have_text(heading)


def test_the_app_opens_offline_for_somebody_who_has_never_signed_in(phone: Phone):
    page = phone.page
    page.goto("/")
    expect(link(page, "Make an account")).to_be_visible()
    settled(page)
    phone.go_offline()
    page.reload()
    expect(link(page, "Make an account")).to_be_visible()
    page.goto("/urgent")
    expect(page.get_by_role("heading", level=1)).to_have_text("Something is badly wrong")
    expect(link(page, re.compile("^Call 112")).first).to_be_visible()


def test_an_entry_that_was_begun_survives_a_reload(phone: Phone):
    page = phone.page
    sign_up(page, a_person())
    go_to(page, "Log")
    mark(page, "Left buttock", Pain=6)
    page.reload()
    expect(page.get_by_text("Your unfinished entry is still here.")).to_be_visible()
    tap(button(page, "Save"))
    says(page, "Saved")
    expect(bar(page)).to_be_visible()
    has_sent_all(page)
    assert [places_of(row) for row in phone.rows()] == [{("buttock", "left")}]
