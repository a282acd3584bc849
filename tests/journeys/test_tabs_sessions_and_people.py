"""One phone, two tabs; a session that has ended; a phone that two people use."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.faults.server import Server, wait_until
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
    look_at,
    places_of,
    settled,
    shows_unsent,
    sign_out,
    sign_up,
    tap,
    unsent,
)

pytestmark = pytest.mark.journey


def shows_today(page: Page, *places: str) -> None:
    go_to(page, "Today")
    for place in places:
        expect(page.get_by_text(place).first).to_be_visible()


def test_two_tabs_log_and_both_show_both(phone: Phone):
    here = phone.page
    sign_up(here, a_person())
    settled(here)
    there = phone.new_tab()
    there.goto("/")
    is_signed_in(there)
    writes: list[str] = []
    phone.context.on(
        "request",
        lambda request: writes.append(request.url) if "/logs" in request.url and request.method != "GET" else None,
    )

    phone.go_offline()
    look_at(here)
    log(here, "Left calf", Pain=3)
    look_at(there)
    log(there, "Right heel", Numbness=5)
    for tab in (here, there):
        look_at(tab)
        shows_unsent(tab, 2)
        shows_today(tab, "Left calf", "Right heel")

    writes.clear()
    phone.go_online()
    has_sent_all(here)
    assert [places_of(row) for row in phone.rows()] == [{("heel", "right")}, {("calf", "left")}]
    # Both tabs hear of the network at once; one of them sends, in one request.
    assert len(writes) == 1, writes
    for tab in (here, there):
        expect(tab.get_by_text("not sent yet")).to_have_count(0)

    log(there, "Left knee", Pain=1)
    look_at(here)
    shows_today(here, "Left knee")


def sign_in_again(page: Page, who: Person) -> None:
    """As the app itself offers it; whoever holds the phone signs in."""
    tap(link(page, "Sign in"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    fill_in(page, who)
    tap(button(page, "Sign in"))
    # Whoever is signed in is led away from that screen.
    expect(page.get_by_role("heading", level=1, name="Sign in")).to_have_count(0)
    expect(page.get_by_text("You are signed out on the server")).to_have_count(0)
    is_signed_in(page)


def test_a_session_that_ended_keeps_the_entries_until_the_same_person_signs_in(server: Server, phone: Phone):
    page, alice = phone.page, a_person("alice")
    sign_up(page, alice)
    server.end_all_sessions()
    phone.expect(REFUSED.format(401))
    log(page, "Left calf", Pain=3)
    log(page, "Right heel", Pain=5)
    shows_unsent(page, 2)
    expect(page.get_by_text("You are signed out on the server").first).to_be_visible()
    # She goes on reading and writing; nothing is thrown away, not by a reload either.
    page.reload()
    shows_today(page, "Left calf", "Right heel")

    sign_in_again(page, alice)
    has_sent_all(page)
    expect(page.get_by_text("You are signed out on the server")).to_have_count(0)
    assert [places_of(row) for row in phone.rows()] == [{("heel", "right")}, {("calf", "left")}]
    assert [row["version"] for row in phone.rows()] == [1, 1]


def test_another_person_on_the_same_phone_neither_sees_nor_sends_what_the_first_one_left(server: Server, phone: Phone):
    page, alice, charlie = phone.page, a_person("alice"), a_person("charlie")
    sign_up(page, charlie)
    log(page, "Left knee", Pain=1)
    has_sent_all(page)
    sign_out(page)

    sign_up(page, alice)
    server.end_all_sessions()
    phone.expect(REFUSED.format(401))
    log(page, "Left calf", Pain=9)
    shows_unsent(page, 1)

    sign_in_again(page, charlie)
    shows_today(page, "Left knee")
    expect(page.get_by_text("Left calf")).to_have_count(0)
    page.goto("/more/data")
    expect(page.get_by_text("Everything is on the server.")).to_be_visible()
    log(page, "Right heel", Pain=2)
    # Hers is still on the phone, waiting for her.
    wait_until("all but hers is sent", lambda: unsent(page) == 1)
    assert [places_of(row) for row in phone.rows()] == [{("heel", "right")}, {("knee", "left")}]

    server.end_all_sessions()
    page.reload()
    sign_in_again(page, alice)
    has_sent_all(page)
    shows_today(page, "Left calf")
    expect(page.get_by_text("Right heel")).to_have_count(0)
    assert [places_of(row) for row in phone.rows()] == [{("calf", "left")}]


def test_signing_out_with_unsent_entries_asks_first_and_then_leaves_nothing(phone: Phone):
    page, alice = phone.page, a_person("alice")
    sign_up(page, alice)
    settled(page)
    phone.go_offline()
    log(page, "Left calf", Pain=3)
    page.goto("/more/data")
    tap(button(page, "Sign out"))
    expect(page.get_by_text("1 change is on this phone only.")).to_be_visible()
    tap(button(page, "Stay signed in"))
    assert unsent(page) == 1

    tap(button(page, "Sign out"))
    tap(button(page, "Delete and sign out"))
    expect(link(page, "Make an account")).to_be_visible()
    assert page.evaluate("indexedDB.databases().then((all) => all.map((one) => one.name))") == ["unpinch-device"]
    phone.go_online()
