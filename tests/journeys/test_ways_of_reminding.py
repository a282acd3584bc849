"""By which ways reminders come: notifications, e-mail and a calendar, asked for and chosen; and when none may."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.faults.server import wait_until
from tests.journeys.browser import Phone
from tests.journeys.notifications import may_notify
from tests.journeys.steps import a_person, button, go_to, link, opens, says, settled, sign_up, tap

pytestmark = pytest.mark.journey


def test_notifications_are_asked_for_after_an_explanation_and_a_tap(phone: Phone):
    page = phone.page
    sign_up(page, a_person())
    settled(page)
    opens(page, "/more/reminders/ways")
    card = page.get_by_role("region", name="Notifications")
    expect(card).to_contain_text("nothing about your body and no name")
    assert page.evaluate("Notification.permission") != "granted"
    assert phone.rows("push-subscriptions") == []


def quiet_switch(phone: Phone):
    return phone.page.get_by_role("switch", name="Keep quiet hours")


def quiet_hours_of(phone: Phone):
    return phone.api("me")["quiet_hours"]


def test_quiet_hours_and_e_mails_are_kept(phone: Phone):
    page = phone.page
    sign_up(page, a_person())
    opens(page, "/more/reminders/ways")
    tap(quiet_switch(phone))
    says(page, "Quiet hours saved")
    assert quiet_hours_of(phone) == {"from": "22:00", "to": "07:00"}
    page.get_by_label("From").fill("21:30")
    page.get_by_label("From").blur()
    says(page, "Quiet hours saved")
    assert quiet_hours_of(phone) == {"from": "21:30", "to": "07:00"}
    mail = page.get_by_role("region", name="E-mail")
    expect(mail).to_contain_text("has no mail server yet, so no e-mail leaves it")
    expect(mail.get_by_role("button", name="Send a test e-mail")).to_have_count(0)
    tap(page.get_by_role("switch", name="Reminders by e-mail"))
    says(page, "No more e-mails")
    assert phone.api("reminder-mail")["on"] is False
    tap(quiet_switch(phone))
    wait_until("there are no quiet hours", lambda: quiet_hours_of(phone) is None)
    # Switched on again they are what they were.
    tap(quiet_switch(phone))
    wait_until("they are back", lambda: quiet_hours_of(phone) == {"from": "21:30", "to": "07:00"})


def test_quiet_hours_are_kept_of_whoever_leaves_the_screen_at_once(phone: Phone):
    page = phone.page
    sign_up(page, a_person())
    opens(page, "/more/reminders")
    tap(link(page, re.compile("^How reminders reach you")))
    tap(quiet_switch(phone))
    says(page, "Quiet hours saved")
    page.get_by_label("Until").fill("06:15")
    page.go_back()
    wait_until("they are kept", lambda: quiet_hours_of(phone) == {"from": "22:00", "to": "06:15"})


def test_quiet_hours_that_cannot_be_are_refused_at_their_fields(phone: Phone):
    page = phone.page
    sign_up(page, a_person())
    opens(page, "/more/reminders/ways")
    tap(quiet_switch(phone))
    says(page, "Quiet hours saved")
    until = page.get_by_label("Until")
    until.fill("22:00")
    until.blur()
    expect(page.get_by_text("Choose two different times. Until then nothing changes.").first).to_be_visible()
    until.fill("")
    until.blur()
    expect(page.get_by_text("Set a time.")).to_be_visible()
    expect(until).to_have_attribute("aria-invalid", "true")
    go_to(page, "Today")
    says(page, "Your quiet hours were not changed.")
    assert quiet_hours_of(phone) == {"from": "22:00", "to": "07:00"}


def test_quiet_hours_chosen_without_a_network_are_kept_once_it_is_back(phone: Phone):
    page = phone.page
    sign_up(page, a_person())
    settled(page)
    opens(page, "/more/reminders/ways")
    tap(quiet_switch(phone))
    says(page, "Quiet hours saved")
    phone.go_offline()
    page.get_by_label("From").fill("20:45")
    page.get_by_label("From").blur()
    expect(page.get_by_role("alert")).to_contain_text("No connection: this is not saved yet.")
    expect(page.get_by_label("From")).to_have_value("20:45")
    phone.go_online()
    wait_until("they are kept", lambda: quiet_hours_of(phone) == {"from": "20:45", "to": "07:00"})
    expect(page.get_by_role("alert")).to_be_hidden()


def test_a_browser_without_a_push_service_is_told_so(phone: Phone):
    page = phone.page
    sign_up(page, a_person())
    may_notify(phone)
    settled(page)
    # Chromium's own word; it has no push service in contexts like a test's.
    phone.expect("does not support the Push API in incognito mode")
    opens(page, "/more/reminders/ways")
    card = page.get_by_role("region", name="Notifications")
    tap(button(card, "Turn on for this device"))
    expect(card.get_by_role("alert")).to_contain_text("notification service did not answer")
    expect(button(card, "Turn on for this device")).to_be_visible()
    assert phone.rows("push-subscriptions") == []


def test_a_calendar_gets_an_address_that_can_be_closed(phone: Phone):
    page = phone.page
    sign_up(page, a_person())
    opens(page, "/more/reminders/ways")
    card = page.get_by_role("region", name="In your calendar")
    tap(button(card, "Make an address"))
    address = card.get_by_label("The address, shown only now").input_value()
    assert re.fullmatch(r".*/calendar/[\w-]+\.ics", address)
    page.reload()
    expect(card.get_by_text("An address was made on")).to_be_visible()
    tap(button(card, "Close the address"))
    expect(button(card, "Make an address")).to_be_visible()
    assert phone.api("calendar-feed")["made_at"] is None
