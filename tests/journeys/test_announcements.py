"""News on the phone: told neutrally, listed in the app, and chosen how."""

from __future__ import annotations

import re
import uuid
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from tests.faults.server import Server, wait_until
from tests.journeys.browser import Phone
from tests.journeys.notifications import may_notify, push, shown, worker
from tests.journeys.playing import put
from tests.journeys.steps import a_person, link, opens, says, settled, sign_up, tap
from tests.reminders.announcing import MILD
from tests.tracker.factories import check_body

pytestmark = pytest.mark.journey

# No tool taps a notification: the event that the browser would send. Focusing the window, which only a tap may, fails.
TAP = """async () => {
  const [notification] = await self.registration.getNotifications();
  const event = new NotificationEvent('notificationclick', { notification, action: '' });
  let work;
  Object.defineProperty(event, 'waitUntil', { value: (promise) => { work = promise; } });
  self.dispatchEvent(event);
  await work.catch(() => {});
}"""


def answered_on_another_device(phone: Phone, server: Server) -> None:
    """Ten minutes ago, and the server's clock has looked for news since before."""
    put(phone, f"red-flag-checks/{uuid.uuid4()}", check_body(MILD, answered_at=datetime.now(UTC).isoformat()))
    ago = [f"{datetime.now(UTC) - timedelta(minutes=n):%Y-%m-%d %H:%M:%S}" for n in (10, 60)]
    with server.database() as rows:
        rows.execute("UPDATE tracker_flagchange SET at = ?", ago[:1])
        rows.execute("UPDATE reminders_lookout SET began_at = ?, until = ?", [ago[1], ago[1]])


def test_what_is_new_stands_in_the_list_with_the_way_to_it(phone: Phone, server: Server):
    page = phone.page
    sign_up(page, a_person())
    answered_on_another_device(phone, server)
    (told,) = wait_until("it is told", lambda: phone.rows("announcements"))
    assert told["kind"] == "flag"
    opens(page, "/more/reminders/inbox")
    section = page.locator("section", has=page.get_by_role("heading", name="What was new"))
    expect(section).to_contain_text(re.compile("no e-mail got through|on its way"))
    tap(link(section, "A sign that needs checking"))
    page.wait_for_url("**/flags")


def test_news_are_shown_in_neutral_words_and_lead_to_their_screen(phone: Phone):
    page = phone.page
    sign_up(page, a_person())
    may_notify(phone)
    settled(page)
    words = '"title": "There is something new in Unpinch", "body": "Open Unpinch when it suits you.", "turn": 0'
    for id in ("one", "another"):
        push(phone, f'{{"about": "flag", "id": "{id}", "tag": "flag", {words}}}')
    (notification,) = shown(phone)
    assert (notification["title"], notification["tag"], notification["actions"]) == (
        "There is something new in Unpinch",
        "flag",
        [],
    )
    worker(phone).evaluate(TAP)
    page.wait_for_url("**/flags")


def test_what_may_break_quiet_hours_is_asked_plainly_and_kept(phone: Phone):
    page = phone.page
    sign_up(page, a_person())
    opens(page, "/more/reminders/ways")
    switch = page.get_by_role("switch", name="Tell me of a sign that cannot wait even in quiet hours")
    expect(switch).not_to_be_checked()
    tap(switch)
    says(page, "Your choice is saved")
    expect(switch).to_be_checked()
    tap(page.get_by_role("group", name="Messages").get_by_role("checkbox", name="E-mail"))
    wait_until("it is kept", lambda: phone.api("announcement-ways")["message"] == ["push", "email"])
    assert phone.api("announcement-ways")["urgent_breaks_quiet"] is True
