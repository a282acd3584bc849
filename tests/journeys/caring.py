"""A patient and a physiotherapist who are linked, and what each does that a journey is not about."""

from __future__ import annotations

import re
import uuid
from datetime import UTC, datetime
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.journeys.browser import Phone
from tests.journeys.steps import a_person, link, opens, sign_up, tap


def ask(phone: Phone, method: str, path: str, body: Any = None) -> Any:
    """Straight to the server, as another device of theirs would; what it answers, None for nothing."""
    cookies = {cookie["name"]: cookie["value"] for cookie in phone.context.cookies()}
    headers = {"X-CSRFToken": cookies["csrftoken"], "Referer": phone.address}
    answer = phone.context.request.fetch(f"{phone.address}/api/v1/{path}", method=method, data=body, headers=headers)
    assert answer.ok, f"{method} {path}: {answer.status} {answer.text()}"
    return answer.json() if answer.status != 204 else None


def somebody(phone: Phone, name: str) -> Phone:
    """With an account, under this name."""
    sign_up(phone.page, a_person(name.split()[0].lower()))
    ask(phone, "PATCH", "me", {"display_name": name})
    phone.page.reload()
    expect(phone.page.get_by_role("heading", level=1)).to_contain_text(name)
    return phone


def are_linked(patient: Phone, physio: Phone, **consent: Any) -> dict[str, Any]:
    """The care link as the patient sees it; everything, and all of the past, unless told."""
    made = ask(patient, "POST", "invitations", {"role": "patient", "sees_from": None, **consent})
    ask(physio, "POST", "invitations/accept", {"token": made["url"].partition("#")[2]})
    (care,) = patient.rows("care-links")
    return care


def answers_signs(phone: Phone, **answers: str) -> None:
    now = {"answered_at": datetime.now(UTC).isoformat(timespec="seconds"), "time_zone": "Europe/Berlin"}
    given = {question["id"]: "no" for question in phone.api("red-flags")["questions"]}
    ask(phone, "PUT", f"red-flag-checks/{uuid.uuid4()}", {**now, "answers": {**given, **answers}})


def reads(patient: Phone) -> set[tuple[str, str]]:
    """Who has read what of the patient's."""
    return {(row["reader_name"], row["what"]) for row in patient.rows("accesses?page_size=100")}


def logged(page: Page) -> list[str]:
    expect(page.locator("main ol strong").first).to_be_visible()
    return page.locator("main ol strong").all_inner_texts()


def opens_patient(phone: Phone, name: str = "Alice Example") -> Page:
    page = phone.page
    opens(page, "/patients")
    tap(link(page, re.compile(name)))
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    expect(page.get_by_role("progressbar")).to_have_count(0)
    return page


def region(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=name)
