"""A phone that is lost is signed out from another device: it gets nothing more, and loses nothing that it holds."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.faults.server import Server
from tests.journeys.browser import REFUSED, Phone
from tests.journeys.steps import (
    Person,
    a_person,
    button,
    fill_in,
    go_to,
    has_sent_all,
    is_signed_in,
    link,
    log,
    places_of,
    press,
    says,
    settled,
    shows_unsent,
    sign_in,
    sign_up,
    tap,
)

pytestmark = pytest.mark.journey

ANDROID = (
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36"
)
WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture
def alice() -> Person:
    return a_person("alice")


@pytest.fixture
def lost(server: Server, make_phone: Callable[..., Phone], alice: Person) -> Phone:
    phone = make_phone(server.address, user_agent=ANDROID)
    sign_up(phone.page, alice)
    settled(phone.page)
    return phone


@pytest.fixture
def laptop(server: Server, make_phone: Callable[..., Phone], alice: Person, lost: Phone) -> Phone:
    phone = make_phone(server.address, user_agent=WINDOWS, viewport={"width": 1280, "height": 800}, is_mobile=False)
    sign_in(phone.page, alice)
    settled(phone.page)
    return phone


def devices(page: Page) -> Locator:
    return page.get_by_role("main").get_by_role("heading", level=2)


def looks_where_she_is_signed_in(page: Page) -> None:
    go_to(page, "More")
    tap(link(page, re.compile("^Where you are signed in")))
    expect(page).to_have_url("/more/devices")
    expect(page.get_by_role("main").get_by_text("This device", exact=True)).to_be_visible()


def test_it_is_signed_out_from_another_and_keeps_what_it_has_not_sent(alice: Person, lost: Phone, laptop: Phone):
    page = laptop.page
    looks_where_she_is_signed_in(page)
    expect(devices(page)).to_have_text(["Firefox on Windows", "Chrome on Android", "If somebody knows your password"])

    tap(button(page, "Sign out Chrome on Android"))
    asked = page.get_by_role("dialog", name="Sign out Chrome on Android?")
    tap(button(asked, "Leave it signed in"))
    expect(asked).to_be_hidden()
    assert lost.api("me")["email"] == alice.email
    tap(button(page, "Sign out Chrome on Android"))
    tap(button(asked, "Sign out there"))
    says(page, "Signed out there")
    expect(page.get_by_text("You are signed in on this device only.")).to_be_visible()
    expect(devices(page)).to_have_text(["Firefox on Windows", "If somebody knows your password"])

    lost.expect(REFUSED.format(401))
    log(lost.page, "Left calf", Pain=3)
    expect(lost.page.get_by_text("You are signed out on the server").first).to_be_visible()
    shows_unsent(lost.page, 1)
    assert laptop.rows() == []

    # Found again.
    tap(link(lost.page, "Sign in"))
    expect(lost.page.get_by_role("heading", level=1)).to_have_text("Sign in")
    fill_in(lost.page, alice)
    tap(button(lost.page, "Sign in"))
    expect(lost.page.get_by_role("heading", level=1, name="Sign in")).to_have_count(0)
    is_signed_in(lost.page)
    has_sent_all(lost.page)
    assert [places_of(row) for row in laptop.rows()] == [{("calf", "left")}]


def test_all_others_are_signed_out_at_once_by_keyboard(lost: Phone, laptop: Phone):
    page = laptop.page
    looks_where_she_is_signed_in(page)
    button(page, "Sign out everywhere else").focus()
    press(page, "Enter")
    asked = page.get_by_role("dialog", name="Sign out everywhere else?")
    expect(asked).to_be_visible()
    button(asked, "Sign out all others").focus()
    press(page, "Enter")
    says(page, "Signed out everywhere else")
    expect(button(page, "Sign out everywhere else")).to_have_count(0)
    lost.expect(REFUSED.format(401))
    lost.page.reload()
    expect(lost.page.get_by_text("You are signed out on the server").first).to_be_visible()


def test_without_a_network_it_says_what_it_needs_and_shows_no_old_list(laptop: Phone):
    page = laptop.page
    laptop.go_offline()
    page.goto("/more/devices")
    alert = page.get_by_role("main").get_by_role("alert")
    expect(alert).to_contain_text("known to the server alone. Connect")
    expect(page.get_by_text("This device", exact=True)).to_have_count(0)
    laptop.go_online()
    tap(button(alert, "Try again"))
    expect(page.get_by_text("This device", exact=True)).to_be_visible()
    expect(alert).to_have_count(0)
