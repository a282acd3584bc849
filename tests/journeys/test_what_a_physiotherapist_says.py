"""What Bob says reaches Alice beside what the app says, and never in its place; whoever has no Bob asks nothing."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.faults.server import Server
from tests.journeys.browser import Phone
from tests.journeys.playing import put
from tests.journeys.steps import a_person, go_to, link, opens, settled, sign_up, tap

pytestmark = pytest.mark.journey

ANSWER = "Please see your GP this week."


def send(phone: Phone, method: str, path: str, body: dict[str, Any]) -> dict[str, Any]:
    cookies = {cookie["name"]: cookie["value"] for cookie in phone.context.cookies()}
    headers = {"X-CSRFToken": cookies["csrftoken"], "Referer": phone.address}
    address = f"{phone.address}/api/v1/{path}"
    answer = phone.context.request.fetch(address, method=method, data=body, headers=headers)
    assert answer.ok, f"{path}: {answer.status} {answer.text()}"
    return answer.json()


def noted(phone: Phone) -> dict[str, Any]:
    """She has said, on another device, that she loses weight: to be looked at within days."""
    moment = datetime.now(UTC).isoformat(timespec="seconds")
    body = {"answered_at": moment, "time_zone": "Europe/Berlin", "answers": {"weight-night": "new"}, "read_at": moment}
    put(phone, f"red-flag-checks/{uuid.uuid4()}", body)
    (flag,) = phone.rows("flags")
    return flag


def test_what_is_answered_to_a_flag_and_written_is_shown_and_weakens_nothing(
    server: Server, phone: Phone, make_phone: Callable[..., Phone]
):
    bob, page = make_phone(server.address), phone.page
    sign_up(page, a_person())
    sign_up(bob.page, a_person("bob"))
    send(bob, "PATCH", "me", {"display_name": "Bob"})
    invitation = send(phone, "POST", "invitations", {"role": "patient"})
    care = send(bob, "POST", "invitations/accept", {"token": invitation["url"].split("#")[1]})
    flag = noted(phone)
    alice = phone.api("me")["id"]
    send(bob, "POST", f"patients/{alice}/flags/{flag['id']}/acknowledge", {"id": f"{uuid.uuid4()}", "text": ANSWER})

    # From here on this phone knows that she is linked with somebody.
    opens(page, "/more/sharing/people")
    expect(page.get_by_text("Bob").first).to_be_visible()
    with page.expect_response("**/api/v1/conversations"):
        go_to(page, "Today")
    tap(link(page, re.compile("from Bob")))
    expect(page.get_by_text(ANSWER)).to_be_visible()
    expect(page).to_have_url(f"{phone.address}/messages/{care['id']}")
    # What it is an answer to, and the way there.
    expect(link(page, re.compile("^About “Weight loss.*” · Today$"))).to_have_attribute("href", "/signs")
    opens(page, "/messages")
    expect(link(page, re.compile("About “Weight loss.*” · Today: Please see your GP"))).to_be_visible()

    for address in ("/signs", f"/flags/{flag['id']}"):
        opens(page, address)
        expect(page.get_by_text("Bob has read this: today")).to_be_visible()
        expect(page.get_by_text(ANSWER)).to_be_visible()
        expect(page.get_by_text("It does not replace what it says here to do.")).to_be_visible()
    opens(page, "/signs")
    expect(page.get_by_role("heading", name="Has something happened since?")).to_be_visible()

    # Read by now.
    settled(page)
    with page.expect_response("**/api/v1/conversations"):
        go_to(page, "Today")
    expect(link(page, re.compile("from Bob"))).to_have_count(0)
    phone.go_offline()
    opens(page, "/signs")
    expect(page.get_by_role("main").get_by_role("heading", level=2).first).to_be_visible()
    expect(page.get_by_text("Bob has read this")).to_have_count(0)


def test_a_person_who_is_linked_with_nobody_asks_nobody(phone: Phone):
    page = phone.page
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    sign_up(page, a_person())
    noted(phone)
    opens(page, "/signs")
    expect(page.get_by_role("main").get_by_role("heading", level=2).first).to_be_visible()
    go_to(page, "Today")
    expect(link(page, "Answer the questions")).to_be_visible()
    assert any("/api/v1/flags" in address for address in asked)
    assert [address for address in asked if "acknowledgements" in address] == []
