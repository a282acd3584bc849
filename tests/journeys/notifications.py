"""Notifications as a journey brings them about: what the push service hands over, and what is shown and pressed."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Worker

from tests.faults.server import wait_until
from tests.journeys.browser import Phone


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
