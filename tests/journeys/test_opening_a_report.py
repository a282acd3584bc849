"""A report at a clinic: its computer is old, has no account, and runs no JavaScript."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.faults.server import Server
from tests.journeys.browser import LOST, REFUSED, Phone
from tests.journeys.steps import a_person, sign_up

pytestmark = [pytest.mark.journey, pytest.mark.online]
SECTIONS = ["symptoms", "flags", "exercises", "body", "diary", "notes"]


@pytest.fixture
def clinic(server: Server, make_phone: Callable[..., Phone]) -> Phone:
    found = make_phone(
        server.address, java_script_enabled=False, viewport={"width": 1200, "height": 900}, is_mobile=False
    )
    # What has ended says so in its status too.
    found.expect(REFUSED.format(410), REFUSED.format(403), LOST)
    return found


def ask(phone: Phone, method: str, path: str, **body: Any) -> Any:
    cookies = {cookie["name"]: cookie["value"] for cookie in phone.context.cookies()}
    headers = {"X-CSRFToken": cookies["csrftoken"], "Referer": phone.address}
    answer = phone.context.request.fetch(
        f"{phone.address}/api/v1/{path}", method=method, data=body or None, headers=headers
    )
    assert answer.ok, f"{path}: {answer.status} {answer.text()}"
    return answer.json() if answer.status != 204 else None


def lend(phone: Phone, **changes: Any) -> dict[str, Any]:
    """What she makes in the app."""
    scope = {"from": "2026-09-07", "to": "2026-11-01", "sections": SECTIONS}
    body = {"scope": scope, "question": "May I <b>cycle</b>?", "label": "Clinic", **changes}
    made: dict[str, Any] = ask(phone, "POST", "shares", **body)
    return made


def path_of(made: dict[str, Any]) -> str:
    return "/r/" + made["url"].rpartition("/r/")[2]


def type_passcode(page: Page, passcode: str) -> None:
    page.get_by_label("Passcode").fill(passcode)
    page.get_by_role("button", name="Open the report").click()


def is_read(page: Page) -> None:
    expect(page.get_by_text("Shared by the patient until")).to_be_visible()
    expect(page.get_by_role("heading", name="The patient asks")).to_be_visible()
    expect(page.get_by_text("May I <b>cycle</b>?")).to_be_visible()


def test_with_the_passcode_it_is_read_and_printed_until_the_patient_ends_it(
    phone: Phone, clinic: Phone, tmp_path: Path
):
    sign_up(phone.page, a_person())
    made = lend(phone, passcode="4711")
    page, path = clinic.page, path_of(made)

    page.goto(path)
    expect(page.get_by_role("heading", level=1)).to_have_text("A report for you")
    type_passcode(page, "0815")
    expect(page.get_by_role("alert")).to_contain_text("9 attempts are left")
    # Loading the page again sends nothing again.
    page.reload()
    expect(page.get_by_role("alert")).to_contain_text("9 attempts are left")
    type_passcode(page, "4711")
    is_read(page)
    assert page.url.endswith(path)

    assert page.pdf(path=tmp_path / "printed.pdf", format="A4").startswith(b"%PDF")
    for name in ("PDF, A4", "Table (CSV)", "FHIR (JSON)"):
        address = page.get_by_role("link", name=name, exact=True).get_attribute("href")
        assert clinic.context.request.get(clinic.address + (address or "")).ok, name

    seen = ask(phone, "GET", f"shares/{made['id']}/accesses")["results"]
    assert {row["outcome"] for row in seen} == {"no-passcode", "wrong-passcode", "opened"}
    assert {row["device"] for row in seen} == {"Chrome on Linux"}
    ask(phone, "DELETE", f"shares/{made['id']}")
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("This link was ended")


def test_another_computer_is_asked_for_the_passcode_anew(
    server: Server, make_phone: Callable[..., Phone], phone: Phone, clinic: Phone
):
    sign_up(phone.page, a_person())
    path = path_of(lend(phone, passcode="4711"))
    clinic.page.goto(path)
    type_passcode(clinic.page, "4711")
    is_read(clinic.page)
    home = make_phone(server.address, java_script_enabled=False)
    home.page.goto(path)
    expect(home.page.get_by_role("heading", level=1)).to_have_text("A report for you")


@pytest.mark.parametrize("size", [(360, 740), (740, 360), (320, 640), (1200, 900)])
def test_it_fits_every_screen(server: Server, make_phone: Callable[..., Phone], phone: Phone, size: tuple[int, int]):
    sign_up(phone.page, a_person())
    width, height = size
    reader = make_phone(
        server.address, java_script_enabled=False, viewport={"width": width, "height": height}, is_mobile=False
    )
    reader.page.goto(path_of(lend(phone)))
    is_read(reader.page)
    wide = reader.page.evaluate("document.documentElement.scrollWidth")
    assert wide <= width
    assert re.search(r"not a diagnosis", reader.page.inner_text("header"))
