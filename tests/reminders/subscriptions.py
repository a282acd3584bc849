"""Subscriptions as a browser makes them at a known push service, which nothing is sent to."""

from __future__ import annotations

from accounts.models import User
from reminders.models import PushSubscription
from reminders.pushing import push_keys
from reminders.subscribing import Keys, subscribe
from tests.reminders.push_service import Browser


def made_in_a_browser(token: str = "a") -> Browser:
    return Browser(
        f"https://fcm.googleapis.com/fcm/send/{token}", push_keys().newest.public, key_id=push_keys().newest.id
    )


def body_of(browser: Browser, **changes: object) -> dict:
    """What the web app posts for it."""
    body = {"endpoint": browser.endpoint, "keys": {"p256dh": browser.p256dh, "auth": browser.auth}}
    return {**body, "key_id": browser.key_id, "device": "Kitchen tablet", **changes}


def subscription_body() -> dict:
    return body_of(made_in_a_browser())


def subscribed(owner: User, browser: Browser | None = None) -> PushSubscription:
    browser = browser or made_in_a_browser()
    keys = Keys(browser.p256dh, browser.auth, browser.key_id)
    row, _ = subscribe(owner=owner, endpoint=browser.endpoint, keys=keys, device="Kitchen tablet")
    return row
