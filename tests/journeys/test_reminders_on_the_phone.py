"""Reminders: made and changed in words, answered in the app or on the notification, with the app closed and offline."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import expect

from tests.faults.server import Server, wait_until
from tests.journeys.browser import REFUSED, Phone
from tests.journeys.notifications import PRESS, SHOWN, may_notify, push, shown, worker
from tests.journeys.playing import put
from tests.journeys.reminding import (
    PUSHED,
    day_of_the_longer_evening,
    has_come_due,
    in_a_week,
    is_answered,
    keeps,
    message_of,
)
from tests.journeys.steps import (
    a_person,
    button,
    go_to,
    has_sent_all,
    link,
    log,
    opens,
    pick,
    says,
    settled,
    sign_out,
    sign_up,
    tap,
)

pytestmark = pytest.mark.journey


# --- making and changing -----------------------------------------------------------------------
def test_two_good_reminders_are_a_tap_away(phone: Phone):
    page = phone.page
    sign_up(page, a_person())
    go_to(page, "More")
    tap(link(page, re.compile("^Reminders")))
    tap(button(page, "Add: Your diary, every evening"))
    says(page, "Reminder added")
    row = link(page, re.compile("Every day at 19:00 · your diary"))
    expect(row).to_contain_text("Next time:")
    (kept,) = phone.rows("reminders")
    assert (kept["kind"], kept["times"], kept["follow_device"], kept["active"]) == ("log", ["19:00"], True, True)
    tap(page.get_by_role("switch", name=re.compile("your diary")))
    says(page, "Off. It stays in the list.")
    expect(row).to_contain_text("Off")
    assert [one["active"] for one in phone.rows("reminders")] == [False]


def test_the_next_time_of_a_diary_that_is_written_is_not_today(phone: Phone):
    page = phone.page
    sign_up(page, a_person())
    keeps(phone, kind="log", text="", times=["23:59"])
    opens(page, "/more/reminders")
    row = link(page, re.compile("your diary"))
    expect(row).to_contain_text("Next time: Today")
    log(page)
    has_sent_all(page)
    opens(page, "/more/reminders")
    expect(row).to_contain_text("Not today: you have written already. Next time: Tomorrow")
    tap(row)
    times = page.get_by_role("region", name="The next times").get_by_role("listitem")
    expect(times.first).to_contain_text("Already done: nothing comes.")
    expect(times.nth(1)).not_to_contain_text("Already done")


def test_the_editor_shows_the_next_times_and_says_what_the_clocks_do_to_them(phone: Phone):
    page = phone.page
    sunday = day_of_the_longer_evening()
    saturday = sunday - timedelta(days=1)
    sign_up(page, a_person())
    opens(page, "/more/reminders/new")
    pick(page, "Own words")
    page.get_by_label("What to say").fill("Change the pillow")
    page.get_by_label("Time", exact=True).fill("02:30")
    page.get_by_label("First day").fill(f"{saturday}")
    times = page.get_by_role("region", name="The next times")
    expect(times.get_by_role("listitem")).to_have_count(10)
    expect(times.get_by_role("listitem").first).to_contain_text(f"Saturday, {saturday:%-d %B %Y}")
    # Nothing is missing on the day before, nor after.
    expect(times.get_by_text("The clocks go forward: 2:30 is missing that day.")).to_have_count(1)
    expect(times.get_by_role("listitem").nth(1)).to_contain_text(
        re.compile(f"{sunday:%-d %B %Y}, 0?3:30.*clocks go forward")
    )
    tap(button(page, "Save the reminder"))
    says(page, "Reminder saved")
    expect(link(page, re.compile("“Change the pillow”"))).to_be_visible()


def test_what_is_missing_or_never_comes_is_said_at_its_field(phone: Phone):
    page = phone.page
    sign_up(page, a_person())
    phone.expect(REFUSED.format(400))
    opens(page, "/more/reminders/new")
    pick(page, "A routine")
    tap(button(page, "Save the reminder"))
    expect(page.get_by_label("Which routine")).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_text("Choose a routine.")).to_be_visible()
    pick(page, "Diary")
    # A Wednesday to a Thursday, and only on Mondays.
    wednesday = in_a_week() + timedelta(days=(3 - in_a_week().isoweekday()) % 7)
    page.get_by_label("First day").fill(f"{wednesday}")
    page.get_by_label("Last day").fill(f"{wednesday + timedelta(days=1)}")
    pick(page, "Weekdays")
    days = page.get_by_role("group", name="On these weekdays")
    chosen = days.get_by_role("checkbox", checked=True)
    tap(days.get_by_role("checkbox", name="Mon"))
    tap(chosen.and_(days.get_by_role("checkbox", name="Wed")))
    expect(
        page.get_by_role("alert").get_by_text("No day fits: none of these weekdays lies between the dates.")
    ).to_be_visible()
    tap(button(page, "Save the reminder"))
    expect(button(page, "Save the reminder")).to_be_visible()
    assert phone.rows("reminders") == []


def test_a_deleted_reminder_comes_back_by_one_tap(phone: Phone):
    page = phone.page
    sign_up(page, a_person())
    kept = keeps(phone)
    opens(page, f"/more/reminders/{kept['id']}")
    tap(button(page, "Delete the reminder"))
    says(page, "Reminder deleted")
    assert phone.rows("reminders") == []
    tap(button(page, "Undo"))
    expect(link(page, re.compile("Change the pillow"))).to_be_visible()
    assert [one["times"] for one in phone.rows("reminders")] == [["07:30", "19:00"]]


def test_the_list_is_there_without_a_network_and_says_that_changing_needs_one(phone: Phone):
    page = phone.page
    sign_up(page, a_person())
    keeps(phone)
    opens(page, "/more/reminders")
    switch = page.get_by_role("switch", name=re.compile("Change the pillow"))
    expect(switch).to_be_checked()
    expect(page.get_by_text("Nothing rings on this device yet")).to_be_visible()
    expect(link(page, "Turn on notifications")).to_have_attribute("href", "/more/reminders/ways")
    settled(page)
    phone.go_offline()
    page.reload()
    expect(page.get_by_text("This device has not been allowed to show notifications.")).to_be_visible()
    expect(page.get_by_text("Changing reminders needs a connection.")).to_be_visible()
    tap(switch)
    says(page, "Reminders are kept on the server. Connect, and try again.")
    expect(switch).to_be_checked()


# --- what was due ------------------------------------------------------------------------------
def test_what_was_due_waits_on_today_and_is_put_off_and_done(phone: Phone, server: Server):
    page = phone.page
    sign_up(page, a_person())
    has_come_due(phone, server)
    # Today looks for reminders of somebody who had none once an hour; the list looks at once.
    opens(page, "/more/reminders")
    expect(link(page, re.compile("Change the pillow"))).to_be_visible()
    go_to(page, "Today")
    card = page.get_by_role("region", name="Change the pillow")
    tap(button(card, "Later"))
    tap(button(page.get_by_role("dialog", name="Remind me again"), "In 30 minutes"))
    says(page, "Put off")
    expect(card).to_have_count(0)
    is_answered(phone, "snooze")
    opens(page, "/more/reminders/inbox")
    expect(card).to_contain_text("Comes again: Today")
    # The first word on when stands.
    expect(button(card, "Later")).to_have_count(0)
    tap(button(card, "Done"))
    is_answered(phone, "done")
    expect(page.get_by_text(re.compile("You said done at"))).to_be_visible()


def test_an_answer_without_a_network_is_sent_later(phone: Phone, server: Server):
    page = phone.page
    sign_up(page, a_person())
    has_come_due(phone, server)
    opens(page, "/more/reminders/inbox")
    card = page.get_by_role("region", name="Change the pillow")
    expect(card).to_be_visible()
    settled(page)
    phone.go_offline()
    tap(button(card, "Skip"))
    expect(page.get_by_text("Nothing waits")).to_be_visible()
    page.reload()
    expect(page.get_by_text(re.compile("You skipped it at"))).to_be_visible()
    phone.go_online()
    is_answered(phone, "skip")


def test_the_first_answer_stands_on_every_phone(phone: Phone, server: Server):
    page = phone.page
    sign_up(page, a_person())
    one = has_come_due(phone, server)
    opens(page, "/more/reminders/inbox")
    card = page.get_by_role("region", name="Change the pillow")
    expect(card).to_be_visible()
    # Another phone is faster.
    put(phone, f"occurrences/{one['id']}/answer", {"answer": "done"})
    tap(button(card, "Skip"))
    expect(page.get_by_text(re.compile("You said done at"))).to_be_visible()
    is_answered(phone, "done")


# --- notifications -----------------------------------------------------------------------------
def test_a_push_is_shown_once_in_neutral_words_and_done_with_the_app_closed(phone: Phone, server: Server):
    sign_up(phone.page, a_person())
    one = has_come_due(phone, server)
    may_notify(phone)
    settled(phone.page)
    push(phone, message_of(one))
    push(phone, message_of(one))
    (notification,) = shown(phone)
    assert notification == {
        "title": "Your reminder",
        "body": "Open Unpinch when it suits you.",
        "tag": f"occurrence-{one['id']}",
        "actions": ["done", "snooze"],
    }
    phone.page.goto("about:blank")
    assert worker(phone).evaluate(PRESS, "done") == 0
    is_answered(phone, "done")


def test_a_notification_is_put_off_by_half_an_hour(phone: Phone, server: Server):
    sign_up(phone.page, a_person())
    one = has_come_due(phone, server)
    may_notify(phone)
    settled(phone.page)
    push(phone, message_of(one))
    shown(phone)
    worker(phone).evaluate(PRESS, "snooze")
    is_answered(phone, "snooze")
    (told,) = phone.rows("occurrences")
    pressed, until = (datetime.fromisoformat(told[name]) for name in ("answered_at", "snoozed_until"))
    assert until - pressed == timedelta(minutes=30)


def test_a_push_that_cannot_be_read_still_shows_something(phone: Phone):
    sign_up(phone.page, a_person())
    may_notify(phone)
    settled(phone.page)
    push(phone, "not JSON")
    (notification,) = shown(phone)
    assert (notification["title"], notification["actions"]) == ("Your reminder", [])


def test_an_answer_takes_its_notification_away(phone: Phone, server: Server):
    page = phone.page
    sign_up(page, a_person())
    one = has_come_due(phone, server)
    may_notify(phone)
    settled(page)
    push(phone, message_of(one))
    shown(phone)
    opens(page, "/more/reminders/inbox")
    tap(button(page.get_by_role("region", name="Change the pillow"), "Done"))
    wait_until("it is taken away", lambda: page.evaluate(SHOWN) == [])


def test_whoever_has_signed_out_is_shown_nothing(phone: Phone):
    sign_up(phone.page, a_person())
    may_notify(phone)
    settled(phone.page)
    assert worker(phone).evaluate(PUSHED) == 1
    worker(phone).evaluate("self.registration.getNotifications().then(([shown]) => shown.close())")
    sign_out(phone.page)
    assert worker(phone).evaluate(PUSHED) == 0
