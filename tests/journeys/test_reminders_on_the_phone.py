"""Reminders: made and changed in words, answered in the app or on the notification, with the app closed and offline."""

from __future__ import annotations

import re
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Worker, expect

from tests.faults.server import Server, wait_until
from tests.journeys.browser import REFUSED, Phone
from tests.journeys.playing import put
from tests.journeys.steps import (
    a_person,
    button,
    go_to,
    link,
    opens,
    pick,
    says,
    settled,
    sign_out,
    sign_up,
    tap,
)

pytestmark = pytest.mark.journey

BERLIN = ZoneInfo("Europe/Berlin")


def reminder(**parts: Any) -> dict[str, Any]:
    return {
        "kind": "custom",
        "text": "Change the pillow",
        "times": ["07:30", "19:00"],
        "frequency": "daily",
        "starts_on": "2026-03-02",
        "time_zone": "Europe/Berlin",
        **parts,
    }


def keeps(phone: Phone, **parts: Any) -> dict[str, Any]:
    return put(phone, f"reminders/{uuid.uuid4()}", reminder(**parts))


def has_come_due(phone: Phone, server: Server, **parts: Any) -> dict[str, Any]:
    """A reminder of a minute ago, which the server's clock finds with its next tick."""
    due = (datetime.now(UTC) - timedelta(minutes=1)).replace(second=0, microsecond=0)
    kept = keeps(phone, times=[f"{due.astimezone(BERLIN):%H:%M}"], **parts)
    with server.database() as rows:
        rows.execute(
            "UPDATE reminders_reminder SET next_due_at = ? WHERE id = ?",
            (f"{due:%Y-%m-%d %H:%M:%S}", uuid.UUID(kept["id"]).hex),
        )
    return wait_until("it came due", lambda: next(iter(phone.rows("occurrences")), None))


def is_answered(phone: Phone, answer: str) -> None:
    wait_until(
        f"the server knows of {answer}", lambda: [one["answer"] for one in phone.rows("occurrences")] == [answer]
    )


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


def test_the_editor_shows_the_next_times_and_says_what_the_clocks_do_to_them(phone: Phone):
    page = phone.page
    sign_up(page, a_person())
    opens(page, "/more/reminders/new")
    pick(page, "Own words")
    page.get_by_label("What to say").fill("Change the pillow")
    page.get_by_label("Time", exact=True).fill("02:30")
    page.get_by_label("First day").fill("2027-03-27")
    times = page.get_by_role("region", name="The next times")
    expect(times.get_by_role("listitem")).to_have_count(10)
    expect(times.get_by_role("listitem").first).to_contain_text("Saturday, 27 March 2027")
    # Nothing is missing on the day before, nor after.
    expect(times.get_by_text("The clocks go forward: 2:30 is missing that day.")).to_have_count(1)
    expect(times.get_by_role("listitem").nth(1)).to_contain_text(re.compile("28 March 2027, 0?3:30.*clocks go forward"))
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
    page.get_by_label("First day").fill("2027-03-24")
    page.get_by_label("Last day").fill("2027-03-25")
    pick(page, "Weekdays")
    days = page.get_by_role("group", name="On these weekdays")
    chosen = days.get_by_role("checkbox", checked=True)
    tap(days.get_by_role("checkbox", name="Mon"))
    tap(chosen.and_(days.get_by_role("checkbox", name="Wed")))
    expect(page.get_by_role("alert").get_by_text("No day fits: the weekdays and dates never meet.")).to_be_visible()
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
    settled(page)
    phone.go_offline()
    page.reload()
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
    expect(page.get_by_text(re.compile("You left it out at"))).to_be_visible()
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
def may_notify(phone: Phone) -> None:
    phone.context.grant_permissions(["notifications"], origin=phone.address)


def push(phone: Phone, data: str) -> None:
    """As the push service hands it to the browser."""
    devtools = phone.context.new_cdp_session(phone.page)
    found: list[str] = []

    def heard(event: dict[str, Any]) -> None:
        found.extend(one["registrationId"] for one in event["registrations"] if not one["isDeleted"])

    devtools.on("ServiceWorker.workerRegistrationUpdated", heard)
    devtools.send("ServiceWorker.enable")
    wait_until("the worker is known", lambda: phone.page.evaluate("1") and found)
    message = {"origin": phone.address, "registrationId": found[-1], "data": data}
    devtools.send("ServiceWorker.deliverPushMessage", message)
    devtools.detach()


SHOWN = """async () => (await (await navigator.serviceWorker.ready).getNotifications()).map((one) => (
  { title: one.title, body: one.body, tag: one.tag, actions: (one.actions ?? []).map(({ action }) => action) }
))"""


def shown(phone: Phone) -> list[dict[str, Any]]:
    return wait_until("a notification is shown", lambda: phone.page.evaluate(SHOWN))


def worker(phone: Phone) -> Worker:
    return wait_until("the worker runs", lambda: next(iter(phone.context.service_workers), None))


# No tool presses a notification's buttons: the event that the browser would send, with what keeps the worker awake.
PRESS = """async (action) => {
  const [notification] = await self.registration.getNotifications();
  const event = new NotificationEvent('notificationclick', { notification, action });
  let work;
  Object.defineProperty(event, 'waitUntil', { value: (promise) => { work = promise; } });
  self.dispatchEvent(event);
  await work;
  return (await self.registration.getNotifications()).length;
}"""


# As `push`, and waits until the worker is through with it.
PUSHED = """async () => {
  const event = new PushEvent('push', { data: 'not JSON' });
  let work;
  Object.defineProperty(event, 'waitUntil', { value: (promise) => { work = promise; } });
  self.dispatchEvent(event);
  await work;
  return (await self.registration.getNotifications()).length;
}"""


def message_of(one: dict[str, Any]) -> str:
    return (
        f'{{"about": "occurrence", "id": "{one["id"]}", "tag": "occurrence-{one["id"]}",'
        ' "title": "Your reminder", "body": "Open Unpinch when it suits you.", "turn": 0}'
    )


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


def test_notifications_are_asked_for_after_an_explanation_and_a_tap(phone: Phone):
    page = phone.page
    sign_up(page, a_person())
    settled(page)
    opens(page, "/more/reminders/ways")
    card = page.get_by_role("region", name="Notifications")
    expect(card).to_contain_text("nothing about your body and no name")
    assert page.evaluate("Notification.permission") != "granted"
    assert phone.rows("push-subscriptions") == []


def test_quiet_hours_and_e_mails_are_kept(phone: Phone):
    page = phone.page
    sign_up(page, a_person())
    opens(page, "/more/reminders/ways")
    tap(page.get_by_role("switch", name="Keep quiet hours"))
    page.get_by_label("From").fill("21:30")
    tap(button(page, "Save"))
    says(page, "Quiet hours saved")
    assert phone.api("me")["quiet_hours"] == {"from": "21:30", "to": "07:00"}
    tap(page.get_by_role("switch", name="Reminders by e-mail"))
    says(page, "No more e-mails")
    assert phone.api("reminder-mail")["on"] is False
    tap(page.get_by_role("switch", name="Keep quiet hours"))
    wait_until("there are no quiet hours", lambda: phone.api("me")["quiet_hours"] is None)


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
