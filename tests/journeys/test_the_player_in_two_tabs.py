"""The player without a network, in two tabs, and on a phone that is full: each step counts once, and none is lost."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browser import Phone
from tests.journeys.keeping import is_on_the_disk
from tests.journeys.playing import ROUTINE, plays, routine_address, shows, skip_to_the_hold, timer, title
from tests.journeys.steps import a_person, button, go_to, has_sent_all, link, look_at, settled, sign_up, tap

pytestmark = pytest.mark.journey


def test_the_player_opens_and_plays_from_a_cold_start_without_a_network(phone: Phone):
    page = phone.page
    sign_up(page, a_person("alice"))
    go_to(page, "Stretch")
    address = routine_address(phone)
    expect(link(page, re.compile(ROUTINE)).first).to_be_visible()
    settled(page)
    page.close()
    phone.go_offline()
    page = phone.page = phone.new_tab()
    page.goto(address)
    tap(button(page, "Start"))
    shows(page, "Get ready")
    tap(button(page, "This hurts"))
    tap(button(page, "No, neither of these"))
    tap(button(page, "5"))
    tap(button(page, "0, none"))
    tap(button(page, "Do the easier form"))
    expect(title(page)).to_have_text("Knee to chest, other knee bent")


def test_one_tab_plays_at_a_time_and_another_may_take_over(phone: Phone):
    page = phone.page
    plays(page)
    skip_to_the_hold(page)
    other = phone.new_tab()
    other.goto(routine_address(phone))
    expect(other.get_by_text("This is playing in another tab")).to_be_visible()
    tap(button(other, "Go on here instead"))
    shows(other, "Hold")
    look_at(page)
    expect(page.get_by_text("This goes on in another tab")).to_be_visible()
    expect(timer(page)).to_have_count(0)
    # And back, to the end, with one session to show for it.
    tap(button(page, "Take it back here"))
    shows(page, "Hold")
    expect(other.get_by_text("This goes on in another tab")).to_be_visible()
    tap(button(page, "Leave the routine"))
    tap(button(page, "Finish here and save"))
    tap(button(page, "Not now"))
    expect(page.get_by_text("0 of 3 exercises done")).to_be_visible()
    look_at(other)
    tap(button(other, "Take it back here"))
    expect(button(other, "Start")).to_be_visible()
    has_sent_all(page)
    assert [row["ended"] for row in phone.rows("sessions")] == ["stopped"]


def is_kept(page: Page, status: str) -> None:
    """A page that is gone in the same breath would come back as it was a moment before."""
    page.wait_for_function(
        """async (status) => {
          for (const { name } of await indexedDB.databases()) {
            const db = await new Promise((done) => {
              indexedDB.open(name).onsuccess = ({ target }) => done(target.result);
            });
            const kept = db.objectStoreNames.contains('meta') && await new Promise((done) => {
              db.transaction('meta').objectStore('meta').getAll().onsuccess = ({ target }) => done(target.result);
            });
            db.close();
            if (kept && kept.some((one) => one?.plan?.steps && one.status === status)) return true;
          }
          return false;
        }""",
        arg=status,
    )


def test_what_was_left_unfinished_is_gone_on_with_as_it_stands_now(phone: Phone):
    page = phone.page
    plays(page)
    tap(button(page, "Pause"))
    is_kept(page, "paused")
    page.reload()
    expect(button(page, "Save what I did")).to_be_visible()
    # Meanwhile it goes on in another tab, and is left there further along.
    other = phone.new_tab()
    other.goto(routine_address(phone))
    tap(button(other, "Go on where I stopped"))
    skip_to_the_hold(other)
    tap(button(other, "Leave the routine"))
    tap(button(other, "Leave it paused"))
    expect(timer(other)).to_have_count(0)
    look_at(page)
    tap(button(page, "Go on where I stopped"))
    shows(page, "Hold")
    # While it plays here, nobody ends it there.
    look_at(other)
    other.goto(routine_address(phone))
    expect(other.get_by_text("This is playing in another tab")).to_be_visible()


def fill_the_phone(page: Page) -> None:
    """No session can be kept any more, until `window.room()`."""
    page.evaluate(
        """() => {
          const { put } = IDBObjectStore.prototype;
          window.refused = 0;
          window.room = () => { IDBObjectStore.prototype.put = put; };
          IDBObjectStore.prototype.put = function (...args) {
            if (this.name === 'sessions') {
              window.refused += 1;
              throw new DOMException('full', 'QuotaExceededError');
            }
            return put.apply(this, args);
          };
        }"""
    )


def test_what_the_phone_cannot_keep_is_not_forgotten_before_it_can(phone: Phone):
    page = phone.page
    plays(page)
    skip_to_the_hold(page)
    fill_the_phone(page)
    tap(button(page, "Leave the routine"))
    tap(button(page, "Finish here and save"))
    expect(page.get_by_text("This could not be saved on the phone")).to_be_visible()
    expect(page.get_by_text("Your exercises are recorded already")).to_have_count(0)
    refused = page.evaluate("window.refused")
    tap(button(page, "Not now"))
    page.wait_for_function("before => window.refused > before", arg=refused)
    expect(page.locator("main [aria-disabled=true]")).to_have_count(0)
    expect(button(page, "Not now")).to_be_visible()
    page.evaluate("window.room()")
    tap(button(page, "Not now"))
    expect(page.get_by_text("0 of 3 exercises done")).to_be_visible()
    has_sent_all(page)
    assert [row["ended"] for row in phone.rows("sessions")] == ["stopped"]


def test_another_routine_does_not_begin_over_one_that_cannot_be_kept(phone: Phone):
    page = phone.page
    plays(page)
    skip_to_the_hold(page)
    tap(button(page, "Leave the routine"))
    tap(button(page, "Leave it paused"))
    expect(timer(page)).to_have_count(0)
    is_on_the_disk(page)
    other = next(row["id"] for row in phone.rows("routines") if row["name"] != ROUTINE)
    page.goto(f"/routines/{other}/play")
    expect(button(page, "Start")).to_be_visible()
    fill_the_phone(page)
    tap(button(page, "Start"))
    expect(page.get_by_text("This could not be saved on the phone")).to_be_visible()
    expect(timer(page)).to_have_count(0)
    # With room again, the same button does both.
    page.evaluate("window.room()")
    tap(button(page, "Start"))
    shows(page, "Get ready")
    has_sent_all(page)
    assert [(row["routine_name"], row["ended"]) for row in phone.rows("sessions")] == [(ROUTINE, "stopped")]


def test_a_tab_that_is_closed_while_playing_leaves_the_turn_to_others(phone: Phone):
    page = phone.page
    plays(page)
    is_kept(page, "running")
    # The time in which a busy machine opens a tab does not end the countdown.
    page.clock.set_fixed_time(page.evaluate("Date.now() / 1000"))
    other = phone.new_tab()
    page.close()
    phone.page = other
    other.goto(routine_address(phone))
    shows(other, "Get ready")
